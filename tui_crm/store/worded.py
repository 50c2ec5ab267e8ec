"""A search for words: the best match first — a name that begins so, a name, anything else of the customer's, its log.

Up to `READ` hits among customers' own words are read and put in order of urgency inside each of these. Beyond that a search is
too vague to rank: names that begin so come in order of their sound, the rest in the order in which customers were added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING

from ..domain.names import Word, matches, sort_key
from ..domain.query import Query
from .lookup import CHUNK, COLUMNS, COUNT_TO, PROBED, Found, Lookup, Row, known

if TYPE_CHECKING:
    from .book import Book

READ = 400
"""Hits among customers' own words up to which all are read and ranked."""
_NAMES = 1_000
"""Names that begin so, looked at for those that the filters take."""
_BATCH = 5_000
"""Customers with the rarest word, looked at together for the other words."""


_LETTERS = 3
"""Single letters that are looked for in a large book."""
_COMMON = 20_000
"""Customers up to which those with a word are counted, to begin with the rarest."""
_FIRST_PAGE, _PAGE = 128, 1_001
"""Hits read at once where they are read one after the other: one more than are counted."""


Places = Sequence[tuple[str, str]]
"""Indexes, each with a question to it."""


class Worded(Lookup):
    """A question with words."""

    def __init__(self, book: Book, query: Query, today: date, now: datetime) -> None:
        super().__init__(book, query, today, now)
        # Each letter by itself is in a third of a large book: a row of them tells hardly more than its first ones, and
        # beside whole words, as in the legal form of a name, than the first.
        letters = [word for word in self._words if self._wording.is_vague(word) and len(word.typed) == 1]
        most = _LETTERS if len(letters) == len(self._words) else 1
        self._words = tuple(word for word in self._words if word not in letters[most:])

    def page(self, limit: int | None) -> Found:
        """The first `limit` customers."""
        if limit is not None and not self._checked and ((common := self._is_common_beginning()) or self._is_short()):
            ids = list(islice(self._names_so_begun(limit), limit + 1))
            if len(ids) > limit:
                return Found(tuple(ids[:limit]), True, COUNT_TO if common else limit, False)
        rows = self._own_rows(None if limit is None else READ + 1)
        if limit is not None and len(rows) > READ:
            return self._vaguely(limit)
        named = self._named([row[0] for row in rows])
        own = [row[0] for row in sorted(rows, key=lambda row: (self._rank(row, named), self._urgency(row)))]
        if limit is not None and len(own) > limit and len(self._words) > 1 and not self._checked:
            return Found(tuple(own[:limit]), True, len(own), False)
        if limit is None:
            return known(self._kept([*own, *self._by_urgency(list(self._in_log(set(own))))]), None)
        logged = list(islice(self._in_log(set(own)), COUNT_TO + 1 - len(own)))
        if self._checked and len(own) + len(logged) > COUNT_TO:
            ids = list(islice(self._kept_lazily(chain(own, self._in_log(set(own)))), limit + 1))
            return Found(tuple(ids[:limit]), len(ids) > limit, min(len(ids), COUNT_TO), len(ids) <= limit)
        return known(self._kept([*own, *(self._by_urgency(logged) if len(logged) <= READ else logged)]), limit)

    def count(self) -> int:
        """All of them, counted."""
        own = [row[0] for row in self._own_rows(None)]
        return len(self._kept([*own, *self._in_log(set(own))]))

    # Among customers' own words --------------------------------------------------------------------------------------

    def _is_common_beginning(self) -> bool:
        """Whether more names begin as typed than are counted, and nothing else is asked."""
        if self._filters.asks:
            return False
        named = (
            "SELECT count(*) FROM (SELECT 1 FROM standing WHERE stage <> '' AND name_key >= ? AND name_key < ? LIMIT ?)"
        )
        return int(self._book.value(named, (*self._name_range, COUNT_TO + 1))) > COUNT_TO

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
        unwanted = [" AND ".join(map(self._wording.in_customer, words)) for words in self._unwanted]
        return "".join([f"({self._filters.among(' AND '.join(asked))})", *(f" NOT ({words})" for words in unwanted)])

    def _own_rows(self, most: int | None, first: str = "customer", after: int = 0) -> list[Row]:
        """Customers with every word among their own, with what ranks them, in order of their ids."""
        if self._filters.facts and first == "customer" and not after and most is not None:
            return self._standings(self._own_ids[:most])
        rows = self._rows(
            f"SELECT {COLUMNS} FROM find_customer f CROSS JOIN standing s ON s.customer_id = f.rowid "
            f"WHERE f.find_customer MATCH ? AND f.rowid > ? AND {self._filters.sql} LIMIT {-1 if most is None else most}",
            (self._own_match(first), after),
        )
        self._clean.update(row[0] for row in rows)
        return rows

    @cached_property
    def _own_ids(self) -> list[int]:
        """The first of them by what the index knows: all, where that is all that is asked, up to one more than are counted."""
        sql = "SELECT rowid FROM find_customer WHERE find_customer MATCH ? LIMIT ?"
        ids = self._ids(sql, (self._own_match(), COUNT_TO + 1))
        self._clean.update(ids)
        return ids

    def _own_walk(self) -> Iterator[int]:
        """The same, a page at a time."""
        size, after = _FIRST_PAGE, 0
        while rows := self._own_rows(size, after=after):
            yield from (row[0] for row in rows)
            if len(rows) < size:
                return
            size, after = _PAGE, rows[-1][0]

    def _named(self, ids: Sequence[int]) -> set[int]:
        return self._having("find_customer", self._wording.in_name(self._words[0]), ids)

    def _rank(self, row: Row, named: set[int]) -> int:
        if row[0] not in named:
            return 2
        return 0 if row[4].startswith(self._first_key) else 1

    @cached_property
    def _first_key(self) -> str:
        return sort_key(self._typed[0])

    def _by_urgency(self, ids: Sequence[int]) -> list[int]:
        return [row[0] for row in sorted(self._standings(ids), key=self._urgency)]

    def _vaguely(self, limit: int) -> Found:
        def layers() -> Iterator[int]:
            yield from self._names_so_begun(limit)
            if not self._words[0].typed.isdecimal():  # a number that a name does not begin with is a phone's, mostly
                yield from (row[0] for row in self._own_rows(2 * limit + 1, "name"))
            yield from self._own_walk()
            yield from self._in_log(set())

        ids = list(islice(self._kept_lazily(_once(layers())), limit + 1))
        return Found(tuple(ids[:limit]), len(ids) > limit, *self._counted(len(ids)))

    def _counted(self, seen: int) -> tuple[int, bool]:
        """Count and whether it is exact, of hits too many to rank, `seen` of which are shown."""
        most = COUNT_TO + 1
        own = self._own_ids if self._filters.facts else [row[0] for row in self._own_rows(most)]
        found = [*own, *islice(self._in_log(set(own)), most - len(own))]
        count = len(self._kept(found))
        if len(found) < most:
            return count, True
        return min(max(seen, count), COUNT_TO), False

    # In the log ------------------------------------------------------------------------------------------------------

    def _in_log(self, known: set[int]) -> Iterator[int]:
        """Other customers than those `known` to have all words among their own, with some only in the log, in order of their
        ids."""
        found = self._logged() if len(self._words) == 1 else self._anywhere(known)
        return (customer for customer in found if customer not in known)

    def _logged(self) -> Iterator[int]:
        """Customers with the one word in their log."""
        match, filters = self._wording.in_note(self._words[0]), self._filters
        if filters.asks and self._whole and self._index_count(filters.match, PROBED + 1) <= PROBED:
            found = self._ids("SELECT rowid FROM find_customer WHERE find_customer MATCH ?", (filters.match,))
            yield from self._meeting(sorted(self._having("find_note", match, found)))
            return
        among = "AND +f.rowid IN (SELECT rowid FROM find_customer WHERE find_customer MATCH ?)"
        narrow = filters.asks and self._whole
        sql = (
            "SELECT s.customer_id FROM find_note f CROSS JOIN standing s ON s.customer_id = f.rowid "
            f"WHERE f.find_note MATCH ? AND f.rowid > ? {among if narrow else ''} AND {filters.sql} LIMIT {_PAGE}"
        )
        ids = [0]
        while ids:
            ids = self._ids(sql, (match, ids[-1], *([filters.match] if narrow else []), *filters.params))
            yield from ids
            ids = ids if len(ids) == _PAGE else []

    def _anywhere(self, known: set[int]) -> Iterator[int]:
        """Customers with each word anywhere, but for those `known` already: from the rarest on, a batch at a time.

        Words that no log has must be the customer's own, and the other way round: together they are rarer than each.
        """
        places = {word: self._places(word) for word in self._words}
        common = {word: [self._commonness(*place) for place in places[word]] for word in self._words}
        own, logged = ([word for word in self._words if not common[word][at]] for at in (1, 0))
        if set(own) & set(logged) or len(own) == len(self._words):
            return
        begun, start = self._rarest(places, common, own, logged)
        others = sorted((word for word in self._words if word not in begun), key=lambda word: sum(common[word]))
        size, after = _BATCH, 0
        while True:
            batch, after = self._batch(start, after, size)
            ids = [customer for customer in batch if customer not in known]
            for word in others:
                ids = sorted(self._having_anywhere(word, ids)) if ids else []
            for at in range(0, len(ids), CHUNK):
                yield from self._meeting(ids[at : at + CHUNK])
            if not after:
                return
            size = size if ids else 4 * size

    def _rarest(
        self, places: Mapping[Word, Places], common: Mapping[Word, list[int]], own: list[Word], logged: list[Word]
    ) -> tuple[list[Word], Places]:
        """The words to begin with, and the questions that any customer with them answers."""
        starts: list[tuple[list[Word], Places]] = []
        for words, at in ((own, 0), (logged, 1)):
            if words:
                rarest_first = sorted(words, key=lambda word: common[word][at])
                match = " AND ".join(f"({places[word][at][1]})" for word in rarest_first)
                starts.append((words, ((places[words[0]][at][0], match),)))
        starts = starts or [([word], places[word]) for word in self._words]
        if len(starts) == 1:
            return starts[0]
        return min(starts, key=lambda start: sum(self._commonness(*place) for place in start[1]))

    def _commonness(self, table: str, match: str) -> int:
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT ?)"
        return int(self._book.value(sql, (match, _COMMON)))

    def _batch(self, places: Places, after: int, size: int) -> tuple[list[int], int]:
        """The next customers that any of these questions finds, and the last of them; 0 when there are no more."""
        ids: set[int] = set()
        last = 0
        for table, match in places:
            sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid > ? LIMIT ?"
            found = self._ids(sql, (match, after, size))
            ids.update(found)
            if len(found) == size:
                last = min(last, found[-1]) if last else found[-1]
        return sorted(customer for customer in ids if not last or customer <= last), last

    def _places(self, word: Word) -> Places:
        """Where a word is looked for: among customers' own words, and in logs."""
        own = self._wording.in_customer(word)
        if self._whole and self._filters.asks:
            own = self._filters.among(own)
        return ("find_customer", own), ("find_note", self._wording.in_note(word))


def _once(ids: Iterable[int]) -> Iterator[int]:
    """Each the first time only."""
    seen: set[int] = set()
    return (customer for customer in ids if not (customer in seen or seen.add(customer)))  # type: ignore[func-returns-value]


def _begins(name: str, typed: Sequence[str]) -> bool:
    """Whether a name begins with the first word typed, and has the others."""
    spans = [matches(name, word) for word in typed]
    return all(spans) and spans[0][0][0] == 0
