"""Writing down what happened: one line, or one key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import count

from ..domain import notelint, quicklog
from ..domain.cadence import Situation, next_step
from ..domain.messages import N_, Message, Problem
from ..domain.text import clean
from ..domain.trade_clocks import clocks
from ..domain.values import Activity, Customer, NextStep, Record, Trade
from ..domain.vocabulary import OUTCOMES
from ..store import reading, writing
from ..store.standing import contacts_since_arrival
from . import trade
from .cards import existing
from .session import Session


@dataclass(frozen=True, slots=True)
class Preview:
    """What a quick-log line would save, for showing before it is saved.

    `step` is the next step as it will stand; `records` are what is traded, within the `trade` as it will stand; `question` is asked
    once about a vague note; `findings` point at marks that could not be read and stay in the note, and at what does not fit.
    """

    entry: quicklog.Entry
    step: NextStep
    channel: str
    question: Message | None
    findings: tuple[Message, ...]
    records: tuple[Record, ...]
    trade: Trade


def preview(session: Session, customer: Customer, line: str) -> Preview:
    """Read a quick-log line without saving anything."""
    before = trade.of(session, customer.id)
    entry = _read(session, line, before)
    ids = count(-1, -1)
    after, lines = trade.taken_in(
        session, before, entry.records, lambda _trade, record: replace(record, id=record.id or next(ids))
    )
    stands = {(type(record), record.id): record for record in after.records()}
    return Preview(
        entry,
        _step_after(session, customer, entry, after),
        entry.channel or _usual_channel(session, customer),
        notelint.question(entry.note),
        (*entry.findings, *(finding for line in lines for finding in line.findings)),
        tuple(stands[key] for key in dict.fromkeys((type(line.record), line.record.id) for line in lines)),
        after,
    )


def _read(session: Session, line: str, before: Trade) -> quicklog.Entry:
    return quicklog.parse_line(clean(line), session.today, session.settings.currency, before)


def log(session: Session, customer_id: int, line: str, happened_at: datetime | None = None) -> Activity | None:
    """Save a quick-log line as one operation: the entry, the next step, tags, temperature, stage, what was traded. A line of
    marks only changes what they say and is no contact: None is returned.

    Raises Problem when there is nothing to save, or it would happen in the future.
    """
    customer = existing(session, customer_id)
    before = trade.of(session, customer_id)
    entry = read(session, line, before)
    at = _when(session, happened_at)
    with session.operation(_label(customer, entry, entry.channel or _usual_channel(session, customer))):
        return write(session, customer, entry, before, at)


def read(session: Session, line: str, before: Trade) -> quicklog.Entry:
    """A quick-log line as it is understood where so much was traded `before`. Raises Problem when there is nothing to save
    in it."""
    entry = _read(session, line, before)
    if not entry.note and not _changes_anything(entry):
        raise Problem(
            N_("Nothing to save yet: write what happened, for example “sent PI, asked about payment >3d call”.")
        )
    return entry


def write(session: Session, customer: Customer, entry: quicklog.Entry, before: Trade, at: datetime) -> Activity | None:
    """Write down what was read, inside an operation; see `log`."""
    _apply(session, customer, entry, before)
    if not entry.note:
        return None
    channel = entry.channel or _usual_channel(session, customer)
    activity = Activity(at, channel, entry.note, entry.stage or customer.stage, session.actor)
    writing.add_activity(session.book, customer.id, activity)
    return activity


def _label(customer: Customer, entry: quicklog.Entry, channel: str) -> Message:
    if entry.note:
        return Message(N_("Logged {channel} with {name}"), {"channel": channel, "name": customer.name})
    if entry.records:
        kind = trade.KIND[type(entry.records[0].record)]
        return Message(N_("{record} for {name}"), {"record": kind, "name": customer.name})
    return Message(N_("Planned {name}"), {"name": customer.name})


def log_outcome(session: Session, customer_id: int, outcome: str) -> Activity:
    """Save a one-key entry (`vocabulary.OUTCOMES`); the rhythm sets the next step."""
    if outcome not in OUTCOMES:
        raise Problem(
            N_("There is no outcome {outcome}. Use one of: {known}."), outcome=outcome, known=", ".join(OUTCOMES)
        )
    customer = existing(session, customer_id)
    step = reading.open_step(session.book, customer_id)
    channel = (step.channel if step else "") or _usual_channel(session, customer)
    activity = Activity(session.now, channel, "", customer.stage, session.actor, outcome)
    label = Message(N_("Logged “{outcome}” with {name}"), {"outcome": outcome, "name": customer.name})
    with session.operation(label):
        writing.set_next_step(session.book, customer_id, None, session.actor, "done")
        writing.add_activity(session.book, customer_id, activity)
    return activity


def _when(session: Session, happened_at: datetime | None) -> datetime:
    now = session.now
    if happened_at is not None and happened_at > now:
        raise Problem(N_("An entry cannot lie in the future; what is planned belongs behind >."))
    return happened_at or now


def _usual_channel(session: Session, customer: Customer) -> str:
    """The channel last used with this customer, else e-mail. Nobody is met again in person without its being said."""
    last = reading.activities(session.book, customer.id, _LOOKED_BACK)
    return next((entry.channel for entry in last if entry.channel not in _IN_PERSON), "email")


_LOOKED_BACK = 5
"""Entries among which the usual channel is looked for."""
_IN_PERSON = frozenset({"visit", "trade_show"})


def _changes_anything(entry: quicklog.Entry) -> bool:
    return bool(entry.tags or entry.untag or entry.temperature or entry.stage or entry.records or entry.next_on
                or entry.no_next_reason is not None)  # fmt: skip


def _apply(session: Session, customer: Customer, entry: quicklog.Entry, before: Trade) -> None:
    """Everything a line changes besides the entry itself."""
    book = session.book
    after = _customer_after(customer, entry)
    changed = (name for name in _CHANGED if getattr(after, name) != getattr(customer, name))
    if changes := {name: getattr(after, name) for name in changed}:
        writing.update_customer(book, customer.id, changes)
    writing.add_tags(book, customer.id, entry.tags)
    writing.remove_tags(book, customer.id, entry.untag)
    store = partial(trade.store_new, session, customer.id)
    trade.taken_in(session, before, entry.records, store)
    promise = _promise(session, entry)
    if entry.note or promise is not None:
        writing.set_next_step(book, customer.id, promise, session.actor, "done" if entry.note else "moved")


_CHANGED = ("temperature", "stage", "lost_reason", "paused_until")


def _customer_after(customer: Customer, entry: quicklog.Entry) -> Customer:
    """The customer as a line leaves it, apart from the tags. A pause lasts until the next step that is named."""
    stage = entry.stage or customer.stage
    until = entry.paused_until if entry.stage else customer.paused_until
    if stage == "paused" and entry.next_on:
        until = entry.paused_until or entry.next_on
    return replace(
        customer,
        temperature=entry.temperature or customer.temperature,
        stage=stage,
        lost_reason=entry.lost_reason or (customer.lost_reason if stage == customer.stage else ""),
        paused_until=until,
    )


def _promise(session: Session, entry: quicklog.Entry) -> NextStep | None:
    if entry.no_next_reason is not None:
        return NextStep(None, reason=entry.no_next_reason or "-", set_on=session.today)
    if entry.next_on or entry.next_action:
        return NextStep(entry.next_on, entry.next_action, "", entry.next_on is not None, set_on=session.today)
    return None


def _step_after(session: Session, customer: Customer, entry: quicklog.Entry, traded: Trade) -> NextStep:
    """The next step as it will stand once the line is saved, with what is `traded` then."""
    book, talked, after = session.book, bool(entry.note), _customer_after(customer, entry)
    sample = next(iter(traded.samples), None)
    kept = None if talked else reading.promised_step(book, customer.id)
    last = reading.activities(book, customer.id, 1)
    return next_step(
        Situation(
            temperature=after.temperature,
            stage=after.stage,
            created_on=customer.created_on or session.today,
            last_contact_on=session.today if talked else last[0].happened_at.astimezone().date() if last else None,
            promise=_promise(session, entry) or kept,
            sample=sample,
            answered=contacts_since_arrival(book, customer.id, sample, session.today if talked else None)
            if sample
            else 0,
            paused_until=after.paused_until,
            archived=customer.archived,
            clocks=clocks(traded, session.settings.waits),
        ),
        session.settings.cadence,
    )
