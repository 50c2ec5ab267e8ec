"""What was typed is not lost, whatever ends the program, and means what it was meant for, however fast it came."""

from __future__ import annotations

import json
import shutil
import signal
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("terminals of Unix", allow_module_level=True)

from tui_crm.crash import last_words

from .terminal import TODAY, Terminal, verb

LINE = "they ask for 5000 pcs 深圳 >3d call #blue"
OTHER_SCREEN = b"\x1b[?1049h"
"""What a program sends that takes the whole terminal."""
ESC, QUIT = "\x1b", "\x11"


@pytest.fixture(scope="module")
def two_customers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("two")
    for name, temperature in (("Acme", "hot"), ("Zeta", "cold")):
        verb(home, "--today", "2026-10-01", "add", name, "--country", "DE", "--temperature", temperature)
    return home


@pytest.fixture
def home(two_customers: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(two_customers, tmp_path / "home"))


def entries(home: Path, name: str) -> list[str]:
    return [entry["note"] for entry in json.loads(verb(home, "show", name, "--json").stdout)["activities"]]


def drafts(home: Path) -> list[str]:
    """The unsaved lines that are kept, oldest first."""
    return list(json.loads((home / "book.drafts.json").read_text(encoding="utf-8")).values())


def half_typed(crm: Terminal) -> None:
    crm.until("Last entries")
    crm.send("l")
    crm.until("Log: Acme")
    crm.send(LINE)
    crm.until("call  promised")


ENDINGS: dict[str, Callable[[Terminal], object]] = {
    "window closed": Terminal.hang_up,
    "SIGTERM": lambda crm: crm.process.send_signal(signal.SIGTERM),
    "SIGKILL": lambda crm: crm.process.send_signal(signal.SIGKILL),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_was_half_typed_is_offered_again(home: Path, ending: str) -> None:
    with Terminal(home, "--today", TODAY) as crm:
        half_typed(crm)
        ENDINGS[ending](crm)
        assert crm.end(5) == (-signal.SIGKILL if ending == "SIGKILL" else 0)
    with Terminal(home, "--today", TODAY) as crm:
        crm.until("An unsaved line for Acme is kept")
        crm.send("l")
        crm.until(LINE)
        crm.send("\r")
        crm.until("Saved: Acme")
    assert entries(home, "Acme") == ["they ask for 5000 pcs 深圳"]
    assert drafts(home) == []


def test_a_terminal_that_goes_without_a_word_ends_the_program(home: Path) -> None:
    with Terminal(home, "--today", TODAY, controlling=False) as crm:
        half_typed(crm)
        crm.hang_up()
        assert crm.end(5) == 0
    assert drafts(home) == [LINE]


@pytest.mark.parametrize("stop", [signal.SIGSTOP, signal.SIGTSTP], ids=lambda stop: stop.name)
def test_a_stopped_program_goes_on(home: Path, stop: signal.Signals) -> None:
    with Terminal(home, "--today", TODAY) as crm:
        half_typed(crm)
        crm.process.send_signal(stop)
        crm.settle()
        before = len(crm.raw)
        crm.process.send_signal(signal.SIGCONT)
        crm.until(lambda _: OTHER_SCREEN in crm.raw[before:])
        crm.settle()
        crm.send(" and more")
        crm.until("and more")
        crm.hang_up()
        assert crm.end(5) == 0


def test_esc_keeps_what_was_typed_with_its_customer(home: Path) -> None:
    with Terminal(home, "--today", TODAY, "--lang", "zh_CN") as crm:
        crm.until("最近跟进")
        crm.send("l")
        crm.until("记跟进：Acme")
        crm.send(LINE + ESC)
        crm.without("记跟进：Acme")
        crm.send("jl")
        crm.until("记跟进：Zeta")
        assert LINE not in crm.settle()
        crm.send("second" + ESC)
        crm.without("记跟进：Zeta")
        crm.send("kl")
        crm.until(LINE)
        crm.send(QUIT)
        assert crm.end() == 0
    assert drafts(home) == [LINE, "second"]
    assert stat.S_IMODE((home / "book.drafts.json").stat().st_mode) == 0o600
    assert not list(home.glob("*.new"))


def test_a_draft_is_offered_when_nobody_is_due(home: Path) -> None:
    with Terminal(home, "--today", TODAY) as crm:
        half_typed(crm)
    for name in ("Acme", "Zeta"):
        verb(home, "--today", TODAY, "snooze", name, "9d")
    with Terminal(home, "--today", TODAY) as crm:
        crm.until("An unsaved line for Acme is kept")


AHEAD = (
    (
        "lxarv they want 40 pcs\rlxenon lamps, 9 pcs\r",
        {"Acme": ["xarv they want 40 pcs"], "Zeta": ["xenon lamps, 9 pcs"]},
    ),
    ("wq/zeta\rlx\x15they want blue boxes\r", {"Acme": [], "Zeta": ["they want blue boxes"]}),
)


@pytest.mark.parametrize(("keys", "written"), AHEAD, ids=[repr(keys) for keys, _ in AHEAD])
def test_keys_that_come_all_at_once_do_what_they_do_one_by_one(
    home: Path, keys: str, written: dict[str, list[str]]
) -> None:
    with Terminal(home, "--today", TODAY) as crm:
        crm.until("Last entries")
        crm.send(keys)
        crm.until("Saved: " + [name for name in written if written[name]][-1])
        crm.send(QUIT)
        assert crm.end() == 0
    assert {name: entries(home, name) for name in written} == written


# Faults of ours ------------------------------------------------------------------------------------------------------

FAULTS = {
    "drawing": ("tui_crm.screens.widgets.rowlist", "RowList", "render_line", "j"),
    "typing": ("tui_crm.screens.widgets.quicklog", "QuickLog", "_show_preview", "l!"),
    "a timer": ("tui_crm.screens.agenda", "AgendaScreen", "_show_side", "j"),
}
BREAK = """
import importlib, sys
module, owner, name, key = sys.argv[1:5]
del sys.argv[1:5]
kind = getattr(importlib.import_module(module), owner)
whole = getattr(kind, name)
def broken(self, *given):
    if broken.armed:
        customer = "Acme +49 170 1234567"
        raise RuntimeError(f"cannot show {customer}")
    return whole(self, *given)
broken.armed = False
setattr(kind, name, broken)
from tui_crm.screens.agenda import AgendaScreen
AgendaScreen.do_help = lambda self: setattr(broken, "armed", True)
from tui_crm.__main__ import main
sys.exit(main())
"""
"""The program with one function that fails once `?` has been pressed."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_ours_ends_with_a_sentence_and_keeps_the_draft(home: Path, fault: str) -> None:
    *where, keys = FAULTS[fault]
    program = (sys.executable, "-c", BREAK, *where, keys)
    with Terminal(home, "--today", TODAY, program=program) as crm:
        half_typed(crm)
        crm.send(ESC)
        crm.without("Log: Acme")
        crm.send("?" + keys)
        assert crm.end() == 1
    (log,) = home.glob("crash-*.log")
    said = crm.output.text
    assert f"crm had to stop. What you typed is kept. Please send this report: {log}" in said
    assert "Traceback" not in said
    assert "cannot show" not in said
    text = log.read_text(encoding="utf-8")
    assert "RuntimeError" in text
    assert " broken" in text
    assert not any(secret in text for secret in ("Acme", "1234567", "blue", "cannot show"))
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert drafts(home) == [LINE]


def test_where_no_report_can_be_written_the_sentence_comes_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    nowhere = tmp_path / "file" / "folder"
    assert last_words(RuntimeError("secret"), nowhere) == "crm had to stop (RuntimeError). Please report it."
