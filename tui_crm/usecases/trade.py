"""What was traded: quotes, samples, proforma invoices, orders, payments, shipments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from ..domain.couriers import courier_days
from ..domain.messages import N_, Message
from ..domain.open_trade import SECTIONS, Open
from ..domain.text import clean
from ..domain.trade_checks import KIND as KIND
from ..domain.trade_checks import findings, refuse
from ..domain.trade_lines import Reading, parse_record
from ..domain.trade_links import accepted_quote, linked, with_record
from ..domain.values import Record, Sample, Trade
from ..store import open_trade as open_store
from ..store import trade as store
from ..store.open_trade import OpenRow
from .cards import existing
from .session import Session


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says: the record as it is stored, joined to what it belongs to, and what is to be pointed out about it."""

    record: Record
    findings: tuple[Message, ...] = ()


def of(session: Session, customer_id: int) -> Trade:
    """Everything traded with a customer."""
    return store.of(session.book, customer_id)


def stored(session: Session, record: Record) -> Record | None:
    """A record as the book has it now; None when it is no longer there."""
    kind: Any = type(record)
    found: Record | None = store.one(session.book, kind, record.id)
    return found


def read_line(session: Session, customer_id: int, line: str, kind: str | None = None) -> Line:
    """Read a line (docs/lines.md) as one record of a customer, without saving it.

    `kind` is a code of the vocabulary `record`; without it the line says what it is. Raises Problem for what cannot be read,
    with an example, and for what cannot be.
    """
    reading = parse_record(clean(line), session.today, session.settings.currency, kind)
    _trade, lines = taken_in(session, of(session, customer_id), [reading], lambda _trade, record: record)
    return lines[0]


def add_line(session: Session, customer_id: int, line: str, kind: str | None = None) -> Line:
    """Store what a line says as one operation; returns the record with its id. Raises Problem like `read_line`."""
    read = read_line(session, customer_id, line, kind)
    return Line(add(session, customer_id, read.record), read.findings)


def taken_in(
    session: Session, trade: Trade, readings: Sequence[Reading], store: Callable[[Trade, Record], Record]
) -> tuple[Trade, list[Line]]:
    """Join what was read of a line to a customer's trade, one record after another; `store` gives each its id.

    Returns the trade as it stands then, and the lines.
    """
    lines = []
    for reading in readings:
        record, about = linked(trade, _ready(session, reading.record), reading.about)
        line = Line(store(trade, record), (*about, *findings(trade, record)))
        trade = with_record(trade, line.record)
        lines.append(line)
    return trade, lines


def findings_of(session: Session, customer_id: int, record: Record) -> tuple[Message, ...]:
    """What is to be pointed out about a record of a customer, stored or not."""
    return findings(of(session, customer_id), record)


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """One thing open with a customer, and the record it is about."""

    customer_id: int
    name: str
    what: Open
    record: Record


@dataclass(frozen=True, slots=True)
class OpenSection:
    """One kind of things open (`open_trade.SECTIONS`): the first of them, the most urgent first, how many there are, and what
    they come to by currency in minor units."""

    code: str
    rows: tuple[OpenRecord, ...]
    count: int
    sums: Mapping[str, int]


def open_records(session: Session, limit: int) -> tuple[OpenSection, ...]:
    """Everything open in trade over the whole book, no more than `limit` of each kind. Customers taken off the lists are left
    out."""
    totals = open_store.totals(session.book)
    return tuple(
        OpenSection(
            code, tuple(_with_records(session, open_store.first(session.book, code, limit))), *totals.get(code, (0, {}))
        )
        for code in SECTIONS
    )


def _with_records(session: Session, rows: Sequence[OpenRow]) -> Iterator[OpenRecord]:
    found = {
        (code, record_id): record
        for kind, code in KIND.items()
        for record_id, record in store.several(
            session.book, kind, [r.what.record_id for r in rows if r.what.kind == code]
        ).items()
    }
    for row in rows:
        yield OpenRecord(row.customer, row.name, row.what, found[row.what.kind, row.what.record_id])


def add(session: Session, customer_id: int, record: Record) -> Record:
    """Store a record of a customer, checked, a new one or what a line adds to one; returns it with its id. An order accepts the
    open quote it belongs to.

    Raises Problem for what cannot be.
    """
    customer = existing(session, customer_id)
    ready = _ready(session, record)
    refuse(ready)
    template = N_("Changed the {record} for {name}") if record.id else N_("{record} for {name}")
    label = Message(template, {"record": KIND[type(record)], "name": customer.name})
    with session.operation(label):
        return store_new(session, customer_id, of(session, customer_id), ready)


def store_new(session: Session, customer_id: int, trade: Trade, record: Record) -> Record:
    """Store a record inside an operation that is under way, or what a line adds to one of the book; returns it with its id.
    `trade` is what there was before."""
    if record.id:
        refuse(record)
        store.update(session.book, record)
        return replace(record, version=record.version + 1)
    accepted = accepted_quote(trade, record)
    record_id = store.add(session.book, customer_id, record)
    if accepted:
        store.update(session.book, accepted)
    return replace(record, id=record_id, version=1)


def change(session: Session, customer_id: int, record: Record) -> None:
    """Store a changed record. Raises Problem for what cannot be, or when another program has changed it."""
    customer = existing(session, customer_id)
    ready = _expected_anew(session, record)
    refuse(ready)
    label = Message(N_("Changed the {record} for {name}"), {"record": KIND[type(record)], "name": customer.name})
    with session.operation(label):
        store.update(session.book, ready)


def remove(session: Session, customer_id: int, record: Record) -> None:
    """Take a record away; undo brings it back."""
    customer = existing(session, customer_id)
    label = Message(N_("Removed the {record} for {name}"), {"record": KIND[type(record)], "name": customer.name})
    with session.operation(label):
        store.remove(session.book, record)


def _ready(session: Session, record: Record) -> Record:
    """The record with what follows from it filled in: a sample's expected arrival by its courier's usual days."""
    if isinstance(record, Sample) and record.shipped_on and not record.expected_on and not record.arrived_on:
        days = timedelta(courier_days(record.courier, session.settings.couriers))
        return replace(record, expected_on=record.shipped_on + days)
    return record


def _expected_anew(session: Session, record: Record) -> Record:
    """A changed sample whose expected arrival was only worked out, with that worked out again."""
    before = store.one(session.book, Sample, record.id) if isinstance(record, Sample) else None
    if not isinstance(record, Sample) or before is None or record.expected_on != before.expected_on:
        return record
    worked_out = _ready(session, replace(before, expected_on=None))
    return _ready(session, replace(record, expected_on=None)) if worked_out == before else record
