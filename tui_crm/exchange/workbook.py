"""Excel workbooks: every sheet as a table, with bombs refused before they go off and nothing lost on the way.

Import this module only where a workbook is read: openpyxl takes a tenth of a second to load.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any, NoReturn

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS

from tui_crm.domain.messages import N_, Message, Problem
from tui_crm.domain.text import clean, visible

from .tables import Cell, CellNote, Progress, Row, Table, shown, trimmed

LARGEST_UNPACKED = 500_000_000
BOMB_SIZE, BOMB_RATIO = 10_000_000, 200
"""A part of a workbook is a bomb when it unpacks to more bytes than the one, and to more than the other times its size."""

MAX_ROWS, MAX_COLUMNS = 1_048_576, 512
_MAX_PARTS = 10_000

# Days and hours that Chinese Excel and WPS format by number alone; openpyxl knows no text for these numbers.
_EAST_ASIAN_DATES = frozenset((*range(27, 37), *range(50, 59)))
_OTHER_FORMATS = (
    (
        "xl/workbook.bin",
        N_("{file} is a binary workbook (.xlsb). Open it and save it as .xlsx or CSV, then import that."),
    ),
    (
        "content.xml",
        N_("{file} is an OpenDocument table (.ods). Open it and save it as .xlsx or CSV, then import that."),
    ),
)
_DAMAGED = N_(
    "{file} is damaged or no proper workbook ({why}). Open it in Excel or WPS, save it as .xlsx, and try again."
)
_ESCAPED = re.compile("_x[0-9A-Fa-f]{4}_")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def read_workbook(data: bytes, file: str, progress: Progress | None = None) -> list[Table]:
    """Every sheet that has cells. `file` is the name for messages. Raises Problem where the workbook cannot be read."""
    _check_parts(data, file)
    tables: list[Table] = []
    read = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with _explained(file):
            book = _open(data)
        for sheet in book.worksheets:
            tables.append(_Sheet(book, sheet, file).read(read, progress))
            read += len(tables[-1].rows)
    if not tables:
        raise Problem(_DAMAGED, file=file, why="Strict Open XML")
    if any(part.startswith("xl/comments") for part in book._archive.namelist()):
        note = CellNote(
            tables[0].name, 0, "", "", Message(N_("Comments attached to cells were not read, only the cells."))
        )
        tables[0] = replace(tables[0], notes=(*tables[0].notes, note))
    return [table for table in tables if table.rows or table.notes]


def _check_parts(data: bytes, file: str) -> None:
    """Look at the list of parts only: a bomb must not be unpacked to be recognised."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        _damaged(file, error)
    names = {part.filename for part in parts}
    for telling, template in _OTHER_FORMATS:
        if telling in names:
            raise Problem(template, file=file)
    if "[Content_Types].xml" not in names:
        raise Problem(N_("{file} is a ZIP archive, not a workbook. Unpack it and import the files inside."), file=file)
    bomb = any(p.file_size > BOMB_SIZE and p.file_size > BOMB_RATIO * max(p.compress_size, 1) for p in parts)
    if bomb or len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Problem(
            N_("{file} would unpack to far more than a customer list holds and was not opened. Save the sheet as CSV."),
            file=file,
        )


def _damaged(file: str, error: Exception) -> NoReturn:
    raise Problem(_DAMAGED, file=file, why=f"{type(error).__name__}: {error}"[:200]) from error


@contextmanager
def _explained(file: str) -> Iterator[None]:
    """openpyxl raises whatever a damaged file makes it trip over; to the user all of it means the same."""
    try:
        yield
    except Exception as error:
        _damaged(file, error)


def _open(data: bytes) -> Any:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    styles = enumerate(book._cell_styles)
    book._date_formats = set(book._date_formats) | {n for n, style in styles if style.numFmtId in _EAST_ASIAN_DATES}
    return book


class _Parser(WorkSheetParser):  # type: ignore[misc]
    """openpyxl's parser of one sheet, which besides remembers formulas that carry no result.

    The worksheet above it is left out: it pads rows to the width a sheet claims (16,384 columns, a million rows) and
    does not know merged cells.
    """

    def __init__(self, book: Any, sheet: Any, source: Any) -> None:
        super().__init__(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        self.unsolved: list[tuple[int, int, str]] = []

    def parse_cell(self, element: Any) -> Any:
        cell = super().parse_cell(element)
        if cell["value"] is None and (formula := element.find(f"{{{SHEET_MAIN_NS}}}f")) is not None:
            self.unsolved.append((cell["row"], cell["column"], f"={formula.text or ''}"))
        return cell


class _Sheet:
    """The reading of one sheet: sparse rows first, then what only the end of the sheet tells (merged cells)."""

    def __init__(self, book: Any, sheet: Any, file: str) -> None:
        self.book, self.sheet, self.file = book, sheet, file
        self.title = visible(sheet.title)
        self.rows: dict[int, list[Cell]] = {}
        self.notes: list[CellNote] = []

    def read(self, before: int, progress: Progress | None) -> Table:
        with _explained(self.file):
            source = self.sheet._get_source()
        with source:
            parser = _Parser(self.book, self.sheet, source)
            for number, cells in self._parsed(parser):
                self._keep(number, cells)
                if progress and (before + len(self.rows)) % 1000 == 0:
                    progress(before + len(self.rows))
        if parser.merged_cells:
            self._fill_down(parser.merged_cells.mergeCell)
        for row, column, formula in parser.unsolved:
            message = N_(
                "This formula has no stored result and was left out. Open the file in Excel or WPS and save it."
            )
            self._note(row, column, formula, message)
        rows = (Row(number, trimmed(cells)) for number, cells in sorted(self.rows.items()))
        return Table(self.title, tuple(row for row in rows if row.cells), tuple(self.notes))

    def _parsed(self, parser: _Parser) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        found = parser.parse()
        while True:
            with _explained(self.file):
                row = next(found, None)
            if row is None or row[0] > MAX_ROWS:
                return
            yield row

    def _keep(self, number: int, cells: list[dict[str, Any]]) -> None:
        row: list[Cell] = []
        for cell in cells:
            value, column = _value(cell["value"]), cell["column"]
            if value is None or value == "":
                continue
            if column > MAX_COLUMNS:
                message = N_(
                    "Beyond column {last}, where no customer list reaches; left out. Move it nearer and import again."
                )
                self._note(number, column, shown(value), message, last=get_column_letter(MAX_COLUMNS))
                continue
            row.extend([None] * (column - len(row)))
            row[column - 1] = value
        if row:
            self.rows[number] = row

    def _fill_down(self, merged: Iterable[Any]) -> None:
        """A cell merged over several rows says the same of each of them: a company above its three contacts."""
        for area in merged:
            first, last, column = area.min_row, area.max_row, area.min_col
            top = self.rows.get(first, [])
            if last == first or len(top) < column or top[column - 1] is None:
                continue
            below = range(first + 1, last + 1) if last - first < len(self.rows) else list(self.rows)
            for number in below:
                row = self.rows.get(number)
                if row is not None and first < number <= last:
                    row.extend([None] * (column - len(row)))
                    row[column - 1] = top[column - 1]

    def _note(self, row: int, column: int, text: str, template: str, **values: object) -> None:
        self.notes.append(CellNote(self.title, row, get_column_letter(column), text, Message(template, values)))


def _value(value: Any) -> Cell:
    if isinstance(value, str):
        if "_x" in value and _ESCAPED.search(value):
            value = _HALF_CHARACTER.sub("\ufffd", unescape(value))
        return clean(value, lines=True)
    return str(value) if isinstance(value, timedelta) else value
