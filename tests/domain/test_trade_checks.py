"""What does not fit is said, what cannot be is refused, and a new record finds what it belongs to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tui_crm.domain.messages import Problem
from tui_crm.domain.trade_checks import findings, is_known, refuse
from tui_crm.domain.trade_links import linked, with_record
from tui_crm.domain.trade_totals import Totals, totals
from tui_crm.domain.values import Invoice, Order, Payment, Quote, Record, Sample, Shipment, Trade

TODAY = date(2026, 11, 18)
QUOTE = Quote(TODAY, "USD", 8_600, "FOB", "Shenzhen", "pc", 5000, id=1)
PI = Invoice("PI20240517-A", TODAY, "USD", 430_000, quote_id=1, id=2)
PO = Order(TODAY, "USD", 430_000, "PO-77", deposit=129_000, quote_id=1, invoice_id=2, id=3)
TRADE = Trade(quotes=(QUOTE,), invoices=(PI,), orders=(PO,))


def said(record: Record, trade: Trade = TRADE) -> list[str]:
    return [str(finding) for finding in findings(trade, record)]


def test_a_pi_that_does_not_match_its_quote_says_the_sum() -> None:
    assert said(replace(PI, amount=428_000)) == ["0.86 × 5,000 = 4,300.00, the PI says 4,280.00."]
    assert said(PI) == []
    assert said(replace(PI, amount=2 * 430_000)) == [], "more pieces than the MOQ"
    asked = replace(TRADE, quotes=(replace(QUOTE, quantity=6000),))
    assert said(PI, asked) == ["0.86 × 6,000 = 5,160.00, the PI says 4,300.00."]
    unpriced = replace(TRADE, quotes=(replace(QUOTE, moq=None),))
    assert said(replace(PI, amount=1), unpriced) == []


@pytest.mark.parametrize(
    ("record", "found"),
    [
        (replace(PO, amount=428_000), "PI20240517-A says USD 4,300.00, the order says USD 4,280.00."),
        (replace(PO, invoice_id=None, amount=428_000), "0.86 × 5,000 = 4,300.00, the order says 4,280.00."),
        (replace(PO, quantity=5000, price=8_500), "0.85 × 5,000 = 4,250.00, the order says 4,300.00."),
        (replace(PO, price=8_500), "The quote says USD 0.86 a piece, the order says USD 0.85."),
        (replace(PO, deposit=500_000), "The deposit, USD 5,000.00, is more than the whole order, USD 4,300.00."),
        (replace(PO, currency="EUR"), "This is in EUR, the invoice it belongs to is in USD."),
        (replace(PO, id=0, amount=430_000), "PO-77 is in the book already."),
        (replace(PI, id=0, number="pi 20240517 a"), "pi 20240517 a is in the book already."),
        (Payment(TODAY, "USD", 430_001, order_id=3), "USD 4,300.01 is more than the USD 4,300.00 still owed for PO-77."),
        (Payment(TODAY, "USD", 430_001), "USD 4,300.01 is more than the USD 4,300.00 still owed."),
        (Payment(TODAY, "EUR", 100, order_id=3), "This is in EUR, the order it belongs to is in USD."),
        (Payment(TODAY, "EUR", 100), "No order and no PI in EUR is unpaid; the payment stands for itself."),
        (Shipment("sea", departs_on=TODAY, transit_days=30, arrives_on=date(2026, 12, 20)),
         "30 days from 2026-11-18 is 2026-12-18, ETA says 2026-12-20."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said(record: Record, found: str) -> None:
    assert found in said(record)


def test_a_payment_is_measured_without_itself() -> None:
    paid = Payment(TODAY, "USD", 129_000, "deposit", order_id=3, id=4)
    trade = replace(TRADE, payments=(paid,))
    assert said(paid, trade) == []
    assert said(replace(paid, amount=430_001), trade) != []
    assert said(Payment(TODAY, "USD", 301_001, order_id=3), trade) != []


@pytest.mark.parametrize("record", [QUOTE, PI, PO, Sample("3 specs"), Payment(TODAY, "USD", 1), Shipment("sea")])
def test_what_can_be_is_not_refused(record: Record) -> None:
    refuse(record)


WRONG: list[tuple[Record, dict[str, Any], str]] = [
    (QUOTE, {"price": 0}, "The price has to be more than nothing"),
    (QUOTE, {"moq": 0}, "The MOQ"),
    (QUOTE, {"valid_until": date(2026, 11, 17)}, "cannot end before"),
    (QUOTE, {"quoted_on": date(1, 1, 1)}, "year must be"),
    (QUOTE, {"incoterm": "FBO"}, "“FBO” is not known"),
    (PI, {"amount": 0}, "The amount has to be more than nothing"),
    (PI, {"amount": 10**15}, "at most twelve digits"),
    (PI, {"currency": "XYZ"}, "“XYZ” is not known"),
    (PO, {"deposit": -1}, "The deposit cannot be less than nothing"),
    (PO, {"quantity": 0}, "The quantity"),
    (PO, {"balance_due_on": date(2026, 11, 17)}, "balance cannot be due before"),
    (PO, {"status": "paid"}, "“paid” is not known"),
    (Sample(shipped_on=TODAY), {"arrived_on": date(2026, 11, 17)}, "cannot have arrived before"),
    (Sample(shipped_on=TODAY), {"expected_on": date(2026, 11, 17)}, "cannot be expected before"),
    (Shipment(departs_on=TODAY), {"arrives_on": date(2026, 11, 17)}, "ETA cannot be before"),
    (Shipment(departs_on=TODAY), {"arrived_on": date(2026, 11, 17)}, "cannot have arrived before"),
    (Shipment(), {"transit_days": -1}, "number of days"),
    (Shipment(), {"mode": "bicycle"}, "“bicycle” is not known"),
]


@pytest.mark.parametrize(("record", "wrong", "why"), WRONG)
def test_what_cannot_be_is_refused(record: Record, wrong: dict[str, Any], why: str) -> None:
    with pytest.raises(Problem, match=why):
        refuse(replace(record, **wrong))


def test_what_a_note_only_tells_again_is_known() -> None:
    trade = replace(TRADE, samples=(Sample(courier="DHL", tracking="562 729"),))
    assert is_known(trade, Sample(courier="DHL", tracking="562729"))
    assert is_known(trade, Invoice("PI 20240517-A", TODAY, "USD", 1))
    assert is_known(trade, Quote(TODAY, "USD", 8_600, "FOB", "Shenzhen"))
    assert not is_known(trade, Quote(TODAY, "USD", 8_500, "FOB", "Shenzhen"))
    assert not is_known(trade, Quote(TODAY, "USD", 8_600, "FOB", "Ningbo"))
    assert not is_known(trade, Sample("3 specs"))


# What belongs together -----------------------------------------------------------------------------------------------


def test_a_pi_belongs_to_the_newest_open_quote_in_its_currency() -> None:
    quotes = (
        replace(QUOTE, id=7, currency="EUR"),
        replace(QUOTE, id=6, status="rejected"),
        replace(QUOTE, id=5),
        QUOTE,
    )
    new = Invoice("PI-2", TODAY, "USD", 430_000)
    assert linked(Trade(quotes=quotes), new).record == replace(new, quote_id=5)
    assert linked(Trade(quotes=quotes[:2]), new).record == new


def test_an_order_belongs_to_a_pi_and_its_quote() -> None:
    new = Order(TODAY, "USD", 430_000)
    other = replace(PI, id=9, number="PI-9", quote_id=None)
    waiting = replace(TRADE, invoices=(other, PI), orders=())
    assert linked(waiting, new).record == replace(new, invoice_id=9)
    assert linked(waiting, new, "pi20240517a").record == replace(new, invoice_id=2, quote_id=1)
    assert linked(TRADE, new).record == replace(new, quote_id=1), "the PI has its order"
    assert linked(Trade(quotes=(QUOTE,)), new).record == replace(new, quote_id=1)


def test_a_payment_belongs_to_the_order_it_names_else_to_the_oldest_claim() -> None:
    newer = replace(PO, id=8, number="PO-78", invoice_id=None, ordered_on=date(2026, 11, 20), balance_due_on=TODAY)
    trade = replace(TRADE, orders=(newer, PO))
    new = Payment(TODAY, "USD", 129_000)
    assert linked(trade, new, "PO 78").record == replace(new, order_id=8)
    assert linked(trade, new, "PI20240517-A").record == replace(new, invoice_id=2)
    assert linked(trade, replace(new, kind="deposit")).record == replace(new, kind="deposit", order_id=3)
    assert linked(trade, replace(new, kind="balance")).record == replace(new, kind="balance", order_id=8)
    assert linked(Trade(invoices=(PI,)), new).record == replace(new, invoice_id=2)
    assert linked(Trade(), new).record == new
    both = replace(new, amount=600_000)
    assert linked(trade, both).record == both, "it pays for more than one order"


def test_an_unknown_number_is_kept_and_pointed_out() -> None:
    new = Payment(TODAY, "USD", 129_000, remark="by T/T")
    found = linked(TRADE, new, "PO-99")
    assert found.record == replace(new, remark="by T/T PO-99")
    assert "PO-99" in str(found.findings[0])
    for record in (Order(TODAY, "USD", 1), Shipment("sea")):
        assert linked(TRADE, record, "PI-99").record.remark == "PI-99"  # type: ignore[union-attr]


def test_goods_belong_to_the_newest_open_order() -> None:
    done = replace(PO, id=9, status="done")
    assert linked(replace(TRADE, orders=(done, PO)), Shipment("sea")).record == Shipment("sea", order_id=3)
    assert linked(replace(TRADE, orders=(done, PO)), Shipment("sea"), "PI20240517-A").record == Shipment(
        "sea", order_id=9
    )
    assert linked(Trade(), Shipment("sea")).record == Shipment("sea")


def test_only_an_order_accepts_its_quote() -> None:
    assert with_record(TRADE, replace(PI, id=9)).quotes == (QUOTE,)
    after = with_record(TRADE, replace(PO, id=9))
    assert [quote.status for quote in after.quotes] == ["accepted"]
    assert [order.id for order in after.orders] == [9, 3]
    rejected = replace(TRADE, quotes=(replace(QUOTE, status="rejected"),))
    assert with_record(rejected, replace(PO, id=9)).quotes == rejected.quotes


def test_totals_never_mix_currencies() -> None:
    trade = Trade(
        orders=(PO, replace(PO, id=5, currency="EUR", amount=100, deposit=0), replace(PO, id=6, status="cancelled")),
        payments=(Payment(TODAY, "USD", 129_000, order_id=3, id=7),),
    )
    assert totals(trade) == (Totals("EUR", 100, 0, 100), Totals("USD", 430_000, 129_000, 301_000))
