"""The columns of the sheets that we write, and read again: what stands above each, and what a customer has in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from tui_crm.domain.fields import BY_NAME
from tui_crm.domain.messages import N_
from tui_crm.domain.money import format_price
from tui_crm.domain.values import Contact
from tui_crm.domain.vocabulary import fold
from tui_crm.i18n import _, country_name, twins, word

from .outgoing import OutCustomer

Value = str | date | None
Get = Callable[[OutCustomer], Value]

IDENTITY = "crm-id"
"""Heads the column by which a row is known again, in every language."""
MOST_PEOPLE = 3
"""People of a customer with columns of their own; more stand together in one cell."""
PERSON = ("contact", "position", "email", "phone", "whatsapp", "wechat", "addresses")
"""The columns of one person."""
WORDED = {"kind": "kind", "temperature": "temperature", "stage": "stage", "source": "source"}
"""Fields shown in words, with their vocabulary."""
LOGGED = frozenset({"last_date", "channel", "note"})
"""Columns that tell of the last contact."""
TOLD = frozenset({*LOGGED, "quote", "others", "created_on"})
"""Columns that follow from something else: what is changed in them does not go back into the book as it is."""

_HEADERS: Mapping[str, str] = {
    "contact": N_("Contact"),
    "position": N_("Position"),
    "email": N_("E-mail"),
    "phone": N_("Phone"),
    "whatsapp": N_("WhatsApp"),
    "wechat": N_("WeChat"),
    "addresses": N_("Other addresses"),
    "tags": N_("Tags"),
    "last_date": N_("Last contact"),
    "channel": N_("Channel"),
    "note": N_("Last note"),
    "next_date": N_("Next date"),
    "next_action": N_("Next action"),
    "quote": N_("Last quote"),
    "others": N_("Other people"),
    "lost_reason": N_("Lost reason"),
    "created_on": N_("Created on"),
    **{name: field.label for name, field in BY_NAME.items()},
}
_FRONT = ("name", "country", "city")
_MIDDLE = (
    "kind", "grade", "temperature", "tags", "stage", "last_date", "channel", "note", "next_date", "next_action", "owner",
    "remarks", "buys", "quote",
)  # fmt: skip
_BACK = (
    "needs", "source", "industry", "website", "linkedin", "language", "zone", "competitors", "lost_reason", "created_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: `key` is a field of the customer or one of `_HEADERS`; `person` counts people from 1, 0 for the customer
    itself; `own` is the name of an own field."""

    key: str
    header: str
    person: int = 0
    own: str = ""


def sheet_columns(people: int, own: Sequence[str]) -> list[SheetColumn]:
    """The columns of a sheet for customers with at most so many people, and own fields of these names."""
    shown = max(1, min(people, MOST_PEOPLE))
    more = [_of_person(key, person) for person in range(2, shown + 1) for key in PERSON]
    if people > MOST_PEOPLE:
        more.append(_plain("others"))
    return [
        *map(_plain, _FRONT),
        *(_of_person(key, 1) for key in PERSON),
        *map(_plain, _MIDDLE),
        *map(_plain, _BACK),
        *(SheetColumn("custom", _own_header(name), own=name) for name in own),
        *more,
        SheetColumn("", IDENTITY),
    ]


def _plain(key: str) -> SheetColumn:
    return SheetColumn(key, _(_HEADERS[key]))


def _of_person(key: str, person: int) -> SheetColumn:
    header = _(_HEADERS[key])
    return SheetColumn(key, header if person == 1 else f"{header} {person}", person)


def _own_header(name: str) -> str:
    """An own field whose name is the header of another column stands in brackets."""
    return f"[{name}]" if name.startswith("[") or known_column(name) else name


def known_column(header: str) -> SheetColumn | None:
    """The column that a header of ours names, in whatever language; None for one that is not ours."""
    if header == IDENTITY:
        return SheetColumn("", header)
    found = _keys().get(fold(header.strip()))
    return SheetColumn(found[0], header, found[1]) if found else None


def read_column(header: str) -> SheetColumn:
    """The column that a header stands for: one of ours, or an own field of that name."""
    own = header[1:-1] if header.startswith("[") and header.endswith("]") else header
    return known_column(header) or SheetColumn("custom", header, own=own)


@cache
def _keys() -> Mapping[str, tuple[str, int]]:
    """Column and person by header, in every language."""
    found: dict[str, tuple[str, int]] = {}
    for key, header in _HEADERS.items():
        for text in twins(header):
            found[fold(text)] = (key, 1 if key in PERSON else 0)
            if key in PERSON:
                found.update({fold(f"{text} {n}"): (key, n) for n in range(2, MOST_PEOPLE + 1)})
    return found


# What stands in the cells ----------------------------------------------------------------------------------------------


def getters(columns: Sequence[SheetColumn], op: int) -> list[Get]:
    """What each column shows of a customer, in the state of the book after the operation `op`."""
    return [getter(column, op) for column in columns]


def getter(column: SheetColumn, op: int) -> Get:
    """What a column shows of a customer."""
    key, own = column.key, column.own
    if not key:
        return lambda out: identity(out, op)
    if column.person:
        return _person_getter(key, column.person - 1)
    if own:
        return lambda out: out.customer.custom.get(own, "")
    if key in WORDED:
        return _worded(key, WORDED[key])
    return _GETTERS.get(key) or (lambda out: getattr(out.customer, key))


def identity(out: OutCustomer, op: int) -> str:
    """What a row is known by again: the customer, the operation up to which the row tells, and the day of the next step
    where the rhythm or the trade decided it, since that follows from more than history."""
    step = out.step
    derived = "" if step.by_hand or step.due_on is None else f"~{step.due_on:%Y%m%d}"
    return f"{out.customer.uid}@{op}{derived}"


def _person_getter(key: str, at: int) -> Get:
    show = _PERSON[key]

    def get(out: OutCustomer) -> Value:
        people = out.customer.contacts
        return show(people[at]) if at < len(people) else ""

    return get


def _worded(key: str, vocabulary: str) -> Get:
    words: dict[str, str] = {}

    def get(out: OutCustomer) -> Value:
        code = getattr(out.customer, key)
        if code not in words:
            words[code] = word(vocabulary, code)
        return words[code]

    return get


def addresses(person: Contact, kind: str) -> str:
    """A person's addresses of one kind, as one cell has them."""
    return "; ".join(reach.value for reach in person.reaches if reach.kind == kind)


def other_addresses(person: Contact) -> str:
    """A person's addresses of the kinds that have no column, each with its kind."""
    others = (reach for reach in person.reaches if reach.kind not in PERSON)
    return "; ".join(f"{reach.kind}: {reach.value}" for reach in others)


_PERSON: Mapping[str, Callable[[Contact], str]] = {
    "contact": lambda person: person.name,
    "position": lambda person: person.position,
    "email": lambda person: addresses(person, "email"),
    "phone": lambda person: addresses(person, "phone"),
    "whatsapp": lambda person: addresses(person, "whatsapp"),
    "wechat": lambda person: addresses(person, "wechat"),
    "addresses": other_addresses,
}


def _others(out: OutCustomer) -> str:
    return "\n".join(" · ".join(_facts(person)) for person in out.customer.contacts[MOST_PEOPLE:])


def _facts(person: Contact) -> Iterator[str]:
    yield from filter(None, (person.name, person.position))
    yield from (reach.value for reach in person.reaches)


def _channel(out: OutCustomer) -> str:
    return word("channel", out.activities[0].channel) if out.activities else ""


def _quote(out: OutCustomer) -> str:
    """The newest quote, the same in every language: `2026-11-18 FOB SHENZHEN USD 0.86/pc MOQ 5000`."""
    quote = next(iter(out.trade.quotes), None)
    if quote is None:
        return ""
    price = "" if quote.price is None else format_price(quote.price, quote.currency) + (quote.unit and f"/{quote.unit}")
    moq = f"MOQ {quote.moq}" if quote.moq else ""
    parts = (quote.quoted_on.isoformat(), quote.incoterm, quote.place, price, moq, quote.product)
    return " ".join(part for part in parts if part)


_GETTERS: Mapping[str, Get] = {
    "country": lambda out: country_name(out.customer.country),
    "tags": lambda out: ", ".join(out.customer.tags),
    "last_date": lambda out: out.last_contact_on,
    "channel": _channel,
    "note": lambda out: out.activities[0].note if out.activities else "",
    "next_date": lambda out: out.step.due_on,
    "next_action": lambda out: out.step.action,
    "quote": _quote,
    "others": _others,
}
