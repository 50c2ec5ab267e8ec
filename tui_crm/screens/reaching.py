"""Copying and opening a customer's addresses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..desktop import copied, opened
from ..domain.messages import N_, Problem
from ..domain.reach import link
from ..domain.text import clean
from ..domain.values import Customer, Reach
from ..i18n import _, word
from ..keys_in_force import keyed
from .picker import Choice, Picker

if TYPE_CHECKING:
    from .customer_commands import CustomerCommands


@dataclass(frozen=True, slots=True)
class Address:
    """An address, whose it is ("" for the company's own), and the country its phone numbers are of."""

    reach: Reach
    person: str
    country: str

    @property
    def words(self) -> str:
        """What kind of address it is, and whose."""
        return " · ".join(part for part in (word("reach", self.reach.kind), self.person) if part)

    @property
    def link(self) -> str | None:
        """What opens it."""
        return link(self.reach.kind, self.reach.value, self.country)


def addresses(customer: Customer) -> list[Address]:
    """Everything a customer is reached by: the people's addresses, the main contact's first, then the company's pages."""
    people = [
        Address(reach, ("★ " if person.main else "") + person.name, customer.country)
        for person in sorted(customer.contacts, key=lambda person: not person.main)
        for reach in person.reaches
    ]
    pages = [(kind, getattr(customer, kind)) for kind in ("website", "linkedin")]
    return people + [Address(Reach(kind, page), "", customer.country) for kind, page in pages if page]


def choose(
    screen: CustomerCommands, title: str, customer: Customer, here: Reach | None, then: Callable[[Address], None]
) -> None:
    """Act on the address `here` (under the cursor), on the only one there is, or on the one picked. Raises Problem where there
    is none."""
    every = addresses(customer)
    found = [one for one in every if one.reach == here] or every
    if not found:
        raise Problem(N_("{name} has no address yet. On the card, Enter on a person adds one."), name=customer.name)
    if len(found) == 1 or here is not None:
        then(found[0])
        return
    choices = [Choice(str(at), one.reach.value, one.words) for at, one in enumerate(found)]
    screen.ask(Picker(title, choices), lambda code: then(found[int(code)]))


def copy(screen: CustomerCommands, address: Address) -> None:
    """Put an address on every clipboard within reach, and say what is there now."""
    screen.run_worker(_copied(screen, address, _("Copied: {text}  ({what})")), group="reach", exclusive=True)


def reach(screen: CustomerCommands, address: Address) -> None:
    """Open an address; what cannot be opened is copied, and that is said."""
    screen.run_worker(_opened(screen, address), group="reach", exclusive=True)


async def _opened(screen: CustomerCommands, address: Address) -> None:
    target = address.link
    if target is None:
        await _copied(screen, address, _("There is no link to open this. Copied: {text}  ({what})"))
    elif await asyncio.to_thread(opened, target):
        screen.say(keyed(_("Opened: {text}  ·  {log} writes down what was said"), "log", text=address.reach.value))
    else:
        await _copied(screen, address, _("No program here opens it. Copied: {text}  ({what})"))


async def _copied(screen: CustomerCommands, address: Address, said: str) -> None:
    text = clean(address.reach.value)
    screen.app.copy_to_clipboard(text)
    await asyncio.to_thread(copied, text)
    screen.say(said.format(text=text, what=address.words))
