"""The plain frozen values every layer speaks: customers, people, entries, next steps, trade facts.

Instants are aware UTC datetimes, dates are dates, money is whole minor units with an ISO 4217 code. Codes (temperature,
stage, channel, …) are those of `vocabulary`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

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
    """A person at a customer. `id` 0 and `version` 0 mean not stored yet."""

    name: str
    position: str = ""
    reaches: tuple[Reach, ...] = ()
    main: bool = False
    id: int = 0
    uid: str = ""
    version: int = 0


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
    below a cent; None where only the terms are known."""

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


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample sent. While `arrived_on` is unknown its arrival is estimated from `shipped_on` and the courier."""

    specs: str = ""
    courier: str = ""
    tracking: str = ""
    shipped_on: date | None = None
    arrived_on: date | None = None
    feedback: str = ""
    id: int = 0
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    """A company we follow up. Empty text means not known. `custom` holds columns that have no field of their own."""

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
    archived: bool = False
    custom: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    created_on: date | None = None
    id: int = 0
    uid: str = ""
    version: int = 0
