"""What one row of a sheet says: values for the customer, people, a contact of the past, a plan, and words for the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo

from tui_crm.domain.messages import Message
from tui_crm.domain.values import Quote, Sample

from .days import Moment, Order, Promise
from .layout import Column
from .tables import Cell, CellNote

_EASTERN = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]+")
"""Names written in Chinese, Japanese or Korean signs: the family name first, and no blank."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What reading rests on: the user's day and zone, the currency of bare prices, the order of 5/6/2026, by header where a column
    has one of its own."""

    today: date
    zone: tzinfo
    currency: str = "USD"
    order: Order | None = None
    orders: Mapping[str, Order] = field(default_factory=dict)

    def order_of(self, header: str) -> Order | None:
        """How the dates of a column are meant."""
        return self.orders.get(header, self.order)


@dataclass(frozen=True, slots=True)
class Claim:
    """A value for one field of the customer, and the cell it was read from."""

    field: str
    value: str
    header: str
    text: str


def in_one_piece(first: str, last: str) -> str:
    """A name of two parts, in the order of its script."""
    eastern = _EASTERN.fullmatch(first) and _EASTERN.fullmatch(last)
    return last + first if eastern else f"{first} {last}".strip()


@dataclass(slots=True)
class Person:
    """One person of a row; `reaches` are cells still to be read, since a phone number needs the customer's country."""

    name: str = ""
    first: str = ""
    last: str = ""
    position: str = ""
    reaches: list[tuple[Column, str]] = field(default_factory=list)

    @property
    def full_name(self) -> str:
        """The name in one piece; Chinese names put the family name first, without a blank."""
        parts = in_one_piece(self.first, self.last)
        if not self.name or not parts:
            return self.name or parts
        return self.name if all(part in self.name for part in parts.split()) else f"{self.name} ({parts})"


@dataclass(slots=True)
class Facts:
    """All that one row says. `companies` are the names it gives for the customer, the first being the one to go by;
    `is_entry` tells a row of a log from one of an overview; `with_whom` is the person spoken to where the row's people are told of
    elsewhere; `ticked` are the stages that it ticks off."""

    table: str
    row: int
    is_entry: bool
    hash: str = ""
    companies: list[str] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    custom: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    people: dict[int, Person] = field(default_factory=dict)
    moment: Moment | None = None
    channel: str = ""
    channel_text: str = ""
    by: str = ""
    author: str = ""
    content: list[str] = field(default_factory=list)
    next_cells: list[tuple[Column, Cell]] = field(default_factory=list)
    promise: Promise | None = None
    promise_text: str = ""
    quotes: list[Quote] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    notes: list[CellNote] = field(default_factory=list)
    with_whom: str = ""
    ticked: list[Claim] = field(default_factory=list)

    def person(self, number: int = 1) -> Person:
        """The person of that number, made when first spoken of."""
        return self.people.setdefault(number, Person())

    def note(self, header: str, text: str, template: str, /, **values: object) -> None:
        """Tell the user about one cell of this row."""
        self.notes.append(CellNote(self.table, self.row, header, text, Message(template, values)))

    @property
    def text(self) -> str:
        """What was said at the last contact; a channel without a code of its own stands in front."""
        return " ".join(filter(None, (self.by, "\n".join(self.content))))

    @property
    def written_by(self) -> str:
        """Who wrote down what was said; where no column tells, whoever looks after the customer."""
        return self.author or self.value("owner")

    @property
    def as_of(self) -> date:
        """The day the row speaks of; an overview without one speaks of now."""
        return self.moment.day if self.moment else date.min if self.is_entry else date.max

    @property
    def main_name(self) -> str:
        """The name of the first person of the row."""
        return next((person.full_name for person in self.people.values()), self.with_whom)

    def value(self, name: str) -> str:
        """The first value claimed for a field, or ""."""
        return next((claim.value for claim in self.claims if claim.field == name), "")
