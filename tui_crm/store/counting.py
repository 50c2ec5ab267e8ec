"""How much of something there is, and some of it picked at random."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .book import Book


def more_customers_than(book: Book, count: int) -> bool:
    """Whether the book has more customers than that; counts no further."""
    return int(book.value("SELECT count(*) FROM (SELECT 1 FROM customer LIMIT ?)", (count + 1,))) > count


def due_by(book: Book, day: date) -> int:
    """How many customers, of all owners, are due on a day or were before it."""
    return int(book.value("SELECT count(*) FROM standing WHERE due_on <= ?", (day.isoformat(),)))


def operations_after(book: Book, op_id: int) -> int:
    """How many operations came after one."""
    return int(book.value("SELECT count(*) FROM op WHERE id > ?", (op_id,)))


def sample_of(book: Book, size: int) -> list[int]:
    """Ids of so many customers, or of all, picked at random but the same each time for the same book; some may be of no
    customer any more."""
    last = int(book.value("SELECT coalesce(max(id), 0) FROM customer"))
    return sorted(random.Random(last).sample(range(1, last + 1), min(size, last)))
