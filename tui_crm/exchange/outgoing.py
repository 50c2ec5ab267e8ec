"""What goes out of the book: customers as plain values, read a few hundred at a time, for every kind of file alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from tui_crm.domain.messages import Message
from tui_crm.domain.own_fields import OwnField
from tui_crm.domain.values import Activity, Attachment, Customer, NextStep, Trade


@dataclass(frozen=True, slots=True)
class OutCustomer:
    """A customer whole. `step` is what comes next as lists show it, `promise` the open step that a person has set;
    `activities` are newest first, only the last one where the logs were not asked for. `changed_op` is the last operation that touched the
    customer, `changed_at` its instant (UTC)."""

    customer: Customer
    step: NextStep
    promise: NextStep | None
    last_contact_on: date | None
    activities: tuple[Activity, ...]
    trade: Trade
    attachments: tuple[Attachment, ...] = ()
    changed_op: int = 0
    changed_at: datetime | None = None


class LogLine(NamedTuple):
    """One entry of some customer's log, as a list of all of them has it."""

    company: str
    happened_at: datetime
    channel: str
    note: str
    stage: str
    contact: str
    author: str
    uid: str


Read = Callable[[bool], Iterator[OutCustomer]]
"""Reads every customer that goes out, in order, in chunks; told whether with their whole logs. May be called again."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What a writer is given. `read_log` gives the entries of all logs, by customer, the oldest first; `read_trade` company and trade
    of every customer with any. `count` customers go out, in the state of the book after the operation `op`; `whole` is the
    complete book, archived customers included. `people` is the most that one customer has. `own_fields` are those that are
    defined, `custom` the names of all that there are. `kind` is the ending of the file, `encoding` that of delimited files.
    `ids` are the customers."""

    read: Read
    read_log: Callable[[], Iterator[LogLine]]
    read_trade: Callable[[], Iterator[tuple[str, Trade]]]
    count: int
    op: int
    today: date
    now: datetime
    actor: str
    title: str = ""
    whole: bool = False
    people: int = 1
    own_fields: tuple[OwnField, ...] = ()
    custom: tuple[str, ...] = ()
    tag_colors: Mapping[str, str] = field(default_factory=dict)
    kind: str = "csv"
    encoding: str = "utf-8-sig"
    ids: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What a writer wrote: how many customers, and what the user should know of it."""

    customers: int
    notes: tuple[Message, ...] = ()
