"""The agenda, worked off with keys on a real book and read as text."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from contextlib import nullcontext as no_change
from datetime import timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days
from tests.screen import in_chinese, screen_text
from tui_crm import i18n
from tui_crm.app import CrmApp
from tui_crm.commands import BY_ID
from tui_crm.config import Places
from tui_crm.keystrokes import settled
from tui_crm.screens.customer_commands import ON_CUSTOMER
from tui_crm.usecases import cards, drafts, finding
from tui_crm.usecases.session import Session

WIDE, USUAL, SMALL = (120, 36), (80, 24), (40, 12)
REST = 0.06
"""Seconds after which the side pane and a search have followed the keys."""
MORNING = ("Hotel Nord", "Kaltmann", "Potts & Sons")
"""Who is due in `morning`, most urgent first."""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = a_session(tmp_path)
    yield session
    session.close()


@pytest.fixture
def morning(session: Session) -> Session:
    """Three customers that are due and two that are not."""
    a_customer(session, "hot", name="Hotel Nord", last_contact=days_ago(4), tags=("price-sensitive", "价敏感"))
    a_customer(session, "cold", name="Kaltmann", last_contact=days_ago(60), grade="A")
    a_customer(session, "potential", name="Potts & Sons", last_contact=days_ago(7), tags=("price-sensitive",))
    a_customer(session, "hot", name="深圳汇通贸易", country="CN", promised=in_days(4), action="send samples")
    a_customer(session, "existing", name="Altkunde", last_contact=days_ago(3))
    return session


@asynccontextmanager
async def at_work(session: Session, size: tuple[int, int] = WIDE) -> AsyncIterator[Pilot[None]]:
    """The program on this book, drawn and at rest."""
    app = CrmApp(session, Places(session.book.path.parent, session.book.path.parent))
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.15)
        yield pilot


async def press(pilot: Pilot[None], *keys: str) -> str:
    """Press keys, each once the one before has done all it does; returns the screen."""
    for key in keys:
        name = _character_to_key(key) if len(key) == 1 else key
        pilot.app.post_message(events.Key(name, key if len(key) == 1 else None))
        await settled(pilot.app)
    await pilot.pause(0)
    return screen_text(pilot.app)


async def rested(pilot: Pilot[None]) -> str:
    """The screen once what follows the keys with a delay, or is read beside them, has followed."""
    await pilot.pause(REST)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause(0)
    return screen_text(pilot.app)


async def write(pilot: Pilot[None], line: str, *keys: str) -> str:
    """Write a line all at once, then press keys."""
    pilot.app.post_message(events.Paste(line))
    await settled(pilot.app)
    await rested(pilot)
    return await press(pilot, *keys)


def listed(screen: str) -> list[str]:
    """The names in the list, from the top."""
    names = [*MORNING, "深圳汇通贸易", "Altkunde"]
    left = [line.split("▏")[0] for line in screen.splitlines()[1:-2]]
    return [name for line in left for name in names if name in line and not line.startswith("╭")]


def said(screen: str) -> str:
    """The line on which the program speaks."""
    return screen.splitlines()[-2].strip()


def stored(session: Session, name: str) -> cards.Card:
    return cards.card(session, finding.the_one(session, name).id, 50)


# What is on the screen -----------------------------------------------------------------------------------------------


async def test_the_most_urgent_come_first_and_only_who_is_due(morning: Session) -> None:
    async with at_work(morning) as pilot:
        screen = screen_text(pilot.app)
        assert listed(screen) == list(MORNING)
        head = screen.splitlines()[0]
        assert "Agenda  Wed 18 Nov" in head
        assert "0 done · 3 due" in head
        assert "2d late!" in screen.splitlines()[2]


async def test_the_side_pane_follows_the_cursor(morning: Session) -> None:
    async with at_work(morning) as pilot:
        for keys, name in (
            ((), "Hotel Nord"),
            (("j",), "Kaltmann"),
            (("down",), "Potts & Sons"),
            (("g",), "Hotel Nord"),
        ):
            await press(pilot, *keys)
            screen = await rested(pilot)
            side = [line.split("▏")[1].strip() for line in screen.splitlines() if "▏" in line]
            assert side[0] == name
            assert any("asked for the" in line for line in side)


async def test_everyone_and_back(morning: Session) -> None:
    async with at_work(morning) as pilot:
        screen = await press(pilot, "2")
        assert sorted(listed(screen)) == sorted([*MORNING, "深圳汇通贸易", "Altkunde"])
        assert "All customers   5 found" in screen
        assert listed(await press(pilot, "1")) == list(MORNING)
        await press(pilot, "2")
        assert listed(await press(pilot, "escape")) == list(MORNING)


@pytest.mark.parametrize("size", [WIDE, USUAL, SMALL])
@pytest.mark.parametrize("chinese", [False, True], ids=["English", "Chinese"])
async def test_it_fits_any_size(morning: Session, size: tuple[int, int], chinese: bool) -> None:
    with in_chinese() if chinese else no_change():
        async with at_work(morning, size) as pilot:
            for keys in (
                (),
                ("2",),
                ("l",),
                ("escape", "/"),
                ("escape", "w"),
                ("escape", "s"),
                ("escape", "#"),
                ("escape", ":"),
            ):
                screen = await press(pilot, *keys)
                assert len(screen.splitlines()) <= size[1]
                assert all(cell_len(line) <= size[0] for line in screen.splitlines())
            assert pilot.app.is_running


async def test_a_narrow_terminal_shows_the_entries_in_the_log(morning: Session) -> None:
    async with at_work(morning, USUAL) as pilot:
        screen = screen_text(pilot.app)
        assert "▏" not in screen
        assert listed(screen) == list(MORNING)
        assert "asked for the drawing" not in screen
        assert "asked for the drawing" in await press(pilot, "l")


async def test_an_empty_book_is_welcomed(session: Session) -> None:
    async with at_work(session) as pilot:
        for _ in range(50):  # it opens once the first picture is there
            if "Try the example book" in screen_text(pilot.app):
                break
            await pilot.pause(0.1)
        assert "Try the example book" in screen_text(pilot.app)
        screen = await press(pilot, "escape")
        await pilot.pause(0.1)  # the list is put together anew
        screen = screen_text(pilot.app)
        assert "n        Add the first customer" in screen
        assert "0 done · 0 due" in screen
        assert "New customer" in await press(pilot, "n")
    async with at_work(session) as pilot:
        await pilot.pause(0.1)
        assert "The book is empty." in screen_text(pilot.app)  # the welcome was answered


async def test_when_all_is_done_it_says_so(morning: Session) -> None:
    async with at_work(morning) as pilot:
        screen = await press(pilot, "x", "x", "x")
        assert listed(screen) == []
        assert "3 done · 0 due" in screen
        assert "no answer" in said(screen)
        screen = await press(pilot, "1")
        assert said(screen).startswith("Nobody is due. Well done!")
    with in_chinese():
        async with at_work(morning) as pilot:
            assert "已跟 3 · 待跟 0" in screen_text(pilot.app)


# Logging -------------------------------------------------------------------------------------------------------------


async def test_a_line_is_saved_and_the_next_customer_is_at_hand(morning: Session) -> None:
    async with at_work(morning) as pilot:
        screen = await press(pilot, "l")
        assert "Log: Hotel Nord" in screen
        screen = await write(pilot, "sent PI, they ask for blue >3d call #vip @wa !potential =quoted")
        assert "WhatsApp  sent PI, they ask for blue" in screen
        assert "next  Sat 21 Nov  call  promised" in screen
        screen = await press(pilot, "enter")
        assert said(screen) == "Saved: Hotel Nord  ·  next Sat 21 Nov  ·  u undoes"
        assert listed(screen) == ["Kaltmann", "Potts & Sons"]
        assert "1 done · 2 due" in screen
        assert "Log: Kaltmann" in await press(pilot, "l")
    card = stored(morning, "Hotel Nord")
    entry = card.activities[0]
    assert (entry.note, entry.channel, entry.stage, entry.author) == (
        "sent PI, they ask for blue",
        "whatsapp",
        "quoted",
        "me",
    )
    assert (card.step.due_on, card.step.action, card.step.by_hand) == (TODAY + timedelta(3), "call", True)
    assert (card.customer.temperature, card.customer.stage) == ("potential", "quoted")
    assert "vip" in card.customer.tags


async def test_a_chinese_line_with_full_width_marks(morning: Session) -> None:
    with in_chinese():
        async with at_work(morning) as pilot:
            await press(pilot, "f2")
            screen = await write(pilot, "发PI，问付款 ＞3天 寄样品 ＃价敏感 ＠微信 ！热", "enter")
            assert said(screen).startswith("已记录：Hotel Nord")
    card = stored(morning, "Hotel Nord")
    assert (card.activities[0].note, card.activities[0].channel) == ("发PI，问付款", "wechat")
    assert (card.step.due_on, card.step.action) == (TODAY + timedelta(3), "寄样品")


@pytest.mark.parametrize(("note", "example"), [("followed up", "asked for a lower MOQ"), ("已联系", "嫌MOQ高")])
async def test_a_vague_note_is_questioned_once(morning: Session, note: str, example: str) -> None:
    async with at_work(morning) as pilot:
        await press(pilot, "l")
        screen = await write(pilot, note, "enter")
        assert example in screen
        assert "Enter again saves it as it is." in screen
        assert stored(morning, "Hotel Nord").activities[0].note != note
        assert said(await press(pilot, "enter")).startswith("Saved: Hotel Nord")
    assert stored(morning, "Hotel Nord").activities[0].note == note


async def test_a_vague_note_that_is_mended_is_saved_at_once(morning: Session) -> None:
    async with at_work(morning) as pilot:
        await press(pilot, "l")
        await write(pilot, "called", "enter")
        assert said(await write(pilot, ", wants 5000 pcs", "enter")).startswith("Saved: Hotel Nord")


async def test_an_empty_line_is_refused_with_an_example(morning: Session) -> None:
    async with at_work(morning) as pilot:
        screen = await press(pilot, "l", "enter")
        assert "Nothing to save yet" in screen
        assert "Log: Hotel Nord" in screen


async def test_esc_keeps_what_was_typed_and_each_customer_has_its_own(morning: Session) -> None:
    async with at_work(morning) as pilot:
        await press(pilot, "l")
        await write(pilot, "half a note", "escape")
        assert "half a note" not in await press(pilot, "j", "l")
        await press(pilot, "escape")
        assert "half a note" in await press(pilot, "k", "l")
        await write(pilot, ", 5000 pcs", "enter")
    assert drafts.all_kept(morning) == {}


async def test_a_draft_is_offered_at_the_next_start(morning: Session) -> None:
    drafts.keep(morning, stored(morning, "Kaltmann").customer.uid, "half a note")
    async with at_work(morning) as pilot:
        assert said(screen_text(pilot.app)) == "An unsaved line for Kaltmann is kept: go there and press l."
        screen = await press(pilot, "l")
        assert "Log: Kaltmann" in screen
        assert "half a note" in screen


@pytest.mark.parametrize("how", ["key", "twin"])
async def test_one_key_logs_an_outcome(morning: Session, how: str) -> None:
    outcomes = {"reached": "reached", "no_answer": "no answer", "left_message": "left a message"}
    async with at_work(morning) as pilot:
        for left, (name, (outcome, words)) in enumerate(zip(MORNING, outcomes.items(), strict=True), 1):
            command = BY_ID[outcome]
            screen = await press(pilot, (command.keys if how == "key" else command.twins)[0])
            assert said(screen).startswith(f"{name}: {words}  ·  next ")
            assert listed(screen) == list(MORNING[left:])
            entry = stored(morning, name).activities[0]
            assert (entry.outcome, entry.note) == (outcome, "")
        assert said(await press(pilot, "2", "r" if how == "key" else "alt+4")).endswith("u undoes")
    assert stored(morning, "Altkunde").activities[0].outcome == "replied"


# Planning and standing -----------------------------------------------------------------------------------------------


async def test_snooze(morning: Session) -> None:
    async with at_work(morning) as pilot:
        for keys, days in ((("s", "3"), 3), (("f6", "7"), 7), (("s", *"fri", "enter"), 2), (("s", "1"), 1)):
            screen = await press(pilot, *keys)
            assert said(screen).startswith("Hotel Nord: moved to ")
            assert listed(screen) == ["Kaltmann", "Potts & Sons"]
            assert stored(morning, "Hotel Nord").step.due_on == TODAY + timedelta(days)
            assert listed(await press(pilot, "u")) == list(MORNING)
        screen = await press(pilot, "s", *"yesterday", "enter")
        assert "Snooze Hotel Nord" in screen
        assert stored(morning, "Hotel Nord").step.due_on == days_ago(2)


STANDING: tuple[tuple[tuple[str, ...], str, object, str], ...] = (
    (("t", "3"), "temperature", "cold", "Hotel Nord is now cold"),
    (("f7", "2"), "temperature", "potential", "Hotel Nord is now potential"),
    (("c", "1"), "grade", "S", "Hotel Nord is now grade S"),
    (("f8", "2"), "grade", "A", "Hotel Nord is now grade A"),
    (("=", "4"), "stage", "quoted", "Hotel Nord is now quoted"),
    (("f5", "5"), "stage", "sampling", "Hotel Nord is now sampling"),
    (("=", "9", *"price", "enter"), "lost_reason", "price", "Hotel Nord is now lost"),
    (("=", "0", *"2w", "enter"), "paused_until", TODAY + timedelta(14), "Hotel Nord is now paused"),
    (("#", *"vip", "enter"), "tags", ("price-sensitive", "价敏感", "vip"), "Hotel Nord: #vip"),
    (("ctrl+t", *"vip", "tab", *"pri", "enter"), "tags", ("价敏感", "vip"), "Hotel Nord: #vip -#price-sensitive"),
)


async def test_standing(morning: Session) -> None:
    async with at_work(morning) as pilot:
        for keys, field, value, words in STANDING:
            before = stored(morning, "Hotel Nord").customer
            assert said(await press(pilot, *keys)).startswith(words)
            assert getattr(stored(morning, "Hotel Nord").customer, field) == value
            await press(pilot, "u", "g")
            assert getattr(stored(morning, "Hotel Nord").customer, field) == getattr(before, field)


async def test_undo_and_redo(morning: Session) -> None:
    async with at_work(morning) as pilot:
        await press(pilot, "x")
        screen = await press(pilot, "u")
        assert said(screen) == "Undone: Logged “no answer” with Hotel Nord  ·  U brings it back"
        assert listed(screen) == list(MORNING)
        screen = await press(pilot, "U")
        assert said(screen) == "Redone: Logged “no answer” with Hotel Nord"
        assert listed(screen) == ["Kaltmann", "Potts & Sons"]
        assert listed(await press(pilot, "ctrl+z")) == list(MORNING)
        assert listed(await press(pilot, "ctrl+y")) == ["Kaltmann", "Potts & Sons"]
        assert "nothing to redo" in said(await press(pilot, "U"))


# Finding -------------------------------------------------------------------------------------------------------------


FOUND: tuple[tuple[str, set[str]], ...] = (
    ("#price-sensitive", {"Hotel Nord", "Potts & Sons"}),
    ("＃价敏感", {"Hotel Nord"}),
    ("#价敏感", {"Hotel Nord"}),
    ("shenzhen", {"深圳汇通贸易"}),
    ("szht", {"深圳汇通贸易"}),
    ("深圳", {"深圳汇通贸易"}),
    ("t:hot c:DE", {"Hotel Nord"}),
    ("kalt", {"Kaltmann"}),
    ("anna", {*MORNING, "深圳汇通贸易", "Altkunde"}),
)


async def test_search(morning: Session) -> None:
    async with at_work(morning) as pilot:
        for line, found in FOUND:
            await press(pilot, "/")
            assert set(listed(await write(pilot, line))) == found
            assert set(listed(await press(pilot, "enter", "j", "k"))) == found
            assert listed(await press(pilot, "escape")) == list(MORNING)


async def test_keys_act_on_what_was_found(morning: Session) -> None:
    async with at_work(morning) as pilot:
        await press(pilot, "/")
        await write(pilot, "价敏感", "enter")
        assert said(await press(pilot, "x")).startswith("Hotel Nord: no answer")
        assert listed(screen_text(pilot.app)) == ["Hotel Nord"]
        assert listed(await press(pilot, "escape")) == ["Kaltmann", "Potts & Sons"]


async def test_a_search_without_a_hit_says_how_to_go_back(morning: Session) -> None:
    async with at_work(morning) as pilot:
        await press(pilot, "/")
        screen = await write(pilot, "nobody", "enter")
        assert "“nobody” is in no name, person, address, tag or log." in screen
        assert "Esc goes back" in screen
        assert said(await press(pilot, "x")).startswith("There is no customer on this line.")
        assert listed(await press(pilot, "escape")) == list(MORNING)


# Keys ----------------------------------------------------------------------------------------------------------------

OPENS = {
    "open": "Tab log / card",
    "log": "Log: Hotel Nord",
    "edit": "Tab log / card",
    "new": "New customer",
    "snooze": "Snooze Hotel Nord",
    "temperature": "─ Temperature ─",
    "grade": "─ Grade ─",
    "stage": "─ Stage ─",
    "why": "Why here · Hotel Nord",
    "tag": "a tag, known or new",
    "search": "name, pinyin, phone",
    "history": "what changed",
    "theme": "─ Theme ─",
    "help": "search: a key, a word",
    "palette": "a part of the name",
    "customers": "All customers",
}
FULL_WIDTH = {"/": "／", "?": "？", ":": "：", "#": "＃", "=": "＝"}


async def test_a_key_its_twin_and_its_full_width_form_do_the_same(morning: Session) -> None:
    async with at_work(morning) as pilot:
        for command, words in OPENS.items():
            known = BY_ID[command]
            for key in (*known.keys, *known.twins, *(FULL_WIDTH[key] for key in known.keys if key in FULL_WIDTH)):
                assert words in await press(pilot, key), key
                screen = await press(pilot, "escape")
                assert words not in screen, key
                assert listed(screen) == list(MORNING), key


@pytest.mark.parametrize("chinese", [False, True], ids=["English", "Chinese"])
async def test_a_key_that_cannot_act_says_why(session: Session, chinese: bool) -> None:
    why = "这里没有客户" if chinese else "There is no customer on this line."
    with in_chinese() if chinese else no_change():
        async with at_work(session) as pilot:
            await press(pilot, "escape")
            for command in (*ON_CUSTOMER, "open", "edit"):
                for key in (*BY_ID[command].keys, *BY_ID[command].twins):
                    await press(pilot, "1")
                    assert said(await press(pilot, key)).startswith(why), key


async def test_undo_with_nothing_done_says_so(session: Session) -> None:
    async with at_work(session) as pilot:
        await press(pilot, "escape")
        assert "nothing to undo" in said(await press(pilot, "u")).lower()
        assert "nothing to redo" in said(await press(pilot, "U")).lower()


async def test_q_quits_only_the_second_time(morning: Session) -> None:
    async with at_work(morning) as pilot:
        assert said(await press(pilot, "q")) == "q again quits; everything is saved already."
        assert pilot.app.is_running
        await pilot.press("q")
        assert pilot.app.return_code == 0


async def test_the_list_goes_on_beyond_what_was_read_first(session: Session) -> None:
    for number in range(150):
        a_customer(session, "cold", name=f"Firma {number:03}", last_contact=days_ago(200))
    async with at_work(session) as pilot:
        assert "0 done · 150 due" in screen_text(pilot.app)
        for _ in range(5):
            screen = await press(pilot, "G")
        assert "Firma 149" in screen
        assert "Firma 000" in await press(pilot, "g")


async def test_the_language_changes_at_a_key(morning: Session) -> None:
    before = i18n._catalog, i18n._language
    try:
        async with at_work(morning) as pilot:
            screen = await press(pilot, "L")
            assert "今日跟进  11月18日 周三" in screen
            assert listed(screen) == list(MORNING)
            assert "Agenda  Wed 18 Nov" in await press(pilot, "ctrl+l")
    finally:
        i18n._catalog, i18n._language = before
