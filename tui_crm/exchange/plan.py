"""The plan of an import: read tables in, what would happen to each customer out. Pure, so it can be shown before it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from tui_crm.domain.messages import N_
from tui_crm.domain.values import Contact, Customer

from .days import Order
from .facts import Facts, Terms
from .grouping import SheetSummary, group
from .merge import plan_customer
from .people import People
from .planned import Known, KnownCustomer, PlannedCustomer, Verdict
from .tables import CellNote, Progress, Table


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do, and all there is to know before saying yes.

    `unclear_dates` names the columns (table, header) where 5/6/2026 could be either: ask, and plan again with `order`.
    """

    customers: tuple[PlannedCustomer, ...]
    notes: tuple[CellNote, ...]
    sheets: tuple[SheetSummary, ...]
    unclear_dates: tuple[tuple[str, str], ...] = ()

    def count(self, verdict: Verdict) -> int:
        """How many customers are new, to be updated, or the same as in the book."""
        return sum(planned.verdict == verdict for planned in self.customers)


def plan_import(
    tables: Sequence[Table],
    known: Known,
    today: date,
    zone: tzinfo,
    *,
    currency: str = "USD",
    order: Order | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Plan the import of `tables` into the book that `known` asks.

    `today` and `zone` are the user's; `currency` is that of bare prices; `order` says how to read 5/6/2026 where a table does
    not tell by itself. `progress` is called with the number of customers planned so far and may raise to stop.
    """
    terms = Terms(today, zone, currency, order)
    grouped = group(tables, terms)
    planner = _Planner(known, terms)
    for key in list(grouped.groups):
        planner.plan(key, grouped.groups.pop(key))
        if progress and len(planner.results) % 1000 == 0:
            progress(len(planner.results))
    notes = (*grouped.notes, *(note for _, told in planner.results for note in told))
    customers = tuple(planned for planned, _ in planner.results)
    return Plan(customers, notes, tuple(grouped.summaries), tuple(grouped.unclear))


class _Planner:
    """Plans customer after customer, and sees when two names turn out to be one customer of the book."""

    def __init__(self, known: Known, terms: Terms) -> None:
        self.known, self.terms = known, terms
        self.results: list[tuple[PlannedCustomer, list[CellNote]]] = []
        self._told: dict[int, tuple[int, list[Callable[[], Facts]]]] = {}
        self._emails: dict[str, str] = {}

    def plan(self, key: str, reads: list[Callable[[], Facts]]) -> None:
        """Plan the customer of that key, whose rows `reads` reads."""
        rows = [read() for read in reads]
        fresh = [facts for facts in rows if not self.known.imported(facts.hash)]
        people = _people(fresh)
        known = self.known.find(key, _values(people, "email"), _values(people, "phone", "whatsapp"))
        if known and known.customer.id in self._told:
            place, earlier = self._told[known.customer.id]
            rows = [read() for read in (*earlier, *reads)]
            fresh = [facts for facts in rows if not self.known.imported(facts.hash)]
            self.results[place] = self._result(rows, fresh, _people(fresh), known)
            self._told[known.customer.id] = (place, [*earlier, *reads])
            return
        if known:
            self._told[known.customer.id] = (len(self.results), reads)
        self.results.append(self._result(rows, fresh, people, known))

    def _result(
        self, rows: list[Facts], fresh: list[Facts], people: list[Contact], known: KnownCustomer | None
    ) -> tuple[PlannedCustomer, list[CellNote]]:
        if not fresh:
            return _unchanged(rows[0], known), []
        planned = plan_customer(fresh, people, known, self.terms)
        if known is None:
            self._tell_of_shared_addresses(fresh[0], planned)
        return planned, [note for facts in fresh for note in facts.notes]

    def _tell_of_shared_addresses(self, facts: Facts, planned: PlannedCustomer) -> None:
        for address in _values(planned.contacts, "email"):
            other = self._emails.setdefault(address, planned.customer.name)
            if other != planned.customer.name:
                facts.note(
                    "", address, N_("{name} has this address as well. Perhaps the two are one customer."), name=other
                )


def _unchanged(facts: Facts, known: KnownCustomer | None) -> PlannedCustomer:
    """All rows were imported before: whatever has become of the customer since is the user's doing and stays."""
    customer = known.customer if known else Customer(facts.companies[0])
    return PlannedCustomer("same", customer.id if known else None, (facts.table, facts.row), customer)


def _people(rows: Sequence[Facts]) -> list[Contact]:
    people = People()
    country = next((code for facts in rows if (code := facts.value("country"))), "")
    for facts in rows:
        people.add(facts, country)
    return people.contacts


def _values(contacts: Sequence[Contact], *kinds: str) -> list[str]:
    return [reach.value for contact in contacts for reach in contact.reaches if reach.kind in kinds]
