"""What a list row does not carry and only some lists show: people, open money, the day a customer was added."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from .book import instant
from .rows import grouped, marks

if TYPE_CHECKING:
    from .book import Book


class Details(NamedTuple):
    """People, the main one first; open money as (currency, minor units), the largest first; the day it was added."""

    people: tuple[str, ...] = ()
    money: tuple[tuple[str, int], ...] = ()
    created_on: date | None = None


_PEOPLE = "SELECT customer_id, name FROM contact WHERE customer_id IN ({marks}) ORDER BY customer_id, main DESC, id"
_MONEY = "SELECT customer_id, currency, amount FROM open_money WHERE customer_id IN ({marks}) ORDER BY amount DESC"
_CREATED = "SELECT id, created_on FROM customer WHERE id IN ({marks})"


def details(book: Book, customers: Sequence[int], columns: Collection[str]) -> dict[int, Details]:
    """The details that these `columns` show (people, money, created), by customer."""
    at = marks(customers)
    people = grouped(book.rows(_PEOPLE.format(marks=at), customers)) if "people" in columns else {}
    sums = book.rows(_MONEY.format(marks=at), customers) if "money" in columns else []
    money = grouped((customer, (currency, amount)) for customer, currency, amount in sums)
    created = dict(book.rows(_CREATED.format(marks=at), customers)) if "created" in columns else {}
    return {
        customer: Details(
            people.get(customer, ()),
            money.get(customer, ()),
            date.fromisoformat(created[customer]) if customer in created else None,
        )
        for customer in customers
    }


_LAST_CHANGES = """
SELECT c.id, o.id, o.at FROM customer c
JOIN op o ON o.id = (SELECT op_id FROM change h WHERE h.customer_id = c.id ORDER BY h.id DESC LIMIT 1)
WHERE c.id IN ({marks})
"""


def last_changes(book: Book, customers: Sequence[int]) -> dict[int, tuple[int, datetime]]:
    """The number and the instant (UTC) of the last operation that touched each of these customers."""
    rows = book.rows(_LAST_CHANGES.format(marks=marks(customers)), customers)
    return {customer: (op, instant(at)) for customer, op, at in rows}
