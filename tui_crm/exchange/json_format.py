"""What stands in a book as JSON: each kind of record, its fields in order, and what their values may be (docs/json.md).

A document is a customer as plain JSON values, the same whether it was read from the book or from a file, so that the two
can be compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tui_crm.domain.messages import N_, Message, Problem
from tui_crm.domain.reach import KINDS as REACH_KINDS
from tui_crm.domain.text import visible
from tui_crm.domain.vocabulary import (
    CHANNELS,
    CUSTOM_KINDS,
    GRADES,
    KINDS,
    MODES,
    ORDER_KINDS,
    OUTCOMES,
    PAYMENT_KINDS,
    RANKS,
    ROLES,
    SOURCES,
    STAGES,
    STATUSES,
    TAG_COLORS,
    TEMPERATURES,
)  # fmt: skip

from .json_values import (
    Check,
    any_text,
    code,
    counted,
    country_code,
    currency,
    day,
    flag,
    instant,
    or_none,
    own_values,
    rate,
    said,
    sha256,
    some_text,
    texts,
    uid,
    uid_or_none,
    whole,
)  # fmt: skip

PROGRAM = "tui-crm"
FORMAT = 1
"""The number of the format that is written, and the newest that is read."""

Document = dict[str, Any]

TWICE = N_("two of them have the uid {uid}")


class _Required:
    """Stands for no default."""


REQUIRED = _Required()


@dataclass(frozen=True, slots=True)
class Field:
    """A field by its name in the file: `check` returns its value or raises Problem, `default` holds where it is left out, and
    `column` is what the book calls it. A field that `refers` names a record of that kind, of the same customer, by its uid."""

    name: str
    check: Check
    default: Any = ""
    column: str = ""
    refers: str = ""


@dataclass(frozen=True)
class Kind:
    """Records of one kind: the table of the book that holds them, and their fields. Those that have a uid are known by it."""

    table: str
    fields: tuple[Field, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the fields."""
        return tuple(field.name for field in self.fields)

    @cached_property
    def known(self) -> frozenset[str]:
        """The same, to be looked up."""
        return frozenset(self.names)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns that hold them."""
        return tuple(field.column or field.name for field in self.fields)

    @cached_property
    def checks(self) -> tuple[tuple[str, Check, Any], ...]:
        """Name, check and default of each field."""
        return tuple((field.name, field.check, field.default) for field in self.fields)


def _reaches(value: Any) -> list[Document]:
    if not isinstance(value, list):
        raise Problem(N_("{value} is no list"), value=said(value))
    return [checked(REACH, reach, "reaches", at) for at, reach in enumerate(value, 1)]


# Records -------------------------------------------------------------------------------------------------------------


def _fields(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, any_text) for name in names)


def _coded(**codes: Sequence[str]) -> tuple[Field, ...]:
    """Fields that hold one of these codes, or nothing."""
    return tuple(Field(name, code(("", *known))) for name, known in codes.items())


def _status(record: str) -> Field:
    return Field("status", code(STATUSES[record]), "open")


_NAMED = Field("uid", uid, REQUIRED)
_VERSIONED = (_NAMED, Field("version", counted, 1))
_MONEY = (Field("currency", currency, REQUIRED), Field("amount", whole, REQUIRED))


def _days(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, or_none(day), None) for name in names)


def _refers(name: str, kind: str) -> Field:
    return Field(name, uid_or_none, None, f"{name}_id", kind)


REACH = Kind("reach", (Field("kind", code(REACH_KINDS), REQUIRED), Field("value", some_text, REQUIRED)))
"""Inside a contact: they have no uid of their own, and change with it."""

OWN = Kind(
    "customer",
    (
        *_VERSIONED,
        Field("name", some_text, REQUIRED),
        Field("country", country_code),
        *_fields("city"),
        *_coded(kind=KINDS),
        *_fields("industry", "buys", "website", "linkedin"),
        *_coded(source=SOURCES, grade=GRADES),
        Field("temperature", code(TEMPERATURES), "potential"),
        Field("stage", code(STAGES), "new"),
        *_fields("language", "zone", "owner", "needs", "competitors", "remarks", "lost_reason"),
        *_days("paused_until"),
        Field("archived", flag, False),
        Field("merged_into", uid_or_none, None),
        Field("created_on", day, REQUIRED),
        Field("custom", own_values, {}),
    ),
)
"""A customer's own fields."""

LISTS: Mapping[str, Check] = {"tags": texts, "imported": texts}
"""What a customer has besides records: its tags, and what its rows of imported sheets are remembered by."""

RECORDS: Mapping[str, Kind] = {
    "contacts": Kind(
        "contact",
        (
            *_VERSIONED, *_fields("name", "position"), *_coded(rank=RANKS, role=ROLES), Field("main", flag, False),
            Field("reaches", _reaches, []),
        ),
    ),
    "activities": Kind(
        "activity",
        (
            _NAMED, Field("happened_at", instant, REQUIRED), *_coded(channel=CHANNELS), *_fields("note"),
            *_coded(stage=STAGES, outcome=OUTCOMES), *_fields("contact", "author"),
        ),
    ),
    "steps": Kind(
        "next_step",
        (
            Field("status", code(("open", "done", "moved")), "open"),
            *_days("due_on"),
            *_fields("action"),
            *_coded(channel=CHANNELS),
            *_fields("reason", "author"),
            *_days("set_on"),
        ),
    ),
    "quotes": Kind(
        "quote",
        (
            *_VERSIONED, Field("quoted_on", day, REQUIRED), _MONEY[0], Field("price", or_none(whole), None),
            *_fields("incoterm", "place", "unit"), Field("moq", or_none(whole), None), *_fields("product"),
            Field("quantity", or_none(whole), None), *_days("valid_until"), _status("quote"), *_fields("remark"),
        ),
    ),
    "samples": Kind(
        "sample",
        (
            *_VERSIONED, *_fields("number", "specs", "courier", "tracking"), *_days("shipped_on", "expected_on", "arrived_on"),
            *_fields("feedback"), _status("sample"),
        ),
    ),
    "invoices": Kind(
        "invoice",
        (
            *_VERSIONED, *_fields("number"), Field("sent_on", day, REQUIRED), *_MONEY, _refers("quote", "quotes"),
            _status("invoice"), *_fields("remark"),
        ),
    ),
    "orders": Kind(
        "sales_order",
        (
            *_VERSIONED, *_fields("number"), Field("kind", code(ORDER_KINDS), "regular"), Field("ordered_on", day, REQUIRED), *_MONEY,
            Field("deposit", whole, 0), *_fields("terms"), *_days("deposit_due_on", "balance_due_on"), *_fields("product"),
            Field("quantity", or_none(whole), None), *_fields("unit"), Field("price", or_none(whole), None),
            _refers("quote", "quotes"), _refers("invoice", "invoices"), _status("order"), *_fields("remark"),
        ),
    ),
    "payments": Kind(
        "payment",
        (
            *_VERSIONED, Field("paid_on", day, REQUIRED), *_MONEY, *_coded(kind=PAYMENT_KINDS), _refers("order", "orders"),
            _refers("invoice", "invoices"), *_fields("remark"),
        ),
    ),
    "shipments": Kind(
        "shipment",
        (
            *_VERSIONED, *_coded(mode=MODES), *_fields("from_port", "to_port"), *_days("departs_on"),
            Field("transit_days", or_none(whole), None), *_days("arrives_on", "arrived_on"), *_fields("container", "bill"),
            _refers("order", "orders"), *_fields("remark"),
        ),
    ),
    "attachments": Kind(
        "attachment",
        (
            _NAMED, Field("name", some_text, REQUIRED), Field("sha256", sha256, REQUIRED, "hash"),
            Field("size", whole, REQUIRED), Field("added_on", day, REQUIRED),
        ),
    ),
}  # fmt: skip
"""The records of a customer, in the order of the file: what a record refers to stands before it."""

SHARED: Mapping[str, Kind] = {
    "tags": Kind("tag", (Field("name", some_text, REQUIRED), Field("color", code(TAG_COLORS)))),
    "fields": Kind(
        "custom_field",
        (Field("name", some_text, REQUIRED), Field("kind", code(CUSTOM_KINDS), "text"), Field("choices", texts, [])),
    ),
    "rates": Kind(
        "exchange_rate",
        (
            Field("currency", currency, REQUIRED), Field("own", currency, REQUIRED), Field("rate", rate, REQUIRED),
            Field("since", day, REQUIRED),
        ),
    ),
}  # fmt: skip
"""What belongs to no customer: tags with their colours, fields that users have added, exchange rates."""


# Checking ------------------------------------------------------------------------------------------------------------


def checked(kind: Kind, raw: Any, section: str, number: int) -> Document:
    """A record with all of its fields. Raises Problem, which says where."""
    place = f"{section} {number}"
    if not isinstance(raw, dict):
        raise wrong(place, Message(N_("{value} is no record"), {"value": said(raw)}))
    _refuse_unknown(place, raw, kind.known)
    found = {}
    for name, check, default in kind.checks:
        value = raw.get(name, default)
        if value is REQUIRED:
            raise wrong(f"{place}, {name}", Message(N_("it is missing")))
        try:
            found[name] = check(value)
        except Problem as problem:
            raise wrong(f"{place}, {name}", problem.message) from problem
    return found


_CUSTOMER_NAMES = frozenset((*OWN.names, *LISTS, *RECORDS))


def checked_customer(raw: Any, number: int) -> Document:
    """A customer with everything that belongs to it. Raises Problem, which says where."""
    place = f"customers {number}"
    if not isinstance(raw, dict):
        raise wrong(place, Message(N_("{value} is no record"), {"value": said(raw)}))
    _refuse_unknown(place, raw, _CUSTOMER_NAMES)
    own = {name: raw[name] for name in OWN.names if name in raw}
    found = checked(OWN, own, "customers", number)
    try:
        found |= {name: check(raw.get(name, [])) for name, check in LISTS.items()}
        for section, kind in RECORDS.items():
            found[section] = _records(section, kind, raw.get(section, []), found)
    except Problem as problem:
        raise wrong(f"{place} “{visible(found['name'][:40])}”", problem.message) from problem
    return found


def _records(section: str, kind: Kind, raw: Any, customer: Document) -> list[Document]:
    if not isinstance(raw, list):
        raise wrong(section, Message(N_("{value} is no list"), {"value": said(raw)}))
    records = [checked(kind, record, section, number) for number, record in enumerate(raw, 1)]
    if not records:
        return records
    if "uid" in kind.names:
        _refuse_twice(section, [record["uid"] for record in records])
    if section == "steps" and sum(record["status"] == "open" for record in records) > 1:
        raise wrong(section, Message(N_("more than one of them is open")))
    for field in kind.fields:
        if field.refers:
            there = {record["uid"] for record in customer[field.refers]}
            lost = next((r[field.name] for r in records if r[field.name] not in (None, *there)), None)
            if lost is not None:
                raise wrong(f"{section}, {field.name}", Message(N_("{value} is not among this customer's {kind}"),
                                                                {"value": said(lost), "kind": field.refers}))  # fmt: skip
    return records


def _refuse_twice(place: str, uids: Sequence[str]) -> None:
    seen: set[str] = set()
    for one in uids:
        if one in seen:
            raise wrong(place, Message(TWICE, {"uid": one}))
        seen.add(one)


def _refuse_unknown(place: str, raw: Mapping[str, Any], known: frozenset[str]) -> None:
    if not raw.keys() <= known:
        unknown = next(name for name in raw if name not in known)
        raise wrong(place, Message(N_("there is no field {name} in format {format}"),
                                   {"name": said(unknown), "format": FORMAT}))  # fmt: skip


def wrong(place: str, why: Message) -> Problem:
    """A Problem with the place in the file in front."""
    return Problem(N_("{place}: {why}"), place=place, why=why)
