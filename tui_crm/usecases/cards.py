"""Everything about one customer, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.messages import N_, Problem
from ..domain.values import Activity, AgendaRow, Customer, NextStep, Trade
from ..store import reading, trade
from ..store import rows as listed
from ..store.book import instant_text
from .session import Session


@dataclass(frozen=True, slots=True)
class Card:
    """A customer whole: who, standing, next step, the newest entries of the log (`more` if there are older), trade."""

    customer: Customer
    row: AgendaRow
    step: NextStep
    activities: tuple[Activity, ...]
    more: bool
    trade: Trade


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
    return Card(customer, row, step, tuple(log[:entries]), len(log) > entries, trade.of(book, customer_id))


def older_entries(session: Session, customer_id: int, last: Activity, entries: int = 50) -> tuple[list[Activity], bool]:
    """The log entries before `last`, newest first, and whether there are still older ones."""
    before = (instant_text(last.happened_at), last.id)
    log = reading.activities(session.book, customer_id, entries + 1, before)
    return log[:entries], len(log) > entries


def summary(session: Session, customer_id: int) -> Card:
    """What a side pane shows: the card with the last few entries."""
    return card(session, customer_id, entries=8)
