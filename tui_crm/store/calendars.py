"""Which next steps a calendar of the whole book holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .book import Book

_WINDOWS = (2, 14, 90)
"""Days around today in which a large book has enough: sorting all of it would take most of the time."""


def nearest_steps(book: Book, today: date, most: int) -> tuple[list[int], int]:
    """The customers whose next steps matter most, at most so many, and how many have one: what was promised or what a trade
    fact calls for comes first, then what is nearest to `today`."""
    count = int(book.value("SELECT count(*) FROM standing WHERE due_on IS NOT NULL"))
    for days in _WINDOWS if count > most else ():
        ends = ((today - timedelta(days)).isoformat(), (today + timedelta(days)).isoformat())
        found = _first(book, today, most, "AND due_on BETWEEN ? AND ? AND (by_hand OR cause <> '')", ends)
        if len(found) == most:
            return found, count
    return _first(book, today, most), count


def _first(book: Book, today: date, most: int, where: str = "", params: tuple[str, ...] = ()) -> list[int]:
    rows = book.rows(
        f"SELECT customer_id FROM standing WHERE due_on IS NOT NULL {where} "
        "ORDER BY by_hand = 0 AND cause = '', abs(julianday(due_on) - julianday(?)), customer_id LIMIT ?",
        (*params, today.isoformat(), most),
    )
    return [row[0] for row in rows]
