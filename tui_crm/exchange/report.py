"""The plan of an import in words: what was found, what would be written, and every cell that needs a look."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tui_crm.domain.messages import N_
from tui_crm.i18n import _, tell

from .grouping import SheetSummary
from .layout import SheetKind
from .plan import Plan
from .planned import PlannedCustomer
from .tables import CellNote

_EXAMPLES = 3
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


def note_table(plan: Plan) -> list[tuple[str, str, str, str, str]]:
    """Every note as a row (sheet, row, column, text, what was done and why), headed, fit for a CSV file."""
    head = (_("Sheet"), _("Row"), _("Column"), _("Text"), _("What was done and why"))
    rows = [(n.table, str(n.row) if n.row else "", n.column, n.text, tell(n.message)) for n in plan.notes]
    return [head, *rows]


def _sheets(plan: Plan) -> Iterator[str]:
    for sheet in plan.sheets:
        yield _("{sheet}: {what}, {rows} rows").format(sheet=sheet.table, what=_(_KINDS[sheet.kind]), rows=sheet.rows)
        yield from (f"  {line}" for line in _details(sheet))


def _details(sheet: SheetSummary) -> Iterator[str]:
    if sheet.encoding not in ("", "utf-8", "utf-8-sig"):
        yield _("letters read as {encoding}").format(encoding=sheet.encoding)
    for headers, template in (
        (sheet.titles, _("lines that are no data: {headers}")),
        (sheet.custom, _("columns kept as fields of their own: {headers}")),
        (sheet.left_out, _("columns left out, which only number the rows: {headers}")),
    ):
        if headers:
            yield template.format(headers=", ".join(headers))


def _sums(plan: Plan) -> Iterator[str]:
    yield _("New customers: {new}; customers with something new: {update}; unchanged: {same}").format(
        new=plan.count("new"), update=plan.count("update"), same=plan.count("same")
    )
    yield _(
        "To be written: contacts {contacts}, log entries {entries}, next steps {steps}, quotes {quotes}, samples {samples}"
    ).format(
        contacts=_total(plan, lambda planned: len(planned.contacts)),
        entries=_total(plan, lambda planned: len(planned.activities)),
        steps=_total(plan, lambda planned: planned.next_step is not None),
        quotes=_total(plan, lambda planned: len(planned.quotes)),
        samples=_total(plan, lambda planned: len(planned.samples)),
    )
    if derived := _total(plan, lambda planned: planned.derived_temperature):
        yield _("Customers whose temperature was taken from their stage, as the sheet has none: {n}").format(n=derived)
    for sheet, header in plan.unclear_dates:
        yield _(
            "{sheet}, {header}: dates like 5/6/2026 can be read two ways. Say which comes first, day or month."
        ).format(sheet=sheet, header=header)


def _total(plan: Plan, count: Callable[[PlannedCustomer], int]) -> int:
    return sum(map(count, plan.customers))


def _notes(plan: Plan) -> Iterator[str]:
    kinds: dict[tuple[str, str, str], list[CellNote]] = {}
    for note in plan.notes:
        kinds.setdefault((note.table, note.column, note.message.template), []).append(note)
    if kinds:
        yield ""
    for (table, column, _template), notes in sorted(kinds.items(), key=lambda kind: -len(kind[1])):
        yield ", ".join(filter(None, (table, column))) + f" ({len(notes)})"
        yield from (f"  {_example(note)}" for note in notes[:_EXAMPLES])
        if len(notes) > _EXAMPLES:
            yield _("  … and {n} more").format(n=len(notes) - _EXAMPLES)


def _example(note: CellNote) -> str:
    text = " ".join(note.text.split())
    short = text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"
    where = _("row {row}").format(row=note.row) if note.row else ""
    return ": ".join(filter(None, (where, short, tell(note.message))))
