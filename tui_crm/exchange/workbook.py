"""Excel workbooks: every sheet as a table, with bombs refused before they go off and nothing lost on the way.

Import this module only where a workbook is read: openpyxl takes a tenth of a second to load.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS

from tui_crm.domain.messages import N_, Message
from tui_crm.domain.text import clean, visible

from .archives import refuse_damaged
from .paint import Fills, colours_of, painted
from .tables import MAX_COLUMNS, MAX_ROWS, Cell, CellNote, Progress, Row, Table, fill_down, shown, trimmed

# Days and hours that Chinese Excel and WPS format by number alone; openpyxl knows no text for these numbers.
_EAST_ASIAN_DATES = frozenset((*range(27, 37), *range(50, 59)))
_ESCAPED = re.compile("_x[0-9A-Fa-f]{4}_")
_YES = ("1", "true")
_FIRST_OWN_FORMAT = 164
_CURRENCY = re.compile(
    r'\[\$([^\]\-]+)(?:-[0-9A-Fa-f]+)?\]|"((?:US|HK)?\$|USD ?|EUR ?|RMB ?|CNY ?|[€£¥￥])"|(?<![\[\\])([€£¥￥]|\$(?=#|0))'
)
"""The sign of a currency in a number format: [$€-407], "US$", ¥."""
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def read_workbook(data: bytes, file: str, progress: Progress | None = None) -> list[Table]:
    """Every sheet that has cells. `file` is the name for messages; its parts have been looked at (`archives.parts_of`). Raises
    Problem where the workbook cannot be read."""
    tables: list[Table] = []
    read = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with _explained(file):
            book = _open(data)
        looks = _Looks(colours_of(book), _currencies(book))
        fills = []
        for sheet in book.worksheets:
            reading = _Sheet(book, sheet, file, looks)
            fills.append(reading.fills)
            if sheet.sheet_state == "veryHidden":
                why = N_("This sheet is hidden so that only a program can show it; not read.")
                tables.append(Table(reading.title, (), (CellNote(reading.title, 0, "", "", Message(why)),)))
                continue
            tables.append(reading.read(read, progress))
            read += len(tables[-1].rows)
        tables = painted(tables, fills)
    if not tables:
        refuse_damaged(file, "Strict Open XML")
    if any(part.startswith("xl/comments") for part in book._archive.namelist()):
        note = CellNote(
            tables[0].name, 0, "", "", Message(N_("Comments attached to cells were not read, only the cells."))
        )
        tables[0] = replace(tables[0], notes=(*tables[0].notes, note))
    return [table for table in tables if table.rows or table.notes]


@contextmanager
def _explained(file: str) -> Iterator[None]:
    """openpyxl raises whatever a damaged file makes it trip over; to the user all of it means the same."""
    try:
        yield
    except Exception as error:
        refuse_damaged(file, error)


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


@dataclass(frozen=True, slots=True)
class _Looks:
    """What the styles of a workbook tell besides the value: by style the colour of the cell, and the sign of its currency."""

    colours: Mapping[int, str]
    currencies: Mapping[int, str]


def _currencies(book: Any) -> dict[int, str]:
    found = {}
    for number, style in enumerate(book._cell_styles):
        at = style.numFmtId - _FIRST_OWN_FORMAT
        sign = _CURRENCY.search(book._number_formats[at]) if 0 <= at < len(book._number_formats) else None
        if sign:
            found[number] = next(filter(None, sign.groups()))
    return found


class _Sheet:
    """The reading of one sheet: sparse rows first, then what only the end of the sheet tells (merged cells)."""

    def __init__(self, book: Any, sheet: Any, file: str, looks: _Looks) -> None:
        self.book, self.sheet, self.file, self.looks = book, sheet, file, looks
        self.fills = Fills()
        self.title = visible(sheet.title)
        self.rows: dict[int, list[Cell]] = {}
        self.notes: list[CellNote] = []

    def read(self, before: int, progress: Progress | None) -> Table:
        with _explained(self.file):
            source = self.sheet._get_source()
            size = self.book._archive.getinfo(self.sheet._worksheet_path).file_size
        with source:
            parser = _Parser(self.book, self.sheet, source)
            for number, cells in self._parsed(parser):
                self._keep(number, cells)
                if progress and (before + len(self.rows)) % 1000 == 0:
                    progress(before + len(self.rows), before + round(len(self.rows) * size / max(source.tell(), 1)))
        merged = parser.merged_cells.mergeCell if parser.merged_cells else ()
        fill_down(self.rows, ((area.min_row, area.max_row, area.min_col) for area in merged))
        spans = {(area.min_row, area.min_col): area.max_col for area in merged if area.max_col > area.min_col}
        self._tell_of_hidden(parser)
        for row, column, formula in parser.unsolved:
            message = N_(
                "This formula has no stored result and was left out. Open the file in Excel or WPS and save it."
            )
            self._note(row, column, formula, message)
        rows = (Row(number, trimmed(cells)) for number, cells in sorted(self.rows.items()))
        filled = tuple(row for row in rows if row.cells)
        return Table(self.title, filled, tuple(self.notes), spans=spans, is_1904=self.book.epoch == CALENDAR_MAC_1904)

    def _tell_of_hidden(self, parser: _Parser) -> None:
        """Say that what is hidden was read: nobody who looks at the sheet expects it."""
        rows = sum(
            attrs.get("hidden") in _YES and int(row) in self.rows for row, attrs in parser.row_dimensions.items()
        )
        columns = ", ".join(letter for letter, attrs in parser.column_dimensions.items() if attrs.get("hidden") in _YES)
        if self.sheet.sheet_state == "hidden" and self.rows:
            self._note(0, 0, "", N_("This sheet is hidden in the file; it was read all the same."))
        if rows:
            self._note(
                0, 0, "", N_("Rows that are hidden or filtered out in the file were read like the others: {n}."), n=rows
            )
        if columns and self.rows:
            self._note(
                0,
                0,
                "",
                N_("Columns that are hidden in the file were read like the others: {columns}."),
                columns=columns,
            )

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
        if colours := self.looks.colours:
            found = [(cell["column"], colours[cell["style_id"]]) for cell in cells if cell["style_id"] in colours]
            if found:
                self.fills.keep(number, found[:MAX_COLUMNS])
        currencies = self.looks.currencies
        for cell in cells:
            value, column = _value(cell["value"]), cell["column"]
            if value is None or value == "":
                continue
            if currencies and cell["style_id"] in currencies and type(value) in (int, float):
                value = f"{currencies[cell['style_id']]}{shown(value)}"
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

    def _note(self, row: int, column: int, text: str, template: str, **values: object) -> None:
        letter = get_column_letter(column) if column else ""
        self.notes.append(CellNote(self.title, row, letter, text, Message(template, values)))


def _value(value: Any) -> Cell:
    if isinstance(value, str):
        if "_x" in value and _ESCAPED.search(value):
            value = _HALF_CHARACTER.sub("\ufffd", unescape(value))
        return clean(value, lines=True)
    return str(value) if isinstance(value, timedelta) else value
