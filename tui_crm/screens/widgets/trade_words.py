"""What was traded in words: each record on one line, and how it stands today."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from ...domain.cadence import Waits
from ...domain.money import format_price, format_sum
from ...domain.rates import OwnSum
from ...domain.text import visible
from ...domain.trade import estimated_arrival
from ...domain.trade_clocks import Claim
from ...domain.values import Invoice, Order, Payment, Quote, Record, Sample, Shipment
from ...i18n import _, month_day, word
from .lines import distance

Sums = Mapping[str, int]
"""Minor units by currency."""
State = tuple[str, str]
"""How a record stands, and the look that has."""


def record_words(record: Record) -> str:
    """A record on one line, what it is worth first."""
    return _WORDS[type(record)](record)


def quote_words(quote: Quote) -> str:
    """A quote on one line: `FOB Shenzhen USD 0.86/pc, MOQ 5000`."""
    price = format_price(quote.price, quote.currency) if quote.price is not None else quote.currency
    text = " ".join(p for p in (quote.incoterm, visible(quote.place), price) if p)
    text += f"/{visible(quote.unit)}" if quote.unit else ""
    return text + (f", MOQ {quote.moq}" if quote.moq else "")


def owed_words(cause: str, record: Record) -> str:
    """What money is owed for: which part, and of which order or PI."""
    part = {"deposit_due": word("payment_kind", "deposit"), "balance_due": word("payment_kind", "balance")}.get(
        cause, ""
    )
    if isinstance(record, Order):
        name = record.number or _("order of {day}").format(day=month_day(record.ordered_on))
        return _joined(part, name, record.product)
    assert isinstance(record, Invoice)
    return visible(record.number) or _("PI of {day}").format(day=month_day(record.sent_on))


def sums_words(sums: Sums, own: OwnSum | None) -> str:
    """Sums side by side, never added; then what they come to in the user's own currency, as far as rates are known."""
    text = " · ".join(format_sum(amount, currency) for currency, amount in sums.items())
    if own is None or list(sums) == [own.currency]:
        return text
    without = " " + _("without {currencies}").format(currencies=", ".join(own.missing)) if own.missing else ""
    return f"{text} ≈ {format_sum(own.amount, own.currency)}{without}"


def _quote(quote: Quote) -> str:
    count = f"× {quote.quantity}" if quote.quantity and quote.quantity != quote.moq else ""
    return _joined(quote_words(quote), count, quote.product)


def _sample(sample: Sample) -> str:
    return _joined(sample.number, sample.specs, f"{sample.courier} {sample.tracking}".strip(), sample.feedback)


def _invoice(invoice: Invoice) -> str:
    return _joined(format_sum(invoice.amount, invoice.currency), invoice.number)


def _order(order: Order) -> str:
    kind = word("order_kind", order.kind) if order.kind == "trial" else ""
    return _joined(format_sum(order.amount, order.currency), order.number, kind, order.product)


def _payment(payment: Payment) -> str:
    kind = word("payment_kind", payment.kind) if payment.kind else ""
    return _joined(format_sum(payment.amount, payment.currency), kind, month_day(payment.paid_on), payment.remark)


def _shipment(shipment: Shipment) -> str:
    mode = word("mode", shipment.mode) if shipment.mode else ""
    way = " → ".join(port for port in (shipment.from_port, shipment.to_port) if port)
    return _joined(f"{mode} {way}".strip(), shipment.container, shipment.bill) or _("shipment")


def _joined(*parts: str) -> str:
    return " · ".join(visible(part) for part in parts if part)


_WORDS: Mapping[type, Callable[[Any], str]] = {
    Quote: _quote, Sample: _sample, Invoice: _invoice, Order: _order, Payment: _payment, Shipment: _shipment,
}  # fmt: skip


# How it stands -------------------------------------------------------------------------------------------------------


def state(record: Record, owed: Sequence[Claim], today: date, waits: Waits) -> State:
    """How a record stands today; `owed` is what the customer still owes. What is late says so in words and in colour."""
    status = getattr(record, "status", "open")
    if status != "open":
        return word("status", status), "dim"
    if isinstance(record, Quote):
        return _quote_state(record, today, waits)
    if isinstance(record, Sample):
        return _sample_state(record, today, waits)
    if isinstance(record, Shipment):
        return _shipment_state(record, today, waits)
    if isinstance(record, Payment):
        return "", "plain"
    key = "order_id" if isinstance(record, Order) else "invoice_id"
    return _paid_or_not(record, [claim for claim in owed if getattr(claim, key) == record.id], today)


def _quote_state(quote: Quote, today: date, waits: Waits) -> State:
    if quote.valid_until is None:
        return _("open {n}d").format(n=max(0, (today - quote.quoted_on).days)), "plain"
    left = (quote.valid_until - today).days
    if left < 0:
        return _("expired {n}d ago").format(n=-left), "late"
    if left <= waits.expiry:
        return (_("expires in {n}d").format(n=left) if left else _("expires today")), "soon"
    return _("until {day}").format(day=month_day(quote.valid_until)), "plain"


def _sample_state(sample: Sample, today: date, waits: Waits) -> State:
    if sample.feedback:
        return _("has feedback"), "dim"
    if sample.arrived_on is not None:
        days = (today - sample.arrived_on).days
        return _("no feedback for {n}d").format(n=max(0, days)), "late" if days > waits.sample else "plain"
    estimate = estimated_arrival(sample)
    if estimate is None:
        return _("not sent yet"), "soon"
    if estimate < today:
        return _("arrived? expected {day}").format(day=month_day(estimate)), "soon"
    return _("arrives {when}").format(when=distance(estimate, today)[0]), "plain"


def _shipment_state(shipment: Shipment, today: date, waits: Waits) -> State:
    if shipment.arrived_on is not None:
        return _("arrived {day}").format(day=month_day(shipment.arrived_on)), "dim"
    if shipment.arrives_on is not None:
        far, _look = distance(shipment.arrives_on, today)
        days = (shipment.arrives_on - today).days
        look = "late" if days < 0 else "soon" if days <= waits.arrival else "plain"
        return _("ETA {day}, {when}").format(day=month_day(shipment.arrives_on), when=far), look
    if shipment.departs_on is not None and shipment.departs_on >= today:
        return _("leaves {when}").format(when=distance(shipment.departs_on, today)[0]), "plain"
    return _("no ETA yet"), "soon"


def _paid_or_not(record: Invoice | Order, owed: Sequence[Claim], today: date) -> State:
    """Whether a record is paid; the sum is named where it is not the whole."""
    if not owed:
        return _("paid"), "existing"
    left = sum(claim.amount for claim in owed)
    part = format_sum(left, record.currency).removeprefix(f"{record.currency} ")
    return _with_delay(_("unpaid") if left == record.amount else _("unpaid {sum}").format(sum=part), owed, today)


def unpaid_words(owed: Sequence[Claim], today: date) -> list[State]:
    """What is still owed and how late it is, each currency for itself."""
    codes = dict.fromkeys(claim.currency for claim in owed)
    return [_owed([claim for claim in owed if claim.currency == code], today) for code in codes]


def _owed(owed: Sequence[Claim], today: date) -> State:
    total = format_sum(sum(claim.amount for claim in owed), owed[0].currency)
    return _with_delay(_("unpaid {sum}").format(sum=total), owed, today)


def _with_delay(unpaid: str, owed: Sequence[Claim], today: date) -> State:
    due = min((claim.due_on for claim in owed if claim.due_on), default=None)
    if due is None or due > today:
        return unpaid, "soon"
    return _("{unpaid}, {late}").format(unpaid=unpaid, late=distance(due, today)[0]), "late"
