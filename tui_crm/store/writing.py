"""The writes, each to be used inside `Book.operation`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import TYPE_CHECKING

from ..domain import values
from ..domain.messages import N_, Problem
from ..domain.names import company_key
from ..domain.reach import match_key as match_key
from ..domain.vocabulary import fold
from . import models
from .book import instant_text, new_uid

if TYPE_CHECKING:
    from .book import Book

_CUSTOMER = (
    "name", "country", "city", "kind", "industry", "buys", "website", "linkedin", "source", "grade", "temperature", "stage",
    "language", "zone", "owner", "needs", "remarks", "lost_reason", "paused_until", "competitors", "merged_into", "archived",
    "custom",
)  # fmt: skip
EDITABLE = frozenset((*_CUSTOMER, "created_on"))
"""Columns of a customer that a user changes."""


def add_customer(book: Book, customer: values.Customer, today: date) -> int:
    """Store a new customer with its tags and people; returns the id."""
    row: dict[str, object] = {name: getattr(customer, name) for name in _CUSTOMER}
    row |= {
        "uid": customer.uid or new_uid(),
        "company_key": company_key(customer.name),
        "created_on": customer.created_on or today,
    }
    customer_id = insert(book, "customer", row)
    add_tags(book, customer_id, customer.tags)
    for contact in customer.contacts:
        add_contact(book, customer_id, contact)
    return customer_id


def insert(book: Book, table: str, row: Mapping[str, object]) -> int:
    """Add a row and return its id. Plain SQL: an import writes hundreds of thousands, ten times faster than by model."""
    sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
    return int(book.run(sql, tuple(map(stored, row.values()))).lastrowid)


def stored(value: object) -> object:
    """A value as its column holds it: instants, days and objects as text, flags as numbers."""
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return json.dumps(dict(value), ensure_ascii=False)
    return int(value) if isinstance(value, bool) else value


def update_customer(book: Book, customer_id: int, changes: Mapping[str, object], version: int | None = None) -> None:
    """Change fields of a customer. With `version`, refuses (Problem) when the row is no longer the one that was read."""
    unknown = set(changes) - EDITABLE
    if unknown:
        raise KeyError(f"not editable: {unknown}")
    row = dict(changes)
    if "name" in row:
        row["company_key"] = company_key(str(row["name"]))
    if "archived" in row:
        row["archived"] = int(bool(row["archived"]))
    query = models.Customer.update(**row, version=models.Customer.version + 1).where(models.Customer.id == customer_id)
    if version is not None:
        query = query.where(models.Customer.version == version)
    if book.execute(query) == 0:
        raise Problem(
            N_(
                "This customer has been changed in the meantime; nothing was overwritten. Look at it again and repeat your change."
            )
        )


def add_contact(book: Book, customer_id: int, contact: values.Contact) -> int:
    """Store a person at a customer."""
    row = {"uid": contact.uid or new_uid(), "customer_id": customer_id, "name": contact.name,
           "position": contact.position, "main": contact.main, "rank": contact.rank, "role": contact.role}  # fmt: skip
    contact_id = insert(book, "contact", row)
    _set_reaches(book, customer_id, contact_id, contact.reaches)
    return contact_id


def update_contact(book: Book, customer_id: int, contact: values.Contact) -> None:
    """Replace what is known of a person. Refuses (Problem) a stale version."""
    query = models.Contact.update(
        name=contact.name,
        position=contact.position,
        rank=contact.rank,
        role=contact.role,
        main=int(contact.main),
        version=models.Contact.version + 1,
    ).where((models.Contact.id == contact.id) & (models.Contact.version == contact.version))
    if book.execute(query) == 0:
        raise Problem(
            N_(
                "This person has been changed in the meantime; nothing was overwritten. Look again and repeat your change."
            )
        )
    old = book.rows("SELECT kind, value FROM reach WHERE contact_id = ? ORDER BY id", (contact.id,))
    if [tuple(row) for row in old] != [(r.kind, r.value) for r in contact.reaches]:
        book.run("DELETE FROM reach WHERE contact_id = ?", (contact.id,))
        _set_reaches(book, customer_id, contact.id, contact.reaches)


def remove_contact(book: Book, contact_id: int) -> None:
    """Take a person off a customer; history keeps them."""
    book.run("DELETE FROM reach WHERE contact_id = ?", (contact_id,))
    book.run("DELETE FROM contact WHERE id = ?", (contact_id,))


def _set_reaches(book: Book, customer_id: int, contact_id: int, reaches: Iterable[values.Reach]) -> None:
    book.run_many(
        "INSERT INTO reach (customer_id, contact_id, kind, value, match_key) VALUES (?, ?, ?, ?, ?)",
        [(customer_id, contact_id, r.kind, r.value, match_key(r)) for r in reaches],
    )


def add_activity(book: Book, customer_id: int, activity: values.Activity) -> int:
    """Store a log entry."""
    row = {f.name: getattr(activity, f.name) for f in fields(activity) if f.name != "id"}
    return insert(book, "activity", row | {"customer_id": customer_id, "uid": activity.uid or new_uid()})


def set_next_step(
    book: Book, customer_id: int, step: values.NextStep | None, author: str, closing: str = "moved"
) -> None:
    """Close the open next step as `closing` ("done" or "moved"), then open `step` if one is given."""
    book.run("UPDATE next_step SET status = ? WHERE customer_id = ? AND status = 'open'", (closing, customer_id))
    if step is not None:
        row = {"customer_id": customer_id, "due_on": step.due_on, "action": step.action, "channel": step.channel,
               "reason": step.reason, "author": author, "set_on": step.set_on}  # fmt: skip
        insert(book, "next_step", row)


def add_tags(book: Book, customer_id: int, tags: Iterable[str]) -> None:
    """Put tags on a customer, making those that are new; a tag is the same in any case and width."""
    for name in tags:
        key = fold(name)
        book.run(
            "INSERT INTO tag (name, key) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM tag WHERE key = ?)",
            (name, key, key),
        )
        book.run(
            "INSERT INTO customer_tag (customer_id, tag_id) SELECT ?, id FROM tag WHERE key = ? AND NOT EXISTS "
            "(SELECT 1 FROM customer_tag WHERE customer_id = ? AND tag_id = tag.id)",
            (customer_id, key, customer_id),
        )


def remove_tags(book: Book, customer_id: int, tags: Iterable[str]) -> None:
    """Take tags off a customer; the tag itself stays in the list."""
    for name in tags:
        book.run(
            "DELETE FROM customer_tag WHERE customer_id = ? AND tag_id IN (SELECT id FROM tag WHERE key = ?)",
            (customer_id, fold(name)),
        )


def remember_imported(book: Book, customer_id: int, hashes: Iterable[str]) -> None:
    """Remember rows of a sheet as brought in, so that the same file changes nothing the next time."""
    book.run_many(
        "INSERT OR IGNORE INTO imported_row (customer_id, hash) VALUES (?, ?)", [(customer_id, h) for h in hashes]
    )
