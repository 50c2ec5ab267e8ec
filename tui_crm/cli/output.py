"""What goes to the terminal: text without control bytes, JSON that is one valid document, warnings apart from both."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from ..domain.text import escaped, visible

BOLD, DIM = "1", "2"
"""Looks of a line, as the terminal numbers them."""


def prepare() -> None:
    """Make both streams take any text, whatever the locale; a terminal that is not UTF-8 keeps its own encoding."""
    sys.stdout = sys.stdout or _nowhere()  # closed by whoever called us
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def hush() -> None:
    """Send the rest of the output nowhere, so that closing it at exit cannot fail."""
    with suppress(OSError, ValueError):  # a stream that is no file needs no such care
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(text: str = "") -> None:
    """One line of the answer."""
    print(visible(text))


def show(lines: Iterable[tuple[str, str]]) -> None:
    """Lines of the answer with their look (`BOLD`, `DIM` or none), which only a terminal gets."""
    styled = _styled()
    for text, look in lines:
        print(f"\x1b[{look}m{visible(text)}\x1b[0m" if look and styled else visible(text))


def complain(text: str) -> None:
    """One line about what is wrong, beside the answer."""
    print(visible(text), file=sys.stderr)


def write_list(items: Iterable[Mapping[str, object]]) -> None:
    """A JSON list, one object a line."""
    sys.stdout.write("[")
    for number, item in enumerate(items):
        sys.stdout.write(",\n " if number else "\n ")
        sys.stdout.write(_json(item))
    sys.stdout.write("\n]\n")


def write_object(item: Mapping[str, object]) -> None:
    """One JSON object, laid out for reading."""
    sys.stdout.write(object_text(item))


def object_text(item: Mapping[str, object]) -> str:
    """One JSON object, laid out for reading."""
    return _json(item, 2) + "\n"


def _json(item: Mapping[str, object], indent: int | None = None) -> str:
    import json

    return escaped(json.dumps(item, ensure_ascii=False, allow_nan=False, indent=indent))


def _styled() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
