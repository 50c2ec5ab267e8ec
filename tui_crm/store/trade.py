"""What was traded, as rows: one table for each kind of record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

from ..domain.messages import N_, Problem
from ..domain.values import Invoice, Order, Payment, Quote, Record, Sample, Shipment, Trade
from .book import new_uid
from .rows import day, grouped, marks
from .writing import insert

if TYPE_CHECKING:
    from .book import Book

AnyRecord = TypeVar("AnyRecord", Quote, Sample, Invoice, Order, Payment, Shipment)

TABLES: Mapping[type, str] = {
    Quote: "quote",
    Sample: "sample",
    Invoice: "invoice",
    Order: "sales_order",
    Payment: "payment",
    Shipment: "shipment",
}

_COLUMNS: Mapping[type, tuple[str, ...]] = {kind: tuple(f.name for f in fields(kind)) for kind in TABLES}
_DAYS: Mapping[type, frozenset[int]] = {
    kind: frozenset(at for at, name in enumerate(names) if name.endswith(("_on", "_until")))
    for kind, names in _COLUMNS.items()
}


def of_customers(book: Book, customers: Sequence[int]) -> dict[int, Trade]:
    """Everything traded with these customers; those without any trade are left out."""
    records = {kind: _records(book, kind, customers) for kind in TABLES}
    return {
        customer: Trade(
            records[Quote].get(customer, ()), records[Sample].get(customer, ()), records[Invoice].get(customer, ()),
            records[Order].get(customer, ()), records[Payment].get(customer, ()), records[Shipment].get(customer, ()),
        )
        for customer in {customer for found in records.values() for customer in found}
    }  # fmt: skip


def of(book: Book, customer: int) -> Trade:
    """Everything traded with a customer, each kind newest first."""
    return of_customers(book, [customer]).get(customer, Trade())


def _records(book: Book, kind: type, customers: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    rows = book.rows(
        f"SELECT customer_id, {', '.join(_COLUMNS[kind])} FROM {TABLES[kind]} "
        f"WHERE customer_id IN ({marks(customers)}) ORDER BY id DESC",
        customers,
    )
    return grouped((customer, read(kind, row)) for customer, *row in rows)


def read(kind: type[AnyRecord], row: Sequence[Any]) -> AnyRecord:
    """A record from its columns in the order of its fields."""
    days = _DAYS[kind]
    values: list[Any] = [day(value) if at in days else value for at, value in enumerate(row)]
    return kind(*values)


def one(book: Book, kind: type[AnyRecord], record_id: int) -> AnyRecord | None:
    """A record by its id."""
    rows = book.rows(f"SELECT {', '.join(_COLUMNS[kind])} FROM {TABLES[kind]} WHERE id = ?", (record_id,))
    return read(kind, rows[0]) if rows else None


def several(book: Book, kind: type[AnyRecord], ids: Sequence[int]) -> dict[int, AnyRecord]:
    """Records of one kind by their ids."""
    columns = _COLUMNS[kind]
    rows = book.rows(f"SELECT {', '.join(columns)} FROM {TABLES[kind]} WHERE id IN ({marks(ids)})", ids)
    return {row[columns.index("id")]: read(kind, row) for row in rows}


def add(book: Book, customer: int, record: Record) -> int:
    """Store a record of a customer; returns its id."""
    return insert(book, TABLES[type(record)], record_row(record) | {"customer_id": customer})


def record_row(record: Record) -> dict[str, object]:
    """The columns of a new record, without whose."""
    row: dict[str, object] = {
        name: getattr(record, name) for name in _COLUMNS[type(record)] if name not in ("id", "version")
    }
    return row | {"uid": record.uid or new_uid()}


def update(book: Book, record: Record) -> None:
    """Store a changed record. Refuses (Problem) when it is no longer the version that was read."""
    from . import models  # with peewee: what only reads does without

    model = getattr(models, type(record).__name__)
    row = {name: getattr(record, name) for name in _COLUMNS[type(record)] if name not in ("id", "uid", "version")}
    query = model.update(**row, version=model.version + 1).where(
        (model.id == record.id) & (model.version == record.version)
    )
    if book.execute(query) == 0:
        raise Problem(
            N_(
                "This has been changed in the meantime; nothing was overwritten. Look at it again and repeat your change."
            )
        )


def remove(book: Book, record: Record) -> None:
    """Take a record away; history keeps it, and what refers to it refers to nothing."""
    for table, column in _REFERENCES.get(type(record), ()):
        book.run(f"UPDATE {table} SET {column} = NULL, version = version + 1 WHERE {column} = ?", (record.id,))
    book.run(f"DELETE FROM {TABLES[type(record)]} WHERE id = ?", (record.id,))


_REFERENCES: Mapping[type, tuple[tuple[str, str], ...]] = {
    Quote: (("invoice", "quote_id"), ("sales_order", "quote_id")),
    Invoice: (("sales_order", "invoice_id"), ("payment", "invoice_id")),
    Order: (("payment", "order_id"), ("shipment", "order_id")),
}
