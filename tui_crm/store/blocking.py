"""What is in the way of turning an operation round: rows that are no longer as it left them, or that others rest on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from .migrations import columns_of
from .net import ELSEWHERE, HERE, Net, NetRow, Place
from .rows import marks
from .schema import TRACKED, json_row

if TYPE_CHECKING:
    from .book import Book

UNIQUE: Mapping[str, tuple[str, ...]] = {
    "customer": ("uid",),
    "next_step": ("customer_id", "status"),
    "tag": ("key",),
    "customer_tag": ("tag_id", "customer_id"),
    "custom_field": ("key",),
    "exchange_rate": ("currency", "own", "since"),
    "imported_row": ("hash",),
}
"""Columns that no two rows may share; of next steps only open ones count."""

_AT_ONCE = 500


def blocked(book: Book, net: Net) -> Iterator[tuple[Place, NetRow, list[Place]]]:
    """Each changed row that cannot be put back as it was, in the order the operation changed them, and the rows that keep it
    from that. Tells how far it is."""
    rows, doubtful = _Rows(book), list(_doubtful(book, net))
    places = [place for _first, place in sorted(doubtful)]
    for at in range(0, len(places), _AT_ONCE):
        chunk = places[at : at + _AT_ONCE]
        rows.read(chunk)
        for place in dict.fromkeys(chunk):
            row = net[place]
            if blockers := list(_blockers(rows, place, row, net)):
                yield place, row, blockers


def _blockers(rows: _Rows, place: Place, row: NetRow, net: Net) -> Iterator[Place]:
    """Rows that keep `place` from being put back: itself where it has changed since, else what refers to it or takes its
    place."""
    if not _same(rows.current(place), row.new):
        yield place
    if row.old is None:
        yield from (child for child in rows.children(place) if child not in net)
    else:
        before = json.loads(row.old)
        if row.new is None or _takes_a_place(place[0], before, json.loads(row.new)):
            yield from (other for other in rows.alike(place, before) if other not in net)
        if row.new is None:
            yield from (parent for parent in rows.missing_parents(place[0], before) if parent not in net)


def _takes_a_place(table: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether a row that is there gets back something that only one row may have."""
    return any(before[column] != now.get(column) for column in UNIQUE.get(table, ()))


class _Rows:
    """The rows of the book as they are now, and how they hang together."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._json = cache(lambda table: json_row(columns_of(book.connection, table)))
        self.parents = _parents(book)
        self.references = _references(self.parents)
        self._current: dict[Place, str] = {}

    def read(self, places: Sequence[Place]) -> None:
        """Have these rows at hand, instead of those before."""
        self._current = {}
        for table in {table for table, _ in places}:
            ids = [row_id for of, row_id in places if of == table]
            sql = f"SELECT id, {self._json(table)} FROM {table} WHERE id IN ({marks(ids)})"
            self._current |= {(table, row_id): row for row_id, row in self._book.rows(sql, ids)}

    def current(self, place: Place) -> str | None:
        """One of the rows at hand as JSON, None where there is none."""
        return self._current.get(place)

    def children(self, place: Place) -> Iterator[Place]:
        """Rows that refer to this one."""
        table, row_id = place
        for child, column in self.references[table]:
            found = self._book.rows(f"SELECT id FROM {child} WHERE {column} = ?", (row_id,))
            yield from ((child, other) for (other,) in found)

    def alike(self, place: Place, row: Mapping[str, Any]) -> list[Place]:
        """Other rows with what only one may have."""
        table, row_id = place
        columns = UNIQUE.get(table)
        if columns is None or (table == "next_step" and row["status"] != "open"):
            return []
        where = " AND ".join(f"{column} = ?" for column in columns)
        found = self._book.rows(
            f"SELECT id FROM {table} WHERE {where} AND id <> ?", (*(row[column] for column in columns), row_id)
        )
        return [(table, other) for (other,) in found]

    def missing_parents(self, table: str, row: Mapping[str, Any]) -> Iterator[Place]:
        """Rows that this one refers to and that are not there."""
        for column, parent in self.parents[table]:
            wanted = row.get(column)
            if wanted is not None and self._book.value(f"SELECT 1 FROM {parent} WHERE id = ?", (wanted,)) is None:
                yield parent, wanted


def _same(current: str | None, logged: str | None) -> bool:
    """Whether the row is as the log left it; columns added by a later migration do not count."""
    if current == logged or current is None or logged is None:
        return current == logged
    now, then = json.loads(current), json.loads(logged)
    return all(now.get(name) == value for name, value in then.items())


References = Mapping[str, Sequence[tuple[str, str]]]


def _parents(book: Book) -> References:
    """By table its columns that refer to others, and to which."""
    return {table: [(row[3], row[2]) for row in book.rows(f"PRAGMA foreign_key_list({table})")] for table in TRACKED}


def _references(parents: References) -> References:
    """By table the tables that refer to it, and by which column."""
    found: dict[str, list[tuple[str, str]]] = {table: [] for table in TRACKED}
    for child, columns in parents.items():
        for column, parent in columns:
            found[parent].append((child, column))
    return found


# Many rows at once ---------------------------------------------------------------------------------------------------


def _doubtful(book: Book, net: Net) -> Iterator[tuple[int, Place]]:
    """All rows that something might be in the way of, with the first change of each; a few too many, and some twice."""
    parents = _parents(book)
    references, done = _references(parents), net.changes
    for table in net.tables:
        questions = list(_questions(book, table, parents[table], references[table]))
        for portion, count in net.portions(table):
            net.tell(done // 2)
            for question in questions:
                yield from ((first, (table, row_id)) for first, row_id in book.rows(question, portion))
            done += count


def _questions(
    book: Book, table: str, parents: Sequence[tuple[str, str]], references: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """SQL for the doubtful rows in a portion of a table, one question for each reason."""
    chosen = "SELECT n.first, n.row_id FROM"
    before = "temp.net n CROSS JOIN change c ON c.id = n.first"
    now = f"iif(t.id IS NULL, NULL, {json_row(columns_of(book.connection, table), 't.')})"
    yield (
        f"{chosen} temp.net n CROSS JOIN change c ON c.id = n.last LEFT JOIN {table} t ON t.id = n.row_id "
        f"WHERE {HERE} AND {now} IS NOT c.new"
    )
    for child, column in references:
        elsewhere = ELSEWHERE.format(table=f"'{child}'", row="k.id")
        joined = f"temp.net n CROSS JOIN {child} k ON k.{column} = n.row_id"
        yield f"{chosen} {joined} WHERE {HERE} AND n.made AND {elsewhere}"
    if columns := UNIQUE.get(table):
        alike = " AND ".join(f"o.{column} = c.old ->> '{column}'" for column in columns)
        alike += " AND o.status = 'open'" if table == "next_step" else ""
        elsewhere = ELSEWHERE.format(table="n.tbl", row="o.id")
        yield f"{chosen} {before} CROSS JOIN {table} o ON {alike} WHERE {HERE} AND NOT n.made AND o.id <> n.row_id AND {elsewhere}"
    for column, parent in parents:
        wanted = f"c.old ->> '{column}'"
        missing = f"NOT EXISTS (SELECT 1 FROM {parent} p WHERE p.id = {wanted})"
        elsewhere = ELSEWHERE.format(table=f"'{parent}'", row=wanted)
        yield f"{chosen} {before} WHERE {HERE} AND n.gone AND NOT n.made AND {wanted} IS NOT NULL AND {missing} AND {elsewhere}"
