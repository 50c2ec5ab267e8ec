"""The mouse, where people expect it: rows, keys at the foot, titles, stages, dialogs, the wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.content import Content
from textual.pilot import Pilot

from tests.builders import a_customer, a_session, days_ago
from tests.screen import screen_text
from tui_crm.app import CrmApp
from tui_crm.config import Places
from tui_crm.screens.widgets.keybar import key_meant, keys_line
from tui_crm.screens.widgets.rowlist import RowList


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        ("Enter open", "enter"), ("l Log", "l"), ("/ find", "slash"), ("Esc", "escape"), ("Ctrl+S save", "ctrl+s"),
        ("F2 Log", "f2"), ("Alt+1 Reached", "alt+1"), ("Del", "delete"), ("? 帮助", "question_mark"), ("Enter 接受", "enter"),
        ("Tab 下一个", "tab"), ("digit or Enter choose", "enter"), ("← → move", ""), ("1 3 7 at once", ""), ("+ − a day", ""),
        ("x Del not the same", "x"), ("type to find", ""), ("nothing is changed then", ""),
    ],
)  # fmt: skip
def test_which_key_an_entry_tells_of(entry: str, key: str) -> None:
    assert key_meant(entry) == key


def test_keys_are_whole_and_the_way_out_stays() -> None:
    line = Content(" Enter Card  l Log  s Snooze  / Search  ? Help ")
    assert keys_line(line, 60).plain == line.plain
    assert keys_line(line, 40).plain.strip() == "Enter Card  l Log  s Snooze  ? Help"
    assert keys_line(line, 20).plain.strip() == "Enter Card  ? Help"
    assert keys_line(Content("type to find · Enter run · Esc cancel"), 32).plain == "type to find · Esc cancel"
    for width in range(3, 60):
        shown = keys_line(line, width).plain.rstrip()
        assert len(shown) <= max(width, len(" Enter Card"))


async def test_what_a_click_does(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    for at in range(60):
        a_customer(session, "hot", name=f"Firma {at:02}", last_contact=days_ago(30))
    app = CrmApp(session, Places(tmp_path, tmp_path))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause(0.15)
        listed = app.screen.query_one("#list", RowList)
        await pilot.click(RowList, offset=(10, 3))
        assert listed.cursor == 3
        listed.scroll_to(y=10, animate=False)
        await pilot.pause()
        await pilot.click(RowList, offset=(10, 3))
        assert listed.cursor == 13
        assert "Firma" in await click_on(pilot, "s Snooze")
        assert "Snooze" in screen_text(app)
        assert "Snooze" not in (await click_on(pilot, " Esc ")).splitlines()[16]
        assert "Theme" in await run(pilot, "theme")
        await pilot.click(RowList, offset=(10, 1), times=2)
        await pilot.pause()
        assert app.theme == "light"
        await run(pilot, "customers")
        assert "grade↑" in await click_on(pilot, "grade  country")
        assert "grade↓" in await click_on(pilot, "grade↑")
        await run(pilot, "pipeline")
        assert "Nobody at this stage." in await click_on(pilot, "ordered")
        await click_on(pilot, "q Back")
        await pilot.click("#list", offset=(10, 1), times=2)
        await pilot.pause()
        assert "Company" in screen_text(app)
        assert "The timeline shows: log" in await click_on(pilot, "changes")
    session.close()


async def run(pilot: Pilot[None], command: str) -> str:
    """Run a command of the screen; returns what is shown then."""
    screen: Any = pilot.app.screen
    await screen.action_do(command)
    await pilot.pause()
    return screen_text(pilot.app)


async def click_on(pilot: Pilot[None], words: str) -> str:
    """Click on these words, the last of their kind on the screen; returns what is shown then."""
    lines = screen_text(pilot.app).splitlines()
    y, x = max((y, line.find(words)) for y, line in enumerate(lines) if words in line)
    await pilot.click(offset=(x + 1, y))
    await pilot.pause(0.02)
    return screen_text(pilot.app)
