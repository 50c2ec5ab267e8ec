"""Taking any operation back, and bringing any back again, where nothing that came later is in the way."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlcipher3.dbapi2 import IntegrityError

from ..domain.messages import N_, Message, Problem
from . import history
from .history import REDONE, UNDONE, Operation
from .migrations import columns_of
from .schema import TRACKED, json_row

if TYPE_CHECKING:
    from .book import Book

UNIQUE: Mapping[str, tuple[str, ...]] = {
    "customer": ("uid",),
    "next_step": ("customer_id", "status"),
    "tag": ("key",),
    "customer_tag": ("tag_id", "customer_id"),
    "custom_field": ("key",),
    "exchange_rate": ("currency", "own", "since"),
    "imported_row": ("hash",),
}
"""Columns that no two rows may share; of next steps only open ones count."""

_TELL_EVERY = 500
"""Rows between two reports of how far it is."""

Place = tuple[str, int]
"""A row: its table and its id."""


@dataclass(frozen=True, slots=True)
class _Net:
    """What an operation did to one row, all in all: the row before and after as JSON, None where there was none."""

    old: str | None
    new: str | None


def undo(book: Book, actor: str, at: datetime, op_id: int | None = None) -> Operation:
    """Take back an operation, or the last one not taken back yet; an undo is taken back by bringing back what it took.
    Raises Problem when there is nothing to take back, or something that came later is in the way."""
    return _revert(book, undone_by(book, op_id), actor, at)


def redo(book: Book, actor: str, at: datetime, op_id: int | None = None) -> Operation:
    """Bring back an operation that is taken back, or what the last undo took away. Raises Problem when there is none,
    something new has been done since the last undo, or something that came later is in the way."""
    return _revert(book, redone_by(book, op_id), actor, at)


def undone_by(book: Book, op_id: int | None = None) -> int:
    """The operation whose changes are to be turned round to undo `op_id`, or the last. Raises Problem as `undo` does."""
    if op_id is None:
        last = last_done(book)
        if last is None:
            raise Problem(N_("There is nothing to undo."))
        return last
    kind, own = _kind(book, op_id), _own(book, op_id)
    target = op_id if kind == "undo" else own
    if not _is_live(book, target):
        said = (
            N_("“{what}” is back already.")
            if kind == "undo"
            else N_("“{what}” is undone already; redo brings it back.")
        )
        raise Problem(said, what=_labelled(book, own).label)
    return target


def last_done(book: Book) -> int | None:
    """The last operation that is not taken back; None where there is none."""
    last: int | None = book.value("SELECT max(id) FROM op WHERE kind = 'do' AND reverted_by IS NULL")
    return last


def redone_by(book: Book, op_id: int | None = None) -> int:
    """The undo whose changes are to be turned round to bring `op_id` back, or the last. Raises Problem as `redo` does."""
    if op_id is None:
        last: int | None = book.value(
            "SELECT max(id) FROM op WHERE kind = 'undo' AND reverted_by IS NULL "
            "AND id > coalesce((SELECT max(id) FROM op WHERE kind = 'do'), 0)"
        )
        if last is None:
            raise Problem(N_("There is nothing to redo."))
        return last
    _kind(book, op_id)
    own = _own(book, op_id)
    by: int | None = book.value("SELECT reverted_by FROM op WHERE id = ?", (own,))
    if by is None:
        raise Problem(N_("“{what}” is not undone: there is nothing to bring back."), what=_labelled(book, own).label)
    return by


def _kind(book: Book, op_id: int) -> str:
    kind: str | None = book.value("SELECT kind FROM op WHERE id = ?", (op_id,))
    if kind is None:
        raise Problem(N_("There is no operation no. {number}; the history shows them all."), number=op_id)
    return kind


def _own(book: Book, op_id: int) -> int:
    """The operation a user did in the first place: an undo took it back, a redo brought it again."""
    while (reverts := book.value("SELECT reverts FROM op WHERE id = ?", (op_id,))) is not None:
        op_id = int(reverts)
    return op_id


def _labelled(book: Book, op_id: int) -> Operation:
    found = history.operation(book, op_id)
    assert found is not None
    return found


def _revert(book: Book, target: int, actor: str, at: datetime) -> Operation:
    """Write the inverse of `target`'s changes, newest first, as an operation of its own."""
    own = _labelled(book, _own(book, target))
    kind, template = ("redo", REDONE) if _kind(book, target) == "undo" else ("undo", UNDONE)
    try:
        with book.operation(actor, at, Message(template, {"what": str(own.label)}), kind, target) as op_id:
            _put_back(book, target, _checked(book, target))
            book.run("UPDATE op SET reverted_by = ? WHERE id = ?", (op_id, target))
            if kind == "redo":
                book.run("UPDATE op SET reverted_by = NULL WHERE id = ?", (own.id,))
    except IntegrityError as error:  # what `check` does not know must be refused all the same
        raise Problem(N_("Something else in the book rests on “{what}”; it stays as it is."), what=own.label) from error
    return replace(_labelled(book, op_id), label=own.label)


def _put_back(book: Book, target: int, kept: set[Place]) -> None:
    book.run("PRAGMA defer_foreign_keys = ON")
    changes = book.rows("SELECT tbl, row_id, old, new FROM change WHERE op_id = ? ORDER BY id DESC", (target,))
    for done, (table, row_id, old, new) in enumerate(changes):
        if done % _TELL_EVERY == 0:
            book.tell(N_("putting back"), done, len(changes))
        if (table, row_id) in kept:
            continue
        if old is None:
            book.run(f"DELETE FROM {table} WHERE id = ?", (row_id,))
            continue
        row = json.loads(old)
        if new is None:
            marks = ",".join("?" * len(row))
            book.run(f"INSERT INTO {table} ({','.join(row)}) VALUES ({marks})", tuple(row.values()))
        else:
            row.pop("id")  # setting it, even to what it is, has the engine look for rows that refer to it
            sets = ",".join(f"{name} = ?" for name in row)
            book.run(f"UPDATE {table} SET {sets} WHERE id = ?", (*row.values(), row_id))


def _net(book: Book, target: int) -> dict[Place, _Net]:
    found: dict[Place, _Net] = {}
    for table, row_id, old, new in book.rows(
        "SELECT tbl, row_id, old, new FROM change WHERE op_id = ? ORDER BY id", (target,)
    ):
        first = found.get((table, row_id))
        found[table, row_id] = _Net(first.old if first else old, new)
    return found


# What is in the way --------------------------------------------------------------------------------------------------


def check(book: Book, target: int) -> None:
    """Raise Problem, naming what came later, if `target` (from `undone_by` or `redone_by`) cannot be turned round."""
    _checked(book, target)


def _checked(book: Book, target: int) -> set[Place]:
    """Check; returns the new tags that stay though what made them goes: others carry them, or they have been changed."""
    net, rows, kept = _net(book, target), _Rows(book), set()
    later: dict[int, str] = {}
    for done, (place, row) in enumerate(net.items()):
        if done % _TELL_EVERY == 0:
            book.tell(N_("looking for what is in the way"), done, len(net))
        blockers = list(_blockers(rows, place, row, net))
        if blockers and place[0] == "tag" and row.old is None:
            kept.add(place)
            continue
        for blocker in blockers:
            for op_id in _later(book, blocker, target):
                later.setdefault(op_id, place[0])
            if not later:
                raise Problem(
                    N_(
                        "This cannot be turned round: the {table} has been changed since, and history does not say how."
                    ),
                    table=place[0],
                )
    if later:
        raise _conflict(book, later)
    return kept


def _blockers(rows: _Rows, place: Place, row: _Net, net: Mapping[Place, _Net]) -> Iterator[Place]:
    """Rows that keep `place` from being put back: itself where it has changed since, else what refers to it or takes its
    place."""
    if not _same(rows.current(place), row.new):
        yield place
    if row.old is None:
        yield from (child for child in rows.children(place) if child not in net)
    else:
        before = json.loads(row.old)
        yield from (other for other in rows.alike(place, before) if other not in net)
        if row.new is None:
            yield from (parent for parent in rows.missing_parents(place[0], before) if parent not in net)


class _Rows:
    """The rows of the book as they are now, and how they hang together."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._json = cache(lambda table: json_row(columns_of(book.connection, table)))
        self._parents: dict[str, list[tuple[str, str]]] = {
            table: [(row[3], row[2]) for row in book.rows(f"PRAGMA foreign_key_list({table})")] for table in TRACKED
        }
        self._references: dict[str, list[tuple[str, str]]] = {table: [] for table in TRACKED}
        for child, parents in self._parents.items():
            for column, parent in parents:
                self._references[parent].append((child, column))

    def current(self, place: Place) -> str | None:
        """The row as JSON, None where there is none."""
        table, row_id = place
        found: str | None = self._book.value(f"SELECT {self._json(table)} FROM {table} WHERE id = ?", (row_id,))
        return found

    def children(self, place: Place) -> Iterator[Place]:
        """Rows that refer to this one."""
        table, row_id = place
        for child, column in self._references[table]:
            found = self._book.rows(f"SELECT id FROM {child} WHERE {column} = ?", (row_id,))
            yield from ((child, other) for (other,) in found)

    def alike(self, place: Place, row: Mapping[str, Any]) -> list[Place]:
        """Other rows with what only one may have."""
        table, row_id = place
        columns = UNIQUE.get(table)
        if columns is None or (table == "next_step" and row["status"] != "open"):
            return []
        where = " AND ".join(f"{column} = ?" for column in columns)
        found = self._book.rows(
            f"SELECT id FROM {table} WHERE {where} AND id <> ?", (*(row[column] for column in columns), row_id)
        )
        return [(table, other) for (other,) in found]

    def missing_parents(self, table: str, row: Mapping[str, Any]) -> Iterator[Place]:
        """Rows that this one refers to and that are not there."""
        for column, parent in self._parents[table]:
            wanted = row.get(column)
            if wanted is not None and self._book.value(f"SELECT 1 FROM {parent} WHERE id = ?", (wanted,)) is None:
                yield parent, wanted


def _same(current: str | None, logged: str | None) -> bool:
    """Whether the row is as the log left it; columns added by a later migration do not count."""
    if current == logged or current is None or logged is None:
        return current == logged
    now, then = json.loads(current), json.loads(logged)
    return all(now.get(name) == value for name, value in then.items())


def _later(book: Book, place: Place, target: int) -> Iterator[int]:
    """Operations in force that changed a row after `target`: what a user did, or an undo of something done before it."""
    own = _own(book, target)
    for (op_id,) in book.rows(
        "SELECT DISTINCT op_id FROM change WHERE tbl = ? AND row_id = ? AND op_id > ?", (*place, target)
    ):
        root = _own(book, op_id)
        if root == own:
            continue
        if _is_live(book, root):
            yield root
        elif _kind(book, op_id) == "undo" and root < target and _is_live(book, op_id):
            yield op_id


def _is_live(book: Book, op_id: int) -> bool:
    return book.value("SELECT reverted_by FROM op WHERE id = ?", (op_id,)) is None


def _conflict(book: Book, later: Mapping[int, str]) -> Problem:
    """What came later and must be undone first, the newest first; with the table in which each is in the way."""
    newest, *rest = sorted(later, reverse=True)
    first = _labelled(book, newest)
    values = {"first": _told(first), "table": later[newest]}
    if not rest and first.kind == "undo":
        own = first.label.values["what"]
        return Problem(N_("“{what}” ({day}, {who}) has been undone since; bring that back first."),
                       what=own, day=_day(first), who=first.actor)  # fmt: skip
    if not rest:
        return Problem(N_("{first} changed the same {table} later; undo that first."), **values)
    values["second"] = _told(_labelled(book, rest[0]))
    if len(rest) == 1:
        return Problem(N_("{first} and {second} changed the same {table} later; undo them first."), **values)
    return Problem(
        N_("{first}, {second} and {n} more changed the same {table} later; undo them first."),
        **values,
        n=len(rest) - 1,
    )


def _told(operation: Operation) -> Message:
    return Message(
        N_("“{what}” ({day}, {who})"), {"what": operation.label, "day": _day(operation), "who": operation.actor}
    )


def _day(operation: Operation) -> object:
    return operation.at.astimezone().date()
