"""Changing many customers at once, to be used inside `Book.operation`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ..domain.vocabulary import fold
from .rows import marks
from .writing import EDITABLE, stored

if TYPE_CHECKING:
    from .book import Book

_CHUNK = 500


def differing(book: Book, customers: Sequence[int], changes: Mapping[str, object]) -> list[int]:
    """Those of the customers that `changes` would change, in the order given."""
    _check(changes)
    differs = " OR ".join(f"{name} IS NOT ?" for name in changes)
    values = tuple(map(stored, changes.values()))
    found = {
        row[0]
        for chunk in _chunks(customers)
        for row in book.rows(f"SELECT id FROM customer WHERE id IN ({marks(chunk)}) AND ({differs})", (*chunk, *values))
    }
    return [customer for customer in customers if customer in found]


def update(book: Book, customers: Sequence[int], changes: Mapping[str, object]) -> None:
    """Set the same fields of many customers."""
    _check(changes)
    sets = ", ".join(f"{name} = ?" for name in changes)
    values = tuple(map(stored, changes.values()))
    for chunk in _chunks(customers):
        book.run(f"UPDATE customer SET {sets}, version = version + 1 WHERE id IN ({marks(chunk)})", (*values, *chunk))


def tagged(book: Book, customers: Sequence[int], tag: str) -> set[int]:
    """Those of the customers that carry a tag."""
    return {
        row[0]
        for chunk in _chunks(customers)
        for row in book.rows(
            "SELECT ct.customer_id FROM customer_tag ct JOIN tag t ON t.id = ct.tag_id "
            f"WHERE t.key = ? AND ct.customer_id IN ({marks(chunk)})",
            (fold(tag), *chunk),
        )
    }


def planned(book: Book, after: date, until: date) -> dict[date, int]:
    """How many customers are due on each day of a stretch, its first day left out."""
    rows = book.rows(
        "SELECT due_on, count(*) FROM standing WHERE due_on > ? AND due_on <= ? GROUP BY due_on",
        (after.isoformat(), until.isoformat()),
    )
    return {date.fromisoformat(day): count for day, count in rows}


def _check(changes: Mapping[str, object]) -> None:
    unknown = set(changes) - EDITABLE
    if unknown:
        raise KeyError(f"not editable: {unknown}")


def _chunks(customers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (customers[at : at + _CHUNK] for at in range(0, len(customers), _CHUNK))
