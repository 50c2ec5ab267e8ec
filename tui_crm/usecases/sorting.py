"""What a search found, in the order a user has chosen for the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

from ..domain.columns import BEST, Order
from ..domain.messages import N_, Message
from ..domain.names import sort_key
from ..domain.query import Query
from ..domain.vocabulary import GRADES
from ..i18n import country_name
from ..store import search, sorting
from ..store.connecting import Stopped
from .session import Session

SORTED = 10_000
"""Customers that are read and sorted; of more only those columns are sorted by that have an index."""
PATIENCE = 0.5
"""Seconds that sorting may take, beside those for reading what is wanted."""
_A_SECOND = 20_000
"""Customers that are read in one, at the least."""


def find(
    session: Session, query: Query, order: Order, limit: int | None, stop: Callable[[], bool] | None = None
) -> tuple[search.Found, tuple[Message, ...]]:
    """The first customers in this order, and a word where there are too many to sort: then the best come first. Raises
    `Stopped` as `finding.find` does."""
    book, today, now = session.book, session.today, session.now
    if order == BEST:
        return search.find(book, query, today, now, limit, stop), ()
    first = search.find(book, query, today, now, 1, stop)
    try:
        with book.stopping(stop), book.stopping(_patience(limit)):
            return _sorted(session, query, order, limit, first), ()
    except Stopped:
        if stop and stop():
            raise
        return search.find(book, query, today, now, limit, stop), (_TOO_MANY,)


def _patience(limit: int | None) -> Callable[[], bool] | None:
    """Says when it has taken too long for so many; who wants all of them waits."""
    if limit is None:
        return None
    until = monotonic() + PATIENCE + limit / _A_SECOND
    return lambda: monotonic() > until


def _sorted(session: Session, query: Query, order: Order, limit: int | None, first: search.Found) -> search.Found:
    """The customers in order. Raises `Stopped` where there are too many to sort; `first` is the first of them and the count."""
    book, today = session.book, session.today
    worded = any(term.field == "word" for term in query.terms)
    if not first.exact and order.by in sorting.INDEXED and not worded:
        ids = sorting.walked(book, query, order, today, -1 if limit is None else limit + 1)
        return search.Found(tuple(ids[:limit]), limit is not None and len(ids) > limit, first.count, False)
    if worded:
        every: Sequence[int] = search.find(book, query, today, session.now, SORTED + 1).ids
    else:
        every = sorting.taken(book, query, today, SORTED + 1)
    if len(every) > SORTED:
        raise Stopped
    ids = [fact.id for fact in in_order(sorting.facts(book, every), order)]
    exact = len(ids) <= search.COUNT_TO
    return search.Found(
        tuple(ids[:limit]), limit is not None and len(ids) > limit, min(len(ids), search.COUNT_TO), exact
    )


_TOO_MANY = Message(
    N_(
        "Too many are found to sort by this: the best come first. Narrow the search, or sort by name, due or last contact."
    )
)


def in_order(facts: Sequence[sorting.Facts], order: Order) -> list[sorting.Facts]:
    """Sorted by one column, then by the name. Who lacks it comes last; but who was never contacted has waited longest."""
    key, never = _KEYS[order.by], order.by == "last"
    having = [fact for fact in facts if never or key(fact)]
    lacking = [fact for fact in facts if not (never or key(fact))]
    by_name = sorted(lacking, key=lambda fact: (fact.name, fact.id))
    return (
        sorted(having, key=lambda fact: (key(fact), "" if never else fact.name, fact.id), reverse=order.descending)
        + by_name
    )


_KEYS: dict[str, Callable[[sorting.Facts], str]] = {
    "name": lambda fact: fact.name,
    "due": lambda fact: fact.due,
    "last": lambda fact: fact.last,
    "grade": lambda fact: str(GRADES.index(fact.grade)) if fact.grade in GRADES else "",
    "country": lambda fact: sort_key(country_name(fact.country)),
    "created": lambda fact: fact.created,
}
