"""List rows: customers as plain values, read over the bare connection. Everything a list needs and nothing more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ..domain.clocks import local_time
from ..domain.priority import Moment, Money, Standing, days_late, is_overdue
from ..domain.rows import AgendaRow, NextStep

if TYPE_CHECKING:
    from .book import Book

QUOTE, UNPAID, SAMPLE = 1, 2, 4
"""Bits of `standing.money`."""

_ROW = """
SELECT c.id, c.uid, c.version, c.name, c.country, c.city, c.grade, c.stage, c.owner, c.archived,
  s.temperature, s.due_on, s.latest_on, s.by_hand, s.estimated, s.action, s.channel, s.money, s.place, s.last_contact_on, s.cause, s.cause_on
FROM standing s JOIN customer c ON c.id = s.customer_id WHERE s.customer_id IN ({marks})
"""


def agenda_rows(
    book: Book, customers: Sequence[int], today: date, now: datetime, explained: bool = True
) -> list[AgendaRow]:
    """These customers as list rows, in the order given; unknown ids are left out. Unexplained rows have no reasons and
    are made in half the time."""
    found: dict[int, AgendaRow] = {}
    for at in range(0, len(customers), 500):
        chunk = customers[at : at + 500]
        tags = tags_of(book, chunk)
        for row in book.rows(_ROW.format(marks=marks(chunk)), chunk):
            found[row[0]] = agenda_row(book, row, tags.get(row[0], ()), today, now, explained)
    return [found[customer] for customer in customers if customer in found]


def agenda_row(
    book: Book, row: tuple[Any, ...], tags: tuple[str, ...], today: date, now: datetime, explained: bool
) -> AgendaRow:
    """The list row of a customer from a row of `_ROW`."""
    (customer, uid, version, name, country, city, grade, stage, owner, archived, temperature,
     due_on, latest_on, by_hand, estimated, action, channel, money, place, last_on, cause, cause_on) = row  # fmt: skip
    step = NextStep(
        day(due_on), action, channel, bool(by_hand), bool(estimated), day(latest_on), "", cause, day(cause_on)
    )
    table = Money(bool(money & QUOTE), bool(money & UNPAID), bool(money & SAMPLE))
    standing = Standing(temperature, grade, step, table, day(last_on))
    moment = Moment(today, local_time(place, now))
    return AgendaRow(
        id=customer, uid=uid, name=name, country=country, city=city, zone=place.partition(" ")[2],
        temperature=temperature, grade=grade, stage=stage, owner=owner, due_on=step.due_on,
        days_late=days_late(step.due_on, today), overdue=is_overdue(step, today), by_hand=step.by_hand,
        estimated=step.estimated, next_action=action, channel=channel,
        score=book.engine.score(standing, moment) / 100, reasons=book.engine.explain(standing, moment) if explained else (),
        tags=tags, last_contact_on=standing.last_contact_on, archived=bool(archived), version=version,
        cause=cause, cause_on=step.cause_on,
    )  # fmt: skip


def tags_of(book: Book, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The tags of each of these customers, in the order they were put on."""
    rows = book.rows(
        "SELECT ct.customer_id, t.name FROM customer_tag ct JOIN tag t ON t.id = ct.tag_id "
        f"WHERE ct.customer_id IN ({marks(ids)}) ORDER BY ct.id",
        ids,
    )
    return grouped(rows)


def contacted_on(book: Book, today: date) -> int:
    """How many customers were last contacted on this day."""
    return int(book.value("SELECT count(*) FROM standing WHERE last_contact_on = ?", (today.isoformat(),)))


def is_empty(book: Book) -> bool:
    """Whether the book has no customer at all."""
    return book.value("SELECT 1 FROM customer LIMIT 1") is None


def day(text: str | None) -> date | None:
    """A stored date."""
    return date.fromisoformat(text) if text else None


def grouped(rows: Iterable[tuple[int, Any]]) -> dict[int, tuple[Any, ...]]:
    """Pairs as a dict of tuples, in order."""
    groups: dict[int, list[Any]] = {}
    for key, value in rows:
        groups.setdefault(key, []).append(value)
    return {key: tuple(group) for key, group in groups.items()}


def marks(items: Sequence[object]) -> str:
    """Question marks for an IN list."""
    return ",".join("?" * len(items))
