"""How a merge is told, the same on the screen and on the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .domain.fields import BY_NAME
from .domain.own_fields import own_name
from .domain.values import Contact
from .i18n import _, country_name, ngettext, short_date, word
from .usecases.merging import MergePlan

COUNTED: Mapping[str, Callable[[int], str]] = {
    "activity": lambda n: ngettext("{n} entry", "{n} entries", n),
    "quote": lambda n: ngettext("{n} quote", "{n} quotes", n),
    "sample": lambda n: ngettext("{n} sample", "{n} samples", n),
    "invoice": lambda n: ngettext("{n} PI", "{n} PIs", n),
    "sales_order": lambda n: ngettext("{n} order", "{n} orders", n),
    "payment": lambda n: ngettext("{n} payment", "{n} payments", n),
    "shipment": lambda n: ngettext("{n} shipment", "{n} shipments", n),
    "attachment": lambda n: ngettext("{n} file", "{n} files", n),
}
"""How many rows of a table, in words."""


def label(field: str) -> str:
    """What a field is called."""
    return own_name(field) or _(BY_NAME[field].label)


def value(field: str, text: str) -> str:
    """What a field holds, codes in words."""
    if not text or own_name(field) is not None:
        return text
    words = BY_NAME[field].words
    return word(words, text) if words else country_name(text) if field == "country" else text


def moves(plan: MergePlan) -> str:
    """What goes over to the kept customer: `18 entries, 3 quotes, 2 people`."""
    counts = [count(plan.moves[table]) for table, count in COUNTED.items() if table in plan.moves]
    people = sum(twin is None for _person, twin in plan.people)
    tags = len(plan.tags) - len(plan.keep.tags)
    counts += [ngettext("{n} person", "{n} people", people)] * bool(people)
    counts += [ngettext("{n} tag", "{n} tags", tags)] * bool(tags)
    return _(", ").join(counts)


def person(one: Contact, twin: Contact | None) -> str:
    """A person of the other customer, and whom of the kept one it is taken for."""
    name = one.name or next((reach.value for reach in one.reaches), "–")
    if twin is None:
        return _("{name} comes along").format(name=name)
    known = twin.name or next((reach.value for reach in twin.reaches), "–")
    return _("{name} = {other}, one person").format(name=name, other=known)


def step(plan: MergePlan) -> str:
    """Which promise stands; empty where there is none."""
    stands = plan.step
    if stands is None:
        return ""
    day = short_date(stands.due_on) if stands.due_on else stands.reason
    text = " ".join(part for part in (day, stands.action) if part)
    if None in plan.steps:
        return text
    return _("{step} stands, the earlier one; the other is noted as moved").format(step=text)


def left_name(plan: MergePlan) -> str:
    """What becomes of the name that is not taken; empty where the two have one name."""
    return _("{name} stays in the remarks").format(name=plan.left_name) if plan.left_name else ""
