"""What is traded puts its customer on the agenda, until it is answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tui_crm.domain.cadence import Situation, Waits, next_step
from tui_crm.domain.rows import NextStep
from tui_crm.domain.trade_clocks import CAUSES, Claim, claims, clocks, expired, open_money, quote_value
from tui_crm.domain.values import Invoice, Order, Payment, Quote, Sample, Shipment, Trade

DAY = date(2026, 11, 18)
WAITS = Waits(quote=3, invoice=4, expiry=5, payment=7, chase=6, arrival=2, sample=1)


def after(days: int) -> date:
    return DAY + timedelta(days)


QUOTE = Quote(DAY, "USD", 8_600, moq=5000, valid_until=after(30), id=1)
PI = Invoice("PI-1", DAY, "USD", 430_000, id=2)
PO = Order(DAY, "USD", 430_000, deposit=129_000, balance_due_on=after(40), id=3)
BY_SEA = Shipment("sea", departs_on=after(10), arrives_on=after(40), id=4)
SAMPLE = Sample("3 specs", arrived_on=DAY, id=5)

# The trade, its clock, the day it is due, the first day of a contact that answers it, whether it comes again after one.
SET = [
    (Trade(quotes=(QUOTE,)), "quote_unanswered", after(3), after(1), None),
    (Trade(quotes=(QUOTE,)), "quote_expires", after(25), after(25), None),
    (Trade(invoices=(PI,)), "invoice_unpaid", after(4), after(4), 6),
    (Trade(orders=(PO,)), "deposit_due", after(7), after(7), 6),
    (Trade(orders=(replace(PO, deposit_due_on=after(9)),)), "deposit_due", after(9), after(9), 6),
    (Trade(orders=(PO,)), "balance_due", after(40), after(40), 6),
    (Trade(shipments=(BY_SEA,)), "shipment_arrives", after(38), after(38), None),
    (Trade(samples=(SAMPLE,)), "sample_arrived", after(1), after(1), None),
    (
        Trade(samples=(replace(SAMPLE, arrived_on=None, expected_on=after(5)),)),
        "sample_arrived",
        after(6),
        after(6),
        None,
    ),
]


@pytest.mark.parametrize(("trade", "cause", "due", "answered_from", "again"), SET)
def test_a_clock_rings_until_it_is_answered(
    trade: Trade, cause: str, due: date, answered_from: date, again: int | None
) -> None:
    (clock,) = (clock for clock in clocks(trade, WAITS) if clock.cause == cause)
    assert cause in CAUSES
    assert clock.rings(None, None) == due
    assert clock.rings(answered_from - timedelta(1), None) == due
    assert clock.rings(answered_from, None) == (answered_from + timedelta(again) if again else None)


@pytest.mark.parametrize(("trade", "cause", "due", "answered_from", "again"), SET)
def test_a_promise_made_since_takes_its_place(
    trade: Trade, cause: str, due: date, answered_from: date, again: int | None
) -> None:
    (clock,) = (clock for clock in clocks(trade, WAITS) if clock.cause == cause)
    assert clock.rings(None, clock.since) is None
    assert clock.rings(None, clock.since - timedelta(1)) == due


@pytest.mark.parametrize(
    "trade",
    [
        Trade(quotes=(replace(QUOTE, status="rejected"),)),
        Trade(quotes=(QUOTE,), invoices=(replace(PI, quote_id=1, status="void"),)),
        Trade(invoices=(replace(PI, status="void"),)),
        Trade(invoices=(PI,), payments=(Payment(DAY, "USD", 430_000),)),
        Trade(orders=(replace(PO, status="cancelled"),)),
        Trade(orders=(replace(PO, status="done"),)),
        Trade(orders=(PO,), payments=(Payment(DAY, "USD", 500_000, order_id=3),)),
        Trade(shipments=(replace(BY_SEA, arrived_on=after(39)),)),
        Trade(shipments=(replace(BY_SEA, arrives_on=None),)),
        Trade(samples=(replace(SAMPLE, feedback="too thin"),)),
        Trade(samples=(replace(SAMPLE, status="approved"),)),
        Trade(samples=(Sample("not sent yet"),)),
        Trade(samples=(replace(SAMPLE, feedback="good"), SAMPLE)),
    ],
)
def test_the_fact_itself_stops_the_clock(trade: Trade) -> None:
    assert clocks(trade, WAITS) == ()


def test_an_estimated_arrival_says_so() -> None:
    (clock,) = clocks(Trade(samples=(Sample("a", "DHL", shipped_on=DAY),)), WAITS)
    assert (clock.estimated, clock.about) == (True, after(5))


def test_the_soonest_of_promise_clock_and_rhythm_comes_next() -> None:
    def comes(trade: Trade, promised: int | None = None, made: int = -1, contact: int = 0) -> tuple[date | None, str]:
        promise = NextStep(after(promised), "call", by_hand=True, set_on=after(made)) if promised is not None else None
        step = next_step(Situation("potential", "quoted", DAY, after(contact), promise, clocks=clocks(trade, WAITS)))
        return step.due_on, step.cause

    assert comes(Trade()) == (after(7), "")
    assert comes(Trade(quotes=(QUOTE,))) == (after(3), "quote_unanswered")
    assert comes(Trade(quotes=(QUOTE,)), contact=2) == (after(9), "")
    assert comes(Trade(quotes=(QUOTE,)), promised=5) == (after(3), "quote_unanswered"), "promised before the quote"
    assert comes(Trade(quotes=(QUOTE,)), promised=5, made=0) == (after(5), "")
    assert comes(Trade(quotes=(QUOTE,)), promised=3) == (after(3), ""), "on the same day a promise keeps its words"
    assert comes(Trade(orders=(PO,))) == (after(7), "deposit_due")
    assert comes(Trade(orders=(PO,)), contact=8) == (after(14), "deposit_due"), "asked for again"


def test_who_promised_to_pay_later_is_not_asked_before() -> None:
    promise = NextStep(after(20), "check payment", by_hand=True, set_on=DAY)
    at = Situation("potential", "quoted", DAY, DAY, promise, clocks=clocks(Trade(invoices=(PI,)), WAITS))
    assert next_step(at).due_on == after(20)
    sample = Trade(samples=(replace(SAMPLE, arrived_on=after(-1)),))
    assert next_step(at._replace(clocks=clocks(sample, WAITS))).due_on == after(20)


# What is unpaid ------------------------------------------------------------------------------------------------------


def owed(trade: Trade) -> list[tuple[str, int]]:
    return [(claim.cause, claim.amount) for claim in claims(trade, WAITS)]


def test_an_order_is_owed_in_two_parts_and_a_payment_counts_for_the_first() -> None:
    trade = Trade(orders=(PO,))
    assert owed(trade) == [("deposit_due", 129_000), ("balance_due", 301_000)]
    assert owed(replace(trade, payments=(Payment(DAY, "USD", 100_000),))) == [
        ("deposit_due", 29_000),
        ("balance_due", 301_000),
    ]
    assert owed(replace(trade, payments=(Payment(DAY, "USD", 130_000),))) == [("balance_due", 300_000)]
    assert owed(replace(trade, payments=(Payment(DAY, "EUR", 130_000),))) == owed(trade)


def test_a_payment_for_an_order_leaves_the_others_alone() -> None:
    other = replace(PO, id=9, ordered_on=after(-30), balance_due_on=after(-1))
    trade = Trade(orders=(PO, other), payments=(Payment(DAY, "USD", 430_000, order_id=3), Payment(DAY, "USD", 129_000)))
    assert claims(trade, WAITS) == [Claim("balance_due", "USD", 301_000, after(-1), after(-1), 9, None)]


def test_an_order_claims_the_money_of_its_pi() -> None:
    order = replace(PO, invoice_id=2)
    assert owed(Trade(invoices=(PI,), orders=(order,))) == owed(Trade(orders=(order,)))
    paid = Trade(invoices=(PI,), orders=(order,), payments=(Payment(DAY, "USD", 129_000, invoice_id=2),))
    assert owed(paid) == [("balance_due", 301_000)]


def test_a_balance_without_a_day_is_due_when_the_goods_leave() -> None:
    order = replace(PO, deposit=430_000 - 1, balance_due_on=None)
    paid = (Payment(DAY, "USD", 430_000 - 1),)
    assert [claim.due_on for claim in claims(Trade(orders=(order,), payments=paid))] == [None]
    shipments = (Shipment("sea", order_id=3), replace(BY_SEA, order_id=3))
    assert [claim.due_on for claim in claims(Trade(orders=(order,), payments=paid, shipments=shipments))] == [after(10)]


def test_an_order_without_deposit_or_day_is_due_like_a_deposit() -> None:
    order = replace(PO, deposit=0, balance_due_on=None)
    assert [claim.due_on for claim in claims(Trade(orders=(order,)))] == [after(7)]


def test_a_rhythm_without_words_is_about_the_clock_that_is_near() -> None:
    near, far = replace(SAMPLE, arrived_on=after(6)), replace(SAMPLE, arrived_on=after(14))
    for sample, cause in ((near, "sample_arrived"), (far, "")):
        at = Situation("potential", "quoted", DAY, DAY, clocks=clocks(Trade(samples=(sample,)), WAITS))
        assert (next_step(at).due_on, next_step(at).cause) == (after(7), cause)


def test_what_is_on_the_table_is_unpaid_money_and_quotes_that_led_to_nothing_yet() -> None:
    trade = Trade(quotes=(QUOTE, replace(QUOTE, id=8, currency="EUR", quantity=10)), orders=(replace(PO, quote_id=1),))
    assert open_money(trade) == {"USD": 430_000, "EUR": 860}
    assert quote_value(replace(QUOTE, price=None)) is None
    assert quote_value(replace(QUOTE, moq=None)) is None


def test_an_open_quote_past_its_last_day_has_expired() -> None:
    assert expired(QUOTE, after(30)).status == "open"
    assert expired(QUOTE, after(31)).status == "expired"
    assert expired(replace(QUOTE, status="accepted"), after(31)).status == "accepted"
