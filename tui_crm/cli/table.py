"""Plain tables: columns aligned by terminal cells, the widest of them cut until a line fits."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, zip_longest

from ..domain.text import visible
from . import output

GAP = "  "
PIPED_WIDTH = 120
"""Cells of a line where there is no terminal and COLUMNS says nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, and how many cells it keeps in a narrow terminal (None: it is never cut). What does not fit is
    cut, or goes on in the next line if it `wraps`."""

    title: str
    least: int | None = None
    right: bool = False
    wraps: bool = False


class _Widths(dict[str, int]):
    """Cells that a character takes, worked out once for each character met."""

    def __missing__(self, char: str) -> int:
        if unicodedata.category(char) in ("Mn", "Me", "Cf"):
            width = 0
        else:
            width = 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
        self[char] = width
        return width


_WIDTHS = _Widths()


def cells(text: str) -> int:
    """How many terminal cells `text` takes; Chinese characters take two."""
    return len(text) if text.isascii() else sum(map(_WIDTHS.__getitem__, text))


def cut(text: str, width: int) -> str:
    """`text` in at most `width` cells, with … where something is missing."""
    return text if cells(text) <= width else text[: _fitting(text, width - 1)].rstrip() + "…"


def wrapped(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, broken at a blank where one is near."""
    lines = []
    while cells(text) > width:
        at = max(_fitting(text, width), 1)
        blank = text.rfind(" ", 0, at + 1)
        at = blank if blank > at // 2 else at
        lines.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*lines, text]


def _fitting(text: str, width: int) -> int:
    """How many characters of `text` fit into `width` cells."""
    used = 0
    for at, char in enumerate(text):
        used += _WIDTHS[char]
        if used > width:
            return at
    return len(text)


def table(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], looks: Sequence[str] = (), margin: str = ""
) -> None:
    """Print rows under their titles; a column without any content is left out. `looks` gives each row its look."""
    room = shutil.get_terminal_size((PIPED_WIDTH, 24)).columns - cells(margin)
    lines = laid_out(columns, rows, room)
    for texts, look in zip(lines, [output.BOLD, *(looks or [""] * len(rows))], strict=True):
        output.show((margin + text, look) for text in texts)


def laid_out(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int) -> Iterator[list[str]]:
    """A table as lines of at most `room` cells: those of the titles, none where nothing has a title, then those of each row."""
    columns, rows = _picked(columns, rows, [any(row[at] for row in rows) for at in range(len(columns))])
    lines = [[column.title for column in columns], *([visible(text) for text in row] for row in rows)]
    widths = _fitted(columns, lines, room)
    columns, lines = _picked(columns, lines, [width > 0 for width in widths])
    widths = [width for width in widths if width]
    titles, *texts = lines
    yield list(_printed(columns, titles, widths)) if any(titles) else []
    yield from (list(_printed(columns, line, widths)) for line in texts)


def _picked(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], wanted: Sequence[bool]
) -> tuple[list[Column], list[list[str]]]:
    return list(compress(columns, wanted)), [list(compress(row, wanted)) for row in rows]


def _fitted(columns: Sequence[Column], lines: Sequence[Sequence[str]], room: int) -> list[int]:
    """The width of each column, 0 for one to leave out. Where the natural widths are too much, the last columns that may
    be cut are left out until the least widths fit; then the widest gives way, cell by cell, until the line fits."""
    widths = [min(max(cells(line[at]) for line in lines), max(room, 1)) for at in range(len(columns))]
    least = {at: min(column.least, widths[at]) for at, column in enumerate(columns) if column.least is not None}
    while len(least) > 1 and _total([least.get(at, width) for at, width in enumerate(widths)]) > room:
        last = max(least)
        widths[last] = 0
        del least[last]
    for floors in (least, dict.fromkeys(least, 1)):
        while _total(widths) > room:
            elastic = [at for at, floor in floors.items() if widths[at] > floor]
            if not elastic:
                break
            widths[max(elastic, key=widths.__getitem__)] -= 1
    return widths


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + len(GAP) * (sum(width > 0 for width in widths) - 1)


def _printed(columns: Sequence[Column], texts: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """One row, in as many lines as its longest wrapping text needs."""
    parts = [
        wrapped(text, width) if column.wraps else [cut(text, width)]
        for column, text, width in zip(columns, texts, widths, strict=True)
    ]
    for line in zip_longest(*parts, fillvalue=""):
        padded = (_padded(text, width, column.right) for column, text, width in zip(columns, line, widths, strict=True))
        yield GAP.join(padded).rstrip()


def _padded(text: str, width: int, right: bool) -> str:
    pad = " " * (width - cells(text))
    return pad + text if right else text + pad
