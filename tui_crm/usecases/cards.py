"""Everything about one customer, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ..domain.messages import N_, Problem
from ..domain.own_fields import OwnField
from ..domain.values import Activity, AgendaRow, Attachment, Customer, NextStep, Trade
from ..store import attachments, own_fields, past, reading, tags, trade
from ..store import rows as listed
from ..store.book import instant_text
from .session import Session


@dataclass(frozen=True, slots=True)
class Card:
    """A customer whole: who, standing, next step, the newest entries of the log (`more` if there are older), trade, files;
    and what its tags and own fields mean: colours by tag, and the fields that are defined."""

    customer: Customer
    row: AgendaRow
    step: NextStep
    activities: tuple[Activity, ...]
    more: bool
    trade: Trade
    attachments: tuple[Attachment, ...] = ()
    tag_colors: Mapping[str, str] = field(default_factory=dict)
    own_fields: tuple[OwnField, ...] = ()


def existing(session: Session, customer_id: int) -> Customer:
    """The customer with this id. Raises Problem if there is none."""
    customer = reading.customer(session.book, customer_id)
    if customer is None:
        raise Problem(N_("This customer is no longer in the book."))
    return customer


def card(session: Session, customer_id: int, entries: int = 50) -> Card:
    """The card of a customer with its newest `entries` log entries. Raises Problem if there is no such customer."""
    book = session.book
    customer = existing(session, customer_id)
    (row,) = listed.agenda_rows(book, [customer_id], session.today, session.now)
    log = reading.activities(book, customer_id, entries + 1)
    step = reading.open_step(book, customer_id) or NextStep(None)
    return Card(
        customer, row, step, tuple(log[:entries]), len(log) > entries, trade.of(book, customer_id),
        attachments.of(book, customer_id), tags.colors(book) if customer.tags else {}, tuple(own_fields.defined(book)),
    )  # fmt: skip


def older_entries(session: Session, customer_id: int, last: Activity, entries: int = 50) -> tuple[list[Activity], bool]:
    """The log entries before `last`, newest first, and whether there are still older ones."""
    before = (instant_text(last.happened_at), last.id)
    log = reading.activities(session.book, customer_id, entries + 1, before)
    return log[:entries], len(log) > entries


def summary(session: Session, customer_id: int) -> Card:
    """What a side pane shows: the card with the last few entries."""
    return card(session, customer_id, entries=8)


def card_as_of(session: Session, customer_id: int, day: date) -> Card:
    """The card as it was at the end of `day`, with all of its log; rhythms and weights are those of now. Raises Problem for a
    day to come, and for one on which the customer was not in the book."""
    book = session.book
    if day > session.today:
        raise Problem(N_("{day} has not come yet. Give a day up to today, for example yesterday or 5/11."), day=day)
    found = past.as_of(book, customer_id, day)
    if found is None:
        raise Problem(N_("This customer was not in the book yet on {day}."), day=day)
    row, step = past.listed(book, found, day, session.now)
    return Card(
        found.customer, row, step, found.activities, False, found.trade, found.attachments,
        tags.colors(book) if found.customer.tags else {}, tuple(own_fields.defined(book)),
    )  # fmt: skip
