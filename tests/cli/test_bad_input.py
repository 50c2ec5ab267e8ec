"""What is no command or no value: one line that says why, exit code 2, nothing written."""

from datetime import date
from pathlib import Path

import pytest

from tests.builders import a_customer, a_session
from tui_crm.cli import main
from tui_crm.usecases.session import Clock

from .conftest import Crm, no_program

REFUSED = [
    (["deu"], "Did you mean crm due?"),
    (["xyzzy"], "Use one of: due"),
    (["-x"], "-x"),
    (["--json"], "unrecognized arguments"),
    (["due", "extra"], "extra"),
    (["due", "--limit", "0"], "1 or more"),
    (["due", "--limit", "ten"], "1 or more"),
    (["due", "--limit"], "--limit"),
    (["due", "--lang", "fr"], "fr"),
    (["due", "--today", "2026-02-30"], "2026-02-30"),
    (["due", "--today", "someday"], "someday"),
    (["due", "--today", "0001-01-01"], "0001-01-01"),
    (["due", "--today", "9999-12-31"], "9999-12-31"),
    (["due", "--today", ""], "date"),
    (["due", "--db", ""], "folder"),
    (["due", "--demo", "--db", "x.db"], "--db"),
    (["add"], "NAME"),
    (["add", ""], "name"),
    (["add", "New", "--country", ""], "country"),
    (["add", "New"], "country"),
    (["add", "New", "--country", "Nowhere"], "Nowhere"),
    (["add", "New", "--country", "DE", "--email", "a@b.com?bcc=x@evil.com"], "e-mail"),
    (["add", "New", "--country", "DE", "--email", "a@b.com\r\nBcc: x"], "e-mail"),
    (["add", "New", "--country", "DE", "--phone", "+49?text=hi"], "phone"),
    (["add", "New", "--country", "DE", "--temperature", "lukewarm"], "lukewarm"),
    (["add", "New", "--country", "DE", "--grade", "Z"], "Z"),
    (["add", "New", "--country", "DE", "--stage", "somewhere"], "somewhere"),
    (["add", "New", "--country", "DE", "--type", "friend"], "friend"),
    (["add", "New", "--country", "DE", "--website", "javascript:alert(1)"], "javascript"),
    (["add", "x" * 300, "--country", "DE"], "200"),
    (["add", "New\ud800", "--country", "DE"], "no readable text"),
    (["add", "New", "--country", "DE", "--contact", ""], "contact"),
    (["add", "Müller GmbH", "--country", "DE"], "--force"),
    (["log", "müller"], "LINE"),
    (["log", "müller", ""], "write what happened"),
    (["log", "müller", " \t "], "write what happened"),
    (["log", "", "call"], "which customer"),
    (["log", "nobody", "call"], "nobody"),
    (["log", "müller", "call", "--when", "tomorrow"], "future"),
    (["log", "müller", "call", "--when", "2026-02-30"], "2026-02-30"),
    (["snooze", "müller"], "WHEN"),
    (["snooze", "müller", "yesterday"], "not after today"),
    (["snooze", "müller", "0"], "not after today"),
    (["snooze", "müller", "-3"], "-3"),
    (["snooze", "müller", "someday"], "someday"),
    (["snooze", "müller", "9" * 30], "9"),
    (["show", "nobody"], "nobody"),
    (["show", "deadbeefdeadbeef"], "deadbeef"),
    (["why"], "CUSTOMER"),
    (["redo"], "nothing to redo"),
    (["import"], "FILE"),
]


@pytest.fixture(scope="module")
def one_customer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a book in which nothing is changed: what is refused leaves it as it is."""
    home = tmp_path_factory.mktemp("refused")
    session = a_session(home)
    a_customer(session, name="Müller GmbH")
    session.close()
    return home


@pytest.mark.parametrize(
    ("words", "why"), REFUSED, ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else ""
)
def test_refused(one_customer: Path, crm: Crm, monkeypatch: pytest.MonkeyPatch, words: list[str], why: str) -> None:
    monkeypatch.setenv("CRM_HOME", str(one_customer))
    answer = crm(*words)
    assert answer.code == 2
    assert answer.out == ""
    assert why in answer.err.splitlines()[-1]
    assert "Traceback" not in answer.err
    assert len(crm("history", "--json").json) == len(crm("find", "", "--json").json) == 1


@pytest.mark.parametrize(
    "query", ['"', "NEAR(", "name:", "a AND", "^", "'; drop table f;--", "(" * 5000, "*", "-", "%", "_", "t:", "#"]
)
def test_no_search_is_an_error(one_customer: Path, crm: Crm, monkeypatch: pytest.MonkeyPatch, query: str) -> None:
    monkeypatch.setenv("CRM_HOME", str(one_customer))
    answer = crm("find", query, "--json")
    assert answer.code == 0
    assert isinstance(answer.json, list)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"no database at all, only text", "not a book"),
        (b"SQLite format 3\0" + b"\xff" * 4000, "damaged"),
    ],
)
def test_a_file_that_is_no_book_is_left_alone(crm: Crm, tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "some.db"
    file.write_bytes(content)
    answer = crm("due", "--db", str(file))
    assert answer.code == 2
    assert why in answer.err
    assert file.read_bytes() == content


def test_broken_settings_are_named_and_help_still_helps(crm: Crm, home: Path) -> None:
    (home / "settings.toml").write_text("capacity = 'many'", encoding="utf-8")
    answer = crm("due")
    assert answer.code == 2
    assert "capacity = 'many' does not fit: a whole number" in answer.err
    assert crm("--help").code == 0


def test_an_unknown_setting_is_told_and_keeps_nobody_from_working(crm: Crm, home: Path) -> None:
    (home / "settings.toml").write_text("curency = 'USD'", encoding="utf-8")
    answer = crm("due")
    assert answer.code == 0
    assert "there is no setting curency. Did you mean currency?" in answer.err


def test_a_fault_of_ours_leaves_a_log_without_data(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*_given: object) -> int:
        secret = "Müller GmbH +49 170 1234567"
        raise RuntimeError(secret)

    assert main([], broken) == 1
    said = capsys.readouterr()
    (log,) = home.glob("crash-*.log")
    assert str(log) in said.err
    assert "Traceback" not in said.err
    text = log.read_text(encoding="utf-8")
    assert "RuntimeError" in text
    assert "broken" in text  # the function it happened in
    assert "Müller" not in text + said.err


def test_an_interrupt_ends_quietly(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_given: object) -> int:
        raise KeyboardInterrupt

    assert main([], interrupted) == 130
    assert capsys.readouterr().err == ""


def test_without_a_verb_the_program_opens_on_the_book_and_day_named(home: Path, tmp_path: Path) -> None:
    opened: list[object] = []

    def program(*given: object) -> int:
        opened.extend(given)
        return 7

    assert main(["--db", "here.db", "--today", "2026-11-20"], program) == 7
    book, settings, clock, demo = opened
    assert (str(book), demo) == ("here.db", False)
    assert clock == Clock(date(2026, 11, 20))
    assert settings
    assert main(["due"], no_program) == 0
