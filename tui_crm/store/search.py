"""Finding customers: the first of them, best first, without reading the rest.

A line without words is answered in order of urgency: who is due, then what is planned later by its day, then everybody else by
name. Where few customers can be meant — an index says so — they are read and sorted; else the classes of the agenda are walked
until the page is full.

With words the best match comes first: a name that begins so, a name, anything else of the customer's, its log. Up to
`READ` hits are read and put in order of urgency inside each of these. Beyond that a search is too vague to rank: names that
begin so come in order of their sound, the rest in the order in which the customers were added.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from heapq import merge
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from ..domain.clocks import local_time
from ..domain.names import Word, matches, query_words, sort_key
from ..domain.query import Query
from . import agenda
from .filters import Window, filters_of
from .index import rebuilt_to
from .rows import marks
from .wording import Wording

if TYPE_CHECKING:
    from .book import Book

COUNT_TO = 1_000
"""Hits are counted up to here."""
READ = 400
"""Hits among customers' own words up to which all are read and ranked."""
SORTED = 3_000
"""Customers that may be meant up to which reading and sorting them is quicker than walking in order of urgency."""
_SORTED_LATER = 50_000
"""The same for what is not due yet, which is sorted by its day."""
_LOOKED_AT = 50_000
"""Customers looked at to count; with more the count stays unknown."""
_NAMES = 5_000
"""Names that begin so, looked at for those that the filters take."""
_PROBED = 300
"""Customers up to which asking the index for each is quicker than reading a word through."""
_BATCH, _CHUNK = 5_000, 200

Row = tuple[Any, ...]
Key = tuple[bool, int, str, str, int]


@dataclass(frozen=True, slots=True)
class Found:
    """Ids in order, best first; `more` when there are others. `count` of all, at most `COUNT_TO`; `exact` unless there are
    more than that, or too many would have to be looked at to know."""

    ids: tuple[int, ...]
    more: bool
    count: int
    exact: bool


def find(
    book: Book,
    query: Query,
    today: date,
    now: datetime,
    limit: int | None = None,
    stop: Callable[[], bool] | None = None,
) -> Found:
    """The first customers that satisfy every term. Raises `book.Stopped` soon after `stop` says so."""
    with book.stopping(stop):
        return _Search(book, query, today, now).page(limit)


def count(book: Book, query: Query, today: date, now: datetime, stop: Callable[[], bool] | None = None) -> int:
    """How many customers satisfy every term, however long it takes. Raises `book.Stopped` soon after `stop` says so."""
    with book.stopping(stop):
        return _Search(book, query, today, now).count()


def words_of(query: Query) -> tuple[Word, ...]:
    """Everything that has to be found for a line's words."""
    texts = (str(value) for term in query.terms if term.field == "word" and not term.negated for value in term.values)
    return tuple(dict.fromkeys(word for text in texts for word in query_words(text)))


class _Search:
    def __init__(self, book: Book, query: Query, today: date, now: datetime) -> None:
        self._book, self._today, self._now = book, today.isoformat(), now
        self._day = today
        said = [term for term in query.terms if term.field == "word"]
        self._words = words_of(query)
        self._for_nothing = not self._words and any(not term.negated for term in said)
        self._phrases = [(str(term.values[0]), term.negated) for term in said if term.exact]
        self._unwanted = [
            words for term in said if term.negated and not term.exact and (words := query_words(str(term.values[0])))
        ]
        self._filters = filters_of(book, query, today)
        self._whole = rebuilt_to(book) is None
        self._clocks: dict[str, int] = {}
        self._late: dict[tuple[str, str], int] = {}

    @cached_property
    def _wording(self) -> Wording:
        return Wording(self._book)

    def page(self, limit: int | None) -> Found:
        """The first `limit` customers."""
        if self._for_nothing:
            return Found((), False, 0, True)
        return self._worded(limit) if self._words else self._filtered(limit)

    def count(self) -> int:
        """All of them, counted."""
        if self._for_nothing:
            return 0
        if self._words:
            return len(self._kept([*(row[0] for row in self._own_rows(None)), *self._in_log(None)]))
        if self._whole and self._filters.facts and not self._checked:
            return self._index_count(self._filters.match, None)
        everyone = self._ids(f"SELECT s.customer_id FROM standing s WHERE {self._filters.sql}", self._filters.params)
        return len(self._kept(everyone))

    # Without words ---------------------------------------------------------------------------------------------------

    def _filtered(self, limit: int | None) -> Found:
        source, size = min(self._sources(SORTED), key=lambda each: each[1])
        if size <= SORTED:
            rows = self._rows(f"SELECT {_COLUMNS} {source.sql} AND {self._filters.sql}", source.params)
            return _page(self._kept([row[0] for row in sorted(rows, key=self._urgency)]), limit)
        ids = list(islice(self._kept_lazily(self._in_order()), None if limit is None else limit + 1))
        if limit is None or len(ids) <= limit:
            return _page(ids, limit)
        return Found(tuple(ids[:limit]), True, *self._counted(source, len(ids)))

    def _sources(self, most: int) -> Iterator[tuple[_Source, int]]:
        """Where all customers meant are to be found, each with how many rows that are, at most one over `most`."""
        filters = self._filters
        if self._whole:
            source = _Source(
                "FROM find_customer f CROSS JOIN standing s ON s.customer_id = f.rowid WHERE f.find_customer MATCH ?",
                (filters.match,),
            )
            yield source, self._index_count(filters.match, most + 1)
        else:
            yield _Source("FROM standing s WHERE 1"), most + 1
        if filters.due.bounded:
            source = self._planned(filters.due)
            yield source, self._size(source, most)
        if filters.last:
            source = _Source(f"FROM standing s WHERE {filters.last[0]}", filters.last[1])
            yield source, self._size(source, most)

    def _planned(self, days: Window) -> _Source:
        stages = self._filters.stages
        return _Source(
            f"FROM standing s INDEXED BY standing_stage WHERE s.stage IN ({marks(stages)}) AND s.due_on >= ? AND s.due_on <= ?",
            (*stages, *days),
        )

    def _size(self, source: _Source, most: int) -> int:
        return int(
            self._book.value(f"SELECT count(*) FROM (SELECT 1 {source.sql} LIMIT ?)", (*source.params, most + 1))
        )

    def _index_count(self, match: str, most: int | None) -> int:
        sql = "SELECT count(*) FROM (SELECT 1 FROM find_customer WHERE find_customer MATCH ? LIMIT ?)"
        return int(self._book.value(sql, (match, -1 if most is None else most)))

    def _counted(self, source: _Source, seen: int) -> tuple[int, bool]:
        """Count and whether it is exact, of a page that is full with `seen` rows."""
        if self._whole and self._filters.facts and not self._checked:
            count = self._index_count(self._filters.match, COUNT_TO + 1)
            return min(count, COUNT_TO), count <= COUNT_TO
        sql = (
            f"SELECT customer_id FROM (SELECT s.* {source.sql} LIMIT {_LOOKED_AT}) s "
            f"WHERE {self._filters.sql} LIMIT {COUNT_TO + 1}"
        )
        count = len(self._kept(self._ids(sql, (*source.params, *self._filters.params))))
        known = count <= COUNT_TO and self._size(source, _LOOKED_AT) <= _LOOKED_AT and not self._checked
        return (count, True) if known else (min(max(count, seen), COUNT_TO), False)

    def _in_order(self) -> Iterator[int]:
        """Everybody that the filters take, most urgent first."""
        due, tomorrow = self._filters.due, (self._day + timedelta(1)).isoformat()
        if due.first <= self._today:
            yield from self._due(Window(due.first, min(due.last, self._today)))
        if due.last > self._today:
            yield from self._later("s.due_on >= ? AND s.due_on <= ?", (max(due.first, tomorrow), due.last), "due_on")
        if not self._filters.planned:
            yield from self._later("s.due_on IS NULL", (), "name_key")

    def _due(self, days: Window) -> Iterator[int]:
        source = self._planned(days)
        if self._size(source, SORTED) <= SORTED:
            rows = self._rows(f"SELECT {_COLUMNS} {source.sql} AND {self._filters.sql}", source.params)
            return (row[0] for row in sorted(rows, key=self._urgency))
        only = agenda.Only(self._filters.sql, self._filters.params, self._filters.classes)
        return (key[3] for key in agenda.merged(self._book, self._day, self._now, only))

    def _later(self, where: str, params: tuple[object, ...], by: str) -> Iterator[int]:
        """Who is not due, in order of a column and the name."""
        if self._whole and self._index_count(self._filters.match, _SORTED_LATER + 1) <= _SORTED_LATER:
            yield from self._ids(
                "SELECT s.customer_id FROM find_customer f CROSS JOIN standing s ON s.customer_id = f.rowid "
                f"WHERE f.find_customer MATCH ? AND {where} AND {self._filters.sql} ORDER BY s.{by}, s.name_key, s.customer_id",
                (self._filters.match, *params, *self._filters.params),
            )
            return
        walks = [self._walk(stage, where, params, by) for stage in self._filters.stages]
        yield from (row[2] for row in merge(*walks))

    def _walk(self, stage: str, where: str, params: tuple[object, ...], by: str) -> Iterator[Row]:
        """Those of one stage, read a page at a time over the index `standing_stage`."""
        sql = (
            f"SELECT s.{by}, s.name_key, s.customer_id FROM standing s WHERE s.stage = ? AND {where} "
            f"AND (s.{by}, s.name_key, s.customer_id) > (?, ?, ?) AND {self._filters.sql} "
            f"ORDER BY s.{by}, s.name_key, s.customer_id LIMIT ?"
        )
        after: Row = ("", "", 0)
        size = 8
        while True:
            page = self._book.rows(sql, (stage, *params, *after, *self._filters.params, size))
            yield from page
            if len(page) < size:
                return
            after, size = page[-1], min(size * 4, 512)

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

    # With words ------------------------------------------------------------------------------------------------------

    def _worded(self, limit: int | None) -> Found:
        if limit is not None and not self._checked and ((common := self._is_common_beginning()) or self._is_short()):
            ids = list(islice(self._names_so_begun(limit), limit + 1))
            if len(ids) > limit:
                return Found(tuple(ids[:limit]), True, COUNT_TO if common else limit, False)
        rows = self._own_rows(None if limit is None else READ + 1)
        if limit is not None and len(rows) > READ:
            return self._vaguely(rows, limit)
        named = self._named([row[0] for row in rows])
        own = [row[0] for row in sorted(rows, key=lambda row: (self._rank(row, named), self._urgency(row)))]
        logged = self._in_log(None if limit is None else COUNT_TO + 1 - len(own), set(own))
        if limit is None or len(logged) <= READ:
            logged = [row[0] for row in sorted(self._standings(logged), key=self._urgency)]
        return _page(self._kept([*own, *logged]), limit)

    def _is_common_beginning(self) -> bool:
        """Whether more names begin as typed than are counted, and nothing else is asked."""
        if self._filters.asks:
            return False
        named = "SELECT count(*) FROM (SELECT 1 FROM standing WHERE name_key >= ? AND name_key < ? LIMIT ?)"
        gone = (
            "SELECT count(*) FROM (SELECT 1 FROM standing WHERE stage = '' AND due_on IS NULL "
            "AND name_key >= ? AND name_key < ? LIMIT ?)"
        )
        most = 2 * COUNT_TO
        archived = int(self._book.value(gone, (*self._name_range, most)))
        return int(self._book.value(named, (*self._name_range, most))) - archived > COUNT_TO

    def _is_short(self) -> bool:
        """Whether there is one word only, of so few letters that the index has to merge thousands of terms."""
        return len(self._words) == 1 and len(self._words[0].typed) <= 2

    @property
    def _name_range(self) -> tuple[str, str]:
        key = sort_key(" ".join(self._typed))
        return key, key + "\U0010ffff"

    @cached_property
    def _typed(self) -> list[str]:
        """The words as they were typed, in one piece where the index has pairs of characters."""
        typed: list[str] = []
        for word in self._words:
            paired = word.spellings[0].whole and typed and typed[-1][-1] == word.typed[0]
            typed = [*typed[:-1], typed[-1] + word.typed[1:]] if paired else [*typed, word.typed]
        return typed

    def _names_so_begun(self, limit: int) -> Iterator[int]:
        """Customers whose name begins as typed, in order of the name."""
        rows = self._book.rows(
            "SELECT s.customer_id, c.name FROM (SELECT * FROM standing WHERE name_key >= ? AND name_key < ? "
            "ORDER BY name_key, customer_id LIMIT ?) s JOIN customer c ON c.id = s.customer_id "
            f"WHERE {self._filters.sql} ORDER BY s.name_key, s.customer_id LIMIT ?",
            (*self._name_range, _NAMES, *self._filters.params, 2 * limit + 1),
        )
        return (customer for customer, name in rows if _begins(name, self._typed))

    def _own_match(self, first: str = "customer") -> str:
        asked = [self._wording.in_customer(word) for word in self._words]
        if first == "name":
            asked[0] = self._wording.in_name(self._words[0])
        return f"({' AND '.join(asked)}) AND {self._filters.match}"

    def _own_rows(self, most: int | None, first: str = "customer") -> list[Row]:
        """Customers with every word among their own, with what ranks them."""
        return self._rows(
            f"SELECT {_COLUMNS} FROM find_customer f CROSS JOIN standing s ON s.customer_id = f.rowid "
            f"WHERE f.find_customer MATCH ? AND {self._filters.sql} LIMIT {-1 if most is None else most}",
            (self._own_match(first),),
        )

    def _named(self, ids: Sequence[int]) -> set[int]:
        return self._having("find_customer", self._wording.in_name(self._words[0]), ids)

    def _rank(self, row: Row, named: set[int]) -> int:
        if row[0] not in named:
            return 2
        return 0 if row[4].startswith(self._first_key) else 1

    @cached_property
    def _first_key(self) -> str:
        return sort_key(self._typed[0])

    def _vaguely(self, rows: Sequence[Row], limit: int) -> Found:
        def layers() -> Iterator[int]:
            yield from self._names_so_begun(limit)
            yield from (row[0] for row in self._own_rows(2 * limit + 1, "name"))
            yield from (row[0] for row in (rows if limit < READ else self._own_rows(2 * limit + 1)))
            yield from self._in_log(limit + 1)

        ids = list(islice(self._kept_lazily(_once(layers())), limit + 1))
        return Found(tuple(ids[:limit]), len(ids) > limit, *self._counted_words(len(ids)))

    def _counted_words(self, seen: int) -> tuple[int, bool]:
        """Count and whether it is exact, of hits too many to rank."""
        most = COUNT_TO + 1
        if self._filters.facts:
            sql = "SELECT rowid FROM find_customer WHERE find_customer MATCH ? LIMIT ?"
            own = self._ids(sql, (self._own_match(), most))
        else:
            own = [row[0] for row in self._own_rows(most)]
        found = [*own, *(self._in_log(most - len(own), set(own)) if len(own) < most else ())]
        count = len(self._kept(found))
        if len(found) < most:
            return count, True
        return max(min(seen, COUNT_TO), min(count, COUNT_TO)), False

    # In the log ------------------------------------------------------------------------------------------------------

    def _in_log(self, most: int | None, known: set[int] | None = None) -> list[int]:
        """Other customers with every word, at least one of them only in the log, in order of their ids."""
        seen = {row[0] for row in self._own_rows(None)} if known is None else known
        found = self._logged(most, seen) if len(self._words) == 1 else self._anywhere()
        return list(islice((customer for customer in found if customer not in seen), most))

    def _logged(self, most: int | None, seen: set[int]) -> Iterator[int]:
        """Customers with the one word in their log."""
        match, filters = self._wording.in_note(self._words[0]), self._filters
        if filters.asks and self._whole and self._index_count(filters.match, _PROBED + 1) <= _PROBED:
            found = self._ids("SELECT rowid FROM find_customer WHERE find_customer MATCH ?", (filters.match,))
            return iter(self._meeting(sorted(self._having("find_note", match, found))))
        among = "AND +f.rowid IN (SELECT rowid FROM find_customer WHERE find_customer MATCH ?)"
        narrow = filters.asks and self._whole
        return iter(
            self._ids(
                "SELECT s.customer_id FROM find_note f CROSS JOIN standing s ON s.customer_id = f.rowid "
                f"WHERE f.find_note MATCH ? {among if narrow else ''} AND {filters.sql} LIMIT ?",
                (
                    match,
                    *([filters.match] if narrow else []),
                    *filters.params,
                    -1 if most is None else most + len(seen),
                ),
            )
        )

    def _anywhere(self) -> Iterator[int]:
        """Customers with each word anywhere: from the rarest word on, a batch at a time."""
        common = {}
        for word in self._words:
            common[word] = self._commonness(word)
            if not common[word]:
                return
        rarest, *others = sorted(common, key=lambda word: common[word])
        after = 0
        while True:
            ids, after = self._batch(rarest, after)
            for word in others:
                ids = sorted(self._having_anywhere(word, ids)) if ids else []
            for at in range(0, len(ids), _CHUNK):
                yield from self._meeting(ids[at : at + _CHUNK])
            if not after:
                return

    def _commonness(self, word: Word) -> int:
        sql = "SELECT count(*) FROM (SELECT 1 FROM {0} WHERE {0} MATCH ? LIMIT ?)"
        return sum(int(self._book.value(sql.format(table), (match, _BATCH))) for table, match in self._places(word))

    def _batch(self, word: Word, after: int) -> tuple[list[int], int]:
        """The next customers with a word, and the last of them; 0 when there are no more."""
        ids: set[int] = set()
        last = 0
        for table, match in self._places(word):
            sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid > ? LIMIT ?"
            found = self._ids(sql, (match, after, _BATCH))
            ids.update(found)
            if len(found) == _BATCH:
                last = min(last, found[-1]) if last else found[-1]
        return sorted(customer for customer in ids if not last or customer <= last), last

    def _places(self, word: Word) -> tuple[tuple[str, str], tuple[str, str]]:
        own = (
            f"{self._wording.in_customer(word)} AND {self._filters.match}"
            if self._whole
            else self._wording.in_customer(word)
        )
        return ("find_customer", own), ("find_note", self._wording.in_note(word))

    def _having_anywhere(self, word: Word, ids: Sequence[int]) -> set[int]:
        return self._having("find_customer", self._wording.in_customer(word), ids) | self._having(
            "find_note", self._wording.in_note(word), ids
        )

    def _having(self, table: str, match: str, ids: Sequence[int]) -> set[int]:
        """Those of some customers that an index answers with."""
        if not ids:
            return set()
        among = json.dumps(ids)
        if len(ids) <= _PROBED and "*" not in match:
            sql = (
                f"SELECT f.rowid FROM json_each(?) j CROSS JOIN {table} f WHERE f.rowid = j.value AND f.{table} MATCH ?"
            )
            return set(self._ids(sql, (among, match)))
        sql = (
            f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid BETWEEN ? AND ? "
            "AND +rowid IN (SELECT value FROM json_each(?))"
        )
        return set(self._ids(sql, (match, min(ids), max(ids), among)))

    # What the indexes cannot tell ------------------------------------------------------------------------------------

    @property
    def _checked(self) -> bool:
        return bool(self._phrases or self._unwanted)

    def _kept_lazily(self, ids: Iterable[int]) -> Iterator[int]:
        walk = iter(ids)
        if not self._checked:
            return walk
        return chain.from_iterable(map(self._kept, iter(lambda: list(islice(walk, _CHUNK)), [])))

    def _kept(self, ids: Sequence[int]) -> list[int]:
        """Those without an unwanted word, and with the exact words that are asked for."""
        left = list(ids)
        for words in self._unwanted:
            having = set(left)
            for word in words:
                having &= self._having_anywhere(word, sorted(having))
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

    # Reading ---------------------------------------------------------------------------------------------------------

    def _meeting(self, ids: Sequence[int]) -> list[int]:
        """Those of some customers that the filters take, in order of their ids."""
        return [row[0] for row in self._standings(ids)]

    def _standings(self, ids: Sequence[int]) -> list[Row]:
        among = "FROM json_each(?) j CROSS JOIN standing s ON s.customer_id = j.value"
        return self._rows(f"SELECT {_COLUMNS} {among} WHERE {self._filters.sql}", (json.dumps(ids),)) if ids else []

    def _rows(self, sql: str, params: tuple[object, ...]) -> list[Row]:
        """Rows of a query that ends with the filters' condition."""
        return self._book.rows(sql, (*params, *self._filters.params))

    def _ids(self, sql: str, params: tuple[object, ...]) -> list[int]:
        return [row[0] for row in self._book.rows(sql, params)]


@dataclass(frozen=True, slots=True)
class _Source:
    """Rows `s` of `standing` with all customers meant among them: FROM and WHERE."""

    sql: str
    params: tuple[object, ...] = ()


_COLUMNS = "s.customer_id, s.temperature, s.weight, s.due_on, s.name_key, s.place"
_TEXTS = ("name", "city", "industry", "buys", "website", "needs", "remarks", "competitors", "custom")
_TEXTS_ELSEWHERE = (("activity", "note"), ("contact", "name"), ("contact", "position"), ("reach", "value"))


def _page(ids: Sequence[int], limit: int | None) -> Found:
    """The first of customers that are all known, or known to be more than are counted."""
    more = limit is not None and len(ids) > limit
    return Found(tuple(ids[:limit]), more, min(len(ids), COUNT_TO), len(ids) <= COUNT_TO)


def _once(ids: Iterable[int]) -> Iterator[int]:
    """Each the first time only."""
    seen: set[int] = set()
    return (customer for customer in ids if not (customer in seen or seen.add(customer)))  # type: ignore[func-returns-value]


def _begins(name: str, typed: Sequence[str]) -> bool:
    """Whether a name begins with the first word typed, and has the others."""
    spans = [matches(name, word) for word in typed]
    return all(spans) and spans[0][0][0] == 0


def in_customers(book: Book, text: str, most: int) -> list[int]:
    """Customers, archived ones too, with every word of a text among their own, at most so many."""
    wording = Wording(book)
    match = " AND ".join(wording.in_customer(word) for word in query_words(text))
    if not match:
        return []
    rows = book.rows("SELECT rowid FROM find_customer WHERE find_customer MATCH ? LIMIT ?", (match, most))
    return [row[0] for row in rows]
