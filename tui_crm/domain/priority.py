"""The priority engine: how urgent a customer is today, and why.

Urgency is a sum of terms, declared once in `TERMS`; the same table computes and explains. Points are whole hundredths, so a
breakdown adds up exactly and equal scores are really equal. Terms that do not depend on the day sum up to a customer's
`weight`; inside a class of equal temperature and weight urgency only falls as the due date rises, which is what lets the
store walk the agenda in order without reading it whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import floor
from typing import NamedTuple

from .cadence import RHYTHMS, Rhythm, Waits
from .clocks import Hours, LocalTime
from .messages import N_, Message
from .rows import NextStep, Reason


def _points(**points: float) -> Mapping[str, float]:
    return {name: float(number) for name, number in points.items()}


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each term counts, in points. All of them are settings."""

    temperature: Mapping[str, float] = field(
        default_factory=lambda: _points(hot=10, sample=9, potential=6, existing=4, cold=2)
    )
    grade: Mapping[str, float] = field(default_factory=lambda: _points(S=4, A=3, B=1.5, C=0.5, E=0))
    lateness: float = 8.0
    promise: float = 2.0
    open_quote: float = 1.0
    unpaid: float = 1.0
    sample_waiting: float = 1.0
    clock: float = 2.0


class Money(NamedTuple):
    """What is on the table: is a quote open, a balance unpaid, a sample waiting for feedback?"""

    open_quote: bool = False
    unpaid: bool = False
    sample_waiting: bool = False


class Standing(NamedTuple):
    """What the engine knows about one customer: the facts that last, and the next step."""

    temperature: str
    grade: str
    step: NextStep
    money: Money = Money()
    last_contact_on: date | None = None


class Moment(NamedTuple):
    """The day, and the hour at the customer's where it is known."""

    today: date
    local: LocalTime | None = None


@dataclass(frozen=True, slots=True)
class Engine:
    """Weights, rhythms and waits in force."""

    weights: Weights = field(default_factory=Weights)
    rhythms: Mapping[str, Rhythm] = field(default_factory=lambda: RHYTHMS)
    waits: Waits = field(default_factory=Waits)

    def weight(self, standing: Standing) -> int:
        """The terms that do not depend on the day, in hundredths of a point."""
        return sum(term.points(self, standing, None) for term in TERMS if term.lasting)

    def lateness(self, temperature: str, days_late: int) -> int:
        """Hundredths of a point for being `days_late` days past due: w × (1 − 2^−r), r = days late ÷ the rhythm's
        ideal interval. Rounded down and kept under `w`, so that the longest wait never equals the full weight."""
        full = _hundredths(self.weights.lateness)
        late = floor(full * (1 - 2 ** (-days_late / self.rhythms[temperature].ideal)))
        return max(0, min(late, full - 1))

    def clock(self, local: LocalTime | None) -> int:
        """Hundredths of a point for the hour at the customer's."""
        return _hundredths(self.weights.clock) * clock_sign(local)

    def score(self, standing: Standing, moment: Moment) -> int:
        """The whole urgency in hundredths of a point."""
        return sum(term.points(self, standing, moment) for term in TERMS)

    def explain(self, standing: Standing, moment: Moment) -> tuple[Reason, ...]:
        """Every term that counts, in the table's order; the points add up to the score."""
        counted = ((term, term.points(self, standing, moment)) for term in TERMS)
        return tuple(
            Reason(t.name, p / 100, t.explain(standing, moment)) for t, p in counted if p or t.always(standing)
        )


def clock_sign(local: LocalTime | None) -> int:
    """Whether the hour at the customer's is a good one (1), a bad one (-1) or neither."""
    return _CLOCK_SIGN[local.hours] if local is not None and local.known else 0


def _hundredths(points: float) -> int:
    return round(points * 100)


def days_late(due_on: date | None, today: date) -> int:
    """Days past the due date; 0 when due today, in the future, or never."""
    return max(0, (today - due_on).days) if due_on else 0


def is_overdue(step: NextStep, today: date) -> bool:
    """Whether even the latest date has passed."""
    last = step.latest_on or step.due_on
    return last is not None and today > last


_CLOCK_SIGN = {Hours.OPEN: 1, Hours.CLOSED: 0, Hours.WEEKEND: -1}
_CLOCK_WORDS = {
    Hours.OPEN: N_("{time} there: working hours"),
    Hours.CLOSED: N_("{time} there: outside working hours"),
    Hours.WEEKEND: N_("{time} there: weekend"),
}

Points = Callable[[Engine, Standing, Moment | None], int]
Explain = Callable[[Standing, Moment], Message]


class Term(NamedTuple):
    """One term of the sum. `lasting` terms do not depend on the day; `always` says whether it is named even at 0 points."""

    name: str
    lasting: bool
    points: Points
    explain: Explain
    always: Callable[[Standing], bool] = lambda _standing: False


def _late_points(engine: Engine, standing: Standing, moment: Moment | None) -> int:
    if moment is None:
        return 0
    return engine.lateness(standing.temperature, days_late(standing.step.due_on, moment.today))


def _explain_lateness(standing: Standing, moment: Moment) -> Message:
    late = days_late(standing.step.due_on, moment.today)
    if standing.step.due_on is None:
        return Message(N_("no next step"))
    if standing.step.due_on > moment.today:
        return Message(N_("due on {day}"), {"day": standing.step.due_on})
    if late == 0:
        return Message(N_("due today"))
    if standing.last_contact_on is None and not standing.step.by_hand:
        return Message(N_("never contacted, waiting for {days} d"), {"days": late})
    if is_overdue(standing.step, moment.today):
        return Message(N_("{days} d late, overdue"), {"days": late})
    return Message(N_("{days} d late"), {"days": late})


def _explain_cause(standing: Standing, _moment: Moment) -> Message:
    from .trade_clocks import cause_words

    step = standing.step
    return cause_words(step.cause, step.cause_on, step.estimated) if step.cause else Message("")


def _money_points(engine: Engine, standing: Standing, _moment: Moment | None) -> int:
    weights, money = engine.weights, standing.money
    return (
        _hundredths(weights.open_quote) * money.open_quote
        + _hundredths(weights.unpaid) * money.unpaid
        + _hundredths(weights.sample_waiting) * money.sample_waiting
    )


def _explain_money(standing: Standing, _moment: Moment) -> Message:
    money = standing.money
    return Message(_MONEY_WORDS[(money.open_quote, money.unpaid, money.sample_waiting)])


_MONEY_WORDS = {
    (False, False, False): N_("nothing on the table"),
    (True, False, False): N_("a quote is open"),
    (False, True, False): N_("a balance is unpaid"),
    (False, False, True): N_("a sample waits for feedback"),
    (True, True, False): N_("a quote is open, a balance is unpaid"),
    (True, False, True): N_("a quote is open, a sample waits for feedback"),
    (False, True, True): N_("a balance is unpaid, a sample waits for feedback"),
    (True, True, True): N_("a quote is open, a balance is unpaid, a sample waits for feedback"),
}


def _explain_promise(standing: Standing, _moment: Moment) -> Message:
    if standing.step.action:
        return Message(N_("promised by hand: {action}"), {"action": standing.step.action})
    return Message(N_("date promised by hand"))


def _explain_clock(_standing: Standing, moment: Moment) -> Message:
    if moment.local is None or not moment.local.known:
        return Message(N_("local time unknown"))
    return Message(_CLOCK_WORDS[moment.local.hours], {"time": f"{moment.local.at:%H:%M}"})


TERMS: tuple[Term, ...] = (
    Term(
        "temperature",
        True,
        lambda e, s, _m: _hundredths(e.weights.temperature.get(s.temperature, 0)),
        lambda s, _m: Message(N_("temperature: {temperature}"), {"temperature": s.temperature}),
        always=lambda _standing: True,
    ),
    Term("lateness", False, _late_points, _explain_lateness, always=lambda _standing: True),
    Term("cause", True, lambda _e, _s, _m: 0, _explain_cause, always=lambda standing: bool(standing.step.cause)),
    Term(
        "grade",
        True,
        lambda e, s, _m: _hundredths(e.weights.grade.get(s.grade, 0)),
        lambda s, _m: Message(N_("grade {grade}"), {"grade": s.grade}),
    ),
    Term("promise", True, lambda e, s, _m: _hundredths(e.weights.promise) * s.step.by_hand, _explain_promise),
    Term("money", True, _money_points, _explain_money),
    Term("clock", False, lambda e, _s, m: e.clock(m.local) if m else 0, _explain_clock),
)
