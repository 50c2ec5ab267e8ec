"""What an import would do, as plain values: the plan for one customer, and what the plan asks of the book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from tui_crm.domain.values import Activity, Contact, Customer, NextStep, Quote, Sample

Verdict = Literal["new", "update", "same"]


@dataclass(frozen=True, slots=True)
class KnownCustomer:
    """A customer already in the book, with all that an import compares: `log` is (day, note) of every activity.

    `next_step` is the open one that a person has set, with or without a day. Contacts, reaches and tags are those inside `customer`.
    """

    customer: Customer
    log: frozenset[tuple[date, str]] = frozenset()
    next_step: NextStep | None = None
    quotes: tuple[Quote, ...] = ()
    samples: tuple[Sample, ...] = ()


class Known(Protocol):
    """The book, as far as an import asks it."""

    def find(self, company_key: str, emails: Sequence[str], phones: Sequence[str]) -> KnownCustomer | None:
        """The customer of that company key, else of one of these e-mail addresses or phone numbers (stored form)."""

    def imported(self, row_hash: str) -> bool:
        """Whether a row with this hash was imported before."""


@dataclass(frozen=True, slots=True)
class PlannedCustomer:
    """What an import would do with one customer.

    `customer` is as it should be afterwards. For an update `changes` holds the fields to write (name of the field of
    `Customer` → new value; never contacts). `contacts` are those to write: `id` 0 is new, else more is known of that one.
    `activities`, `quotes` and `samples` are new ones only. `next_step` without `due_on` is an action whose day the rhythm
    decides. `row_hashes` are to be remembered whatever the verdict. `where` is the first row that speaks of the customer.
    """

    verdict: Verdict
    existing: int | None
    where: tuple[str, int]
    customer: Customer
    contacts: tuple[Contact, ...] = ()
    activities: tuple[Activity, ...] = ()
    next_step: NextStep | None = None
    quotes: tuple[Quote, ...] = ()
    samples: tuple[Sample, ...] = ()
    row_hashes: tuple[str, ...] = ()
    changes: Mapping[str, object] = field(default_factory=dict)
    derived_temperature: bool = False
