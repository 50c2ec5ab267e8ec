"""The people of a customer: one contact for all rows and cells that speak of the same person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache

from tui_crm.domain.legal_forms import has_legal_form
from tui_crm.domain.messages import N_, Problem
from tui_crm.domain.reach import NUMBERS, check_phone, check_reach, check_whatsapp, split_reaches
from tui_crm.domain.text import fold
from tui_crm.domain.values import Contact, Reach
from tui_crm.domain.vocabulary import YES_OR_NO
from tui_crm.domain.vocabulary import fold as plain_word

from .columns import meaning
from .facts import Facts, Person
from .layout import Column

_SERVICE = re.compile(r"(?:qq|fax|传真|telegram|tg|line|viber|zalo|facebook|instagram|微博)\b", re.IGNORECASE)
_GROUPING = re.compile(r"[ ()./-]+")
_JOINT = re.compile(r"[/&+和]")
_IS_COMPANY = frozenset({"is a company", "is company", "是公司", "是否公司"})
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_NO_ADDRESS = N_("This is no address; kept in the remarks.")
_CUT = N_(
    "A spreadsheet has cut this number off, its last digits are lost; kept in the remarks. Type it anew, as text."
)
_NUMBERS = frozenset({"phone", "whatsapp"})
_ONE_BY_ONE = frozenset({"email", "phone", "whatsapp", "wechat", "skype", "linkedin"})


class People:
    """The contacts of one customer as row after row tells of them; those of the book come first."""

    def __init__(self, known: Iterable[Contact] = ()) -> None:
        self.contacts: list[Contact] = []
        self._by_name: dict[str, int] = {}
        self._by_reach: dict[tuple[str, str], int] = {}
        for contact in known:
            self._keep(len(self.contacts), contact)

    def add(self, facts: Facts, country: str) -> None:
        """Take in the people of one row. What is no address goes to the row's remarks."""
        for person in facts.people.values():
            reaches = _each_once(_reaches(facts, person, country))
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
            reaches=_each_once((*known.reaches, *person.reaches)),
        )
        self._keep(place, merged)

    def _find(self, person: Contact) -> int | None:
        """The same name is the same person; where one of two has no name, the same address is."""
        if person.name and fold(person.name) in self._by_name:
            return self._by_name[fold(person.name)]
        shared = (self._by_reach[key] for key in map(_spelling, person.reaches) if key in self._by_reach)
        return next((place for place in shared if not (person.name and self.contacts[place].name)), None)

    def _keep(self, place: int, contact: Contact) -> None:
        if place == len(self.contacts):
            self.contacts.append(contact)
        else:
            self.contacts[place] = contact
        if contact.name:
            self._by_name.setdefault(fold(contact.name), place)
        for reach in contact.reaches:
            self._by_reach.setdefault(_spelling(reach), place)


def _each_once(reaches: Iterable[Reach]) -> tuple[Reach, ...]:
    """The addresses, each as it was written first."""
    found: dict[tuple[str, str], Reach] = {}
    for reach in reaches:
        found.setdefault(_spelling(reach), reach)
    return tuple(found.values())


def _spelling(reach: Reach) -> tuple[str, str]:
    """What an address is however its digits are grouped."""
    return reach.kind, _GROUPING.sub("", reach.value) if reach.kind in NUMBERS else reach.value


def without_company(facts: Facts) -> None:
    """A company that stands in the column of names (Odoo keeps both there) is no person at itself."""
    flags = {YES_OR_NO.find(text) for header, text in facts.custom if plain_word(header) in _IS_COMPANY}
    if flags and None not in flags:
        facts.custom = [(header, text) for header, text in facts.custom if plain_word(header) not in _IS_COMPANY]
    first = facts.people.get(1)
    if first and first.full_name == facts.companies[0] and ("yes" in flags or has_legal_form(first.full_name)):
        first.name = first.first = first.last = ""


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
        others = []  # the parts of a street's address, parted by commas as well, stay together
        for kind, value in _addresses(column, text, country):
            if kind == "other" and column.field != "im" and not _SERVICE.match(value):
                others.append(value)
            else:
                yield Reach(kind, value)
        if others:
            facts.remarks.append(f"{column.header}: {', '.join(others)}")
            facts.note(column.header, ", ".join(others), _CUT if any(map(_ROUNDED.fullmatch, others)) else _NO_ADDRESS)


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
