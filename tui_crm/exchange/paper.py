"""Pages for a printer: plain values in, one HTML file out. Nothing in it runs, nothing is fetched, and every text is escaped.

A page is made of blocks; the same pages are also printed as plain text (`cli/paper_text.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from tui_crm.domain.text import visible
from tui_crm.i18n import language

Cell = tuple[str, ...]
"""What a cell of a table says, in lines; where there are several, the first is what it is about."""
BOX, BY_HAND = ("\x00box",), ("\x00by hand",)
"""Cells with a box to tick, and with room to write."""
BETWEEN = " · "
"""What parts the facts of one line."""


_LONG = 60
"""Characters from which a value gets the whole width."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its share of the width in percent, whether it holds numbers; in plain text `least` cells of it are
    kept, None: it is never cut there."""

    title: str
    share: int
    right: bool = False
    least: int | None = 8


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their titles; `foot` are lines below them, such as sums."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruled:
    """So many empty lines to write on by hand."""

    title: str
    lines: int


Block = Facts | Table | Ruled


@dataclass(frozen=True, slots=True)
class Page:
    """One page, or as many as its blocks need: what it is about, a line about that, the blocks, and a last remark."""

    title: str
    about: str
    blocks: tuple[Block, ...]
    remark: str = ""


def html(pages: Iterable[Page], title: str) -> Iterator[str]:
    """The pages as one HTML file, in pieces."""
    yield _HEAD.format(language=language().replace("_", "-"), title=_text(title), style=_STYLE)
    for page in pages:
        yield f'<section>\n<h1>{_text(page.title)}</h1>\n<p class="about">{_text(page.about)}</p>\n'
        for block in page.blocks:
            yield from _block(block)
        if page.remark:
            yield f'<p class="remark">{_text(page.remark)}</p>\n'
        yield "</section>\n"
    yield "</body>\n</html>\n"


def _text(text: str) -> str:
    """Text that can be nothing but text, whatever it holds; a fact that runs from right to left turns none beside it."""
    if text.isascii():
        return escape(visible(text))
    return BETWEEN.join(f"<bdi>{escape(visible(fact))}</bdi>" for fact in text.split(BETWEEN))


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Facts):
        yield "<dl>\n"
        for label, value in block.pairs:
            whole = ' class="whole"' if len(value) > _LONG else ""
            yield f"<div{whole}><dt>{_text(label)}</dt><dd>{_text(value)}</dd></div>\n"
        yield "</dl>\n"
    elif isinstance(block, Table):
        yield from _table(block)
    else:
        yield f"<h2>{_text(block.title)}</h2>\n" + '<div class="ruled"></div>\n' * block.lines


def _table(table: Table) -> Iterator[str]:
    if table.title:
        yield f"<h2>{_text(table.title)}</h2>\n"
    said = [at for at in range(len(table.columns)) if any(row[at] != ("",) and row[at] for row in table.rows)]
    columns = [table.columns[at] for at in said]
    yield "<table>\n<colgroup>"
    yield "".join(f'<col style="width:{column.share}%">' for column in columns)
    yield "</colgroup>\n"
    if any(column.title for column in columns):
        yield f"<thead><tr>{''.join(f'<th{_side(column)}>{_text(column.title)}</th>' for column in columns)}</tr></thead>\n"
    yield "<tbody>\n"
    for row in table.rows:
        cells = (f"<td{_side(table.columns[at])}>{_cell(row[at])}</td>" for at in said)
        yield f"<tr>{''.join(cells)}</tr>\n"
    yield "</tbody>\n</table>\n"
    yield from (f'<p class="foot">{_text(line)}</p>\n' for line in table.foot)


def _side(column: Column) -> str:
    return ' class="right"' if column.right else ""


def _cell(cell: Cell) -> str:
    if cell == BOX:
        return '<span class="box"></span>'
    if cell == BY_HAND:
        return ""
    if len(cell) < 2:
        return "".join(map(_text, cell))
    return f"<b>{_text(cell[0])}</b>" + "".join(f"<small>{_text(line)}</small>" for line in cell[1:] if line)


_HEAD = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
"""

_STYLE = """@page { size: A4; margin: 14mm 13mm 15mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt; color: #666; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 184mm; color: #000; background: #fff; font: 9.5pt/1.35 "Noto Sans", "Segoe UI", "Helvetica Neue",
  Arial, "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "WenQuanYi Zen Hei",
  "Noto Naskh Arabic", sans-serif; overflow-wrap: anywhere; }
section { break-after: page; }
section:last-child { break-after: auto; }
h1 { font-size: 15pt; line-height: 1.2; margin: 0; }
h2 { font-size: 10pt; margin: 4mm 0 1mm; break-after: avoid; }
p { margin: 0; }
.about { color: #444; margin-bottom: 3mm; }
.remark { color: #444; margin-top: 3mm; }
.foot { text-align: right; font-weight: bold; padding: 0.6mm 0; }
dl { margin: 0; columns: 2; column-gap: 8mm; border-top: 0.3mm solid #000; padding-top: 1mm; }
dl div { display: flex; gap: 2mm; break-inside: avoid; padding: 0.3mm 0; }
dl .whole { column-span: all; }
dt { flex: 0 0 26mm; color: #555; }
dd { margin: 0; flex: 1; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; border-top: 0.3mm solid #000; }
thead { display: table-header-group; }
th { text-align: left; font-weight: normal; font-size: 8pt; color: #555; padding: 0.8mm 3mm 0.8mm 0; vertical-align: bottom; }
td { padding: 1mm 3mm 1mm 0; border-top: 0.1mm solid #999; vertical-align: top; }
tr { break-inside: avoid; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
small { display: block; font-size: 8.5pt; color: #444; }
.box { display: inline-block; width: 4mm; height: 4mm; border: 0.3mm solid #000; border-radius: 0.5mm; }
.ruled { height: 8mm; border-bottom: 0.1mm solid #999; break-inside: avoid; }
@media screen { body { padding: 8mm; max-width: 210mm; } section { margin-bottom: 16mm; } }
"""
