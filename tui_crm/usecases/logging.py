"""Writing down what happened: one line, or one key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from ..domain import notelint, quicklog
from ..domain.cadence import Situation, next_step
from ..domain.messages import N_, Message, Problem
from ..domain.text import clean
from ..domain.trade_clocks import clocks
from ..domain.values import Activity, Customer, NextStep
from ..domain.vocabulary import OUTCOMES
from ..store import reading, trade, writing
from ..store.standing import contacts_since_arrival
from .cards import existing
from .session import Session


@dataclass(frozen=True, slots=True)
class Preview:
    """What a quick-log line would save, for showing before it is saved.

    `step` is the next step as it will stand; `question` is asked once about a vague note; `findings` point at marks that
    could not be read and stay in the note.
    """

    entry: quicklog.Entry
    step: NextStep
    channel: str
    question: Message | None
    findings: tuple[Message, ...]


def preview(session: Session, customer: Customer, line: str) -> Preview:
    """Read a quick-log line without saving anything."""
    entry = quicklog.parse_line(clean(line), session.today, session.settings.currency)
    channel = entry.channel or _usual_channel(session, customer)
    return Preview(entry, _step_after(session, customer, entry), channel, notelint.question(entry.note), entry.findings)


def log(session: Session, customer_id: int, line: str, happened_at: datetime | None = None) -> Activity | None:
    """Save a quick-log line as one operation: the entry, the next step, tags, temperature, stage, quote. A line of marks
    only changes what they say and is no contact: None is returned.

    Raises Problem when there is nothing to save, or it would happen in the future.
    """
    customer = existing(session, customer_id)
    entry = quicklog.parse_line(clean(line), session.today, session.settings.currency)
    if not entry.note and not _changes_anything(entry):
        raise Problem(
            N_("Nothing to save yet: write what happened, for example “sent PI, asked about payment >3d call”.")
        )
    at = _when(session, happened_at)
    channel = entry.channel or _usual_channel(session, customer)
    activity = Activity(at, channel, entry.note, entry.stage or customer.stage, session.actor) if entry.note else None
    label = Message(N_("Logged {channel} with {name}"), {"channel": channel, "name": customer.name})
    if activity is None:
        label = Message(N_("Planned {name}"), {"name": customer.name})
    with session.operation(label):
        _apply(session, customer, entry)
        if activity is not None:
            writing.add_activity(session.book, customer_id, activity)
    return activity


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
    """The channel last used with this customer, else e-mail."""
    last = reading.activities(session.book, customer.id, 1)
    return last[0].channel if last else "email"


def _changes_anything(entry: quicklog.Entry) -> bool:
    return bool(entry.tags or entry.untag or entry.temperature or entry.stage or entry.quote or entry.next_on
                or entry.no_next_reason is not None)  # fmt: skip


def _apply(session: Session, customer: Customer, entry: quicklog.Entry) -> None:
    """Everything a line changes besides the entry itself."""
    book = session.book
    after = _customer_after(customer, entry)
    changed = (name for name in _CHANGED if getattr(after, name) != getattr(customer, name))
    if changes := {name: getattr(after, name) for name in changed}:
        writing.update_customer(book, customer.id, changes)
    writing.add_tags(book, customer.id, entry.tags)
    writing.remove_tags(book, customer.id, entry.untag)
    if entry.quote:
        trade.add(book, customer.id, entry.quote)
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


def _step_after(session: Session, customer: Customer, entry: quicklog.Entry) -> NextStep:
    """The next step as it will stand once the line is saved."""
    book, talked, after = session.book, bool(entry.note), _customer_after(customer, entry)
    traded = trade.of(book, customer.id)
    if entry.quote:
        traded = replace(traded, quotes=(entry.quote, *traded.quotes))
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
