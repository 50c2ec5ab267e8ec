"""The people of a customer: one contact for all rows and cells that speak of the same person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache

from tui_crm.domain.messages import N_, Problem
from tui_crm.domain.reach import check_phone, check_reach, check_whatsapp, split_reaches
from tui_crm.domain.text import fold
from tui_crm.domain.values import Contact, Reach

from .columns import meaning
from .facts import Facts, Person
from .layout import Column

_SERVICE = re.compile(r"(?:qq|fax|传真|telegram|tg|line|viber|zalo|facebook|instagram|微博)\b", re.IGNORECASE)
_JOINT = re.compile(r"[/&+和]")
_NUMBERS = frozenset({"phone", "whatsapp"})
_ONE_BY_ONE = frozenset({"email", "phone", "whatsapp", "wechat", "skype", "linkedin"})


class People:
    """The contacts of one customer as row after row tells of them; those of the book come first."""

    def __init__(self, known: Iterable[Contact] = ()) -> None:
        self.contacts: list[Contact] = []
        self._by_name: dict[str, int] = {}
        self._by_reach: dict[Reach, int] = {}
        for contact in known:
            self._keep(len(self.contacts), contact)

    def add(self, facts: Facts, country: str) -> None:
        """Take in the people of one row. What is no address goes to the row's remarks."""
        for person in facts.people.values():
            reaches = tuple(_reaches(facts, person, country))
            if person.full_name or reaches:
                self.take(facts, Contact(person.full_name, person.position, reaches))
            elif person.position:
                facts.remarks.append(person.position)

    def take(self, facts: Facts, person: Contact) -> None:
        """Take in one contact, told of by the row `facts`: one that is known gains what is new."""
        place = self._find(person)
        if place is None:
            self._keep(len(self.contacts), person)
            return
        known = self.contacts[place]
        if person.position and known.position and fold(person.position) != fold(known.position):
            facts.remarks.append(f"{known.name}: {person.position}")
            facts.note("", person.position, N_("{name} already has the position {kept}; this one went to the remarks."),
                       name=known.name, kept=known.position)  # fmt: skip
        merged = replace(
            known,
            name=known.name or person.name,
            position=known.position or person.position,
            reaches=tuple(dict.fromkeys((*known.reaches, *person.reaches))),
        )
        self._keep(place, merged)

    def _find(self, person: Contact) -> int | None:
        """The same name is the same person; where one of two has no name, the same address is."""
        if person.name and fold(person.name) in self._by_name:
            return self._by_name[fold(person.name)]
        shared = (self._by_reach[reach] for reach in person.reaches if reach in self._by_reach)
        return next((place for place in shared if not (person.name and self.contacts[place].name)), None)

    def _keep(self, place: int, contact: Contact) -> None:
        if place == len(self.contacts):
            self.contacts.append(contact)
        else:
            self.contacts[place] = contact
        if contact.name:
            self._by_name.setdefault(fold(contact.name), place)
        for reach in contact.reaches:
            self._by_reach.setdefault(reach, place)


def completed(contact: Contact, country: str) -> Contact:
    """The contact with the country's code before phone numbers that have none."""
    reaches = tuple(_completed(reach, country) for reach in contact.reaches)
    return contact if reaches == contact.reaches else replace(contact, reaches=reaches)


def _completed(reach: Reach, country: str) -> Reach:
    if reach.kind != "phone" or reach.value.startswith("+") or not country:
        return reach
    return Reach(reach.kind, check_phone(reach.value, country))


def with_main(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """The contacts with the first as the main one, unless one is already."""
    everyone = tuple(contacts)
    if not everyone or any(contact.main for contact in everyone):
        return everyone
    return (replace(everyone[0], main=True), *everyone[1:])


def _reaches(facts: Facts, person: Person, country: str) -> Iterable[Reach]:
    for column, text in person.reaches:
        for kind, value in _addresses(column, text, country):
            if kind == "other" and column.field != "im" and not _SERVICE.match(value):
                facts.remarks.append(f"{column.header}: {value}")
                facts.note(column.header, value, N_("This is no address; kept in the remarks."))
            else:
                yield Reach(kind, value)


@lru_cache(maxsize=256)
def _kinds(header: str) -> tuple[str, ...]:
    """The kinds that a header of several parts names, () for one of a single part."""
    parts = _JOINT.split(header)
    return tuple(meaning(part).field for part in parts) if len(parts) > 1 else ()


def _addresses(column: Column, text: str, country: str) -> list[tuple[str, str]]:
    """The addresses of one cell, read by its header where that names a kind, else by their looks."""
    if column.field in _ONE_BY_ONE:
        try:
            return [(column.field, check_reach(column.field, text, country))]
        except Problem:
            return split_reaches(text, country)
    kinds = _kinds(column.header)
    if kinds and _NUMBERS.issuperset(kinds):  # 电话/WhatsApp: one number for both
        with suppress(Problem):
            number = check_whatsapp(text, country)
            return [(kind, number) for kind in kinds]
    if column.field == "im" or len(kinds) > 1:
        labelled = split_reaches(f"{column.header}: {text}", country)
        if column.field != "im" and any(kind == "other" for kind, _ in labelled):
            return split_reaches(text, country)
        return labelled
    return split_reaches(text, country)
