"""Names of sheets that Excel takes: short, without certain marks, each once."""

from __future__ import annotations

import re

LONGEST = 31
"""UTF-16 units."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_RESERVED = "history"


class SheetNames:
    """The names given so far."""

    def __init__(self) -> None:
        self._taken: set[str] = {_RESERVED}

    def fit(self, title: str) -> str:
        """A name like `title` that is still free."""
        plain = " ".join(_FORBIDDEN.sub(" ", title).split()).strip("'") or "-"
        name, number = _short(plain, LONGEST), 1
        while name.casefold() in self._taken:
            number += 1
            ending = f" ({number})"
            name = _short(plain, LONGEST - len(ending)) + ending
        self._taken.add(name.casefold())
        return name


def _short(text: str, most: int) -> str:
    while len(text.encode("utf-16-le")) > most * 2:
        text = text[:-1]
    return text.strip(" '")
