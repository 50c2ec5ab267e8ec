"""Turning an operation round: change by change, or where there are many, table by table.

Table by table each row goes from how the operation left it straight to how it was. Rows that were new go first, those that
others hang on last; then come the changed ones, then those that were taken away: so no two rows ever claim the same place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ..domain.messages import N_
from .gathering import history_left_alone, history_of
from .index import leave_new_out
from .net import HERE, Net, Place
from .rows import marks

if TYPE_CHECKING:
    from .book import Book

MANY = 2_000
"""Changes up to which they are turned round one by one."""

_TELL_EVERY = 500
_TOLD = N_("putting back")

_MADE, _CHANGED, _GONE = "n.made AND NOT n.gone", "NOT n.made AND NOT n.gone", "NOT n.made AND n.gone"


def turn_round(book: Book, op_id: int, net: Net, kept: set[Place]) -> None:
    """Write the inverse of what an operation did, but for the rows `kept`. To be used inside `Book.operation`."""
    book.run("PRAGMA defer_foreign_keys = ON")
    if net.changes <= MANY:
        _one_by_one(book, op_id, kept)
        return
    for place in kept:
        net.forget(place)
    _Turning(book, net).whole()


def _one_by_one(book: Book, op_id: int, kept: set[Place]) -> None:
    """The newest change first."""
    changes = book.rows("SELECT tbl, row_id, old, new FROM change WHERE op_id = ? ORDER BY id DESC", (op_id,))
    for done, (table, row_id, old, new) in enumerate(changes):
        if done % _TELL_EVERY == 0:
            book.tell(_TOLD, done, len(changes))
        if (table, row_id) in kept:
            continue
        if old is None:
            book.run(f"DELETE FROM {table} WHERE id = ?", (row_id,))
        elif new is None:
            _put_back(book, table, [json.loads(old)])
        else:
            _set_back(book, table, [(row_id, old, new)])


def _put_back(book: Book, table: str, rows: Iterable[dict[str, Any]]) -> None:
    """Bring rows that were taken away in again."""
    alike: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for row in rows:
        alike.setdefault(tuple(row), []).append(tuple(row.values()))
    for columns, values in alike.items():
        book.run_many(f"INSERT INTO {table} ({','.join(columns)}) VALUES ({marks(columns)})", values)


def _set_back(book: Book, table: str, rows: Iterable[tuple[int, str, str]]) -> None:
    """Set the columns of changed rows (id, old, new) back that have become different."""
    alike: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for row_id, old, new in rows:
        left = json.loads(new)
        changed = {name: value for name, value in json.loads(old).items() if name not in left or left[name] != value}
        if changed:
            alike.setdefault(tuple(changed), []).append((*changed.values(), row_id))
    for columns, values in alike.items():
        book.run_many(f"UPDATE {table} SET {','.join(f'{name} = ?' for name in columns)} WHERE id = ?", values)


class _Turning:
    """All rows of a large operation."""

    def __init__(self, book: Book, net: Net) -> None:
        self._book = book
        self._net = net
        self._done = 0

    def whole(self) -> None:
        """Turn them round."""
        for table in reversed(self._net.tables):
            for portion in self._portions(table, _MADE):
                self._take_away(table, portion)
        for table in self._net.tables:
            for portion in self._portions(table, _CHANGED):
                _set_back(self._book, table, self._before_and_after(portion))
        self._leave_out_of_index()
        for table in self._net.tables:
            for portion in self._portions(table, _GONE):
                self._bring_in(table, portion)

    def _portions(self, table: str, which: str) -> Iterator[tuple[str, int, int]]:
        """The portions of a table that have such rows."""
        count = f"SELECT count(*) FROM temp.net n WHERE {HERE} AND {which}"
        for portion, _all in self._net.portions(table):
            self._book.tell(_TOLD, min(self._done, self._net.changes), self._net.changes)
            if rows := self._book.value(count, portion):
                yield portion
                self._done += rows

    def _take_away(self, table: str, portion: tuple[str, int, int]) -> None:
        here = f"id IN (SELECT n.row_id FROM temp.net n WHERE {HERE} AND {_MADE})"
        self._book.run(history_of(self._book, table, "delete", here), portion)
        with history_left_alone(self._book, [(table, "delete")]):
            self._book.run(f"DELETE FROM {table} WHERE {here}", portion)

    def _bring_in(self, table: str, portion: tuple[str, int, int]) -> None:
        sql = f"SELECT c.old FROM temp.net n CROSS JOIN change c ON c.id = n.first WHERE {HERE} AND {_GONE}"
        with history_left_alone(self._book, [(table, "insert")]):
            _put_back(self._book, table, (json.loads(old) for (old,) in self._book.rows(sql, portion)))
        here = f"id IN (SELECT n.row_id FROM temp.net n WHERE {HERE} AND {_GONE})"
        self._book.run(history_of(self._book, table, "insert", here), portion)

    def _leave_out_of_index(self) -> None:
        """Where many customers come back behind all others, as those of a large import, the search index takes them in after the
        operation, as it did then."""
        from .reindexing import SMALL

        count, first = self._book.rows(
            f"SELECT count(*), min(n.row_id) FROM temp.net n WHERE n.tbl = 'customer' AND {_GONE}"
        )[0]
        if count > SMALL and first > self._book.value("SELECT coalesce(max(id), 0) FROM customer"):
            leave_new_out(self._book)

    def _before_and_after(self, portion: tuple[str, int, int]) -> list[tuple[int, str, str]]:
        """Ids, and rows before and after as JSON, the last changed first."""
        return self._book.rows(
            "SELECT n.row_id, b.old, a.new FROM temp.net n CROSS JOIN change b ON b.id = n.first CROSS JOIN change a ON a.id = n.last "
            f"WHERE {HERE} AND {_CHANGED} ORDER BY n.last DESC",
            portion,
        )
