"""What is held of a person, and what erasing it would do, in words: the same on the screen and on the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .i18n import _, country_name, ngettext, short_date, tell, word
from .merge_words import COUNTED
from .record_text import record_text
from .usecases.persons import Held, PastRow, Person, Place


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines under it."""

    title: str
    lines: tuple[str, ...]


def mark() -> str:
    """What stands in the place of what was erased."""
    return _("[erased]")


def held_sections(held: Held) -> list[Section]:
    """Everything the book holds of a person, for a person to read."""
    person = held.person
    sections = [
        Section(_("At {name}").format(name=place.customer.name), tuple(_contact(place))) for place in person.places
    ]
    if person.whole is not None:
        sections.insert(0, Section(_("Customer"), tuple(_own_card(person))))
    sections += [
        Section(_("Log entries that name the person"), tuple(_entries(held))),
        Section(_("Other texts that name the person"), tuple(_texts(held))),
        Section(_("Trade with the customer"), tuple(_trade(held))),
        Section(_("Files kept with the customer"), tuple(_files(held))),
        Section(_("History: what stood in the book before, kept so that it can be undone"), tuple(_history(held))),
    ]
    return [section for section in sections if section.lines]


def erasure_sections(held: Held, backups: Sequence[Path], with_files: bool) -> list[Section]:
    """What erasing a person would take away, what stays, and what is left to do by hand."""
    goes = [_("{name}, with every address").format(name=_named(place)) for place in held.person.places]
    if held.person.whole is not None:
        goes.insert(0, _("{name}: name and all fields of the card").format(name=held.person.whole.name))
    entries = list(_entries(held))
    changes = [*entries, *_texts(held)]
    past = len(held.history)
    goes += [
        ngettext(
            "{n} operation of the history is cleared of it", "{n} operations of the history are cleared of it", past
        )
    ] * bool(past)
    goes += [_("drafts, last searches and the search index are cleared of it")]
    files = list(_files(held))
    stays = [
        ngettext("{n} log entry, as the firm's record", "{n} log entries, as the firm's record", len(entries))
    ] * bool(entries)
    stays += (
        [_("{what}: the firm's trade records, which tax law has it keep").format(what=trade)]
        if (trade := _counted_trade(held))
        else []
    )
    stays += [] if with_files else [_("file {name}; open it and see").format(name=name) for name in files]
    sections = [
        Section(_("Goes for good"), (*goes, *(_("file {name}").format(name=name) for name in files if with_files))),
        Section(_("“{mark}” takes its place in").format(mark=held.target.traces.mark), tuple(changes)),
        Section(_("Stays"), tuple(stays)),
        Section(_("Backups that still hold it: delete them, or keep them under lock"), tuple(map(str, backups))),
    ]
    return [section for section in sections if section.lines]


def _named(place: Place) -> str:
    name = place.contact.name or next((reach.value for reach in place.contact.reaches), "–")
    return _("{person} at {name}").format(person=name, name=place.customer.name)


def _contact(place: Place) -> Iterator[str]:
    contact, customer = place.contact, place.customer
    standing = (
        contact.position,
        word("rank", contact.rank) if contact.rank else "",
        word("role", contact.role) if contact.role else "",
    )
    yield " · ".join(part for part in (contact.name, *standing) if part)
    for reach in contact.reaches:
        yield f"{word('reach', reach.kind)}: {reach.value}"
    where = ", ".join(part for part in (customer.city, country_name(customer.country)) if part)
    yield " · ".join(
        part for part in (customer.name, where, _("responsible here: {name}").format(name=customer.owner)) if part
    )


def _own_card(person: Person) -> Iterator[str]:
    customer = person.whole
    assert customer is not None
    yield customer.name
    for text in (customer.city, country_name(customer.country), customer.industry, customer.buys, customer.website,
                 customer.linkedin, customer.needs, customer.competitors, customer.remarks):  # fmt: skip
        if text:
            yield text
    for name, text in customer.custom.items():
        yield f"{name}: {text}"


def _entries(held: Held) -> Iterator[str]:
    said = {one.row: one for one in held.mentions if one.table == "activity" and one.column == "note"}
    said |= {one.row: one for one in held.mentions if one.table == "activity" and one.row not in said}
    for row, one in sorted(said.items(), key=lambda pair: held.entries[pair[0]][0]):
        at, channel = held.entries[row]
        yield f"{_moment(at)}  {held.customers.get(one.customer, '')}  {word('channel', channel)}: {one.text}"


def _texts(held: Held) -> Iterator[str]:
    for one in held.mentions:
        if one.table != "activity":
            yield f"{held.customers.get(one.customer, '')}, {word('table', one.table)}: {one.text}"


def _trade(held: Held) -> Iterator[str]:
    """All of it where the customer is the person or has nobody else, else what names the person."""
    alone = {place.customer.id for place in held.person.places if len(place.customer.contacts) == 1}
    alone |= {held.person.whole.id} if held.person.whole else set()
    named = {(one.table, one.row) for one in held.mentions}
    for customer, trade in held.trade.items():
        for record in trade.records():
            table = {"Order": "sales_order"}.get(type(record).__name__, type(record).__name__.lower())
            if customer in alone or (table, record.id) in named:
                yield f"{word('table', table)}: {record_text(record, trade)}"


def _files(held: Held) -> Iterator[str]:
    for customer, file in held.files:
        yield f"{file.name} ({customer.name})"


def _history(held: Held) -> Iterator[str]:
    for past in held.history:
        data = "; ".join(dict.fromkeys(map(_data, past.rows)))
        yield f"{_moment(past.at)}  {past.actor}  {tell(past.label)}: {data}"


def _data(row: PastRow) -> str:
    return ", ".join(value for _column, value in row.data)


def _counted_trade(held: Held) -> str:
    counts = Counter(type(record).__name__.lower() for trade in held.trade.values() for record in trade.records())
    counts["sales_order"] = counts.pop("order", 0)
    return _(", ").join(words(counts[table]) for table, words in COUNTED.items() if counts[table])


def _moment(at: datetime) -> str:
    local = at.astimezone()
    return f"{short_date(local.date())} {local:%H:%M}"
