"""Exchange rates as rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ..domain.rates import Rate
from .writing import insert

if TYPE_CHECKING:
    from .book import Book


def listed(book: Book, own: str) -> list[Rate]:
    """Every rate in the currency `own`, by currency, the newest of each first."""
    rows = book.rows(
        "SELECT currency, own, rate, since, id FROM exchange_rate WHERE own = ? ORDER BY currency, since DESC", (own,)
    )
    return [Rate(currency, to, Decimal(rate), date.fromisoformat(since), i) for currency, to, rate, since, i in rows]


def put(book: Book, rate: Rate) -> None:
    """Store a rate, in place of one of the same day."""
    number = format(rate.rate, "f")
    known = book.value(
        "SELECT id FROM exchange_rate WHERE currency = ? AND own = ? AND since = ?",
        (rate.currency, rate.own, rate.since.isoformat()),
    )
    if known is None:
        row = {"currency": rate.currency, "own": rate.own, "rate": number, "since": rate.since}
        insert(book, "exchange_rate", row)
    else:
        book.run("UPDATE exchange_rate SET rate = ? WHERE id = ?", (number, known))


def remove(book: Book, rate: Rate) -> None:
    """Take a rate away; history keeps it."""
    book.run("DELETE FROM exchange_rate WHERE id = ?", (rate.id,))
