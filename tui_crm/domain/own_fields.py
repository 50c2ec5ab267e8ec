"""Fields that users add to every card: what they hold, how a value is checked, and where it stands in a customer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .dates import Look, parse_date
from .fields import BY_NAME, Check, Field, chosen, free_text
from .messages import N_, Problem
from .money import parse_amount
from .text import clean, fold_width
from .values import Customer
from .vocabulary import CUSTOM_KINDS, YES_OR_NO, fold, vocabulary

PREFIX = "custom/"
"""What the names of own fields begin with where they stand beside the others."""
LONGEST_NAME = 40
MOST_CHOICES = 50


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field by the name its users gave it. `kind` is one of `CUSTOM_KINDS`; `choices` are the values of a choice."""

    name: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    id: int = 0


def checked(own: OwnField) -> OwnField:
    """The field as it may be stored. Raises Problem for a name or choices that cannot be used."""
    if own.kind not in CUSTOM_KINDS:
        raise Problem(N_("There is no {what} {value}. Use one of: {known}."),
                      what="kind", value=own.kind, known=", ".join(CUSTOM_KINDS))  # fmt: skip
    return OwnField(checked_name(own.name), own.kind, checked_choices(own.kind, own.choices), own.id)


def checked_name(typed: str) -> str:
    """A field's name as stored. Raises Problem."""
    name = " ".join(clean(typed).split())
    if not name:
        raise Problem(N_("Give the field a name."))
    if len(name) > LONGEST_NAME or "=" in name:
        raise Problem(N_("A field's name has at most {most} characters, and no “=” among them."), most=LONGEST_NAME)
    if any(fold(name) in (fold(field.name), fold(field.label)) for field in BY_NAME.values()):
        raise Problem(N_("Every card has a field “{name}” already. Choose another name."), name=name)
    return name


def checked_choices(kind: str, choices: Iterable[str]) -> tuple[str, ...]:
    """What can be chosen in a field of this kind, each once; nothing for all kinds but a choice. Raises Problem."""
    if kind != "choice":
        return ()
    each = tuple({fold(choice): choice for choice in map(clean, choices) if choice}.values())
    if not each:
        raise Problem(N_("Write what can be chosen, separated by commas."))
    if len(each) > MOST_CHOICES:
        raise Problem(N_("A field has at most {most} choices."), most=MOST_CHOICES)
    return each


def split_choices(typed: str) -> tuple[str, ...]:
    """The choices in one line, separated by commas, semicolons or slashes."""
    return tuple(part for part in map(str.strip, re.split(r"[,，、;；/\n]+", typed)) if part)


def as_field(own: OwnField, today: date) -> Field:
    """The field as one of the card's; date phrases are meant from `today`."""
    checks: Mapping[str, Check] = {
        "number": _number,
        "date": lambda typed: _day(typed, today),
        "choice": chosen(vocabulary(own.choices, {})),
        "yes_no": chosen(YES_OR_NO),
    }
    choices = {"choice": vocabulary(own.choices, {}), "yes_no": YES_OR_NO}.get(own.kind)
    words = "yes_no" if own.kind == "yes_no" else ""
    return Field(PREFIX + own.name, own.name, checks.get(own.kind, free_text), choices, drawer=True, words=words)


def _number(typed: str) -> str:
    """A number as it was written, perhaps with a sign before or a percent sign behind it. Raises Problem."""
    text = fold_width(clean(typed))
    try:
        if text:
            parse_amount(re.sub(r"^[+\-−]\s*|\s*%$", "", text))
    except Problem as problem:
        raise Problem(N_("“{text}” is no number. Write it like 30, 1234.56 or 15%."), text=text) from problem
    return text


def _day(typed: str, today: date) -> str:
    """A day as ISO text. Raises Problem."""
    text = clean(typed)
    return parse_date(text, today, Look.FORWARD).isoformat() if text else ""


def own_name(field: str) -> str | None:
    """The name of the own field that a card's field is; None for one that every card has."""
    return field.removeprefix(PREFIX) if field.startswith(PREFIX) else None


def value_of(customer: Customer, field: str) -> str:
    """What a customer has in a field, own or not."""
    name = own_name(field)
    return str(getattr(customer, field)) if name is None else customer.custom.get(name, "")


def columns(customer: Customer, changes: Mapping[str, str]) -> dict[str, object]:
    """Changed fields by column: those of own fields are one new `custom`, in which an empty value is left out."""
    row: dict[str, object] = {name: value for name, value in changes.items() if own_name(name) is None}
    own = {name.removeprefix(PREFIX): value for name, value in changes.items() if own_name(name) is not None}
    if own:
        row["custom"] = {name: value for name, value in {**customer.custom, **own}.items() if value or name not in own}
    return row


def in_order(customer: Customer, defined: Iterable[OwnField]) -> list[OwnField]:
    """The own fields of a customer's card: the defined ones, then what else came with a sheet, as text."""
    defined = list(defined)
    known = {own.name for own in defined}
    return [*defined, *(OwnField(name) for name, value in customer.custom.items() if value and name not in known)]
