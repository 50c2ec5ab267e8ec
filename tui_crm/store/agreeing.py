"""Whether the rows of the book are those that history leads to: as it left them, all that it left, and none besides."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ..domain.messages import N_
from .migrations import columns_of
from .rows import marks
from .schema import TRACKED, json_row

if TYPE_CHECKING:
    from .book import Book

_AT_ONCE = 5_000
_TELL = N_("comparing rows with history")


class Astray(NamedTuple):
    """A row that history does not lead to: as history has it, and as it is; None where there is none."""

    table: str
    row_id: int
    customer_id: int | None
    old: str | None
    new: str | None


def astray(book: Book) -> Iterator[Astray]:
    """Every such row, table by table, telling how far it is."""
    tables = [_Table(book, name) for name in TRACKED]
    total, done = sum(table.last() for table in tables), 0
    for table in tables:
        for row_id, found in table.portions():
            book.tell(_TELL, min(done + row_id, total), total)
            yield from found
        done += table.last()


def astray_among(book: Book, places: Collection[tuple[str, int]]) -> list[Astray]:
    """Such rows among those of these tables with these ids."""
    found: list[Astray] = []
    for name in {name for name, _row in places if name in TRACKED}:
        ids = [row_id for of, row_id in places if of == name]
        found += _Table(book, name).compared(f"IN ({marks(ids)})", ids)
    return found


def touched(book: Book, after: int, most: int) -> set[tuple[str, int]]:
    """Tables and ids of the rows that the last changes were of, at most so many, of operations behind `after`."""
    last = "SELECT op_id, tbl, row_id FROM change ORDER BY id DESC LIMIT ?"
    return {
        (tbl, row_id) for tbl, row_id in book.rows(f"SELECT tbl, row_id FROM ({last}) WHERE op_id > ?", (most, after))
    }


def name_of(book: Book, customer: int) -> str:
    """What a customer is called, by history where it is gone; else its number."""
    name = book.value("SELECT name FROM customer WHERE id = ?", (customer,)) or book.value(
        "SELECT new ->> 'name' FROM change WHERE tbl = 'customer' AND row_id = ? AND new IS NOT NULL AND json_valid(new) "
        "ORDER BY id DESC LIMIT 1",
        (customer,),
    )
    return str(name or f"#{customer}")


def take_over(book: Book, op_id: int) -> int:
    """Inside an operation: write into history what the rows astray are now; returns how many. Taking the operation back
    makes them what history had."""
    count = 0
    for row in astray(book):
        book.run(
            "INSERT INTO change (op_id, tbl, row_id, customer_id, old, new) VALUES (?, ?, ?, ?, ?, ?)", (op_id, *row)
        )
        count += 1
    return count


class _Table:
    """A table beside its history."""

    def __init__(self, book: Book, name: str) -> None:
        self._book, self._name = book, name
        columns = columns_of(book.connection, name)
        self._row = json_row(columns, "t.")
        customer = "t.id" if name == "customer" else "t.customer_id" if "customer_id" in columns else "NULL"
        self._now = f"iif(t.id IS NULL, NULL, {self._row})"
        self._logged = (
            "SELECT h.row_id, coalesce({customer}, c.customer_id), c.new, {now} "
            "FROM (SELECT row_id, max(id) AS last FROM change WHERE tbl = '{name}' AND row_id {which} GROUP BY row_id) h "
            "CROSS JOIN change c ON c.id = h.last LEFT JOIN {name} t ON t.id = h.row_id WHERE c.new IS NOT {now}"
        ).format(customer=customer, now=self._now, name=name, which="{which}")
        self._unlogged = (
            f"SELECT t.id, {customer}, NULL, {self._row} FROM {name} t WHERE t.id {{which}} "
            f"AND NOT EXISTS (SELECT 1 FROM change c WHERE c.tbl = '{name}' AND c.row_id = t.id)"
        )
        self._defaults: Mapping[str, Any] | None = None

    def last(self) -> int:
        """The highest id there is or was."""
        return int(
            self._book.value(
                f"SELECT max(coalesce((SELECT max(id) FROM {self._name}), 0), "
                "coalesce((SELECT max(row_id) FROM change WHERE tbl = ?), 0))",
                (self._name,),
            )
        )

    def portions(self) -> Iterator[tuple[int, list[Astray]]]:
        """The rows astray, some thousand ids at a time, with the last of these ids."""
        after = -(2**63)
        while True:
            upto = self._book.value(
                "SELECT min(upto) FROM ("
                f"SELECT max(id) AS upto FROM (SELECT id FROM {self._name} WHERE id > ?1 ORDER BY id LIMIT {_AT_ONCE}) "
                "UNION ALL SELECT max(row_id) FROM (SELECT row_id FROM change WHERE tbl = ?2 AND row_id > ?1 "
                f"ORDER BY row_id LIMIT {_AT_ONCE}))",
                (after, self._name),
            )
            if upto is None:
                return
            yield upto, self.compared("> ? AND {id} <= ?", (after, upto))
            after = upto

    def compared(self, which: str, params: Collection[object]) -> list[Astray]:
        """The rows astray among those whose id is such."""
        found: list[Astray] = []
        for sql, name in ((self._logged, "row_id"), (self._unlogged, "t.id")):
            rows = self._book.rows(sql.format(which=which.format(id=name)), tuple(params))
            found += [Astray(self._name, *row) for row in rows if not self._same(row[2], row[3])]
        return found

    def _same(self, then: str | None, now: str | None) -> bool:
        """Whether two rows have the same values; a column that a later version added had its default."""
        if then is None or now is None:
            return then == now
        try:
            return bool(self._with_defaults(json.loads(then)) == json.loads(now))
        except (ValueError, TypeError):
            return False  # history is no longer what the program writes

    def _with_defaults(self, row: Mapping[str, Any]) -> dict[str, Any]:
        if self._defaults is None:
            self._defaults = {
                column: self._book.value(f"SELECT {default}") if default else None
                for _at, column, _type, _not_null, default, _key in self._book.rows(f"PRAGMA table_info({self._name})")
            }
        return {**self._defaults, **row}
