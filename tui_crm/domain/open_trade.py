"""What of the trade is still open: samples without an answer, quotes, money unpaid, goods on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from .cadence import Waits
from .trade import estimated_arrival
from .trade_clocks import Claim, awaits_feedback, claims, later, quote_value
from .values import Invoice, Order, Payment, Record, Sample, Shipment, Trade

SECTIONS = ("samples", "quotes", "unpaid", "shipments")


class Open(NamedTuple):
    """One thing still open. `day` is the one that matters: when to ask about a sample or a quote, when a quote ends, money is
    due, goods arrive; None while it is not known. `kind` and `record_id` name the record, `cause` the claim
    (`trade_clocks.CAUSES`) where money is unpaid, `amount` the sum in minor units where there is one."""

    section: str
    day: date | None
    kind: str
    record_id: int
    cause: str = ""
    currency: str = ""
    amount: int | None = None


def open_trade(trade: Trade, waits: Waits, lost: bool = False) -> Iterator[Open]:
    """Everything still open with one customer. From one who is `lost` only money and goods are waited for."""
    if not lost:
        yield from _samples(trade, waits)
        yield from _quotes(trade, waits)
    for claim in claims(trade, waits):
        kind, record_id = ("order", claim.order_id) if claim.order_id is not None else ("invoice", claim.invoice_id)
        assert record_id is not None
        yield Open("unpaid", claim.due_on, kind, record_id, claim.cause, claim.currency, claim.amount)
    for shipment in trade.shipments:
        if shipment.arrived_on is None:
            yield Open("shipments", shipment.arrives_on, "shipment", shipment.id)


def is_going_on(record: Record, trade: Trade, owed: Sequence[Claim]) -> bool:
    """Whether a record is not over yet. A payment goes with its order or invoice; one that names neither, with whatever is
    still owed in its currency."""
    if isinstance(record, Sample):
        return awaits_feedback(record)
    if isinstance(record, Shipment):
        return record.arrived_on is None
    if isinstance(record, Invoice):
        return any(claim.invoice_id == record.id and claim.order_id is None for claim in owed)
    if isinstance(record, Payment):
        paid_for = paid_by(record, trade)
        if paid_for is None:
            return any(claim.currency == record.currency for claim in owed)
        return is_going_on(paid_for, trade, owed)
    return record.status == "open"


def paid_by(payment: Payment, trade: Trade) -> Order | Invoice | None:
    """What a payment is for: its order, the order made from its invoice, or the invoice; None where it names neither."""
    orders = [
        order
        for order in trade.orders
        if order.id == payment.order_id or (order.invoice_id is not None and order.invoice_id == payment.invoice_id)
    ]
    named = [order for order in orders if order.id == payment.order_id] or orders
    return next(iter(named), None) or next((i for i in trade.invoices if i.id == payment.invoice_id), None)


def _samples(trade: Trade, waits: Waits) -> Iterator[Open]:
    for sample in trade.samples:
        if awaits_feedback(sample):
            arrival = sample.arrived_on or estimated_arrival(sample)
            yield Open("samples", later(arrival, waits.sample) if arrival else None, "sample", sample.id)


def _quotes(trade: Trade, waits: Waits) -> Iterator[Open]:
    for quote in trade.quotes:
        if quote.status == "open":
            day = quote.valid_until or later(quote.quoted_on, waits.quote)
            yield Open("quotes", day, "quote", quote.id, "", quote.currency, quote_value(quote))
