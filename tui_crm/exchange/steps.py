"""The next step that a row tells of: its day and its action, out of all the cells that speak of it."""

from __future__ import annotations

from datetime import date

from tui_crm.domain.messages import N_

from .days import Promise, next_action, next_day, with_lost_zero
from .facts import Facts, Terms
from .tables import Cell, shown
from .taking import Column


def settle_next(facts: Facts, terms: Terms) -> None:
    """One plan out of the next step's cells: the first day found, and every word that is no day."""
    since = facts.moment.day if facts.moment else terms.today
    day: date | None = None
    words = []
    for column, cell in facts.next_cells:
        is_date = column.field == "next_date"
        plan = (
            next_day(cell, since, terms.today, terms.order_of(column.header))
            if is_date
            else next_action(shown(cell), since, terms.today, terms.order_of(column.header))
        )
        if is_date and plan.day is None:
            facts.note(column.header, shown(cell), N_("No day is given, so the rhythm decides when."))
        if plan.day and is_date:
            tell_of_lost_zero(facts, column, cell, plan.day)
        if plan.day and day:
            words.append(plan.day.isoformat())
        day = day or plan.day
        words.append(plan.action)
    facts.promise = Promise(day, " ".join(filter(None, words)))
    facts.promise_text = " ".join(shown(cell) for _, cell in facts.next_cells)


def tell_of_lost_zero(facts: Facts, column: Column, cell: Cell, day: date) -> None:
    """Say so where a number may have lost a zero that was typed."""
    if other := with_lost_zero(cell):
        message = N_(
            "This is a number, read as {day}. Where {other} was typed, the workbook dropped the zero: check it."
        )
        facts.note(column.header, shown(cell), message, day=day, other=other)
