"""Bringing a sheet in: read it, plan what would change, then do all of it as one operation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ..domain.messages import Message
from ..domain.reach import phone_digits
from ..domain.values import Reach
from ..exchange.days import Order
from ..exchange.plan import Plan, plan_import
from ..exchange.planned import KnownCustomer, PlannedCustomer
from ..exchange.tables import Progress, read_tables
from ..store import merging, reading, trade, writing
from ..store.standing import local_day
from .history import IMPORTED
from .session import Session

_TELL_EVERY = 200
"""Customers written between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import wrote."""

    new: int
    updated: int
    entries: int


def read_plan(session: Session, path: Path, order: Order | None = None, progress: Progress | None = None) -> Plan:
    """Read a sheet and plan what it would change; nothing is written. `order` says how dates like 5/6/2026 are meant where
    the sheet does not tell. Raises Problem when the file cannot be read."""
    tables = read_tables(path, progress)
    zone = datetime.now().astimezone().tzinfo
    assert zone is not None
    currency = session.settings.currency
    return plan_import(tables, _Known(session), session.today, zone, currency=currency, order=order, progress=progress)


def apply_plan(session: Session, plan: Plan, progress: Callable[[int], None] | None = None) -> Applied:
    """Do what the plan says, as one operation that one undo takes back. `progress` is told how many customers are written
    and may raise to stop, which leaves the book as it was."""
    writes = [planned for planned in plan.customers if planned.verdict != "same"]
    with session.operation(Message(IMPORTED, {"count": len(writes)})):
        for number, planned in enumerate(plan.customers, 1):
            _write(session, planned)
            if progress and number % _TELL_EVERY == 0:
                progress(number)
    return Applied(plan.count("new"), plan.count("update"), sum(len(planned.activities) for planned in writes))


def _write(session: Session, planned: PlannedCustomer) -> None:
    book = session.book
    if planned.existing is None and planned.verdict == "same":
        return
    customer_id = planned.existing
    if customer_id is None:
        customer = replace(planned.customer, owner=planned.customer.owner or session.actor, contacts=())
        customer_id = writing.add_customer(book, customer, session.today)
    else:
        changes = dict(planned.changes)
        changes.pop("tags", None)
        writing.add_tags(book, customer_id, planned.customer.tags)
        if changes:
            writing.update_customer(book, customer_id, changes)
    for contact in planned.contacts:
        if contact.id:
            writing.update_contact(book, customer_id, contact)
        else:
            writing.add_contact(book, customer_id, contact)
    for activity in planned.activities:
        writing.add_activity(book, customer_id, replace(activity, author=activity.author or session.actor))
    if planned.next_step is not None:
        step = planned.next_step._replace(set_on=session.today)
        writing.set_next_step(book, customer_id, step, session.actor)
    for quote in planned.quotes:
        trade.add(book, customer_id, quote)
    for sample in planned.samples:
        trade.add(book, customer_id, sample)
    writing.remember_imported(book, customer_id, planned.row_hashes)


class _Known:
    """The book, as far as planning asks it."""

    def __init__(self, session: Session) -> None:
        self._book = session.book

    def find(self, company_key: str, emails: Sequence[str], phones: Sequence[str]) -> KnownCustomer | None:
        """The customer of that company key, else of one of these addresses; who was merged stands for the one kept."""
        book = self._book
        ids = reading.by_company_key(book, company_key)
        reaches = [Reach("email", text) for text in emails] + [Reach("phone", text) for text in phones]
        for reach in reaches if not ids else ():
            if reach.kind == "email" or len(phone_digits(reach.value)) > 6:
                ids = ids or reading.by_match_key(book, writing.match_key(reach))
        if not ids:
            return None
        known = merging.keepers(book, ids).get(ids[0], ids[0])
        customer = reading.customer(book, known)
        assert customer is not None
        log = {(day, note) for at, note in reading.log_of(book, known) if (day := local_day(at))}
        traded = trade.of(book, known)
        return KnownCustomer(
            customer, frozenset(log), reading.promised_step(book, known), traded.quotes, traded.samples
        )

    def imported(self, row_hash: str) -> bool:
        """Whether a row with this hash was brought in before."""
        return reading.was_imported(self._book, row_hash)
