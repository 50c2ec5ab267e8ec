"""A search without words: who is due, most urgent first, then what is planned later by its day, then everybody else by name.

Where the indexes leave few customers, these are read and sorted. Else everybody is walked in order, over indexes alone, past
those whom the indexes leave out, and only who is left is looked at, until the page is full. Where that passes too many by,
because what is asked for comes late in the order, whoever is meant is read and sorted after all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import cached_property
from heapq import merge
from itertools import islice
from typing import NamedTuple

from ..domain.vocabulary import STAGE
from . import agenda
from .lookup import CHUNK, COLUMNS, COUNT_TO, Found, Lookup, Row, known
from .rows import marks

SORTED = 2_000
"""Customers up to which reading and sorting them is quicker than walking in order."""
_FACTS_LISTED, _LAST_LISTED = 32, 10
"""An index is asked for all its customers if they are no more than this part of the book; else enough of a walk is meant."""
_LOOKED_AT, _LOOKED_THROUGH = 20_000, 5_000
"""Customers looked at to count, where an index leaves some out and where none does; with more the count stays unknown."""
_SAMPLE, _CLEARLY_MORE = 500, 3 * COUNT_TO
"""Customers looked at first, spread over all; where they promise so many, there are more than are counted for certain."""
_PATIENCE, _LOOK = 20_000, 3
"""Customers walked past before whoever is meant is read instead; looking at one counts for so many more."""
_READ = 30_000
"""Customers that are read and sorted then, at most."""
_WALKED = 2_000
"""Customers walked past at once where an index leaves most of them out."""


class _Meant(NamedTuple):
    """Customers that the indexes leave, all who are meant among them, and the condition that they have yet to meet."""

    ids: frozenset[int]
    sql: str
    params: tuple[object, ...]


class Filtered(Lookup):
    """A question of filters alone."""

    def page(self, limit: int | None) -> Found:
        """The first `limit` customers."""
        meant = self._meant
        if meant is not None and len(meant.ids) <= SORTED:
            return known(
                self._kept([row[0] for row in sorted(self._standings(sorted(meant.ids)), key=self._urgency)]), limit
            )
        if limit is None:
            return known(list(self._kept_lazily(self._taken(self._in_order()))), None)
        try:
            return self._first(limit, _PATIENCE)
        except _TooFar:
            return self._read(limit) or self._first(limit, None)

    def _first(self, limit: int, patience: int | None) -> Found:
        """The first in order. Raises `_TooFar` when patience ends."""
        ids = list(islice(self._kept_lazily(self._taken(self._in_order(), patience)), limit + 1))
        if len(ids) <= limit:
            return known(ids, limit)
        return Found(tuple(ids[:limit]), True, *self._counted(len(ids)))

    def _read(self, limit: int) -> Found | None:
        """The first of all who are meant, read and sorted; None where they are too many."""
        if self._meant is not None and len(self._meant.ids) <= _READ:
            rows = self._standings(sorted(self._meant.ids))
        else:
            rows = self._rows(
                f"SELECT {COLUMNS} FROM standing s NOT INDEXED WHERE {self._filters.sql} LIMIT {_READ + 1}", ()
            )
        if len(rows) > _READ:
            return None
        return known(self._kept([row[0] for row in sorted(rows, key=self._urgency)]), limit)

    def count(self) -> int:
        """All of them, counted."""
        if self._whole and self._filters.facts and not self._checked:
            return self._index_count(self._filters.match, None)
        everyone = self._ids(f"SELECT s.customer_id FROM standing s WHERE {self._filters.sql}", self._filters.params)
        return len(self._kept(everyone))

    @cached_property
    def _meant(self) -> _Meant | None:
        """Whom the indexes leave; None where no index leaves out enough."""
        filters = self._filters
        size = int(self._book.value("SELECT max(customer_id) FROM standing") or 0)
        ids: set[int] | None = None
        rest = (filters.sql, filters.params)
        # What is not wanted, by itself, leaves most of a large book: not worth asking.
        asks = self._whole and (filters.facets or size <= SORTED)
        if asks and (found := self._listed(_FACTS, (filters.match,), size // _FACTS_LISTED)) is not None:
            ids, rest = found, filters.rest
        if filters.due.bounded and (ids is None or len(ids) > SORTED):
            days = f"SELECT s.customer_id AS id FROM standing s WHERE s.stage IN ({marks(filters.stages)}) AND s.due_on >= ? AND s.due_on <= ?"
            ids = _both(ids, self._listed(days, (*filters.stages, *filters.due), SORTED))
        if filters.last and (ids is None or len(ids) > SORTED):
            last = f"SELECT s.customer_id AS id FROM standing s WHERE {filters.last[0]}"
            ids = _both(ids, self._listed(last, filters.last[1], size // _LAST_LISTED))
        return None if ids is None else _Meant(frozenset(ids), *rest)

    def _listed(self, sql: str, params: tuple[object, ...], most: int) -> set[int] | None:
        """All that an index answers with; None for more than so many."""
        most = max(most, SORTED)
        ((count, ids),) = self._book.rows(
            f"SELECT count(*), json_group_array(id) FROM ({sql} LIMIT ?)", (*params, most + 1)
        )
        return None if count > most else set(json.loads(ids))

    def _in_order(self) -> Iterator[int]:
        """Everybody whom the days and stages allow, most urgent first."""
        due, tomorrow = self._filters.due, (self._day + timedelta(1)).isoformat()
        if due.first <= self._today:
            yield from self._due()
        if due.last > self._today:
            yield from self._later("s.due_on >= ? AND s.due_on <= ?", (max(due.first, tomorrow), due.last), "due_on")
        if not self._filters.planned:
            yield from self._later("s.due_on IS NULL", (), "name_key")

    def _due(self) -> Iterator[int]:
        """Who is due. A few stages, or days, may have so few that all of them are sorted."""
        stages, days = self._filters.stages, (self._filters.due.first, min(self._filters.due.last, self._today))
        if self._filters.due.bounded or len(stages) < len(STAGE.codes):
            sql = f"SELECT s.customer_id FROM standing s WHERE s.stage IN ({marks(stages)}) AND s.due_on >= ? AND s.due_on <= ? LIMIT ?"
            ids = self._ids(sql, (*stages, *days, SORTED + 1))
            if len(ids) <= SORTED:
                return (row[0] for row in sorted(self._standings(sorted(ids)), key=self._urgency))
        return (key[3] for key in agenda.merged(self._book, self._day, self._now, self._filters.classes, days=days))

    def _later(self, where: str, params: tuple[object, ...], by: str) -> Iterator[int]:
        """Who is not due, in order of a column and the name."""
        walks = [self._walk(stage, where, params, by) for stage in self._filters.stages]
        return (row[2] for row in merge(*walks))

    def _walk(self, stage: str, where: str, params: tuple[object, ...], by: str) -> Iterator[Row]:
        """Those of one stage, read a page at a time over the index `standing_stage`."""
        sql = (
            f"SELECT s.{by}, s.name_key, s.customer_id FROM standing s WHERE s.stage = ? AND {where} "
            f"AND (s.{by}, s.name_key, s.customer_id) > (?, ?, ?) ORDER BY s.{by}, s.name_key, s.customer_id LIMIT ?"
        )
        after: Row = ("", "", 0)
        size = 8
        while True:
            page = self._book.rows(sql, (stage, *params, *after, size))
            yield from page
            if len(page) < size:
                return
            after, size = page[-1], min(size * 4, 2_048)

    def _taken(self, ids: Iterable[int], patience: int | None = None) -> Iterator[int]:
        """Those that the filters take, in the order given. Raises `_TooFar` when patience ends."""
        meant = self._meant or _Meant(frozenset(), self._filters.sql, self._filters.params)
        sql = f"SELECT j.value FROM json_each(?) j CROSS JOIN standing s ON s.customer_id = j.value WHERE {meant.sql}"
        walk, passed, size = iter(ids), 0, CHUNK // 4
        while chunk := list(islice(walk, size)):
            left = chunk if self._meant is None else [customer for customer in chunk if customer in meant.ids]
            passed += len(chunk) + (0 if meant.sql == "1" else _LOOK * len(left))
            if patience is not None and passed > patience:
                raise _TooFar
            met = set(left) if meant.sql == "1" or not left else set(self._ids(sql, (json.dumps(left), *meant.params)))
            yield from (customer for customer in left if customer in met)
            size = CHUNK if self._meant is None else min(4 * size, _WALKED)

    def _counted(self, seen: int) -> tuple[int, bool]:
        """Count and whether it is exact, of a page that is full with `seen` rows."""
        most = COUNT_TO + 1
        if self._whole and self._filters.facts and not self._checked:
            count = self._index_count(self._filters.match, most)
            return min(count, COUNT_TO), count < most
        if self._meant is None:
            return self._counted_through(seen)
        meant = sorted(self._meant.ids)
        every = len(meant) // _SAMPLE
        if every > 1 and every * len(list(self._kept_lazily(self._taken(meant[::every])))) > _CLEARLY_MORE:
            return COUNT_TO, False
        looked_at = meant[:_LOOKED_AT]
        count = sum(1 for _ in islice(self._kept_lazily(self._taken(looked_at)), most))
        return min(max(count, seen), COUNT_TO), count < most and len(looked_at) == len(meant)

    def _counted_through(self, seen: int) -> tuple[int, bool]:
        """The same where no index leaves anybody out: among the first customers of the book."""
        sql = f"SELECT customer_id FROM (SELECT * FROM standing LIMIT {_LOOKED_THROUGH}) s WHERE {self._filters.sql} LIMIT ?"
        count = len(self._kept(self._ids(sql, (*self._filters.params, COUNT_TO + 1))))
        everybody = int(self._book.value(f"SELECT count(*) FROM (SELECT 1 FROM standing LIMIT {_LOOKED_THROUGH + 1})"))
        return min(max(count, seen), COUNT_TO), count <= COUNT_TO and everybody <= _LOOKED_THROUGH


_FACTS = "SELECT rowid AS id FROM find_customer WHERE find_customer MATCH ?"


class _TooFar(Exception):
    """A walk in order passes too many by."""


def _both(ids: set[int] | None, found: set[int] | None) -> set[int] | None:
    """Those that two indexes leave; None says that one leaves out nobody."""
    if ids is None or found is None:
        return found if ids is None else ids
    return ids & found
