"""Acts on many customers at once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days
from tui_crm.config import Settings
from tui_crm.domain.messages import Problem
from tui_crm.i18n import tell
from tui_crm.usecases import agenda, bulk, cards, history
from tui_crm.usecases.bulk import Act
from tui_crm.usecases.session import Stopped


def test_an_act_is_counted_done_and_undone_as_one(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    hot = a_customer(session, "hot")
    cold = [a_customer(session, "cold") for _ in range(3)]
    plan = bulk.plan(session, [hot, *cold], Act("temperature", "hot"))
    assert (plan.changed, plan.unchanged) == (tuple(cold), 1)
    assert tell(plan.label) == "3 customers are now hot"
    assert cards.existing(session, cold[0]).temperature == "cold"  # a plan changes nothing
    assert bulk.do(session, plan) == 3
    assert {cards.existing(session, c).temperature for c in cold} == {"hot"}
    history.undo(session)
    assert {cards.existing(session, c).temperature for c in cold} == {"cold"}


@pytest.mark.parametrize(
    ("act", "field", "value"),
    [
        (Act("grade", "S"), "grade", "S"),
        (Act("stage", "lost", "price"), "lost_reason", "price"),
        (Act("stage", "paused", "5"), "paused_until", in_days(5)),
        (Act("owner", " li "), "owner", "li"),
        (Act("archive"), "archived", True),
        (Act("tag", "#big deal"), "tags", ("big-deal",)),
    ],
)
def test_every_act(tmp_path: Path, act: Act, field: str, value: object) -> None:
    session = a_session(tmp_path)
    both = [a_customer(session), a_customer(session)]
    bulk.do(session, bulk.plan(session, both, act))
    assert [getattr(cards.existing(session, c), field) for c in both] == [value] * 2
    again = bulk.plan(session, both, act)
    assert (again.changed, again.unchanged) == ((), 2)
    assert bulk.do(session, again) == 0


def test_snoozing_many_keeps_what_is_to_be_done(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    one = a_customer(session, promised=TODAY, action="send PI")
    other = a_customer(session)
    bulk.do(session, bulk.plan(session, [one, other], Act("snooze", "3d")))
    assert [(row.due_on, row.next_action) for row in agenda.rows(session, [one, other])] == [
        (in_days(3), "send PI"),
        (in_days(3), ""),
    ]


@pytest.mark.parametrize(
    "act",
    [Act("temperature", "warm"), Act("stage", "lost"), Act("tag", "#"), Act("owner", " "), Act("snooze", "yesterday")],
)
def test_what_cannot_be_used_is_refused_and_nothing_changed(tmp_path: Path, act: Act) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    before = cards.card(session, customer)
    with pytest.raises(Problem):
        bulk.do(session, bulk.plan(session, [customer], act))
    assert cards.card(session, customer) == before


def test_a_full_day_is_spread_over_the_coming_ones(tmp_path: Path) -> None:
    session = a_session(tmp_path, settings=Settings(name="me", capacity=2))
    promised = a_customer(session, "cold", promised=TODAY, action="call")
    late = [a_customer(session, "hot", last_contact=days_ago(9 + n)) for n in range(4)]
    bulk.do_spread(session, bulk.plan_spread(session))
    left = {row.id for row in agenda.agenda(session, None).rows}
    assert promised in left
    assert len(left) == 2
    due = sorted(row.due_on - TODAY for row in agenda.rows(session, late) if row.due_on and row.due_on > TODAY)
    assert due == [timedelta(1), timedelta(1), timedelta(2)]
    with pytest.raises(Problem, match="nothing to spread"):
        bulk.plan_spread(session)
    history.undo(session)
    assert len(agenda.agenda(session, None).rows) == 5


def test_several_tags_are_one_act(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    old, new = a_customer(session, tags=("old",)), a_customer(session, tags=("new",))
    assert bulk.carried_tags(session, [old, new]) == {"old": 1, "new": 1}
    plan = bulk.plan(session, [old, new], Act("tag", "new"), Act("untag", "old"))
    assert (tell(plan.label), plan.changed) == (f"Tagged {cards.existing(session, old).name} #new -#old", (old,))
    bulk.do(session, plan)
    assert [cards.existing(session, c).tags for c in (old, new)] == [("new",), ("new",)]


def test_snoozing_somebody_who_is_paused_moves_the_day_of_coming_back(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    paused = a_customer(session, stage="paused", paused_until=in_days(2))
    bulk.do(session, bulk.plan(session, [paused], Act("snooze", "9")))
    assert agenda.rows(session, [paused])[0].due_on == in_days(9)


def test_customers_that_are_no_longer_there_are_passed_over(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "cold")
    plan = bulk.plan(session, [customer, 4711], Act("temperature", "hot"))
    assert (plan.changed, plan.unchanged) == ((customer,), 1)


def test_one_line_is_logged_with_many(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    many = [a_customer(session, last_contact=days_ago(n)) for n in (3, 30)]
    plan = bulk.plan_log(session, many, "sent the new catalogue @linkedin >14d call #fair")
    assert bulk.log_many(session, plan) == 2
    for customer in many:
        card = cards.card(session, customer)
        assert (card.activities[0].note, card.activities[0].channel) == ("sent the new catalogue", "linkedin")
        assert (card.step.due_on, card.step.action, card.customer.tags) == (in_days(14), "call", ("fair",))
    assert tell(history.undo(session).label) == "Logged with 2 customers"
    assert [len(cards.card(session, customer).activities) for customer in many] == [1, 1]


@pytest.mark.parametrize("line", ["", "  ", "PI sent $FOB Shenzhen USD 0.86/pc"])
def test_what_cannot_be_logged_with_many_is_refused(tmp_path: Path, line: str) -> None:
    session = a_session(tmp_path)
    with pytest.raises(Problem):
        bulk.plan_log(session, [a_customer(session)], line)


@pytest.mark.parametrize("phase", ["writing", "bringing the lists up to date"])
def test_an_act_that_is_stopped_leaves_nothing(tmp_path: Path, phase: str) -> None:
    session = a_session(tmp_path)
    many = [a_customer(session, "cold") for _ in range(20)]
    asked: list[str] = []
    with pytest.raises(Stopped), session.watched(lambda what, _n, _of: asked.append(what), lambda: phase in asked):
        bulk.do(session, bulk.plan(session, many, Act("temperature", "hot")))
    assert {cards.existing(session, customer).temperature for customer in many} == {"cold"}
    assert "test" in tell(history.undo(session).label)  # the last operation is still that of the builder
