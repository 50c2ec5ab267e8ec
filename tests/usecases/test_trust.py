"""Another tool at the book's file: whatever it does to history, rows or triggers is noticed; what crm does is not."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days
from tests.usecases.test_importing import NORD, SUED, a_sheet
from tui_crm.config import Settings
from tui_crm.domain.passphrases import LEAST
from tui_crm.store import migrations, schema, sealing, turning
from tui_crm.usecases import (
    backups,
    cards,
    doctor,
    encryption,
    forgetting,
    history,
    importing,
    persons,
    planning,
    trust,
)
from tui_crm.usecases.doctor import State
from tui_crm.usecases.session import Clock, Session, open_session


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with work of every kind in it: customers, a log, trade of a kind, an undo, a redo, a person erased, two backups."""
    session = a_session(tmp_path_factory.mktemp("trust"))
    first = a_customer(session, name="Acme", last_contact=days_ago(4), promised=in_days(3))
    a_customer(session, name="Nordic", remarks="asks for samples")
    gone = a_customer(session, name="Gone GmbH")
    backups.back_up(session)
    for days in ("3", "5", "9"):
        planning.snooze(session, first, days)
    planning.retag(session, first, ["vip"])
    history.undo(session)
    history.redo(session)
    history.undo(session)
    forgetting.forget(session, persons.behind(session, gone), "[erased]")
    planning.snooze(session, first, "12")
    backups.back_up(session)
    session.close()
    return session.book.path


@pytest.fixture
def session(written: Path, tmp_path: Path) -> Iterator[Session]:
    shutil.copytree(written.parent, tmp_path, dirs_exist_ok=True)
    found = a_session(tmp_path)
    yield found
    found.close()


def by_another_tool(session: Session, script: str) -> None:
    """What somebody does to the file with a tool that knows nothing of crm."""
    tool = dbapi2.connect(str(session.book.path), isolation_level=None)
    tool.executescript(f"PRAGMA foreign_keys = off; PRAGMA recursive_triggers = on; {script}")
    tool.close()


def noticed(session: Session) -> set[str]:
    """The checks of what can be trusted that call for a person."""
    return {found.check for found in trust.examine(session) if found.state is State.ATTENTION}


NO_TRIGGERS = "".join(
    f"DROP TRIGGER history_{table}_{event};" for table in ("customer", "next_step") for event in ("insert", "update", "delete")
)  # fmt: skip
AS_FIRST = "UPDATE op_now SET op_id = 1; {} UPDATE op_now SET op_id = NULL"
TAMPERED: dict[str, tuple[str, set[str]]] = {
    "a row edited, triggers dropped": (NO_TRIGGERS + "UPDATE customer SET name = 'Acme 2' WHERE id = 1", {"rows"}),
    "a row taken out": (NO_TRIGGERS + "DELETE FROM next_step WHERE id = 1", {"rows"}),
    "a row put in": (NO_TRIGGERS + "INSERT INTO next_step (customer_id) VALUES (2)", {"rows"}),
    "a row edited under an old operation": (AS_FIRST.format("UPDATE customer SET grade = 'S' WHERE id = 2;"), {"history"}),
    "what was written altered": ("UPDATE change SET new = replace(new, 'samples', 'offers') WHERE op_id = 2", {"history", "rows"}),
    "an old state altered": ("UPDATE change SET old = replace(old, '2026', '2025') WHERE op_id = 5", {"history"}),
    "a change taken out": ("DELETE FROM change WHERE id = (SELECT max(id) FROM change WHERE op_id = 1)", {"history"}),
    "a change put in": ("INSERT INTO change (op_id, tbl, row_id) VALUES (4, 'contact', 0)", {"history"}),
    "a change put in below": ("INSERT INTO change (id, op_id, tbl, row_id) VALUES (-5, 4, 'contact', 0)", {"history"}),
    "who it was": ("UPDATE op SET actor = 'you' WHERE id = 3", {"history"}),
    "when it was": ("UPDATE op SET at = replace(at, '2026', '2025') WHERE id = 3", {"history"}),
    "what it says it was": ("UPDATE op SET detail = '{}' WHERE id = 5", {"history"}),
    "marked as undone": ("UPDATE op SET reverted_by = 6 WHERE id = 4", {"history"}),
    "no longer marked as undone": ("UPDATE op SET reverted_by = NULL", {"history"}),
    "an operation taken out": ("DELETE FROM change WHERE op_id = 5; DELETE FROM seal WHERE op_id = 5; DELETE FROM op WHERE id = 5", {"history", "rows"}),
    "an operation put in": ("INSERT INTO op (uid, actor, at, kind, label) VALUES ('x', 'me', '2026-11-18T04:00:00.000Z', 'do', 'x')", {"history"}),
    "the seals taken off": ("DELETE FROM seal; UPDATE op SET chain = NULL", {"history", "heads"}),
    "where seals begin": ("UPDATE meta SET value = '99' WHERE key = 'unsealed'", {"history"}),
    "a seal with its salt": ("DELETE FROM seal WHERE op_id = 2", {"history"}),
    "the salt of what was not erased": ("UPDATE seal SET salt = NULL WHERE op_id = 2", {"history"}),
    "the last cut off": ("DELETE FROM change WHERE op_id > 10; DELETE FROM seal WHERE by_op > 10; DELETE FROM op WHERE id > 10", {"history", "rows", "heads"}),
    "the last cut off, with the counter and the row": (
        NO_TRIGGERS + "DELETE FROM change WHERE op_id = 12; DELETE FROM seal WHERE by_op = 12; DELETE FROM op WHERE id = 12;"
        "DELETE FROM next_step; INSERT INTO next_step SELECT r.new ->> 'id', r.new ->> 'customer_id', r.new ->> 'due_on',"
        " r.new ->> 'action', r.new ->> 'channel', r.new ->> 'reason', r.new ->> 'author', r.new ->> 'status', r.new ->> 'set_on'"
        " FROM change r WHERE tbl = 'next_step' AND new IS NOT NULL AND id IN (SELECT max(id) FROM change WHERE tbl = 'next_step' GROUP BY row_id);"
        "UPDATE sqlite_sequence SET seq = 11 WHERE name = 'op'", {"heads"}),
}  # fmt: skip
"""What another tool does, and the checks that notice."""


@pytest.mark.parametrize("what", TAMPERED)
def test_what_another_tool_does_is_noticed(session: Session, what: str) -> None:
    script, checks = TAMPERED[what]
    assert noticed(session) == set()
    assert trust.quick(session) is None
    by_another_tool(session, script)
    assert noticed(session) == checks
    assert trust.quick(session) is not None


def test_what_does_not_fit_can_be_taken_over_and_is_watched_from_then_on(session: Session) -> None:
    for what in ("an operation taken out", "an operation put in", "what was written altered", "a row edited, triggers dropped",
                 "marked as undone", "where seals begin", "the last cut off"):  # fmt: skip
        by_another_tool(session, TAMPERED[what][0])
    for found in doctor.examine(session):
        if found.mend:
            assert doctor.mend(session, found).state is State.REPAIRED, found
    assert noticed(session) == set()
    assert trust.quick(session) is None
    by_another_tool(session, "UPDATE change SET new = replace(new, 'offers', 'prices') WHERE op_id = 2")
    assert "history" in noticed(session)


def test_undoing_what_was_taken_over_makes_the_rows_what_history_had(session: Session) -> None:
    by_another_tool(session, TAMPERED["a row edited, triggers dropped"][0])
    for found in doctor.examine(session):
        doctor.mend(session, found)
    assert cards.existing(session, 1).name == "Acme 2"
    history.undo(session)
    assert cards.existing(session, 1).name == "Acme"
    assert noticed(session) == set()


def test_any_byte_of_history_counts(session: Session) -> None:
    rng = random.Random(7)
    rows = session.book.rows("SELECT id, 'old', CAST(old AS BLOB) FROM change WHERE old <> '' UNION ALL "
                             "SELECT id, 'new', CAST(new AS BLOB) FROM change WHERE new <> ''")  # fmt: skip
    labels = session.book.rows(
        "SELECT id, 'detail', CAST(detail AS BLOB) FROM op UNION ALL SELECT id, 'label', CAST(label AS BLOB) FROM op"
    )
    for table, cells in (("change", rng.sample(rows, 30)), ("op", rng.sample(labels, 10))):
        for row_id, column, text in cells:
            at = rng.randrange(len(text))
            other = bytes([*text[:at], rng.choice([b for b in range(256) if b != text[at]]), *text[at + 1 :]])
            session.book.run("SAVEPOINT here")
            session.book.run(f"UPDATE {table} SET {column} = CAST(? AS TEXT) WHERE id = ?", (other, row_id))
            assert list(trust.verifying.faults(session.book)), (table, row_id, column, text, other)
            session.book.run("ROLLBACK TO here")
            session.book.run("RELEASE here")


def test_imports_and_large_undos_are_sealed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turning, "MANY", 10)
    monkeypatch.setattr(sealing, "_PORTION", 7)
    session = a_session(tmp_path)
    importing.apply_plan(session, importing.read_plan(session, a_sheet(tmp_path, NORD, SUED)))
    history.undo(session)
    history.redo(session)
    assert noticed(session) == set()
    by_another_tool(session, "UPDATE change SET new = replace(new, 'Luc', 'Lucy') WHERE op_id = 3")
    assert noticed(session) == {"history", "rows"}


def test_a_restore_is_no_alarm_and_another_file_in_the_books_place_is(session: Session, written: Path) -> None:
    _newest, older = backups.listed(session)
    backups.restore(session, older)
    session.close()
    session = a_session(session.book.path.parent)
    assert noticed(session) == set()
    planning.snooze(session, 1, "20")
    assert noticed(session) == set()
    session.close()

    later = open_session(session.book.path, Settings(name="me"), Clock(in_days(2)))
    backups.back_up(later)
    later.close()
    shutil.copyfile(written, session.book.path)
    assert noticed(session) == {"heads"}
    asked = next(found for found in trust.examine(session) if found.mend)
    assert doctor.mend(a_session(session.book.path.parent, in_days(3)), asked).state is State.REPAIRED


def test_an_encrypted_book_keeps_its_seal(session: Session) -> None:
    encryption.encrypt(session, "x" * LEAST)
    session = open_session(session.book.path, Settings(name="me"), Clock(TODAY))
    planning.snooze(session, 1, "20")
    assert noticed(session) == set()
    session.close()


def test_history_of_older_versions_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as then:
        then.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:6])
        migrations.create(tmp_path / "book.db")
    tool = dbapi2.connect(str(tmp_path / "book.db"), isolation_level=None)
    tool.executescript(
        "INSERT INTO op (uid, actor, at, kind, label) VALUES ('o', 'me', '2026-11-12T04:00:00.000Z', 'do', 'x');"
        "UPDATE op_now SET op_id = 1; INSERT INTO tag (name, key) VALUES ('vip', 'vip'); UPDATE op_now SET op_id = NULL"
    )
    tool.close()
    session = a_session(tmp_path)
    assert next(found.message.template for found in trust.examine(session)).startswith(
        "History is sealed from the next"
    )
    a_customer(session)
    assert noticed(session) == set()
    by_another_tool(session, "UPDATE op SET chain = NULL; DELETE FROM seal")
    assert noticed(session) == {"history"}
