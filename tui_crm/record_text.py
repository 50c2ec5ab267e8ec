"""A trade record in words, whole: everything it says, on one line, in the user's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from .domain.messages import N_, Message
from .domain.money import format_price, format_sum
from .domain.trade_checks import name_of
from .domain.values import Invoice, Order, Payment, Quote, Record, Sample, Shipment, Trade
from .i18n import _, month_day, tell, word


def record_text(record: Record, trade: Trade | None = None) -> str:
    """Everything a record says, what identifies it first; within a `trade` also what it belongs to."""
    facts = [*_FACTS[type(record)](record), _belongs_to(record, trade or Trade()), getattr(record, "remark", "")]
    status = getattr(record, "status", "open")
    return " · ".join(fact for fact in (*facts, "" if status == "open" else word("status", status)) if fact)


def _quote(quote: Quote) -> Iterator[str]:
    yield " ".join(
        part for part in (quote.incoterm, quote.place, _price(quote.price, quote.currency, quote.unit)) if part
    )
    yield quote.product
    yield _("MOQ {count}").format(count=f"{quote.moq:,}") if quote.moq else ""
    yield _("quantity {count}").format(count=f"{quote.quantity:,}") if quote.quantity else ""
    yield _on(_("quoted {day}"), quote.quoted_on)
    yield _on(_("valid until {day}"), quote.valid_until)


def _sample(sample: Sample) -> Iterator[str]:
    yield sample.number
    yield f"{sample.courier} {sample.tracking}".strip()
    yield sample.specs
    yield _on(_("shipped {day}"), sample.shipped_on)
    yield "" if sample.arrived_on else _on(_("expected {day}"), sample.expected_on)
    yield _on(_("arrived {day}"), sample.arrived_on)
    yield _("feedback: {text}").format(text=sample.feedback) if sample.feedback else ""


def _invoice(invoice: Invoice) -> Iterator[str]:
    yield invoice.number
    yield format_sum(invoice.amount, invoice.currency)
    yield _on(_("sent {day}"), invoice.sent_on)


def _order(order: Order) -> Iterator[str]:
    yield order.number
    yield word("order_kind", order.kind) if order.kind != "regular" else ""
    yield format_sum(order.amount, order.currency)
    count = f"{order.quantity:,} {order.unit}".strip() if order.quantity else ""
    yield " × ".join(part for part in (count, _price(order.price, order.currency, "")) if part)
    yield order.product
    yield order.terms
    yield _("deposit {sum}").format(sum=format_sum(order.deposit, order.currency)) if order.deposit else ""
    yield _on(_("deposit due {day}"), order.deposit_due_on)
    yield _on(_("balance due {day}"), order.balance_due_on)
    yield _on(_("ordered {day}"), order.ordered_on)


def _payment(payment: Payment) -> Iterator[str]:
    yield format_sum(payment.amount, payment.currency)
    yield word("payment_kind", payment.kind) if payment.kind else ""
    yield _on(_("paid {day}"), payment.paid_on)


def _shipment(shipment: Shipment) -> Iterator[str]:
    yield word("mode", shipment.mode) if shipment.mode else ""
    yield " → ".join(port for port in (shipment.from_port, shipment.to_port) if port)
    yield _on("ETD {day}", shipment.departs_on)
    yield _("{n} days on the way").format(n=shipment.transit_days) if shipment.transit_days is not None else ""
    yield _on("ETA {day}", shipment.arrives_on)
    yield _on(_("arrived {day}"), shipment.arrived_on)
    yield _("container {number}").format(number=shipment.container) if shipment.container else ""
    yield _("B/L {number}").format(number=shipment.bill) if shipment.bill else ""


_FACTS: Mapping[type, Callable[[Any], Iterator[str]]] = {
    Quote: _quote,
    Sample: _sample,
    Invoice: _invoice,
    Order: _order,
    Payment: _payment,
    Shipment: _shipment,
}


def _belongs_to(record: Record, trade: Trade) -> str:
    """The order, PI or quote a record was made for, by its number or day."""
    orders: dict[int | None, Quote | Invoice | Order] = {it.id: it for it in trade.orders}
    invoices: dict[int | None, Quote | Invoice | Order] = {it.id: it for it in trade.invoices}
    quotes: dict[int | None, Quote | Invoice | Order] = {it.id: it for it in trade.quotes}
    by_field = (("order_id", orders), ("invoice_id", invoices), ("quote_id", quotes))
    about = next((it for field, there in by_field if (it := there.get(getattr(record, field, None)))), None)
    return tell(Message(N_("for {what}"), {"what": name_of(about)})) if about else ""


def _on(template: str, day: date | None) -> str:
    return template.format(day=month_day(day)) if day else ""


def _price(price: int | None, currency: str, unit: str) -> str:
    if price is None:
        return ""
    return format_price(price, currency) + (f"/{unit}" if unit else "")
