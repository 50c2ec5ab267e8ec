from __future__ import annotations

import os
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days
from tui_crm.domain.messages import Message, Problem
from tui_crm.domain.own_fields import PREFIX, OwnField
from tui_crm.domain.rates import Rate
from tui_crm.domain.values import (
    Attachment,
    Contact,
    Customer,
    Invoice,
    Order,
    Payment,
    Quote,
    Reach,
    Record,
    Sample,
    Shipment,
    Trade,
)
from tui_crm.domain.vocabulary import STAGES, TEMPERATURES
from tui_crm.store import attachments as store_attachments
from tui_crm.store import turning
from tui_crm.store.schema import TRACKED
from tui_crm.usecases import (
    cards,
    customers,
    history,
    logging,
    merging,
    own_fields,
    planning,
    rates,
    tagging,
    trade,
)
from tui_crm.usecases.session import Session

HOSTILE = [
    "123",
    "null",
    "true",
    "1e5",
    "[1,2]",
    '{"a":1}',
    '"q"',
    "O'Brien",
    "\\",
    "深圳",
    "'; drop table customer;--",
    "🙂",
]


def contents(session: Session) -> dict[str, list[tuple[object, ...]]]:
    tables = (*TRACKED, "standing")
    return {table: sorted(session.book.rows(f"SELECT * FROM {table}")) for table in tables}


def a_random_act(session: Session, rng: random.Random) -> None:
    """Any verb, about any customer; one that is refused changes nothing."""
    ids = [row[0] for row in session.book.rows("SELECT id FROM customer")]
    with suppress(Problem):
        if len(ids) < 2 or (len(ids) < 30 and rng.random() < 0.1):
            add(session, rng)
        else:
            rng.choice(ACTS)(session, rng, rng.choice(ids))


def add(session: Session, rng: random.Random) -> None:
    text = rng.choice(HOSTILE)
    person = Contact(text, reaches=(Reach("email", "a@b.example"), Reach("other", text)))
    customers.add_customer(session, Customer(f"{text} {rng.randrange(9)}", "DE", remarks=text, contacts=(person,)))


def log(session: Session, rng: random.Random, customer: int) -> None:
    line = f"{rng.choice(HOSTILE)} >3d call #{rng.randrange(5)} @wa $FOB Ningbo 1.25/100"
    logging.log(session, customer, line if rng.random() < 0.5 else "asked !hot =quoted")


def edit(session: Session, rng: random.Random, customer: int) -> None:
    known, text = cards.existing(session, customer), rng.choice(HOSTILE)
    typed = {"name": f"{text} {rng.randrange(9)}", "country": rng.choice(("DE", "SA", "US")), "needs": text}
    customers.edit_customer(session, customer, known.version, typed)


def a_record(rng: random.Random, traded: Trade) -> Record:
    """A record of any kind, perhaps made from one that is there."""
    quote = rng.choice([None, *(record.id for record in traded.quotes)])
    invoice = rng.choice([None, *(record.id for record in traded.invoices)])
    order = rng.choice([None, *(record.id for record in traded.orders)])
    day = days_ago(rng.randrange(40))
    return rng.choice((
        Quote(day, "USD", rng.randrange(1, 9999), "FOB", "Ningbo", moq=rng.randrange(1, 999), valid_until=in_days(5)),
        Sample("3 pcs", "DHL", str(rng.randrange(99999)), day, rng.choice((None, TODAY))),
        Invoice(f"PI{rng.randrange(99)}", day, "USD", rng.randrange(1, 99999), quote),
        Order(day, "EUR", rng.randrange(1000, 9999), deposit=100, quote_id=quote, invoice_id=invoice),
        Payment(day, "USD", rng.randrange(1, 999), order_id=order, invoice_id=None if order else invoice),
        Shipment("sea", "Ningbo", "Hamburg", day, 30, order_id=order),
    ))  # fmt: skip


def trade_add(session: Session, rng: random.Random, customer: int) -> None:
    trade.add(session, customer, a_record(rng, trade.of(session, customer)))


def one_traded(session: Session, rng: random.Random, customer: int) -> Record | None:
    traded = trade.of(session, customer)
    records = [record for kind in fields(traded) for record in getattr(traded, kind.name)]
    return rng.choice(records) if records else None


def trade_change(session: Session, rng: random.Random, customer: int) -> None:
    record = one_traded(session, rng, customer)
    if isinstance(record, Quote):
        trade.change(
            session, customer, replace(record, status=rng.choice(("open", "accepted")), price=rng.randrange(1, 99))
        )
    elif isinstance(record, Sample):
        trade.change(session, customer, replace(record, feedback=rng.choice(HOSTILE), status="approved"))
    elif record is not None and not isinstance(record, Shipment):
        trade.change(session, customer, replace(record, amount=record.amount + 1))


def trade_remove(session: Session, rng: random.Random, customer: int) -> None:
    record = one_traded(session, rng, customer)
    if record is not None:
        trade.remove(session, customer, record)


def person(session: Session, rng: random.Random, customer: int) -> None:
    people, text = cards.existing(session, customer).contacts, rng.choice(HOSTILE)
    known = rng.choice((Contact(""), *people))
    if known.id and rng.random() < 0.3:
        customers.remove_contact(session, customer, known.id)
    else:
        customers.save_contact(
            session, customer, replace(known, name=text, reaches=(Reach("wechat", text),), main=True)
        )


def all_tags(session: Session, rng: random.Random, _customer: int) -> None:
    tags = tagging.every(session)
    if len(tags) > 1:
        one, other = rng.sample(tags, 2)
        rng.choice((
            lambda: tagging.rename(session, one, f"tag {rng.randrange(99)}"),
            lambda: tagging.merge(session, one, other),
            lambda: tagging.recolor(session, one, rng.choice(("red", "blue"))),
        ))()  # fmt: skip


def own_field(session: Session, rng: random.Random, customer: int) -> None:
    defined = own_fields.defined(session)
    if len(defined) < 3:
        own_fields.define(session, OwnField(f"field {rng.randrange(9)}"))
    known = cards.existing(session, customer)
    if defined:
        customers.edit_customer(session, customer, known.version, {PREFIX + defined[0].name: rng.choice(HOSTILE)})


def rate(session: Session, rng: random.Random, _customer: int) -> None:
    rates.put(session, Rate("USD", "CNY", Decimal(rng.randrange(650, 750)) / 100, days_ago(rng.randrange(5))))


def attachment(session: Session, rng: random.Random, customer: int) -> None:
    with session.operation(Message("Kept {file}", {"file": "a.pdf"})):
        store_attachments.add(session.book, customer, Attachment("a.pdf", f"{rng.random()}", 7, session.today))


def merge(session: Session, rng: random.Random, customer: int) -> None:
    live = [row[0] for row in session.book.rows("SELECT id FROM customer WHERE NOT archived")]
    if len(live) > 6:
        merging.merge(session, rng.choice(live), customer)


ACTS: list[Callable[[Session, random.Random, int], object]] = [
    log, log, edit, trade_add, trade_add, trade_change, trade_remove, person, all_tags, own_field, rate, attachment, merge,
    lambda session, rng, customer: logging.log_outcome(session, customer, "no_answer"),
    lambda session, rng, customer: planning.snooze(session, customer, str(rng.randrange(1, 30))),
    lambda session, rng, customer: planning.set_temperature(session, customer, rng.choice(TEMPERATURES)),
    lambda session, rng, customer: planning.set_grade(session, customer, rng.choice("SABC")),
    lambda session, rng, customer: planning.retag(session, customer, [rng.choice(HOSTILE)], ["1", "2"]),
    lambda session, rng, customer: planning.set_stage(
        session, customer, rng.choice(STAGES), rng.choice(HOSTILE), session.today + timedelta(5)
    ),
    lambda session, rng, customer: customers.archive(session, customer, rng.random() < 0.3),
]  # fmt: skip


def lived_through(tmp_path: Path, seed: int) -> tuple[random.Random, Session]:
    session = a_session(tmp_path)
    session.book.run("PRAGMA synchronous = OFF")  # nothing here is about power cuts
    a_customer(session)
    return random.Random(seed), session


SEEDS = 5 if os.environ.get("CRM_FAULTS_LONG") else 1


@pytest.mark.parametrize(("seed", "many"), [*((seed, turning.MANY) for seed in range(SEEDS)), (5, 0)])
def test_undo_all_is_the_start_and_redo_all_is_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, many: int
) -> None:
    """Turned round change by change, and table by table as operations of `many` changes are."""
    monkeypatch.setattr(turning, "MANY", many)
    rng, session = lived_through(tmp_path, seed)
    start = contents(session)
    while session.book.value("SELECT count(*) FROM op") < 500:
        a_random_act(session, rng)
    done = session.book.value("SELECT count(*) FROM op WHERE kind = 'do'") - 1
    end = contents(session)
    for _ in range(done):
        history.undo(session)
    assert contents(session) == start
    for _ in range(done):
        history.redo(session)
    assert contents(session) == end
    with pytest.raises(Problem):
        history.redo(session)


@pytest.mark.parametrize("seed", range(2))
def test_any_operation_is_undone_or_refused_and_what_was_undone_comes_back(tmp_path: Path, seed: int) -> None:
    """Undone in any order: each is whole or refused with a reason, and redone in the order turned round all is as before."""
    rng, session = lived_through(tmp_path, seed)
    while session.book.value("SELECT count(*) FROM op") < 150:
        a_random_act(session, rng)
    end, undone, refused = contents(session), [], 0
    operations = [op.id for op in history.operations(session, -1)]
    rng.shuffle(operations)
    for op_id in operations:
        before = contents(session)
        try:
            history.undo(session, op_id)
            undone.append(op_id)
        except Problem as problem:
            refused += 1
            assert "undo" in str(problem)
            assert contents(session) == before
    assert len(undone) > 20
    assert refused > 20
    for op_id in reversed(undone):
        history.redo(session, op_id)
    assert contents(session) == end


def test_undo_then_undo_goes_further_back_and_a_new_act_ends_redo(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "cold")
    planning.set_temperature(session, customer, "hot")
    planning.set_grade(session, customer, "S")
    history.undo(session)
    history.undo(session)
    assert session.book.rows("SELECT temperature, grade FROM customer") == [("cold", "B")]
    history.redo(session)
    assert session.book.rows("SELECT temperature, grade FROM customer") == [("hot", "B")]
    planning.set_grade(session, customer, "C")
    with pytest.raises(Problem, match="nothing to redo"):
        history.redo(session)


def test_a_write_outside_an_operation_is_refused(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    with pytest.raises(IntegrityError):
        session.book.run("UPDATE customer SET name = 'x' WHERE id = ?", (customer,))


def test_an_operation_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    before, ops = contents(session), session.book.value("SELECT count(*) FROM op")
    with pytest.raises(Problem):
        planning.snooze(session, customer, TODAY.isoformat())
    with pytest.raises(Problem):
        customers.edit_customer(session, customer, 999, {"city": "Bonn"})
    assert contents(session) == before
    assert session.book.value("SELECT count(*) FROM op") == ops


def test_every_operation_is_listed_newest_first_with_who_and_what(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, name="Acme")
    logging.log(session, customer, "sent the PI, they check the payment terms >3d call @wa")
    history.undo(session)
    newest, logged, *_ = history.operations(session)
    assert (newest.kind, str(newest.label.values["what"])) == ("undo", "Logged whatsapp with Acme")
    assert (logged.actor, logged.undone, logged.customers) == ("me", True, (customer,))
