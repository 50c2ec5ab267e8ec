"""Everything open in trade over the whole book, the most urgent first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days
from tui_crm.domain.open_trade import is_going_on
from tui_crm.domain.trade_clocks import claims
from tui_crm.domain.values import Invoice, Order, Payment, Quote, Record, Sample, Shipment, Trade
from tui_crm.usecases import customers, history, planning, trade
from tui_crm.usecases.session import Session

QUOTE = Quote(days_ago(20), "USD", 8600, "FOB", "Shenzhen", quantity=1000)
ORDER = Order(days_ago(9), "USD", 1_000_000, "A-1", deposit=300_000, deposit_due_on=days_ago(2))


def section(session: Session, code: str, limit: int = 50) -> trade.OpenSection:
    return next(section for section in trade.open_records(session, limit) if section.code == code)


def test_each_kind_is_sorted_by_the_day_that_matters(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, name="Alpha")
    records: tuple[Record, ...] = (
        Quote(TODAY, "USD", 8600), replace(QUOTE, valid_until=days_ago(9)), Sample(shipped_on=None), Sample("2", "DHL", "", TODAY),
        Sample("1", arrived_on=days_ago(8)), ORDER, Shipment("sea", arrives_on=in_days(9)), Shipment("air", arrives_on=days_ago(1)),
        Invoice("PI-1", days_ago(30), "EUR", 50_000),
    )  # fmt: skip
    for record in records:
        trade.add(session, customer, record)
    shown = {each.code: [row.what.day for row in each.rows] for each in trade.open_records(session, 50)}
    assert shown == {
        "samples": [days_ago(5), in_days(8), None],
        "quotes": [days_ago(9), in_days(3)],
        "unpaid": [days_ago(27), days_ago(2), None],
        "shipments": [days_ago(1), in_days(9)],
    }
    unpaid = section(session, "unpaid")
    assert (unpaid.count, unpaid.sums) == (3, {"USD": 1_000_000, "EUR": 50_000})
    assert [(row.name, row.what.cause, row.what.amount) for row in unpaid.rows[1:]] == [
        ("Alpha", "deposit_due", 300_000),
        ("Alpha", "balance_due", 700_000),
    ]


def test_it_follows_every_change(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    order = trade.add(session, customer, ORDER)
    trade.add(session, customer, QUOTE)
    trade.add(session, customer, Payment(TODAY, "USD", 300_000, "deposit", order.id))
    assert [row.what.amount for row in section(session, "unpaid").rows] == [700_000]
    planning.set_stage(session, customer, "lost", "price")
    assert section(session, "quotes").count == 0, "nothing is waited for from who is lost"
    assert section(session, "unpaid").count == 1, "but the money is"
    customers.archive(session, customer, True)
    assert section(session, "unpaid").count == 0
    for _ in range(3):
        history.undo(session)
    assert (section(session, "quotes").count, section(session, "unpaid").count) == (1, 2)


def test_no_more_than_asked_for_but_all_are_counted(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    for days in range(5):
        trade.add(session, a_customer(session), replace(QUOTE, quoted_on=days_ago(days)))
    quotes = section(session, "quotes", 2)
    assert [row.record.quoted_on for row in quotes.rows] == [days_ago(4), days_ago(3)]  # type: ignore[union-attr]
    assert (quotes.count, quotes.sums) == (5, {"USD": 430_000})


PI = Invoice("PI-1", days_ago(9), "USD", 1_000_000, id=1)
PAID = Payment(TODAY, "USD", 1_000_000, id=1)


@pytest.mark.parametrize(
    ("record", "trade_", "going_on"),
    [
        (PI, Trade(invoices=(PI,)), True),
        (PI, Trade(invoices=(PI,), payments=(PAID,)), False),
        (PI, Trade(invoices=(PI,), orders=(replace(ORDER, id=1, invoice_id=1),)), False),
        (PAID, Trade(payments=(PAID,)), False),
        (PAID, Trade(invoices=(PI,), payments=(replace(PAID, amount=1),)), True),
        (
            replace(PAID, invoice_id=1),
            Trade(
                invoices=(PI,), orders=(replace(ORDER, id=1, invoice_id=1),), payments=(replace(PAID, invoice_id=1),)
            ),
            True,
        ),
        (replace(ORDER, id=1), Trade(orders=(replace(ORDER, id=1),), payments=(PAID,)), True),
        (replace(PAID, order_id=1), Trade(orders=(replace(ORDER, id=1, status="done"),)), False),
    ],
)
def test_what_is_going_on(record: Record, trade_: Trade, going_on: bool) -> None:
    assert is_going_on(record, trade_, claims(trade_)) is going_on
