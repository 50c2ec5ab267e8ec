"""The values a list is made of. Named tuples: a list is what every start waits for, and their classes are made seven
times faster than dataclasses."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from .messages import Message


class NextStep(NamedTuple):
    """What comes next for a customer.

    `by_hand`: a person promised it; otherwise the rhythm set it. `estimated`: rests on an estimated sample arrival.
    `due_on` None means there is deliberately none, for `reason`. `latest_on` is the last day that still counts as on time.
    `cause` is the trade fact behind it (`trade_clocks.CAUSES`), about the day `cause_on`. `set_on` is the day a person
    promised it, where known.
    """

    due_on: date | None
    action: str = ""
    channel: str = ""
    by_hand: bool = False
    estimated: bool = False
    latest_on: date | None = None
    reason: str = ""
    cause: str = ""
    cause_on: date | None = None
    set_on: date | None = None


class Reason(NamedTuple):
    """One term of a customer's urgency: which, how many points, and the sentence that explains it."""

    term: str
    points: float
    message: Message


class AgendaRow(NamedTuple):
    """A customer as a list shows it: everything a line needs, nothing a line has to look up.

    `days_late` counts days past `due_on` (0 when due today or later); `score` is the sum of `reasons`.
    """

    id: int
    uid: str
    name: str
    country: str
    city: str
    zone: str
    temperature: str
    grade: str
    stage: str
    owner: str
    due_on: date | None
    days_late: int
    overdue: bool
    by_hand: bool
    estimated: bool
    next_action: str
    channel: str
    score: float
    reasons: tuple[Reason, ...]
    tags: tuple[str, ...] = ()
    last_contact_on: date | None = None
    archived: bool = False
    version: int = 0
    cause: str = ""
    cause_on: date | None = None
