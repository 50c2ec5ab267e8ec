"""Taking back, bringing back, and reading what was done. That every act can be undone: tests/store/test_history.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days
from tests.store.test_history import contents
from tui_crm.domain.messages import Problem
from tui_crm.domain.values import Contact, Customer, Invoice, Order, Payment, Quote, Reach, Sample, Shipment
from tui_crm.i18n import explain, short_date
from tui_crm.store.blocking import UNIQUE
from tui_crm.store.schema import TRACKED
from tui_crm.usecases import cards, customers, finding, history, logging, planning, tagging, trade
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
            (
                "quote",
                "added",
                {
                    "quoted_on": ("", TODAY),
                    "price": ("", "USD 1.25"),
                    "incoterm": ("", "FOB"),
                    "place": ("", "Ningbo"),
                    "moq": ("", "100"),
                },
            ),
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
        lambda session, customer: trade.add(session, customer, Invoice("PI7", days_ago(1), "USD", 428000)),
        [
            (
                "invoice",
                "added",
                {"number": ("", "PI7"), "sent_on": ("", days_ago(1)), "amount": ("", "USD 4,280.00")},
            )
        ],
    ),
    (
        lambda session, customer: trade.add(
            session, customer, Order(days_ago(1), "JPY", 500_000, kind="trial", deposit=150_000, price=12_5000)
        ),
        [
            (
                "sales_order",
                "added",
                {
                    "kind": ("", "trial"),
                    "ordered_on": ("", days_ago(1)),
                    "amount": ("", "JPY 500,000"),
                    "deposit": ("", "JPY 150,000"),
                    "price": ("", "JPY 12.5"),
                },
            )
        ],
    ),
    (
        lambda session, customer: trade.add(session, customer, Payment(TODAY, "EUR", 12850, "deposit")),
        [("payment", "added", {"paid_on": ("", TODAY), "amount": ("", "EUR 128.50"), "kind": ("", "deposit")})],
    ),
    (
        lambda session, customer: trade.add(session, customer, Shipment("sea", "Ningbo", "Hamburg", transit_days=30)),
        [
            (
                "shipment",
                "added",
                {
                    "mode": ("", "sea"),
                    "from_port": ("", "Ningbo"),
                    "to_port": ("", "Hamburg"),
                    "transit_days": ("", "30"),
                },
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
    assert change.fields[-2:] == (FieldChange("custom", "", "yes", "SDS"), FieldChange("custom", "", "30 d", "credit"))


def test_a_tag_that_is_gone_keeps_its_name_in_history(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    planning.retag(session, customer, ["vip"])
    (tagged, *_) = history.operations(session)
    tagging.rename(session, tagging.every(session)[0], "key")
    tagging.recolor(session, tagging.every(session)[0], "red")
    assert last_changes(session)[0].fields == (FieldChange("color", "", "red"),)
    for _ in range(3):
        history.undo(session)
    assert tagging.every(session) == []
    assert [change.fields for change in history.changes(session, tagged.id)] == [(FieldChange("tag", "", "vip"),)]


# Undoing any ---------------------------------------------------------------------------------------------------------


def operation(session: Session, label: str) -> int:
    """The newest operation whose label holds this."""
    return next(op.id for op in history.operations(session, -1) if label in str(op.label) and op.kind == "do")


def test_an_operation_that_nothing_rests_on_is_undone_and_brought_back_out_of_turn(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    first, second = a_customer(session, "cold", name="Acme"), a_customer(session, name="Bolt")
    planning.set_temperature(session, first, "hot")
    logging.log(session, first, "asked for prices >3d call #vip")
    planning.retag(session, second, ["vip"])
    planning.set_grade(session, second, "A")
    end = contents(session)
    logged = operation(session, "Logged")
    undone = history.undo(session, logged)
    assert str(undone.label) == "Logged email with Acme"
    card = cards.card(session, first)
    assert (card.activities, card.step.by_hand, card.customer.tags) == ((), False, ())
    assert cards.existing(session, second).tags == ("vip",), "the new tag stays while another carries it"
    with pytest.raises(Problem, match="undone already"):
        history.undo(session, logged)
    planning.snooze(session, second, "3")
    history.redo(session, logged)
    with pytest.raises(Problem, match="not undone"):
        history.redo(session, logged)
    history.undo(session, operation(session, "Snoozed"))
    assert contents(session) == end


def test_to_undo_an_undo_is_to_bring_back(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "cold", name="Acme")
    planning.set_temperature(session, customer, "hot")
    history.undo(session)
    (undo, *_) = history.operations(session)
    history.undo(session, undo.id)
    assert cards.existing(session, customer).temperature == "hot"
    with pytest.raises(Problem, match="is back already"):
        history.undo(session, undo.id)
    (redo, *_) = history.operations(session)
    history.undo(session, redo.id)
    assert cards.existing(session, customer).temperature == "cold"


def quoted_then_invoiced(session: Session, customer: int) -> None:
    quote = trade.add(session, customer, Quote(TODAY, "USD", 8600))
    trade.add(session, customer, Invoice("PI7", TODAY, "USD", 86, quote_id=quote.id))


def reached_then_snoozed(session: Session, customer: int) -> None:
    logging.log_outcome(session, customer, "reached")
    planning.snooze(session, customer, "9")


def regraded(session: Session, customer: int) -> None:
    planning.set_temperature(session, customer, "hot")
    planning.set_grade(replace(session, actor="li"), customer, "A")


def regraded_again_and_again(session: Session, customer: int) -> None:
    regraded(session, customer)
    for grade in "BCS":
        planning.set_grade(session, customer, grade)


CONFLICTS = [
    (regraded, "now hot", "“Acme is now grade A” (Wed 18 Nov, li) changed the same customer later; undo that first."),
    (regraded_again_and_again, "now hot", "“Acme is now grade S” (Wed 18 Nov, me), “Acme is now grade C” (Wed 18 Nov, me) "
     "and 2 more changed the same customer later; undo them first."),
    (quoted_then_invoiced, "quote for", "“PI for Acme” (Wed 18 Nov, me) changed the same quote later; undo that first."),
    (reached_then_snoozed, "Logged", "“Snoozed Acme to Fri 27 Nov” (Wed 18 Nov, me) changed the same next step later; undo that first."),
    (regraded, "test", "“Acme is now grade A” (Wed 18 Nov, li) and “Acme is now hot” (Wed 18 Nov, me) "
     "changed the same customer later; undo them first."),
    (lambda session, customer: logging.log(session, customer, "asked"), "test",
     "“Logged e-mail with Acme” (Wed 18 Nov, me) changed the same customer later; undo that first."),
]  # fmt: skip


@pytest.mark.parametrize(("acts", "label", "why"), CONFLICTS, ids=range(len(CONFLICTS)))
def test_what_came_later_is_named_and_nothing_is_lost(
    tmp_path: Path, acts: Callable[[Session, int], object], label: str, why: str
) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "cold", name="Acme", promised=in_days(2), action="call")
    acts(session, customer)
    before, op_id = contents(session), operation(session, label)
    for attempt in (history.check_undo, history.undo):
        with pytest.raises(Problem) as refused:
            attempt(session, op_id)  # type: ignore[operator]
        assert explain(refused.value) == why.replace("Wed 18 Nov", short_date(TODAY)).replace(
            "Fri 27 Nov", short_date(date(2026, 11, 27))
        )
    assert contents(session) == before


def test_what_belongs_to_something_undone_is_not_brought_back_alone(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = customers.add_customer(session, Customer("Acme", "DE")).id
    logging.log(session, customer, "asked #vip")
    logged = operation(session, "Logged")
    history.undo(session)
    history.undo(session)
    with pytest.raises(Problem) as refused:
        history.redo(session, logged)
    assert explain(refused.value) == (
        f"“Added Acme” ({short_date(TODAY)}, me) has been undone since; bring that back first."
    )
    history.redo(session)
    history.redo(session, logged)
    assert cards.existing(session, customer).tags == ("vip",)


def test_every_rule_that_no_two_rows_may_break_is_known_to_undo(tmp_path: Path) -> None:
    book = a_session(tmp_path).book
    unique = {
        table: tuple(row[0] for row in book.rows(f"SELECT name FROM pragma_index_info('{index}')"))
        for table in TRACKED
        for _seq, index, is_unique, *_ in book.rows(f"PRAGMA index_list({table})")
        if is_unique and index != "next_step_open"
    }
    assert unique == {table: columns for table, columns in UNIQUE.items() if table != "next_step"}


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
