"""A file of rows and columns as plain values: what stands where, whatever program wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from tui_crm.domain.messages import N_, Message, Problem
from tui_crm.domain.text import visible

Cell = str | int | float | bool | date | datetime | time | None
Progress = Callable[[int], None]
"""Called with the number of rows read so far; it may raise to stop the reading."""

LARGEST_FILE = 500_000_000
"""Bytes. An honest workbook of a million rows unpacks to 313 MB; nothing a sales team keeps is larger."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WEB_PAGE = (b"<html", b"<!doctype html", b"<table", b"<?xml")
_NOT_A_TABLE = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"Rar!": "RAR",
    b"SQLite format 3": "SQLite",
}


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
    """One sheet, or one delimited file. `encoding` is how its letters were coded ("" where the format says it)."""

    name: str
    rows: tuple[Row, ...]
    notes: tuple[CellNote, ...] = ()
    encoding: str = ""


def read_tables(path: Path, progress: Progress | None = None) -> list[Table]:
    """Every sheet of a workbook, or the one table of a delimited file; the content tells which, not the name.

    Raises Problem, which says what to do, for what cannot be read: other formats, damaged, protected or oversized files.
    """
    data = _content(path)
    if data.startswith(_ZIP):
        from .workbook import read_workbook

        return read_workbook(data, visible(path.name), progress)
    _refuse_other_formats(data, visible(path.name))
    from .delimited import read_delimited

    return [read_delimited(data, visible(path.stem), progress)]


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Problem(
                N_("{file} is larger than {limit} MB. Split it into smaller files and import them one after another."),
                file=visible(path.name),
                limit=LARGEST_FILE // 1_000_000,
            )
        data = path.read_bytes()
    except OSError as error:
        raise Problem(
            N_("{file} cannot be opened: {why}"), file=visible(str(path)), why=error.strerror or error
        ) from error
    if not data.strip():
        raise Problem(N_("{file} is empty. Choose the file that holds your customers."), file=visible(path.name))
    return data


def _refuse_other_formats(data: bytes, file: str) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise Problem(
                N_("{file} is protected with a password. Open it, remove the password, save it, and import again."),
                file=file,
            )
        raise Problem(
            N_("{file} is an old Excel file (.xls). Open it and save it as .xlsx or CSV, then import that."), file=file
        )
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:20].lower().startswith(_WEB_PAGE):
        raise Problem(
            N_(
                "{file} is a web page or XML, though it may be called .xls. Open it in Excel or WPS and save it as .xlsx."
            ),
            file=file,
        )
    for start, kind in _NOT_A_TABLE.items():
        if data.startswith(start):
            raise Problem(
                N_("{file} is a {format} file, not a table. Import an .xlsx or CSV file."), file=file, format=kind
            )


def trimmed(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """`cells` with blanks as None and without blanks at the end."""
    row = [None if cell == "" else cell for cell in cells]
    while row and row[-1] is None:
        row.pop()
    return tuple(row)


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
