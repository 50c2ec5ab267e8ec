"""A person: found by an address or a name, and everything that the book holds of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..domain.messages import N_, Message, Problem
from ..domain.reach import match_key
from ..domain.text import fold, harmless
from ..domain.traces import traces
from ..domain.values import Attachment, Contact, Customer, Reach, Trade
from ..store import attachments, mentions, reading, trade
from ..store import history as store_history
from ..store.book import instant
from ..store.mentions import Mention as Mention
from ..store.mentions import PastRow as PastRow
from ..store.mentions import Target
from .cards import existing
from .session import Session

_KINDS = ("email", "phone", "wechat")
"""Kinds of address whose match keys differ; all others are compared like an e-mail address."""


@dataclass(frozen=True, slots=True)
class Place:
    """A person as a contact of one customer."""

    customer: Customer
    contact: Contact


@dataclass(frozen=True, slots=True)
class Person:
    """One person in all the places where it is known. `whole` is the customer that is the person, such as a firm of one."""

    places: tuple[Place, ...]
    whole: Customer | None = None

    @property
    def name(self) -> str:
        """What the person is called: the name, else an address."""
        if self.whole is not None:
            return self.whole.name
        contact = next((place.contact for place in self.places if place.contact.name), self.places[0].contact)
        return contact.name or next((reach.value for reach in contact.reaches), "–")

    @property
    def customers(self) -> tuple[Customer, ...]:
        """The customers where the person is known."""
        there = {place.customer.id: place.customer for place in self.places}
        if self.whole is not None:
            there[self.whole.id] = self.whole
        return tuple(there.values())


class SeveralPeople(Problem):
    """More than one person fits; `places` are where they are."""

    def __init__(self, text: str, places: Sequence[Place]) -> None:
        super().__init__(N_("“{text}” fits several people. Name one of them by an e-mail address."), text=text)
        self.places = tuple(places)


def find(session: Session, text: str) -> Person:
    """The person with this address or exactly this name; one who was taken off is found in the history. Raises Problem where there is none, `SeveralPeople` where there are
    several: of one name, without an address in common."""
    text = harmless(text).strip()
    found: set[tuple[int, int]] = set()
    for kind in _KINDS:
        key = match_key(Reach(kind, text))
        if kind != "phone" or len(key) > 6:
            found |= set(mentions.people_at(session.book, key, text))
    places = _places(session, found)
    if not places:
        gone = _gone(session, text)
        if gone:
            return Person(tuple(gone))
        raise Problem(N_("Nobody in the book has the address or the name “{text}”. Try the e-mail address."), text=text)
    person = _same(session, places[0])
    if any(place not in person.places for place in places):
        raise SeveralPeople(text, places)
    return person


def at(session: Session, customer_id: int, contact_id: int) -> Person:
    """The person who is this contact, wherever else it is known. Raises Problem where the contact is gone."""
    places = _places(session, [(customer_id, contact_id)])
    if not places:
        raise Problem(N_("This person is no longer in the book."))
    return _same(session, places[0])


def behind(session: Session, customer_id: int) -> Person:
    """A customer that is a person itself, with everybody at it and at the duplicates that were merged into it. Raises Problem where it is gone."""
    found = existing(session, customer_id)
    duplicates = reading.customers(session.book, mentions.merged_into(session.book, customer_id))
    return Person(tuple(Place(one, contact) for one in (found, *duplicates) for contact in one.contacts), found)


def _places(session: Session, found: Iterable[tuple[int, int]]) -> list[Place]:
    by_customer: dict[int, set[int]] = {}
    for customer, contact in sorted(found):
        by_customer.setdefault(customer, set()).add(contact)
    return [
        Place(customer, contact)
        for customer in reading.customers(session.book, list(by_customer))
        for contact in customer.contacts
        if contact.id in by_customer[customer.id]
    ]


def _gone(session: Session, text: str) -> list[Place]:
    """Where somebody was who is only in the history any more."""
    rows = {
        row["id"]: row
        for kind in _KINDS
        for row in mentions.people_once(session.book, match_key(Reach(kind, text)), text)
    }
    there = {c.id: c for c in reading.customers(session.book, [row["customer_id"] for row in rows.values()])}
    return [
        Place(
            there.get(row["customer_id"], Customer("–", id=row["customer_id"])),
            Contact(row["name"], row["position"], id=row["id"], uid=row["uid"]),
        )
        for row in rows.values()
    ]


def _same(session: Session, one: Place) -> Person:
    """The person of a place with all others of that name, or of none, that share an address."""
    found = {(one.customer.id, one.contact.id)}
    for reach in one.contact.reaches:
        found |= set(mentions.people_at(session.book, match_key(reach), ""))
    names = ("", fold(one.contact.name))
    others = [place for place in _places(session, found) if fold(place.contact.name) in names or not one.contact.name]
    return Person(tuple(others))


# What is held --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Past:
    """An operation in whose history the person's data stand: its number, when (UTC), who, what, and those data."""

    id: int
    at: datetime
    actor: str
    label: Message
    rows: tuple[PastRow, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """Everything the book holds of a person: the texts with a trace, the trade and the files of the customers where the
    person is, and the history. `entries` are instant and channel of the log entries among the texts, `customers` the names of
    all customers concerned. `target` is what an erasure is told."""

    person: Person
    mentions: tuple[Mention, ...]
    trade: dict[int, Trade]
    files: tuple[tuple[Customer, Attachment], ...]
    history: tuple[Past, ...]
    entries: dict[int, tuple[datetime, str]]
    customers: dict[int, str]
    target: Target


def held(session: Session, person: Person, mark: str) -> Held:
    """Look everything up that is held of a person. `mark` is what would stand in the place of traces once they are erased."""
    book = session.book
    target = _target(session, person, mark)
    found = tuple(mentions.mentions(book, target))
    entries = {
        row: (instant(at), channel)
        for row, at, channel in mentions.entries(book, [one.row for one in found if one.table == "activity"])
    }
    near = list(target.near)
    names = {
        customer.id: customer.name
        for customer in reading.customers(book, sorted({*near, *(m.customer for m in found)}))
    }
    past = [(store_history.operation(book, op), rows) for op, rows in mentions.history_of(book, target).items()]
    return Held(
        person, found, trade.of_customers(book, near),
        tuple((customer, file) for customer in person.customers for file in attachments.of(book, customer.id)),
        tuple(Past(op.id, op.at, op.actor, op.label, tuple(rows)) for op, rows in past if op is not None),
        entries, names, target,
    )  # fmt: skip


def _target(session: Session, person: Person, mark: str) -> Target:
    book = session.book
    near = mentions.related(book, [customer.id for customer in person.customers])
    contacts = {place.contact.id for place in person.places}
    whole = {person.whole.id, *mentions.merged_into(book, person.whole.id)} if person.whole else set()
    around = reading.customers(book, near)
    others = [contact for customer in around for contact in customer.contacts if contact.id not in contacts]
    shared = {match_key(reach) for contact in others for reach in contact.reaches}
    names, reaches = mentions.once_called(book, near, contacts)
    names += [place.contact.name for place in person.places] + ([person.whole.name] if person.whole else [])
    reaches += [reach for place in person.places for reach in place.contact.reaches]
    reaches = [reach for reach in reaches if match_key(reach) not in shared]
    kept = [customer.name for customer in around if customer.id not in whole] + [contact.name for contact in others]
    contacts |= mentions.past_contacts(
        book, near, list(filter(None, names)), [key for reach in reaches if (key := match_key(reach))]
    )
    return Target(contacts - {contact.id for contact in others}, whole, near, traces(names, reaches, kept, mark))
