"""Two customers made one: everything goes over, nothing is lost, and undo brings both back exactly."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days, noon, on_day
from tests.store.test_history import contents
from tui_crm.domain.messages import Message, Problem
from tui_crm.domain.values import Activity, Attachment, Contact, Invoice, Order, Payment, Quote, Reach, Sample, Shipment
from tui_crm.store import attachments, reading, writing
from tui_crm.usecases import cards, customers, finding, history, logging, merging, planning, trade
from tui_crm.usecases.session import Session

ANNA = Contact(
    "Anna Schmidt", "CEO", (Reach("email", "anna@acme.example"), Reach("phone", "+49 30 5550101")), main=True
)


def two(session: Session) -> tuple[int, int]:
    """The customer to keep and its twin, both with a bit of everything."""
    keep = a_customer(
        session, "hot", name="Acme Tools GmbH", city="Bonn", contacts=(ANNA,), tags=("VIP", "fair"), remarks="pays late",
        custom={"Fair": "Canton", "SDS": "yes"}, promised=in_days(9), action="call", created_on=days_ago(10),
    )  # fmt: skip
    anna = Contact("Anna", "Owner", (Reach("email", "Anna@acme.example"), Reach("wechat", "anna88")), main=True)
    bob = Contact("Bob Jones", "Buyer", (Reach("email", "bob@acme.example"),))
    other = a_customer(
        session, "cold", name="ACME Tool", city="Köln", industry="tools", contacts=(anna, bob), tags=("fair", "new"),
        remarks="wants samples", custom={"Fair": "Hannover", "Area": "North"}, stage="lost", lost_reason="price",
        promised=in_days(3), action="send offer", last_contact=days_ago(4), created_on=days_ago(99),
    )  # fmt: skip
    for record in (
        Quote(days_ago(3), "USD", 8600), Sample("3 pcs", "DHL"), Invoice("PI1", days_ago(2), "USD", 428000),
        Order(days_ago(1), "USD", 428000), Payment(TODAY, "USD", 100000), Shipment("sea"),
    ):  # fmt: skip
        trade.add(session, other, record)
    with session.operation(Message("more")):
        attachments.add(session.book, other, Attachment("a.pdf", "0" * 64, 1, TODAY))
        writing.remember_imported(session.book, other, ["row"])
        for day in range(1, 4):
            writing.add_activity(
                session.book, other, Activity(noon(days_ago(day)), "email", f"note {day}", author="me")
            )
    return keep, other


def rows_of(session: Session, customer: int) -> dict[str, int]:
    tables = (
        "activity", "next_step", "customer_tag", "quote", "sample", "invoice", "sales_order", "payment", "shipment",
        "attachment", "imported_row", "contact", "reach",
    )  # fmt: skip
    return {t: session.book.value(f"SELECT count(*) FROM {t} WHERE customer_id = ?", (customer,)) for t in tables}


def test_everything_of_the_other_goes_over(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    keep, other = two(session)
    merging.merge(session, keep, other)
    assert rows_of(session, keep) == {
        "activity": 4, "next_step": 2, "customer_tag": 3, "quote": 1, "sample": 1, "invoice": 1, "sales_order": 1,
        "payment": 1, "shipment": 1, "attachment": 1, "imported_row": 1, "contact": 2, "reach": 4,
    }  # fmt: skip
    card = cards.card(session, keep)
    who = card.customer
    assert (who.name, who.city, who.industry, who.temperature, who.stage) == (
        "Acme Tools GmbH",
        "Bonn",
        "tools",
        "hot",
        "new",
    )
    assert who.remarks == "pays late; wants samples; ACME Tool"
    assert (who.custom, who.tags) == ({"Fair": "Canton", "SDS": "yes", "Area": "North"}, ("VIP", "fair", "new"))
    assert who.created_on == days_ago(99)
    anna, bob = who.contacts
    assert (anna.name, anna.position, anna.main) == ("Anna Schmidt", "CEO", True)
    assert anna.reaches == (*ANNA.reaches, Reach("wechat", "anna88"))
    assert (bob.name, bob.main) == ("Bob Jones", False)
    promise = reading.promised_step(session.book, keep)
    assert promise is not None
    assert (promise.due_on, promise.action) == (in_days(3), "send offer")
    assert finding.find(session, "note 2").rows[0].id == keep
    gone = cards.existing(session, other)
    assert (gone.archived, gone.merged_into, gone.stage, gone.lost_reason) == (True, keep, "lost", "price")


def test_choices_are_taken_field_by_field(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    keep, other = two(session)
    choices = {"name": "other", "city": "other", "stage": "other", "remarks": "keep", "custom/Fair": "other"}
    merging.merge(session, keep, other, choices)
    who = cards.existing(session, keep)
    assert (who.name, who.city, who.stage, who.lost_reason) == ("ACME Tool", "Köln", "lost", "price")
    assert (who.remarks, who.custom["Fair"]) == ("pays late; Acme Tools GmbH", "Hannover")
    assert [row.id for row in finding.find(session, "acme tools gmbh").rows] == [keep]


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"city": "both"}, "no choice for city"),
        ({"industry": "keep"}, "no choice"),
        ({"zone": "keep"}, "do not differ"),
    ],
)
def test_a_choice_that_there_is_not_is_refused(tmp_path: Path, choices: dict[str, str], said: str) -> None:
    session = a_session(tmp_path)
    keep, other = two(session)
    before = contents(session)
    with pytest.raises(Problem, match=said):
        merging.merge(session, keep, other, choices)
    assert contents(session) == before


def test_undo_brings_both_back_and_redo_merges_again(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    keep, other = two(session)
    before = contents(session)
    merging.merge(session, keep, other, {"name": "other"})
    merged = contents(session)
    for _round in range(2):
        assert str(history.undo(session).label) == "Merged ACME Tool into Acme Tools GmbH"
        assert contents(session) == before
        assert [row.id for row in finding.find(session, "note 2").rows] == [other]
        history.redo(session)
        assert contents(session) == merged


def test_the_plan_tells_what_the_merge_does(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    keep, other = two(session)
    plan = merging.plan_merge(session, keep, other)
    taken = {choice.field: choice.taken for choice in plan.fields}
    assert taken == {"name": "keep", "city": "keep", "temperature": "keep", "stage": "keep", "industry": "other",
                     "remarks": "both", "custom/Fair": "keep", "custom/SDS": "keep", "custom/Area": "other"}  # fmt: skip
    assert plan.moves == {"quote": 1, "sample": 1, "invoice": 1, "sales_order": 1, "payment": 1, "shipment": 1,
                          "activity": 4, "attachment": 1}  # fmt: skip
    assert [(person.name, twin and twin.name) for person, twin in plan.people] == [
        ("Anna", "Anna Schmidt"), ("Bob Jones", None),
    ]  # fmt: skip
    assert plan.step is not None
    assert plan.step.due_on == in_days(3)


def test_what_cannot_be_merged_is_refused(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    first, second, third = (a_customer(session, name=name) for name in ("Acme", "Bolt", "Cord"))
    with pytest.raises(Problem, match="with itself"):
        merging.merge(session, first, first)
    with pytest.raises(Problem, match="no longer in the book"):
        merging.merge(session, first, 999)
    merging.merge(session, first, second)
    for keep, other in ((second, first), (first, second), (third, second), (second, third)):
        with pytest.raises(Problem, match="Bolt was merged into Acme already"):
            merging.merge(session, keep, other)
    customers.archive(session, third)
    with pytest.raises(Problem, match="Cord is archived"):
        merging.merge(session, third, first)
    merging.merge(session, first, third)


def test_who_was_merged_before_goes_along(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    first, second, third = (a_customer(session, name=name) for name in ("Acme", "Bolt", "Cord"))
    merging.merge(session, second, third)
    before = contents(session)
    merging.merge(session, first, second)
    keepers = [merging.keeper_of(session, customer) for customer in (first, second, third)]
    assert [keeper and keeper.name for keeper in keepers] == [None, "Acme", "Acme"]
    history.undo(session)
    assert contents(session) == before


def test_what_another_window_has_open_is_stale_afterwards(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    keep, other = two(session)
    seen = [cards.existing(session, customer) for customer in (keep, other)]
    quote = trade.of(session, other).quotes[0]
    bob = seen[1].contacts[1]
    merging.merge(session, keep, other)
    for customer in seen:
        with pytest.raises(Problem, match="changed in the meantime"):
            customers.edit_customer(session, customer.id, customer.version, {"city": "Ulm"})
    with pytest.raises(Problem):
        trade.change(session, keep, replace(quote, moq=7))
    with pytest.raises(Problem, match="changed in the meantime"):
        customers.save_contact(session, keep, replace(bob, position="CEO"))


def test_a_plan_that_is_out_of_date_is_refused(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    keep, other = two(session)
    plan = merging.plan_merge(session, keep, other)
    planning.set_grade(session, other, "S")
    before = contents(session)
    with pytest.raises(Problem, match="changed in the meantime"):
        merging.merge(session, keep, other, seen=plan)
    assert contents(session) == before


@pytest.mark.parametrize("first", ["keep", "other"])
def test_the_earlier_promise_stands_and_the_other_is_noted_as_moved(tmp_path: Path, first: str) -> None:
    session = a_session(tmp_path)
    keep = a_customer(session, promised=in_days(2 if first == "keep" else 5), action="keep")
    other = a_customer(session, promised=in_days(5 if first == "keep" else 2), action="other")
    merging.merge(session, keep, other)
    assert cards.card(session, keep).step.action == first
    rows = session.book.rows("SELECT action, status FROM next_step WHERE customer_id = ? ORDER BY action", (keep,))
    assert dict(rows) == {first: "open", ({"keep", "other"} - {first}).pop(): "moved"}


def test_a_customer_without_people_gets_a_main_contact(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    keep, other = a_customer(session, contacts=()), a_customer(session, contacts=(ANNA, Contact("Bob")))
    merging.merge(session, keep, other)
    assert [(person.name, person.main) for person in cards.existing(session, keep).contacts] == [
        ("Anna Schmidt", True), ("Bob", False),
    ]  # fmt: skip


def test_the_past_of_both_can_still_be_looked_at(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    keep, other = two(session)
    logging.log_outcome(session, other, "reached")
    tomorrow = on_day(session, in_days(1))
    merging.merge(tomorrow, keep, other)
    then = cards.card_as_of(tomorrow, other, TODAY)
    assert (then.customer.archived, len(then.activities), len(then.customer.contacts)) == (False, 5, 2)
    assert cards.card_as_of(tomorrow, keep, TODAY).activities == ()
