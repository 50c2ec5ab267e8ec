"""Adding, changing, archiving customers and their people; naming likely duplicates before one is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..domain.duplicates import main_reason, worth_asking
from ..domain.fields import BY_NAME, RANK_FIELD, ROLE_FIELD
from ..domain.messages import N_, Message, Problem
from ..domain.own_fields import columns, own_name, value_of
from ..domain.reach import check_reach
from ..domain.text import clean
from ..domain.values import Contact, Customer, Reach
from ..store import writing
from .cards import existing
from .duplicates import near
from .own_fields import field_named
from .planning import tag_name
from .session import Session


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A customer already in the book that is probably the same: who has it, and why we think so."""

    id: int
    uid: str
    name: str
    owner: str
    why: Message


def checked(customer: Customer) -> Customer:
    """The customer with every field cleaned and in its stored form. Raises Problem for the first that cannot be used."""
    fields = {name: field.check(str(getattr(customer, name))) for name, field in BY_NAME.items()}
    contacts = tuple(checked_contact(contact, fields["country"]) for contact in customer.contacts)
    if contacts and not any(contact.main for contact in contacts):
        contacts = (replace(contacts[0], main=True), *contacts[1:])
    tags = tuple(dict.fromkeys(t for t in map(tag_name, customer.tags) if t))
    return replace(customer, **fields, contacts=contacts, tags=tags)  # type: ignore[arg-type]


def checked_contact(contact: Contact, country: str) -> Contact:
    """A person with a clean name, the codes of rank and role, and addresses in their stored form. Raises Problem for the
    first that cannot be used."""
    reaches = tuple(checked_reach(reach, country) for reach in contact.reaches if clean(reach.value))
    name = clean(contact.name)
    if not name and not reaches:
        raise Problem(N_("A contact needs a name or an address."))
    rank, role = RANK_FIELD.check(contact.rank), ROLE_FIELD.check(contact.role)
    return replace(contact, name=name, position=clean(contact.position), reaches=reaches, rank=rank, role=role)


def checked_reach(reach: Reach, country: str) -> Reach:
    """An address in its stored form; a phone without country code gets the country's. Raises Problem."""
    return Reach(reach.kind, check_reach(reach.kind, clean(reach.value), country))


def add_customer(session: Session, customer: Customer) -> Customer:
    """Store a new customer. Company and country are required; an empty owner becomes the actor. Raises Problem."""
    ready = checked(replace(customer, owner=customer.owner or session.actor))
    with session.operation(Message(N_("Added {name}"), {"name": ready.name})):
        customer_id = writing.add_customer(session.book, ready, session.today)
    return existing(session, customer_id)


def edit_customer(session: Session, customer_id: int, version: int, typed: Mapping[str, str]) -> None:
    """Change fields (of `fields.BY_NAME`, or own ones by `own_fields.PREFIX` and name) to what was typed, as one operation.
    Raises Problem for a value that cannot be used, or when the customer has been changed since `version` was read."""
    before = existing(session, customer_id)
    values = {name: field_named(session, name).check(text) for name, text in typed.items()}
    changes = {name: value for name, value in values.items() if value != value_of(before, name)}
    if not changes:
        return
    fields = ", ".join(own_name(name) or name for name in changes)
    with session.operation(Message(N_("Edited {name}: {fields}"), {"name": before.name, "fields": fields})):
        writing.update_customer(session.book, customer_id, columns(before, changes), version)


def save_contact(session: Session, customer_id: int, contact: Contact) -> None:
    """Add a person (`id` 0) or replace what is known of one. A new main contact takes over from the old one; there
    always is one."""
    customer = existing(session, customer_id)
    ready = checked_contact(contact, customer.country)
    others = [other for other in customer.contacts if other.id != ready.id]
    ready = replace(ready, main=ready.main or not any(other.main for other in others))
    label = N_("Added {person} at {name}") if not contact.id else N_("Edited {person} at {name}")
    with session.operation(Message(label, {"person": ready.name, "name": customer.name})):
        if ready.main:
            for other in others:
                if other.main:
                    writing.update_contact(session.book, customer_id, replace(other, main=False))
        if ready.id:
            writing.update_contact(session.book, customer_id, ready)
        else:
            writing.add_contact(session.book, customer_id, ready)


def remove_contact(session: Session, customer_id: int, contact_id: int) -> None:
    """Take a person off a customer; the next one takes over as the main contact. Raises Problem if it is the last one."""
    customer = existing(session, customer_id)
    person = next((c for c in customer.contacts if c.id == contact_id), None)
    if person is None:
        raise Problem(N_("This person is no longer in the book."))
    if len(customer.contacts) == 1:
        raise Problem(N_("{name} would have nobody left to reach. Add another person first."), name=customer.name)
    with session.operation(Message(N_("Removed {person} at {name}"), {"person": person.name, "name": customer.name})):
        writing.remove_contact(session.book, contact_id)
        others = [contact for contact in customer.contacts if contact.id != contact_id]
        if not any(other.main for other in others):
            writing.update_contact(session.book, customer_id, replace(others[0], main=True))


def archive(session: Session, customer_id: int, archived: bool = True) -> None:
    """Take a customer off every list, or bring it back. Nothing is deleted. Raises Problem for one that was merged away."""
    customer = existing(session, customer_id)
    if not archived and customer.merged_into is not None:
        raise Problem(N_("{name} was merged into {keeper}; what it had is there now. Undo the merge to have both again."),
                      name=customer.name, keeper=existing(session, customer.merged_into).name)  # fmt: skip
    label = N_("Archived {name}") if archived else N_("Brought back {name}")
    with session.operation(Message(label, {"name": customer.name})):
        writing.update_customer(session.book, customer_id, {"archived": archived})


def likely_duplicates(session: Session, customer: Customer) -> list[Duplicate]:
    """Customers that are probably the same company, the likeliest first: by the rules of `domain.duplicates`, and where a
    name, an address or a domain alone is worth a question. Archived ones count too."""
    return [
        Duplicate(one.id, one.uid, one.name, one.owner, main_reason(found))
        for one, found in near(session, customer)
        if worth_asking(found)
    ]
