"""Finding customers: the first of them, best first, without reading the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from ..domain.names import query_words
from ..domain.query import Query
from .filtered import Filtered
from .lookup import COUNT_TO as COUNT_TO
from .lookup import Found as Found
from .lookup import words_of as words_of
from .worded import Worded
from .wording import Wording

if TYPE_CHECKING:
    from .book import Book


def find(
    book: Book,
    query: Query,
    today: date,
    now: datetime,
    limit: int | None = None,
    stop: Callable[[], bool] | None = None,
) -> Found:
    """The first customers that satisfy every term. Raises `connecting.Stopped` soon after `stop` says so."""
    if _is_for_nothing(query):
        return Found((), False, 0, True)
    with book.stopping(stop):
        return _lookup(query)(book, query, today, now).page(limit)


def count(book: Book, query: Query, today: date, now: datetime, stop: Callable[[], bool] | None = None) -> int:
    """How many customers satisfy every term, however long it takes. Raises `connecting.Stopped` soon after `stop` says so."""
    if _is_for_nothing(query):
        return 0
    with book.stopping(stop):
        return _lookup(query)(book, query, today, now).count()


def _lookup(query: Query) -> type[Filtered] | type[Worded]:
    return Worded if words_of(query) else Filtered


def _is_for_nothing(query: Query) -> bool:
    """Whether words are asked for that have no letter or digit."""
    return not words_of(query) and any(term.field == "word" and not term.negated for term in query.terms)


def in_customers(book: Book, text: str, most: int) -> list[int]:
    """Customers, archived ones too, with every word of a text among their own, at most so many."""
    wording = Wording(book)
    match = " AND ".join(wording.in_customer(word) for word in query_words(text))
    if not match:
        return []
    rows = book.rows("SELECT rowid FROM find_customer WHERE find_customer MATCH ? LIMIT ?", (match, most))
    return [row[0] for row in rows]
