"""Sentences that name keys by command: `{undo}` becomes the key in force, and stands out."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from textual.content import Content

from ..keys_in_force import key_of


def with_keys(text: str, typed: str = "") -> Content:
    """`text` with the keys in force put in, and `typed` for what is to be typed."""
    return Content("").join(_pieces(text, typed))


def keys_in(text: str) -> str:
    """The same as plain text."""
    return with_keys(text).plain


def _pieces(text: str, typed: str) -> Iterator[Content]:
    for words, name, _form, _conversion in Formatter().parse(text):
        yield Content(words)
        if name == "typed":
            yield Content.styled(typed, "bold $success")
        elif name:
            yield Content.styled(key_of(name), "bold $accent")
