"""Every operation, newest first; taking one back and bringing it again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..domain.messages import N_, Message, Problem
from .book import instant
from .migrations import columns_of
from .schema import TRACKED, json_row

if TYPE_CHECKING:
    from .book import Book


@dataclass(frozen=True, slots=True)
class Operation:
    """One user action: who, when (UTC), what; whether it is taken back now, and which customers it touched."""

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
    """One row that an operation changed: its table, the name of the customer it belongs to, and the row before and after
    (None where there was none). A tag is named in `tag`."""

    table: str
    customer: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None
    tag: str = ""


def changes(book: Book, op_id: int, limit: int) -> list[Change]:
    """The first `limit` rows an operation changed, in the order it changed them."""
    rows = book.rows(
        "SELECT ch.tbl, coalesce(c.name, ''), ch.old, ch.new, coalesce(t.name, '') FROM change ch "
        "LEFT JOIN customer c ON c.id = ch.customer_id "
        "LEFT JOIN tag t ON ch.tbl = 'customer_tag' AND t.id = json_extract(coalesce(ch.new, ch.old), '$.tag_id') "
        "WHERE ch.op_id = ? ORDER BY ch.id LIMIT ?",
        (op_id, limit),
    )
    return [Change(table, name, _row(old), _row(new), tag) for table, name, old, new, tag in rows]


def _row(text: str | None) -> dict[str, Any] | None:
    return None if text is None else dict(json.loads(text))


def operations(book: Book, limit: int = 100, customer: int | None = None) -> list[Operation]:
    """The newest operations, of the whole book or of one customer."""
    of_customer = "WHERE id IN (SELECT op_id FROM change WHERE customer_id = ?)" if customer is not None else ""
    params = (*(() if customer is None else (customer,)), limit)
    return [
        _operation(book, row)
        for row in book.rows(
            f"SELECT id, actor, at, kind, label, detail, reverted_by FROM op {of_customer} ORDER BY id DESC LIMIT ?",
            params,
        )
    ]


def _operation(book: Book, row: tuple[Any, ...]) -> Operation:
    op_id, actor, at, kind, label, detail, reverted_by = row
    touched = book.rows(
        "SELECT DISTINCT customer_id FROM change WHERE op_id = ? AND customer_id IS NOT NULL LIMIT 20", (op_id,)
    )
    count = book.value("SELECT count(*) FROM change WHERE op_id = ?", (op_id,))
    message = Message(label, json.loads(detail))
    if kind != "do":
        message = Message(label, {"what": _own_label(book, op_id)})
    return Operation(
        op_id, actor, instant(at), kind, message, reverted_by is not None, tuple(t[0] for t in touched), count
    )


def undo(book: Book, actor: str, at: datetime) -> Operation:
    """Take back the last operation not taken back yet. Raises Problem when there is none, or when something that it
    changed has been changed since."""
    target = book.value("SELECT max(id) FROM op WHERE kind = 'do' AND reverted_by IS NULL")
    if target is None:
        raise Problem(N_("There is nothing to undo."))
    return _revert(book, int(target), actor, at, "undo", N_("Undone: {what}"))


def redo(book: Book, actor: str, at: datetime) -> Operation:
    """Bring back what the last undo took away. Raises Problem when there is none, or something new has been done since."""
    target = book.value(
        "SELECT max(id) FROM op WHERE kind = 'undo' AND reverted_by IS NULL "
        "AND id > coalesce((SELECT max(id) FROM op WHERE kind = 'do'), 0)"
    )
    if target is None:
        raise Problem(N_("There is nothing to redo."))
    return _revert(book, int(target), actor, at, "redo", N_("Redone: {what}"))


def _revert(book: Book, target: int, actor: str, at: datetime, kind: str, template: str) -> Operation:
    """Write the inverse of `target`'s changes, newest first, as an operation of its own."""
    (row,) = book.rows("SELECT id, actor, at, kind, label, detail, reverted_by FROM op WHERE id = ?", (target,))
    label = _own_label(book, target)
    with book.operation(actor, at, Message(template, {"what": str(label)}), kind, target) as op_id:
        book.run("PRAGMA defer_foreign_keys = ON")
        columns = {table: columns_of(book.connection, table) for table in TRACKED}
        for table, row_id, old, new in book.rows(
            "SELECT tbl, row_id, old, new FROM change WHERE op_id = ? ORDER BY id DESC", (target,)
        ):
            _put_back(book, table, columns[table], row_id, old, new)
        book.run("UPDATE op SET reverted_by = ? WHERE id = ?", (op_id, target))
        if kind == "redo":
            book.run("UPDATE op SET reverted_by = NULL WHERE id = (SELECT reverts FROM op WHERE id = ?)", (target,))
    done = _operation(book, row)
    return Operation(op_id, actor, at, kind, label, False, done.customers, done.changes)


def _own_label(book: Book, target: int) -> Message:
    """What the user did in the first place, through any chain of undo and redo."""
    while True:
        label, detail, reverts = book.rows("SELECT label, detail, reverts FROM op WHERE id = ?", (target,))[0]
        if reverts is None:
            return Message(label, json.loads(detail))
        target = reverts


def _put_back(book: Book, table: str, columns: list[str], row_id: int, old: str | None, new: str | None) -> None:
    current = book.value(f"SELECT {json_row(columns)} FROM {table} WHERE id = ?", (row_id,))
    if not _same(current, new):
        raise Problem(
            N_("This cannot be taken back: {table} no. {row} has been changed since. Undo the later change first."),
            table=table,
            row=row_id,
        )
    if old is None:
        book.run(f"DELETE FROM {table} WHERE id = ?", (row_id,))
        return
    values = json.loads(old)
    names = list(values)
    if new is None:
        marks = ",".join("?" * len(names))
        book.run(f"INSERT INTO {table} ({','.join(names)}) VALUES ({marks})", tuple(values.values()))
    else:
        book.run(f"UPDATE {table} SET {','.join(f'{n} = ?' for n in names)} WHERE id = ?", (*values.values(), row_id))


def _same(current: str | None, logged: str | None) -> bool:
    """Whether the row is as the log left it; columns added by a later migration do not count."""
    if current is None or logged is None:
        return current is logged
    now, then = json.loads(current), json.loads(logged)
    return all(now.get(name) == value for name, value in then.items())
