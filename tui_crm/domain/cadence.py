"""When a customer is to be contacted next: a promise by hand first, else the sample's clock, else the rhythm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from .messages import N_, Message
from .rows import NextStep

if TYPE_CHECKING:
    from .trade_clocks import Clock
    from .values import Sample


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a temperature wants contact, in days: due from `ideal`, overdue past `latest`."""

    ideal: int
    latest: int


RHYTHMS: Mapping[str, Rhythm] = {
    "hot": Rhythm(2, 3),
    "potential": Rhythm(7, 7),
    "cold": Rhythm(14, 21),
    "existing": Rhythm(15, 30),
    "sample": Rhythm(3, 7),
}
"""Defaults: from the follow-up practice described for the 外贸客户跟进表; every number is a setting."""


@dataclass(frozen=True, slots=True)
class Waits:
    """How long trade facts are waited for, in days. All of them are settings.

    `quote`, `invoice`: after one is sent, until it is asked about. `expiry`: before a quote ends. `payment`: after an order,
    until its deposit is due where no day is agreed. `chase`: between two reminders of unpaid money. `arrival`: before goods
    arrive. `sample`: after a sample arrives.
    """

    quote: int = 3
    invoice: int = 3
    expiry: int = 3
    payment: int = 7
    chase: int = 7
    arrival: int = 3
    sample: int = 3


USUAL: Mapping[str, tuple[str, str]] = {
    "hot": ("whatsapp", N_("follow up the open question")),
    "potential": ("email", N_("ask what is still missing")),
    "cold": ("email", N_("send new products or a case study")),
    "existing": ("email", N_("greeting and product news")),
    "sample": ("email", N_("ask for feedback on the sample")),
}
"""Usual channel and content of a contact, by temperature, where nobody has said what to do."""


class Situation(NamedTuple):
    """The facts that decide a customer's next step. `answered` counts contacts on or after the sample's arrival; `clocks`
    are those that the trade has set."""

    temperature: str
    stage: str
    created_on: date
    last_contact_on: date | None = None
    promise: NextStep | None = None
    sample: Sample | None = None
    answered: int = 0
    paused_until: date | None = None
    archived: bool = False
    clocks: tuple[Clock, ...] = ()


def next_step(at: Situation, rhythms: Mapping[str, Rhythm] = RHYTHMS) -> NextStep:
    """What comes next and when. `due_on` is None for archived and lost customers, for those paused without a date, and
    where a person said that nothing follows."""
    if at.archived or at.stage == "lost":
        return NextStep(None)
    if at.stage == "paused" and not _pause_is_over(at):
        action, channel = (at.promise.action, at.promise.channel) if at.promise else ("", "")
        return NextStep(at.paused_until, action, channel, at.paused_until is not None, latest_on=at.paused_until)
    return _soonest(_planned(at, rhythms), at)


def _planned(at: Situation, rhythms: Mapping[str, Rhythm]) -> NextStep:
    """What comes next if nothing were traded: a promise by hand, else the sample's clock, else the rhythm."""
    if at.promise and (at.promise.by_hand or at.promise.reason):
        promise = at.promise
        return NextStep(promise.due_on, promise.action, promise.channel, promise.due_on is not None,
                        latest_on=promise.due_on, reason=promise.reason)  # fmt: skip
    step = _sample_step(at, rhythms) if at.temperature == "sample" else _rhythm_step(at, rhythms[at.temperature])
    if at.promise and at.promise.action:  # an action without a date: the rhythm gives the date
        step = NextStep(step.due_on, at.promise.action, at.promise.channel, False, step.estimated, step.latest_on)
    return step


def _soonest(step: NextStep, at: Situation) -> NextStep:
    """The step, or the clock that rings before it; on the same day a promise keeps its words and a rhythm yields."""
    promised_on = None
    if at.promise and (at.promise.by_hand or at.promise.reason):
        promised_on = at.promise.set_on or date.max  # nobody knows when: it was made before clocks were
    for clock in at.clocks:
        if clock.cause == "sample_arrived" and at.temperature == "sample":
            continue  # asked for in that temperature's own rhythm
        due = clock.rings(at.last_contact_on, promised_on)
        later = (
            due is not None and step.due_on is not None and (due > step.due_on or (due == step.due_on and step.by_hand))
        )
        if due is not None and not later and not (step.cause and due == step.due_on):
            step = NextStep(due, estimated=clock.estimated, latest_on=due, cause=clock.cause, cause_on=clock.about)
        elif due is not None and step.due_on is not None and _says_nothing(step) and (due - step.due_on).days <= _NEAR:
            step = step._replace(cause=clock.cause, cause_on=clock.about)
    return step


_NEAR = 3
"""Days that a clock may ring after the rhythm and still be what the contact is about."""


def _says_nothing(step: NextStep) -> bool:
    """Whether nobody has said what the step is for."""
    return not (step.by_hand or step.action or step.cause or step.estimated)


def _pause_is_over(at: Situation) -> bool:
    """A pause ends with the first contact on its last day or later; until then the customer waits on the agenda."""
    return at.paused_until is not None and at.last_contact_on is not None and at.last_contact_on >= at.paused_until


def _rhythm_step(at: Situation, rhythm: Rhythm) -> NextStep:
    """The rhythm restarts at the last logged contact; a customer never contacted is due at once."""
    if at.last_contact_on is None:
        return NextStep(at.created_on, latest_on=at.created_on + timedelta(rhythm.ideal))
    due = at.last_contact_on + timedelta(rhythm.ideal)
    return NextStep(due, latest_on=at.last_contact_on + timedelta(rhythm.latest))


def _sample_step(at: Situation, rhythms: Mapping[str, Rhythm]) -> NextStep:
    """The sample's own clock: asked within `ideal` days of arrival, confirmed again within `latest` days of it. What was tried
    on that day or later without an answer is tried again after as many days."""
    from .trade import estimated_arrival

    rhythm = rhythms["sample"]
    arrival = at.sample and (at.sample.arrived_on or estimated_arrival(at.sample))
    if not at.sample or not arrival or at.sample.feedback:
        return _rhythm_step(at, rhythm)
    estimated = at.sample.arrived_on is None
    wait = timedelta(rhythm.latest if at.answered else rhythm.ideal)
    due = arrival + wait
    if at.last_contact_on is not None and (at.answered > 1 or at.last_contact_on >= due):
        due = at.last_contact_on + wait
    return NextStep(due, latest_on=due, estimated=estimated)


def usual_action(temperature: str, cause: str = "") -> Message:
    """What to do when nobody said what, in words: about the trade fact behind the step, else as usual at this temperature."""
    if cause:
        from .trade_clocks import CAUSES

        return Message(CAUSES[cause][1])
    return Message(USUAL[temperature][1])


def usual_channel(temperature: str) -> str:
    """The channel code usual for this temperature."""
    return USUAL[temperature][0]
