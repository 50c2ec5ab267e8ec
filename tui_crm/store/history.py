"""What was done: every operation, newest first, and the rows it changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from ..domain.messages import N_, Message
from .book import instant
from .rows import marks

if TYPE_CHECKING:
    from .book import Book

UNDONE, REDONE = N_("Undone: {what}"), N_("Redone: {what}")
"""The labels of an operation that takes one back, and of one that brings it again."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One user action: who, when (UTC), what; whether it is taken back now, and which customers it touched (at most 20)."""

    id: int
    actor: str
    at: datetime
    kind: str
    label: Message
    undone: bool
    customers: tuple[int, ...]
    changes: int


@dataclass(frozen=True, slots=True)
class Change:
    """One row that an operation changed: its table, the customer it belongs to with that customer's name, and the row
    before and after (None where there was none). What a tag was called then stands in a customer's tag as `tag`."""

    table: str
    customer_id: int | None
    customer: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None


Keep = Callable[[Message, str, datetime], bool]
"""Whether an operation is wanted, by its label, who did it and when."""

_ENDLESS = 2**62
"""Past every id."""
MOST_SEARCHED = 20_000
"""Operations looked at for those that are wanted: a quarter of a second."""
_AT_ONCE = 500
"""Operations read at once while looking for some that are wanted."""

_OPERATIONS = """
SELECT op.id, op.actor, op.at, op.kind, op.reverted_by IS NOT NULL, coalesce(undone.label, reverts.label, op.label),
  coalesce(undone.detail, reverts.detail, op.detail)
FROM op LEFT JOIN op reverts ON reverts.id = op.reverts LEFT JOIN op undone ON undone.id = reverts.reverts
"""
"""An undo names what it took back; a redo reverts an undo, which names it."""


def operations(
    book: Book, limit: int = 100, customer: int | None = None, before: int | None = None, keep: Keep | None = None
) -> list[Operation]:
    """The newest operations, of the whole book or of one customer; those older than the operation `before`; only those
    to `keep` among `MOST_SEARCHED`. A negative limit means all."""
    found: list[Operation] = []
    rows = _newest(book, limit if keep is None else _AT_ONCE, customer, before, keep is not None)
    for row in rows if keep is None else islice(rows, MOST_SEARCHED):
        label, actor, at = _label(row), row[1], instant(row[2])
        if keep is None or keep(label, actor, at):
            found.append(_operation(book, row, label))
        if len(found) == limit:
            break
    return found


def operation(book: Book, op_id: int) -> Operation | None:
    """One operation."""
    rows = book.rows(f"{_OPERATIONS} WHERE op.id = ?", (op_id,))
    return _operation(book, rows[0], _label(rows[0])) if rows else None


def _newest(
    book: Book, at_once: int, customer: int | None, before: int | None, and_on: bool
) -> Iterator[tuple[Any, ...]]:
    """Rows of `_OPERATIONS`, newest first: so many, `and_on` without end."""
    where = "op.id < ?" + (" AND op.id IN (SELECT op_id FROM change WHERE customer_id = ?)" if customer else "")
    last = before if before is not None else _ENDLESS
    while True:
        params = (last, *((customer,) if customer else ()), at_once)
        rows = book.rows(f"{_OPERATIONS} WHERE {where} ORDER BY op.id DESC LIMIT ?", params)
        yield from rows
        if not and_on or len(rows) < at_once:
            return
        last = rows[-1][0]


def _label(row: tuple[Any, ...]) -> Message:
    _id, _actor, _at, kind, _undone, label, detail = row
    own = Message(label, json.loads(detail))
    return own if kind == "do" else Message(UNDONE if kind == "undo" else REDONE, {"what": own})


def _operation(book: Book, row: tuple[Any, ...], label: Message) -> Operation:
    op_id, actor, at, kind, undone, _label, _detail = row
    touched = book.rows(
        "SELECT DISTINCT customer_id FROM change WHERE op_id = ? AND customer_id IS NOT NULL LIMIT 20", (op_id,)
    )
    count = book.value("SELECT count(*) FROM change WHERE op_id = ?", (op_id,))
    return Operation(op_id, actor, instant(at), kind, label, bool(undone), tuple(t[0] for t in touched), count)


# What changed --------------------------------------------------------------------------------------------------------

_CHANGES = """
SELECT ch.id, ch.op_id, ch.tbl, ch.customer_id, coalesce(c.name, (SELECT coalesce(n.new, n.old) ->> 'name' FROM change n
  WHERE n.tbl = 'customer' AND n.row_id = ch.customer_id ORDER BY n.id DESC LIMIT 1), ''), ch.old, ch.new
FROM change ch LEFT JOIN customer c ON c.id = ch.customer_id
"""
"""A customer that is undone has its name from history."""


def count_changes(book: Book, op_id: int, at_most: int) -> int:
    """How many rows an operation changed, counted no further than `at_most`."""
    return int(book.value("SELECT count(*) FROM (SELECT 1 FROM change WHERE op_id = ? LIMIT ?)", (op_id, at_most)))


def changes(book: Book, op_id: int, limit: int) -> list[Change]:
    """The first `limit` rows an operation changed, in the order it changed them."""
    rows = book.rows(f"{_CHANGES} WHERE ch.op_id = ? ORDER BY ch.id LIMIT ?", (op_id, limit))
    return [change for _id, change in _read(book, rows)]


@dataclass(frozen=True, slots=True)
class Done:
    """An operation as its changes are told with: when (UTC), who, under which label; whether it wrote a log entry."""

    id: int
    at: datetime
    actor: str
    label: Message
    logged: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One change and the operation that made it; `id` is that of the change."""

    id: int
    done: Done
    change: Change


def in_force(book: Book, customer: int, limit: int, before: int | None = None, until: int | None = None) -> list[Told]:
    """What was changed at a customer by operations that are not taken back, newest first, without what was only added to
    its log, its trade and its files. Those older than the change `before`; as things stood after the operation `until`."""
    last = until if until is not None else _ENDLESS
    rows = book.rows(
        f"{_CHANGES} JOIN op ON op.id = ch.op_id WHERE ch.customer_id = ? AND ch.id < ? AND ch.op_id <= ? "
        "AND op.kind = 'do' AND (op.reverted_by IS NULL OR op.reverted_by > ?) "
        f"AND NOT (ch.old IS NULL AND ch.tbl IN ({marks(_TOLD_ELSEWHERE)})) ORDER BY ch.id DESC LIMIT ?",
        (customer, before or _ENDLESS, last, last, *_TOLD_ELSEWHERE, limit),
    )
    done = _done(book, customer, sorted({row[1] for row in rows}))
    return [Told(row[0], done[row[1]], change) for row, (_id, change) in zip(rows, _read(book, rows), strict=True)]


def _done(book: Book, customer: int, ops: list[int]) -> dict[int, Done]:
    logged = {
        op_id
        for (op_id,) in book.rows(
            "SELECT op_id FROM change WHERE customer_id = ? AND tbl = 'activity' AND old IS NULL "
            f"AND +op_id IN ({marks(ops)})",
            (customer, *ops),
        )
    }
    found = book.rows(f"SELECT id, at, actor, label, detail FROM op WHERE id IN ({marks(ops)})", ops)
    return {
        op_id: Done(op_id, instant(at), actor, Message(label, json.loads(detail)), op_id in logged)
        for op_id, at, actor, label, detail in found
    }


_TOLD_ELSEWHERE = (
    "activity", "quote", "sample", "invoice", "sales_order", "payment", "shipment", "attachment", "imported_row",
)  # fmt: skip


def _read(book: Book, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, Change]]:
    @cache
    def tag_name(tag_id: int, op_id: int) -> str:
        """What a tag was called when an operation was done: it may be gone or have another name now."""
        name = book.value(
            "SELECT coalesce(new, old) ->> 'name' FROM change WHERE tbl = 'tag' AND row_id = ? AND op_id <= ? "
            "ORDER BY id DESC LIMIT 1",
            (tag_id, op_id),
        )
        return name or ""

    def values(table: str, op_id: int, text: str | None) -> dict[str, Any] | None:
        row = None if text is None else dict(json.loads(text))
        if row and table == "customer_tag":
            row["tag"] = tag_name(row["tag_id"], op_id)
        if row and row.get("merged_into") is not None:
            row["merged_into"] = book.value("SELECT name FROM customer WHERE id = ?", (row["merged_into"],))
        return row

    for change_id, op_id, table, customer_id, name, old, new in rows:
        yield change_id, Change(table, customer_id, name, values(table, op_id, old), values(table, op_id, new))


def uid_of(book: Book, op_id: int) -> str:
    """The uid of an operation; empty where there is none."""
    return book.value("SELECT uid FROM op WHERE id = ?", (op_id,)) or ""


def uids(book: Book, customers: Iterable[int]) -> dict[int, str]:
    """The uid of each of these customers, from history where one is undone."""
    asked = sorted(set(customers))
    found: dict[int, str] = {}
    for at in range(0, len(asked), _AT_ONCE):
        chunk = asked[at : at + _AT_ONCE]
        found |= dict(book.rows(f"SELECT id, uid FROM customer WHERE id IN ({marks(chunk)})", chunk))
    for customer in set(asked) - set(found):
        found[customer] = book.value(
            "SELECT coalesce(new, old) ->> 'uid' FROM change WHERE tbl = 'customer' AND row_id = ? LIMIT 1", (customer,)
        )
    return found
