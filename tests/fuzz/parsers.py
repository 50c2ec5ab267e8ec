"""What has to hold for everything that people type and for every file they bring: one function for each parser.

Each takes bytes, makes a case of them (`pieces`) and raises AssertionError where a promise is broken: nothing but `Problem` is
raised, nothing typed is lost, the same again gives the same, nothing that a terminal obeys comes out, a page takes no time.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

from tests.exchange.sheets import Book, plan
from tests.exchange.words import words_of
from tests.fuzz import pieces
from tui_crm import i18n
from tui_crm.domain.dates import Look, leading_date, parse_date, parse_sheet_date
from tui_crm.domain.messages import Problem
from tui_crm.domain.query import complete, describe, parse_query
from tui_crm.domain.quicklog import Entry, parse_line
from tui_crm.domain.text import clean, visible
from tui_crm.domain.trade_lines import Reading, leading_record, parse_record, told_record
from tui_crm.exchange.layout import SheetKind, lay_out
from tui_crm.exchange.plan import Plan
from tui_crm.exchange.tables import Table, read_tables

TODAY = date(2026, 11, 18)
SLOW = 0.4
"""Seconds of the processor that 5,000 characters may take, on a machine that does something else besides."""


def quick_log(data: bytes) -> None:
    """One line of the quick log."""
    raw = pieces.a_text(data, pieces.QUICK_LOG)
    line = clean(raw)
    entry = parse_line(line, TODAY)
    _spans_cover(line, entry)
    said = " ".join((
        entry.note, entry.lost_reason, entry.next_action, entry.no_next_reason or "", *entry.tags, *entry.untag,
        *map(_of_record, entry.records),
    ))  # fmt: skip
    _nothing_lost(line, said)
    _harmless([said, *map(i18n.tell, entry.findings)])
    if raw != line or _sometimes(data):  # as it stands before it is cleaned, and again
        parse_line(raw, TODAY)
        assert entry == parse_line(line, TODAY)


def _sometimes(data: bytes) -> bool:
    """One case in eight, the same ones each time: what costs much need not be looked at always."""
    return sum(data) % 8 == 0


def _spans_cover(line: str, entry: Entry) -> None:
    at = 0
    for span in entry.spans:
        assert at <= span.start < span.end <= len(line), span
        assert not line[at : span.start].strip(), line[at : span.start]
        if span.kind in ("note", "problem", "told"):
            kept = "".join(line[span.start : span.end].split())
            assert kept in "".join(entry.note.split()), kept
        at = span.end
    assert not line[at:].strip()


def search(data: bytes) -> None:
    """One search line, and what it can go on with."""
    raw = pieces.a_text(data, pieces.SEARCH)
    line = clean(raw)
    query = parse_query(line, TODAY, "me")
    said = [i18n.tell(message) for message in (*describe(query), *query.findings)]
    _nothing_lost(line, " ".join(str(value) for term in query.terms for value in term.values))
    _harmless(said)
    cursor = sum(data) % (len(line) + 1)
    typing = complete(line, cursor)
    assert 0 <= typing.start <= cursor
    assert len(typing.prefix) == cursor - typing.start or typing.prefix == ""
    if raw != line or _sometimes(data):
        parse_query(raw, TODAY, "me")
        assert query == parse_query(line, TODAY, "me")


def dates(data: bytes) -> None:
    """A date phrase, alone and at the start of a text."""
    raw = pieces.a_text(data, pieces.DATES, 9)
    look = tuple(Look)[sum(data) % len(Look)]
    for text in dict.fromkeys((clean(raw), raw)):
        day = _day(parse_date, text, TODAY, look)
        found = leading_date(text, TODAY, look)
        if found:
            assert 0 < found.length <= len(text)
            assert 1900 <= found.day.year <= 2199, found
            assert not any(word in text[: found.length] for word in pieces.UNKNOWN)
        if _sometimes(data):
            assert day == _day(parse_date, text, TODAY, look)
            _day(parse_sheet_date, text, TODAY, None)


def _day(read: Callable[..., object], *given: object) -> object:
    try:
        return read(*given)
    except Problem as problem:
        return visible(i18n.explain(problem))


def trade_lines(data: bytes) -> None:
    """One line about trade, of any kind, and at the start of a note."""
    raw = pieces.a_text(data, pieces.TRADE, 16)
    line, kind = clean(raw), _KINDS[sum(data) % len(_KINDS)]
    reading = _record(parse_record, line, TODAY, "USD", kind)
    if reading:
        _nothing_lost(line, _of_record(reading))
        _harmless([_of_record(reading)])
    for found in (_record(leading_record, line, TODAY, "USD"), told_record(line, TODAY, "USD")):
        if found:
            assert 0 < found.length <= len(line)
            _nothing_lost(line[: found.length], _of_record(found))
    if raw != line or _sometimes(data):
        _record(parse_record, raw, TODAY, "USD", kind)
        assert reading == _record(parse_record, line, TODAY, "USD", kind)


_KINDS = (None, "quote", "sample", "invoice", "order", "payment", "shipment")


def _record(read: Callable[..., Reading], *given: object) -> Reading | None:
    try:
        return read(*given)
    except Problem as problem:
        assert i18n.explain(problem)
        return None


def _of_record(reading: Reading) -> str:
    return " ".join([reading.about, *_texts(reading.record)])


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for each in fields(value):
            yield from _texts(getattr(value, each.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)


def pages(data: bytes) -> None:
    """Five thousand characters of a few pieces, in each language: no pattern grows out of hand."""
    number = pieces.Bytes(data).number(len(_LANGUAGES))
    words, read = _LANGUAGES[number]
    text = pieces.a_page(data[2:], words)
    start = time.process_time()
    read(text)
    taken = time.process_time() - start
    assert taken < SLOW, f"{taken:.2f} s: {text[:80]!r} …"


_LANGUAGES: tuple[tuple[tuple[str, ...], Callable[[str], object]], ...] = (
    (pieces.QUICK_LOG, lambda text: parse_line(clean(text), TODAY)),
    (pieces.SEARCH, lambda text: describe(parse_query(clean(text), TODAY))),
    (pieces.DATES, lambda text: (leading_date(text, TODAY), _day(parse_date, text, TODAY))),
    (pieces.TRADE, lambda text: (_record(leading_record, text, TODAY, "USD"), told_record(text, TODAY, "USD"))),
    (pieces.TRADE, lambda text: _record(parse_record, text[:400], TODAY, "USD")),
)


def csv(data: bytes) -> None:
    """A delimited file: read, laid out, planned."""
    _planned(pieces.a_csv(data), ".csv")


def vcards(data: bytes) -> None:
    """An address book: read, laid out, planned."""
    _planned(pieces.a_vcard(data), ".vcf")


def workbooks(data: bytes) -> None:
    """A workbook: read, laid out, planned."""
    _planned(pieces.a_workbook(data), ".xlsx")


def _planned(content: bytes, ending: str) -> None:
    """Plan a file; each unknown word that its cells hold is in the plan or told of."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"sheet{ending}"
        file.write_bytes(content)
        try:
            tables = read_tables(file)
        except Problem as problem:
            _harmless([i18n.explain(problem)])
            return
    try:
        made = plan(*tables)
    except Problem as problem:
        _harmless([i18n.explain(problem)])
        return
    said = words_of(made)
    assert said == words_of(plan(*tables))
    assert all(summary.reason for summary in made.sheets if summary.kind is SheetKind.UNKNOWN)
    _nothing_lost("\n".join(_read_cells(tables)), f"{said}\n{_left_out(made)}")
    _harmless(line for planned in made.customers for text in _texts(planned) for line in text.split("\n"))
    book = Book()
    book.take(made)
    assert {planned.verdict for planned in plan(*tables, book=book).customers} <= {"same"}


def _read_cells(tables: Iterable[Table]) -> Iterable[str]:
    """The cells that an import has to do something with or tell of: all but headers, also those that are printed again on every
    page; in a sheet that is turned round, labels are the headers, and one without a value is no cell of data."""
    for table in tables:
        sheets = lay_out(table)
        upright, numbers = {row.cells for row in table.rows}, {sheet.header for sheet in sheets}
        heads = {column.header for sheet in sheets for column in sheet.columns}
        turned = any(row.cells not in upright for sheet in sheets for row in sheet.rows)
        for row in table.rows:
            cells = [str(cell) for cell in row.cells if cell is not None]
            if (row.number in numbers and not turned) or set(cells) <= heads:
                continue
            if turned:
                cells = [cell for cell in cells if cell not in heads] if len(cells) > 1 else []
            yield from cells


def _left_out(made: Plan) -> str:
    """What the report tells of as staying out."""
    return "\n".join(
        str(cell) for summary in made.sheets for left in summary.left for row in left.rows for cell in row.cells
    )


PARSERS: Mapping[str, Callable[[bytes], None]] = {
    "quick log": quick_log,
    "search": search,
    "dates": dates,
    "trade lines": trade_lines,
    "pages": pages,
    "csv": csv,
    "vcards": vcards,
    "workbooks": workbooks,
}
"""Every test by its name."""


def _nothing_lost(typed: str, said: str) -> None:
    found = said.casefold()
    assert {word for word in pieces.unknown_in(typed) if word not in found} == set(), typed


def _harmless(texts: Iterable[str]) -> None:
    for text in texts:
        assert visible(text) == text, text
