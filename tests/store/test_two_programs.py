"""Several programs on one book: every save is there in the end, or was refused with a sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import FixedClock, a_customer
from tui_crm.config import Settings
from tui_crm.domain.messages import Message, Problem
from tui_crm.usecases.session import open_session

from ..pty.terminal import TODAY, Terminal, environment, verb

ENTRIES = 50
LOGGING = """
import sys
from tui_crm.cli import main
for number in range(int(sys.argv[2])):
    code = main(["log", "acme", f"they want {number} pcs in the colour of {sys.argv[1]}"], print)
    print("code", code)
"""
"""One program that logs again and again, each time as `crm log` does it: open, write, close."""


def start(home: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *words],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def notes(home: Path) -> list[str]:
    return [entry["note"] for entry in json.loads(verb(home, "show", "acme", "--json").stdout)["activities"]]


def test_two_programs_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    verb(tmp_path, "add", "Acme", "--country", "DE")
    colours = ("red", "blue")
    for colour, program in [(colour, start(tmp_path, "-c", LOGGING, colour, str(ENTRIES))) for colour in colours]:
        out, err = program.communicate(timeout=60)
        assert out.count("code 0") == ENTRIES, (colour, err)
        assert "refused" not in err
    written = {f"they want {number} pcs in the colour of {colour}" for number in range(ENTRIES) for colour in colours}
    assert set(notes(tmp_path)) == written
    assert len(notes(tmp_path)) == len(written)
    operations = json.loads(verb(tmp_path, "history", "--json").stdout)
    assert len(operations) == 1 + len(written)


def test_programs_that_make_the_book_at_once_make_one(tmp_path: Path) -> None:
    names = ("Acme", "Beta", "Gamma", "Delta", "Omega")
    programs = [start(tmp_path, "-m", "tui_crm", "add", name, "--country", "DE") for name in names]
    for program in programs:
        _, err = program.communicate(timeout=60)
        assert (program.returncode, err) == (0, "")
    assert {row["name"] for row in json.loads(verb(tmp_path, "find", "", "--json").stdout)} == set(names)
    assert [file.name for file in tmp_path.iterdir()] == ["book.db"]


def test_a_book_that_another_program_keeps_locked_is_said_and_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_crm.store.connecting._BUSY_SECONDS", 0.1)
    ours = open_session(tmp_path / "book.db", Settings(), FixedClock())
    theirs = open_session(tmp_path / "book.db", Settings(), FixedClock())
    with theirs.operation(Message("theirs")):
        assert ours.book.rows("SELECT label FROM op") == []
        with pytest.raises(Problem, match="Another program is writing"), ours.operation(Message("ours")):
            raise AssertionError("never begun")
    a_customer(ours, name="again")
    assert theirs.book.rows("SELECT name FROM customer") == [("again",)]
    ours.close()
    theirs.close()


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of Unix")
def test_the_open_program_shows_what_another_one_wrote(tmp_path: Path) -> None:
    verb(tmp_path, "add", "Acme", "--country", "DE", "--temperature", "hot", "--today", "2026-10-01")
    with Terminal(tmp_path, "--today", TODAY) as crm:
        crm.until("0 done · 1 due")
        assert verb(tmp_path, "--today", TODAY, "log", "acme", "they want 5000 pcs").returncode == 0
        crm.until("1 done · 0 due")
        crm.send("u")
        crm.until("Undone: Logged")
        crm.until("0 done · 1 due")
        crm.send("\x11")
        assert crm.end() == 0
