"""What was probably meant by a word that is not known."""

from __future__ import annotations

from collections.abc import Iterable


def most_like(word: str, known: Iterable[str], alike: float = 0.6) -> str:
    """The one of `known` that is spelled most like `word`; empty where none is at least so `alike` (0 to 1)."""
    from difflib import get_close_matches  # whoever types what there is waits for none of it

    return next(iter(get_close_matches(word, [*known], 1, alike)), "")
