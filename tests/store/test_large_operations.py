"""Operations of many rows: turned round table by table, with the history that the triggers would write, whole or not at all."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session, in_days
from tests.store.test_gathering import NORD, write
from tests.store.test_history import contents
from tui_crm.domain.messages import Message, Problem
from tui_crm.domain.values import Customer
from tui_crm.store import gathering, index, turning
from tui_crm.usecases import bulk, finding, history, planning
from tui_crm.usecases.session import Session, Stopped

Row = tuple[object, ...]


@pytest.fixture
def as_large(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A few rows count as many."""
    monkeypatch.setattr(turning, "MANY", 0)
    monkeypatch.setattr(index, "_MANY", 1)
    yield


def imported(session: Session) -> int:
    """Two companies with people, a log, steps, tags, quotes and remembered rows, beside one that was there; the operation."""
    a_customer(session, name="There before", tags=("price",))
    with session.operation(Message("Imported")) as op_id, session.book.gathering():
        write(session, NORD, "a")
        write(session, Customer("Süd SARL", tags=("price",)), "b")
    return op_id


def inverse(session: Session, op_id: int) -> list[Row]:
    """What undoing it writes into history, as the triggers would: rows, whose they are, and how they were."""
    rows = session.book.rows("SELECT tbl, row_id, customer_id, new, old FROM change WHERE op_id = ?", (op_id,))
    return sorted(rows, key=repr)


def written(session: Session) -> list[Row]:
    rows = session.book.rows(
        "SELECT tbl, row_id, customer_id, old, new FROM change WHERE op_id = (SELECT max(id) FROM op)"
    )
    return sorted(rows, key=repr)


@pytest.mark.usefixtures("as_large")
def test_an_import_is_taken_back_and_brought_again_with_all_its_history(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    before = contents(session)
    op_id = imported(session)
    end = contents(session)
    undone = history.undo(session, op_id)
    assert written(session) == inverse(session, op_id)
    assert "There before" in str(contents(session)["customer"])
    assert finding.find(session, "nord").rows == finding.find(session, "asked").rows == ()
    history.redo(session, op_id)
    assert written(session) == inverse(session, undone.id)
    assert contents(session) == end
    assert len(finding.find(session, "nord").rows) == 1
    for _ in range(2):
        history.undo(session)
    assert contents(session) == before


@pytest.mark.usefixtures("as_large")
def test_changed_rows_go_back_with_history_and_what_came_later_is_named(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    many = [a_customer(session, "cold", promised=TODAY) for _ in range(3)]
    before = contents(session)
    for act in (bulk.Act("temperature", "hot"), bulk.Act("snooze", "5"), bulk.Act("tag", "fair")):
        bulk.do(session, bulk.plan(session, many, act))
        (done,) = history.operations(session, 1)
        planning.set_grade(session, many[1], "A")
        if act.kind == "temperature":
            with pytest.raises(Problem, match="changed the same"):
                history.undo(session, done.id)
        history.undo(session)
        history.undo(session)
        assert written(session) == inverse(session, done.id)
    left = contents(session)
    assert left.pop("tag") == before.pop("tag")
    assert left == before


def rests(session: Session) -> tuple[object, ...]:
    """What a stopped operation must leave as it is, beside the rows."""
    made = session.book.rows("SELECT name FROM sqlite_master ORDER BY 1")
    return (
        made,
        session.book.rows("SELECT * FROM find_customer_config"),
        session.book.rows("SELECT count(*) FROM change"),
    )


@pytest.mark.usefixtures("as_large")
@pytest.mark.parametrize(
    "phase",
    ["looking for what is in the way", "putting back", "bringing the lists up to date", "tidying the search index"],
)
def test_a_large_undo_that_is_stopped_leaves_the_book_as_it_was(tmp_path: Path, phase: str) -> None:
    session = a_session(tmp_path)
    op_id = imported(session)
    before, rest = contents(session), rests(session)
    asked: list[str] = []
    with pytest.raises(Stopped), session.watched(lambda what, _n, _of: asked.append(what), lambda: phase in asked):
        history.undo(session)
    assert (contents(session), rests(session)) == (before, rest)
    assert len(finding.find(session, "nord").rows) == 1
    history.undo(session)
    assert written(session) == inverse(session, op_id)


KILLED = """
import os, sys
from pathlib import Path
from tui_crm.config import Settings
from tui_crm.store import index, turning
from tui_crm.usecases import history
from tui_crm.usecases.session import open_session
turning.MANY, index._MANY = 0, 1
session = open_session(Path(sys.argv[1]), Settings(name="me"))
with session.watched(lambda what, _n, _of: what == "tidying the search index" and os._exit(9), lambda: False):
    history.undo(session)
"""


def test_a_large_undo_that_is_killed_leaves_the_book_as_it_was(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    imported(session)
    before, rest = contents(session), rests(session)
    session.close()
    ended = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "book.db")], check=False)
    assert ended.returncode == 9
    session = a_session(tmp_path)
    assert (contents(session), rests(session)) == (before, rest)
    assert len(finding.find(session, "nord").rows) == 1


# The history that triggers are told to leave -------------------------------------------------------------------------


def test_a_statement_met_while_triggers_were_silent_has_its_history_afterwards(tmp_path: Path) -> None:
    """A connection keeps prepared statements: one prepared without its trigger must not be used again."""
    session = a_session(tmp_path)
    customer = a_customer(session)
    sql = "INSERT INTO next_step (customer_id, due_on, status) VALUES (?, ?, 'done')"
    with session.operation(Message("test")) as op_id:
        with gathering.history_left_alone(session.book, [("next_step", "insert")]):
            session.book.run(sql, (customer, in_days(1).isoformat()))
        session.book.run(sql, (customer, in_days(2).isoformat()))
        told = session.book.rows("SELECT new FROM change WHERE op_id = ?", (op_id,))
    assert [json.loads(new)["due_on"] for (new,) in told] == [in_days(2).isoformat()]


def test_only_the_triggers_that_are_named_are_silent(tmp_path: Path) -> None:
    """What a deleted row takes along, which nobody expected, has its history all the same."""
    session = a_session(tmp_path)
    customer = a_customer(session)
    with session.operation(Message("test")) as op_id:
        with gathering.history_left_alone(session.book, [("customer", "delete")]):
            session.book.run("DELETE FROM customer WHERE id = ?", (customer,))
        told = session.book.rows("SELECT tbl FROM change WHERE op_id = ? ORDER BY 1", (op_id,))
    assert told == [("contact",), ("reach",)]


def test_an_error_while_gathered_rows_are_written_leaves_no_row_without_history(tmp_path: Path) -> None:
    """Not even where somebody goes on after it."""
    session = a_session(tmp_path)
    a_customer(session)
    before = contents(session)
    try:
        with session.operation(Message("test")):
            try:
                with session.book.gathering():
                    write(session, NORD, "a")
                    session.book.gathered.add("activity", ("customer_id",), (1,))  # type: ignore[union-attr]
            except Exception:  # as a caller might that does not know better
                pass
    except Exception:
        pass
    assert contents(session) == before
