"""Customers by stage, and the money open in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .book import Book


def count(book: Book, stage: str, at_most: int) -> int:
    """How many customers stand at a stage, counting no further than `at_most`."""
    return int(book.value("SELECT count(*) FROM (SELECT 1 FROM standing WHERE stage = ? LIMIT ?)", (stage, at_most)))


def customers(book: Book, stage: str, limit: int) -> list[int]:
    """The first `limit` customers of a stage: those with a next step by its day, then the others by name."""
    found: list[int] = []
    for planned in ("due_on IS NOT NULL", "due_on IS NULL"):
        rows = book.rows(
            f"SELECT customer_id FROM standing WHERE stage = ? AND {planned} ORDER BY due_on, name_key LIMIT ?",
            (stage, limit - len(found)),
        )
        found += [row[0] for row in rows]
    return found


def money(book: Book) -> dict[str, dict[str, int]]:
    """Open money in minor units, by stage and currency; with a lost customer nothing is open any more."""
    sums: dict[str, dict[str, int]] = {}
    for stage, currency, amount in book.rows(
        "SELECT s.stage, m.currency, sum(m.amount) FROM open_money m JOIN standing s ON s.customer_id = m.customer_id "
        "WHERE s.stage NOT IN ('', 'lost') GROUP BY 1, 2 ORDER BY 3 DESC"
    ):
        sums.setdefault(stage, {})[currency] = amount
    return sums


def money_of(book: Book, customer: int) -> dict[str, int]:
    """What is open with a customer, in minor units by currency."""
    return dict(book.rows("SELECT currency, amount FROM open_money WHERE customer_id = ?", (customer,)))
