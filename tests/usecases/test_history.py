"""Taking back, bringing back, and reading what was done. That every act can be undone: tests/store/test_history.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.builders import a_customer, a_session, days_ago, in_days
from tests.store.test_history import contents
from tui_crm.domain.messages import Problem
from tui_crm.domain.values import Contact, Customer, Reach, Sample
from tui_crm.usecases import cards, customers, finding, history, logging, planning, trade
from tui_crm.usecases.history import FieldChange, RowChange
from tui_crm.usecases.session import Session


def last_changes(session: Session) -> list[RowChange]:
    return history.changes(session, history.operations(session, 1)[0].id)


def test_undo_and_redo_tell_what_they_took_back_and_brought_back(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "cold", name="Acme")
    planning.set_temperature(session, customer, "hot")
    undone = history.undo(session)
    assert (str(undone.label), undone.customers) == ("Acme is now hot", (customer,))
    assert cards.existing(session, customer).temperature == "cold"
    redone = history.redo(session)
    assert (str(redone.label), redone.customers) == ("Acme is now hot", (customer,))
    assert cards.existing(session, customer).temperature == "hot"


def test_in_an_empty_book_there_is_nothing_to_take_back(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    with pytest.raises(Problem, match="nothing to undo"):
        history.undo(session)
    with pytest.raises(Problem, match="nothing to redo"):
        history.redo(session)


def test_what_was_undone_is_not_found_any_more(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, name="Acme")
    logging.log(session, customer, "asked for gearboxes #vip")
    for word in ("gearboxes", "vip", "#vip"):
        assert len(finding.find(session, word).rows) == 1
    history.undo(session)
    for word in ("gearboxes", "vip", "#vip"):
        assert finding.find(session, word).rows == ()
    history.redo(session)
    assert len(finding.find(session, "gearboxes").rows) == 1


def test_another_session_takes_back_under_its_own_name(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    a_customer(session, name="Acme")
    history.undo(replace(session, actor="李四"))
    undo, add = history.operations(session)
    assert (undo.actor, undo.kind, add.actor, add.undone) == ("李四", "undo", "me", True)
    assert undo.at == session.now


def test_the_history_of_one_customer_is_its_own(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    first, second = a_customer(session, name="Acme"), a_customer(session, name="Bolt")
    planning.snooze(session, first, "3d")
    logging.log(session, second, "asked for prices")
    assert [str(op.label) for op in history.operations(session, customer=second)] == ["Logged email with Bolt", "test"]
    assert len(history.operations(session)) == 4
    assert len(history.operations(session, 1)) == 1


ACTS: list[tuple[Callable[[Session, int], object], list[tuple[str, str, dict[str, tuple[object, object]]]]]] = [
    (
        lambda session, customer: planning.set_grade(session, customer, "A"),
        [("customer", "changed", {"grade": ("B", "A")})],
    ),
    (
        lambda session, customer: planning.set_stage(session, customer, "paused", until=in_days(9)),
        [("customer", "changed", {"stage": ("new", "paused"), "paused_until": ("", in_days(9))})],
    ),
    (
        lambda session, customer: planning.snooze(session, customer, "3d"),
        [
            ("next_step", "changed", {"status": ("open", "moved")}),
            ("next_step", "added", {"due_on": ("", in_days(3)), "action": ("", "call")}),
        ],
    ),
    (
        lambda session, customer: planning.retag(session, customer, ["vip"], ["old"]),
        [("customer_tag", "added", {"tag": ("", "vip")}), ("customer_tag", "removed", {"tag": ("old", "")})],
    ),
    (
        lambda session, customer: logging.log(session, customer, "offered $FOB Ningbo 1.25/100 >none waits @wa"),
        [
            ("quote", "added", {"price": ("", "USD 1.25"), "incoterm": ("", "FOB"), "place": ("", "Ningbo"), "moq": ("", "100")}),
            ("next_step", "changed", {"status": ("open", "done")}),
            ("next_step", "added", {"reason": ("", "waits")}),
            (
                "activity",
                "added",
                {
                    "happened_at": ("", datetime(2026, 11, 18, 4, tzinfo=UTC)),
                    "channel": ("", "whatsapp"),
                    "note": ("", "offered"),
                    "stage": ("", "new"),
                },
            ),
        ],
    ),
    (
        lambda session, customer: trade.add(session, customer, Sample("grey", "DHL", "1", arrived_on=days_ago(1))),
        [
            (
                "sample",
                "added",
                {"specs": ("", "grey"), "courier": ("", "DHL"), "tracking": ("", "1"), "arrived_on": ("", days_ago(1))},
            )
        ],
    ),
    (
        lambda session, customer: customers.save_contact(
            session, customer, Contact("Bob", "buyer", (Reach("wechat", "bob"),))
        ),
        [
            ("contact", "added", {"name": ("", "Bob"), "position": ("", "buyer")}),
            ("reach", "added", {"kind": ("", "wechat"), "value": ("", "bob")}),
        ],
    ),
    (
        lambda session, customer: customers.archive(session, customer),
        [("customer", "changed", {"archived": ("", "1")})],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("act", "told"), ACTS, ids=range(len(ACTS)))
def test_what_an_act_changed_is_told_as_a_person_reads_it(
    tmp_path: Path,
    act: Callable[[Session, int], object],
    told: list[tuple[str, str, dict[str, tuple[object, object]]]],
) -> None:
    session = a_session(tmp_path)
    a_customer(session, tags=("vip",))
    customer = a_customer(session, name="Acme", promised=days_ago(1), action="call", tags=("old",))
    act(session, customer)
    changes = last_changes(session)
    assert {change.customer for change in changes} == {"Acme"}
    found = [
        (change.what, change.event, {field.field: (field.old, field.new) for field in change.fields})
        for change in changes
    ]
    assert found == told

    history.undo(session)
    taken_back = [
        (change.what, {field.field: (field.new, field.old) for field in change.fields})
        for change in last_changes(session)
    ]
    assert taken_back == [(what, fields) for what, _, fields in reversed(told)]


def test_own_fields_are_told_by_name(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customers.add_customer(session, Customer("Acme", "DE", custom={"SDS": "yes", "credit": "30 d"}))
    (change,) = last_changes(session)
    assert FieldChange("custom", "", "SDS: yes; credit: 30 d") in change.fields


def test_of_a_large_operation_only_the_first_rows_are_read(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    planning.retag(session, customer, [f"tag{number}" for number in range(30)])
    (op,) = history.operations(session, 1)
    assert op.changes == 60
    assert len(history.changes(session, op.id, 10)) == 5
    assert len(history.changes(session, op.id)) == 30


def test_an_act_that_conflicts_with_a_later_one_is_not_taken_back(tmp_path: Path) -> None:
    """Only another program can bring this about: here a change that carries no operation of its own to undo first."""
    session = a_session(tmp_path)
    customer = a_customer(session, name="Acme", city="Bonn")
    customers.edit_customer(session, customer, 1, {"city": "Köln"})
    planning.set_grade(session, customer, "A")
    session.book.run("UPDATE op SET reverted_by = id WHERE id = (SELECT max(id) FROM op)")
    before = contents(session)
    with pytest.raises(Problem, match="changed since"):
        history.undo(session)
    assert contents(session) == before


def test_days_and_instants_are_values_not_texts(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    planning.set_stage(session, customer, "paused", until=in_days(1))
    values = [field.new for change in last_changes(session) for field in change.fields]
    assert [value for value in values if isinstance(value, date)] == [in_days(1)]
