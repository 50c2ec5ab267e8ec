"""The story of one customer: what was said, what was traded, what was changed, newest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time
from heapq import merge
from itertools import chain, islice

from ..domain.happened import Happened, happened
from ..domain.values import Activity
from . import history
from .cards import Card, older_entries
from .history import Changed
from .session import Session

Event = Activity | Happened | Changed
"""One thing of the story: an entry of the log, something traded, or what an operation changed."""

LOG, TRADE, CHANGES = "log", "trade", "changes"
VIEWS: tuple[tuple[str, ...], ...] = ((LOG, TRADE), (LOG, TRADE, CHANGES), (LOG,), (TRADE,), (CHANGES,))
"""What a timeline can show, the usual first."""


def timeline(session: Session, card: Card, shown: Collection[str]) -> Iterator[Event]:
    """The story of the card's customer, read bit by bit as it is asked for. `shown` is one of `VIEWS`."""
    changes = history.changed(session, card.customer.id) if CHANGES in shown else ()
    log = _log(session, card) if LOG in shown else ()
    return _merged(log, happened(card.trade, session.today) if TRADE in shown else (), changes)


def timeline_as_of(session: Session, card: Card, day: date, shown: Collection[str]) -> Iterator[Event]:
    """The story as it stood at the end of a day, on a card of that day (`cards.card_as_of`)."""
    changes = history.changed_as_of(session, card.customer.id, day) if CHANGES in shown else ()
    log = card.activities if LOG in shown else ()
    return _merged(log, happened(card.trade, day) if TRADE in shown else (), changes)


def _merged(log: Iterable[Activity], traded: Iterable[Happened], changes: Iterable[Changed]) -> Iterator[Event]:
    return merge(log, traded, changes, key=_moment, reverse=True)


def _moment(event: Event) -> datetime:
    """When it happened; of what has a day only, the end of that day."""
    if isinstance(event, Activity):
        return event.happened_at
    if isinstance(event, Changed):
        return event.at
    return datetime.combine(event.day, time.max).astimezone(UTC)


def _log(session: Session, card: Card) -> Iterator[Activity]:
    """The whole log, the entries on the card first."""
    entries, more = list(card.activities), card.more
    yield from entries
    while more:
        entries, more = older_entries(session, card.customer.id, entries[-1])
        yield from entries


class Pages:
    """A story read page by page: what has been `read` so far, and whether there is `more`."""

    def __init__(self, events: Iterator[Event], count: int) -> None:
        """Read the first `count` events."""
        self._rest = events
        self.read: list[Event] = []
        self.more = True
        self.read_on(count)

    def read_on(self, count: int) -> list[Event]:
        """Read so many events more; returns them."""
        page = list(islice(self._rest, count))
        self.read += page
        following = list(islice(self._rest, 1))
        self.more = bool(following)
        self._rest = chain(following, self._rest)
        return page
