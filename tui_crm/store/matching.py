"""What the rows of a sheet are held against: the book asked about many companies, addresses and rows at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from .rows import grouped, marks

if TYPE_CHECKING:
    from .book import Book

_AT_ONCE = 5_000
"""Values of one statement, which takes 32,766."""


def by_company_keys(book: Book, keys: Collection[str]) -> dict[str, int]:
    """By company key the first customer of that name."""
    return dict(
        _found(book, "SELECT company_key, min(id) FROM customer WHERE company_key IN ({marks}) GROUP BY 1", keys)
    )


def by_match_keys(book: Book, keys: Collection[str]) -> dict[str, int]:
    """By match key (see `writing.match_key`) the first customer reached under that address."""
    sql = "SELECT match_key, min(customer_id) FROM reach WHERE match_key <> '' AND match_key IN ({marks}) GROUP BY 1"
    return dict(_found(book, sql, keys))


def imported(book: Book, hashes: Collection[str]) -> set[str]:
    """Those of the hashes whose rows have been brought in."""
    return {row[0] for row in _found(book, "SELECT hash FROM imported_row WHERE hash IN ({marks})", hashes)}


def logs(book: Book, customers: Sequence[int]) -> dict[int, tuple[tuple[str, str], ...]]:
    """By customer the instant (as stored) and the note of every entry of its log."""
    sql = "SELECT customer_id, happened_at, note FROM activity WHERE customer_id IN ({marks})"
    return grouped((customer, (at, note)) for customer, at, note in _found(book, sql, customers))


def _found(book: Book, sql: str, values: Collection[object]) -> list[tuple[Any, ...]]:
    asked = list(values)
    chunks = (asked[at : at + _AT_ONCE] for at in range(0, len(asked), _AT_ONCE))
    return [row for chunk in chunks for row in book.rows(sql.format(marks=marks(chunk)), chunk)]
