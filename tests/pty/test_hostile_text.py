"""Text from data cannot steer a terminal: every byte the program writes is read back and judged."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import TODAY as DAY
from tests.builders import FixedClock, noon
from tui_crm.config import Settings
from tui_crm.domain.messages import Message
from tui_crm.domain.values import Activity, Contact, Customer, NextStep, Order, Quote, Reach, Sample, Shipment
from tui_crm.store import trade as store_trade
from tui_crm.store import writing
from tui_crm.usecases.session import open_session

if sys.platform == "win32":
    pytest.skip("terminals of Unix", allow_module_level=True)

from tui_crm.keystrokes import PasteGuard

from .terminal import BRACKETS, TODAY, Output, Terminal, taken_apart, verb

PAYLOADS = (
    "\x1b[7701J", "\x1b]0;7702\x07", "\x1b]52;c;7703\x1b\\", "\x1b]8;;http://7704\x1b\\x", "\x1bP+q7705\x1b\\",
    "\x1b[7706n", "\x9b7707J", "\x9d0;7708\x9c", "\x857709", "\x7f7710", "\x077711\x07", "good7712\rEVIL7713",
    "\u202e7714gnp.exe", "\u20667715\u2069", "\ufeff7716", "\U000e00417717", "[/nope] [7718",
    "[link=http://7719]y[/link]", "[@click=app.quit]7720[/]", "\x087721\x0b\x0c", "7722\u2028\u2029",
    "e" + "\u0301" * 200 + "7723", "$FOB 7724[", "7725\n\x1b[2J",
)  # fmt: skip
"""Each carries a number that no control sequence of ours has: colours, rows and columns are smaller."""

BEGIN, END = BRACKETS
ESC, CLEAR, QUIT = "\x1b", "\x15", "\x11"

MARK = re.compile("77[0-9]{2}")
# What is left once control sequences are taken out: nothing that a terminal obeys or that turns a line around.
STEERS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
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
        store_trade.add(session.book, everything, Quote(DAY, PAYLOADS[0], 8600, PAYLOADS[1], ALL, ALL, 5000, ALL))
        store_trade.add(session.book, everything, Sample(ALL, ALL, ALL, DAY))
        store_trade.add(
            session.book, everything, Order(DAY, PAYLOADS[0], 100, ALL, ALL, terms=ALL, product=ALL, remark=ALL)
        )
        store_trade.add(session.book, everything, Shipment(ALL, ALL, ALL, container=ALL, bill=ALL, remark=ALL))
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
        crm.until("There is no theme ␛]0;7727␇[/nope] [")
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
        crm.until(lambda shown: re.search(r"␛\[7701J +1", shown))
        look_at(crm, "", "Search: #")

        crm.send("l")
        crm.until("Log: A␛[7701J")
        crm.paste(ALL)
        crm.send(" they ask for the price of 5000 pcs >3d send [/nope] [ #[/nope]")
        crm.until("send [/nope] [ #[/nope]  promised")
        crm.send("\r")
        crm.until("Saved: A␛[7701J")

        crm.send("H")
        crm.until("Enter what changed")
        look_at(crm, "\r", "Wed 18 Nov 2026")
        crm.send("u")
        crm.until("Undone: Logged")
        crm.send("q")
        crm.until("0 done · 25 due")

        crm.send("4")
        crm.until("Open in trade")
        look_at(crm, "e", "Ctrl+S save")
        look_at(crm, " ", "remove it")
        crm.send("q")
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


VERBS = (
    ("due",), ("due", "--json"), ("find", "", "--lang", "zh_CN"), ("find", "", "--json"), ("history",),
    ("history", "--json"), ("show", "t:hot"), ("show", "t:hot", "--json"), ("why", "t:hot"), ("show", "c:DE"), ("show", ALL),
    ("log", "t:cold", ALL), ("due", "--db", f"/dev/null/{ALL}"), (ALL,), ("due", f"--{ALL}"), ("due", "--today", ALL),
)  # fmt: skip


@pytest.mark.parametrize("words", VERBS, ids=lambda words: " ".join(words).partition("\x1b")[0])
def test_no_verb_lets_data_steer_the_terminal(home: Path, words: tuple[str, ...]) -> None:
    with Terminal(home, "--today", TODAY, *words) as crm:
        assert crm.end() in (0, 2)
    output = assert_harmless(bytes(crm.raw))
    assert output.controls <= {"\x1b[0m", "\x1b[1m", "\x1b[2m"}
    assert MARK.search(output.text)


def test_what_comes_in_is_made_harmless(tmp_path: Path) -> None:
    tags = [word for payload in PAYLOADS for word in ("--tag", payload)]
    added = verb(
        tmp_path, "add", PAYLOADS[0], "--country", "DE", "--needs", ALL, "--remarks", ALL, "--contact", ALL[:50], *tags
    )
    assert added.returncode == 0, added.stderr
    logged = verb(tmp_path, "log", "c:DE", f"{ALL} \u200b\u00ad\u3164👨‍👩‍👧‍👦 >3d {PAYLOADS[1]}")
    assert logged.returncode == 0, logged.stderr
    stored = json.loads(verb(tmp_path, "show", "c:DE", "--json").stdout)
    texts = list(_texts(stored))
    assert set(MARK.findall(" ".join(texts))) >= set(MARK.findall(ALL))
    for text in texts:
        assert STEERS.findall(text.replace("\n", "")) == []
        assert "\u0301" * 5 not in text
        assert not re.search("[\u200b\u00ad\u3164]", text)
    assert any("👨‍👩‍👧‍👦" in text for text in texts)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


@pytest.mark.parametrize(
    "twin", ["A\u200bCME Trading", "ACME\u00ad Trading", "ＡＣＭＥ Trading", "\u3164Acme  TRADING"]
)
def test_what_nobody_sees_makes_no_second_company(tmp_path: Path, twin: str) -> None:
    assert verb(tmp_path, "add", "ACME Trading", "--country", "DE").returncode == 0
    again = verb(tmp_path, "add", twin, "--country", "DE")
    assert (again.returncode, "in the book already" in again.stderr) == (2, True)


def test_pasted_text_never_runs_as_keys(tmp_path: Path) -> None:
    verb(tmp_path, "add", "Acme", "--country", "DE", "--temperature", "hot", "--today", "2026-11-01")
    with Terminal(tmp_path, "--today", TODAY) as crm:
        crm.until("Last entries")
        crm.paste("xarvxarv" + "\x1bxarv\x1b[xarv\x1b]0;xarv\x07 \x1b\x1bx")
        crm.settle()
        crm.send("l")
        crm.until("Log: Acme")
        crm.paste("first\nsecond\r\nthird\rfourth\x1bx\x1b[Afifth")
        crm.until("first second third fourth␛x␛[Afifth")
        crm.send(QUIT)
        assert crm.end() == 0
    assert len(verb(tmp_path, "history").stdout.splitlines()) == 2
    assert_harmless(bytes(crm.raw))


TEXT = st.text("\x1b[201~xl\n", max_size=12).filter(lambda text: BEGIN not in text and END[:-1] not in text)


@given(
    st.lists(st.tuples(TEXT.filter(lambda text: not text.endswith(tuple(BEGIN[:n] for n in range(2, 6)))), TEXT)),
    st.data(),
)
def test_an_escape_in_a_paste_is_shown_wherever_the_pieces_are_cut(
    parts: list[tuple[str, str]], data: st.DataObject
) -> None:
    sent = "".join(keys + BEGIN + pasted + END for keys, pasted in parts)
    passed = "".join(keys + BEGIN + pasted.replace("\x1b", "␛") + END for keys, pasted in parts)
    guard, rest, read = PasteGuard(), sent, ""
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        read += guard.made_plain(rest[:size])
        rest = rest[size:]
    assert read == passed


NO_KEYS = b"\xff\xfe", b"\xed\xa0\x80", b"\x1b[1114112u", b"\x1b[99999999999u", b"\x1b[97;5:3u", b"\xe2\x82"


def test_what_no_keyboard_sends_is_borne(tmp_path: Path) -> None:
    verb(tmp_path, "add", "Acme", "--country", "DE", "--temperature", "hot", "--today", "2026-11-01")
    with Terminal(tmp_path, "--today", TODAY) as crm:
        crm.until("Last entries")
        crm.send("l")
        crm.until("Log: Acme")
        for number, typed in enumerate(NO_KEYS):
            crm.send(typed)
            crm.settle(0.15)
            crm.send(f" after{number}")
            crm.until(f" after{number}")
        crm.send(QUIT)
        assert crm.end() == 0
    assert_harmless(bytes(crm.raw))
