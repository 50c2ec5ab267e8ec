"""What an import would do, as plain values: the plan for one customer, and what the plan asks of the book."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple, Protocol

from tui_crm.domain.values import Activity, Contact, Customer, NextStep, Quote, Sample

Verdict = Literal["new", "update", "same", "conflict"]
Take = Literal["book", "sheet"]
"""Whose word counts where a cell was changed on both sides."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell that was changed in a sheet of ours, while the book has come to say something else: its header, and both texts."""

    header: str
    sheet: str
    book: str


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


class Wanted(NamedTuple):
    """Whom an import asks the book for: the customer of that company key, else of one of these e-mail addresses or phone
    numbers (stored form). `whole` is False where nothing will be compared: then log, next step and trade may be left out."""

    company_key: str
    emails: Sequence[str]
    phones: Sequence[str]
    whole: bool = True


class Known(Protocol):
    """The book, as far as an import asks it: many questions at a time."""

    def find(self, wanted: Sequence[Wanted]) -> Sequence[KnownCustomer | None]:
        """For each question the customer meant, None where the book has none."""

    def imported(self, row_hashes: Collection[str]) -> Collection[str]:
        """Those of the hashes of rows that were imported before."""


@dataclass(frozen=True, slots=True)
class PlannedCustomer:
    """What an import would do with one customer.

    `customer` is as it should be afterwards. For an update `changes` holds the fields to write (name of the field of
    `Customer` → new value; never contacts). `contacts` are those to write: `id` 0 is new, else more is known of that one.
    `activities`, `quotes` and `samples` are new ones only. `next_step` without `due_on` is an action whose day the rhythm
    decides. `row_hashes` are to be remembered whatever the verdict. `where` is the first row that speaks of the customer.

    From a sheet that was exported and edited: `gone_tags` and `gone_people` (ids) go, `ends_step` takes the promised step away, and
    `conflicts` are cells that were changed there and in the book; then the verdict is "conflict", whatever else is written.
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
    conflicts: tuple[Conflict, ...] = ()
    gone_tags: tuple[str, ...] = ()
    gone_people: tuple[int, ...] = ()
    ends_step: bool = False

    @property
    def writes(self) -> bool:
        """Whether anything of the customer would be written; where cells are in conflict, perhaps nothing."""
        if self.verdict != "conflict":
            return self.verdict != "same"
        return bool(
            self.changes or self.contacts or self.activities or self.next_step or self.gone_people or self.ends_step
        )
