"""Moving what comes next, and saying how a customer stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days, on_day
from tests.store.test_history import contents
from tui_crm.domain.messages import Problem
from tui_crm.domain.values import NextStep
from tui_crm.domain.vocabulary import STAGES
from tui_crm.usecases import agenda, cards, customers, history, logging, planning
from tui_crm.usecases.session import Session

# TODAY is Wednesday, 18 November 2026.


def due(session: Session, customer: int) -> bool:
    """Whether the customer is on today's agenda."""
    return customer in [row.id for row in agenda.agenda(session).rows]


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("1", in_days(1)),
        ("7", in_days(7)),
        ("３", in_days(3)),
        ("3d", in_days(3)),
        ("2w", in_days(14)),
        ("tomorrow", in_days(1)),
        ("fri", date(2026, 11, 20)),
        ("wed", date(2026, 11, 25)),
        ("next fri", date(2026, 11, 27)),
        ("12/24", date(2026, 12, 24)),
        ("2027-01-05", date(2027, 1, 5)),
        ("明天", in_days(1)),
        ("后天", in_days(2)),
        ("3天", in_days(3)),
        ("３天后", in_days(3)),
        ("两周后", in_days(14)),
        ("周五", date(2026, 11, 20)),
        ("下周三", date(2026, 11, 25)),
        ("12月24日", date(2026, 12, 24)),
        ("月底", date(2026, 11, 30)),
        (" 3d ", in_days(3)),
    ],
)
def test_snoozing_moves_the_step_by_hand_and_keeps_what_to_do(tmp_path: Path, when: str, day: date) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "hot", promised=days_ago(1), action="call Anna")
    assert planning.snooze(session, customer, when) == day
    step = cards.card(session, customer).step
    assert step == NextStep(day, "call Anna", by_hand=True, latest_on=day)
    assert not due(session, customer)
    assert due(on_day(session, day), customer)


@pytest.mark.parametrize(
    "when",
    ["0", "today", "今天", "yesterday", "昨天", "2020-01-01", "", "soon", "改天", "31/2", "99999", "-3", "3d call"],
)
def test_what_is_no_later_day_moves_nothing(tmp_path: Path, when: str) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, promised=TODAY)
    before = contents(session)
    with pytest.raises(Problem):
        planning.snooze(session, customer, when)
    assert contents(session) == before


def test_a_step_of_the_rhythm_can_be_snoozed_and_is_by_hand_then(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "hot", last_contact=days_ago(9))
    planning.snooze(session, customer, "4")
    assert cards.card(session, customer).step == NextStep(in_days(4), by_hand=True, latest_on=in_days(4))
    history.undo(session)
    assert cards.card(session, customer).step == NextStep(days_ago(7), latest_on=days_ago(6))


def test_a_new_temperature_brings_its_rhythm(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "cold", last_contact=days_ago(5))
    dues = {}
    for temperature in ("hot", "potential", "cold", "existing", "sample"):
        planning.set_temperature(session, customer, temperature)
        dues[temperature] = cards.card(session, customer).step.due_on
    last = days_ago(5).toordinal()
    assert {name: day.toordinal() - last for name, day in dues.items() if day} == {
        "hot": 2,
        "potential": 7,
        "cold": 14,
        "existing": 15,
        "sample": 3,
    }


def test_a_grade_can_be_set_and_taken_off(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, grade="B", last_contact=days_ago(30))
    scores = []
    for grade in ("S", "A", "B", "C", "E", ""):
        planning.set_grade(session, customer, grade)
        card = cards.card(session, customer)
        assert card.customer.grade == grade
        scores.append(card.row.score)
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 5


def test_what_is_no_code_is_refused_with_those_there_are(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "hot")
    before = contents(session)
    with pytest.raises(Problem, match=r"boiling.*hot, potential"):
        planning.set_temperature(session, customer, "boiling")
    with pytest.raises(Problem, match=r"Z.*S, A"):
        planning.set_grade(session, customer, "Z")
    with pytest.raises(Problem, match=r"married.*new, contacted"):
        planning.set_stage(session, customer, "married")
    assert contents(session) == before


def test_setting_what_is_set_already_is_no_operation(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "hot", grade="A")
    before = history.operations(session)
    planning.set_temperature(session, customer, "hot")
    planning.set_grade(session, customer, "A")
    assert history.operations(session) == before


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage not in ("lost", "paused")])
def test_a_stage_of_the_pipeline_does_not_touch_the_next_step(tmp_path: Path, stage: str) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, promised=in_days(3), action="visit")
    before = cards.card(session, customer).step
    planning.set_stage(session, customer, stage)
    card = cards.card(session, customer)
    assert (card.customer.stage, card.step) == (stage, before)


def test_a_lost_customer_leaves_with_a_reason_and_can_come_back(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "hot", promised=days_ago(2), action="call")
    for nothing in ("", "  ", "\u200b"):
        with pytest.raises(Problem, match="Say why"):
            planning.set_stage(session, customer, "lost", nothing)
    assert due(session, customer)

    planning.set_stage(session, customer, "lost", " price too high ")
    assert not due(session, customer)
    assert not due(on_day(session, in_days(400)), customer)
    assert cards.existing(session, customer).lost_reason == "price too high"

    planning.set_stage(session, customer, "negotiating")
    assert due(session, customer)
    assert cards.existing(session, customer).lost_reason == ""


def test_a_paused_customer_comes_back_on_its_day_and_goes_with_the_next_contact(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "hot", last_contact=days_ago(9))
    planning.set_stage(session, customer, "paused", until=in_days(10))
    assert not due(session, customer)
    assert not due(on_day(session, in_days(9)), customer)
    back = on_day(session, in_days(10))
    assert due(back, customer)
    assert due(on_day(session, in_days(12)), customer)

    logging.log_outcome(back, customer, "reached")
    assert cards.card(back, customer).step == NextStep(in_days(12), latest_on=in_days(13))
    assert not due(back, customer)
    assert due(on_day(session, in_days(12)), customer)


def test_a_contact_during_a_pause_does_not_end_it(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "hot", stage="paused", paused_until=in_days(10))
    logging.log(session, customer, "they are still moving house")
    assert cards.card(session, customer).step.due_on == in_days(10)


def test_a_next_step_named_by_hand_ends_a_pause_on_its_day(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    for until in (in_days(10), None):
        customer = a_customer(session, "hot", stage="paused", paused_until=until)
        logging.log(session, customer, "they start again >3d send the new prices")
        step = cards.card(session, customer).step
        assert step == NextStep(in_days(3), "send the new prices", by_hand=True, latest_on=in_days(3))
        planning.snooze(session, customer, "5")
        step = cards.card(session, customer).step
        assert step == NextStep(in_days(5), "send the new prices", by_hand=True, latest_on=in_days(5))
        assert cards.existing(session, customer).paused_until == in_days(5)


def test_a_pause_without_a_day_lasts_until_the_stage_is_set(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "hot", last_contact=days_ago(9))
    planning.set_stage(session, customer, "paused")
    assert not due(on_day(session, in_days(4000)), customer)
    planning.set_stage(session, customer, "contacted")
    assert due(session, customer)


@pytest.mark.parametrize("until", [TODAY, days_ago(1)])
def test_a_pause_ends_after_today(tmp_path: Path, until: date) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    with pytest.raises(Problem, match="not after today"):
        planning.set_stage(session, customer, "paused", until=until)
    assert cards.existing(session, customer).stage == "new"


def test_an_archived_customer_leaves_every_list_and_comes_back_as_it_was(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "hot", promised=days_ago(2), action="call")
    before = agenda.agenda(session).rows
    customers.archive(session, customer)
    assert agenda.agenda(session).rows == ()
    customers.archive(session, customer, archived=False)
    (after,) = agenda.agenda(session).rows
    assert after._replace(version=0) == before[0]._replace(version=0)


def test_tags_are_put_on_once_and_taken_off(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, tags=("old", "价敏感"))
    planning.retag(session, customer, ["#new", "OLD", "two words", "", "#"], ["价敏感", "never there"])
    assert cards.existing(session, customer).tags == ("old", "new", "two-words")
    history.undo(session)
    assert cards.existing(session, customer).tags == ("old", "价敏感")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("vip", "vip"),
        ("##vip", "vip"),
        ("＃价敏感", "价敏感"),
        (" price  sensitive ", "price-sensitive"),
        ("a,b，c", "a-b-c"),
        ("a\x1b[2Jb", "a␛[2Jb"),
        ("x" * 90, "x" * 40),
        ("#", ""),
        ("\u200b", ""),
    ],
)
def test_how_a_tag_is_stored(typed: str, stored: str) -> None:
    assert planning.tag_name(typed) == stored
    assert planning.tag_name(stored) == stored
