"""Customers by their places in an order, from 0 on, read from whichever end is nearer: a page anywhere in a list of a
million costs milliseconds, and none of it is kept but where the last pages began."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING

from ..domain.names import sort_key
from . import agenda

if TYPE_CHECKING:
    from .book import Book

COUNT_TO = 1_000
"""Counted up to here at first; `grow` counts the rest."""

Key = tuple[str, int]


class ByName:
    """Everybody who is not archived by name, off the index `standing_live`; `descending` from the other end."""

    def __init__(self, book: Book, descending: bool = False) -> None:
        self._book = book
        self._down = descending
        self._keys: dict[int, Key] = {}  # by place, the first and last of every page that was read
        self.size = int(book.value(f"SELECT count(*) FROM (SELECT 1 FROM {_LIVE} LIMIT ?)", (COUNT_TO,)))
        self.whole = self.size < COUNT_TO

    def grow(self) -> None:
        """Count to the end; 30 ms for a million."""
        if not self.whole:
            self.size, self.whole = self._count("name_key >= ''", ()), True

    def ids(self, first: int, count: int) -> list[int]:
        """Customers from a place on, at most so many."""
        rows = self._read(first, min(count, self.size - first) if self.whole else count)
        if rows:
            self._keys[first], self._keys[first + len(rows) - 1] = rows[0], rows[-1]
        return [row[1] for row in rows]

    def everybody(self) -> Sequence[int]:
        """All of them, by name."""
        down = "DESC" if self._down else ""
        return _ids(self._book, f"SELECT customer_id FROM {_LIVE} ORDER BY name_key {down}, customer_id {down}")

    def place(self, customer: int) -> int | None:
        """Where a customer stands; None for one that is not among them."""
        rows = self._book.rows(f"SELECT name_key, customer_id FROM {_LIVE} AND customer_id = ?", (customer,))
        return self._before(rows[0]) if rows else None

    def place_of_name(self, beginning: str) -> int:
        """Where names begin as typed, or would: the place of the first that does not come before."""
        key = sort_key(beginning)
        return self._before((key + _LAST_OF_ALL, 0) if self._down else (key, 0))

    def _before(self, key: Key) -> int:
        """How many come before; 35 ms for a million. The engine counts a range of one column quicker than one of two."""
        sign = ">" if self._down else "<"
        other = self._count(f"name_key {sign} ?", key[:1])
        return other + self._count(f"name_key = ? AND customer_id {sign} ?", key)

    def _count(self, where: str, params: Sequence[object]) -> int:
        return int(self._book.value(f"SELECT count(*) FROM {_LIVE} AND {where}", params))

    def _read(self, first: int, count: int) -> list[Key]:
        """From where a page next to it began or ended, if one was read; else counted off from the nearer end."""
        if first - 1 in self._keys:
            return self._page(True, self._keys[first - 1], 0, count)
        if first + count in self._keys:
            return self._page(False, self._keys[first + count], 0, count)[::-1]
        if self.whole and first > self.size // 2:
            return self._page(False, None, self.size - first - count, count)[::-1]
        return self._page(True, None, first, count)

    def _page(self, onwards: bool, beyond: Key | None, skip: int, count: int) -> list[Key]:
        up = onwards != self._down
        sign, down = (">", "") if up else ("<", "DESC")
        where = f"AND (name_key, customer_id) {sign} (?, ?)" if beyond else ""
        sql = f"SELECT name_key, customer_id FROM {_LIVE} {where} ORDER BY name_key {down}, customer_id {down} LIMIT ? OFFSET ?"
        return [(name, customer) for name, customer in self._book.rows(sql, (*(beyond or ()), count, skip))]


_LIVE = "standing WHERE stage <> ''"
_LAST_OF_ALL = "\U0010ffff"
"""Sorts behind every name."""


class ByUrgency:
    """Who is due, most urgent first. What lies between the ends is walked through once."""

    def __init__(self, book: Book, today: date, now: datetime) -> None:
        self._book, self._today, self._now = book, today, now
        self._head = _Walked(self._due(backwards=False))
        self._tail: _Walked | None = None
        first = len(self._head.first(_FIRST))
        self.whole = first < _FIRST
        self.size = first if self.whole else agenda.count_due(book, today, COUNT_TO)
        self.whole = self.size < COUNT_TO

    def grow(self) -> None:
        """Count to the end; 50 ms for 300,000."""
        if not self.whole:
            self.size, self.whole = agenda.count_due(self._book, self._today, _ENDLESS), True

    def ids(self, first: int, count: int) -> Sequence[int]:
        """Customers from a place on, at most so many."""
        if not self.whole or first <= self.size // 2:
            return self._head.first(first + count)[first : first + count]
        if self._tail is None:
            self._tail = _Walked(self._due(backwards=True))
        behind = max(0, self.size - first - count)
        return self._tail.first(self.size - first)[behind : self.size - first][::-1]

    def everybody(self) -> Sequence[int]:
        """All of them; of many in no order."""
        if self.whole:
            return self._head.first(self.size)
        sql = "SELECT customer_id FROM standing WHERE due_on IS NOT NULL AND due_on <= ?"
        return _ids(self._book, sql, (self._today.isoformat(),))

    def place(self, customer: int) -> int | None:
        """Where a customer stands, as far as has been read."""
        return self._head.place(customer)

    def _due(self, backwards: bool) -> Iterator[int]:
        found = agenda.due_customers(self._book, self._today, self._now, backwards=backwards)
        return (due.customer for due in found)


_FIRST = 64
_ENDLESS = 2**62


class _Walked:
    """Ids of a walk, as far as they were asked for."""

    def __init__(self, walk: Iterator[int]) -> None:
        self._walk = walk
        self._ids = array("q")

    def first(self, count: int) -> array[int]:
        """At least the first `count`, as far as there are so many."""
        self._ids.extend(islice(self._walk, max(0, count - len(self._ids))))
        return self._ids

    def place(self, customer: int) -> int | None:
        """Where one stands among those."""
        return self._ids.index(customer) if customer in self._ids else None


def _ids(book: Book, sql: str, params: Sequence[object] = ()) -> array[int]:
    return array("q", (row[0] for row in book.rows(sql, params)))
