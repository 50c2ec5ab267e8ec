"""Sheets that we exported, coming back: recognised by their identity column, and parted from what is new in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

from tui_crm.domain.messages import N_, Message
from tui_crm.i18n import twins

from .columns import is_block_title
from .row_sums import TRADE_HEADS, changed_cells
from .sheet_columns import IDENTITY, SheetColumn, read_column
from .tables import Cell, CellNote, Row, Table, shown, trimmed
from .xlsx_file import letters

LOG_STAYS = N_("The log is not changed by a sheet. For a new entry write a later day and a new note.")

_HEAD = 6
"""Rows among which the header stands, whatever was written above it."""
_IDENTITY = re.compile(r"([^@\s]+)@(\d{1,18})(?:~(\d{8}))?")


@dataclass(frozen=True, slots=True)
class ComingBack:
    """A row of an overview: the customer it was made of, the operation up to which it told of the book, the day of the next step
    that nobody had set by hand, and the cells."""

    table: str
    row: int
    uid: str
    op: int
    derived_on: date | None
    columns: Mapping[int, SheetColumn]
    values: tuple[Cell, ...]

    @property
    def cells(self) -> dict[SheetColumn, Cell]:
        """What stands in each column; made when it is looked at, since a sheet has many rows."""
        return {column: self.cell(at) for at, column in self.columns.items()}

    def cell(self, at: int) -> Cell:
        """What stands at a place of the row."""
        return self.values[at] if at < len(self.values) else None


@dataclass(slots=True)
class Parted:
    """What comes back, and the tables that are left to be read as any others. `sheets` are (name, rows, header row, columns)."""

    rows: list[ComingBack] = field(default_factory=list)
    rest: list[Table] = field(default_factory=list)
    sheets: list[tuple[Table, int, tuple[SheetColumn, ...]]] = field(default_factory=list)
    notes: list[CellNote] = field(default_factory=list)


def part(tables: Sequence[Table]) -> Parted:
    """Part the rows that come back from all others."""
    parted = Parted()
    for table in tables:
        at = _header_at(table)
        if at is None:
            parted.rest.append(table)
        else:
            _part(parted, table, at)
    return parted


def as_new(table: Table, rows: Sequence[int]) -> Table:
    """A table of these rows alone (by their numbers), without their identity: they speak of customers the book does not know."""
    at = _header_at(table)
    assert at is not None
    kept = [table.rows[at], *(row for row in table.rows if row.number in rows)]
    return replace(table, rows=tuple(_without(table.rows[at], kept)), notes=())


def _header_at(table: Table) -> int | None:
    heads = enumerate(table.rows[:_HEAD])
    return next((at for at, row in heads if any(shown(cell).strip() == IDENTITY for cell in row.cells)), None)


def _part(parted: Parted, table: Table, at: int) -> None:
    header = table.rows[at]
    heads = [shown(cell).strip() for cell in header.cells]
    place = heads.index(IDENTITY)
    columns = {n: read_column(head) for n, head in enumerate(heads) if head and n != place}
    unread = {(note.row, note.column) for note in table.notes if note.row}
    new: list[Row] = []
    count = 0
    for row in table.rows[at + 1 :]:
        told = shown(row.cells[place]).strip() if place < len(row.cells) else ""
        found = _IDENTITY.fullmatch(told)
        if found:
            count += 1
            readable = columns
            if unread:  # a formula without a result is no emptied cell
                readable = {n: column for n, column in columns.items() if (row.number, letters(n)) not in unread}
            parted.rows.append(_coming_back(table, row, found, readable))
        elif not told:
            new.append(row)
        else:
            parted.notes += changed_cells(table.name, told, heads, row)
    if any(map(_is_title, new)):
        new.sort(key=_undated)  # an entry written below the trade is one all the same
    while new and _is_title(new[-1]):
        new.pop()
    if count:
        parted.sheets.append((table, count, tuple(columns.values())))
        parted.notes += table.notes
    if new and _is_trade(heads):
        parted.notes += [
            CellNote(table.name, row.number, "", " | ".join(filter(None, map(shown, row.cells))), Message(_NEW_TRADE))
            for row in new
        ]
    elif new:
        rows = [*table.rows[:at], header, *new]
        parted.rest.append(replace(table, rows=tuple(_without(header, rows)), notes=() if count else table.notes))


_NEW_TRADE = N_("New rows of this sheet are not read. Write them below the customer's own log, or type them with $.")


def _coming_back(table: Table, row: Row, found: re.Match[str], columns: Mapping[int, SheetColumn]) -> ComingBack:
    derived = None
    with suppress(ValueError):
        derived = date.fromisoformat(found[3]) if found[3] else None
    return ComingBack(table.name, row.number, found[1], int(found[2]), derived, columns, row.cells)


def _is_title(row: Row) -> bool:
    cells = [shown(cell) for cell in row.cells if cell is not None]
    return len(cells) == 1 and is_block_title(cells[0])


def _undated(row: Row) -> bool:
    return not (isinstance(row.cells[0], date) or shown(row.cells[0])[:1].isdecimal())


def _is_trade(heads: Sequence[str]) -> bool:
    return sum(any(word in heads for word in twins(head)) for head in TRADE_HEADS[-4:]) >= 3


def _without(header: Row, rows: Sequence[Row]) -> Iterator[Row]:
    """The rows without the columns that only we fill."""
    ours = {IDENTITY, *twins(N_("Written by"))}
    gone = {n for n, cell in enumerate(header.cells) if shown(cell).strip() in ours}
    for row in rows:
        cells = trimmed(None if n in gone else cell for n, cell in enumerate(row.cells))
        if cells:
            yield Row(row.number, cells)
