"""What is wrong with a trade record: impossible things are refused, doubtful ones pointed out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import TypeVar

from .date_words import FIRST_YEAR, LAST_YEAR
from .messages import N_, Message, Problem
from .money import CURRENCIES, PRICE_SCALE, format_price, format_sum, price_total
from .trade import INCOTERMS
from .trade_clocks import claims, is_for
from .values import Invoice, Order, Payment, Quote, Record, Sample, Shipment, Trade
from .vocabulary import MODES, ORDER_KINDS, PAYMENT_KINDS, STATUSES

KIND: Mapping[type, str] = {
    Quote: "quote",
    Sample: "sample",
    Invoice: "invoice",
    Order: "order",
    Payment: "payment",
    Shipment: "shipment",
}
"""The code of a record's kind, in the vocabulary `record`."""

LARGEST_SUM = 10**15
"""Minor units; no sum reaches it."""


# Refused -------------------------------------------------------------------------------------------------------------


def refuse(record: Record) -> None:
    """Raise Problem for what cannot be: a sum of nothing, a day before the one it follows from, an unknown code."""
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    for name, value in values.items():
        if isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise Problem(N_("{day} is no day to plan with: the year must be {first} to {last}."),
                          day=value.isoformat(), first=FIRST_YEAR, last=LAST_YEAR)  # fmt: skip
        if isinstance(value, int) and name in _LIMITS:
            _refuse_number(name, value)
    for first, then, message in _IN_ORDER.get(type(record), ()):
        if values[first] and values[then] and values[then] < values[first]:
            raise Problem(message, first=values[first], then=values[then])
    for name, known in _codes(record).items():
        if values[name] not in known:
            raise Problem(N_("“{code}” is not known here. Use one of: {known}."),
                          code=values[name], known=", ".join(filter(None, known)))  # fmt: skip


_LIMITS: Mapping[str, tuple[str, int, int]] = {
    "amount": (N_("The amount"), 1, LARGEST_SUM),
    "deposit": (N_("The deposit"), 0, LARGEST_SUM),
    "price": (N_("The price"), 1, 10**12 * PRICE_SCALE),
    "quantity": (N_("The quantity"), 1, 10**12),
    "moq": (N_("The MOQ"), 1, 10**12),
    "transit_days": (N_("The number of days"), 0, 1000),
}
"""By field: its name at the start of a sentence, the least it can be, and what it stays below."""

_IN_ORDER: Mapping[type, tuple[tuple[str, str, str], ...]] = {
    Quote: (("quoted_on", "valid_until", N_("The quote of {first} cannot end before that, on {then}.")),),
    Sample: (
        ("shipped_on", "arrived_on", N_("The sample left on {first}; it cannot have arrived before, on {then}.")),
        ("shipped_on", "expected_on", N_("The sample leaves on {first}; it cannot be expected before, on {then}.")),
    ),
    Order: (
        ("ordered_on", "balance_due_on", N_("The order is of {first}; its balance cannot be due before, on {then}.")),
    ),
    Shipment: (
        ("departs_on", "arrives_on", N_("ETD is {first}; ETA cannot be before it, on {then}.")),
        ("departs_on", "arrived_on", N_("The goods left on {first}; they cannot have arrived before, on {then}.")),
    ),
}
"""By kind of record: a field with a day, one that cannot lie before it, and what to say."""


def _refuse_number(name: str, value: int) -> None:
    what, least, below = _LIMITS[name]
    if value < least:
        template = N_("{what} has to be more than nothing.") if least else N_("{what} cannot be less than nothing.")
        raise Problem(template, what=Message(what))
    if value >= below:
        raise Problem(N_("{what} is too large: at most twelve digits before the decimal sign."), what=Message(what))


def _codes(record: Record) -> dict[str, tuple[str, ...]]:
    """The fields of a record that hold a code, and the codes they can hold."""
    codes: dict[str, tuple[str, ...]] = {}
    if KIND[type(record)] in STATUSES:
        codes["status"] = STATUSES[KIND[type(record)]]
    if not isinstance(record, Sample | Shipment):
        codes["currency"] = tuple(CURRENCIES)
    if isinstance(record, Quote):
        codes["incoterm"] = ("", *INCOTERMS)
    if isinstance(record, Order):
        codes["kind"] = ORDER_KINDS
    if isinstance(record, Payment):
        codes["kind"] = ("", *PAYMENT_KINDS)
    if isinstance(record, Shipment):
        codes["mode"] = ("", *MODES)
    return codes


# Pointed out ---------------------------------------------------------------------------------------------------------


def findings(trade: Trade, record: Record) -> tuple[Message, ...]:
    """What does not fit between a record and the rest of a customer's trade, in words; `trade` may hold it already."""
    others = without(trade, record)
    match record:
        case Invoice():
            found = _about_invoice(others, record)
        case Order():
            found = _about_order(others, record)
        case Payment():
            found = _about_payment(others, record)
        case Shipment():
            found = _about_shipment(record)
        case Sample():
            found = _known_parcel(others, record)
        case Quote():
            found = iter(())
    return tuple(found)


def without(trade: Trade, record: Record) -> Trade:
    """The trade without a record that is stored already."""
    name = f"{KIND[type(record)]}s"
    return replace(trade, **{name: tuple(other for other in getattr(trade, name) if other.id != record.id)})


def number_key(number: str) -> str:
    """Equal for two spellings of one number: `PI 2024-05` and `pi2024-05`, `DHL#562 729` and `dhl562729`."""
    return "".join(char for char in number.casefold() if char.isalnum())


def _about_invoice(trade: Trade, invoice: Invoice) -> Iterator[Message]:
    yield from _known_number(invoice, trade.invoices)
    quote = _with_id(trade.quotes, invoice.quote_id)
    if quote:
        yield from _other_currency(invoice, quote)
        yield from _off_the_quote(invoice, quote, None)


def _about_order(trade: Trade, order: Order) -> Iterator[Message]:
    yield from _known_number(order, trade.orders)
    if order.deposit > order.amount:
        yield Message(N_("The deposit, {deposit}, is more than the whole order, {amount}."),
                      {"deposit": format_sum(order.deposit, order.currency), "amount": format_sum(order.amount, order.currency)})  # fmt: skip
    if order.price and order.quantity:
        yield from _off_the_price(order, order.price, order.quantity)
    invoice, quote = _with_id(trade.invoices, order.invoice_id), _with_id(trade.quotes, order.quote_id)
    if invoice:
        yield from _other_currency(order, invoice)
        if invoice.currency == order.currency and invoice.amount != order.amount:
            yield Message(N_("{what} says {pi}, the order says {amount}."),
                          {"what": name_of(invoice), "pi": format_sum(invoice.amount, invoice.currency),
                           "amount": format_sum(order.amount, order.currency)})  # fmt: skip
    elif quote:
        yield from _other_currency(order, quote)
        if not order.price:
            yield from _off_the_quote(order, quote, order.quantity)
    if quote and quote.currency == order.currency and order.price and quote.price and quote.price != order.price:
        yield Message(N_("The quote says {quoted} a piece, the order says {price}."),
                      {"quoted": format_price(quote.price, quote.currency), "price": format_price(order.price, order.currency)})  # fmt: skip


def _about_payment(trade: Trade, payment: Payment) -> Iterator[Message]:
    about = _with_id(trade.orders, payment.order_id) or _with_id(trade.invoices, payment.invoice_id)
    if about and about.currency != payment.currency:
        yield from _other_currency(payment, about)
        return
    owed = sum(claim.amount for claim in claims(trade) if claim.currency == payment.currency and is_for(payment, claim))
    paid, left = format_sum(payment.amount, payment.currency), format_sum(owed, payment.currency)
    if about and payment.amount > owed:
        yield Message(N_("{paid} is more than the {left} still owed for {what}."),
                      {"paid": paid, "left": left, "what": name_of(about)})  # fmt: skip
    elif not about and not owed:
        yield Message(N_("No order and no PI in {currency} is unpaid; the payment stands for itself."),
                      {"currency": payment.currency})  # fmt: skip
    elif payment.amount > owed:
        yield Message(N_("{paid} is more than the {left} still owed."), {"paid": paid, "left": left})


def _about_shipment(shipment: Shipment) -> Iterator[Message]:
    leaves, days, arrives = shipment.departs_on, shipment.transit_days, shipment.arrives_on
    if leaves and days is not None and arrives and leaves + timedelta(days) != arrives:
        yield Message(N_("{days} days from {leaves} is {reached}, ETA says {arrives}."),
                      {"days": days, "leaves": leaves, "reached": leaves + timedelta(days), "arrives": arrives})  # fmt: skip


def same_parcel(trade: Trade, sample: Sample) -> Sample | None:
    """The newest sample in the book with the same tracking number, whether or not the courier is written into it (SF123)."""
    key = _parcel_key(sample)
    return next((other for other in trade.samples if key and _parcel_key(other) == key), None)


def _parcel_key(sample: Sample) -> str:
    return number_key(sample.tracking).removeprefix(number_key(sample.courier))


def has_news(sample: Sample) -> bool:
    """Whether a line says of a sample that it arrived, or what came of it."""
    return bool(sample.arrived_on or sample.feedback or sample.status != "open")


def _known_parcel(trade: Trade, sample: Sample) -> Iterator[Message]:
    if same_parcel(trade, sample):
        yield Message(N_("A sample with tracking number {number} is in the book already."), {"number": sample.tracking})


def _known_number(record: Invoice | Order, others: tuple[Invoice, ...] | tuple[Order, ...]) -> Iterator[Message]:
    if record.number and any(number_key(other.number) == number_key(record.number) for other in others):
        yield Message(N_("{number} is in the book already."), {"number": record.number})


def is_known(trade: Trade, record: Record) -> bool:
    """Whether the book has a record already that a line only tells again: the parcel (without news of it), the number, the
    same open quote."""
    match record:
        case Sample():
            return not has_news(record) and same_parcel(trade, record) is not None
        case Invoice() | Order():
            others = trade.invoices if isinstance(record, Invoice) else trade.orders
            return bool(record.number) and any(number_key(record.number) == number_key(it.number) for it in others)
        case Quote():
            return any(quote.status == "open" and _repeats(record, quote) for quote in trade.quotes)
        case _:
            return False


def _repeats(quote: Quote, before: Quote) -> bool:
    """Whether a quote says no more than one before: the same price on the same terms, as far as it names them."""
    pairs = ((quote.place.casefold(), before.place.casefold()), (quote.unit, before.unit), (quote.moq, before.moq))
    same = (quote.currency, quote.price, quote.incoterm) == (before.currency, before.price, before.incoterm)
    return same and all(not told or told == known for told, known in pairs)


def name_of(record: Quote | Invoice | Order) -> str | Message:
    """An order, a PI or a quote as a sentence names it: by its number, else by its day."""
    match record:
        case Quote():
            return Message(N_("the quote of {day}"), {"day": record.quoted_on})
        case Invoice():
            return record.number or Message(N_("the PI of {day}"), {"day": record.sent_on})
        case Order():
            return record.number or Message(N_("the order of {day}"), {"day": record.ordered_on})


_Named = TypeVar("_Named", Quote, Invoice, Order)


def _with_id(records: tuple[_Named, ...], record_id: int | None) -> _Named | None:
    return next((record for record in records if record.id == record_id), None) if record_id is not None else None


def _other_currency(record: Invoice | Order | Payment, about: Quote | Invoice | Order) -> Iterator[Message]:
    if record.currency != about.currency:
        yield Message(N_("This is in {currency}, the {record} it belongs to is in {other}."),
                      {"currency": record.currency, "record": KIND[type(about)], "other": about.currency})  # fmt: skip


def _off_the_quote(record: Invoice | Order, quote: Quote, quantity: int | None) -> Iterator[Message]:
    """A sum that the quoted price does not give: at the quantity agreed on, else at any quantity from the MOQ up."""
    count = quantity or quote.quantity or quote.moq
    if not quote.price or not count or quote.currency != record.currency:
        return
    minor, scale = record.amount * PRICE_SCALE, quote.price * 10 ** CURRENCIES.get(quote.currency, 2)
    if not (quantity or quote.quantity) and minor % scale == 0 and minor // scale >= count:
        return
    yield from _off_the_price(record, quote.price, count)


def _off_the_price(record: Invoice | Order, price: int, count: int) -> Iterator[Message]:
    total = price_total(price, count, record.currency)
    if total == record.amount:
        return
    values = {
        "price": _figures(format_price(price, record.currency)), "count": f"{count:,}",
        "total": _figures(format_sum(total, record.currency)), "amount": _figures(format_sum(record.amount, record.currency)),
    }  # fmt: skip
    if isinstance(record, Invoice):
        yield Message(N_("{price} × {count} = {total}, the PI says {amount}."), values)
    else:
        yield Message(N_("{price} × {count} = {total}, the order says {amount}."), values)


def _figures(money: str) -> str:
    """A sum without its currency."""
    return money.partition(" ")[2]
