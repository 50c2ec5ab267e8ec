"""Which record a new one belongs to: a PI to a quote, an order to a PI, a payment to what is owed, goods to an order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple, TypeVar

from .messages import N_, Message
from .trade_checks import KIND, has_news, number_key, same_parcel
from .trade_clocks import Claim, claims, expired
from .values import Invoice, Order, Payment, Quote, Record, Sample, Shipment, Trade

_Numbered = TypeVar("_Numbered", Invoice, Order)

_CAUSES = {"deposit": "deposit_due", "balance": "balance_due"}


class Linked(NamedTuple):
    """A record with what it belongs to, and what is to be said about that."""

    record: Record
    findings: tuple[Message, ...] = ()


def linked(trade: Trade, record: Record, about: str = "") -> Linked:
    """A new record joined to the one it belongs to: the one whose number is `about`, else the likeliest.

    A PI belongs to the newest quote in its currency that still holds, an order to the newest PI without an order (else the newest such
    quote), a payment to the oldest claim, goods to the newest open order. A sample of which a line tells that it arrived, or
    what the customer thinks of it, is the one in the book with that added. An unknown number stays with the record as a
    remark, and is pointed out.
    """
    match record:
        case Invoice():
            return Linked(replace(record, quote_id=_open_quote(trade, record.currency, record.sent_on)))
        case Order():
            return _order(trade, record, about)
        case Payment():
            return _payment(trade, *_named_in_remark(trade, record, about))
        case Shipment():
            return _shipment(trade, *_named_in_remark(trade, record, about))
        case Sample():
            return _sample(trade, record)
        case _:
            return Linked(record)


def with_record(trade: Trade, record: Record) -> Trade:
    """The trade as it stands once a record is stored, new or changed: an order accepts the open quote that it belongs to."""
    accepted = accepted_quote(trade, record)
    quotes = tuple(accepted if accepted and quote.id == accepted.id else quote for quote in trade.quotes)
    after, name = replace(trade, quotes=quotes), f"{KIND[type(record)]}s"
    records: tuple[Any, ...] = getattr(after, name)
    known = record.id and any(other.id == record.id for other in records)
    as_stored = (record if other.id == record.id else other for other in records) if known else (record, *records)
    changed: tuple[Any, ...] = tuple(as_stored)
    return replace(after, **{name: changed})


def accepted_quote(trade: Trade, record: Record) -> Quote | None:
    """The quote that a new record accepts, as it stands then: only an order does, and only an open quote."""
    if not isinstance(record, Order) or record.quote_id is None:
        return None
    quote = next((quote for quote in trade.quotes if quote.id == record.quote_id), None)
    return replace(quote, status="accepted") if quote and quote.status == "open" else None


def _order(trade: Trade, order: Order, about: str) -> Linked:
    invoice = _numbered(trade.invoices, about)
    if about and invoice is None:
        return _unknown(replace(order, quote_id=_open_quote(trade, order.currency, order.ordered_on)), about)
    if invoice is None:
        ordered = {other.invoice_id for other in trade.orders}
        waiting = (it for it in trade.invoices if it.status == "open" and it.id not in ordered)
        invoice = next((it for it in waiting if it.currency == order.currency), None)
    quote_id = invoice.quote_id if invoice else _open_quote(trade, order.currency, order.ordered_on)
    return Linked(replace(order, invoice_id=invoice.id if invoice else None, quote_id=quote_id))


def _payment(trade: Trade, payment: Payment, about: str) -> Linked:
    order, invoice = _numbered(trade.orders, about), _numbered(trade.invoices, about)
    if order:
        return Linked(replace(payment, order_id=order.id))
    if invoice:
        return Linked(replace(payment, invoice_id=invoice.id))
    if about:
        return _unknown(payment, about)
    claim = _oldest_claim(trade, payment)
    if claim is None:
        return Linked(payment)
    invoice_id = claim.invoice_id if claim.order_id is None else None
    return Linked(replace(payment, order_id=claim.order_id, invoice_id=invoice_id))


def _oldest_claim(trade: Trade, payment: Payment) -> Claim | None:
    """The claim a payment is for; None where there is none, or it pays for more than that one order or PI."""
    owed = [claim for claim in claims(trade) if claim.currency == payment.currency]
    first = next((claim for claim in owed if claim.cause == _CAUSES.get(payment.kind)), next(iter(owed), None))
    if first is None:
        return None
    same = [claim for claim in owed if (claim.order_id, claim.invoice_id) == (first.order_id, first.invoice_id)]
    spreads = payment.amount > sum(claim.amount for claim in same) and len(same) < len(owed)
    return None if spreads else first


def _sample(trade: Trade, told: Sample) -> Linked:
    """The sample in the book that a line has news of: the same parcel, else the newest one still waited for."""
    if not has_news(told):
        return Linked(told)
    if told.tracking:
        known = same_parcel(trade, told)
    else:
        waiting = (it for it in trade.samples if it.status == "open" and (not it.arrived_on or not told.arrived_on))
        known = None if told.number or told.specs else next(waiting, None)
    if known is None:
        nameless = not (told.tracking or told.number or told.specs)
        return Linked(
            told, (Message(N_("No sample of this customer is waited for: this is kept as a new one.")),) * nameless
        )
    return Linked(replace(
        known, arrived_on=told.arrived_on or known.arrived_on, feedback=told.feedback or known.feedback,
        status=told.status if told.status != "open" else known.status, number=known.number or told.number,
        specs=known.specs if told.specs in known.specs else f"{known.specs} {told.specs}".strip(),
    ))  # fmt: skip


def _shipment(trade: Trade, shipment: Shipment, about: str) -> Linked:
    known = _arrived(trade, shipment)
    if known:
        remark = " ".join(part for part in (known.remark, shipment.remark) if part)
        return Linked(replace(known, arrived_on=shipment.arrived_on, remark=remark))
    order = _numbered(trade.orders, about)
    invoice = _numbered(trade.invoices, about)
    if invoice and not order:
        order = next((it for it in trade.orders if it.invoice_id == invoice.id), None)
    if about and not order:
        return _unknown(shipment, about)
    order = order or next((it for it in trade.orders if it.status == "open"), None)
    return Linked(replace(shipment, order_id=order.id if order else None))


def _arrived(trade: Trade, told: Shipment) -> Shipment | None:
    """The shipment on its way that a line says has arrived: the one with its container or B/L, else the newest."""
    if told.arrived_on is None or told.departs_on or told.arrives_on:
        return None
    on_the_way = [it for it in trade.shipments if it.arrived_on is None]
    named = told.container or told.bill
    return next((it for it in on_the_way if not named or named in (it.container, it.bill)), None)


def _open_quote(trade: Trade, currency: str, day: date) -> int | None:
    """The newest quote in this currency that still holds on a day."""
    holding = (quote for quote in trade.quotes if expired(quote, day).status == "open")
    return next((quote.id for quote in holding if quote.currency == currency), None)


_Told = TypeVar("_Told", Payment, Shipment)


def _named_in_remark(trade: Trade, record: _Told, about: str) -> tuple[_Told, str]:
    """A record and what it is about: an order's or PI's number may stand in the line without a word that says so."""
    words = record.remark.split()
    named = next((it for it in words if _numbered(trade.orders, it) or _numbered(trade.invoices, it)), "")
    if about or not named:
        return record, about
    return replace(record, remark=" ".join(it for it in words if it != named)), named


def _numbered(records: tuple[_Numbered, ...], number: str) -> _Numbered | None:
    """The newest record with this number, however it is spelled."""
    key = number_key(number)
    return next((record for record in records if key and number_key(record.number) == key), None)


def _unknown(record: Order | Payment | Shipment, number: str) -> Linked:
    message = Message(
        N_("No order or PI of this customer has the number {number}; it is kept as a remark."), {"number": number}
    )
    return Linked(replace(record, remark=f"{record.remark} {number}".strip()), (message,))
