"""Rows that follow from others: only what has become different is written, and only the indexes that it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from .rows import marks

if TYPE_CHECKING:
    from .book import Book

Row = tuple[Any, ...]


def renew(
    book: Book, table: str, columns: Sequence[str], key: int, customers: Sequence[int], rows: Iterable[Row]
) -> None:
    """Have a table hold just these rows of some customers. The first `key` of its `columns` tell one row from another; of
    rows alike in them the first counts."""
    sql = f"SELECT {', '.join(columns)} FROM {table} WHERE customer_id IN ({marks(customers)})"
    before = {row[:key]: row for row in book.rows(sql, customers)}
    after: dict[Row, Row] = {}
    for row in rows:
        after.setdefault(row[:key], row)
    here = " AND ".join(f"{name} = ?" for name in columns[:key])
    if gone := [which for which in before if which not in after]:
        book.run_many(f"DELETE FROM {table} WHERE {here}", gone)
    if new := [row for which, row in after.items() if which not in before]:
        book.run_many(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks(columns)})", new)
    changed: dict[tuple[int, ...], list[Row]] = {}
    for which, row in after.items():
        old = before.get(which, row)
        if old != row:
            places = tuple(at for at, value in enumerate(row) if value != old[at])
            changed.setdefault(places, []).append((*(row[at] for at in places), *which))
    for places, values in changed.items():
        sets = ", ".join(f"{columns[at]} = ?" for at in places)
        book.run_many(f"UPDATE {table} SET {sets} WHERE {here}", values)
