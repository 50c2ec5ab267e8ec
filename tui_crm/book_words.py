"""What a book in JSON would change, in words: the same on the screen and on the command line."""

from __future__ import annotations

from collections.abc import Iterator

from .domain.messages import N_
from .exchange.json_format import RECORDS
from .i18n import _, ngettext
from .merge_words import COUNTED
from .usecases.json_books import BookPlan, Conflict

_WHAT = {
    "name": N_("fields of the customer"), "merged_into": N_("merged on one side only"), "contacts": N_("people"),
    "activities": N_("log"), "steps": N_("next step"), "quotes": N_("quotes"), "samples": N_("samples"),
    "invoices": N_("PIs"), "orders": N_("orders"), "payments": N_("payments"), "shipments": N_("shipments"),
    "attachments": N_("files"),
}  # fmt: skip
_SHARED = {"tags": N_("tags: {n}"), "fields": N_("own fields: {n}"), "rates": N_("exchange rates: {n}")}


def plan_lines(plan: BookPlan) -> list[str]:
    """The sums of a plan, a line each."""
    counts = plan.customers
    verdicts = (
        _("{n} new").format(n=counts["new"]),
        _("{n} with something new").format(n=counts["update"]),
        _("{n} the same").format(n=counts["same"]),
        ngettext("{n} conflict", "{n} conflicts", counts["conflict"]),
    )
    lines = [ngettext("{n} customer in the file", "{n} customers in the file", plan.total), " · ".join(verdicts)]
    if records := _(", ").join(_records(plan)):
        lines.append(_("to be written: {what}").format(what=records))
    if plan.shared:
        lines.append(_("new for the whole book: {what}").format(
            what=_(", ").join(_(_SHARED[section]).format(n=count) for section, count in plan.shared.items())
        ))  # fmt: skip
    return lines


def _records(plan: BookPlan) -> Iterator[str]:
    for section, kind in RECORDS.items():
        count = plan.records.get(section, 0)
        if not count:
            continue
        if section == "contacts":
            yield ngettext("{n} person", "{n} people", count)
        elif section == "steps":
            yield ngettext("{n} next step", "{n} next steps", count)
        else:
            yield COUNTED[kind.table](count)


def conflict_words(conflict: Conflict) -> str:
    """In what file and book contradict each other, and what becomes of it."""
    said = []
    if conflict.what:
        what = _(", ").join(_(_WHAT[one]) for one in conflict.what)
        said.append(_("{what}: changed on both sides, the book's stays").format(what=what))
    if conflict.erased:
        said.append(_("has a person who was erased here; stays erased"))
    return " · ".join(said)
