"""The writes, each to be used inside `Book.operation`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from operator import attrgetter
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
_ACTIVITY = tuple(field.name for field in fields(values.Activity) if field.name != "id")
EDITABLE = frozenset((*_CUSTOMER, "created_on"))
"""Columns of a customer that a user changes."""


def add_customer(book: Book, customer: values.Customer, today: date, owner: str = "") -> int:
    """Store a new customer with its tags and people; returns the id. `owner` looks after one who has nobody."""
    customer_id = insert(book, "customer", customer_row(customer, today, owner))
    add_tags(book, customer_id, customer.tags)
    for contact in customer.contacts:
        add_contact(book, customer_id, contact)
    return customer_id


def customer_row(customer: values.Customer, today: date, owner: str) -> dict[str, object]:
    """The columns of a new customer."""
    row: dict[str, object] = dict(zip(_CUSTOMER, _customer_values(customer), strict=True))
    row["uid"] = customer.uid or new_uid()
    row["company_key"] = company_key(customer.name)
    row["owner"] = customer.owner or owner
    row["created_on"] = customer.created_on or today
    return row


_customer_values = attrgetter(*_CUSTOMER)


def insert(book: Book, table: str, row: Mapping[str, object]) -> int:
    """Add a row and return its id, at once or where the book gathers new rows. Plain SQL: ten times faster than by model."""
    if book.gathered is not None:
        return book.gathered.add(table, tuple(row), map(stored, row.values()))
    sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
    return int(book.run(sql, tuple(map(stored, row.values()))).lastrowid)


AS_IT_IS = frozenset({str, int, float, type(None)})
"""Types of values that their columns hold as they are."""


def stored(value: object) -> object:
    """A value as its column holds it: instants, days and objects as text, flags as numbers."""
    if type(value) in AS_IT_IS:  # nearly everything
        return value
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return json.dumps(dict(value), ensure_ascii=False) if value else "{}"
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
    contact_id = insert(book, "contact", contact_row(contact) | {"customer_id": customer_id})
    _set_reaches(book, customer_id, contact_id, contact.reaches)
    return contact_id


def contact_row(contact: values.Contact) -> dict[str, object]:
    """The columns of a new person, without whose."""
    return {"uid": contact.uid or new_uid(), "name": contact.name, "position": contact.position, "main": contact.main,
            "rank": contact.rank, "role": contact.role}  # fmt: skip


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
    for reach in reaches:
        insert(book, "reach", reach_row(reach) | {"customer_id": customer_id, "contact_id": contact_id})


def reach_row(reach: values.Reach) -> dict[str, object]:
    """The columns of an address, without whose."""
    return {"kind": reach.kind, "value": reach.value, "match_key": match_key(reach)}


def add_activity(book: Book, customer_id: int, activity: values.Activity, author: str = "") -> int:
    """Store a log entry; `author` is taken to have written one that names nobody."""
    return insert(book, "activity", activity_row(activity, author) | {"customer_id": customer_id})


def activity_row(activity: values.Activity, author: str) -> dict[str, object]:
    """The columns of a new log entry, without whose."""
    row: dict[str, object] = {name: getattr(activity, name) for name in _ACTIVITY}
    return row | {"uid": activity.uid or new_uid(), "author": activity.author or author}


def set_next_step(
    book: Book, customer_id: int, step: values.NextStep | None, author: str, closing: str = "moved"
) -> None:
    """Close the open next step as `closing` ("done" or "moved"), then open `step` if one is given."""
    book.run("UPDATE next_step SET status = ? WHERE customer_id = ? AND status = 'open'", (closing, customer_id))
    if step is not None:
        insert(book, "next_step", step_row(step, author) | {"customer_id": customer_id})


def step_row(step: values.NextStep, author: str) -> dict[str, object]:
    """The columns of a new next step, without whose."""
    return {"due_on": step.due_on, "action": step.action, "channel": step.channel, "reason": step.reason,
            "author": author, "set_on": step.set_on}  # fmt: skip


def add_tags(book: Book, customer_id: int, tags: Iterable[str]) -> None:
    """Put tags on a customer, making those that are new; a tag is the same in any case and width."""
    there = "EXISTS (SELECT 1 FROM customer_tag WHERE tag_id = tag.id AND customer_id = ?)"
    names: dict[str, str] = {}
    for name in tags:
        names.setdefault(fold(name), name)
    for key, name in names.items():
        found = book.rows(f"SELECT id, {there} FROM tag WHERE key = ?", (customer_id, key))
        tag, carried = found[0] if found else (_new_tag(book, name, key), False)
        if not carried:
            insert(book, "customer_tag", {"customer_id": customer_id, "tag_id": tag})


def tag_ids(book: Book, names: Mapping[str, str]) -> dict[str, int]:
    """By key the ids of the tags with these keys and names; those that are new are made."""
    found = {key: book.rows("SELECT id FROM tag WHERE key = ?", (key,)) for key in names}
    return {key: rows[0][0] if rows else _new_tag(book, names[key], key) for key, rows in found.items()}


def _new_tag(book: Book, name: str, key: str) -> int:
    return int(book.run("INSERT INTO tag (name, key) VALUES (?, ?)", (name, key)).lastrowid)


def remove_tags(book: Book, customer_id: int, tags: Iterable[str]) -> None:
    """Take tags off a customer; the tag itself stays in the list."""
    for name in tags:
        book.run(
            "DELETE FROM customer_tag WHERE customer_id = ? AND tag_id IN (SELECT id FROM tag WHERE key = ?)",
            (customer_id, fold(name)),
        )


def remember_imported(book: Book, customer_id: int, hashes: Iterable[str]) -> None:
    """Remember rows of a sheet as brought in, so that the same file changes nothing the next time."""
    if book.gathered is not None:
        for row_hash in hashes:
            book.gathered.add("imported_row", ("customer_id", "hash"), (customer_id, row_hash))
        return
    book.run_many(
        "INSERT OR IGNORE INTO imported_row (customer_id, hash) VALUES (?, ?)", [(customer_id, h) for h in hashes]
    )
