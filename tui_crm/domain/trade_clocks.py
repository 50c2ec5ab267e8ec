"""What is traded sets clocks: a quote waits for an answer, a payment falls due, goods arrive. And what is still unpaid.

A clock puts its customer on the agenda on a day of its own, whatever the rhythm says, until it is answered: by a contact
since then, by a promise made since then, or by the fact itself (the money came, the feedback was written down).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from .cadence import Waits
from .messages import N_, Message
from .money import price_total
from .trade import estimated_arrival
from .values import Invoice, Order, Payment, Quote, Sample, Shipment, Trade

CAUSES = {
    "quote_unanswered": (N_("no answer to the quote of {day}"), N_("ask what they think of the quote")),
    "quote_expires": (N_("the quote ends on {day}"), N_("renew the quote or close it")),
    "invoice_unpaid": (N_("the PI of {day} is not paid"), N_("ask when the PI will be paid")),
    "deposit_due": (N_("the deposit was due on {day}"), N_("ask for the deposit")),
    "balance_due": (N_("the balance is due on {day}"), N_("ask for the balance")),
    "shipment_arrives": (N_("the goods are expected on {day}"), N_("tell when the goods arrive, send the documents")),
    "sample_arrived": (N_("the sample arrived on {day}"), N_("ask for feedback on the sample")),
}
"""By cause: why the customer is on the agenda, and what to do where nobody has said what."""


def cause_words(cause: str, about: date | None, estimated: bool = False) -> Message:
    """Why a customer is on the agenda, in words; an arrival that nobody has seen yet is called an estimate."""
    template = N_("the sample is expected on {day}, by estimate") if estimated else CAUSES[cause][0]
    return Message(template, {"day": about})


class Clock(NamedTuple):
    """One thing waited for: due on `due_on`, about the day `about`.

    A contact on or after `answered_from` answers it, unless it comes `again` so many days after each contact; a promise by
    hand made on or after `since` takes its place.
    """

    cause: str
    due_on: date
    about: date
    since: date
    answered_from: date
    again: int = 0
    estimated: bool = False

    def rings(self, last_contact_on: date | None, promised_on: date | None) -> date | None:
        """The day on which it puts the customer on the agenda; None once it is answered."""
        if promised_on is not None and promised_on >= self.since:
            return None
        if last_contact_on is None or last_contact_on < self.answered_from:
            return self.due_on
        return last_contact_on + timedelta(self.again) if self.again else None


def clocks(trade: Trade, waits: Waits) -> tuple[Clock, ...]:
    """Every clock that the facts have set, answered or not."""
    return (
        *(clock for quote in _unanswered(trade) for clock in _quote_clocks(quote, waits)),
        *(_claim_clock(claim, waits) for claim in claims(trade, waits) if claim.due_on is not None),
        *(clock for shipment in trade.shipments for clock in _shipment_clock(shipment, waits)),
        *(clock for sample in trade.samples[:1] for clock in _sample_clock(sample, waits)),
    )


def _unanswered(trade: Trade) -> Iterator[Quote]:
    """Open quotes that nothing has been made from: who asks for a PI has answered."""
    used = {invoice.quote_id for invoice in trade.invoices} | {order.quote_id for order in trade.orders}
    return (quote for quote in trade.quotes if quote.status == "open" and quote.id not in used)


def _quote_clocks(quote: Quote, waits: Waits) -> Iterator[Clock]:
    given = quote.quoted_on
    yield Clock("quote_unanswered", later(given, waits.quote), given, given, later(given, 1))
    if quote.valid_until is not None:
        due = max(given, later(quote.valid_until, -waits.expiry))
        yield Clock("quote_expires", due, quote.valid_until, due, due)


def _claim_clock(claim: Claim, waits: Waits) -> Clock:
    assert claim.due_on is not None
    # Nobody agreed on the day by which a PI is asked about: who was promised another since it was sent waits for that one.
    since = claim.about if claim.cause == "invoice_unpaid" else claim.due_on
    return Clock(claim.cause, claim.due_on, claim.about, since, claim.due_on, again=waits.chase)


def _shipment_clock(shipment: Shipment, waits: Waits) -> Iterator[Clock]:
    if shipment.arrives_on is not None and shipment.arrived_on is None:
        due = later(shipment.arrives_on, -waits.arrival)
        yield Clock("shipment_arrives", due, shipment.arrives_on, due, due)


def _sample_clock(sample: Sample, waits: Waits) -> Iterator[Clock]:
    arrival = sample.arrived_on or estimated_arrival(sample)
    if arrival is not None and awaits_feedback(sample):
        due = later(arrival, waits.sample)
        yield Clock("sample_arrived", due, arrival, sample.arrived_on or due, due, estimated=sample.arrived_on is None)


def awaits_feedback(sample: Sample) -> bool:
    """Whether the customer has not yet said what it thinks of a sample."""
    return sample.status == "open" and not sample.feedback


# What is unpaid ------------------------------------------------------------------------------------------------------


class Claim(NamedTuple):
    """Money a customer still owes: `amount` in minor units, due on `due_on` where that is known, about the day `about`."""

    cause: str
    currency: str
    amount: int
    due_on: date | None
    about: date
    order_id: int | None = None
    invoice_id: int | None = None


def claims(trade: Trade, waits: Waits | None = None) -> list[Claim]:
    """What is still unpaid, oldest first. A payment counts for its own order or invoice, deposit before balance; one that
    names neither counts for the oldest claims in its currency."""
    waits = waits or Waits()
    open_claims = [
        *(claim for order in reversed(trade.orders) for claim in _order_claims(order, trade.shipments, waits)),
        *(_invoice_claim(invoice, waits) for invoice in reversed(trade.invoices) if _stands_alone(invoice, trade.orders)),
    ]  # fmt: skip
    open_claims.sort(key=lambda claim: claim.due_on or date.max)
    for payment in sorted(trade.payments, key=lambda payment: not _names_something(payment)):
        open_claims = _paid(open_claims, payment)
    return open_claims


def _order_claims(order: Order, shipments: Sequence[Shipment], waits: Waits) -> Iterator[Claim]:
    if order.status != "open":
        return
    if order.deposit:
        due = order.deposit_due_on or later(order.ordered_on, waits.payment)
        yield Claim("deposit_due", order.currency, order.deposit, due, due, order.id, order.invoice_id)
    if order.amount > order.deposit:
        leaves = next((it.departs_on for it in shipments if it.order_id == order.id and it.departs_on), None)
        balance_due = order.balance_due_on or leaves
        if not balance_due and not order.deposit:  # nothing is agreed: it is to be paid like a deposit
            balance_due = later(order.ordered_on, waits.payment)
        yield Claim("balance_due", order.currency, order.amount - order.deposit, balance_due,
                    balance_due or order.ordered_on, order.id, order.invoice_id)  # fmt: skip


def _invoice_claim(invoice: Invoice, waits: Waits) -> Claim:
    due = later(invoice.sent_on, waits.invoice)
    return Claim("invoice_unpaid", invoice.currency, invoice.amount, due, invoice.sent_on, None, invoice.id)


def _stands_alone(invoice: Invoice, orders: Sequence[Order]) -> bool:
    """Whether an invoice is claimed for itself: an order made from it claims the money instead."""
    return invoice.status == "open" and not any(order.invoice_id == invoice.id for order in orders)


def _names_something(payment: Payment) -> bool:
    return payment.order_id is not None or payment.invoice_id is not None


def _paid(open_claims: list[Claim], payment: Payment) -> list[Claim]:
    """The claims that are left once `payment` is counted."""
    rest, left = payment.amount, []
    for claim in open_claims:
        part = min(rest, claim.amount) if claim.currency == payment.currency and is_for(payment, claim) else 0
        rest -= part
        if claim.amount > part:
            left.append(claim._replace(amount=claim.amount - part))
    return left


def is_for(payment: Payment, claim: Claim) -> bool:
    """Whether a payment can be for a claim: for its own order or invoice, else for any."""
    if payment.order_id is not None:
        return claim.order_id == payment.order_id
    return payment.invoice_id is None or claim.invoice_id == payment.invoice_id


def open_money(trade: Trade) -> dict[str, int]:
    """What is on the table by currency, in minor units: what is unpaid, and open quotes at their quantity that no invoice
    or order has been made from."""
    sums: dict[str, int] = {}
    for claim in claims(trade):
        sums[claim.currency] = sums.get(claim.currency, 0) + claim.amount
    for quote in _unanswered(trade):
        if value := quote_value(quote):
            sums[quote.currency] = sums.get(quote.currency, 0) + value
    return sums


def quote_value(quote: Quote) -> int | None:
    """The sum a quote stands for, in minor units: its price at the quantity asked for, else at the least quantity."""
    count = quote.quantity or quote.moq
    if quote.price is None or not count:
        return None
    return price_total(quote.price, count, quote.currency)


def expired(quote: Quote, today: date) -> Quote:
    """The quote as it stands today: an open one past its last day has expired."""
    over = quote.status == "open" and quote.valid_until is not None and quote.valid_until < today
    return replace(quote, status="expired") if over else quote


def later(day: date, days: int) -> date:
    """`days` after `day`, or the calendar's end."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.max if days > 0 else date.min
