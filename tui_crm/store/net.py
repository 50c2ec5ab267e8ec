"""What an operation did to each row, all in all: a table in this connection's own memory, so that SQL can be asked about an
operation on a million rows, and no list of them is held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..domain.messages import N_
from .schema import TRACKED

if TYPE_CHECKING:
    from .book import Book

Place = tuple[str, int]
"""A row: its table and its id."""

_AT_ONCE = 10_000
"""Rows that one statement looks at, between two reports of how far it is."""

HERE = "n.tbl = ?1 AND n.row_id > ?2 AND n.row_id <= ?3"
"""SQL: the rows `n` of `net` that are of a table and in a portion of it (`Net.portions`)."""
ELSEWHERE = "NOT EXISTS (SELECT 1 FROM temp.net x WHERE x.tbl = {table} AND x.row_id = {row})"
"""SQL: a row that the operation did not touch."""


@dataclass(frozen=True, slots=True)
class NetRow:
    """A row before and after an operation as JSON, None where there was none."""

    old: str | None
    new: str | None


class Net:
    """The rows an operation changed. A connection has one `net` at a time: the last that was made."""

    def __init__(self, book: Book, op_id: int) -> None:
        """Read what the operation did, telling how far it is."""
        self._book = book
        book.run(
            "CREATE TEMP TABLE IF NOT EXISTS net (tbl TEXT, row_id INTEGER, first INTEGER, last INTEGER, made INTEGER, "
            "gone INTEGER, PRIMARY KEY (tbl, row_id)) WITHOUT ROWID"
        )
        book.run("DELETE FROM temp.net")
        self.changes = int(book.value("SELECT count(*) FROM change WHERE op_id = ?", (op_id,)))
        """How many changes there were; a row may have several."""
        self._read(op_id)
        there = {row[0] for row in book.rows("SELECT DISTINCT tbl FROM temp.net")}
        self.tables = [table for table in TRACKED if table in there]
        """The tables with such rows, those that others refer to first."""

    def _read(self, op_id: int) -> None:
        after = 0
        for done in range(0, self.changes, _AT_ONCE):
            self.tell(done // 2)
            next_ids = "SELECT id FROM change WHERE op_id = ? AND id > ? ORDER BY id LIMIT ?"
            upto = self._book.value(f"SELECT max(id) FROM ({next_ids})", (op_id, after, _AT_ONCE))
            self._book.run(
                "INSERT INTO temp.net SELECT tbl, row_id, id, id, old IS NULL, new IS NULL FROM change "
                "WHERE op_id = ? AND id > ? AND id <= ? ORDER BY id "
                "ON CONFLICT DO UPDATE SET last = excluded.last, gone = excluded.gone",
                (op_id, after, upto),
            )
            after = upto

    def tell(self, done: int) -> None:
        """Tell how far it is with looking at the changes."""
        self._book.tell(N_("looking for what is in the way"), min(done, self.changes), self.changes)

    def portions(self, table: str) -> Iterator[tuple[tuple[str, int, int], int]]:
        """Some of the rows of a table at a time: what `HERE` is to be given, and how many they are."""
        rows = "SELECT row_id FROM temp.net WHERE tbl = ? AND row_id > ? ORDER BY row_id LIMIT ?"
        after = -1
        while True:
            ((upto, count),) = self._book.rows(f"SELECT max(row_id), count(*) FROM ({rows})", (table, after, _AT_ONCE))
            if not count:
                return
            yield (table, after, upto), count
            after = upto

    def __contains__(self, place: Place) -> bool:
        return bool(self._book.rows("SELECT 1 FROM temp.net WHERE tbl = ? AND row_id = ?", place))

    def __getitem__(self, place: Place) -> NetRow:
        ((old, new),) = self._book.rows(
            "SELECT (SELECT old FROM change WHERE id = n.first), (SELECT new FROM change WHERE id = n.last) "
            "FROM temp.net n WHERE n.tbl = ? AND n.row_id = ?",
            place,
        )
        return NetRow(old, new)

    def forget(self, place: Place) -> None:
        """Leave a row out."""
        self._book.run("DELETE FROM temp.net WHERE tbl = ? AND row_id = ?", place)
