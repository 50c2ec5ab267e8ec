"""A page to print, as plain text: aligned by cells, for a line printer, a mail or a pager."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from ..domain.text import visible
from ..exchange.paper import BOX, BY_HAND, Cell, Facts, Page, Ruled, Table
from . import table
from .table import cells, laid_out, wrapped

WIDTH = 80
_SHOWN: Mapping[Cell, Cell] = {BOX: ("[ ]",), BY_HAND: ("_" * 10,)}


def text(page: Page, width: int = WIDTH) -> Iterator[str]:
    """The lines of a page."""
    yield from wrapped(visible(page.title), width)
    yield from wrapped(visible(page.about), width)
    for block in page.blocks:
        yield ""
        yield from _block(block, width)
    if page.remark:
        yield ""
        yield from wrapped(visible(page.remark), width)


def _block(block: Facts | Table | Ruled, width: int) -> Iterator[str]:
    if isinstance(block, Facts):
        columns = (table.Column("", None), table.Column("", 20, wraps=True))
        yield from (line for lines in laid_out(columns, block.pairs, width) for line in lines)
    elif isinstance(block, Table):
        yield from _table(block, width)
    else:
        yield block.title
        yield from ("", "_" * width) * block.lines


def _table(block: Table, width: int) -> Iterator[str]:
    if block.title:
        yield block.title
    columns = [table.Column(it.title, it.least, it.right, wraps=True) for it in block.columns]
    rows = [list(_lines(row)) for row in block.rows]
    titles, *lines = laid_out(columns, [line for row in rows for line in row], width)
    yield from titles
    if titles:
        yield "-" * width
    spaced = any(len(row) > 1 for row in rows)
    at = 0
    for row in rows:
        for texts in lines[at : at + len(row)]:
            yield from texts
        at += len(row)
        if spaced:
            yield ""
    for line in block.foot:
        yield " " * max(0, width - cells(line)) + line


def _lines(row: tuple[Cell, ...]) -> Iterator[list[str]]:
    """The lines that the cells of one row make together."""
    said = [_SHOWN.get(cell, tuple(filter(None, cell))) for cell in row]
    yield from (list(line) for line in zip_longest(*said, fillvalue=""))
