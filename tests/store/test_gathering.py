"""New rows that are gathered and written together leave the same book and the same history as one at a time."""

from __future__ import annotations

import json
from contextlib import nullcontext, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from tests.builders import TODAY, a_session
from tui_crm.domain.messages import Message
from tui_crm.domain.values import Activity, Contact, Customer, NextStep, Quote, Reach
from tui_crm.store import trade, writing
from tui_crm.usecases import history
from tui_crm.usecases.session import Session

ANNA = Contact("Anna", "CEO", (Reach("email", "anna@nord.example"), Reach("phone", "+49 40 555 010")), True)
NORD = Customer("Nord GmbH", "DE", tags=("price", "Price", "new"), contacts=(ANNA,), custom={"No.": "A-1"})


def write(session: Session, customer: Customer, row_hash: str) -> int:
    book = session.book
    made = writing.add_customer(book, customer, TODAY, owner="mei")
    writing.add_activity(book, made, Activity(session.now, "email", "asked for 5000"), "mei")
    writing.set_next_step(book, made, NextStep(TODAY, "call", set_on=TODAY), "mei")
    trade.add(book, made, Quote(TODAY, "USD", 8_600))
    writing.remember_imported(book, made, [row_hash, "shared"])
    return made


def told(session: Session, op_id: int) -> list[tuple[object, ...]]:
    """The history of an operation without what differs from run to run."""
    rows = session.book.rows("SELECT tbl, row_id, customer_id, old, new FROM change WHERE op_id = ?", (op_id,))
    plain = [(table, row, customer, old, json.loads(new)) for table, row, customer, old, new in rows]
    for *_, new in plain:
        new.pop("uid", None), new.pop("happened_at", None)
    return sorted(plain, key=lambda row: (str(row[0]), row[1]))


def test_the_history_is_that_of_the_triggers(tmp_path: Path) -> None:
    kept = []
    for name in ("one", "many"):
        session = a_session(tmp_path / name)
        with (
            session.operation(Message("Imported")) as op_id,
            session.book.gathering() if name == "many" else nullcontext(),
        ):
            write(session, NORD, "a")
            write(session, Customer("Süd SARL", tags=("price",)), "b")
        kept.append(told(session, op_id))
        assert len(session.book.rows("SELECT 1 FROM imported_row")) == 3
    assert kept[0] == kept[1]
    assert {row[0] for row in kept[0]} >= {
        "customer",
        "contact",
        "reach",
        "activity",
        "next_step",
        "tag",
        "customer_tag",
    }


def test_rows_written_afterwards_have_their_history_from_the_triggers_again(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    with session.operation(Message("Imported")) as op_id:
        with session.book.gathering():
            made = write(session, NORD, "a")
        before = len(told(session, op_id))
        writing.add_activity(session.book, made, Activity(session.now, "email", "more"))
        assert len(told(session, op_id)) == before + 1
    history.undo(session)
    assert session.book.value("SELECT count(*) FROM customer") == 0


def test_what_goes_wrong_leaves_nothing_gathered(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    with pytest.raises(ZeroDivisionError), session.operation(Message("Imported")), session.book.gathering():
        write(session, NORD, "a")
        raise ZeroDivisionError
    assert session.book.gathered is None
    assert session.book.value("SELECT count(*) FROM customer") == 0


def test_rows_that_cannot_be_written_end_the_operation_even_where_nobody_minds(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    with pytest.raises(dbapi2.OperationalError), session.operation(Message("Imported")):
        write(session, NORD, "a")
        with suppress(dbapi2.IntegrityError), session.book.gathering():
            write(session, replace(NORD, name="Süd"), "b")
            writing.insert(session.book, "customer", {"uid": "c", "name": ""})
    assert session.book.value("SELECT count(*) FROM customer") == 0
    assert history.operations(session) == []
