"""Searching while typing, saved views, and lists in columns of the user's choice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot

from tests.builders import FixedClock, a_customer, a_session, days_ago, in_days
from tests.screen import HOSTILE, in_chinese, is_harmless, screen_text
from tests.screens.test_agenda import USUAL, WIDE, at_work, press, rested, said, write
from tui_crm.config import Places, load_settings
from tui_crm.domain.values import Contact, Reach
from tui_crm.screens.reader import Reader
from tui_crm.usecases import finding, logging
from tui_crm.usecases.session import Session, open_session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Three customers, each found in another of its texts."""
    session = a_session(tmp_path)
    a_customer(
        session,
        "hot",
        name="Schmidt Werkzeug",
        grade="A",
        contacts=(),
        tags=("price-sensitive", "价敏感"),
        last_contact=days_ago(40),
    )
    person = Contact("Anna Schmidt", "CEO", (Reach("email", "as@firma.example"),), True)
    a_customer(
        session,
        "potential",
        name="Hotel Nord",
        country="AT",
        contacts=(person,),
        tags=("price",),
        last_contact=days_ago(2),
    )
    logged = a_customer(
        session, "cold", name="Kaltmann", contacts=(), grade="C", country="CN", promised=in_days(3), action="call"
    )
    logging.log(session, logged, "met at the fair, knows Schmidt very well")
    yield session
    session.close()


def looks(app: App[Any], text: str) -> set[bool]:
    """Whether this text, wherever it stands in the list, is underlined."""
    strips = app.screen.query_one("#list").render_lines(app.screen.query_one("#list").size.region)
    return {bool(s.style and s.style.underline) for strip in strips for s in strip if s.text.strip() == text}


def names(screen: str) -> list[str]:
    left = [line.split("▏")[0] for line in screen.splitlines()]
    return [name for line in left for name in ("Schmidt Werkzeug", "Hotel Nord", "Kaltmann") if name in line]


def column(screen: str, title: str) -> list[str]:
    """The first word of each line under a title."""
    lines = [line.split("▏")[0] for line in screen.splitlines()]
    at = next(n for n, line in enumerate(lines) if n and f" {title}" in line)
    start = lines[at].index(title)
    return [line[start:].split()[0] for line in lines[at + 1 : at + 4] if line[start:].split()]


# Typing -----------------------------------------------------------------------------------------------------------------


async def test_what_is_typed_is_found_and_shown_where(session: Session) -> None:
    async with at_work(session) as pilot:
        await press(pilot, "/", *"schmidt")
        screen = await rested(pilot)
        assert "Search: schmidt   3 found" in screen
        assert names(screen) == ["Schmidt Werkzeug", "Hotel Nord", "Kaltmann"]  # in the name, a person, the log
        assert "person Anna Schmidt" in screen
        assert "log …knows Schmidt" in screen
        assert looks(pilot.app, "Schmidt") == {True}
        assert looks(pilot.app, "Werkzeug") == {False}
        assert "with “schmidt”" in screen
        screen = await press(pilot, "down", "j", "escape")
        assert "Search: schmidt" not in screen  # and back where the search began
        await press(pilot, "/", "up")
        assert "Search: schmidt   3 found" in await rested(pilot)
        with in_chinese():
            assert "搜索：schmidt" in await write(pilot, " fair")
            assert "记录" in await rested(pilot)


async def test_offers_are_chosen_with_tab_and_the_arrows(session: Session) -> None:
    async with at_work(session) as pilot:
        screen = await press(pilot, "/", *"#pri")
        screen = await rested(pilot)
        assert "price            1" in screen
        assert "price-sensitive  1" in screen
        screen = await press(pilot, "down", "down", "enter")
        assert "Search: #price-sensitive   1 found" in await rested(pilot)
        await press(pilot, *" c:aus")
        assert "AT  Austria" in await rested(pilot)
        assert "Nobody is found." in (await press(pilot, "tab") and await rested(pilot))
        await press(pilot, "escape", "/", *"st:")
        assert "negotiating  " in await rested(pilot)
        await press(pilot, *"quo", "right", "enter")
        assert "Search: st:quoted   0 found" in await rested(pilot)


@pytest.mark.parametrize("chinese", [False, True], ids=["English", "Chinese"])
async def test_nothing_found_says_why_and_what_to_do(session: Session, chinese: bool) -> None:
    english = (
        ("#pricy", "No customer has the tag #pricy. Did you mean #price?"),
        ("tmp:hot", "Did you mean temp:hot?"),
        ("anna c:CN", "Without “c:CN” it finds 1."),
    )
    spoken = (("#pricy", "没有客户带标签 #pricy。是不是 #price？"), ("anna c:CN", "去掉“c:CN”能找到 1 个。"))

    async def check(pilot: Pilot[None]) -> None:
        for line, words in spoken if chinese else english:
            await press(pilot, "/")
            assert words in await write(pilot, line)
            await press(pilot, "enter", "x")
            assert said(screen_text(pilot.app))
            await press(pilot, "escape")

    if chinese:
        with in_chinese():
            async with at_work(session, USUAL) as pilot:
                await check(pilot)
    else:
        async with at_work(session, USUAL) as pilot:
            await check(pilot)


PAYLOADS = (
    *HOSTILE, "(" * 5_000, "x" * 1_000_000, "'; drop table customer;--", '"', "NEAR(", "a AND", ".*[a-z]+$", "%", "!!! ??? ...",
    "due:2026-02-30", "late:x", "nosuchfield:y", "-", "#", "a\x00b", "\ud800x",
)  # fmt: skip


async def test_no_line_breaks_the_search(session: Session) -> None:
    async with at_work(session, WIDE) as pilot:
        await press(pilot, "/")
        for line in PAYLOADS:
            screen = await write(pilot, line)
            assert is_harmless(screen), line[:20]
            assert "found" in screen.splitlines()[0], line[:20]
            assert names(screen) or "Nobody is found." in screen, line[:20]
            await press(pilot, "ctrl+u")
        await press(pilot, *"schmidt", "enter", "j")
        assert names(await press(pilot, "escape")) == ["Schmidt Werkzeug"]  # the agenda, as before


# Views and columns ------------------------------------------------------------------------------------------------------


def again(session: Session) -> Session:
    """The same book after a restart, with the settings as they were written down."""
    folder = session.book.path.parent
    settings = load_settings(Places(folder, folder).settings)
    return open_session(session.book.path, settings, FixedClock())


async def test_a_search_is_saved_as_a_view_with_a_digit_and_there_after_a_restart(session: Session) -> None:
    async with at_work(session) as pilot:
        assert "No view has the key 6 yet." in said(await press(pilot, "6"))
        await press(pilot, "/")
        await write(pilot, "c:AT", "enter", ",")
        screen = await rested(pilot)
        assert [line.split()[2] for line in screen.splitlines() if "Silent for 30 days" in line or "At risk" in line]
        await press(pilot, "s", *"Austria", "enter", "6", "6", "6", "escape")
        assert "View: Austria   1 found" in await press(pilot, "6")
    session = again(session)
    async with at_work(session) as pilot:
        screen = await press(pilot, "6")
        assert "View: Austria   1 found" in screen
        assert names(screen) == ["Hotel Nord"]
        await press(pilot, ":", *"austria")
        assert "View: Austria" in await press(pilot, "enter")
        await press(pilot, ",", "end")
        assert "There is a view “At risk” already." in await press(pilot, "r", *["backspace"] * 7, *"At risk", "enter")
        await press(pilot, "escape", "delete")
        assert "c:AT" not in await press(pilot, "escape", ",")
    session.close()


async def test_columns_and_order_are_chosen_and_remembered(session: Session) -> None:
    async with at_work(session) as pilot:
        screen = await press(pilot, "2")
        assert column(screen, "customer") == ["Hotel", "Kaltmann", "Schmidt"], screen
        assert "always in order of urgency" in said(await press(pilot, "1", "|"))
        await press(pilot, "2", "|", "g", *["j"] * 3, "space")  # without the country
        await press(pilot, *["k"] * 10, *["j"] * 4, "s", "s")  # the latest contact first
        screen = await press(pilot, "enter")
        assert column(screen, "contacted↓") == ["today", "2d", "40d"]
        assert "country" not in screen.splitlines()[1]
    session = again(session)
    assert (session.settings.list.sort, "country" in session.settings.list.columns) == ("-last", False)
    async with at_work(session) as pilot:
        assert column(await press(pilot, "2"), "contacted↓") == ["today", "2d", "40d"]
        await press(pilot, "/")
        await write(pilot, "schmidt", "enter")
        assert names(screen_text(pilot.app)) == ["Schmidt Werkzeug", "Hotel Nord", "Kaltmann"]  # words: the best first
    session.close()


# Reading beside the keys ------------------------------------------------------------------------------------------------


async def test_a_newer_question_stops_the_one_before(tmp_path: Path) -> None:
    session, reader = a_session(tmp_path), Reader()
    for number in range(30):
        a_customer(session, name=f"Firma {number}")
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()

    def endless(stop: Callable[[], bool]) -> str:
        loop.call_soon_threadsafe(begun.set)
        while True:
            finding.find(session, "firma", stop=stop)

    first = asyncio.create_task(reader.ask(endless))
    await begun.wait()
    waiting = [asyncio.create_task(reader.ask(endless)) for _ in range(3)]
    await asyncio.sleep(0)
    last = await reader.ask(lambda stop: finding.find(session, "firma 7", stop=stop).rows[0].name)
    assert last == "Firma 7"
    assert await asyncio.gather(first, *waiting) == [None] * 4
    reader.close(session)
    session.close()
