"""Bringing a book in JSON in: what it would change is counted first, then all of it is done as one operation.

The file is read twice, a few hundred customers at a time; it may be larger than the memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from ..domain.messages import N_, Message, Problem
from ..domain.names import company_key
from ..domain.text import visible
from ..domain.vocabulary import fold
from ..exchange.json_book import read
from ..exchange.json_format import LISTS, OWN, RECORDS, SHARED, Document
from ..exchange.json_merge import Merged, Verdict, added, merged
from ..store import erasing, whole, writing
from .history import IMPORTED
from .indexing import leave_many_out
from .json_documents import Stored, columns, shared_documents, stored
from .session import Session

_AT_ONCE = 200
_MOST_TOLD = 200
_KB = 1024
_NOTHING = Merged(None, (), ())

Progress = Callable[[int], None]
"""Told how many customers are read or written; may raise to stop."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A customer where file and book contradict each other, and in what: `name` for its own fields, else the kind of record.
    `erased` where the file has somebody who was erased here."""

    customer: str
    uid: str
    what: tuple[str, ...]
    erased: bool = False


@dataclass(slots=True)
class BookPlan:
    """What a book in JSON would change. `customers` are counted by verdict; `records` are those to be written, by kind;
    `shared` are tags, fields and rates that are new. `told` are the first contradictions; the book's side stays in all."""

    path: Path
    customers: dict[Verdict, int] = field(default_factory=lambda: {"new": 0, "update": 0, "same": 0, "conflict": 0})
    records: dict[str, int] = field(default_factory=dict)
    shared: dict[str, int] = field(default_factory=dict)
    told: list[Conflict] = field(default_factory=list)
    erased: int = 0
    writes: int = 0

    @property
    def changes(self) -> bool:
        """Whether there is anything to bring in."""
        return bool(self.writes or any(self.shared.values()))

    @property
    def total(self) -> int:
        """How many customers the file has."""
        return sum(self.customers.values())


def read_book(session: Session, path: Path, progress: Progress | None = None) -> BookPlan:
    """Read a book in JSON and count what it would change; nothing is written. Raises Problem for a file that is none or has
    what a book cannot hold."""
    plan = BookPlan(path)
    for _step in _walk(session, plan, progress, N_("reading")):
        pass
    return plan


def apply_book(session: Session, plan: BookPlan, progress: Progress | None = None) -> None:
    """Do what the plan counted, as one operation that one undo takes back. Raises Problem, with nothing written, where file or
    book have changed since."""
    again = BookPlan(plan.path)
    with session.operation(Message(IMPORTED, {"count": plan.writes})):
        leave_many_out(session, plan.customers["new"])
        writer = _Writer(session)
        steps = _walk(session, again, progress, N_("bringing in"))
        while chunk := list(islice(steps, _AT_ONCE)):
            writer.write(chunk)
        writer.finish()
        if (again.customers, again.records, again.shared) != (plan.customers, plan.records, plan.shared):
            raise Problem(N_("{file} or the book has changed since the preview; nothing was changed. Look at it again."),
                          file=visible(plan.path.name))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing to write: what a file brings to a customer, or a shared record of this `section`."""

    section: str
    record: Document
    merged: Merged | None = None
    known: Stored | None = None


def _walk(session: Session, plan: BookPlan, progress: Progress | None, doing: str) -> Iterator[_Step]:
    """Everything of the file that is to be written, counted in the plan."""
    shared = {section: {_key(section, one) for one in shared_documents(session.book, section)} for section in SHARED}
    elsewhere = _Elsewhere(session)
    entries = read(plan.path, lambda at, size: session.book.tell(doing, at // _KB, -(-size // _KB)))
    while chunk := list(islice(entries, _AT_ONCE)):
        for section, record in chunk:
            if section != "customers" and _key(section, record) not in shared[section]:
                shared[section].add(_key(section, record))
                plan.shared[section] = plan.shared.get(section, 0) + 1
                yield _Step(section, record)
        customers = [record for section, record in chunk if section == "customers"]
        yield from _customers(session, customers, elsewhere, plan)
        if progress:
            progress(plan.total)


def _customers(session: Session, theirs: list[Document], elsewhere: _Elsewhere, plan: BookPlan) -> Iterator[_Step]:
    ids = whole.ids_of(session.book, (one["uid"] for one in theirs))
    known = stored(session.book, sorted(ids.values()))
    gone = erasing.erased_uids(session.book, _people(theirs))
    for one in theirs:
        if one["uid"] in gone:
            _count(plan, one, _NOTHING, erased=True)
            continue
        ours = known.get(ids.get(one["uid"], 0))
        without = _without(one, gone)
        result = added(without) if ours is None else elsewhere.left_out(merged(ours.document, without), ours)
        _count(plan, one, result, erased=without is not one)
        if result.writes:
            yield _Step("customers", one, result, ours)


def _people(customers: Iterable[Document]) -> list[str]:
    return [uid for one in customers for uid in (one["uid"], *(contact["uid"] for contact in one["contacts"]))]


def _without(customer: Document, gone: set[str]) -> Document:
    """The customer without people who were erased here."""
    if not any(contact["uid"] in gone for contact in customer["contacts"]):
        return customer
    return customer | {"contacts": [contact for contact in customer["contacts"] if contact["uid"] not in gone]}


def _count(plan: BookPlan, customer: Document, result: Merged, erased: bool) -> None:
    plan.customers[result.verdict] += 1
    plan.writes += result.writes
    plan.erased += erased
    for section, _record, _known in result.records:
        plan.records[section] = plan.records.get(section, 0) + 1
    if (result.conflicts or erased) and len(plan.told) < _MOST_TOLD:
        plan.told.append(Conflict(customer["name"], customer["uid"], result.conflicts, erased))


def _key(section: str, record: Document) -> tuple[str, ...]:
    """What makes two shared records one."""
    if section == "rates":
        return record["currency"], record["own"], record["since"]
    return (fold(record["name"]),)


class _Elsewhere:
    """Knows the records that another customer of the book has: after a merge the same record stands under another one."""

    def __init__(self, session: Session) -> None:
        self._book = session.book
        self._owners: dict[str, dict[str, int]] = {}

    def left_out(self, result: Merged, ours: Stored) -> Merged:
        """What a file brings to a customer, without new records that another customer has: they are a contradiction."""
        kept, conflicts = [], list(result.conflicts)
        for section, record, known in result.records:
            if not known and "uid" in record and self._owner(section, record["uid"]) not in (None, ours.id):
                conflicts.append(section)
            else:
                kept.append((section, record, known))
        return Merged(result.own, tuple(kept), result.lists, tuple(dict.fromkeys(conflicts)), result.new)

    def _owner(self, section: str, uid: str) -> int | None:
        if section not in self._owners:
            self._owners[section] = dict(whole.all_uids(self._book, RECORDS[section].table))
        return self._owners[section].get(uid)


class _Writer:
    """Writes step after step. Which customer was merged into which can only be written once all are there."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._book = session.book
        self._merged: dict[int, str] = {}

    def write(self, steps: Sequence[_Step]) -> None:
        """Write a few hundred things; new customers last, all together."""
        for step in steps:
            if step.merged is None:
                self._shared(step.section, step.record)
            elif step.known is not None:
                self._customer(step, step.merged)
        with self._book.gathering():
            for step in steps:
                if step.merged is not None and step.known is None:
                    self._customer(step, step.merged)

    def _customer(self, step: _Step, result: Merged) -> None:
        customer = step.known.id if step.known else None
        if result.own:
            customer = self._own(result.own, customer)
        assert customer is not None
        ids = {section: dict(known) for section, known in (step.known.ids if step.known else {}).items()}
        for section, record, known in result.records:
            self._record(customer, section, record, ids, known)
        items: dict[str, list[str]] = {name: [] for name in LISTS}
        for name, item in result.lists:
            items[name].append(item)
        writing.add_tags(self._book, customer, items["tags"])
        writing.remember_imported(self._book, customer, items["imported"])

    def _own(self, own: Document, customer: int | None) -> int:
        row = columns(OWN, own, {}) | {"company_key": company_key(own["name"])}
        into = row.pop("merged_into")
        customer = whole.put(self._book, "customer", row, customer)
        if into is not None:
            self._merged[customer] = into
        return customer

    def _record(
        self, customer: int, section: str, record: Document, ids: dict[str, dict[str, int]], known: bool
    ) -> None:
        kind = RECORDS[section]
        row: dict[str, Any] = columns(kind, record, ids) | {"customer_id": customer}
        mine = ids.setdefault(section, {})
        stored_id = whole.put(self._book, kind.table, row, mine[record["uid"]] if known else None)
        if "uid" in record:
            mine[record["uid"]] = stored_id
        if section == "contacts":
            reaches = ((reach["kind"], reach["value"]) for reach in record["reaches"])
            whole.put_reaches(self._book, customer, stored_id, reaches)

    def _shared(self, section: str, record: Document) -> None:
        row = columns(SHARED[section], record, {})
        if section != "rates":
            row["key"] = fold(record["name"])
        whole.put(self._book, SHARED[section].table, row)

    def finish(self) -> None:
        """Write who was merged into whom, where that customer is in the book."""
        there = whole.ids_of(self._book, set(self._merged.values()))
        whole.point(self._book, {one: there[into] for one, into in self._merged.items() if into in there})
