"""Who to talk to today, most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from ..domain.rows import AgendaRow
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


def rows(session: Session, customers: Sequence[int]) -> list[AgendaRow]:
    """These customers as list rows."""
    return listed.agenda_rows(session.book, customers, session.today, session.now)


def row(session: Session, customer: int) -> AgendaRow | None:
    """One customer as a list row, due or not."""
    return next(iter(rows(session, [customer])), None)


def book_is_empty(session: Session) -> bool:
    """Whether there is no customer at all."""
    return listed.is_empty(session.book)
