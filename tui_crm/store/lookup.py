"""What every search reads with: candidates, their place in the order, and the checks that the indexes cannot make."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from ..domain.clocks import local_time
from ..domain.names import Word, query_words
from ..domain.query import Query
from .filters import filters_of
from .index import rebuilt_to
from .wording import Wording

if TYPE_CHECKING:
    from .book import Book

COUNT_TO = 1_000
"""Hits are counted up to here."""
PROBED = 40
"""Customers up to which asking the index for each is quicker than reading a word through."""
CHUNK = 200
"""Customers that are checked together."""

COLUMNS = "s.customer_id, s.temperature, s.weight, s.due_on, s.name_key, s.place"
"""Columns of `standing` that give a customer its place."""

Row = tuple[Any, ...]
"""A row of `COLUMNS`."""
Key = tuple[bool, int, str, str, int]


@dataclass(frozen=True, slots=True)
class Found:
    """Ids in order, best first; `more` when there are others. `count` of all, at most `COUNT_TO`; `exact` unless there are
    more than that, or too many would have to be looked at to know."""

    ids: tuple[int, ...]
    more: bool
    count: int
    exact: bool


def known(ids: Sequence[int], limit: int | None) -> Found:
    """The first of customers that are all known, or known to be more than are counted."""
    more = limit is not None and len(ids) > limit
    return Found(tuple(ids[:limit]), more, min(len(ids), COUNT_TO), len(ids) <= COUNT_TO)


def words_of(query: Query) -> tuple[Word, ...]:
    """Everything that has to be found for a line's words."""
    texts = (str(value) for term in query.terms if term.field == "word" and not term.negated for value in term.values)
    return tuple(dict.fromkeys(word for text in texts for word in query_words(text)))


class Lookup:
    """One question to the book. It is answered by `filtered.Filtered` or `worded.Worded`."""

    def __init__(self, book: Book, query: Query, today: date, now: datetime) -> None:
        self._book, self._today, self._now = book, today.isoformat(), now
        self._day = today
        said = [term for term in query.terms if term.field == "word"]
        self._words = words_of(query)
        self._phrases = [(str(term.values[0]), term.negated) for term in said if term.exact]
        self._unwanted = [
            words for term in said if term.negated and not term.exact and (words := query_words(str(term.values[0])))
        ]
        self._filters = filters_of(book, query, today)
        self._whole = rebuilt_to(book) is None
        self._clean: set[int] = set()  # have no unwanted word among their own
        self._clocks: dict[str, int] = {}
        self._late: dict[tuple[str, str], int] = {}

    @cached_property
    def _wording(self) -> Wording:
        return Wording(self._book)

    # Reading ---------------------------------------------------------------------------------------------------------

    def _rows(self, sql: str, params: tuple[object, ...]) -> list[Row]:
        """Rows of a query that ends with the filters' condition."""
        return self._book.rows(sql, (*params, *self._filters.params))

    def _ids(self, sql: str, params: tuple[object, ...]) -> list[int]:
        return [row[0] for row in self._book.rows(sql, params)]

    def _index_count(self, match: str, most: int | None) -> int:
        sql = "SELECT count(*) FROM (SELECT 1 FROM find_customer WHERE find_customer MATCH ? LIMIT ?)"
        return int(self._book.value(sql, (match, -1 if most is None else most)))

    def _standings(self, ids: Sequence[int]) -> list[Row]:
        """What gives some customers their place, without those whom the filters do not take."""
        among = "FROM json_each(?) j CROSS JOIN standing s ON s.customer_id = j.value"
        return self._rows(f"SELECT {COLUMNS} {among} WHERE {self._filters.sql}", (json.dumps(ids),)) if ids else []

    def _meeting(self, ids: Sequence[int]) -> list[int]:
        """Those of some customers that the filters take, in order of their ids."""
        return [row[0] for row in self._standings(ids)]

    def _having_anywhere(self, word: Word, ids: Sequence[int]) -> set[int]:
        return self._having("find_customer", self._wording.in_customer(word), ids) | self._having(
            "find_note", self._wording.in_note(word), ids
        )

    def _having(self, table: str, match: str, ids: Sequence[int]) -> set[int]:
        """Those of some customers that an index answers with."""
        if not ids:
            return set()
        among = json.dumps(ids)
        if len(ids) <= PROBED and "*" not in match:
            sql = (
                f"SELECT f.rowid FROM json_each(?) j CROSS JOIN {table} f WHERE f.rowid = j.value AND f.{table} MATCH ?"
            )
            return set(self._ids(sql, (among, match)))
        sql = (
            f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid BETWEEN ? AND ? "
            "AND +rowid IN (SELECT value FROM json_each(?))"
        )
        return set(self._ids(sql, (match, min(ids), max(ids), among)))

    # The order -------------------------------------------------------------------------------------------------------

    def _urgency(self, row: Row) -> Key:
        customer, temperature, weight, due_on, name_key, place = row
        if due_on is None or due_on > self._today:
            return (True, 0, due_on or "9999", name_key, customer)
        late = self._late.get((temperature, due_on))
        if late is None:
            days = (self._day - date.fromisoformat(due_on)).days
            late = self._late[temperature, due_on] = self._book.engine.lateness(temperature, days)
        clock = self._clocks.get(place)
        if clock is None:
            clock = self._clocks[place] = self._book.engine.clock(local_time(place, self._now))
        return (False, -(weight + late + clock), due_on, name_key, customer)

    # What the indexes cannot tell ------------------------------------------------------------------------------------

    @property
    def _checked(self) -> bool:
        return bool(self._phrases or self._unwanted)

    def _kept_lazily(self, ids: Iterable[int]) -> Iterator[int]:
        walk = iter(ids)
        if not self._checked:
            return walk
        return chain.from_iterable(map(self._kept, iter(lambda: list(islice(walk, CHUNK)), [])))

    def _kept(self, ids: Sequence[int]) -> list[int]:
        """Those without an unwanted word, and with the exact words that are asked for."""
        left = list(ids)
        for words in self._unwanted:
            having = set(left)
            for word in words:
                own = having - self._clean if len(words) == 1 else having
                having = self._having("find_note", self._wording.in_note(word), sorted(having)) | self._having(
                    "find_customer", self._wording.in_customer(word), sorted(own)
                )
            left = [customer for customer in left if customer not in having]
        for phrase, negated in self._phrases:
            if not negated and not query_words(phrase):
                continue
            saying = set(self._saying(phrase, left))
            left = [customer for customer in left if (customer in saying) != negated]
        return left

    def _saying(self, words: str, ids: Sequence[int]) -> list[int]:
        """Customers with words that stand together, as they are written, in one text."""
        pattern = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        parts = [f"c.{text} LIKE ?2 ESCAPE '\\'" for text in _TEXTS] + [
            f"EXISTS (SELECT 1 FROM {table} x WHERE x.customer_id = c.id AND x.{column} LIKE ?2 ESCAPE '\\')"
            for table, column in _TEXTS_ELSEWHERE
        ]
        sql = f"SELECT c.id FROM customer c WHERE c.id IN (SELECT value FROM json_each(?1)) AND ({' OR '.join(parts)})"
        return self._ids(sql, (json.dumps(ids), pattern))


_TEXTS = ("name", "city", "industry", "buys", "website", "needs", "remarks", "competitors", "custom")
_TEXTS_ELSEWHERE = (("activity", "note"), ("contact", "name"), ("contact", "position"), ("reach", "value"))
