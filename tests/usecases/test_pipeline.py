"""The pipeline: who stands where, and what is open, each currency for itself."""

from __future__ import annotations

from pathlib import Path

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days
from tui_crm.domain.values import Invoice, Order, Payment, Quote
from tui_crm.usecases import customers, history, pipeline, planning, trade


def test_a_stage_lists_its_customers_soonest_due_first(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    a_customer(session, stage="quoted", name="Later", promised=in_days(5))
    a_customer(session, stage="quoted", name="Now", promised=TODAY)
    unplanned = a_customer(session, stage="quoted", name="Never")
    planning.set_stage(session, unplanned, "paused")
    gone = a_customer(session, stage="quoted", name="Gone")
    customers.archive(session, gone)
    stage = pipeline.stage(session, "quoted", 60)
    assert [row.name for row in stage.rows] == ["Now", "Later"]
    assert (stage.count, stage.more) == (2, False)
    assert [row.name for row in pipeline.stage(session, "paused", 60).rows] == ["Never"]
    first = pipeline.stage(session, "quoted", 1)
    assert (len(first.rows), first.count, first.more) == (1, 2, True)


def test_money_is_open_by_stage_and_never_added_over_currencies(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    one = a_customer(session, stage="quoted")
    other = a_customer(session, stage="quoted")
    trade.add(session, one, Quote(TODAY, "USD", 8600, "FOB", "Shenzhen", moq=5000))
    trade.add(session, other, Quote(TODAY, "EUR", 10_000, moq=100))
    trade.add(session, other, Quote(TODAY, "USD", 10_000))  # without a quantity it says no sum
    assert pipeline.money(session) == {"quoted": {"USD": 430_000, "EUR": 10_000}}
    assert pipeline.money_of(session, one) == {"USD": 430_000}


def test_an_order_takes_the_place_of_its_quote_and_payments_lower_it(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, stage="ordered")
    quote = trade.add(session, customer, Quote(days_ago(9), "USD", 8600, moq=5000))
    invoice = trade.add(session, customer, Invoice("PI1", days_ago(5), "USD", 428_000, quote.id))
    assert pipeline.money_of(session, customer) == {"USD": 428_000}
    trade.add(session, customer, Order(days_ago(3), "USD", 428_000, deposit=128_400, invoice_id=invoice.id))
    trade.add(session, customer, Payment(TODAY, "USD", 128_400))
    assert pipeline.money_of(session, customer) == {"USD": 299_600}
    history.undo(session)
    assert pipeline.money_of(session, customer) == {"USD": 428_000}


def test_with_a_lost_customer_nothing_is_open(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, stage="quoted")
    trade.add(session, customer, Quote(TODAY, "USD", 8600, moq=5000))
    planning.set_stage(session, customer, "lost", "price")
    assert pipeline.money(session) == {}
