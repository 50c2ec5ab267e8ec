"""A book as JSON: nothing is lost on the way out and in again, versions decide, and hostile files write nothing."""

import io
import json
import random
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_customer, a_session, days_ago, in_days
from tui_crm.domain.messages import Problem
from tui_crm.domain.reach import KINDS as REACHES
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
    TAG_COLORS,
    TEMPERATURES,
)
from tui_crm.exchange.json_book import is_json, read
from tui_crm.exchange.json_book import write as write_book
from tui_crm.exchange.json_format import OWN, RECORDS, SHARED, Document, Kind
from tui_crm.usecases import customers, exporting, history, merging
from tui_crm.usecases.json_books import BookPlan, apply_book, read_book
from tui_crm.usecases.session import Session

TEXTS = ("", "", "Nord GmbH", "深圳市德利", "line\nand line", '"quoted\\"', "شركة", "=1+1", "a" * 500)

CODES = {
    ("customer", "country"): ("", "DE", "CN"), ("customer", "kind"): KINDS, ("customer", "source"): SOURCES,
    ("customer", "grade"): GRADES, ("contact", "rank"): RANKS, ("contact", "role"): ROLES, ("activity", "channel"): CHANNELS,
    ("activity", "stage"): ("", *STAGES), ("activity", "outcome"): OUTCOMES, ("next_step", "channel"): ("", *CHANNELS),
    ("sales_order", "kind"): ORDER_KINDS, ("payment", "kind"): ("", *PAYMENT_KINDS), ("shipment", "mode"): MODES,
}  # fmt: skip


class Maker:
    """Random documents of every kind of record; what one refers to is there."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.made = 0

    def uid(self) -> str:
        self.made += 1
        return f"u{self.made}"

    def customer(self, others: list[str]) -> Document:
        found = self.record(OWN, {}) | {"archived": bool(others and self.random.random() < 0.3)}
        found["merged_into"] = self.random.choice(others) if found["archived"] else None
        found |= {"tags": self.random.sample(["hot", "价敏感", "new tag"], 2), "imported": [self.uid()]}
        for section, kind in RECORDS.items():
            found[section] = [self.record(kind, found) for _ in range(self.random.randrange(3))]
        for step in found["steps"][1:]:
            step["status"] = "done"
        return found

    def record(self, kind: Kind, customer: Document) -> Document:
        return {field.name: self.value(kind, field.name, field.refers, customer) for field in kind.fields}

    def value(self, kind: Kind, name: str, refers: str, customer: Document) -> Any:
        choose = self.random.choice
        fixed: dict[str, Callable[[], Any]] = {
            "uid": self.uid, "version": lambda: self.random.randrange(1, 9), "temperature": lambda: choose(TEMPERATURES),
            "archived": lambda: False, "main": lambda: choose((True, False)), "merged_into": lambda: None,
            "custom": lambda: {"内部编号": choose(TEXTS[2:]), "Credit": choose(TEXTS)},
            "choices": lambda: ["a", "b c"], "rate": lambda: choose(("7.12", "0.0085")), "sha256": lambda: "0f" * 32,
            "currency": lambda: f"X{chr(65 + self.made % 26)}{chr(65 + self.made // 26 % 26)}", "own": lambda: "CNY",
            "happened_at": lambda: "2026-11-21T08:30:00.000Z", "color": lambda: choose(TAG_COLORS),
            "reaches": lambda: [{"kind": choose(REACHES), "value": f"{self.uid()}@x.example"}],
        }  # fmt: skip
        if refers:
            return choose([None, *(record["uid"] for record in customer[refers])])
        if name == "stage" and kind is OWN:
            return choose(STAGES)
        if name == "status":
            return "open"
        if name == "kind" and kind.table in ("custom_field", "reach"):
            return choose(CUSTOM_KINDS)
        if codes := CODES.get((kind.table, name)):
            return choose(codes)
        if name in fixed:
            return fixed[name]()
        if name == "name":
            return f"{choose(TEXTS[2:4])} {self.uid()}"
        if name.endswith(("_on", "_until")) or name == "since":
            return f"20{self.random.randrange(10, 40)}-0{self.random.randrange(1, 9)}-11"
        if name in ("price", "moq", "quantity", "amount", "deposit", "transit_days", "size"):
            return self.random.randrange(0, 10**9)
        return choose(TEXTS)


def a_file(tmp_path: Path, customers: list[Document], **shared: list[Document]) -> Path:
    out = io.BytesIO()
    write_book(out, {"at": "", "after": ""}, {section: shared.get(section, []) for section in SHARED}, customers)
    file = tmp_path / "book.json"
    file.write_bytes(out.getvalue())
    return file


def exported(session: Session, file: Path) -> list[str]:
    """The lines of an export, but for the one that says when it was made."""
    exporting.export(session, file, force=True)
    return [line for line in file.read_text(encoding="utf-8").split("\n") if not line.startswith(' "exported"')]


def brought_in(session: Session, file: Path) -> BookPlan:
    plan = read_book(session, file)
    apply_book(session, plan)
    return plan


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found = a_session(tmp_path)
    yield found
    found.close()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A book that stays empty, since nothing is ever written to it."""
    found = a_session(tmp_path_factory.mktemp("empty"))
    yield found
    found.close()


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_lost_on_the_way_out_and_in(tmp_path: Path, seed: int) -> None:
    maker = Maker(seed)
    documents: list[Document] = []
    for _ in range(5):
        documents.append(maker.customer([one["uid"] for one in documents if not one["merged_into"]]))
    shared = {section: [maker.record(kind, {}) for _ in range(3)] for section, kind in SHARED.items()}
    shared["tags"] += [{"name": name, "color": ""} for name in ("hot", "价敏感", "new tag")]
    file = a_file(tmp_path, documents, **shared)
    first, second = a_session(tmp_path, name="a.db"), a_session(tmp_path, name="b.db")

    assert brought_in(first, file).customers["new"] == 5
    lines = exported(first, tmp_path / "a.json")
    assert [record for section, record in read(tmp_path / "a.json") if section == "customers"] == documents
    brought_in(second, tmp_path / "a.json")
    assert exported(second, tmp_path / "b.json") == lines
    assert not read_book(second, file).changes
    assert len(history.operations(second)) == 1
    history.undo(second)
    assert second.book.value("SELECT count(*) FROM customer") == 0


def test_what_the_book_has_goes_by_its_version(session: Session, tmp_path: Path) -> None:
    newer, older, torn, new = (a_customer(session, name=name) for name in ("Newer", "Older", "Torn", "New"))
    a_customer(session, name="Same", last_contact=days_ago(3), promised=in_days(3), action="call")
    file = tmp_path / "book.json"
    exporting.export(session, file)
    document = json.loads(file.read_text(encoding="utf-8"))
    by_name = {one["name"]: one for one in document["customers"]}
    by_name["Newer"] |= {"version": 5, "city": "Kiel"}
    by_name["Newer"]["activities"].append(
        {"uid": "x1", "happened_at": "2026-11-01T10:00:00.000Z", "note": "met at the fair"}
    )
    by_name["Torn"] |= {"city": "Bonn"}
    by_name["New"]["uid"] = by_name["New"]["contacts"][0]["uid"] = "another"
    file.write_text(json.dumps(document), encoding="utf-8")
    customers.edit_customer(session, older, 1, {"city": "Ulm"})

    plan = read_book(session, file)
    assert plan.customers == {"new": 1, "update": 1, "same": 2, "conflict": 1}
    assert [(one.customer, one.what) for one in plan.told] == [("Torn", ("name",))]
    apply_book(session, plan)
    assert not read_book(session, file).changes

    def city(customer: int) -> str:
        return str(session.book.value("SELECT city FROM customer WHERE id = ?", (customer,)))

    assert [city(one) for one in (newer, older, torn)] == ["Kiel", "Ulm", ""]
    assert session.book.value("SELECT note FROM activity WHERE uid = 'x1'") == "met at the fair"
    assert session.book.value("SELECT count(*) FROM customer WHERE name = 'New'") == 2
    assert new


def test_after_a_merge_an_old_file_brings_nothing_back(session: Session, tmp_path: Path) -> None:
    keep, other = (a_customer(session, name=name, last_contact=days_ago(2)) for name in ("Keep", "Other"))
    exporting.export(session, tmp_path / "book.json")
    merging.merge(session, keep, other)
    plan = read_book(session, tmp_path / "book.json")
    assert (plan.changes, plan.customers["conflict"]) == (False, 1)


def test_a_file_that_changes_after_the_preview_is_not_brought_in(session: Session, tmp_path: Path) -> None:
    maker = Maker(7)
    file = a_file(tmp_path, [maker.customer([])])
    plan = read_book(session, file)
    a_file(tmp_path, [maker.customer([]), maker.customer([])])
    with pytest.raises(Problem, match="changed since the preview"):
        apply_book(session, plan)
    assert session.book.value("SELECT count(*) FROM customer") == 0


HEAD = '{"program": "tui-crm", "format": 1, '
CUSTOMER: Document = {"uid": "u1", "name": "Nord", "created_on": "2026-01-01"}


def with_customer(**fields: object) -> str:
    return HEAD + f'"customers": [{json.dumps(CUSTOMER | fields)}]}}'


HOSTILE = {
    "another program's": ('{"customers": []}', "no book of crm"),
    "a list": ("[1, 2]", "no book of crm"),
    "of a newer program": ('{"program": "tui-crm", "format": 2, "customers": []}', "newer crm"),
    "cut off": (HEAD + '"customers": [{"uid": "u1", "na', "damaged or cut off at line 1"),
    "no end": (HEAD + '"customers": []', "damaged"),
    "more behind it": (HEAD + '"customers": []} {}', "damaged"),
    "a comma too many": (HEAD + '"customers": [{"uid": "u", "name": "N", "created_on": "2026-01-01"},]}', "damaged"),
    "a depth bomb": (HEAD + '"customers": ' + "[" * 100_000, "damaged"),
    "an unknown part": (HEAD + '"weapons": []}', "no such part"),
    "a part twice": (HEAD + '"customers": [], "customers": []}', "not twice"),
    "a field twice": (HEAD + '"customers": [{"uid": "a", "uid": "b"}]}', "stands twice"),
    "an unknown field": (with_customer(shoes=9), "customers 1: there is no field “shoes”"),
    "no list": (HEAD + '"customers": {}}', "customers: it is no list"),
    "no record": (HEAD + '"customers": [7]}', "customers 1: “7” is no record"),
    "no name": (HEAD + '"customers": [{"uid": "u1", "created_on": "2026-01-01"}]}', "name: it is missing"),
    "a number for a text": (with_customer(city=7), "city: “7” is no text"),
    "no day": (with_customer(created_on="2026-02-30"), "“2026-02-30” is no day"),
    "a day in another form": (with_customer(created_on="20260211"), "is no day"),
    "an unknown temperature": (with_customer(temperature="boiling"), "“boiling” is not known"),
    "a country by its name": (with_customer(country="Germany"), "“Germany” is no country"),
    "an unknown status": (with_customer(samples=[{"uid": "s", "status": "lost"}]), "samples 1, status: “lost” is not known"),
    "a float of money": (with_customer(orders=[{"uid": "o", "ordered_on": "2026-01-01", "currency": "USD", "amount": 1.5}]),
                         "orders 1, amount: “1.5” is no whole number"),
    "an endless number": (with_customer(orders=[{"uid": "o", "ordered_on": "2026-01-01", "currency": "USD",
                                                 "amount": 10**30}]), "no whole number"),
    "not a number": (with_customer().replace('"Nord"', "NaN"), "NaN is no number"),
    "no instant": (with_customer(activities=[{"uid": "a", "happened_at": "yesterday"}]), "is no instant"),
    "an instant without a zone": (with_customer(activities=[{"uid": "a", "happened_at": "2026-01-01T10:00:00"}]), "no instant"),
    "half a character": (with_customer(city="@").replace("@", "\\ud800"), "is broken"),
    "a uid twice": (with_customer(contacts=[{"uid": "c"}, {"uid": "c"}]), "two of them have the uid c"),
    "a customer twice": (HEAD + f'"customers": [{json.dumps(CUSTOMER)}, {json.dumps(CUSTOMER)}]}}', "two of them"),
    "a uid that is none": (with_customer(uid="../../x"), "is no uid"),
    "a reference to nothing": (with_customer(payments=[{"uid": "p", "paid_on": "2026-01-01", "currency": "USD", "amount": 1,
                                                        "order": "gone"}]), "not among this customer's orders"),
    "two open steps": (with_customer(steps=[{}, {"due_on": "2026-01-01"}]), "more than one of them is open"),
    "a path for a content": (with_customer(attachments=[{"uid": "a", "name": "x", "sha256": "../x", "size": 1,
                                                         "added_on": "2026-01-01"}]), "no SHA-256"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_and_nothing_written(empty: Session, tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(text, encoding="utf-8")
    assert is_json(file)
    with pytest.raises(Problem) as problem:
        apply_book(empty, read_book(empty, file))
    assert said in str(problem.value)
    assert len(str(problem.value)) < 400
    assert not history.operations(empty)


def test_a_file_in_another_coding_is_refused(empty: Session, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_bytes((HEAD + '"customers": [{"name": "深圳').encode("gb18030"))
    with pytest.raises(Problem, match="not in UTF-8"):
        read_book(empty, file)


def test_a_large_file_is_never_in_memory_whole(tmp_path: Path) -> None:
    note = "x" * 100_000
    file = tmp_path / "large.json"
    with file.open("w", encoding="utf-8") as out:
        rows = (json.dumps({**CUSTOMER, "uid": f"u{n}", "remarks": note}) for n in range(200))
        out.write(HEAD + '"customers": [' + ",\n".join(rows) + "]}")
    tracemalloc.start()
    assert sum(1 for _entry in read(file)) == 200
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < file.stat().st_size // 4
