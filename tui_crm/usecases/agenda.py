"""Who to talk to today, most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from ..domain.rows import AgendaRow, Reason
from ..store import agenda as store
from ..store import rows as listed
from .session import Session

COUNT_TO = 1_000
"""Exact counts up to here; beyond it a list says "1000+"."""


class Agenda(NamedTuple):
    """The first rows of the agenda. `due` counts what is still due, no further than `COUNT_TO`; `done` the customers
    contacted today."""

    rows: tuple[AgendaRow, ...]
    due: int
    done: int

    @property
    def more(self) -> bool:
        """Whether there are more due customers than rows."""
        return self.due > len(self.rows) or self.due >= COUNT_TO


def agenda(session: Session, limit: int | None = 200, explained: bool = True) -> Agenda:
    """The agenda's first `limit` rows (all of it with None), with their reasons if `explained`."""
    today, now = session.today, session.now
    due = [due.customer for due in islice(store.due_customers(session.book, today, now), limit)]
    rows = listed.agenda_rows(session.book, due, today, now, explained)
    complete = limit is None or len(due) < limit
    count = len(due) if complete else store.count_due(session.book, today, COUNT_TO)
    return Agenda(tuple(rows), count, listed.contacted_on(session.book, today))


def done_today(session: Session) -> int:
    """How many customers were contacted today."""
    return listed.contacted_on(session.book, session.today)


def rows(session: Session, customers: Sequence[int]) -> list[AgendaRow]:
    """These customers as list rows."""
    return listed.agenda_rows(session.book, customers, session.today, session.now)


def row(session: Session, customer: int) -> AgendaRow | None:
    """One customer as a list row, due or not."""
    return next(iter(rows(session, [customer])), None)


def explained(session: Session, customer: int) -> AgendaRow | None:
    """One customer as a list row whose reasons name also what an older promise or the rhythm hides: everything of the trade
    that waits today."""
    found = row(session, customer)
    if found is None or found.due_on is None or found.stage == "paused":
        return found
    from ..domain.trade_clocks import cause_words, clocks  # the list itself does without
    from ..store import reading, trade

    promise = reading.promised_step(session.book, customer)
    promised_on = (promise.set_on or date.max) if promise and (promise.by_hand or promise.reason) else None
    waiting: dict[tuple[str, date | None, bool], None] = {
        (clock.cause, clock.about, clock.estimated): None
        for clock in clocks(trade.of(session.book, customer), session.settings.waits)
        if (rings := clock.rings(found.last_contact_on, promised_on)) and rings <= session.today
    }
    waiting.pop((found.cause, found.cause_on, found.estimated), None)
    return found._replace(reasons=(*found.reasons, *(Reason("cause", 0.0, cause_words(*clock)) for clock in waiting)))


def book_is_empty(session: Session) -> bool:
    """Whether there is no customer at all."""
    return listed.is_empty(session.book)
