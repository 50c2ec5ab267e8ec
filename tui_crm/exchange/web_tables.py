"""Tables in HTML or in Excel's XML of 2003: what many programs write and call .xls."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tui_crm.domain.messages import N_, Problem
from tui_crm.domain.text import clean, visible

from .encodings import decode
from .tables import MAX_COLUMNS, Cell, Row, Table, trimmed

LARGEST = 60_000_000
"""Bytes; markup is read by Python alone, a few megabytes a second."""

_MOST_TAGS = 4_000_000
_STARTS = (
    b"<html",
    b"<!doctype html",
    b"<table",
    b"<?xml",
    b"<meta",
    b"<head",
    b"<body",
    b"<style",
    b"<workbook",
    b"<div",
)
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
# One pass over the text, and nothing in it that could be tried twice: hostile pages are read as fast as honest ones.
_TAG = re.compile(
    r"<(/?)(?:\w+:)?(table|worksheet|tr|row|td|th|cell|br|p|div|li)\b([^<>]*)>|<[a-z/!?][^<>]*>", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_SKIPPED = ("!--", "style", "script", "head")
_ENDS = {"!--": "-->"}
_KINDS = {"row": "tr", "th": "td", "cell": "td"}
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)T00:00:00(?:\.0+)?")


def is_markup(data: bytes) -> bool:
    """Whether a file begins like a web page or XML."""
    return data[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:20].lower().startswith(_STARTS)


def read_markup(data: bytes, name: str, file: str) -> list[Table]:
    """The tables of a page, each a table of its own. Raises Problem where it has none."""
    tables: list[_Table] = []
    if len(data) <= LARGEST:
        text, encoding = _text(data)
        tables = [table for table in _read(_without(text)) if table.rows] if text.count("<") <= _MOST_TAGS else []
    if not tables:
        raise Problem(
            N_(
                "{file} is a web page or XML, though it may be called .xls. Open it in Excel or WPS and save it as .xlsx."
            ),
            file=file,
        )
    names = [table.title or (name if number == 1 else f"{name} ({number})") for number, table in enumerate(tables, 1)]
    return [Table(title, tuple(table.rows), (), encoding) for title, table in zip(names, tables, strict=True)]


def _text(data: bytes) -> tuple[str, str]:
    """The page as text: what it says of its letters counts, where that is true."""
    said = _CHARSET.search(data[:4096])
    if said and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        encoding = "gb18030" if said[1].lower().startswith(b"gb") else said[1].decode("ascii").lower()
        try:
            return data.decode(encoding), encoding
        except (LookupError, UnicodeDecodeError):
            pass
    decoded = decode(data)
    return decoded.text, decoded.encoding


def _without(text: str) -> str:
    """The page without comments, styles and scripts."""
    for start in _SKIPPED:
        opening, closing = f"<{start}", _ENDS.get(start, f"</{start}>")
        pieces, place, lowered = [], 0, text.lower()
        while (found := lowered.find(opening, place)) >= 0:
            end = lowered.find(closing, found)
            if end < 0:
                break
            pieces.append(text[place:found])
            place = end + len(closing)
        text = "".join((*pieces, text[place:]))
    return text


@dataclass(slots=True)
class _Table:
    """A table being read: `held` are the cells that reach down into the rows to come, by column."""

    title: str = ""
    is_sheet: bool = False
    rows: list[Row] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    held: dict[int, tuple[int, Cell]] = field(default_factory=dict)
    number: int = 0
    text: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    in_row: bool = False
    in_cell: bool = False

    def end_cell(self) -> None:
        """Put the cell where it belongs: behind those before it and those that reach down from above."""
        if not self.in_cell:
            return
        self.in_cell = False
        if index := self.attributes.get("index", ""):
            self.cells.extend([None] * (_number(index) - 1 - len(self.cells)))
        self._take_held()
        cell: Cell = _plain("".join(self.text))
        down = _number(self.attributes.get("rowspan", "1")) - 1 or _number(self.attributes.get("mergedown", "0"))
        across = max(_number(self.attributes.get("colspan", "1")), 1 + _number(self.attributes.get("mergeacross", "0")))
        for place in range(across):
            column = len(self.cells)
            if column >= MAX_COLUMNS:
                return
            value = cell if place == 0 else None
            if down > 0:
                self.held[column] = (self.number + down, value)
            self.cells.append(value)

    def _take_held(self) -> None:
        while (reach := self.held.get(len(self.cells))) and reach[0] >= self.number and len(self.cells) < MAX_COLUMNS:
            self.cells.append(reach[1])

    def end_row(self) -> None:
        """Keep the row where it has something in it."""
        self.end_cell()
        if not self.in_row:
            return
        self.in_row = False
        self._take_held()
        if cells := trimmed(self.cells):
            self.rows.append(Row(self.number, cells))
        self.cells = []


def _read(text: str) -> Iterator[_Table]:
    """The tables in the order they end; one inside a cell of another is its own, one inside a worksheet is the worksheet."""
    open_tables: list[_Table] = []
    place = 0
    for tag in _TAG.finditer(text):
        if open_tables and open_tables[-1].in_cell:
            open_tables[-1].text.append(html.unescape(text[place : tag.start()]))
        place = tag.end()
        if tag[2] is None:
            continue
        name, closes, inside = tag[2].lower(), bool(tag[1]), bool(open_tables) and open_tables[-1].is_sheet
        if name == "worksheet" or (name == "table" and not inside):
            if not closes:
                open_tables.append(_Table(visible(_attributes(tag[3]).get("name", "")), is_sheet=name == "worksheet"))
            elif open_tables:
                open_tables[-1].end_row()
                yield open_tables.pop()
        elif not open_tables or name == "table":
            continue
        else:
            _take(open_tables[-1], _KINDS.get(name, name), closes, tag[3])
    for table in reversed(open_tables):
        table.text.append(html.unescape(text[place:]))
        table.end_row()
        yield table


def _take(table: _Table, name: str, closes: bool, attributes: str) -> None:
    if name == "tr":
        table.end_row()
        if not closes:
            index = _number(_attributes(attributes).get("index", "0"))
            table.number, table.in_row = max(table.number + 1, index), True
    elif name == "td":
        table.end_cell()
        if not table.in_row and not closes:
            table.number, table.in_row = table.number + 1, True
        if not closes and not attributes.endswith("/"):
            table.in_cell, table.text, table.attributes = True, [], _attributes(attributes)
        elif not closes:
            table.cells.append(None)
    else:
        table.text.append("\n")


def _attributes(text: str) -> dict[str, str]:
    found = ((m[1].rpartition(":")[2].lower(), m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(text))
    return {name: html.unescape(value) for name, value in found} if "=" in text else {}


def _number(text: str) -> int:
    return min(int(text), 1_000_000) if text.isdecimal() and len(text) < 8 else 0


def _plain(text: str) -> str:
    """The text of a cell: line breaks of the source mean nothing, those of its tags do."""
    lines = (" ".join(line.split()) for line in text.replace("\xa0", " ").split("\n"))
    told = clean("\n".join(filter(None, lines)).replace("\ud800", "\ufffd"), lines=True)
    day = _MIDNIGHT.fullmatch(told)
    return day[1] if day else told
