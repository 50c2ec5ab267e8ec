"""Other weights and rhythms: what they would do to today's order, and putting them in force."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..config import Settings
from ..domain.messages import N_, Problem
from ..domain.ranking import Contender, ranked
from ..domain.rows import AgendaRow
from ..store import counting
from ..store.contenders import contenders, contenders_under
from . import agenda
from .session import Session, weigh_anew

KNOWN_TO = 60
"""Places before the change that are told; who stood further down, or was not due, is new among the first."""
RECKONED_TO = 5_000
"""Customers up to which other rhythms are tried out on the whole book: a second."""


Stop = Callable[[], bool]


class Todays(NamedTuple):
    """Who is due today as the book stands: those who could be among the first, and how many in all."""

    among: tuple[Contender, ...]
    due: int


class Place(NamedTuple):
    """Who would stand here, with how many points; `was` is the place of now, None for one from further down."""

    row: AgendaRow
    score: float
    was: int | None


class Preview(NamedTuple):
    """The first places under other settings, how many are due, and how many of those shown stand elsewhere than now."""

    places: tuple[Place, ...]
    due: int
    due_now: int

    @property
    def moved(self) -> int:
        """How many of them stand elsewhere than now."""
        return sum(place.was != at for at, place in enumerate(self.places, 1))


def todays(session: Session, stop: Stop | None = None) -> Todays:
    """Who is due today; a second and a half for 100,000 customers. Raises Stopped once `stop` says so."""
    with session.book.stopping(stop):
        among = contenders(session.book, session.today, session.now, KNOWN_TO)
        due = counting.due_by(session.book, session.today)
    return Todays(tuple(among), due)


def preview(session: Session, present_day: Todays, settings: Settings, first: int, stop: Stop | None = None) -> Preview:
    """Today's first places as these settings would have them; nothing is written. Raises Problem where rhythms would have to
    be worked out for too many customers, Stopped once `stop` says so."""
    book, today, now = session.book, session.today, session.now
    wanted, present = settings.engine, session.settings.engine
    here, due = there, _due = present_day
    with book.stopping(stop):
        if (wanted.rhythms, wanted.waits) != (present.rhythms, present.waits):
            if counting.more_customers_than(book, RECKONED_TO):
                raise Problem(
                    N_("A book of this size is not worked out beforehand: other rhythms show once they are saved.")
                )
            there = tuple(contenders_under(book, wanted, today, now))
            due = len(there)
        was = {customer: at for at, (customer, _score) in enumerate(ranked(present, here, today, KNOWN_TO), 1)}
        then = ranked(wanted, there, today, first)
        rows = {row.id: row for row in agenda.rows(session, [customer for customer, _score in then])}
    places = tuple(
        Place(rows[customer], score / 100, was.get(customer)) for customer, score in then if customer in rows
    )
    return Preview(places, due, present_day.due)


def is_quick(session: Session, settings: Settings) -> bool:
    """Whether putting these settings in force takes no time worth mentioning."""
    present, wanted = session.settings.engine, settings.engine
    weighed = (present.rhythms, present.waits) == (wanted.rhythms, wanted.waits)
    few = 10_000 if weighed else 1_000
    return not counting.more_customers_than(session.book, few)


def put_in_force(session: Session, settings: Settings) -> None:
    """Have every customer stand where these settings put it. All or nothing; a book that can only be read stays as it is."""
    if not session.read_only:
        weigh_anew(session.book, settings.engine)
