"""A book where it should not be: moved away under the open program, or where nothing can be written."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import TODAY, FixedClock, a_customer, a_session
from tui_crm.cli import main as cli
from tui_crm.config import BackupHabits, Settings
from tui_crm.crash import write_crash_log
from tui_crm.domain.messages import Problem
from tui_crm.settings_file import save_changes
from tui_crm.store import book as store
from tui_crm.usecases import attachments, backups, doctor, drafts, exporting, finding, planning
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


LONG = "x" * 60
PLACES = ["with space", "客户 资料", "a?b#c%41", f"{LONG}/{LONG}/客户 {LONG}", "x" * 200]


@pytest.mark.parametrize("name", PLACES, ids=["space", "Chinese", "marks", "long folders", "long name"])
def test_a_book_can_have_any_name(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    session = a_session(tmp_path, name=f"{name}.db")
    a_customer(session, name="Acme")
    made = backups.back_up(session)
    assert [each.file for each in backups.listed(session)] == [made.file]
    out = session.book.path.with_name("给 Anna 的.csv")
    assert exporting.export(session, out).customers == 1
    session.close()
    assert cli(["--db", str(session.book.path), "find", "acme", "--json"], print) == 0
    assert "Acme" in capsys.readouterr().out


# Rights and links ----------------------------------------------------------------------------------------------------

unix = pytest.mark.skipif(sys.platform == "win32", reason="rights and links of Unix")


@unix
def test_everything_is_private_from_the_first_byte(tmp_path: Path) -> None:
    """Even where nothing takes rights away."""
    before = os.umask(0)
    try:
        home = tmp_path / "home"
        session = open_session(home / "book.db", Settings(name="me"), FixedClock())
        a_customer(session, name="Acme")
        drafts.keep(session, "some-uid", "half a line")
        picture = tmp_path / "drawing.pdf"
        picture.write_bytes(b"%PDF")
        attachments.take_in(session.book.path, picture)
        backups.back_up(session)
        save_changes(home / "settings.toml", Settings(), Settings(name="mei"))
        exporting.export(session, home / "out.csv")
        assert write_crash_log(home, ValueError())
    finally:
        os.umask(before)
    made = list(home.rglob("*"))
    assert {"book.db", "book.db-wal", "book.db-shm", "settings.toml", "out.csv"} <= {file.name for file in made}
    wrong = {file for file in made if stat.S_IMODE(file.stat().st_mode) != (0o700 if file.is_dir() else 0o600)}
    assert not wrong
    session.close()


@unix
def test_a_link_within_reach_is_followed_and_stays(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "dotfiles").mkdir(parents=True)
    settings = home / "settings.toml"
    settings.symlink_to(home / "dotfiles" / "crm.toml")
    save_changes(settings, Settings(), Settings(name="mei"))
    assert settings.is_symlink()
    assert "mei" in (home / "dotfiles" / "crm.toml").read_text(encoding="utf-8")

    a_session(home, name="real.db").close()
    (home / "book.db").symlink_to(home / "real.db")
    session = a_session(home)
    a_customer(session, name="Acme")
    made = backups.back_up(session)
    session.close()
    (home / "real.db").write_bytes(b"spoiled")
    backups.restore_unreadable(session.book.path, made, session.clock)
    assert session.book.path.is_symlink()
    assert finding.find(a_session(home, name="real.db"), "acme", 5).count == 1


@unix
def test_nothing_is_written_through_a_link_that_leads_away(tmp_path: Path) -> None:
    home, away = tmp_path / "home", tmp_path / "away"
    away.mkdir()
    session = a_session(home)
    a_customer(session, name="Acme")
    for name in ("settings.toml", "out.csv", "book.db.backups", "book.db.files", "linked.db"):
        (home / name).symlink_to(away / name)
    for folder in ("book.db.backups", "book.db.files"):
        (away / folder).mkdir()
    a_session(away, name="linked.db").close()
    there = {file: file.read_bytes() for file in away.rglob("*") if file.is_file()}
    picture = tmp_path / "drawing.pdf"
    picture.write_bytes(b"%PDF")
    writing: tuple[Callable[[], object], ...] = (
        lambda: save_changes(home / "settings.toml", Settings(), Settings(name="mei")),
        lambda: exporting.export(session, home / "out.csv"),
        lambda: exporting.export(session, home / "out.csv", force=True),
        lambda: backups.back_up(session),
        lambda: attachments.take_in(session.book.path, picture),
        lambda: a_session(home, name="linked.db"),
    )
    for write in writing:
        with pytest.raises(Problem, match="is a link that leads out of your home folder"):
            write()
    assert {file: file.read_bytes() for file in away.rglob("*") if file.is_file()} == there
    named = replace(session, settings=Settings(backup=BackupHabits(folder=str(away / "mine"))))
    assert backups.back_up(named).file.parent == away / "mine"
    session.close()
