"""The plan of an import in words: what was found, what would be written, and every cell that needs a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from tui_crm.domain.messages import N_
from tui_crm.i18n import _, ngettext, tell

from .field_words import field_word, how_word
from .grouping import SheetSummary
from .layout import SheetKind
from .plan import Plan
from .tables import CellNote

_EXAMPLES = 3
_HEADERS = 12
_SORTED = 20_000
"""Notes that are few enough to be held at once."""
_LONGEST_TEXT = 60
_KINDS = {
    SheetKind.CUSTOMERS: N_("customers"),
    SheetKind.LOG_OF_ONE: N_("log of one customer"),
    SheetKind.LOG: N_("log of many customers"),
    SheetKind.UNKNOWN: N_("not recognised, not imported"),
}


def report_lines(plan: Plan) -> list[str]:
    """The plan as lines of plain text: the sheets, the sums, then the notes by kind with the first rows of each."""
    return [*_sheets(plan), "", *_sums(plan), *_notes(plan)]


def note_table(plan: Plan, more: Iterable[CellNote] = ()) -> Iterator[tuple[str, str, str, str, str]]:
    """Every note as a row (sheet, row, column, text, what was done and why), headed, fit for a CSV file; then every row and cell that
    stays out; `more` come last."""
    yield _("Sheet"), _("Row"), _("Column"), _("Text"), _("What was done and why")
    left = (note for sheet in plan.sheets for one in sheet.left for note in one.notes())
    for note in chain(_in_order(plan), left, more):
        yield note.table, str(note.row) if note.row else "", note.column, note.text, tell(note.message)


def _in_order(plan: Plan) -> Iterable[CellNote]:
    """The notes in the order of the sheets and rows; of very many only as they were found."""
    if len(plan.notes) > _SORTED:
        return plan.notes
    places = {sheet.table: at for at, sheet in enumerate(plan.sheets)}
    return sorted(plan.notes, key=lambda note: (places.get(note.table, 0), note.row))


def _sheets(plan: Plan) -> Iterator[str]:
    for sheet in plan.sheets:
        rows = ngettext("{n} row", "{n} rows", sheet.rows)
        yield _("{sheet}: {what}, {rows}").format(sheet=sheet.table, what=kind_word(sheet), rows=rows)
        yield from (f"  {line}" for line in _details(sheet))


def kind_word(sheet: SheetSummary) -> str:
    """What a table is, in the user's language."""
    return _("left out") if sheet.off else _(_KINDS[sheet.kind])


def _details(sheet: SheetSummary) -> Iterator[str]:
    if sheet.encoding not in ("", "utf-8", "utf-8-sig"):
        yield _("letters read as {encoding}").format(encoding=sheet.encoding)
    for headers, template in (
        (sheet.titles, _("lines that are no data: {headers}")),
        (sheet.custom, _("columns kept as fields of their own: {headers}")),
        (sheet.left_out, _("columns left out, which only number the rows: {headers}")),
    ):
        if headers:
            yield template.format(headers=_some(headers))
    if sheet.kind is SheetKind.UNKNOWN:
        return
    if sheet.preset:
        yield _("written by {program}").format(program=sheet.preset)
    if not sheet.header and sheet.columns:
        yield _("no row of headers: the columns were told by what they hold")
    for column in sheet.columns:
        if column.how in ("content", "remembered", "chosen"):
            yield _("“{header}” taken as {field}, {why}").format(
                header=column.header, field=field_word(column.field), why=how_word(column.how)
            )


def _some(headers: Sequence[str]) -> str:
    """The first of many headers; the program shows them all."""
    more = [_("… {n} in all").format(n=len(headers))] if len(headers) > _HEADERS else []
    return ", ".join((*headers[:_HEADERS], *more))


def _sums(plan: Plan) -> Iterator[str]:
    yield _("New customers: {new}; customers with something new: {update}; unchanged: {same}").format(
        new=plan.count("new"), update=plan.count("update"), same=plan.count("same")
    )
    if conflicts := plan.count("conflict"):
        yield _("Customers changed both in the sheet and in the book: {n}").format(n=conflicts)
    yield _(
        "To be written: contacts {contacts}, log entries {entries}, next steps {steps}, quotes {quotes}, samples {samples}"
    ).format(
        contacts=plan.sums["contacts"],
        entries=plan.sums["entries"],
        steps=plan.sums["steps"],
        quotes=plan.sums["quotes"],
        samples=plan.sums["samples"],
    )
    if derived := plan.sums["derived"]:
        yield _("Customers whose temperature was taken from their stage, as the sheet has none: {n}").format(n=derived)
    for sheet, header in plan.unclear_dates:
        yield _(
            "{sheet}, {header}: dates like 5/6/2026 can be read two ways. Say which comes first, day or month."
        ).format(sheet=sheet, header=header)


def _notes(plan: Plan) -> Iterator[str]:
    kinds = Counter[tuple[str, str, str]]()
    first: dict[tuple[str, str, str], list[CellNote]] = {}
    for note in plan.notes:
        kind = (note.table, note.column, note.message.template)
        kinds[kind] += 1
        if kinds[kind] <= _EXAMPLES:
            first.setdefault(kind, []).append(note)
    if kinds:
        yield ""
    for kind, count in kinds.most_common():
        table, column, _template = kind
        head = ", ".join(filter(None, (table, column))) + f" ({count})"
        said = {tell(note.message) for note in first[kind]}
        alike = len(said) == 1
        yield f"{head}: {said.pop()}" if alike else head
        yield from (
            f"  {line}" for note in first[kind] if (line := _example(note, "" if alike else tell(note.message)))
        )
        if count > _EXAMPLES:
            yield _("  … and {n} more").format(n=count - _EXAMPLES)


def _example(note: CellNote, said: str) -> str:
    text = " ".join(note.text.split())
    short = text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"
    where = _("row {row}").format(row=note.row) if note.row else ""
    return ": ".join(filter(None, (where, short, said)))
