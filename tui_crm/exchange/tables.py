"""A file of rows and columns as plain values: what stands where, whatever program wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tui_crm.domain.messages import N_, Message, Problem
from tui_crm.domain.text import visible

if TYPE_CHECKING:
    from .paint import Paint

Cell = str | int | float | bool | date | datetime | time | None


class Progress(Protocol):
    """Is told how many rows are read, or customers planned, so far, and of how many (0: not known). It may raise to stop."""

    def __call__(self, done: int, total: int = 0, /) -> None:
        """Tell it."""


MAX_ROWS, MAX_COLUMNS = 1_048_576, 512
"""Of one sheet: as many rows as Excel has, and more columns than any customer list."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_READ_ELSEWHERE = frozenset({"xl/workbook.bin", "content.xml"})
"""Parts that tell a binary workbook (.xlsb) and an OpenDocument table (.ods)."""


@dataclass(frozen=True, slots=True)
class CellNote:
    """What the user should know about one place of a sheet: `row` 0 means the whole sheet, `text` is what stands there."""

    table: str
    row: int
    column: str
    text: str
    message: Message


@dataclass(frozen=True, slots=True)
class Row:
    """One row with something in it: its number in the file (from 1) and its cells, none blank at the end."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, or one delimited file. `encoding` is how its letters were coded ("" where the format says it). `spans` are the cells
    merged over several columns: (row, first column) → last column, all from 1. `paint` are the colours of its rows; `is_1904` says that
    its days are counted from 1904 where a number has no format."""

    name: str
    rows: tuple[Row, ...]
    notes: tuple[CellNote, ...] = ()
    encoding: str = ""
    spans: Mapping[tuple[int, int], int] = field(default_factory=dict)
    paint: Paint | None = None
    is_1904: bool = False


def read_tables(path: Path, progress: Progress | None = None) -> list[Table]:
    """Every sheet of a workbook, or the one table of a delimited file or an address book; the content tells which, not the name.

    Raises Problem, which says what to do, for what cannot be read: other formats, damaged, protected or oversized files.
    """
    from .files import content_of

    tables = _read(content_of(path), visible(path.stem), visible(path.name), progress)
    if not any(table.rows or table.notes for table in tables):
        raise Problem(
            N_("{file} has no filled cells. Choose the file that holds your customers."), file=visible(path.name)
        )
    return tables


def _read(data: bytes, name: str, file: str, progress: Progress | None) -> list[Table]:
    if data.startswith(_ZIP):
        from .archives import parts_of

        parts = parts_of(data, file)
        if "[Content_Types].xml" in parts and "xl/workbook.bin" not in parts:
            return _read_workbook(data, file, progress)
        if not parts & _READ_ELSEWHERE:
            raise Problem(
                N_("{file} is a ZIP archive, not a workbook. Unpack it and import the files inside."), file=file
            )
    if data.startswith((_OLE, *_ZIP)):
        from .old_workbook import read_old_workbook

        return read_old_workbook(data, file, progress)
    return _read_text(data, name, file, progress)


def _read_workbook(data: bytes, file: str, progress: Progress | None) -> list[Table]:
    """The sheets of an .xlsx. What some programs write as such breaks the format in ways that Excel and the second reader overlook."""
    from .workbook import read_workbook

    try:
        return read_workbook(data, file, progress)
    except Problem as refused:
        if _is_attack(refused):
            raise
        from .old_workbook import read_old_workbook

        try:
            tables = read_old_workbook(data, file, progress)
        except Problem:
            raise refused from None
    why = N_("This workbook is not written quite as it should be; it was read all the same. Look at a few rows of it.")
    return [
        replace(table, notes=(CellNote(table.name, 0, "", "", Message(why)), *table.notes)) for table in tables[:1]
    ] + tables[1:]


def _is_attack(error: BaseException) -> bool:
    """Whether entities in its XML were what stopped the reading: nobody puts them into a workbook by carelessness."""
    behind = error.__cause__ or error.__context__
    return type(error).__module__.startswith("defusedxml") or (behind is not None and _is_attack(behind))


def _read_text(data: bytes, name: str, file: str, progress: Progress | None) -> list[Table]:
    from .vcard_lines import is_vcard

    if is_vcard(data) or file.casefold().endswith((".vcf", ".vcard")):
        from .vcards import read_vcards

        return [read_vcards(data, name, file, progress)]
    from .web_tables import is_markup, read_markup

    if is_markup(data):
        return read_markup(data, name, file)
    from .delimited import read_delimited

    return [read_delimited(data, name, progress)]


def fill_down(rows: Mapping[int, list[Cell]], areas: Iterable[tuple[int, int, int]]) -> None:
    """Give every row of a merged area its value: a cell merged over several rows says the same of each of them, a company above
    its three contacts. An area is its first row, last row and first column, all from 1."""
    for first, last, column in areas:
        top = rows.get(first, [])
        if last == first or len(top) < column or top[column - 1] is None:
            continue
        below = range(first + 1, last + 1) if last - first < len(rows) else list(rows)
        for number in below:
            row = rows.get(number)
            if row is not None and first < number <= last:
                row.extend([None] * (column - len(row)))
                row[column - 1] = top[column - 1]


def trimmed(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """`cells` with blanks as None and without blanks at the end."""
    row = [None if cell == "" else cell for cell in cells]
    while row and row[-1] is None:
        row.pop()
    return tuple(row)


def row_text(row: Row) -> str:
    """A row on one line."""
    return " | ".join(filter(None, map(shown, row.cells)))


def shown(cell: Cell) -> str:
    """A cell as text, the way a person would have typed it: days without midnight, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d") if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e21 else repr(cell)
    return str(cell)
