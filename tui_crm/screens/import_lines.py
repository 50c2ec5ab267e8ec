"""How the plan of an import looks: a line for each customer and each note, and all about the one in hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual.content import Content

from ..domain.text import visible
from ..i18n import _, country_name, ngettext, pgettext, short_date, tell, word
from .widgets.cells import fit
from .widgets.rowlist import Cells
from .widgets.side import Part, entry_words
from .widgets.trade_words import quote_words, sample_words

if TYPE_CHECKING:
    from ..exchange.plan import Plan
    from ..exchange.planned import PlannedCustomer, Verdict
    from ..exchange.tables import CellNote

_SIGNS: dict[Verdict, tuple[str, str]] = {"new": ("+", "existing"), "update": ("~", "soon"), "same": ("=", "dim")}
"""Sign and look of each verdict."""
_SHOWN_NAMES = 6
_WHERE = 20
"""Cells that say from which sheet and row a customer comes."""


def ordered(plan: Plan) -> list[PlannedCustomer]:
    """The customers of a plan, those first with whom something would happen."""
    return sorted(plan.customers, key=lambda planned: list(_SIGNS).index(planned.verdict))


def draw_customer(planned: PlannedCustomer, width: int) -> Cells:
    """What would happen to one customer."""
    sign, look = _SIGNS[planned.verdict]
    sheet, row = planned.where
    where = _WHERE if width >= 96 else 0
    name = max(8, min(36, width * 40 // 100))
    same = planned.verdict == "same"
    return [
        (f" {sign} ", look),
        (fit(planned.customer.name, name), "dim" if same else "strong"),
        (fit("  " + brought(planned), width - 3 - name - where), "dim" if same else "plain"),
        (fit(f" {sheet}:{row}", where - 1, right=True), "dim"),
    ]


def brought(planned: PlannedCustomer) -> str:
    """What a customer brings with it, in a few words."""
    if planned.verdict == "same":
        return _("nothing new")
    counts = [
        ngettext("{n} contact", "{n} contacts", len(planned.contacts)) if planned.contacts else "",
        ngettext("{n} entry", "{n} entries", len(planned.activities)) if planned.activities else "",
        ngettext("{n} quote", "{n} quotes", len(planned.quotes)) if planned.quotes else "",
        ngettext("{n} sample", "{n} samples", len(planned.samples)) if planned.samples else "",
        _("next {day}").format(day=short_date(planned.next_step.due_on))
        if planned.next_step and planned.next_step.due_on
        else "",
    ]
    changes = [_("changes: {fields}").format(fields=", ".join(planned.changes))] if planned.changes else []
    return " · ".join(part for part in (*counts, *changes) if part) or country_name(planned.customer.country)


def draw_sheet(line: str, width: int) -> Cells:
    """A line about a sheet; indented ones tell more of the one above."""
    return [(fit(" " + line, width), "dim" if line.startswith(" ") else "strong")]


def sheet_lines(plan: Plan) -> list[str]:
    """What each sheet was taken for, and which of its columns have no field of their own."""
    from ..exchange.report import report_lines

    lines = report_lines(plan)
    return lines[: lines.index("")]


def draw_note(note: CellNote, width: int) -> Cells:
    """A place of the sheet that needs a look."""
    place = fit(" " + _place(note), min(34, width // 3))
    text = " ".join(note.text.split())
    shown = fit(f" {text}" if text else "", min(cell_len(text) + 1, 24, width // 4)) if text else ""
    rest = width - cell_len(place) - cell_len(shown)
    return [(place, "dim"), (shown, "strong"), (fit("  " + tell(note.message), rest), "plain")]


def _place(note: CellNote) -> str:
    row = _("row {row}").format(row=note.row) if note.row else ""
    return ", ".join(part for part in (note.table, row, note.column) if part)


def about_note(note: CellNote) -> Content:
    """A note in full."""
    return Content.assemble(
        (visible(_place(note)), "$dim"), "\n", (visible(note.text), "bold"), "\n", visible(tell(note.message))
    )


def about_customer(planned: PlannedCustomer) -> Content:
    """One customer of the plan in some lines: who, what changes, whom, the first entries."""
    customer = planned.customer
    who = [
        visible(customer.city),
        country_name(customer.country),
        word("temperature", customer.temperature),
        customer.grade,
    ]
    who += [word("stage", customer.stage), *(f"#{visible(tag)}" for tag in customer.tags)]
    lines: list[list[Part]] = [[(visible(customer.name), "bold"), "  " + " · ".join(part for part in who if part)]]
    if planned.changes:
        lines.append([(_("changes: {fields}").format(fields=""), "$dim"), visible(_changes(planned))])
    if planned.contacts:
        people = [
            ", ".join(
                visible(part) for part in (person.name, person.position, *(r.value for r in person.reaches)) if part
            )
            for person in planned.contacts[:_SHOWN_NAMES]
        ]
        lines.append([(_("People") + " ", "$dim"), " | ".join(people)])
    for entry in planned.activities[:2]:
        day = entry.happened_at.astimezone().date()
        lines.append([(f"{day.isoformat()}  {word('channel', entry.channel)}  ", "$dim"), entry_words(entry)])
    lines += [[(_("Open quotes") + " ", "$dim"), quote_words(quote)] for quote in planned.quotes[:1]]
    lines += [[sample_words(sample)] for sample in planned.samples[:1]]
    return Content("\n").join(Content.assemble(*line) for line in lines)


def _changes(planned: PlannedCustomer) -> str:
    return " · ".join(f"{name}: {value}" for name, value in planned.changes.items())


class View(Enum):
    """What the preview lists."""

    CUSTOMERS = "customers"
    NOTES = "notes"
    SHEETS = "sheets"


ROWS: dict[View, Callable[[Plan], Sequence[object]]] = {
    View.CUSTOMERS: ordered,
    View.NOTES: lambda plan: plan.notes,
    View.SHEETS: sheet_lines,
}
DRAW: dict[View, Callable[[Any, int], Cells]] = {
    View.CUSTOMERS: draw_customer,
    View.NOTES: draw_note,
    View.SHEETS: draw_sheet,
}
ABOUT: dict[View, Callable[[Any], Content]] = {
    View.CUSTOMERS: about_customer,
    View.NOTES: about_note,
    View.SHEETS: lambda line: Content(visible(line)),
}


def counts(plan: Plan, view: View) -> Content:
    """The sums of a plan, and which of the views is shown."""
    names = {
        View.CUSTOMERS: _("Customers"),
        View.NOTES: ngettext("{n} note", "{n} notes", len(plan.notes)),
        View.SHEETS: ngettext("{n} sheet", "{n} sheets", len(plan.sheets)),
    }
    tabs = [part for one, name in names.items() for part in ("  ", (name, "$accent bold" if one is view else "$dim"))]
    sums = [
        part
        for (verdict, name), look in zip(_sums().items(), ("$success bold", "$soon bold", "$dim"), strict=True)
        for part in ((f" {_SIGNS[verdict][0]} {plan.count(verdict)} ", look), (f"{name} ", "$foreground"))
    ]
    return Content.assemble(*sums, "   Tab", *tabs)


def _sums() -> dict[Verdict, str]:
    return {"new": pgettext("import", "new"), "update": _("updated"), "same": _("unchanged")}
