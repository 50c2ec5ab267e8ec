"""Taking back, bringing back, and looking at what was done."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ..domain.money import format_price
from ..store import history as store
from ..store.history import Operation as Operation
from .session import Session

Value = str | date | datetime
"""A value of a row as a person reads it: text, a code of its vocabulary, a day, or an instant (UTC)."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after; "" where there was nothing."""

    field: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row an operation changed: what it is (its table), whose, and the fields that differ. `event` is added, changed
    or removed."""

    what: str
    customer: str
    event: str
    fields: tuple[FieldChange, ...]


def undo(session: Session) -> Operation:
    """Take back the last operation. Raises Problem when there is nothing, or it conflicts with a later change."""
    return store.undo(session.book, session.actor, session.now)


def redo(session: Session) -> Operation:
    """Bring back what was undone last. Raises Problem when there is nothing to bring back."""
    return store.redo(session.book, session.actor, session.now)


def operations(session: Session, limit: int = 100, customer: int | None = None) -> list[Operation]:
    """The newest operations, of the whole book or of one customer."""
    return store.operations(session.book, limit, customer)


MOST_CHANGES = 200
"""Rows of an operation that `changes` reads; an import has thousands."""


def changes(session: Session, op_id: int, limit: int = MOST_CHANGES) -> list[RowChange]:
    """What an operation changed in its first `limit` rows, as a person reads it: without what only keeps the books."""
    found = (_row_change(change) for change in store.changes(session.book, op_id, limit))
    return [change for change in found if change.fields]


_BOOKKEEPING = frozenset(
    {
        "id", "uid", "version", "company_key", "match_key", "key", "hash", "customer_id", "contact_id", "tag_id", "author",
        "currency", "created_on", "quoted_on", "main", "set_on",
    }
)  # fmt: skip
_BOOKKEEPING_TABLES = frozenset({"tag", "imported_row"})


def _row_change(change: store.Change) -> RowChange:
    event = "added" if change.old is None else "removed" if change.new is None else "changed"
    fields = () if change.table in _BOOKKEEPING_TABLES else tuple(_differing(change))
    return RowChange(change.table, change.customer, event, fields)


def _differing(change: store.Change) -> Iterator[FieldChange]:
    old, new = change.old or {}, change.new or {}
    if change.tag:
        yield FieldChange("tag", change.tag if old else "", change.tag if new else "")
    for name in new or old:
        before, after = _value(old, name), _value(new, name)
        if name not in _BOOKKEEPING and before != after and not (name == "status" and None in (change.old, change.new)):
            yield FieldChange(name, before, after)


def _value(row: Mapping[str, Any], name: str) -> Value:
    raw = row.get(name)
    if raw in (None, "", 0):
        return ""
    if name.endswith("_on") or name == "paused_until":
        return date.fromisoformat(raw)
    if name == "happened_at":
        return datetime.fromisoformat(raw)
    if name == "price":
        return format_price(raw, row["currency"])
    if name == "custom":
        return "; ".join(f"{key}: {value}" for key, value in json.loads(raw).items())
    return str(raw)
