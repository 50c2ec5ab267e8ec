"""`crm --version`: all that a bug report needs and nothing of the user's."""

import json
import os
from pathlib import Path

import pytest

from tui_crm import __version__
from tui_crm.cli import about

from .conftest import Crm


def test_the_first_line_is_the_version_and_the_rest_says_what_it_runs_on(crm: Crm) -> None:
    crm("add", "Müller GmbH", "--country", "DE")
    lines = crm("--version").out.splitlines()
    assert lines[0] == f"crm {__version__}"
    told = crm("log", "x", "--version", "--json").json  # whatever else was begun
    assert {line.split("  ")[0] for line in lines[1:]} == set(told) - {"crm"}
    assert told["libraries"]["SQLCipher"] and told["libraries"]["textual"]
    assert (told["book"]["customers"], told["book"]["encrypted"]) == ("under 10", "no")
    assert "Müller" not in json.dumps(told, ensure_ascii=False)


@pytest.mark.parametrize("broken", [b"", b"no book", b"SQLite format 3\0" + bytes(4080), os.urandom(8192)])
def test_it_works_where_nothing_else_does(crm: Crm, home: Path, broken: bytes) -> None:
    (home / "book.db").write_bytes(broken)
    (home / "settings.toml").write_text("theme = 5\n")
    answer = crm("--version", "--json")
    assert answer.code == 0
    told = answer.json
    assert told["settings"].startswith("cannot be used")
    assert told["book"]["encrypted"] == "yes" or told["book"]["trouble"]
    assert (home / "book.db").read_bytes() == broken


def test_nobody_is_named(crm: Crm, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LOGNAME", "anna")
    book = home / "media" / "anna" / "Acme GmbH.db"
    book.parent.mkdir(parents=True)
    said = crm("--version", "--db", str(book)).out
    assert f"place ~{os.sep}media{os.sep}…{os.sep}….db, state not there yet" in said
    assert "anna" not in said and "Acme" not in said
    assert about.tidy(f"{home}2 stays") == f"{home}2 stays"
