"""The acts of the agenda on many customers at once: each shown before it is done, and one operation to undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..domain.messages import N_, Message, Problem
from ..domain.spread import FARTHEST, Spread, spread
from ..domain.text import clean
from ..domain.values import NextStep
from ..domain.vocabulary import GRADES, STAGES, TEMPERATURES
from ..store import agenda as due_store
from ..store import bulk as store
from ..store import reading, writing
from ..store import rows as listed
from .planning import later_day, lost_reason, tag_name
from .session import Session

_KNOWN: Mapping[str, tuple[str, ...]] = {"temperature": TEMPERATURES, "grade": (*GRADES, ""), "stage": STAGES}
_LABELS = {
    "temperature": N_("{count} customers are now {temperature}"),
    "grade": N_("{count} customers are now grade {grade}"),
    "stage": N_("{count} customers are now {stage}"),
    "owner": N_("{count} customers now belong to {owner}"),
    "archive": N_("Archived {count} customers"),
    "restore": N_("Brought back {count} customers"),
    "tag": N_("Tagged {count} customers #{tag}"),
    "untag": N_("Took #{tag} off {count} customers"),
    "snooze": N_("Snoozed {count} customers to {snooze}"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """One act: `kind` is a key of temperature, grade, stage, owner, archive, restore, tag, untag or snooze; `value` the code,
    name, tag or day phrase; `detail` why a customer is lost or until when it pauses."""

    kind: str
    value: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an act would do: the customers it changes and how many stay as they are."""

    act: Act
    label: Message
    changed: tuple[int, ...]
    unchanged: int


def plan(session: Session, customers: Sequence[int], act: Act) -> Plan:
    """What `act` would do to these customers, without doing it. Raises Problem for a value that cannot be used."""
    act = _checked(session, act)
    book = session.book
    if act.kind in ("tag", "untag"):
        carried = store.tagged(book, customers, act.value)
        changed = [c for c in customers if (c in carried) == (act.kind == "untag")]
    elif act.kind == "snooze":
        changed = list(customers)
    else:
        changed = store.differing(book, customers, _changes(session, act))
    values = {"count": len(changed), act.kind: act.value}
    return Plan(act, Message(_LABELS[act.kind], values), tuple(changed), len(customers) - len(changed))


def do(session: Session, planned: Plan) -> int:
    """Do what was planned, as one operation; returns how many customers it changed."""
    if not planned.changed:
        return 0
    act, book = planned.act, session.book
    with session.operation(planned.label):
        if act.kind == "snooze":
            for customer in planned.changed:
                _move(session, customer, date.fromisoformat(act.value))
        elif act.kind == "tag":
            for customer in planned.changed:
                writing.add_tags(book, customer, [act.value])
        elif act.kind == "untag":
            for customer in planned.changed:
                writing.remove_tags(book, customer, [act.value])
        else:
            store.update(book, planned.changed, _changes(session, act))
    return len(planned.changed)


def _checked(session: Session, act: Act) -> Act:
    """The act with its value in stored form. Raises Problem."""
    if act.kind in _KNOWN and act.value not in _KNOWN[act.kind]:
        raise Problem(
            N_("There is no {what} {value}. Use one of: {known}."),
            what=act.kind, value=act.value, known=", ".join(_KNOWN[act.kind]),
        )  # fmt: skip
    if act.kind in ("tag", "untag"):
        act = Act(act.kind, tag_name(act.value))
    if act.kind == "owner":
        act = Act(act.kind, clean(act.value))
    if act.kind in ("tag", "untag", "owner") and not act.value:
        raise Problem(N_("Write a name."))
    if act.kind == "snooze":
        return Act(act.kind, later_day(act.value, session.today).isoformat())
    return act


def _changes(session: Session, act: Act) -> dict[str, object]:
    if act.kind in ("archive", "restore"):
        return {"archived": act.kind == "archive"}
    if act.kind != "stage":
        return {act.kind: act.value}
    return {
        "stage": act.value,
        "lost_reason": lost_reason(act.detail) if act.value == "lost" else "",
        "paused_until": later_day(act.detail, session.today) if act.value == "paused" and act.detail else None,
    }


def _move(session: Session, customer: int, day: date) -> None:
    step = reading.open_step(session.book, customer)
    moved = NextStep(day, step.action if step else "", step.channel if step else "", True, set_on=session.today)
    writing.set_next_step(session.book, customer, moved, session.actor)


# Spreading a full day ------------------------------------------------------------------------------------------------


def plan_spread(session: Session, capacity: int | None = None) -> Spread:
    """How today's list could be spread over the coming working days. Raises Problem where there is nothing to spread."""
    today, settings = session.today, session.settings
    capacity = capacity or settings.capacity
    due = [found.customer for found in due_store.due_customers(session.book, today, session.now)]
    if len(due) <= capacity:
        raise Problem(
            N_("{due} are due and a day holds {capacity}: there is nothing to spread."), due=len(due), capacity=capacity
        )
    rows = listed.agenda_rows(session.book, due, today, session.now, explained=False)
    already = store.planned(session.book, today, today + timedelta(FARTHEST))
    return spread(rows, already, today, capacity, settings.working_days)


def do_spread(session: Session, planned: Spread) -> None:
    """Move what the spread moves, as one operation. A moved customer keeps what is to be done."""
    with session.operation(Message(N_("Spread {count} customers over the coming days"), {"count": len(planned.moves)})):
        for move in planned.moves:
            _move(session, move.row.id, move.day)
