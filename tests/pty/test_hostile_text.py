"""Text from data cannot steer a terminal: every byte the program writes is read back and judged."""

from __future__ import annotations

import re
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.builders import TODAY as DAY
from tests.builders import FixedClock, noon
from tui_crm.config import Settings
from tui_crm.domain.messages import Message
from tui_crm.domain.values import Activity, Contact, Customer, NextStep, Quote, Reach, Sample
from tui_crm.store import writing
from tui_crm.usecases.session import open_session

if sys.platform == "win32":
    pytest.skip("terminals of Unix", allow_module_level=True)

from .terminal import TODAY, Output, Terminal, taken_apart, verb

PAYLOADS = (
    "\x1b[7701J", "\x1b]0;7702\x07", "\x1b]52;c;7703\x1b\\", "\x1b]8;;http://7704\x1b\\x", "\x1bP+q7705\x1b\\",
    "\x1b[7706n", "\x9b7707J", "\x9d0;7708\x9c", "\x857709", "\x7f7710", "\x077711\x07", "good7712\rEVIL7713",
    "\u202e7714gnp.exe", "\u20667715\u2069", "\ufeff7716", "\U000e00417717", "[/nope] [7718",
    "[link=http://7719]y[/link]", "[@click=app.quit]7720[/]", "\x087721\x0b\x0c", "7722\u2028\u2029",
    "e" + "\u0301" * 200 + "7723", "$FOB 7724[", "7725\n\x1b[2J",
)  # fmt: skip
"""Each carries a number that no control sequence of ours has: colours, rows and columns are smaller."""

ESC, CLEAR, QUIT = "\x1b", "\x15", "\x11"

MARK = re.compile("77[0-9]{2}")
# What is left once control sequences are taken out: nothing that a terminal obeys or that turns a line around.
STEERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]")
ALL = " ".join(PAYLOADS)


def assert_harmless(raw: bytes) -> Output:
    """Nothing from data is part of a control sequence, and no other text could steer a terminal."""
    output = taken_apart(raw)
    assert not {control for control in output.controls if MARK.search(control)}
    assert STEERS.findall(output.text) == []
    assert b"\rEVIL" not in raw
    assert b"Traceback" not in raw
    return output


def settings() -> Settings:
    return Settings(name="me\x1b[7726J")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book that never saw the cleaning of what comes in."""
    home = tmp_path_factory.mktemp("hostile")
    session = open_session(home / "book.db", settings(), FixedClock(DAY))
    for payload in PAYLOADS:
        with session.operation(Message("Added {name}", {"name": payload})):
            customer = Customer(f"{payload} Co", "DE", temperature="cold", owner="me", created_on=DAY - timedelta(99))
            writing.add_customer(session.book, customer, DAY)
    with session.operation(Message("Added {name}", {"name": "everything"})):
        everything = writing.add_customer(session.book, _everything(), DAY)
        for days, payload in enumerate(PAYLOADS, 1):
            entry = Activity(noon(DAY - timedelta(days)), payload, payload, payload, payload, contact=payload)
            writing.add_activity(session.book, everything, entry)
        writing.set_next_step(session.book, everything, NextStep(DAY, ALL, PAYLOADS[0], True), PAYLOADS[1])
        writing.add_quote(session.book, everything, Quote(DAY, PAYLOADS[0], 8600, PAYLOADS[1], ALL, ALL, 5000, ALL))
        writing.add_sample(session.book, everything, Sample(ALL, ALL, ALL, DAY))
    session.close()
    (home / "settings.toml").write_text('theme = "\\u001b]0;7727\\u0007[/nope] ["', encoding="utf-8")
    return home


def _everything() -> Customer:
    """A customer with a payload in each field, and all of them in those that hold long texts."""
    codes = dict(zip(("country", "kind", "source", "grade", "stage", "language", "zone"), PAYLOADS, strict=False))
    texts = ("city", "industry", "buys", "website", "linkedin", "owner", "needs", "remarks", "lost_reason")
    people = tuple(Contact(p, p, (Reach("email", p), Reach(p, p)), main=not n) for n, p in enumerate(PAYLOADS))
    return Customer(
        f"A{ALL}", **codes, **dict.fromkeys(texts, ALL), temperature="hot", custom={p: p for p in PAYLOADS},
        tags=PAYLOADS, contacts=people, created_on=date(2026, 1, 1),
    )  # fmt: skip


def look_at(crm: Terminal, keys: str, words: str) -> None:
    """Open what `keys` open, wait until `words` are there, and close it with Esc."""
    crm.send(keys)
    crm.until(words)
    crm.send(ESC)
    crm.without(words)


def test_no_screen_lets_data_steer_the_terminal(home: Path) -> None:
    with Terminal(home, "--today", TODAY, rows=36) as crm:
        crm.until("There is no theme ␛]0;7727[/nope] [")
        for key, words in zip("jjg", ("␛]0;7702␇ Co", "�0;7708� Co", "#␛[7701J"), strict=True):
            crm.send(key)
            crm.until(f"▏ {words}")
        look_at(crm, "w", "Why here ·")
        look_at(crm, "s", "another day:")
        look_at(crm, "#", "a tag, known or new")
        look_at(crm, "c", "─ Grade ─")
        look_at(crm, "?", "a key, a word")

        crm.send(":")
        crm.until("a part of the name")
        crm.paste(ALL)
        look_at(crm, "", "No command is called so.")

        crm.send("/")
        crm.until("name, pinyin")
        crm.paste(ALL)
        crm.until("with “␛[7701J”")
        crm.send(CLEAR + "[/nope] [@click=app.quit]x[/]")
        crm.until("with “[/nope]”")
        crm.send(CLEAR + "#")
        look_at(crm, "", "Tab ␛[7701J")

        crm.send("l")
        crm.until("Log: A␛[7701J")
        crm.paste(ALL)
        crm.send(" they ask for the price of 5000 pcs >3d send [/nope] [ #[/nope]")
        crm.until("promised   #[/nope]")
        crm.send("\r")
        crm.until("Saved: A␛[7701J")

        crm.send("H")
        crm.until("Enter what changed")
        look_at(crm, "\r", "Log entry added")
        crm.send("u")
        crm.until("Undone: Logged")
        crm.send("q")
        crm.until("0 done · 25 due")

        crm.send("g\r")
        crm.until("Tab log / card")
        crm.send("dG")
        crm.until("Since       2026-01-01")
        crm.send("\tG")
        crm.settle()
        look_at(crm, "", "Tab log / card")

        crm.send("n")
        crm.until("New customer")
        crm.paste("[/nope] [7718 Co")
        crm.send("\t")
        crm.settle()
        look_at(crm, "", "New customer")
        crm.send(QUIT)
        assert crm.end() == 0
    output = assert_harmless(bytes(crm.raw))
    assert set(MARK.findall(output.text)) >= set(MARK.findall(ALL)) | {"7726", "7727"}
    assert "[@click=app.quit]7720[/]" in output.text
