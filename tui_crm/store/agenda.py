"""The agenda in order of urgency without ever reading it whole.

Customers of one owner, temperature and weight form a class; inside a class urgency only falls as the due date rises, so the
index `standing_agenda` holds each class in order. The clock at the customer's adds one of three levels, the same for every
customer of a place, so a class is walked once for each level in force. The walks are merged; one is only opened when its
best possible score could be the next, so the top K cost O(K) however large the book is. A small book is simply sorted.
The other end is read the same way backwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from ..domain.clocks import local_time

if TYPE_CHECKING:
    from .book import Book

_PAGE = 64
Key = tuple[int, str, str, int]
"""Sort key of a due customer: score negated, due date, name, id."""


class Due(NamedTuple):
    """One place in the agenda: which customer, with how many hundredths of a point."""

    score: int
    customer: int


class Class(NamedTuple):
    """Customers of one owner, temperature and weight."""

    owner: str
    temperature: str
    weight: int


def every_class(_kind: Class) -> bool:
    """All of them."""
    return True


def due_customers(
    book: Book, today: date, now: datetime, owner: str | None = None, backwards: bool = False
) -> Iterator[Due]:
    """Customers due on or before `today`, most urgent first; ties by oldest due date, then name. `backwards` begins with
    the last of them."""
    planned = book.value("SELECT count(*) FROM (SELECT 1 FROM standing WHERE due_on IS NOT NULL LIMIT ?)", (SMALL,))
    if planned < SMALL:
        keys = _sorted(book, today, now, owner, backwards)
    elif backwards:
        keys = _merged_backwards(book, today, now, owner)
    else:
        keys = merged(book, today, now, owner=owner)
    return (Due(-key[0], key[3]) for key in keys)


SMALL = 2_000
"""Planned customers up to which reading and sorting them is quicker than opening a walk for each class."""


def _sorted(book: Book, today: date, now: datetime, owner: str | None, backwards: bool) -> Iterator[Key]:
    engine, clocks = book.engine, {place: level for level, places in _levels(book, now).items() for place in places}
    keys = [
        (
            -(weight + engine.lateness(temperature, (today - date.fromisoformat(due_on)).days) + clocks[place]),
            due_on,
            *rest,
        )
        for whose, temperature, weight, place, due_on, *rest in book.rows(
            "SELECT owner, temperature, weight, place, due_on, name_key, customer_id FROM standing WHERE due_on <= ?",
            (today.isoformat(),),
        )
        if owner in (None, whose)
    ]
    return iter(sorted(keys, reverse=backwards))


def merged(
    book: Book,
    today: date,
    now: datetime,
    takes: Callable[[Class], bool] = every_class,
    owner: str | None = None,
    days: tuple[str, str] | None = None,
) -> Iterator[Key]:
    """Keys of the customers due between two `days`, or until today, of the classes it `takes`, most urgent first, off the
    index."""
    levels = _levels(book, now)
    heap: list[tuple[Key, Iterator[Key] | None, Class | None, int]] = []
    most_late = round(book.engine.weights.lateness * 100) - 1
    for each in filter(takes, classes(book, owner)):
        for level in levels:
            best = each.weight + max(most_late, 0) + level
            heap.append(((-best, "", "", -len(heap) - 1), None, each, level))
    heapify(heap)
    while heap:
        key, walk, kind, level = heappop(heap)
        if kind is not None:
            there = levels[level] if len(levels) > 1 else None
            walk = _walk(book, kind, level, there, today, days or ("", today.isoformat()))
        else:
            yield key
        following = next(walk, None) if walk is not None else None
        if following is not None:
            heappush(heap, (following, walk, None, level))


_AFTER_EVERY_DAY = "~"


def _merged_backwards(book: Book, today: date, now: datetime, owner: str | None) -> Iterator[Key]:
    """The same keys from the other end; a walk is opened when its lowest possible score could be the next."""
    levels = _levels(book, now)
    least_late = min(0, round(book.engine.weights.lateness * 100))
    heap = [
        _Last((-(each.weight + least_late + level), _AFTER_EVERY_DAY, "", 0), None, each, level)
        for each in classes(book, owner)
        for level in levels
    ]
    heapify(heap)
    while heap:
        key, walk, kind, level = heappop(heap)
        if walk is None:
            there = levels[level] if len(levels) > 1 else None
            walk = _walk(book, kind, level, there, today, ("", today.isoformat()), backwards=True)
        else:
            yield key
        following = next(walk, None)
        if following is not None:
            heappush(heap, _Last(following, walk, kind, level))


class _Last(NamedTuple):
    """A walk with its next key; in a heap the last key comes first."""

    key: Key
    walk: Iterator[Key] | None
    kind: Class
    level: int

    def __lt__(self, other: tuple[object, ...]) -> bool:
        return self.key > other[0]  # type: ignore[operator]


_LIGHTEST = -(10**9)
_NEXT_CLASS = tuple(
    f"SELECT owner, temperature, weight FROM standing WHERE due_on IS NOT NULL {where} ORDER BY owner, temperature, weight LIMIT 1"
    for where in (
        "AND owner = ? AND temperature = ? AND weight > ?",
        "AND owner = ? AND temperature > ?",
        "AND owner > ?",
    )
)
"""How to leap to the next class: a heavier one, else the next temperature, else the next owner. Each is one seek; a
comparison of all three columns at once would walk over every customer of the class it leaves."""


def classes(book: Book, owner: str | None = None) -> list[Class]:
    """The classes that exist, found by leaping from one to the next over the index; two seeks each."""
    found: list[Class] = []
    at: tuple[object, ...] = (owner or "", "", _LIGHTEST)
    while True:
        steps = ((sql, at[: 3 - n]) for n, sql in enumerate(_NEXT_CLASS) if n < 2 or owner is None)
        row = next((rows[0] for sql, params in steps if (rows := book.rows(sql, params))), None)
        if row is None:
            return found
        found.append(Class(*row))
        at = row


def count_due(book: Book, today: date, at_most: int, owner: str | None = None) -> int:
    """How many customers are due, counting no further than `at_most`."""
    total = 0
    for kind in classes(book, owner):
        if total >= at_most:
            break
        total += int(
            book.value(
                "SELECT count(*) FROM (SELECT 1 FROM standing WHERE owner = ? AND temperature = ? AND weight = ? "
                "AND due_on <= ? LIMIT ?)",
                (*kind, today.isoformat(), at_most - total),
            )
        )
    return total


def _levels(book: Book, now: datetime) -> dict[int, list[str]]:
    """The clock levels in force, each with its places."""
    levels: dict[int, list[str]] = {}
    for (place,) in book.rows("SELECT place FROM place"):
        levels.setdefault(book.engine.clock(local_time(place, now)), []).append(place)
    return levels


def _walk(
    book: Book,
    kind: Class,
    level: int,
    places: Sequence[str] | None,
    today: date,
    days: tuple[str, str],
    backwards: bool = False,
) -> Iterator[Key]:
    """Those of one class at one clock level who are due between two days, in order, read a page at a time."""
    beyond, down = ("<", "DESC") if backwards else (">", "")
    there = f"AND place IN ({','.join('?' * len(places))})" if places is not None else ""
    sql = (
        "SELECT due_on, name_key, customer_id FROM standing s WHERE owner = ? AND temperature = ? AND weight = ? "
        f"AND due_on <= ? AND (due_on, name_key, customer_id) {beyond} (?, ?, ?) {there} "
        f"ORDER BY due_on {down}, name_key {down}, customer_id {down} LIMIT ?"
    )
    after: tuple[str, str, int] = (_AFTER_EVERY_DAY if backwards else days[0], "", 0)
    size = 8
    while True:
        page = book.rows(
            sql,
            (kind.owner, kind.temperature, kind.weight, days[1], *after, *(places or ()), size),
        )
        for due_on, name_key, customer in page:
            late = (today - date.fromisoformat(due_on)).days
            score = kind.weight + book.engine.lateness(kind.temperature, late) + level
            yield (-score, due_on, name_key, customer)
        if len(page) < size:
            return
        after = page[-1]
        size = min(size * 4, _PAGE * 8)
