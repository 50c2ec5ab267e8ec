"""Backups: whole, checked, thinned; put back without losing what is there."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session, in_days, on_day
from tui_crm.config import BackupHabits, Settings
from tui_crm.domain.messages import Problem
from tui_crm.usecases import backups, finding, history, planning
from tui_crm.usecases.session import Clock, Session, open_session


def names(session: Session) -> list[str]:
    return sorted(row.name for row in finding.find(session, "", 50).rows)


def reopened(session: Session) -> Session:
    session.close()
    return open_session(session.book.path, session.settings, Clock(TODAY))


def test_a_backup_is_whole_private_and_can_be_put_back(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    a_customer(session, name="Acme")
    made = backups.back_up(session)
    assert (made.contents.customers, stat.S_IMODE(made.file.stat().st_mode)) == (
        1,
        0o600 if os.name == "posix" else 0o666,
    )
    later = a_customer(session, name="Nordic")
    planning.snooze(session, later, "3")
    shown = backups.preview(session, made)
    assert (shown.present.customers, shown.backup.contents.customers, shown.since) == (2, 1, 2)
    assert shown.newest[0].values["name"] == "Nordic"
    before = backups.restore(session, made)
    session = reopened(session)
    assert names(session) == ["Acme"]
    backups.restore(session, before)
    session = reopened(session)
    assert names(session) == ["Acme", "Nordic"]
    history.undo(session)


def test_one_a_day_by_itself_thinned_and_copied_to_a_second_folder(tmp_path: Path) -> None:
    settings = Settings(backup=BackupHabits(second=str(tmp_path / "usb" / "crm")))
    session = a_session(tmp_path, settings=settings)
    assert backups.daily(session, lambda: False) is None  # nothing is in it yet
    a_customer(session, name="Acme")
    for days in range(30):
        session = replace(on_day(session, in_days(days)), settings=settings)
        assert backups.daily(session, lambda: False)
        assert backups.daily(session, lambda: False) is None
    kept = backups.listed(session)
    assert 14 <= len(kept) < 25
    assert len(list((tmp_path / "usb" / "crm").glob("*.db"))) == len(kept)
    assert not list(tmp_path.rglob("*.new"))


def test_leaving_the_program_breaks_a_backup_off(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    for _ in range(30):
        a_customer(session)
    assert backups.daily(session, lambda: True) is None
    assert [file for file in tmp_path.rglob("*") if "backups" in str(file) and file.is_file()] == []
    assert backups.daily(session, lambda: False)


def test_a_damaged_backup_is_refused_and_the_book_stays(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    a_customer(session, name="Acme")
    made = backups.back_up(session)
    a_customer(session, name="Nordic")
    whole = bytearray(made.file.read_bytes())
    whole[len(whole) // 2] ^= 1
    made.file.write_bytes(whole)
    with pytest.raises(Problem, match="damaged"):
        backups.restore(session, made)
    assert names(session) == ["Acme", "Nordic"]
    with pytest.raises(Problem, match="list of contents"):
        backups.named(tmp_path / "book.db")


def test_a_backup_of_another_book_says_so(tmp_path: Path) -> None:
    session, other = a_session(tmp_path), a_session(tmp_path, name="other.db")
    a_customer(session), a_customer(other)
    assert backups.preview(session, backups.back_up(other)).since is None


def test_a_backup_takes_the_place_of_a_book_that_cannot_be_opened(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    a_customer(session, name="Acme")
    made = backups.back_up(session)
    session.close()
    path = session.book.path
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    with pytest.raises(Problem):
        open_session(path, Settings())
    damaged = backups.restore_unreadable(path, backups.beside(path)[0], session.clock)
    assert damaged.read_bytes().endswith(b"\xff" * 100)
    assert made.file.exists()
    assert names(open_session(path, Settings(), Clock(TODAY))) == ["Acme"]
