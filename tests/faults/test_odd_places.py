"""A book where it should not be: moved away under the open program, or where nothing can be written."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session
from tui_crm.config import Settings
from tui_crm.domain.messages import Problem
from tui_crm.store import book as store
from tui_crm.usecases import backups, doctor, finding, planning
from tui_crm.usecases.doctor import State
from tui_crm.usecases.session import Clock, open_session


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be replaced there")
def test_nothing_is_saved_into_a_file_that_was_replaced(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, name="Acme")
    copy = backups.back_up(session).file
    copy.replace(session.book.path)  # what a program does that synchronises folders
    with pytest.raises(Problem, match="replaced"):
        planning.snooze(session, customer, "3")
    session.book.path.unlink()
    with pytest.raises(Problem, match="moved or replaced"):
        planning.snooze(session, customer, "3")


def test_a_book_that_can_only_be_read_opens_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, name="Acme")
    session.close()
    there = {file.name for file in tmp_path.iterdir()}
    monkeypatch.setattr(
        store, "can_be_written", lambda _path: False
    )  # the superuser, whom tests may run as, can always write
    read = open_session(session.book.path, Settings(), Clock(TODAY))
    assert read.read_only
    assert [row.name for row in finding.find(read, "acme", 5).rows] == ["Acme"]
    with pytest.raises(Problem, match="only be read"):
        planning.snooze(read, customer, "3")
    assert backups.daily(read, lambda: False) is None
    assert {found.state for found in doctor.examine(read)} <= {State.SOUND, State.ADVICE}
    read.close()
    assert {file.name for file in tmp_path.iterdir()} == there


@pytest.mark.parametrize("name", ["with space", "客户", "x" * 180, "a?b#c%41"])
def test_a_book_can_have_any_name(tmp_path: Path, name: str) -> None:
    session = a_session(tmp_path, name=f"{name}.db")
    a_customer(session, name="Acme")
    made = backups.back_up(session)
    assert [each.file for each in backups.listed(session)] == [made.file]
