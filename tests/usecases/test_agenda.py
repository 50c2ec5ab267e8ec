"""Who to talk to today: who is on it, in which order, and how much is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days, on_day
from tui_crm.domain.values import Order
from tui_crm.usecases import agenda, logging, trade
from tui_crm.usecases.session import Session


def names(session: Session) -> list[str]:
    return [row.name for row in agenda.agenda(session).rows]


def test_the_due_come_in_order_of_urgency_and_the_others_not_at_all(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    a_customer(session, "cold", name="cold, forgotten", last_contact=days_ago(300))
    a_customer(session, "hot", name="hot, due today", last_contact=days_ago(2))
    a_customer(session, "hot", name="hot, late", last_contact=days_ago(5))
    a_customer(session, "hot", name="hot, promised for today", promised=TODAY)
    a_customer(session, "hot", name="hot, not yet", last_contact=days_ago(1))
    a_customer(session, "hot", name="hot, promised later", last_contact=days_ago(90), promised=in_days(1))
    a_customer(session, "hot", name="lost", stage="lost", last_contact=days_ago(90))
    a_customer(session, "hot", name="archived", archived=True, last_contact=days_ago(90))
    assert names(session) == ["hot, late", "hot, promised for today", "hot, due today", "cold, forgotten"]


def test_a_row_says_why_it_is_there_and_the_points_add_up(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    a_customer(session, "hot", grade="S", country="CN", last_contact=days_ago(6), promised=days_ago(3), action="call")
    (row,) = agenda.agenda(session).rows
    assert sum(reason.points for reason in row.reasons) == pytest.approx(row.score)
    assert [reason.term for reason in row.reasons] == ["temperature", "lateness", "grade", "promise", "clock"]
    assert [str(reason.message) for reason in row.reasons[1:4]] == [
        "3 d late, overdue",
        "grade S",
        "promised by hand: call",
    ]
    (bare,) = agenda.agenda(session, explained=False).rows
    assert bare == row._replace(reasons=())


def test_why_names_also_what_a_broken_promise_hides(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "hot")
    logging.log(on_day(session, days_ago(9)), customer, "they will order >4d call")
    trade.add(session, customer, Order(days_ago(9), "USD", 430_000, deposit=129_000))
    (row,) = agenda.agenda(session).rows
    assert row.next_action == "call"
    found = agenda.explained(session, customer)
    assert found is not None
    assert [str(reason.message) for reason in found.reasons if reason.term == "cause"] == [
        f"the deposit was due on {days_ago(2)}"
    ]
    assert sum(reason.points for reason in found.reasons) == pytest.approx(row.score)


def test_only_so_many_rows_but_all_are_counted(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    for late in range(1, 8):
        a_customer(session, "hot", last_contact=days_ago(2 + late))
    a_customer(session, "hot", last_contact=TODAY)
    everything = agenda.agenda(session, None)
    assert (len(everything.rows), everything.due, everything.done, everything.more) == (7, 7, 1, False)
    first = agenda.agenda(session, 3)
    assert (first.rows, first.due, first.more) == (everything.rows[:3], 7, True)
    exact = agenda.agenda(session, 7)
    assert (exact.rows, exact.due, exact.more) == (everything.rows, 7, False)


def test_counting_ends_somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agenda, "COUNT_TO", 4)
    session = a_session(tmp_path)
    for _ in range(6):
        a_customer(session, "hot", last_contact=days_ago(9))
    assert (agenda.agenda(session, 2).due, agenda.agenda(session, 2).more) == (4, True)
    assert (agenda.agenda(session, 5).due, agenda.agenda(session, 5).more) == (4, True)
    assert agenda.agenda(session, None).due == 6


def test_who_was_contacted_today_is_done_once(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    first, second = (a_customer(session, "hot", last_contact=days_ago(9)) for _ in range(2))
    logging.log_outcome(session, first, "no_answer")
    logging.log(session, first, "reached after all, asks for 500 pcs")
    assert (agenda.agenda(session).due, agenda.agenda(session).done) == (1, 1)
    logging.log(session, second, "#marks !hot")
    assert (agenda.agenda(session).due, agenda.agenda(session).done) == (1, 1)


def test_rows_keep_the_order_asked_for_and_leave_out_the_unknown(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    a, b, c = (a_customer(session) for _ in range(3))
    assert [row.id for row in agenda.rows(session, [c, 99, a, b])] == [c, a, b]
    assert agenda.rows(session, []) == []


def test_an_empty_book_is_told_from_an_empty_agenda(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    assert agenda.book_is_empty(session)
    assert agenda.agenda(session) == agenda.Agenda((), 0, 0)
    a_customer(session, last_contact=TODAY)
    assert not agenda.book_is_empty(session)
    assert agenda.agenda(session).rows == ()
