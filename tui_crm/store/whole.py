"""The rows of customers whole, column by column, for a file that holds everything; and the same rows put into a book.

To be used for writing inside `Book.operation`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..domain.reach import match_key
from ..domain.values import Reach
from .rows import grouped, marks
from .writing import insert

if TYPE_CHECKING:
    from .book import Book

Columns = Mapping[str, Any]

_AT_ONCE = 500


def last_operation(book: Book) -> str:
    """The uid of the last operation, "" where there is none."""
    return book.value("SELECT uid FROM op ORDER BY id DESC LIMIT 1") or ""


def own_rows(book: Book, columns: Sequence[str], customers: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These columns of customers, by id; `merged_into` as the uid of that customer."""
    names = ", ".join("k.uid" if name == "merged_into" else f"c.{name}" for name in columns)
    rows = book.rows(
        f"SELECT c.id, {names} FROM customer c LEFT JOIN customer k ON k.id = c.merged_into "
        f"WHERE c.id IN ({marks(customers)}) ORDER BY c.id",
        customers,
    )
    return {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}


def rows_of(
    book: Book, table: str, columns: Sequence[str], customers: Sequence[int]
) -> dict[int, list[dict[str, Any]]]:
    """By customer its rows of a table in the order they were made: these columns, and the `id`."""
    rows = book.rows(
        f"SELECT customer_id, id, {', '.join(columns)} FROM {table} WHERE customer_id IN ({marks(customers)}) ORDER BY id",
        customers,
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for customer, *row in rows:
        found.setdefault(customer, []).append(dict(zip(("id", *columns), row, strict=True)))
    return found


def reaches_of(book: Book, customers: Sequence[int]) -> dict[int, tuple[tuple[str, str], ...]]:
    """By contact its addresses: kind and value."""
    rows = book.rows(
        f"SELECT contact_id, kind, value FROM reach WHERE customer_id IN ({marks(customers)}) ORDER BY id", customers
    )
    return grouped((contact, (kind, value)) for contact, kind, value in rows)


def imported_of(book: Book, customers: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """By customer what its rows of imported sheets are remembered by."""
    return grouped(
        book.rows(
            f"SELECT customer_id, hash FROM imported_row WHERE customer_id IN ({marks(customers)}) ORDER BY id",
            customers,
        )
    )


def shared_rows(book: Book, table: str, columns: Sequence[str]) -> list[dict[str, Any]]:
    """All rows of a table that belongs to no customer: these columns, and the `id`."""
    rows = book.rows(f"SELECT id, {', '.join(columns)} FROM {table} ORDER BY id")
    return [dict(zip(("id", *columns), row, strict=True)) for row in rows]


def ids_of(book: Book, uids: Iterable[str]) -> dict[str, int]:
    """The ids of the customers with these uids; those that are not in the book are left out."""
    asked = list(uids)
    found: dict[str, int] = {}
    for at in range(0, len(asked), _AT_ONCE):
        chunk = asked[at : at + _AT_ONCE]
        found |= dict(book.rows(f"SELECT uid, id FROM customer WHERE uid IN ({marks(chunk)})", chunk))
    return found


def all_uids(book: Book, table: str) -> Iterator[tuple[str, int]]:
    """The uid of every row of a table, with its customer."""
    return iter(book.rows(f"SELECT uid, customer_id FROM {table}"))


# Writing -------------------------------------------------------------------------------------------------------------


def put(book: Book, table: str, row: Columns, existing: int | None = None) -> int:
    """Store a row as it is, its version included, in place of the row `existing` if one is given; returns its id."""
    if existing is None:
        return insert(book, table, row)
    sets = ", ".join(f"{name} = ?" for name in row)
    book.run(f"UPDATE {table} SET {sets} WHERE id = ?", (*row.values(), existing))
    return existing


def put_reaches(book: Book, customer: int, contact: int, reaches: Iterable[tuple[str, str]]) -> None:
    """Store the addresses of a contact in place of those it has."""
    book.run("DELETE FROM reach WHERE contact_id = ?", (contact,))
    for kind, value in reaches:
        key = match_key(Reach(kind, value))
        row = {"customer_id": customer, "contact_id": contact, "kind": kind, "value": value, "match_key": key}
        insert(book, "reach", row)


def point(book: Book, merged: Mapping[int, int]) -> None:
    """Have each of these customers, by id, be merged into the other."""
    book.run_many("UPDATE customer SET merged_into = ? WHERE id = ?", [(into, one) for one, into in merged.items()])
