"""The plans for a page of customers: read their rows, ask the book, hold both together. In this process, or in one that works for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from tui_crm.crew import Ask, quick
from tui_crm.domain.messages import N_, Message
from tui_crm.domain.values import Activity, Contact, Customer, Quote, Reach, Sample
from tui_crm.i18n import language as language_here
from tui_crm.i18n import use_language

from .facts import Facts, Terms
from .layout import Line
from .merge import plan_customer
from .packed import packed_page
from .people import People
from .planned import Known, KnownCustomer, PlannedCustomer, Verdict, Wanted
from .reading import Reader
from .tables import CellNote, Row
from .told import may_tell
from .unread import Unread

KINDS = (
    PlannedCustomer,
    Customer,
    Contact,
    Reach,
    Activity,
    Quote,
    Sample,
    CellNote,
    Message,
    KnownCustomer,
    Row,
    Line,
)
"""What plans, and the questions about them, are made of."""
REDUCE = quick(*KINDS)

Batch = Sequence[tuple[str, list[Unread]]]
"""Customers by their key, with the rows that speak of them."""
SentBatch = Sequence[tuple[str, list[tuple[int, Row | Line, str]]]]
"""The same for another process: of each row the number of its reader, the row and its customer."""
Notes = Sequence[CellNote]


class Told(NamedTuple):
    """A new customer's e-mail addresses; behind how many notes of the customer at `place` of its page, from which row of which
    table, it is said that another has one of them as well."""

    place: int
    name: str
    emails: Sequence[str]
    notes: int
    where: tuple[str, int]


class Page(NamedTuple):
    """The plans for some customers, packed, and all that whoever puts pages together asks of them: by place which customer of the
    book each is, and the verdict; the sums; who may tell of trade; the addresses of the new ones."""

    customers: bytes
    notes: bytes
    existing: Sequence[int | None]
    verdicts: Sequence[Verdict]
    sums: Mapping[str, int]
    telling: Sequence[int]
    told: Sequence[Told]


class _Asked(NamedTuple):
    """One customer of the sheets: the rows, the facts of those not imported before, the people they tell of."""

    key: str
    reads: list[Unread]
    fresh: list[Facts]
    people: list[Contact]

    def wanted(self) -> Wanted:
        """What the book is asked."""
        emails, phones = _values(self.people, "email"), _values(self.people, "phone", "whatsapp")
        return Wanted(self.key, emails, phones, whole=bool(self.fresh))


class PagePlanner:
    """Plans customers, a page at a time."""

    def __init__(self, terms: Terms, known: Known) -> None:
        self._terms, self._known = terms, known

    def page(self, batch: Batch) -> Page:
        """The plans for these customers, each for itself."""
        asked = self._read(batch)
        found = self._known.find([one.wanted() for one in asked])
        customers, notes, told = [], [], []
        sums = Counter[str]()
        for place, (one, known) in enumerate(zip(asked, found, strict=True)):
            planned, own = self._result(one, known)
            customers.append(planned)
            notes.append(own)
            sums.update(sums_of(planned))
            if known is None and one.fresh and (emails := _values(planned.contacts, "email")):
                first = one.fresh[0]
                told.append(Told(place, planned.customer.name, emails, len(first.notes), (first.table, first.row)))
        return Page(
            packed_page(customers, REDUCE), packed_page(notes, REDUCE), [planned.existing for planned in customers],
            [planned.verdict for planned in customers], sums,
            [place for place, planned in enumerate(customers) if may_tell(planned)], told,
        )  # fmt: skip

    def together(self, key: str, more: list[Unread], reads: list[Unread]) -> tuple[PlannedCustomer, Notes]:
        """The plan for a customer of the book that all of `reads` speak of; it is the one that `more` of that key lead to."""
        (leading,) = self._read([(key, more)])
        (known,) = self._known.find([leading.wanted()._replace(whole=True)])
        (one,) = self._read([(key, reads)])
        return self._result(one, known)

    def _read(self, batch: Batch) -> list[_Asked]:
        """Read the rows that were not imported before."""
        hashes = [[unread.hash() for unread in reads] for _, reads in batch]
        imported = self._known.imported({row_hash for each in hashes for row_hash in each})
        asked = []
        for (key, reads), own in zip(batch, hashes, strict=True):
            new = [each for each in zip(reads, own, strict=True) if each[1] not in imported]
            fresh = [facts for unread, row_hash in new for facts in unread.read(row_hash)]
            asked.append(_Asked(key, reads, fresh, _people(fresh)))
        return asked

    def _result(self, one: _Asked, known: KnownCustomer | None) -> tuple[PlannedCustomer, Notes]:
        if not one.fresh:
            return _unchanged(one.reads[0], known), ()
        planned = plan_customer(one.fresh, one.people, known, self._terms)
        return planned, [note for facts in one.fresh for note in facts.notes]


class _Asking:
    """The book as another process sees it: it asks the one that it works for."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def find(self, wanted: Sequence[Wanted]) -> Sequence[KnownCustomer | None]:
        """For each question the customer meant."""
        found: Sequence[KnownCustomer | None] = self._ask(("find", wanted))
        return found

    def imported(self, row_hashes: Collection[str]) -> Collection[str]:
        """The rows that were imported before."""
        found: Collection[str] = self._ask(("imported", row_hashes))
        return found


def answer(known: Known, question: tuple[str, Any]) -> object:
    """What the book says to a question of another process."""
    kind, asked = question
    return known.find(asked) if kind == "find" else known.imported(asked)


def planner_elsewhere(terms: Terms, readers: Sequence[Reader], language: str, ask: Ask) -> Callable[[SentBatch], Page]:
    """What plans batches in another process; what notes say besides the sheet's words is in `language`."""
    if language != language_here():
        use_language(language)
    planner = PagePlanner(terms, _Asking(ask))

    def page(sent: SentBatch) -> Page:
        return planner.page(
            [(key, [Unread(readers[number], row, customer) for number, row, customer in reads]) for key, reads in sent]
        )

    return page


def sums_of(planned: PlannedCustomer) -> dict[str, int]:
    """How much there is of one customer."""
    return {
        "contacts": len(planned.contacts),
        "entries": len(planned.activities),
        "steps": int(planned.next_step is not None),
        "quotes": len(planned.quotes),
        "samples": len(planned.samples),
        "derived": int(planned.derived_temperature),
    }


def shared_address(told: Told, address: str, other: str) -> CellNote:
    """What is said of an address that another customer has as well."""
    message = N_("{name} has this address as well. Perhaps the two are one customer.")
    return CellNote(*told.where, "", address, Message(message, {"name": other}))


def _unchanged(row: Unread, known: KnownCustomer | None) -> PlannedCustomer:
    """All rows were imported before: whatever has become of the customer since is the user's doing and stays."""
    customer = known.customer if known else Customer(row.customer)
    return PlannedCustomer("same", customer.id if known else None, row.place, customer)


def _people(rows: Sequence[Facts]) -> list[Contact]:
    people = People()
    country = next((code for facts in rows if (code := facts.value("country"))), "")
    for facts in rows:
        people.add(facts, country)
    return people.contacts


def _values(contacts: Sequence[Contact], *kinds: str) -> list[str]:
    return [reach.value for contact in contacts for reach in contact.reaches if reach.kind in kinds]
