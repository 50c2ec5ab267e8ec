"""Taking any operation back, and bringing any back again, where nothing that came later is in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlcipher3.dbapi2 import IntegrityError

from ..domain.messages import N_, Key, Message, Problem
from . import history
from .blocking import blocked
from .history import REDONE, UNDONE, Operation
from .net import Net, Place
from .turning import turn_round

if TYPE_CHECKING:
    from .book import Book

ERASED_IN = "erased in/"
"""Begins the notes of the book that name the operations with rows of somebody who was erased, and the erasure that did it."""


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
            turn_round(book, target, *_checked(book, target))
            book.run("UPDATE op SET reverted_by = ? WHERE id = ?", (op_id, target))
            if kind == "redo":
                book.run("UPDATE op SET reverted_by = NULL WHERE id = ?", (own.id,))
    except IntegrityError as error:  # what `check` does not know must be refused all the same
        raise Problem(N_("Something else in the book rests on “{what}”; it stays as it is."), what=own.label) from error
    return replace(_labelled(book, op_id), label=own.label)


# What is in the way --------------------------------------------------------------------------------------------------


def check(book: Book, target: int) -> None:
    """Raise Problem, naming what came later, if `target` (from `undone_by` or `redone_by`) cannot be turned round."""
    _checked(book, target)


def _checked(book: Book, target: int) -> tuple[Net, set[Place]]:
    """Check; returns what it did to each row, and the new tags that stay though what made them goes: others carry them, or
    they have been changed."""
    _refuse_erased(book, target, _labelled(book, _own(book, target)).label)
    net, kept = Net(book, target), set()
    later: dict[int, str] = {}
    for place, row, blockers in blocked(book, net):
        if place[0] == "tag" and row.old is None:
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
    return net, kept


def _refuse_erased(book: Book, op_id: int, label: object) -> None:
    """Raise Problem for an operation with rows of somebody who was erased, and for the erasure itself."""
    by = book.note(f"{ERASED_IN}{op_id}")
    if by is None:
        return
    if int(by) == op_id:
        raise Problem(
            N_("What was erased cannot be brought back. Older work can still be undone from the history ({history})."),
            history=Key("history"),
        )
    raise Problem(
        N_("“{what}” holds data of a person who was erased since; it can no longer be turned round."), what=label
    )


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
    for op_id in later:
        _refuse_erased(book, op_id, _labelled(book, op_id).label)
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
