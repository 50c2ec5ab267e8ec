"""What is open in trade over the whole book, derived and kept in the order of the days that matter: no history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ..domain.open_trade import Open, open_trade
from ..domain.values import Trade
from .derived import renew

if TYPE_CHECKING:
    from .book import Book

_UNKNOWN = date.max.isoformat()
"""Stands for a day that is not known: it comes last."""


class OpenRow(NamedTuple):
    """One thing open, and with whom."""

    customer: int
    name: str
    what: Open


def refresh(book: Book, customers: Sequence[int], facts: Iterable[tuple[int, Trade, bool]]) -> None:
    """Put what is open with these customers in place of what is listed: for each its trade, and whether it is lost. One
    without facts has nothing open."""
    listed = (
        (each.section, each.day.isoformat() if each.day else _UNKNOWN, customer, *each[2:])
        for customer, trade, lost in facts
        for each in open_trade(trade, book.engine.waits, lost)
    )
    renew(book, "open_trade", _COLUMNS, 6, customers, listed)


_COLUMNS = ("section", "day", "customer_id", "kind", "record_id", "cause", "currency", "amount")


def first(book: Book, section: str, limit: int) -> list[OpenRow]:
    """The first `limit` things open in a section, the most urgent first."""
    rows = book.rows(
        "SELECT o.customer_id, c.name, o.day, o.kind, o.record_id, o.cause, o.currency, o.amount "
        "FROM open_trade o JOIN customer c ON c.id = o.customer_id WHERE o.section = ? "
        "ORDER BY o.day, o.customer_id, o.kind, o.record_id, o.cause LIMIT ?",
        (section, limit),
    )
    return [
        OpenRow(customer, name, Open(section, None if day == _UNKNOWN else date.fromisoformat(day), *rest))
        for customer, name, day, *rest in rows
    ]


def totals(book: Book) -> dict[str, tuple[int, dict[str, int]]]:
    """By section how many things are open, and the sum in each currency, the largest first."""
    found: dict[str, tuple[int, dict[str, int]]] = {}
    for section, currency, count, amount in book.rows(
        "SELECT section, currency, count(*), sum(amount) FROM open_trade GROUP BY section, currency ORDER BY 4 DESC"
    ):
        before, sums = found.get(section, (0, {}))
        found[section] = (before + count, sums | {currency: amount} if amount else sums)
    return found
