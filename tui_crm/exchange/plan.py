"""The plan of an import: read tables in, what would happen to each customer out. Pure, so it can be shown before it is done."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from functools import partial
from itertools import chain

from tui_crm.crew import Crew
from tui_crm.i18n import language

from .days import Order
from .facts import Terms
from .grouping import SheetSummary, group
from .mapping import Guide
from .packed import PAGE, Packed, Packer, Picked, packed_page, unpacked
from .planned import Known, PlannedCustomer, Verdict
from .planning import (
    KINDS,
    REDUCE,
    Batch,
    Notes,
    Page,
    PagePlanner,
    SentBatch,
    answer,
    planner_elsewhere,
    shared_address,
    sums_of,
)
from .tables import CellNote, Progress, Table
from .told import may_tell
from .unread import Unread

LARGE = 5_000
"""Customers from which on processes of their own plan them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do, and all there is to know before saying yes.

    `unclear_dates` names the columns (table, header) where 5/6/2026 could be either: ask, and plan again with `order`.
    `verdicts` are those of the customers; `sums` counts their contacts, entries, steps, quotes, samples, and derived
    temperatures; `telling` are the places of those whose words may tell of trade.
    """

    customers: Packed[PlannedCustomer]
    notes: Packed[CellNote]
    sheets: tuple[SheetSummary, ...]
    unclear_dates: tuple[tuple[str, str], ...] = ()
    verdicts: Sequence[Verdict] = ()
    sums: Mapping[str, int] = field(default_factory=dict)
    telling: Sequence[int] = ()

    def count(self, verdict: Verdict) -> int:
        """How many customers are new, to be updated, or the same as in the book."""
        return self.verdicts.count(verdict)

    def conflicting(self) -> Sequence[PlannedCustomer]:
        """The customers with cells that were changed in the sheet and in the book."""
        return Picked(self.customers, [at for at, verdict in enumerate(self.verdicts) if verdict == "conflict"])

    def tellers(self) -> Sequence[PlannedCustomer]:
        """The customers whose words may tell of trade."""
        return Picked(self.customers, self.telling)

    def ordered(self) -> Sequence[PlannedCustomer]:
        """The customers, those with something to write first."""
        by_verdict = sorted((verdict == "same", verdict != "new", place) for place, verdict in enumerate(self.verdicts))
        return Picked(self.customers, [place for *_, place in by_verdict])


def plan_import(
    tables: Sequence[Table],
    known: Known,
    today: date,
    zone: tzinfo,
    *,
    currency: str = "USD",
    order: Order | None = None,
    guide: Guide | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Plan the import of `tables` into the book that `known` asks.

    `today` and `zone` are the user's; `currency` is that of bare prices; `order` says how to read 5/6/2026 where a table does
    not tell by itself; `guide` holds the user's choices of columns, sheets and header rows, and what is remembered.
    `progress` is called with the number of customers planned so far and may raise to stop.
    """
    terms = Terms(today, zone, currency, order)
    grouped = group(tables, terms, guide)
    planner = _Planner(known, terms)
    total = len(grouped.groups)

    def tell() -> None:
        if progress:
            progress(planner.taken, total)

    for batch, page in _pages(grouped.groups, known, terms, tell):
        planner.take(batch, page)
        tell()
    return Plan(
        planner.customers.done(), planner.notes(grouped.notes), tuple(grouped.summaries), tuple(grouped.unclear),
        planner.verdicts, planner.sums, sorted(planner.telling),
    )  # fmt: skip


def _pages(
    groups: dict[str, list[Unread]], known: Known, terms: Terms, tick: Callable[[], None]
) -> Iterator[tuple[Batch, Page]]:
    """The groups, emptied on the way, in batches with the plans for each; many are planned in other processes."""
    keys = list(groups)
    batches = ([(key, groups.pop(key)) for key in keys[at : at + PAGE]] for at in range(0, len(keys), PAGE))
    readers = list({id(each.reader): each.reader for reads in groups.values() for each in reads}.values())
    number = {id(reader): at for at, reader in enumerate(readers)}
    given: deque[Batch] = deque()

    def sent() -> Iterator[SentBatch]:
        for batch in batches:
            given.append(batch)
            yield [
                (key, [(number[id(each.reader)], each.row, each.customer) for each in reads]) for key, reads in batch
            ]

    make = partial(planner_elsewhere, terms, readers, language())
    with Crew(make, partial(answer, known), REDUCE, alone=len(keys) <= LARGE) as crew:
        for page in crew.each(sent(), tick):
            yield given.popleft(), page


def packer() -> Packer[PlannedCustomer]:
    """Takes planned customers and keeps them in little memory."""
    return Packer(*KINDS)


def joined(
    plan: Plan, customers: Packed[PlannedCustomer], notes: Iterable[CellNote], sheets: Sequence[SheetSummary]
) -> Plan:
    """The plan with other customers, notes and sheets before its own."""
    everybody, all_notes = packer(), Packer[CellNote](*KINDS)
    verdicts: list[Verdict] = []
    telling: list[int] = []
    sums = Counter[str]()
    for place, planned in enumerate(chain(customers, plan.customers)):
        if len(plan.customers):
            everybody.add(planned)
        if may_tell(planned):
            telling.append(place)
        verdicts.append(planned.verdict)
        sums.update(sums_of(planned))
    for note in chain(notes, plan.notes):
        all_notes.add(note)
    together = everybody.done() if len(plan.customers) else customers
    return Plan(together, all_notes.done(), (*sheets, *plan.sheets), plan.unclear_dates, verdicts, sums, telling)


class _Planner:
    """Puts together what was planned batch by batch, and sees when two names turn out to be one customer of the book."""

    def __init__(self, known: Known, terms: Terms) -> None:
        self.customers: Packer[PlannedCustomer] = Packer(*KINDS)
        self.verdicts: list[Verdict] = []
        self.sums = Counter[str]()
        self.telling: set[int] = set()
        self.taken = 0
        self._here = PagePlanner(terms, known)
        self._notes: Packer[Notes] = Packer(*KINDS)
        self._told: dict[int, tuple[int, list[Unread]]] = {}
        self._emails: dict[str, str] = {}

    def take(self, batch: Batch, page: Page) -> None:
        """Put the plans for a batch behind the others."""
        self.taken += len(batch)
        page = self._with_shared_addresses(page)
        ids = [one for one in page.existing if one]
        if len({*ids}) < len(ids) or not self._told.keys().isdisjoint(ids):
            self._take_one_by_one(batch, page)
            return
        begin = len(self.verdicts)
        for place, existing in enumerate(page.existing):
            if existing:
                self._told[existing] = (begin + place, batch[place][1])
        self.customers.add_page(page.customers, len(batch))
        self._notes.add_page(page.notes, len(batch))
        self.verdicts += page.verdicts
        self.sums.update(page.sums)
        self.telling.update(begin + place for place in page.telling)

    def notes(self, before: Sequence[CellNote]) -> Packed[CellNote]:
        """All there is to tell, customer by customer, after what was to be told `before`."""
        notes: Packer[CellNote] = Packer(*KINDS)
        for note in chain(before, chain.from_iterable(self._notes.done())):
            notes.add(note)
        return notes.done()

    def _take_one_by_one(self, batch: Batch, page: Page) -> None:
        each = zip(batch, page.existing, unpacked(page.customers), unpacked(page.notes), strict=True)
        for place, ((key, reads), existing, planned, notes) in enumerate(each):
            if existing in self._told:
                self._plan_again(existing, key, reads)
                continue
            if existing:
                self._told[existing] = (len(self.verdicts), reads)
            if place in page.telling:
                self.telling.add(len(self.verdicts))
            self.customers.add(planned)
            self._notes.add(notes)
            self.verdicts.append(planned.verdict)
            self.sums.update(sums_of(planned))

    def _plan_again(self, customer: int, key: str, more: list[Unread]) -> None:
        """Plan a customer of the book anew, now that another name has turned out to be it as well."""
        place, earlier = self._told[customer]
        reads = [*earlier, *more]
        planned, notes = self._here.together(key, more, reads)
        self.sums.subtract(sums_of(self.customers.replace(place, planned)))
        self.sums.update(sums_of(planned))
        self.verdicts[place] = planned.verdict
        if may_tell(planned):
            self.telling.add(place)
        self._notes.replace(place, notes)
        self._told[customer] = (place, reads)

    def _with_shared_addresses(self, page: Page) -> Page:
        """The page with a note of each new customer with an address that one before it has as well."""
        shared = [
            (told, address, other)
            for told in page.told
            for address in told.emails
            if (other := self._emails.setdefault(address, told.name)) != told.name
        ]
        if not shared:
            return page
        notes = [list(each) for each in unpacked(page.notes)]
        for told, address, other in reversed(shared):
            notes[told.place].insert(told.notes, shared_address(told, address, other))
        return page._replace(notes=packed_page(notes, REDUCE))
