"""Whose row is it: the rows of all tables, gathered by the company they speak of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tui_crm.domain.legal_forms import has_legal_form
from tui_crm.domain.messages import N_, Message
from tui_crm.domain.names import company_key
from tui_crm.domain.vocabulary import fold

from .columns import meaning
from .content import sample
from .date_orders import Doubt, doubt_of, month_first_by_dots
from .days import Order, column_order
from .facts import Terms
from .layout import Column, Sheet, SheetKind, lay_out
from .left_out import LeftOut
from .mapping import SKIP, Choices, Guide, TakenColumn
from .reading import Reader
from .sifting import TOTALS, is_total
from .tables import Cell, CellNote, Row, Table, shown
from .unread import Unread

_DATES = frozenset({"last_date", "created_on", "next_date", "next_action"})
_COMPANY = ("company", "customer", "name")
_PERSON = ("contact", "first_name", "last_name", "email")
_SAMPLES = 3
_GENERIC = re.compile(
    r"^(?:sheet|工作表|表|tabelle|feuil|hoja|planilha|лист|page|table)?\s*[\d.\-年月日/_ ]*$|跟进|记录|日志|汇总|台账|总表|明细|模板|示例|样例|说明|列表|名单|数据|客户表"
    r"|\b(?:logs?|follow|contacts?|summary|template|overview|data|exports?|imports?|notes?|demo|test|customers?|clients?)\b"
)
"""Names of sheets, folded, that name no customer."""


@dataclass(frozen=True, slots=True)
class SheetSummary:
    """What one table was taken for. `custom` are the columns without a field of their own, kept under their header;
    `left_out` those that only number the rows; `titles` the lines that are no data. `header` is the number of the header row, 0
    without one; `off` tells a table that the user leaves out; `preset` is the program that wrote it, by its title; `reason` says why an unknown table is unknown;
    `left` are the rows and cells that stay out."""

    table: str
    kind: SheetKind
    rows: int
    encoding: str = ""
    custom: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    columns: tuple[TakenColumn, ...] = ()
    header: int = 0
    off: bool = False
    preset: str = ""
    reason: Message | None = None
    left: tuple[LeftOut, ...] = ()


@dataclass(slots=True)
class Grouped:
    """The rows of each company, still unread, by company key and in the order of the tables.

    `unclear` names the columns (table, header) with dates that can be read two ways.
    """

    groups: dict[str, list[Unread]] = field(default_factory=dict)
    notes: list[CellNote] = field(default_factory=list)
    summaries: list[SheetSummary] = field(default_factory=list)
    unclear: list[tuple[str, str]] = field(default_factory=list)


def group(tables: Sequence[Table], terms: Terms, guide: Guide | None = None) -> Grouped:
    """Lay out the tables and gather their rows by company."""
    guide = guide or Guide()
    laid_out = [(table, sheet) for table in tables for sheet in lay_out(table, guide)]
    nameless = any(_is_nameless(sheet) for _table, sheet in laid_out)
    names = _names(sheet for table, sheet in laid_out if nameless and table.name not in guide.choices.left_out)
    proved = {order for _table, sheet in laid_out if (order := _proved(sheet))} | {*guide.choices.orders.values()}
    grouped = Grouped()
    for table in tables:
        grouped.notes += table.notes
    for table, sheet in laid_out:
        sheet = _named_by_title(sheet, names, len(tables) > 1)
        off = table.name in guide.choices.left_out
        own = _ordered(sheet, terms, guide.choices)
        doubtful = _doubtful(sheet, own, proved)
        grouped.summaries.append(_summary(sheet, table.encoding, doubtful, off))
        if off:
            _note_whole(grouped, sheet, N_("Left out, as you chose: {n} rows."), n=len(sheet.rows))
        elif sheet.reason:
            if sheet.rows or not table.notes:
                row = sheet.rows[0].number if sheet.rows else 0
                grouped.notes.append(CellNote(sheet.table, row, "", _row_text(sheet.rows), sheet.reason))
        else:
            grouped.unclear += [(sheet.table, header) for header in doubtful]
            _tell_of_skipped(grouped, sheet)
            _tell_of_periods(grouped, sheet)
            _gather(grouped, sheet, own)
            grouped.notes += sheet.notes
    return grouped


def _summary(sheet: Sheet, encoding: str, doubtful: Mapping[str, Doubt], off: bool) -> SheetSummary:
    known = sheet.kind is not SheetKind.UNKNOWN
    left_out = tuple(column.header for column in sheet.left_out)
    custom = tuple(column.header for column in sheet.columns if not column.field and known)
    every = sorted((*sheet.columns, *sheet.skipped, *sheet.left_out), key=lambda column: column.index)
    columns = []
    for column in every:
        cells = dict.fromkeys(sample(row.cells[column.index] for row in sheet.rows if column.index < len(row.cells)))
        how = "count" if column in sheet.left_out else column.how
        taken = SKIP if column in sheet.left_out else column.field
        columns.append(TakenColumn(column.header, taken, how, tuple(cells)[:_SAMPLES], doubtful.get(column.header)))
    return SheetSummary(
        sheet.table, sheet.kind, len(sheet.rows), encoding, custom, left_out, sheet.titles, tuple(columns),
        sheet.header, off, sheet.preset.title if sheet.preset else "", sheet.reason, tuple(_left(sheet, off)),
    )  # fmt: skip


def _left(sheet: Sheet, off: bool) -> Iterator[LeftOut]:
    """What stays out; of a table that is not recognised its first row is told anyway."""
    as_chosen = Message(N_("Left out, as you chose."))
    if off:
        yield LeftOut(sheet.table, sheet.rows, as_chosen)
    elif sheet.reason:
        yield LeftOut(sheet.table, sheet.rows[1:], sheet.reason)
    else:
        for column in sheet.skipped:
            if column.how != "preset":
                yield LeftOut(sheet.table, sheet.rows, as_chosen, column.header, column.index)


def _tell_of_skipped(grouped: Grouped, sheet: Sheet) -> None:
    for column in sheet.skipped:
        cells = sum(column.index < len(row.cells) and row.cells[column.index] is not None for row in sheet.rows)
        why = N_("This column was left out, as you chose: {n} cells.")
        if column.how == "preset":
            why = N_("This column only serves the program that wrote it and was left out: {n} cells.")
        _note_whole(grouped, sheet, why, column.header, n=cells)


def _tell_of_periods(grouped: Grouped, sheet: Sheet) -> None:
    months = [column.header for column in sheet.columns if column.when and column.when.count("-") < 2]
    if months:
        why = N_("What stands below a month became a log entry on the first of it.")
        _note_whole(grouped, sheet, why, f"{months[0]} – {months[-1]}" if len(months) > 1 else months[0])


def _note_whole(grouped: Grouped, sheet: Sheet, template: str, header: str = "", **values: object) -> None:
    grouped.notes.append(CellNote(sheet.table, 0, header, "", Message(template, values)))


def _names(sheets: Iterable[Sheet]) -> dict[str, str]:
    """Every company named in a column, by its folded name."""
    return {fold(name): name for sheet in sheets for row in sheet.rows if (name := _said(sheet.columns, row, _COMPANY))}


def _is_nameless(sheet: Sheet) -> bool:
    """Whether it is a log that does not say whose."""
    return sheet.kind is SheetKind.LOG_OF_ONE and not sheet.company


def _named_by_title(sheet: Sheet, names: dict[str, str], is_one_of_many: bool) -> Sheet:
    """A log that names its customer only in the title of its sheet, which a workbook cuts short."""
    if not _is_nameless(sheet):
        return sheet
    title = fold(sheet.table)
    fitting = [
        name for folded, name in names.items() if folded == title or (len(title) >= 20 and folded.startswith(title))
    ]
    if len(fitting) == 1:
        return replace(sheet, company=fitting[0])
    if (is_one_of_many or has_legal_form(sheet.table)) and not _GENERIC.search(title) and not meaning(title).field:
        said = Message(N_("Only the name of the sheet says whose log this is: {name}."), {"name": sheet.table})
        return replace(sheet, company=sheet.table, notes=(*sheet.notes, CellNote(sheet.table, 0, "", "", said)))
    why = N_("This log does not say whose it is. Write `客户 | name` into the row above its headers.")
    return replace(sheet, kind=SheetKind.UNKNOWN, reason=Message(why))


def _ordered(sheet: Sheet, terms: Terms, choices: Choices) -> Terms:
    """The terms with this sheet's own order of day and month, and those that the user has given to its columns."""
    own = {header: order for (table, header), order in choices.orders.items() if table == sheet.table}
    order = _proved(sheet) or (sheet.preset.order if sheet.preset else None) or terms.order
    dotted: dict[str, Order] = {} if order else {
        column.header: "mdy" for column in _dated(sheet) if month_first_by_dots(_cells(sheet, column), column.header)
    }  # fmt: skip
    return replace(terms, order=order, orders=dotted | own)


def _proved(sheet: Sheet) -> Order | None:
    return column_order(cell for column in _dated(sheet) for cell in _cells(sheet, column))


def _doubtful(sheet: Sheet, terms: Terms, proved: Collection[Order]) -> dict[str, Doubt]:
    """Columns with dates that can be read two ways; `proved` are the orders of the sheets that tell."""
    if terms.order:
        return {}
    found = {}
    for column in _dated(sheet):
        if column.header in terms.orders:
            continue
        if doubt := doubt_of(_cells(sheet, column), column.field, terms.today, proved):
            found[column.header] = doubt
    return found


def _dated(sheet: Sheet) -> list[Column]:
    return [column for column in sheet.columns if column.field in _DATES]


def _cells(sheet: Sheet, column: Column) -> Iterator[Cell]:
    return (row.cells[column.index] for row in sheet.rows if column.index < len(row.cells))


def _gather(grouped: Grouped, sheet: Sheet, terms: Terms) -> None:
    reader = Reader(sheet, terms)
    if sheet.card:
        columns = tuple(Column(index, line.label, line.field) for index, line in enumerate(sheet.card))
        card = Row(sheet.card[0].row, tuple(line.text for line in sheet.card))
        _add(grouped, Unread(Reader(sheet, terms, columns), card, sheet.company))
    above = ""
    for row in sheet.rows:
        name = sheet.company or _customer(grouped, sheet, row, above)
        if name:
            _add(grouped, Unread(reader, row, name))
            above = name
    for line in sheet.lines:
        _add(grouped, Unread(reader, line, sheet.company))


def _add(grouped: Grouped, unread: Unread) -> None:
    grouped.groups.setdefault(company_key(unread.customer), []).append(unread)


def _customer(grouped: Grouped, sheet: Sheet, row: Row, above: str) -> str:
    """The customer a row speaks of; "" where it speaks of none, which is noted."""
    name = _said(sheet.columns, row, _COMPANY)
    if is_total(name):
        _note(grouped, sheet, row, TOTALS)
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
