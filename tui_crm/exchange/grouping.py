"""Whose row is it: the rows of all tables, gathered by the company they speak of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from tui_crm.domain.messages import N_, Message
from tui_crm.domain.names import company_key
from tui_crm.domain.vocabulary import fold

from .days import column_order, is_ambiguous
from .facts import Facts, Terms
from .layout import Column, Sheet, SheetKind, lay_out
from .reading import Reader
from .tables import CellNote, Row, Table, shown

_DATES = frozenset({"last_date", "created_on", "next_date"})
_COMPANY = ("company", "customer", "name")
_PERSON = ("contact", "first_name", "last_name", "email")
_TOTALS = frozenset({"合计", "总计", "小计", "汇总", "total", "grand total", "sum", "subtotal"})
_YEAR_LAST = re.compile(r"\s*\d{1,2}[/-]\d{1,2}[/-]\d{4}")


@dataclass(frozen=True, slots=True)
class SheetSummary:
    """What one table was taken for. `custom` are the columns without a field of their own, kept under their header;
    `left_out` those that only number the rows; `titles` the lines that are no data."""

    table: str
    kind: SheetKind
    rows: int
    encoding: str = ""
    custom: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


@dataclass(slots=True)
class Grouped:
    """The rows of each company, still unread, by company key and in the order of the tables.

    `unclear` names the columns (table, header) with dates that can be read two ways.
    """

    groups: dict[str, list[Callable[[], Facts]]] = field(default_factory=dict)
    notes: list[CellNote] = field(default_factory=list)
    summaries: list[SheetSummary] = field(default_factory=list)
    unclear: list[tuple[str, str]] = field(default_factory=list)


def group(tables: Sequence[Table], terms: Terms) -> Grouped:
    """Lay out the tables and gather their rows by company."""
    laid_out = [(table, sheet) for table in tables for sheet in lay_out(table)]
    names = _names(sheet for _, sheet in laid_out)
    grouped = Grouped()
    for table in tables:
        grouped.notes += table.notes
    for table, sheet in laid_out:
        sheet = _named_by_title(sheet, names)
        custom = tuple(column.header for column in sheet.columns if not column.field)
        grouped.summaries.append(
            SheetSummary(sheet.table, sheet.kind, len(sheet.rows), table.encoding, custom, sheet.left_out, sheet.titles)
        )
        if sheet.reason:
            grouped.notes.append(
                CellNote(
                    sheet.table, sheet.rows[0].number if sheet.rows else 0, "", _row_text(sheet.rows), sheet.reason
                )
            )
            continue
        _gather(grouped, sheet, _ordered(grouped, sheet, terms))
    return grouped


def _names(sheets: Iterable[Sheet]) -> dict[str, str]:
    """Every company named in a column, by its folded name."""
    return {fold(name): name for sheet in sheets for row in sheet.rows if (name := _said(sheet.columns, row, _COMPANY))}


def _named_by_title(sheet: Sheet, names: dict[str, str]) -> Sheet:
    """A log that names its customer only in the title of its sheet, which a workbook cuts short."""
    if sheet.kind is not SheetKind.LOG_OF_ONE or sheet.company:
        return sheet
    title = fold(sheet.table)
    fitting = [
        name for folded, name in names.items() if folded == title or (len(title) >= 20 and folded.startswith(title))
    ]
    if len(fitting) == 1:
        return replace(sheet, company=fitting[0])
    why = N_("This log does not say whose it is. Write `客户 | name` into the row above its headers.")
    return replace(sheet, kind=SheetKind.UNKNOWN, reason=Message(why))


def _ordered(grouped: Grouped, sheet: Sheet, terms: Terms) -> Terms:
    """The terms with this sheet's own order of day and month; columns that leave it open are noted."""
    dated = [column for column in sheet.columns if column.field in _DATES]
    cells = {c: [row.cells[c.index] for row in sheet.rows if c.index < len(row.cells)] for c in dated}
    order = column_order(cell for column in dated for cell in cells[column])
    if order or terms.order:
        return replace(terms, order=order or terms.order)
    for column in dated:
        doubtful = (cell for cell in cells[column] if isinstance(cell, str) and _YEAR_LAST.match(cell))
        if any(is_ambiguous(cell, terms.today) for cell in doubtful):
            grouped.unclear.append((sheet.table, column.header))
    return terms


def _gather(grouped: Grouped, sheet: Sheet, terms: Terms) -> None:
    reader = Reader(sheet, terms)
    if sheet.card:
        columns = tuple(Column(index, line.label, line.field) for index, line in enumerate(sheet.card))
        card = Row(sheet.card[0].row, tuple(line.text for line in sheet.card))
        _add(grouped, sheet.company, partial(Reader(sheet, terms, columns).read, card, sheet.company))
    above = ""
    for row in sheet.rows:
        name = sheet.company or _customer(grouped, sheet, row, above)
        if name:
            _add(grouped, name, partial(reader.read, row, name))
            above = name
    for line in sheet.lines:
        _add(grouped, sheet.company, partial(reader.read_line, line))


def _add(grouped: Grouped, name: str, read: Callable[[], Facts]) -> None:
    grouped.groups.setdefault(company_key(name), []).append(read)


def _customer(grouped: Grouped, sheet: Sheet, row: Row, above: str) -> str:
    """The customer a row speaks of; "" where it speaks of none, which is noted."""
    name = _said(sheet.columns, row, _COMPANY)
    if fold(name) in _TOTALS:
        _note(grouped, sheet, row, N_("A line of totals; not imported."))
        return ""
    if name:
        return name
    person = " ".join(filter(None, (_said(sheet.columns, row, (part,)) for part in _PERSON[:3])))
    person = person or _said(sheet.columns, row, _PERSON[3:])
    if person:
        _note(grouped, sheet, row, N_("No company is given; the customer is called {name}."), name=person)
        return person
    if above:
        _note(grouped, sheet, row, N_("No company is given; taken to belong to {name} in the row above."), name=above)
        return above
    _note(grouped, sheet, row, N_("Neither company nor person is given; not imported."))
    return ""


def _said(columns: Sequence[Column], row: Row, fields: Sequence[str]) -> str:
    for column in columns:
        if column.field in fields and column.index < len(row.cells) and row.cells[column.index] is not None:
            return " ".join(shown(row.cells[column.index]).split())
    return ""


def _note(grouped: Grouped, sheet: Sheet, row: Row, template: str, **values: object) -> None:
    grouped.notes.append(CellNote(sheet.table, row.number, "", _row_text([row]), Message(template, values)))


def _row_text(rows: Sequence[Row]) -> str:
    return " | ".join(filter(None, map(shown, rows[0].cells))) if rows else ""
