"""New rows by the thousand: gathered, then written table by table, and their history with one statement for each table.

A row at a time, the trigger that writes history takes twice as long as the row itself. While gathered rows are written the
triggers are told to leave it, and what they would have written is written behind them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from .migrations import columns_of
from .schema import TRACKED, json_row
from .standing import put
from .writing import tag_ids

if TYPE_CHECKING:
    from .book import Book
    from .making import Made

Columns = tuple[str, ...]


class Gathered:
    """Rows that have their ids already and are not written yet. Until `write`, no other way may add rows to their tables."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._rows: dict[str, dict[Columns, list[tuple[object, ...]]]] = {}
        self._first: dict[str, int] = {}
        self._next: dict[str, int] = {}
        self._history: dict[str, str] = {}
        self._standings: list[tuple[object, ...]] = []

    def take(self, made: Made) -> int:
        """Take in what was made without the book; returns the id that is the number of the first customer's place, less one."""
        before = {table: self._reserve(table, count) - 1 for table, count in made.counts.items()}
        customers, people = before.get("customer", 0), before.get("contact", 0)
        for table, sorts in made.rows.items():
            own = before[table]
            for columns, rows in sorts.items():
                if columns[:2] == ("customer_id", "contact_id"):
                    placed = [(row[0] + own, row[1] + customers, row[2] + people, *row[3:]) for row in rows]
                elif columns[0] == "customer_id":
                    placed = [(row[0] + own, row[1] + customers, *row[2:]) for row in rows]
                else:
                    placed = [(row[0] + own, *row[1:]) for row in rows]
                self._rows.setdefault(table, {}).setdefault(columns, []).extend(placed)
        self._standings += [(row[0] + customers, *row[1:]) for row in made.standings]
        tags = tag_ids(self._book, made.tag_names)
        for place, key in made.tags:
            self.add("customer_tag", ("customer_id", "tag_id"), (customers + place, tags[key]))
        return customers

    def _reserve(self, table: str, count: int) -> int:
        """The first of so many ids that follow one another."""
        if table not in self._next:
            last = self._book.value("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
            self._first[table] = self._next[table] = (last or 0) + 1
        row_id = self._next[table]
        self._next[table] += count
        return row_id

    def add(self, table: str, columns: Columns, values: Iterable[object]) -> int:
        """Take a row, its values as they are stored; returns the id it will have."""
        row_id = self._reserve(table, 1)
        self._rows.setdefault(table, {}).setdefault(columns, []).append((row_id, *values))
        return row_id

    def write(self) -> None:
        """Write what has been gathered, and its history; where it cannot be written, nothing stays of the operation."""
        with _whole(self._book):
            with history_left_alone(self._book, [(table, "insert") for table in self._rows]):
                for table in (table for table in TRACKED if table in self._rows):
                    for columns, rows in self._rows[table].items():
                        self._book.run_many(_insert(table, columns), rows)
            for table in self._rows:  # a row that was ignored has no history
                self._book.run(self._log(table), (self._first[table], self._next[table] - 1))
            put(self._book, self._standings)
        self._rows, self._first, self._next, self._standings = {}, {}, {}, []

    def _log(self, table: str) -> str:
        if table not in self._history:
            self._history[table] = history_of(self._book, table, "insert", "id BETWEEN ? AND ?")
        return self._history[table]


def _insert(table: str, columns: Columns) -> str:
    """A row of a sheet that was brought in meanwhile is not remembered twice."""
    ignoring = "OR IGNORE " if table == "imported_row" else ""
    return f"INSERT {ignoring}INTO {table} (id, {', '.join(columns)}) VALUES ({', '.join('?' * (len(columns) + 1))})"


def history_of(book: Book, table: str, event: str, where: str) -> str:
    """SQL that writes the history of rows that were inserted, or are about to be deleted (`event`), as the trigger of their
    table would; `where` is SQL for which rows."""
    columns = columns_of(book.connection, table)
    customer = "id" if table == "customer" else "customer_id" if "customer_id" in columns else "NULL"
    row = json_row(columns)
    sides = f"NULL, {row}" if event == "insert" else f"{row}, NULL"
    return (
        "INSERT INTO change (op_id, tbl, row_id, customer_id, old, new) "
        f"SELECT (SELECT op_id FROM op_now), '{table}', id, {customer}, {sides} FROM {table} WHERE {where}"
    )


@contextmanager
def history_left_alone(book: Book, events: Collection[tuple[str, str]]) -> Iterator[None]:
    """On this connection, what the triggers of these tables and events (insert, delete) would insert into `change` is left
    out: whoever asks for it writes it. Only statements that are met inside are meant; this does not nest."""
    named = {f"history_{table}_{event}" for table, event in events}

    def allow(action: int, table: str | None, _column: str | None, _database: str | None, trigger: str | None) -> int:
        left_out = action == dbapi2.SQLITE_INSERT and table == "change" and trigger in named
        return int(dbapi2.SQLITE_IGNORE if left_out else dbapi2.SQLITE_OK)

    book.connection.set_authorizer(allow)
    try:
        yield
    finally:
        # What was prepared under an authorizer stays as it is when there is none any more, and the connection keeps
        # statements to use them again. Only another authorizer has them prepared anew.
        book.connection.set_authorizer(_allow_all)
        book.connection.set_authorizer(None)


def _allow_all(*_what: object) -> int:
    return int(dbapi2.SQLITE_OK)


@contextmanager
def _whole(book: Book) -> Iterator[None]:
    """All of it or nothing: an error ends the operation, whoever catches it. A savepoint would do, at twice the price of it all: it
    keeps every page that is written to."""
    try:
        yield
    except BaseException:
        if book.connection.in_transaction:  # a full disk has ended it already
            book.run("ROLLBACK")
        raise
