"""Plain tables: columns aligned by terminal cells, the widest of them cut until a line fits."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ..domain.text import visible
from . import output

GAP = "  "
PIPED_WIDTH = 120
"""Cells of a line where there is no terminal and COLUMNS says nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, and the cells it keeps however narrow the terminal (None: never cut)."""

    title: str
    least: int | None = None
    right: bool = False


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
    if cells(text) <= width:
        return text
    used = 0
    for at, char in enumerate(text):
        used += _WIDTHS[char]
        if used > width - 1:
            return text[:at].rstrip() + "…"
    return text


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], looks: Sequence[str] = (), margin: str = "") -> None:
    """Print rows under their titles; a column without any content is left out. `looks` gives each row its look."""
    shown = [at for at in range(len(columns)) if any(row[at] for row in rows)]
    columns = [columns[at] for at in shown]
    texts = [[visible(row[at]) for at in shown] for row in rows]
    titles = [column.title for column in columns]
    room = shutil.get_terminal_size((PIPED_WIDTH, 24)).columns - cells(margin)
    widths = _fitted(columns, [titles, *texts], room)
    lines = [(margin + _line(columns, titles, widths), output.BOLD)] if any(titles) else []
    lines += [
        (margin + _line(columns, text, widths), look)
        for text, look in zip(texts, looks or [""] * len(texts), strict=True)
    ]
    output.show(lines)


def _fitted(columns: Sequence[Column], lines: Sequence[Sequence[str]], room: int) -> list[int]:
    """Natural widths, the widest elastic column giving way cell by cell until the line fits or nothing gives."""
    widths = [min(max(cells(line[at]) for line in lines), max(room, 1)) for at in range(len(columns))]
    while sum(widths) + len(GAP) * (len(widths) - 1) > room:
        elastic = [at for at, column in enumerate(columns) if column.least is not None and widths[at] > column.least]
        if not elastic:
            break
        widths[max(elastic, key=widths.__getitem__)] -= 1
    return widths


def _line(columns: Sequence[Column], texts: Sequence[str], widths: Sequence[int]) -> str:
    parts = []
    for column, text, width in zip(columns, texts, widths, strict=True):
        text = cut(text, width)
        pad = " " * (width - cells(text))
        parts.append(pad + text if column.right else text + pad)
    return GAP.join(parts).rstrip()
