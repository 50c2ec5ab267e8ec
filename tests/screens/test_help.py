"""The help: every command and mark is in it, and every example it gives is understood."""

from pathlib import Path

import pytest
from textual.content import Content

from tests.builders import TODAY, a_customer, a_session, days_ago
from tests.screen import PACKAGE, Stage, in_chinese, is_harmless, screen_text
from tests.screens.test_agenda import at_work, press
from tui_crm.commands import COMMANDS, key_label
from tui_crm.domain.query import parse_query
from tui_crm.domain.quicklog import parse_line
from tui_crm.i18n import _
from tui_crm.screens.help import LOG_MARKS, SEARCH_MARKS, Help, hang
from tui_crm.screens.help_topics import FOUND, TOPICS
from tui_crm.screens.key_words import keys_in

HERE = ["down", "log", "snooze", "help"]


async def pages(help_screen: Help, *keys: str, size: tuple[int, int] = (120, 36)) -> list[str]:
    """Everything the help shows after these keys, a screen at a time."""
    app = Stage()
    async with app.run_test(size=size) as pilot:
        await app.open(help_screen, pilot)
        await pilot.press(*keys)
        shown = [screen_text(app)]
        while True:
            await pilot.press("pagedown")
            if screen_text(app) == shown[-1]:
                return shown
            shown.append(screen_text(app))


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12)])
async def test_every_command_is_in_the_help(size: tuple[int, int]) -> None:
    whole = "\n".join(await pages(Help("Agenda", HERE), size=size))
    for command in COMMANDS:
        assert command.label in whole
        assert all(key_label(key) in whole for key in (*command.keys, *command.twins))
    assert is_harmless(whole)


async def test_the_keys_of_the_present_screen_come_first() -> None:
    whole = "\n".join(await pages(Help("Agenda", HERE)))
    assert whole.splitlines()[0].startswith(" " * 18 + "╭─ Help · Agenda")
    here, _sep, elsewhere = whole.partition("On other screens")
    assert here.index("Log and plan") < here.index("Snooze") < here.index("Move")
    assert "Undo" not in here
    assert "Undo" in elsewhere


@pytest.mark.parametrize(
    ("typed", "found", "gone"),
    [
        ("snoo", "Snooze", "Undo"),
        ("f6", "Snooze", "Undo"),
        ("ctrl+z", "Undo", "Snooze"),
        ("incoterm", "$FOB Shenzhen 0.86/5000", "Undo"),
        ("days late", "late:>7", "Undo"),
        ("search line", "no:next", "Undo"),
        ("[/nope]", "Nothing here holds “[/nope]”.", "Undo"),
    ],
)
async def test_typing_narrows_the_help(typed: str, found: str, gone: str) -> None:
    shown = "\n".join(await pages(Help("Agenda", HERE), *typed))
    assert found in shown
    assert gone not in shown


@pytest.mark.parametrize("key", ["escape", "f1"])
async def test_the_help_closes(key: str) -> None:
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(Help("Agenda", HERE), pilot)
        await pilot.press("enter", "q", "?")
        assert app.answers == []
        await pilot.press(key)
        assert app.answers == [None]


async def test_the_help_speaks_chinese_and_is_found_by_sound() -> None:
    with in_chinese():
        shown = "\n".join(await pages(Help("今日跟进", HERE), *"tuichi"))
    assert "推迟" in shown
    assert "撤销" not in shown


async def test_it_explains_what_is_open_before_anything_else(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    a_customer(session, "hot", name="Hotel Nord", last_contact=days_ago(4))
    async with at_work(session, (100, 34)) as pilot:
        for keys, first, then, leave in (
            (["?"], "Who to talk to today", "5d late!", []),
            (["l", "f1"], "as you would tell a colleague", ">none no budget", ["escape"]),
            (["2", "?"], "Help · Customers", "By name; a search", []),
            (["/", "f1"], "everything has to fit", "c:DE  ch:wa", ["escape", "1"]),
            (["s", "f1"], "Another day", "end of month", ["escape"]),
            (["t", "?"], "Help · Temperature", "its digit chooses it at once", ["escape"]),
            (["i", "f1"], "Choosing a file", "are offered", ["escape"]),
            (["enter", *["down"] * 4, "enter", "f1"], "Editing a field", "brings the old value back", ["escape"]),
            (["?"], "Help · Hotel Nord", "the main contact", []),
        ):
            screen = await press(pilot, *keys)
            assert first in screen
            assert then in screen
            await press(pilot, "escape", *leave)
    session.close()


def every_topic_reads_well() -> None:
    for topic in TOPICS.values():
        for text in (topic.about, topic.order):
            assert "{" not in keys_in(_(text))
        assert all(_(sign.sign) and _(sign.meaning) for sign in topic.signs)


def test_every_topic_is_of_a_screen_there_is_and_names_keys_in_force() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "screens").rglob("*.py"))
    assert [name for name in TOPICS if f"class {name}(" not in sources] == [FOUND]
    every_topic_reads_well()
    with in_chinese():
        every_topic_reads_well()


def examples_are_understood() -> None:
    for mark, _text in LOG_MARKS:
        entry = parse_line(_(mark), TODAY)
        assert not entry.findings
        assert entry.note == ""
    for mark, _text in SEARCH_MARKS:
        query = parse_query(_(mark), TODAY, "me")
        assert not query.findings
        assert query.terms


def test_every_example_is_understood() -> None:
    examples_are_understood()
    with in_chinese():
        examples_are_understood()


@pytest.mark.parametrize("width", [80, 30, 20, 8, 2])
def test_hanging_text_stays_in_its_width_and_loses_nothing(width: int) -> None:
    text = "a sentence of some words 和一些中文字"
    lines = list(hang(Content("key  "), Content(text), width))
    assert all(line.cell_length <= max(width, 5) for line in lines)
    assert "".join(line.plain for line in lines).replace(" ", "") == "key" + text.replace(" ", "")
