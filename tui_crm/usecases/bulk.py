"""The acts of the agenda on many customers at once: each shown before it is done, and one operation to undo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..domain.messages import N_, Message, Problem
from ..domain.quicklog import Entry
from ..domain.spread import FARTHEST, Spread, Waiting, spread
from ..domain.text import clean
from ..domain.values import NextStep, Trade
from ..domain.vocabulary import GRADES, STAGES, TEMPERATURES
from ..store import agenda as due_store
from ..store import bulk as store
from . import logging
from .cards import existing
from .planning import later_day, lost_reason, tag_name
from .session import Session

_KNOWN: Mapping[str, tuple[str, ...]] = {"temperature": TEMPERATURES, "grade": (*GRADES, ""), "stage": STAGES}
_LABELS = {
    "temperature": (N_("{name} is now {temperature}"), N_("{count} customers are now {temperature}")),
    "grade": (N_("{name} is now grade {grade}"), N_("{count} customers are now grade {grade}")),
    "stage": (N_("{name} is now {stage}"), N_("{count} customers are now {stage}")),
    "owner": (N_("{name} now belongs to {owner}"), N_("{count} customers now belong to {owner}")),
    "archive": (N_("Archived {name}"), N_("Archived {count} customers")),
    "restore": (N_("Brought back {name}"), N_("Brought back {count} customers")),
    "tags": (N_("Tagged {name} {tags}"), N_("Tagged {count} customers {tags}")),
    "snooze": (N_("Snoozed {name} to {day}"), N_("Snoozed {count} customers to {day}")),
    "log": (N_("Logged with {name}"), N_("Logged with {count} customers")),
    "marks": (N_("Planned {name}"), N_("Planned {count} customers")),
}
"""What an act is called when it changes one customer, and when it changes more."""

_WRITING = N_("writing")


@dataclass(frozen=True, slots=True)
class Act:
    """One act: `kind` is temperature, grade, stage, owner, archive, restore, tag, untag or snooze; `value` the code, name,
    tag or day phrase; `detail` why a customer is lost or until when it pauses."""

    kind: str
    value: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What acts would do: the customers they change and how many stay as they are; `steps` are the acts with whom each
    changes, their values in stored form."""

    label: Message
    changed: tuple[int, ...]
    unchanged: int
    steps: tuple[tuple[Act, tuple[int, ...]], ...]


def plan(session: Session, customers: Sequence[int], *acts: Act) -> Plan:
    """What `acts` would do to these customers, without doing it. Raises Problem for a value that cannot be used."""
    checked = [_checked(session, act) for act in acts]
    there = store.existing(session.book, customers)
    steps = tuple((act, tuple(_changed(session, there, act))) for act in checked)
    touched = {customer for _act, changed in steps for customer in changed}
    changed = tuple(customer for customer in there if customer in touched)
    return Plan(_label(session, checked, changed), changed, len(customers) - len(changed), steps)


def do(session: Session, planned: Plan) -> int:
    """Do what was planned, as one operation; returns how many customers it changed. Raises `Stopped` where it is watched
    and stopped (`Session.watched`), which leaves the book as it was."""
    if not planned.changed:
        return 0
    with session.operation(planned.label):
        for act, customers in planned.steps:
            for chunk in _written(session, customers):
                _write(session, chunk, act)
    return len(planned.changed)


def owners(session: Session) -> list[str]:
    """Who is responsible for anybody with a next step, and who is acting."""
    return sorted({*store.owners(session.book), session.actor} - {""})


def carried_tags(session: Session, customers: Sequence[int]) -> Mapping[str, int]:
    """By tag how many of these customers carry it, the most carried first."""
    return store.carried_tags(session.book, customers)


def all_archived(session: Session, customers: Sequence[int]) -> bool:
    """Whether every one of these customers is archived."""
    return not store.differing(session.book, customers, {"archived": True})


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
    if act.kind == "stage":
        _stage_changes(session, act)
    return act


def _changed(session: Session, customers: Sequence[int], act: Act) -> Sequence[int]:
    """Those of the customers that an act changes."""
    book = session.book
    if act.kind in ("tag", "untag"):
        carried = store.tagged(book, customers, act.value)
        return [customer for customer in customers if (customer in carried) == (act.kind == "untag")]
    if act.kind == "snooze":
        return customers
    differing = store.differing(book, customers, _changes(session, act))
    if act.kind == "restore":
        merged = store.merged(book, differing)
        return [customer for customer in differing if customer not in merged]
    return differing


def _changes(session: Session, act: Act) -> dict[str, object]:
    if act.kind in ("archive", "restore"):
        return {"archived": act.kind == "archive"}
    return _stage_changes(session, act) if act.kind == "stage" else {act.kind: act.value}


def _stage_changes(session: Session, act: Act) -> dict[str, object]:
    return {
        "stage": act.value,
        "lost_reason": lost_reason(act.detail) if act.value == "lost" else "",
        "paused_until": later_day(act.detail, session.today) if act.value == "paused" and act.detail else None,
    }


def _label(session: Session, acts: Sequence[Act], changed: Sequence[int]) -> Message:
    act = acts[0]
    if act.kind in ("tag", "untag"):
        tags = " ".join(f"#{act.value}" if act.kind == "tag" else f"-#{act.value}" for act in acts)
        return _labelled(session, "tags", changed, tags=tags)
    if act.kind == "snooze":
        return _labelled(session, "snooze", changed, day=date.fromisoformat(act.value))
    return _labelled(session, act.kind, changed, **{act.kind: act.value})


def _labelled(session: Session, kind: str, customers: Sequence[int], **values: object) -> Message:
    one, several = _LABELS[kind]
    if len(customers) == 1:
        return Message(one, {"name": existing(session, customers[0]).name, **values})
    return Message(several, {"count": len(customers), **values})


def _write(session: Session, customers: Sequence[int], act: Act) -> None:
    book = session.book
    if act.kind == "snooze":
        _move(session, dict.fromkeys(customers, date.fromisoformat(act.value)))
    elif act.kind == "tag":
        store.tag(book, customers, act.value)
    elif act.kind == "untag":
        store.untag(book, customers, act.value)
    else:
        store.update(book, customers, _changes(session, act))


def _written(session: Session, customers: Sequence[int]) -> Iterator[Sequence[int]]:
    """The customers a chunk at a time, telling how far it is."""
    done = 0
    for chunk in store.chunks(customers):
        session.book.tell(_WRITING, done, len(customers))
        yield chunk
        done += len(chunk)


def _move(session: Session, days: Mapping[int, date]) -> None:
    """Move next steps, each with what is to be done and over which channel; who is paused pauses until then."""
    book, there = session.book, store.open_steps(session.book, tuple(days))
    steps = {
        customer: NextStep(day, *there.get(customer, ("", "")), True, set_on=session.today)
        for customer, day in days.items()
    }
    store.set_next_steps(book, steps, session.actor)
    store.pause_until(book, days)


# Logging -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LogPlan:
    """One line that would be logged with each of these customers; `entry` is how it is read."""

    label: Message
    entry: Entry
    changed: tuple[int, ...]
    unchanged: int


def plan_log(session: Session, customers: Sequence[int], line: str) -> LogPlan:
    """How a quick-log line would be logged with these customers. Raises Problem where there is nothing to save, or something
    is traded in it, which concerns one customer."""
    entry = logging.read(session, line, Trade())
    if entry.records:
        raise Problem(N_("What is traded concerns one customer: leave the part with $ out and log it there."))
    there = tuple(store.existing(session.book, customers))
    label = _labelled(session, "log" if entry.note else "marks", there)
    return LogPlan(label, entry, there, len(customers) - len(there))


def log_many(session: Session, planned: LogPlan) -> int:
    """Log the same line with many customers, as one operation; returns with how many. Each keeps its own channel and rhythm
    where the line names none. Raises Problem, and `Stopped` as `do` does; then nothing is saved."""
    with session.operation(planned.label):
        for chunk in _written(session, planned.changed):
            for customer in chunk:
                logging.write(session, existing(session, customer), planned.entry, Trade(), session.now)
    return len(planned.changed)


# Spreading a full day ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FullDay:
    """Who is due, most urgent first, and how many are due on each of the coming days already."""

    due: tuple[Waiting, ...]
    planned: Mapping[date, int]


def full_day(session: Session) -> FullDay:
    """Today's list, whole, and the days to come."""
    book, today = session.book, session.today
    promised = store.promised(book, today)
    due = [found.customer for found in due_store.due_customers(book, today, session.now)]
    waiting = tuple(Waiting(customer, customer in promised) for customer in due)
    return FullDay(waiting, store.planned(book, today, today + timedelta(FARTHEST)))


def plan_spread(session: Session, capacity: int | None = None, day: FullDay | None = None) -> Spread:
    """How today's list could be spread over the coming working days. Raises Problem where there is nothing to spread."""
    settings, day = session.settings, day or full_day(session)
    capacity = capacity or settings.capacity
    if len(day.due) <= capacity:
        raise Problem(
            N_("{due} are due and a day holds {capacity}: there is nothing to spread."),
            due=len(day.due), capacity=capacity,
        )  # fmt: skip
    return spread(day.due, day.planned, session.today, capacity, settings.working_days)


def do_spread(session: Session, planned: Spread) -> None:
    """Move what the spread moves, as one operation. A moved customer keeps what is to be done. Raises `Stopped` as `do`."""
    days = {move.row.id: move.day for move in planned.moves}
    with session.operation(Message(N_("Spread {count} customers over the coming days"), {"count": len(days)})):
        for chunk in _written(session, tuple(days)):
            _move(session, {customer: days[customer] for customer in chunk})
