"""Customers in an order of their own: by a column that an index holds, however many there are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ..domain.columns import Order
from ..domain.query import Query
from .filters import Filters, filters_of
from .index import rebuilt_to

if TYPE_CHECKING:
    from .book import Book


class Facts(NamedTuple):
    """What a customer can be sorted by; days as stored, empty where there is none."""

    id: int
    name: str
    due: str
    last: str
    grade: str
    country: str
    created: str


def facts(book: Book, customers: Sequence[int]) -> list[Facts]:
    """What these customers are sorted by."""
    rows = book.rows(
        "SELECT s.customer_id, s.name_key, coalesce(s.due_on, ''), coalesce(s.last_contact_on, ''), c.grade, c.country, "
        "c.created_on FROM json_each(?) j CROSS JOIN standing s ON s.customer_id = j.value "
        "JOIN customer c ON c.id = s.customer_id",
        (json.dumps(customers),),
    )
    return [Facts(*row) for row in rows]


def taken(book: Book, query: Query, today: date, most: int) -> list[int]:
    """Customers that the filters of a line take, at most so many, in no order."""
    filters = filters_of(book, query, today)
    if filters.facts and rebuilt_to(book) is None:
        return _ids(book, "SELECT rowid FROM find_customer WHERE find_customer MATCH ? LIMIT ?", (filters.match, most))
    return _ids(book, f"SELECT customer_id FROM standing s WHERE {filters.sql} LIMIT ?", (*filters.params, most))


INDEXED = ("name", "due", "last")
"""Columns with an index to walk."""


def walked(book: Book, query: Query, order: Order, today: date, limit: int) -> list[int]:
    """The first customers that the filters of a line take, off the index of a column in `INDEXED`. Customers without such a
    day come last by `due`, and count as longest ago by `last`. Where few are taken the walk is long."""
    filters = filters_of(book, query, today)
    down = "DESC" if order.descending else ""
    if order.by != "due":
        column, index = _INDEXES[order.by]
        return _ids(
            book,
            f"SELECT s.customer_id FROM standing s INDEXED BY {index} WHERE {filters.sql} "
            f"ORDER BY s.{column} {down}, s.customer_id {down} LIMIT ?",
            (*filters.params, limit),
        )
    planned = _by_due(book, filters, "s.due_on IS NOT NULL", down, limit)
    return planned + _by_due(book, filters, "s.due_on IS NULL", "", limit - len(planned))


_INDEXES = {"name": ("name_key", "standing_name"), "last": ("last_contact_on", "standing_last")}


def _by_due(book: Book, filters: Filters, where: str, down: str, limit: int) -> list[int]:
    """One walk over `standing_stage` for each stage, put together."""
    walk = (
        "SELECT * FROM (SELECT s.due_on, s.name_key, s.customer_id FROM standing s INDEXED BY standing_stage "
        f"WHERE s.stage = ? AND {where} AND {filters.sql} ORDER BY s.due_on {down}, s.name_key {down} LIMIT ?)"
    )
    return _ids(
        book,
        f"SELECT customer_id FROM ({' UNION ALL '.join([walk] * len(filters.stages))}) "
        f"ORDER BY due_on {down}, name_key {down}, customer_id {down} LIMIT ?",
        (*(value for stage in filters.stages for value in (stage, *filters.params, limit)), limit),
    )


def _ids(book: Book, sql: str, params: tuple[object, ...]) -> list[int]:
    return [row[0] for row in book.rows(sql, params)]
