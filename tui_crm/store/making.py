"""New customers as rows that have no ids yet, only places: made without the book, such as in another process, and written together
by `gathering`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from ..domain import values
from ..domain.priority import Engine
from ..domain.vocabulary import fold
from . import trade
from .book import instant_text
from .standing import standing_row
from .writing import AS_IT_IS, activity_row, contact_row, customer_row, reach_row, step_row, stored

Columns = tuple[str, ...]
Row = tuple[Any, ...]


class NewCustomer(NamedTuple):
    """A customer with its people and tags, and all that is to be written with it: the log, what is promised, trade, the rows of
    a sheet that it was read from."""

    customer: values.Customer
    activities: Sequence[values.Activity] = ()
    next_step: values.NextStep | None = None
    records: Sequence[values.Record] = ()
    hashes: Sequence[str] = ()


@dataclass(slots=True)
class Made:
    """Rows of new customers. By table and columns: each begins with its own place in the table, counted from 1, behind it the
    places of the customer and the person that it belongs to. `tags` are (place of the customer, key of the tag). `standings` are
    those of the customers without trade."""

    rows: dict[str, dict[Columns, list[Row]]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    tags: list[tuple[int, str]] = field(default_factory=list)
    tag_names: dict[str, str] = field(default_factory=dict)
    standings: list[Row] = field(default_factory=list)

    def add(self, new: NewCustomer, today: date, owner: str, engine: Engine) -> None:
        """Take in a new customer. `owner` looks after one who has nobody, and wrote what names nobody."""
        row = customer_row(new.customer, today, owner)
        place = self._add("customer", row)
        for name in new.customer.tags:
            self.tag_names.setdefault(fold(name), name)
        self.tags += [(place, key) for key in dict.fromkeys(map(fold, new.customer.tags))]
        for contact in new.customer.contacts:
            person = self._add("contact", contact_row(contact), customer_id=place)
            for reach in contact.reaches:
                self._add("reach", reach_row(reach), customer_id=place, contact_id=person)
        for activity in new.activities:
            self._add("activity", activity_row(activity, owner), customer_id=place)
        if new.next_step is not None:
            self._add("next_step", step_row(new.next_step, owner), customer_id=place)
        for record in new.records:
            self._add(trade.TABLES[type(record)], trade.record_row(record), customer_id=place)
        for row_hash in new.hashes:
            self._add("imported_row", {"hash": row_hash}, customer_id=place)
        if not new.records:
            self.standings.append(standing_row(engine, _facts(place, row, new), values.Trade(), lambda sample: 0))

    def _add(self, table: str, row: Mapping[str, object], **belongs: int) -> int:
        place = self.counts[table] = self.counts.get(table, 0) + 1
        rows = self.rows.setdefault(table, {}).setdefault((*belongs, *row), [])
        values_stored = [value if type(value) in AS_IT_IS else stored(value) for value in row.values()]
        rows.append((place, *belongs.values(), *values_stored))
        return place


_standing_on = itemgetter(
    "name",
    "country",
    "city",
    "zone",
    "owner",
    "grade",
    "temperature",
    "stage",
    "archived",
    "paused_until",
    "created_on",
)


def _facts(place: int, row: Mapping[str, object], new: NewCustomer) -> Row:
    """What a standing rests on, as `standing_row` takes it."""
    last_at = max((instant_text(activity.happened_at) for activity in new.activities), default=None)
    step = new.next_step
    promise = (None, None, None, None, 0, last_at, None) if step is None else (
        stored(step.due_on), step.action, step.channel, step.reason, 1, last_at, stored(step.set_on)
    )  # fmt: skip
    return (place, *map(stored, _standing_on(row)), *promise)
