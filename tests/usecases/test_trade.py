"""A sample has a clock of its own, from its arrival."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days, on_day
from tui_crm.domain.messages import Problem
from tui_crm.domain.values import NextStep, Sample
from tui_crm.usecases import cards, finding, history, logging, trade
from tui_crm.usecases.session import Session


def step_of(session: Session, customer: int) -> NextStep:
    return cards.card(session, customer).step


def test_from_shipping_to_the_second_question(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "sample", last_contact=days_ago(1))
    trade.add(session, customer, Sample("3 specs", "DHL", "562729", shipped_on=TODAY))
    shipped = step_of(session, customer)
    assert shipped.due_on is not None
    assert shipped.estimated
    arrival = shipped.due_on.toordinal() - 3 - TODAY.toordinal()
    assert 2 <= arrival <= 9, "the courier's usual days"

    logging.log(session, customer, "told them the tracking number")
    assert step_of(session, customer) == shipped, "a contact before it arrives is not the question"

    there = on_day(session, in_days(arrival))
    logging.log(there, customer, "it has arrived, they test it")
    assert step_of(there, customer) == NextStep(in_days(arrival + 7), estimated=True, latest_on=in_days(arrival + 7))

    asked = on_day(session, in_days(arrival + 7))
    logging.log(asked, customer, "test goes on, result next week")
    assert step_of(asked, customer).due_on == in_days(arrival + 14)


def test_an_arrival_that_is_known_sets_the_clock(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "sample", last_contact=days_ago(20))
    trade.add(session, customer, Sample(courier="DHL", shipped_on=days_ago(9), arrived_on=days_ago(2)))
    assert step_of(session, customer) == NextStep(in_days(1), latest_on=in_days(1))


def test_a_step_set_by_hand_beats_the_clock(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "sample")
    trade.add(session, customer, Sample(courier="DHL", shipped_on=TODAY))
    logging.log(session, customer, "on its way >2d ask whether it came")
    assert (step_of(session, customer).due_on, step_of(session, customer).estimated) == (in_days(2), False)


def test_the_newest_sample_counts(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "sample")
    for arrived in (days_ago(60), days_ago(1)):
        trade.add(session, customer, Sample(shipped_on=arrived, arrived_on=arrived))
    assert step_of(session, customer).due_on == in_days(2)
    assert [sample.arrived_on for sample in cards.card(session, customer).trade.samples] == [days_ago(1), days_ago(60)]


def test_a_sample_without_feedback_is_found_waiting(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    waiting, judged = a_customer(session), a_customer(session)
    trade.add(session, waiting, Sample(shipped_on=TODAY))
    trade.add(session, judged, Sample(shipped_on=TODAY, arrived_on=TODAY, feedback="too thin"))
    assert [row.id for row in finding.find(session, "sample:waiting").rows] == [waiting]
    history.undo(session)
    history.undo(session)
    assert finding.find(session, "sample:waiting").rows == ()


def test_a_sample_of_nobody_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no longer in the book"):
        trade.add(a_session(tmp_path), 7, Sample(shipped_on=TODAY))
