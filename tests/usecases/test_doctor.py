"""The doctor: every fault is found, said, and mended where the program can; what is sound is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import a_customer, a_session
from tui_crm.usecases import doctor, finding, indexing
from tui_crm.usecases.doctor import State
from tui_crm.usecases.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = a_session(tmp_path)
    for name in ("Acme", "Nordic Trading", "深圳礼品"):
        a_customer(session, name=name)
    return session


def states(session: Session) -> dict[str, State]:
    return {found.check: found.state for found in doctor.examine(session)}


FAULTS = {
    "search": "INSERT INTO find_customer (find_customer) VALUES ('delete-all')",
    "agenda": "UPDATE standing SET weight = weight + 100",
    "tables": "DROP INDEX standing_agenda",
    "links": "PRAGMA foreign_keys = off; UPDATE op_now SET op_id = 1; UPDATE customer SET id = id + 1000 WHERE name = 'Acme'; UPDATE op_now SET op_id = NULL",
}
MENDED = {"search", "agenda", "tables"}


def test_a_sound_book_is_found_sound_and_not_changed(session: Session) -> None:
    before = session.book.data_version()
    assert {*states(session).values()} <= {State.SOUND, State.ADVICE}
    assert session.book.data_version() == before


@pytest.mark.parametrize("check", FAULTS)
def test_a_fault_is_found_and_mended(session: Session, check: str) -> None:
    for statement in FAULTS[check].split(";"):
        session.book.run(statement)
    found = next(each for each in doctor.examine(session) if each.state is State.ATTENTION)
    assert found.check == check
    assert (found.mend is not None) == (check in MENDED)
    if check in MENDED:
        assert doctor.mend(session, found).state is State.REPAIRED
        assert states(session)[check] is State.SOUND
        assert [row.name for row in finding.find(session, "shenzhen", 5).rows] == ["深圳礼品"]


def test_a_repair_of_more_than_what_is_derived_leaves_a_backup(session: Session) -> None:
    session.book.run("DROP TRIGGER history_customer_update")
    found = next(each for each in doctor.examine(session) if each.check == "tables")
    doctor.mend(session, found)
    assert [file.name for file in session.book.path.parent.glob("*.before-repair-*.db")]


def test_making_the_index_can_be_broken_off_and_goes_on(session: Session) -> None:
    session.book.run(FAULTS["search"])
    found = next(each for each in doctor.examine(session) if each.check == "search")
    assert doctor.mend(session, found, stop=lambda: True).state is State.ATTENTION
    assert indexing.index_is_stale(session)
    again = next(each for each in doctor.examine(session) if each.check == "search")
    assert doctor.mend(session, again).state is State.REPAIRED
