"""The plain frozen values every layer speaks: customers, people, entries, next steps, trade facts.

Instants are aware UTC datetimes, dates are dates, money is whole minor units with an ISO 4217 code. Codes (temperature,
stage, channel, …) are those of `vocabulary`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain

from .rows import AgendaRow as AgendaRow
from .rows import NextStep as NextStep
from .rows import Reason as Reason


@dataclass(frozen=True, slots=True)
class Reach:
    """One way to reach a person: `kind` is one of `reach.KINDS`."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at a customer: `rank` in the company and `role` in its decisions (`vocabulary.RANKS`, `ROLES`). `id` 0 and
    `version` 0 mean not stored yet."""

    name: str
    position: str = ""
    reaches: tuple[Reach, ...] = ()
    main: bool = False
    id: int = 0
    uid: str = ""
    version: int = 0
    rank: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """One entry of the log: what happened, when (UTC), over which channel, at which stage, written by whom."""

    happened_at: datetime
    channel: str
    note: str
    stage: str = ""
    author: str = ""
    outcome: str = ""
    contact: str = ""
    id: int = 0
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A price given. `price` is in ten-thousandths of the currency's main unit (0.86 USD = 8600), since unit prices go
    below a cent; None where only the terms are known. It holds through the day `valid_until`."""

    quoted_on: date
    currency: str
    price: int | None
    incoterm: str = ""
    place: str = ""
    unit: str = ""
    moq: int | None = None
    product: str = ""
    status: str = "open"
    id: int = 0
    uid: str = ""
    version: int = 0
    quantity: int | None = None
    valid_until: date | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample sent. While `arrived_on` is unknown it is due on `expected_on`, else estimated from `shipped_on` and the
    courier."""

    specs: str = ""
    courier: str = ""
    tracking: str = ""
    shipped_on: date | None = None
    arrived_on: date | None = None
    feedback: str = ""
    id: int = 0
    uid: str = ""
    version: int = 0
    number: str = ""
    expected_on: date | None = None
    status: str = "open"


@dataclass(frozen=True, slots=True)
class Invoice:
    """A proforma invoice. `amount` is in minor units; `quote_id` names the quote it was made from."""

    number: str
    sent_on: date
    currency: str
    amount: int
    quote_id: int | None = None
    status: str = "open"
    remark: str = ""
    id: int = 0
    uid: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """An order. `amount` and `deposit` (part of it) are in minor units, `price` per `unit` like that of a quote."""

    ordered_on: date
    currency: str
    amount: int
    number: str = ""
    kind: str = "regular"
    deposit: int = 0
    terms: str = ""
    deposit_due_on: date | None = None
    balance_due_on: date | None = None
    product: str = ""
    quantity: int | None = None
    unit: str = ""
    price: int | None = None
    quote_id: int | None = None
    invoice_id: int | None = None
    status: str = "open"
    remark: str = ""
    id: int = 0
    uid: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Payment:
    """Money received: `amount` in minor units, for an order or a proforma invoice where that is known."""

    paid_on: date
    currency: str
    amount: int
    kind: str = ""
    order_id: int | None = None
    invoice_id: int | None = None
    remark: str = ""
    id: int = 0
    uid: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Shipment:
    """Goods on their way: they leave on `departs_on` (ETD) and are expected on `arrives_on` (ETA); `bill` is the number of
    the bill of lading or the air waybill."""

    mode: str = ""
    from_port: str = ""
    to_port: str = ""
    departs_on: date | None = None
    transit_days: int | None = None
    arrives_on: date | None = None
    arrived_on: date | None = None
    container: str = ""
    bill: str = ""
    order_id: int | None = None
    remark: str = ""
    id: int = 0
    uid: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file kept with a customer: its `name` for people, the SHA-256 `hash` of its content, its `size` in bytes."""

    name: str
    hash: str
    size: int
    added_on: date
    id: int = 0
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag, its colour (one of `vocabulary.TAG_COLORS`), and how many customers carry it. `id` 0: not stored yet."""

    name: str
    color: str = ""
    count: int = 0
    id: int = 0


Record = Quote | Sample | Invoice | Order | Payment | Shipment
"""One thing traded."""


@dataclass(frozen=True, slots=True)
class Trade:
    """Everything traded with one customer, each kind newest first."""

    quotes: tuple[Quote, ...] = ()
    samples: tuple[Sample, ...] = ()
    invoices: tuple[Invoice, ...] = ()
    orders: tuple[Order, ...] = ()
    payments: tuple[Payment, ...] = ()
    shipments: tuple[Shipment, ...] = ()

    def records(self) -> Iterator[Record]:
        """Every record, kind by kind."""
        return chain(self.quotes, self.samples, self.invoices, self.orders, self.payments, self.shipments)


@dataclass(frozen=True, slots=True)
class Customer:
    """A company we follow up. Empty text means not known. `custom` holds fields that users have added, by name;
    `merged_into` is the customer that a duplicate was merged into."""

    name: str
    country: str = ""
    city: str = ""
    kind: str = ""
    industry: str = ""
    buys: str = ""
    website: str = ""
    linkedin: str = ""
    source: str = ""
    grade: str = ""
    temperature: str = "potential"
    stage: str = "new"
    language: str = ""
    zone: str = ""
    owner: str = ""
    needs: str = ""
    remarks: str = ""
    lost_reason: str = ""
    paused_until: date | None = None
    competitors: str = ""
    merged_into: int | None = None
    archived: bool = False
    custom: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    created_on: date | None = None
    id: int = 0
    uid: str = ""
    version: int = 0
