"""Rows of the book as plain frozen values."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from ..domain import values
from .book import instant
from .rows import day, grouped, marks, tags_of

if TYPE_CHECKING:
    from .book import Book


_OWN = tuple(field.name for field in fields(values.Customer) if field.name not in ("tags", "contacts"))


def customer(book: Book, customer_id: int) -> values.Customer | None:
    """A customer whole: fields, tags, people with their addresses."""
    return next(iter(customers(book, [customer_id])), None)


def customers(book: Book, ids: Sequence[int]) -> list[values.Customer]:
    """Customers whole, in the order given; unknown ids are left out."""
    tags, people = tags_of(book, ids), _contacts(book, ids)
    found = {}
    for row in book.rows(f"SELECT {', '.join(_OWN)} FROM customer WHERE id IN ({marks(ids)})", ids):
        own: dict[str, Any] = dict(zip(_OWN, row, strict=True))
        own |= {
            "archived": bool(own["archived"]),
            "custom": json.loads(own["custom"]),
            "paused_until": day(own["paused_until"]),
            "created_on": day(own["created_on"]),
        }
        of = own["id"]
        found[of] = values.Customer(**own, tags=tags.get(of, ()), contacts=people.get(of, ()))
    return [found[i] for i in ids if i in found]


def _contacts(book: Book, ids: Sequence[int]) -> dict[int, tuple[values.Contact, ...]]:
    reaches = grouped(
        (contact, values.Reach(kind, value))
        for contact, kind, value in book.rows(
            f"SELECT contact_id, kind, value FROM reach WHERE customer_id IN ({marks(ids)}) ORDER BY id", ids
        )
    )
    return grouped(
        (of, values.Contact(name, position, reaches.get(i, ()), bool(main), i, uid, version, rank, role))
        for i, of, uid, version, name, position, main, rank, role in book.rows(
            "SELECT id, customer_id, uid, version, name, position, main, rank, role FROM contact "
            f"WHERE customer_id IN ({marks(ids)}) ORDER BY main DESC, id",
            ids,
        )
    )


def activities(
    book: Book, customer_id: int, limit: int = 50, before: tuple[str, int] | None = None
) -> list[values.Activity]:
    """A customer's log, newest first; `before` is the (instant text, id) of the last one already read."""
    older = "AND (happened_at, id) < (?, ?)" if before else ""
    rows = book.rows(
        "SELECT happened_at, channel, note, stage, author, outcome, contact, id, uid FROM activity "
        f"WHERE customer_id = ? {older} ORDER BY happened_at DESC, id DESC LIMIT ?",
        (customer_id, *(before or ()), limit),
    )
    return [values.Activity(instant(row[0]), *row[1:]) for row in rows]


def open_step(book: Book, customer_id: int) -> values.NextStep | None:
    """The customer's next step as the standing has it: by hand, or from the rhythm."""
    rows = book.rows(
        "SELECT s.due_on, s.action, s.channel, s.by_hand, s.estimated, s.latest_on, coalesce(n.reason, ''), s.cause, s.cause_on "
        "FROM standing s "
        "LEFT JOIN next_step n ON n.customer_id = s.customer_id AND n.status = 'open' WHERE s.customer_id = ?",
        (customer_id,),
    )
    if not rows:
        return None
    due_on, action, channel, by_hand, estimated, latest_on, reason, cause, cause_on = rows[0]
    return values.NextStep(
        day(due_on), action, channel, bool(by_hand), bool(estimated), day(latest_on), reason, cause, day(cause_on)
    )


def by_uid(book: Book, uid: str) -> int | None:
    """The customer with this uid."""
    found: int | None = book.value("SELECT id FROM customer WHERE uid = ?", (uid,))
    return found


def by_company_key(book: Book, key: str) -> list[int]:
    """Customers whose name means the same company."""
    return [row[0] for row in book.rows("SELECT id FROM customer WHERE company_key = ? ORDER BY id", (key,))]


def by_match_key(book: Book, key: str) -> list[int]:
    """Customers reached under this address (see `writing.match_key`)."""
    rows = book.rows(
        "SELECT DISTINCT customer_id FROM reach WHERE match_key = ? AND match_key <> '' ORDER BY 1 LIMIT 20", (key,)
    )
    return [row[0] for row in rows]


def promised_step(book: Book, customer_id: int) -> values.NextStep | None:
    """The open step that a person has set, with or without a day."""
    return promised_steps(book, [customer_id]).get(customer_id)


def promised_steps(book: Book, ids: Sequence[int]) -> dict[int, values.NextStep]:
    """By customer the open step that a person has set, with or without a day."""
    rows = book.rows(
        "SELECT customer_id, due_on, action, channel, reason, set_on FROM next_step "
        f"WHERE status = 'open' AND customer_id IN ({marks(ids)})",
        ids,
    )
    return {
        customer: values.NextStep(day(due_on), action, channel, due_on is not None, reason=reason, set_on=day(set_on))
        for customer, due_on, action, channel, reason, set_on in rows
    }
