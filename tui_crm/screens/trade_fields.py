"""The lines of the form for each kind of trade record: what they are called, how they are shown and read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from ..domain.dates import Look, parse_date
from ..domain.messages import N_, Problem
from ..domain.money import CURRENCIES, find_currency, format_price, format_sum, parse_amount, parse_price, parse_sum
from ..domain.text import clean
from ..domain.trade import INCOTERMS
from ..domain.trade_checks import KIND, refuse
from ..domain.values import Invoice, Order, Payment, Quote, Record, Sample, Shipment, Trade
from ..domain.vocabulary import MODES, ORDER_KINDS, PAYMENT_KINDS, STATUSES
from ..i18n import _, month_day, short_date, word
from .form import Typed
from .offers import Offer
from .picker import best
from .widgets.trade_words import record_words

TEXT, PAST, COMING, SUM, PRICE, COUNT, CODE, CURRENCY, RECORD = (
    "text", "past", "coming", "sum", "price", "count", "code", "currency", "record",
)  # fmt: skip
"""What a line holds: text, a day that was or will be, money, a unit price, a number of things, a code, another record."""


@dataclass(frozen=True, slots=True)
class TradeField:
    """One line: the record's field, its label, what it holds, and for a code its vocabulary and the codes it can be."""

    name: str
    label: str
    holds: str = TEXT
    words: str = ""
    codes: tuple[str, ...] = ()
    required: bool = False


def _status(kind: str) -> TradeField:
    return TradeField("status", N_("Status"), CODE, "status", STATUSES[kind], True)


_CURRENCY = TradeField("currency", N_("Currency"), CURRENCY, required=True)
_AMOUNT = TradeField("amount", N_("Amount"), SUM, required=True)
_NUMBER = TradeField("number", N_("Number"))
_PRODUCT = TradeField("product", N_("Product"))
_PRICE = TradeField("price", N_("Unit price"), PRICE)
_UNIT = TradeField("unit", N_("Unit"))
_QUANTITY = TradeField("quantity", N_("Quantity"), COUNT)
_QUOTE = TradeField("quote_id", N_("From quote"), RECORD)
_INVOICE = TradeField("invoice_id", N_("From PI"), RECORD)
_ORDER = TradeField("order_id", N_("For order"), RECORD)
_REMARK = TradeField("remark", N_("Remark"))

TRADE_FIELDS: Mapping[str, tuple[TradeField, ...]] = {
    "quote": (
        TradeField("quoted_on", N_("Quoted on"), PAST, required=True),
        _PRODUCT,
        TradeField("incoterm", N_("Incoterm"), CODE, "", INCOTERMS),
        TradeField("place", N_("Place")),
        _PRICE,
        _CURRENCY,
        _UNIT,
        _QUANTITY,
        TradeField("moq", N_("MOQ"), COUNT),
        TradeField("valid_until", N_("Valid until"), COMING),
        _status("quote"),
        _REMARK,
    ),
    "sample": (
        _NUMBER,
        TradeField("specs", N_("What was sent")),
        TradeField("courier", N_("Courier")),
        TradeField("tracking", N_("Tracking number")),
        TradeField("shipped_on", N_("Shipped on"), PAST),
        TradeField("expected_on", N_("Expected on"), COMING),
        TradeField("arrived_on", N_("Arrived on"), PAST),
        TradeField("feedback", N_("Feedback")),
        _status("sample"),
    ),
    "invoice": (
        _NUMBER, TradeField("sent_on", N_("Sent on"), PAST, required=True), _AMOUNT, _CURRENCY, _QUOTE, _status("invoice"),
        _REMARK,
    ),
    "order": (
        _NUMBER,
        TradeField("kind", N_("Type"), CODE, "order_kind", ORDER_KINDS, True),
        TradeField("ordered_on", N_("Ordered on"), PAST, required=True),
        _AMOUNT,
        _CURRENCY,
        TradeField("deposit", N_("Deposit"), SUM),
        TradeField("deposit_due_on", N_("Deposit due on"), COMING),
        TradeField("balance_due_on", N_("Balance due on"), COMING),
        TradeField("terms", N_("Payment terms")),
        _PRODUCT, _QUANTITY, _UNIT, _PRICE, _QUOTE, _INVOICE, _status("order"), _REMARK,
    ),
    "payment": (
        TradeField("paid_on", N_("Paid on"), PAST, required=True),
        _AMOUNT,
        _CURRENCY,
        TradeField("kind", N_("Type"), CODE, "payment_kind", PAYMENT_KINDS),
        _ORDER,
        TradeField("invoice_id", N_("For PI"), RECORD),
        _REMARK,
    ),
    "shipment": (
        TradeField("mode", N_("By"), CODE, "mode", MODES),
        TradeField("from_port", N_("From port")),
        TradeField("to_port", N_("To port")),
        TradeField("departs_on", N_("ETD"), COMING),
        TradeField("transit_days", N_("Days on the way"), COUNT),
        TradeField("arrives_on", N_("ETA"), COMING),
        TradeField("arrived_on", N_("Arrived on"), PAST),
        TradeField("container", N_("Container")),
        TradeField("bill", N_("B/L number")),
        _ORDER,
        _REMARK,
    ),
}  # fmt: skip
"""By kind of record."""

OFFERED = frozenset({CODE, CURRENCY, RECORD})
"""What is one of several values."""
SETS_CURRENCY = frozenset({"amount", "price"})
"""Lines in which a currency may be typed too."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads and shows the lines of one customer's records, on one day. `usual` is the currency where none is named."""

    trade: Trade
    today: date
    usual: str

    def shown(self, field: TradeField, record: Record) -> str:
        """A record's value as its line shows it."""
        return self.text(field, getattr(record, field.name), getattr(record, "currency", ""))

    def text(self, field: TradeField, value: Any, currency: str) -> str:
        """A value as a line shows it; nothing for none, and for a sum of nothing."""
        if value is None or value == "" or (field.holds == SUM and value == 0):
            return ""
        if field.holds in (SUM, PRICE):
            return (format_sum if field.holds == SUM else format_price)(value, currency).partition(" ")[2]
        if field.holds == COUNT:
            return f"{value:,}"
        if field.holds in (CODE, RECORD):
            return next((offer.label for offer in self.offers(field, "") if offer.code == str(value)), str(value))
        return str(value)

    def facts(self, record: Record) -> Iterator[tuple[str, str]]:
        """Every field that says something, with its label, in words."""
        usual = blank(KIND[type(record)], self.today, self.usual)
        for field in TRADE_FIELDS[KIND[type(record)]]:
            value, text = getattr(record, field.name), self.shown(field, record)
            if field.holds == CURRENCY or not text or (field.holds == CODE and value == getattr(usual, field.name)):
                continue
            if field.holds in (SUM, PRICE):
                text = f"{getattr(record, 'currency', '')} {text}"
            yield _(field.label), short_date(value) if isinstance(value, date) else text

    def offers(self, field: TradeField, typed: str) -> list[Offer]:
        """The values a line may take, those that fit what was typed first and alone."""
        every = self._every(field)
        if not typed.strip():
            return every
        return [o for o in every if o.digit == typed.strip()] or best(typed, ((o, (o.label, o.code)) for o in every))

    def meant(self, field: TradeField, typed: str) -> Offer | None:
        """The value meant by what was typed; None where it fits nothing."""
        if not typed.strip():
            return None
        code = find_currency(typed) if field.holds == CURRENCY else None
        return Offer(code, code) if code else next(iter(self.offers(field, typed)), None)

    def read(self, field: TradeField, typed: str, currency: str) -> Any:
        """The value that was typed; of nothing typed what stands for nothing. Raises Problem."""
        text = clean(typed)
        if not text:
            if field.required:
                raise Problem(N_("{field} cannot be empty."), field=_(field.label))
            return {TEXT: "", CODE: ""}.get(field.holds, 0 if field.name == "deposit" else None)
        if field.holds in (PAST, COMING):
            return parse_date(text, self.today, Look.BACK if field.holds == PAST else Look.FORWARD)
        if field.holds in (SUM, PRICE):
            return _money(field, text, currency)
        if field.holds == COUNT:
            return _count(text)
        if field.holds == TEXT:
            return text
        offer = self.meant(field, text)
        if offer is None:
            known = ", ".join(offer.label for offer in self._every(field)[:12])
            raise Problem(N_("“{text}” is none of these: {known}."), text=text, known=known or "–")
        return int(offer.code) if field.holds == RECORD else offer.code

    def _every(self, field: TradeField) -> list[Offer]:
        if field.holds == CODE:
            return _numbered((code, word(field.words, code) if field.words else code) for code in field.codes)
        if field.holds == CURRENCY:
            records: list[Order | Invoice | Quote] = [*self.trade.orders, *self.trade.invoices, *self.trade.quotes]
            used = (record.currency for record in records)
            return [Offer(code, code) for code in dict.fromkeys((self.usual, *used, "USD", "EUR", "CNY", *CURRENCIES))]
        if field.holds == RECORD:
            return _numbered((str(record.id), _reference(record)) for record in self._referred(field.name))
        return []

    def _referred(self, name: str) -> Sequence[Quote | Invoice | Order]:
        kinds: Mapping[str, Sequence[Quote | Invoice | Order]] = {
            "quote_id": self.trade.quotes,
            "invoice_id": self.trade.invoices,
            "order_id": self.trade.orders,
        }
        return kinds[name]


def read_record(reader: Reader, record: Record, typed: Typed) -> tuple[Record, dict[str, Problem]]:
    """The record with what was typed into its lines, and what is wrong by line; lines with a mistake keep their value."""
    wrong: dict[str, Problem] = {}
    values: dict[str, Any] = {}
    lines = TRADE_FIELDS[KIND[type(record)]]
    for field in sorted(lines, key=lambda field: field.holds != CURRENCY):
        currency = values.get("currency", getattr(record, "currency", reader.usual))
        try:
            values[field.name] = reader.read(field, typed[field.name], currency)
        except Problem as problem:
            wrong[field.name] = problem
    made = replace(record, **values)
    return made, wrong or _refused(made, [field.name for field in lines])


def _refused(record: Record, names: Sequence[str]) -> dict[str, Problem]:
    """Why a record cannot be, at the last line that alone could mend it."""
    try:
        refuse(record)
    except Problem as problem:
        return {next((name for name in reversed(names) if _mends(record, name)), names[0]): problem}
    return {}


def _mends(record: Record, name: str) -> bool:
    neutral: Any = 1 if isinstance(getattr(record, name), int) else None
    try:
        refuse(replace(record, **{name: neutral}))
    except Problem:
        return False
    return True


def written_currency(text: str) -> str:
    """The currency that is typed with a sum; nothing where there is none, or no sum yet."""
    try:
        return parse_price(text, "")[0]
    except Problem:
        return ""


def blank(kind: str, today: date, currency: str) -> Record:
    """A record of which nothing is known yet."""
    made: Mapping[str, Callable[[], Record]] = {
        "quote": lambda: Quote(today, currency, None),
        "sample": Sample,
        "invoice": lambda: Invoice("", today, currency, 0),
        "order": lambda: Order(today, currency, 0),
        "payment": lambda: Payment(today, currency, 0),
        "shipment": Shipment,
    }
    return made[kind]()


def touched(record: Record, base: Record) -> list[str]:
    """The fields in which a record differs from what it was."""
    return [f.name for f in fields(record) if f.name != "version" and getattr(record, f.name) != getattr(base, f.name)]


def _money(field: TradeField, text: str, currency: str) -> int:
    written, amount = (parse_sum if field.holds == SUM else parse_price)(text, currency)
    if written != currency:
        raise Problem(N_("This is in {written}, the record in {currency}."), written=written, currency=currency)
    return amount


def _count(text: str) -> int:
    try:
        number = parse_amount(text)
    except Problem:
        raise Problem(N_("“{text}” is no whole number."), text=text) from None
    if number != int(number):
        raise Problem(N_("“{text}” is no whole number."), text=text)
    return int(number)


def _numbered(codes: Iterable[tuple[str, str]]) -> list[Offer]:
    return [Offer(code, label, str(at) if at < 10 else "") for at, (code, label) in enumerate(codes, 1)]


def _reference(record: Quote | Invoice | Order) -> str:
    """A record as the line of one that refers to it names it."""
    day = (
        record.quoted_on
        if isinstance(record, Quote)
        else record.sent_on
        if isinstance(record, Invoice)
        else record.ordered_on
    )
    return f"{record_words(record)} · {month_day(day)}"
