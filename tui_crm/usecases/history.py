"""Taking back, bringing back, and looking at what was done."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from ..domain.messages import N_, Message
from ..domain.money import format_price, format_sum
from ..store import history as store
from ..store import past, reverting
from ..store.history import MOST_SEARCHED as MOST_SEARCHED
from ..store.history import Keep
from ..store.history import Operation as Operation
from .session import Session

IMPORTED = N_("Imported {count} customers")
"""The label of a sheet that was brought in."""

Value = str | date | datetime
"""A value of a row as a person reads it: text, a code of its vocabulary, a day, or an instant (UTC)."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after; "" where there was nothing. A field that users have added is `custom` with its `name`."""

    field: str
    old: Value
    new: Value
    name: str = ""


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row an operation changed: what it is (its table), whose, and the fields that differ. `event` is added, changed
    or removed."""

    what: str
    customer: str
    event: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What one operation changed at a customer: when (UTC), who, under which label, row by row. Of one that is `summed` up
    the label says enough: it brought the customer into the book, or a sheet."""

    at: datetime
    actor: str
    label: Message
    changes: tuple[RowChange, ...]
    summed: bool = False


def undo(session: Session, op_id: int | None = None) -> Operation:
    """Take back an operation, or the last one; returns it under the label of what was taken back. Raises Problem when there
    is nothing to take back, or something that came later is in the way."""
    return reverting.undo(session.book, session.actor, session.now, op_id)


def redo(session: Session, op_id: int | None = None) -> Operation:
    """Bring back an operation that is undone, or what was undone last. Raises Problem as `undo` does."""
    return reverting.redo(session.book, session.actor, session.now, op_id)


_LARGE = 2_000
"""Changed rows up to which turning an operation round takes no time."""


def is_large(session: Session, redo: bool = False) -> bool:
    """Whether `undo` (or `redo`) without an operation takes its time. Raises Problem as they do."""
    book = session.book
    target = reverting.redone_by(book) if redo else reverting.undone_by(book)
    return store.count_changes(book, target, _LARGE + 1) > _LARGE


def check_undo(session: Session, op_id: int) -> None:
    """Raise the Problem that `undo` of this operation would raise."""
    reverting.check(session.book, reverting.undone_by(session.book, op_id))


def is_last(session: Session, op_id: int) -> bool:
    """Whether `undo` without an operation would take this one back."""
    return reverting.last_done(session.book) == op_id


def operations(
    session: Session,
    limit: int = 100,
    customer: int | None = None,
    before: int | None = None,
    keep: Keep | None = None,
) -> list[Operation]:
    """The newest operations, of the whole book or of one customer; those older than the operation `before`; only those
    to `keep` among `MOST_SEARCHED`. A negative limit means all."""
    return store.operations(session.book, limit, customer, before, keep)


def uids(session: Session, customers: Iterable[int]) -> dict[int, str]:
    """The uid of each of these customers, undone ones among them."""
    return store.uids(session.book, customers)


MOST_CHANGES = 200
"""Rows of an operation that `changes` reads; an import has thousands."""


def changes(session: Session, op_id: int, limit: int = MOST_CHANGES) -> list[RowChange]:
    """What an operation changed in its first `limit` rows, as a person reads it: without what only keeps the books."""
    return _readable(store.changes(session.book, op_id, limit))


_AT_ONCE = 100
"""Changes of a customer that are read at once."""


def changed(session: Session, customer_id: int, until: int | None = None) -> Iterator[Changed]:
    """What was changed at a customer, newest first and read bit by bit, by operations that are not taken back (those up to
    `until`). Log entries, trade and files that were only added, and the next step that comes with a log entry, are left
    out: they are told elsewhere."""
    for done, rows in groupby(_in_force(session, customer_id, until), key=lambda row: row.done):
        ordered = [row.change for row in rows][::-1]
        made = any(change.table == "customer" and change.old is None for change in ordered)
        summed = made or done.label.template == IMPORTED
        told = [change for change in ordered if change.table != "next_step" or not (done.logged or _closed(change))]
        if readable := _readable(told):
            yield Changed(done.at, done.actor, done.label, tuple(readable), summed)


def changed_as_of(session: Session, customer_id: int, day: date) -> Iterator[Changed]:
    """What was changed at a customer up to the end of a day."""
    return changed(session, customer_id, past.last_operation(session.book, day))


def _in_force(session: Session, customer_id: int, until: int | None) -> Iterator[store.Told]:
    before: int | None = None
    while page := store.in_force(session.book, customer_id, _AT_ONCE, before, until):
        yield from page
        before = page[-1].id


def _closed(change: store.Change) -> bool:
    """A step that was closed; the one that takes its place says more."""
    return change.old is not None and change.new is not None


def _readable(found: Iterable[store.Change]) -> list[RowChange]:
    return [change for change in map(_row_change, found) if change.fields]


BOOKKEEPING = frozenset(
    {
        "id", "uid", "version", "company_key", "match_key", "key", "hash", "size", "customer_id", "contact_id", "tag_id",
        "quote_id", "invoice_id", "order_id", "author", "created_on", "added_on", "set_on",
    }
)  # fmt: skip
"""Columns that only keep the books."""
_MADE_ALONG = frozenset({"tag", "imported_row"})
"""Tables whose rows come and go with others."""


def _row_change(change: store.Change) -> RowChange:
    event = "added" if change.old is None else "removed" if change.new is None else "changed"
    silent = change.table in _MADE_ALONG and event != "changed"
    return RowChange(change.table, change.customer, event, () if silent else tuple(_differing(change)))


def _differing(change: store.Change) -> Iterator[FieldChange]:
    old, new = change.old or {}, change.new or {}
    whole = change.old is None or change.new is None
    in_sums = "currency" in (new or old) and change.table != "exchange_rate"
    for name in new or old:
        if name in BOOKKEEPING or (name == "currency" and in_sums):
            continue
        if name == "custom":
            yield from _own_fields(old, new)
            continue
        before, after = _value(old, name), _value(new, name)
        if before != after and not (whole and (before or after) in _UNSAID.get(name, ())):
            yield FieldChange(name, before, after)


_UNSAID = {"status": ("open", "done", "moved"), "kind": ("regular",)}
"""What goes without saying of a row that is new or gone."""


def _own_fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[FieldChange]:
    before, after = (json.loads(row.get("custom") or "{}") for row in (old, new))
    for name in {**before, **after}:
        if before.get(name, "") != after.get(name, ""):
            yield FieldChange("custom", before.get(name, ""), after.get(name, ""), name)


def _value(row: Mapping[str, Any], name: str) -> Value:
    raw = row.get(name)
    if raw in (None, "", 0):
        return ""
    if name.endswith(("_on", "_until")) or name == "since":
        return date.fromisoformat(raw)
    if name == "happened_at":
        return datetime.fromisoformat(raw)
    if name == "price":
        return format_price(raw, row["currency"])
    if name in ("amount", "deposit"):
        return format_sum(raw, row["currency"])
    return str(raw)
