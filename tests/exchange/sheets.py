"""Sentences for import tests: sheets written down as rows, and a book that remembers what a plan would write."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta, timezone
from pathlib import Path

from tui_crm.domain.names import company_key
from tui_crm.domain.values import Customer
from tui_crm.exchange.plan import Plan, plan_import
from tui_crm.exchange.planned import KnownCustomer, PlannedCustomer, Wanted
from tui_crm.exchange.tables import Cell, Row, Table, trimmed

TODAY = date(2026, 11, 21)
ZONE = timezone(timedelta(hours=8))
DATA = Path(__file__).parents[2] / "../shared/data"


def sheet(*rows: Sequence[Cell], name: str = "sheet") -> Table:
    """A table of these rows; blank rows keep their number and hold nothing."""
    numbered = (Row(number, trimmed(cells)) for number, cells in enumerate(rows, 1))
    return Table(name, tuple(row for row in numbered if row.cells))


@dataclass
class Book:
    """The book as an import sees it; `take` writes a plan into it."""

    customers: dict[int, KnownCustomer] = field(default_factory=dict)
    hashes: set[str] = field(default_factory=set)

    def find(self, wanted: Sequence[Wanted]) -> list[KnownCustomer | None]:
        return [self._find(one) for one in wanted]

    def _find(self, wanted: Wanted) -> KnownCustomer | None:
        reaches = {*wanted.emails, *wanted.phones}
        by_key = (known for known in self.customers.values() if company_key(known.customer.name) == wanted.company_key)
        by_address = (known for known in self.customers.values() if reaches & addresses(known.customer))
        return next(by_key, None) or next(by_address, None)

    def imported(self, row_hashes: Collection[str]) -> set[str]:
        return self.hashes.intersection(row_hashes)

    def take(self, plan: Plan, *, remember: bool = True) -> None:
        for planned in plan.customers:
            self._write(planned)
            if remember:
                self.hashes.update(planned.row_hashes)

    def put(self, customer: Customer, **more: object) -> None:
        """A customer who is in the book already."""
        place = len(self.customers) + 1
        self.customers[place] = KnownCustomer(replace(customer, id=place), **more)  # type: ignore[arg-type]

    def _write(self, planned: PlannedCustomer) -> None:
        place = planned.existing or len(self.customers) + 1
        before = self.customers.get(place, KnownCustomer(Customer("")))
        self.customers[place] = KnownCustomer(
            replace(planned.customer, id=place, created_on=planned.customer.created_on or TODAY),
            before.log | {(entry.happened_at.astimezone(ZONE).date(), entry.note) for entry in planned.activities},
            planned.next_step or before.next_step,
            before.quotes + planned.quotes,
            before.samples + planned.samples,
        )


def addresses(customer: Customer) -> set[str]:
    kinds = ("email", "phone", "whatsapp")
    return {reach.value for contact in customer.contacts for reach in contact.reaches if reach.kind in kinds}


def plan(*tables: Table, book: Book | None = None, order: str | None = None) -> Plan:
    return plan_import(tables, book or Book(), TODAY, ZONE, order=order)  # type: ignore[arg-type]


def only(made: Plan) -> PlannedCustomer:
    """The one customer of a plan."""
    (planned,) = made.customers
    return planned


def told(made: Plan) -> list[str]:
    """What the notes say, in English."""
    return [str(note.message) for note in made.notes]
