"""Can history be trusted: is it as it was written, are the rows as it left them, and do the backups know it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from itertools import islice

from ..domain.messages import N_, Message
from ..store import agreeing, backups, checking, verifying
from ..store.agreeing import Astray
from ..store.book import instant, instant_text
from ..store.erasing import FORGOTTEN
from ..store.verifying import ALTERED, CUT, FOREIGN, MARKED, MISSING, TAKEN_AS_FOUND, UNLINKED, Fault
from .backups import folders
from .findings import Finding, Mend, State, always
from .session import Session

NOT_OURS = N_("Something other than crm has changed this book. At the command line, crm doctor says what.")
"""What is said at the start where a quick look finds something."""

_LAST = 30
"""Operations that a quick look goes through,"""
_LAST_CHANGES, _PORTIONS = 500, 3
"""… their last changes, and the portions up to which one of them is read."""
_NAMED, _COUNTED = 5, 1_000

_FAULTS = {
    ALTERED: N_("Operation no. {number} ({who}, {day}) no longer says what it did: another tool has altered history."),
    FOREIGN: N_("Operation no. {number} ({who}, {day}) was put into history by another tool."),
    UNLINKED: N_("Operation no. {number} ({who}, {day}) does not follow from what came before it: another tool has altered "
                 "who did it, when, or the order."),
    MISSING: N_("Operations are missing from history before no. {number} ({who}, {day}): another tool has taken them out."),
    CUT: N_("The last operations are missing from history, those after no. {number} ({who}, {day}): another tool has taken "
            "them out."),
    MARKED: N_("Operation no. {number} ({who}, {day}) is marked as undone, or as not undone, against history: another tool "
               "has altered the mark."),
}  # fmt: skip
_AND_MORE = N_("{what} Others that do not fit: {count}.")
_ACCEPTABLE = N_("{what} It can be taken over as it is; history then says so.")


def quick(session: Session) -> Message | None:
    """A look at what was done last, some milliseconds long: what to say where something other than crm has changed it."""
    book = session.book
    with book.one_state():
        after = verifying.head_before(book, _LAST)
        fine = (
            checking.history_is_written(book)
            and next(verifying.faults(book, after, _PORTIONS), None) is None
            and not verifying.wrongly_marked(book, after.op_id)
            and not agreeing.astray_among(book, agreeing.touched(book, after.op_id, _LAST_CHANGES))
            and not backups.strangers(book, _manifests(session)[:1])
        )
    return None if fine else Message(NOT_OURS)


def examine(session: Session) -> Iterator[Finding]:
    """History against its seal, the rows against history, and the backups' word of it; each reads one state of the book."""
    yield from _history(session)
    yield _rows(session)
    yield from _heads(session)


# History -------------------------------------------------------------------------------------------------------------


def _history(session: Session) -> Iterator[Finding]:
    book = session.book
    with book.one_state():
        found = [*verifying.faults(book), *(Fault(op_id, MARKED) for op_id in verifying.wrongly_marked(book))]
        again = verifying.resealed(book)
        count, first = verifying.sealed_operations(book)
    if found:
        told = _fault(session, found[0])
        told = Message(_AND_MORE, {"what": told, "count": len(found) - 1}) if found[1:] else told
        yield _offered(session, "history", told, partial(_take_history, session))
    elif not count:
        begins = N_("History is sealed from the next operation on.")
        yield Finding("history", State.SOUND, Message(begins))
    else:
        sealed = N_("History is as it was written: {count} operations, sealed since {day}.")
        yield Finding(
            "history", State.SOUND, Message(sealed, {"count": count, "day": _who_and_when(session, first)[1]})
        )
    for label, words in _RESEALED.items():
        those = [each for each in again if each.label == label]
        if those:
            days = sorted({_day(each.at) for each in those})
            told = Message(words, {"count": sum(each.parts for each in those), "days": ", ".join(days)})
            yield Finding("history", State.ADVICE, told)


_RESEALED = {
    FORGOTTEN: N_("Parts of history were erased by crm forget on {days}: {count}. The rest of it is sealed all the same."),
    TAKEN_AS_FOUND: N_("Another tool had altered history; it was taken over as it was found on {days}."),
}  # fmt: skip


def _fault(session: Session, fault: Fault) -> Message:
    who, day = _who_and_when(session, fault.op_id)
    return Message(_FAULTS[fault.kind], {"number": fault.op_id, "who": who, "day": day})


def _who_and_when(session: Session, op_id: int) -> tuple[str, date | str]:
    who, at = verifying.who_and_when(session.book, op_id)
    with suppress(ValueError):
        return who, instant(at).astimezone().date()
    return who, at


def _day(at: str) -> str:
    with suppress(ValueError):
        return instant(at).astimezone().date().isoformat()
    return at


def _take_history(session: Session) -> None:
    with session.operation(Message(TAKEN_AS_FOUND)) as op_id:
        verifying.take_as_found(session.book, op_id)


# Rows ----------------------------------------------------------------------------------------------------------------

_CHANGED = N_("{count} rows are not as history left them: another tool has written to the book ({which}).")
_MANY_CHANGED = N_(
    "More than {count} rows are not as history left them: another tool has written to the book ({which})."
)
TAKEN_OVER = N_("Took rows over as another tool left them")
"""The label of the operation that does; undoing it makes the rows what history had."""


def _rows(session: Session) -> Finding:
    with session.book.one_state():
        found = list(islice(agreeing.astray(session.book), _COUNTED + 1))
        which = _which(session, found)
    if not found:
        return Finding("rows", State.SOUND, Message(N_("Every row is as history left it.")))
    words, count = (_CHANGED, len(found)) if len(found) <= _COUNTED else (_MANY_CHANGED, _COUNTED)
    told = Message(words, {"count": count, "which": which})
    return _offered(session, "rows", told, partial(_take_rows, session))


def _which(session: Session, rows: Sequence[Astray]) -> str:
    """The first customers whose rows these are, or else the tables."""
    customers = list(dict.fromkeys(row.customer_id for row in rows if row.customer_id is not None))
    named = [agreeing.name_of(session.book, customer) for customer in customers[:_NAMED]]
    named = named or list(dict.fromkeys(row.table for row in rows))[:_NAMED]
    return ", ".join(named) + (" …" if len(customers) > _NAMED else "")


def _take_rows(session: Session) -> None:
    with session.operation(Message(TAKEN_OVER)) as op_id:
        agreeing.take_over(session.book, op_id)


# Backups -------------------------------------------------------------------------------------------------------------


def _heads(session: Session) -> Iterator[Finding]:
    there = [each for each in _manifests(session) if each.contents.chain]
    found = backups.strangers(session.book, there)
    if there and not found:
        told = Message(N_("History goes on from every backup there is ({count})."), {"count": len(there)})
        yield Finding("heads", State.SOUND, told)
    if not found:
        return
    told = Message(
        N_("The backup of {day} knows a history up to no. {number} that this book does not have: its end was cut off, or "
           "another file was put in its place. If you did that, it can be noted as right; if not, crm restore lists the backups."),
        {"day": found[0].made_at.astimezone().date(), "number": found[0].contents.operations},
    )  # fmt: skip
    noted = partial(session.keep_note, backups.RESTORED, instant_text(session.now))
    yield Finding("heads", State.ATTENTION, told, None if session.read_only else always(noted))


def _manifests(session: Session) -> list[backups.Backup]:
    """Of the backups made here: a second folder may hold those of other computers as well."""
    return backups.listed(session.book.path, folders(session)[:1])


def _offered(session: Session, check: str, told: Message, work: partial[None]) -> Finding:
    """A finding that can be taken as it is, in an operation of its own, where the book can be written."""
    mend: Mend | None = None if session.read_only else always(work)
    told = Message(_ACCEPTABLE, {"what": told}) if mend else told
    return Finding(check, State.ATTENTION, told, mend, derived=False)
