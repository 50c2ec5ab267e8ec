"""Excel workbooks: every sheet as a table, with bombs refused before they go off and nothing lost on the way."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any, NoReturn

from tui_crm.domain.messages import N_, Message, Problem
from tui_crm.domain.text import clean

from .tables import Cell, CellNote, Progress, Row, Table, shown, trimmed

LARGEST_UNPACKED = 500_000_000
BOMB_SIZE, BOMB_RATIO = 10_000_000, 200
"""A part of a workbook is a bomb when it unpacks to more bytes than the one, and to more than the other times its size."""

MAX_ROWS, MAX_COLUMNS = 1_048_576, 512
_MAX_PARTS = 10_000

# Days and hours that Chinese Excel and WPS format by number alone; openpyxl knows no text for these numbers.
_EAST_ASIAN_DATES = frozenset((*range(27, 37), *range(50, 59)))
_OTHER_FORMATS = (
    ("xl/workbook.bin", N_("{file} is a binary workbook (.xlsb). Open it and save it as .xlsx or CSV, then import that.")),
    ("content.xml", N_("{file} is an OpenDocument table (.ods). Open it and save it as .xlsx or CSV, then import that.")),
)
_DAMAGED = N_("{file} is damaged or no proper workbook ({why}). Open it in Excel or WPS, save it as .xlsx, and try again.")


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
            tables.append(_table(book, sheet, file, read, progress))
            read += len(tables[-1].rows)
    if not tables:
        raise Problem(_DAMAGED, file=file, why="Strict Open XML")
    if any(part.startswith("xl/comments") for part in book._archive.namelist()):
        tables[0] = _with_note(tables[0], N_("Comments attached to cells were not read; only the cells were."))
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
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    styles = enumerate(book._cell_styles)
    book._date_formats = set(book._date_formats) | {n for n, style in styles if style.numFmtId in _EAST_ASIAN_DATES}
    return book


def _table(book: Any, sheet: Any, file: str, read: int, progress: Progress | None) -> Table:
    """One sheet, through openpyxl's parser itself: its worksheet pads rows to the width a sheet claims (16,384 columns,
    a million rows), and knows neither merged cells nor formulas without a result."""
    with _explained(file), sheet._get_source() as source:
        parser = _parser(book, sheet, source)
        found = parser.parse()
        rows: dict[int, list[Cell]] = {}
        too_wide: list[int] = []
        while (row := _next(found, file)) is not None:
            number, cells = row
            values = [(cell["column"], _value(cell["value"])) for cell in cells if cell["value"] is not None]
            if any(column > MAX_COLUMNS and value for column, value in values):
                too_wide.append(number)
            if kept := [(column, value) for column, value in values if column <= MAX_COLUMNS]:
                rows[number] = _spread(kept)
    return Table(sheet.title, tuple(rows))  # type: ignore
