"""Customers of the book as documents: plain JSON values, in the form of a file that holds everything (docs/json.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

from ..domain.messages import N_
from ..exchange.json_book import write as write_file
from ..exchange.json_format import OWN, RECORDS, SHARED, Document, Kind
from ..exchange.outgoing import Outgoing, Written
from ..store import rows, whole
from ..store.book import instant_text
from .session import Session

if TYPE_CHECKING:
    from ..store.book import Book

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Stored:
    """A customer of the book: its id, its document, and by kind and uid the ids of its records."""

    id: int
    document: Document
    ids: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def write(session: Session, outgoing: Outgoing, stream: BinaryIO) -> Written:
    """Write customers, or everything there is, as one JSON document."""
    book = session.book
    exported = {"at": instant_text(outgoing.now), "after": whole.last_operation(book)}
    shared = {section: shared_documents(book, section) for section in SHARED}
    return Written(write_file(stream, exported, shared, _documents(book, outgoing.ids)))


def _documents(book: Book, customers: Sequence[int]) -> Iterator[Document]:
    for at in range(0, len(customers), _AT_ONCE):
        book.tell(N_("writing"), at, len(customers))
        chunk = customers[at : at + _AT_ONCE]
        found = stored(book, chunk)
        yield from (found[customer].document for customer in chunk if customer in found)


def shared_documents(book: Book, section: str) -> list[Document]:
    """What belongs to no customer: one of `SHARED`."""
    kind = SHARED[section]
    return [_record(kind, row, {}) for row in whole.shared_rows(book, kind.table, kind.columns)]


def stored(book: Book, customers: Sequence[int]) -> dict[int, Stored]:
    """These customers whole, by id."""
    records = {
        section: whole.rows_of(book, kind.table, _stored_columns(kind), customers) for section, kind in RECORDS.items()
    }
    reaches = whole.reaches_of(book, customers)
    tags, imported = rows.tags_of(book, customers), whole.imported_of(book, customers)
    found = {}
    for customer, own in whole.own_rows(book, OWN.columns, customers).items():
        document = _record(OWN, own, {}) | {
            "tags": list(tags.get(customer, ())), "imported": list(imported.get(customer, ())),
        }  # fmt: skip
        ids: dict[str, dict[str, int]] = {}
        names: dict[str, dict[int, str]] = {}
        for section, kind in RECORDS.items():
            mine = records[section].get(customer, [])
            if section == "contacts":
                mine = [row | {"reaches": _reaches(reaches.get(row["id"], ()))} for row in mine]
            document[section] = [_record(kind, row, names) for row in mine]
            if "uid" in kind.names:
                ids[section] = {row["uid"]: row["id"] for row in mine}
                names[section] = {row["id"]: row["uid"] for row in mine}
        found[customer] = Stored(customer, document, ids)
    return found


def _stored_columns(kind: Kind) -> list[str]:
    return [column for column in kind.columns if column != "reaches"]


def _reaches(pairs: Sequence[tuple[str, str]]) -> list[Document]:
    return [{"kind": kind, "value": value} for kind, value in pairs]


_FLAGS = ("archived", "main")


def _record(kind: Kind, row: Mapping[str, Any], names: Mapping[str, Mapping[int, str]]) -> Document:
    """A row as in a file: references by uid, flags, own values and choices as JSON has them."""
    record = {}
    for one in kind.fields:
        value = row[one.column or one.name]
        if one.refers:
            value = names[one.refers].get(value)
        elif one.name in _FLAGS:
            value = bool(value)
        elif one.name == "custom":
            value = json.loads(value)
        elif one.name == "choices":
            value = [choice for choice in value.split("\n") if choice]
        record[one.name] = value
    return record


def columns(kind: Kind, record: Document, ids: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """A record as its row: what `_record` made, turned back; `ids` are those of the customer's records."""
    row: dict[str, Any] = {}
    for one in kind.fields:
        value = record[one.name]
        if one.refers:
            value = ids.get(one.refers, {}).get(value)
        elif one.name in _FLAGS:
            value = int(value)
        elif one.name == "custom":
            value = json.dumps(value, ensure_ascii=False)
        elif one.name == "choices":
            value = "\n".join(value)
        if one.name != "reaches":
            row[one.column or one.name] = value
    return row
