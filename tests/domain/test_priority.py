from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_crm.domain.cadence import RHYTHMS, Situation, next_step
from tui_crm.domain.clocks import Hours, local_time, place_of
from tui_crm.domain.priority import TERMS, Engine, Moment, Money, Standing, Weights, days_late, is_overdue
from tui_crm.domain.values import NextStep, Sample
from tui_crm.domain.vocabulary import GRADES, TEMPERATURES

TODAY = date(2026, 11, 18)
ENGINE = Engine()
NOTHING = Money()
NOTHING = Money()


def ago(days: int) -> date:
    return TODAY - timedelta(days)


def standing(
    temperature: str, late: int = 0, grade: str = "B", by_hand: bool = False, money: Money = NOTHING
) -> Standing:
    return Standing(temperature, grade, NextStep(ago(late), by_hand=by_hand), money, ago(30))


standings = st.builds(
    standing,
    st.sampled_from(TEMPERATURES),
    st.integers(0, 4000),
    st.sampled_from((*GRADES, "")),
    st.booleans(),
    st.builds(Money, st.booleans(), st.booleans(), st.booleans()),
)
moments = st.builds(
    Moment,
    st.just(TODAY),
    st.sampled_from(["DE", "SA", "CN", "US America/Los_Angeles", "NP", " "]).map(
        lambda place: local_time(place_of(place[:2].strip(), "", place[3:]), datetime(2026, 11, 18, 4, tzinfo=UTC))
    ),
)


@given(standings, moments)
def test_the_breakdown_adds_up_to_the_score(at: Standing, moment: Moment) -> None:
    reasons = ENGINE.explain(at, moment)
    assert round(sum(reason.points for reason in reasons) * 100) == ENGINE.score(at, moment)


@given(st.integers(0, 100_000), st.sampled_from(GRADES), st.sampled_from([t for t in TEMPERATURES if t != "hot"]))
def test_a_forgotten_cold_customer_never_passes_a_hot_one_of_its_grade_due_today(
    late: int, grade: str, other: str
) -> None:
    hot = ENGINE.score(standing("hot", 0, grade), Moment(TODAY))
    forgotten = ENGINE.score(standing("cold", late, grade), Moment(TODAY))
    assert forgotten < hot


def test_and_still_rises_above_those_just_due() -> None:
    assert ENGINE.score(standing("cold", 60), Moment(TODAY)) > ENGINE.score(standing("potential", 0), Moment(TODAY))


@given(st.sampled_from(TEMPERATURES), st.integers(0, 2000), st.integers(0, 2000))
def test_inside_a_class_urgency_only_falls_as_the_due_date_rises(temperature: str, a: int, b: int) -> None:
    later, earlier = sorted((a, b))
    assert ENGINE.lateness(temperature, later) <= ENGINE.lateness(temperature, earlier)


@pytest.mark.parametrize("days", [1, 3, 10])
def test_the_same_days_late_weigh_more_for_a_hot_customer(days: int) -> None:
    assert ENGINE.lateness("hot", days) > ENGINE.lateness("potential", days) > ENGINE.lateness("cold", days)


@pytest.mark.parametrize(
    ("temperature", "days", "points"),
    [("hot", 0, 0), ("hot", 2, 400), ("hot", 4, 600), ("cold", 14, 400), ("hot", 9999, 799)],
)
def test_lateness_is_half_the_weight_after_one_interval_and_never_all_of_it(
    temperature: str, days: int, points: int
) -> None:
    assert ENGINE.lateness(temperature, days) == points


def test_what_lasts_is_the_weight_and_the_rest_depends_on_the_day() -> None:
    at = standing("hot", 3, "A", True, Money(open_quote=True))
    assert ENGINE.weight(at) == 1000 + 300 + 200 + 100
    assert {term.name for term in TERMS if not term.lasting} == {"lateness", "clock"}


def test_weights_are_settings() -> None:
    engine = Engine(Weights(temperature={"hot": 0.0, "cold": 5.0}, promise=0))
    assert engine.score(standing("cold"), Moment(TODAY)) > engine.score(standing("hot", by_hand=True), Moment(TODAY))


@pytest.mark.parametrize(
    ("place", "utc", "hours", "wall"),
    [
        ("DE", "2026-11-18T08:00", Hours.OPEN, "09:00"),
        ("DE", "2026-11-18T17:00", Hours.CLOSED, "18:00"),
        ("DE", "2026-07-18T08:00", Hours.WEEKEND, "10:00"),
        ("IN", "2026-11-18T04:00", Hours.OPEN, "09:30"),
        ("NP", "2026-11-18T04:00", Hours.OPEN, "09:45"),
        ("SA", "2026-11-20T08:00", Hours.WEEKEND, "11:00"),
        ("SA", "2026-11-22T08:00", Hours.OPEN, "11:00"),
        ("AE", "2026-11-20T08:00", Hours.OPEN, "12:00"),
        ("AE", "2026-11-22T08:00", Hours.WEEKEND, "12:00"),
        ("IR", "2026-11-20T08:00", Hours.WEEKEND, "11:30"),
    ],
)
def test_the_hour_at_the_customer(place: str, utc: str, hours: Hours, wall: str) -> None:
    local = local_time(place_of(place, "", ""), datetime.fromisoformat(utc).replace(tzinfo=UTC))
    assert (local.hours, f"{local.at:%H:%M}") == (hours, wall)


# When the next step is due ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("temperature", "ideal", "latest"),
    [("hot", 2, 3), ("potential", 7, 7), ("cold", 14, 21), ("existing", 15, 30), ("sample", 3, 7)],
)
def test_due_from_the_ideal_overdue_past_the_latest_date(temperature: str, ideal: int, latest: int) -> None:
    step = next_step(Situation(temperature, "new", ago(100), ago(ideal)))
    assert step.due_on == TODAY and not step.by_hand
    assert not is_overdue(next_step(Situation(temperature, "new", ago(100), ago(latest))), TODAY)
    assert is_overdue(next_step(Situation(temperature, "new", ago(100), ago(latest + 1))), TODAY)


def test_a_promise_beats_the_rhythm() -> None:
    promise = NextStep(TODAY + timedelta(4), "ask about the quote", by_hand=True)
    step = next_step(Situation("hot", "quoted", ago(100), ago(50), promise))
    assert (step.due_on, step.action, step.by_hand) == (TODAY + timedelta(4), "ask about the quote", True)


def test_a_customer_never_contacted_is_due_at_once() -> None:
    assert next_step(Situation("cold", "new", TODAY)).due_on == TODAY


@pytest.mark.parametrize(
    ("situation", "due"),
    [
        (Situation("hot", "lost", ago(9), ago(9)), None),
        (Situation("hot", "new", ago(9), ago(9), archived=True), None),
        (Situation("hot", "paused", ago(9), ago(9)), None),
        (Situation("hot", "paused", ago(9), ago(9), paused_until=TODAY), TODAY),
        (Situation("hot", "new", ago(9), ago(9), NextStep(None, reason="waits for budget")), None),
    ],
)
def test_lost_archived_and_paused_customers_leave_the_agenda(situation: Situation, due: date | None) -> None:
    assert next_step(situation).due_on == due


@pytest.mark.parametrize(
    ("sample", "answered", "last", "due", "estimated"),
    [
        (Sample(arrived_on=ago(1)), 0, ago(9), TODAY + timedelta(2), False),
        (Sample(arrived_on=ago(5)), 1, ago(3), TODAY + timedelta(2), False),
        (Sample(arrived_on=ago(20)), 2, ago(6), TODAY + timedelta(1), False),
        (Sample(arrived_on=ago(5)), 0, TODAY, TODAY + timedelta(3), False),
        (Sample(arrived_on=ago(20)), 1, ago(1), TODAY + timedelta(6), False),
        (Sample(courier="DHL", shipped_on=ago(4)), 0, ago(4), TODAY + timedelta(4), True),
        (Sample(courier="EMS", shipped_on=ago(4)), 0, ago(4), TODAY + timedelta(11), True),
    ],
)
def test_the_sample_clock_runs_from_arrival(
    sample: Sample, answered: int, last: date, due: date, estimated: bool
) -> None:
    step = next_step(Situation("sample", "sampling", ago(60), last, sample=sample, answered=answered))
    assert (step.due_on, step.estimated) == (due, estimated)


def test_a_sample_customer_without_a_sample_follows_the_rhythm() -> None:
    assert next_step(Situation("sample", "sampling", ago(60), ago(3))).due_on == TODAY
    assert RHYTHMS["sample"].ideal == 3


def test_days_late() -> None:
    assert [days_late(day, TODAY) for day in (None, TODAY, ago(3), TODAY + timedelta(3))] == [0, 0, 3, 0]
