"""A customer as it was: its rows rebuilt from history."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar

from ..domain.rows import AgendaRow
from ..domain.trade import estimated_arrival
from ..domain.values import Activity, Attachment, Contact, Customer, NextStep, Reach, Sample, Trade
from . import standing, trade
from .book import instant, instant_text
from .rows import agenda_row, grouped, marks
from .rows import day as as_day

if TYPE_CHECKING:
    from .book import Book

Row = Mapping[str, Any]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Past:
    """A customer at the end of a day: its log, its trade and its files newest first, and the step that a person had
    promised."""

    customer: Customer
    activities: tuple[Activity, ...]
    promise: NextStep | None
    trade: Trade
    attachments: tuple[Attachment, ...]


def as_of(book: Book, customer_id: int, day: date) -> Past | None:
    """The customer as it was at the end of `day`, on this machine's calendar; None where it was not in the book."""
    return after(book, customer_id, last_operation(book, day))


def after(book: Book, customer_id: int, until: int) -> Past | None:
    """The customer as the operation `until` left it; None where it was not in the book."""
    rows = _rows(book, customer_id, until)
    if not rows.get("customer"):
        return None
    tags = _tag_names(book, [row["tag_id"] for row in rows.get("customer_tag", ())], until)
    steps = [row for row in rows.get("next_step", ()) if row["status"] == "open"]
    log = [_activity(row) for row in rows.get("activity", ())]
    return Past(
        _customer(rows["customer"][0], tags, _people(rows)),
        tuple(sorted(log, key=lambda entry: (entry.happened_at, entry.id), reverse=True)),
        _promise(steps[0]) if steps else None,
        _trade(rows),
        tuple(_record(Attachment, row) for row in reversed(rows.get("attachment", ()))),
    )


def last_operation(book: Book, day: date) -> int:
    """The last operation of a day or before it, on this machine's calendar; 0 where there is none."""
    end = instant_text(datetime.combine(day + timedelta(1), time()).astimezone(UTC))
    return int(book.value("SELECT id FROM op WHERE at < ? ORDER BY at DESC, id DESC LIMIT 1", (end,)) or 0)


def listed(book: Book, past: Past, day: date, now: datetime) -> tuple[AgendaRow, NextStep]:
    """The customer's list row and its next step as they stood on `day`, by the rhythms and weights of now."""
    who, promise = past.customer, past.promise or NextStep(None)
    last_at = instant_text(past.activities[0].happened_at) if past.activities else None
    facts = (who.id, who.name, who.country, who.city, who.zone, who.owner, who.grade, who.temperature, who.stage, who.archived,
             _iso(who.paused_until), _iso(who.created_on), _iso(promise.due_on), promise.action, promise.channel, promise.reason,
             past.promise is not None, last_at, _iso(promise.set_on))  # fmt: skip

    def answered(sample: Sample) -> int:
        arrival = sample.arrived_on or estimated_arrival(sample)
        return sum(
            arrival is not None and entry.happened_at.astimezone().date() >= arrival for entry in past.activities
        )

    (_id, _owner, temperature, _weight, due_on, _key, place, latest_on, by_hand, estimated, action, channel, money, last_on,
     cause, cause_on, _stage) = standing.standing_row(book.engine, facts, past.trade, answered)  # fmt: skip
    row = (who.id, who.uid, who.version, who.name, who.country, who.city, who.grade, who.stage, who.owner, who.archived,
           temperature, due_on, latest_on, by_hand, estimated, action, channel, money, place, last_on, cause, cause_on)  # fmt: skip
    step = NextStep(as_day(due_on), action, channel, bool(by_hand), bool(estimated), as_day(latest_on), promise.reason,
                    cause, as_day(cause_on))  # fmt: skip
    return agenda_row(book, row, who.tags, day, now, True), step


_LAST = """
SELECT tbl, new FROM change AS c WHERE customer_id = ?1 AND op_id <= ?2 AND id = (
  SELECT max(id) FROM change WHERE tbl = c.tbl AND row_id = c.row_id AND op_id <= ?2)
ORDER BY tbl, row_id
"""
"""The last state of each row that was the customer's: one that has gone to another customer since was last changed there."""


def _rows(book: Book, customer_id: int, until: int) -> dict[str, list[Row]]:
    found = [(table, new) for table, new in book.rows(_LAST, (customer_id, until)) if new is not None]
    rows = json.loads(f"[{','.join(new for _table, new in found)}]")  # at once: twice as fast as one by one
    return {
        table: [row for _table, row in group]
        for table, group in groupby(zip(found, rows, strict=True), key=lambda pair: pair[0][0])
    }


def _tag_names(book: Book, tags: Sequence[int], until: int) -> tuple[str, ...]:
    """What these tags were called."""
    rows = book.rows(
        "SELECT row_id, coalesce(new, old) ->> 'name' FROM change WHERE tbl = 'tag' "
        f"AND row_id IN ({marks(tags)}) AND op_id <= ? ORDER BY id",
        (*tags, until),
    )
    names = dict(rows)
    return tuple(names[tag] for tag in tags if tag in names)


def _only(kind: type, row: Row) -> dict[str, Any]:
    """What of a row is a field of a value; a row from before a migration lacks the columns that it brought."""
    return {name: row[name] for name in _names(kind) if name in row}


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _customer(row: Row, tags: tuple[str, ...], people: tuple[Contact, ...]) -> Customer:
    values = _only(Customer, row) | {
        "paused_until": as_day(row["paused_until"]),
        "created_on": as_day(row["created_on"]),
        "archived": bool(row["archived"]),
        "custom": json.loads(row["custom"]),
    }
    return Customer(**values, tags=tags, contacts=people)


def _people(rows: Mapping[str, Sequence[Row]]) -> tuple[Contact, ...]:
    reaches = grouped((row["contact_id"], Reach(row["kind"], row["value"])) for row in rows.get("reach", ()))
    people = [
        Contact(**_only(Contact, row) | {"main": bool(row["main"]), "reaches": reaches.get(row["id"], ())})
        for row in rows.get("contact", ())
    ]
    return tuple(sorted(people, key=lambda person: not person.main))


def _activity(row: Row) -> Activity:
    return Activity(**_only(Activity, row) | {"happened_at": instant(row["happened_at"])})


def _promise(row: Row) -> NextStep:
    return NextStep(
        as_day(row["due_on"]), row["action"], row["channel"], row["due_on"] is not None, reason=row["reason"],
        set_on=as_day(row.get("set_on")),
    )  # fmt: skip


def _trade(rows: Mapping[str, Sequence[Row]]) -> Trade:
    kinds: list[Any] = [
        tuple(_record(kind, row) for row in reversed(rows.get(table, ()))) for kind, table in trade.TABLES.items()
    ]
    return Trade(*kinds)


def _record(kind: type[Value], row: Row) -> Value:
    values = _only(kind, row)
    return kind(
        **{name: as_day(value) if name.endswith(("_on", "_until")) else value for name, value in values.items()}
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
