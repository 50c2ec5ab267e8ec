"""How the plan of an import looks: a line for each customer and each note, and all about the one in hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from ..domain.messages import Message
from ..domain.text import visible
from ..i18n import _, country_name, ngettext, pgettext, short_date, tell
from .widgets.cells import fit
from .widgets.rowlist import Cells

if TYPE_CHECKING:
    from ..exchange.plan import Plan
    from ..exchange.planned import PlannedCustomer, Verdict
    from ..exchange.tables import CellNote

_SIGNS: dict[Verdict, tuple[str, str]] = {
    "new": ("+", "existing"),
    "update": ("~", "soon"),
    "same": ("=", "dim"),
    "conflict": ("≠", "hot"),
}
"""Sign and look of each verdict."""
_WHERE = 20
"""Cells that say from which sheet and row a customer comes."""


def draw_customer(planned: PlannedCustomer, width: int, left_out: bool, told: str) -> Cells:
    """What would happen to one customer; `told` says what its notes hold besides."""
    sign, look = ("×", "dim") if left_out else _SIGNS[planned.verdict]
    sheet, row = planned.where
    where = _WHERE if width >= 96 else 0
    name = max(8, min(36, width * 40 // 100))
    quiet = planned.verdict == "same" or left_out
    words = fit("  " + brought(planned), width - 3 - name - where - cell_len(told))
    return [
        (f" {sign} ", look),
        (fit(planned.customer.name, name), "gone" if left_out else "dim" if quiet else "strong"),
        (words, "dim" if quiet else "plain"),
        (told, "accent"),
        (_place_of(sheet, row, where), "dim"),
    ]


def _place_of(sheet: str, row: int, width: int) -> str:
    """Sheet and row in `width` cells; a long name is cut, the number stays."""
    number = f":{row} "
    room = width - len(number) - 1
    name = fit(sheet, room) if cell_len(sheet) > room else sheet
    return fit(f" {name.rstrip()}{number}", width, right=True) if room > 0 else ""


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
    fields = ", ".join(tell(Message("{fields}", {"fields": name})) for name in planned.changes)
    counts.append(ngettext("{n} conflict", "{n} conflicts", len(planned.conflicts)) if planned.conflicts else "")
    changes = [_("changes: {fields}").format(fields=fields)] if fields else []
    return " · ".join(part for part in (*counts, *changes) if part) or country_name(planned.customer.country)


def draw_note(note: CellNote, width: int) -> Cells:
    """A place of the sheet that needs a look."""
    place = fit(" " + _place(note), min(38, width * 40 // 100))
    text = " ".join(note.text.split())
    shown = fit(f" {text}" if text else "", min(cell_len(text) + 1, 24, width // 4)) if text else ""
    rest = width - cell_len(place) - cell_len(shown)
    return [(place, "dim"), (shown, "strong"), (fit("  " + tell(note.message), rest), "plain")]


def _place(note: CellNote) -> str:
    """Row and column first: they tell more than the sheet, and stay where there is little room."""
    row = _("row {row}").format(row=note.row) if note.row else ""
    place = ", ".join(part for part in (row, note.column) if part)
    return " · ".join(part for part in (place, note.table) if part)


def about_note(note: CellNote) -> Content:
    """A note in full."""
    return Content.assemble(
        (visible(_place(note)), "$dim"), "\n", (visible(note.text), "bold"), "\n", visible(tell(note.message))
    )


class View(Enum):
    """What the preview lists: all customers, those of one verdict, or what was not taken as it stands."""

    ALL = ""
    NEW = "new"
    UPDATE = "update"
    SAME = "same"
    CONFLICT = "conflict"
    NOTES = "notes"


def rows_of(plan: Plan, view: View) -> Sequence[object]:
    """What a view lists."""
    from ..exchange.packed import Picked

    if view is View.NOTES:
        return plan.notes
    if view is View.ALL:
        return plan.ordered()
    return Picked(plan.customers, [at for at, verdict in enumerate(plan.verdicts) if verdict == view.value])


def views_of(plan: Plan) -> list[View]:
    """The views that have something to list."""
    kinds = [view for view in (View.NEW, View.UPDATE, View.CONFLICT, View.SAME) if view.value in plan.verdicts]
    notes = [View.NOTES] if plan.notes else []
    return [View.ALL, *(kinds if len(kinds) > 1 else []), *notes]


def counts(plan: Plan, view: View) -> Content:
    """The sums of a plan; the view that is shown stands out."""
    parts: list[tuple[str, str]] = []
    looks = {"new": "$success", "update": "$soon", "same": "$dim", "conflict": "$hot"}
    for verdict, name in _sums().items():
        if verdict == "conflict" and verdict not in plan.verdicts:
            continue
        here = view.value in ("", verdict)
        parts.append(
            (f" {_SIGNS[verdict][0]} {plan.count(verdict)} {name} ", f"{looks[verdict]} bold" if here else "$dim")
        )
    if plan.notes:
        here = view is View.NOTES
        notes = ngettext("! {n} not taken as it stands", "! {n} not taken as they stand", len(plan.notes))
        parts.append((f" {notes} ", "$warning bold" if here else "$dim"))
    return Content.assemble(*parts, ("  Tab", "$accent") if len(views_of(plan)) > 1 else "")


def recognised(plan: Plan) -> str:
    """How many columns were recognised, and what became of the others."""
    from ..exchange.layout import SheetKind

    if not any(sheet.columns for sheet in plan.sheets):
        return _("exported here: only what was changed since comes in") if plan.customers else ""
    known = [sheet for sheet in plan.sheets if not sheet.off and sheet.kind is not SheetKind.UNKNOWN]
    if not known:
        return _("no sheet recognised")
    taken = [column for sheet in known for column in sheet.columns]
    unlike = {(column.header, column.field, column.how) for column in taken}
    counted = Counter(
        "own" if not field else field if field == "skip" else "known"
        for _header, field, how in unlike
        if how != "count"
    )
    guessed = sum(how == "content" for _header, _field, how in unlike)
    parts = [ngettext("{n} column recognised", "{n} columns recognised", counted["known"])]
    parts += [_("{n} by what it holds").format(n=guessed)] if guessed else []
    parts += [ngettext("{n} kept as own field", "{n} kept as own fields", counted["own"])] if counted["own"] else []
    parts += [_("{n} left out").format(n=counted["skip"])] if counted["skip"] else []
    last = sum(how == "remembered" for _header, _field, how in unlike)
    parts += [_("{n} as last time").format(n=last)] if last else []
    return " · ".join(parts)


def unknown_sheets(plan: Plan) -> int:
    """How many sheets are not recognised, though others are."""
    from ..exchange.layout import SheetKind

    unknown = sum(sheet.kind is SheetKind.UNKNOWN and not sheet.off for sheet in plan.sheets)
    return unknown if unknown < len(plan.sheets) else 0


def _sums() -> dict[Verdict, str]:
    return {
        "new": pgettext("import", "new"),
        "update": _("updated"),
        "conflict": _("in conflict"),
        "same": _("unchanged"),
    }
