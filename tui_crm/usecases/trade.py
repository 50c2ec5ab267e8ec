"""What was traded: quotes, samples, proforma invoices, orders, payments, shipments."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from ..domain.couriers import courier_days
from ..domain.messages import N_, Message
from ..domain.values import Invoice, Order, Payment, Quote, Record, Sample, Shipment, Trade
from ..store import trade as store
from .cards import existing
from .session import Session

KIND: dict[type, str] = {
    Quote: "quote",
    Sample: "sample",
    Invoice: "invoice",
    Order: "order",
    Payment: "payment",
    Shipment: "shipment",
}
"""The code of a record's kind, in the vocabulary `record`."""


def of(session: Session, customer_id: int) -> Trade:
    """Everything traded with a customer."""
    return store.of(session.book, customer_id)


def add(session: Session, customer_id: int, record: Record) -> Record:
    """Store a new record of a customer, checked; returns it with its id. Raises Problem."""
    customer = existing(session, customer_id)
    ready = _ready(session, record)
    label = Message(N_("{record} for {name}"), {"record": KIND[type(record)], "name": customer.name})
    with session.operation(label):
        record_id = store.add(session.book, customer_id, ready)
    return replace(ready, id=record_id, version=1)


def change(session: Session, customer_id: int, record: Record) -> None:
    """Store a changed record. Raises Problem for what cannot be stored, or when another program has changed it."""
    customer = existing(session, customer_id)
    label = Message(N_("Changed the {record} for {name}"), {"record": KIND[type(record)], "name": customer.name})
    with session.operation(label):
        store.update(session.book, record)


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
