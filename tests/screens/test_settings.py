"""The settings screen: every kind of line changed once, the order beside the weights, saved whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.builders import a_customer, a_session, days_ago
from tests.screen import in_chinese, screen_text, shows
from tui_crm.app import CrmApp
from tui_crm.config import Places, Settings, load_settings
from tui_crm.screens.settings import SettingsScreen
from tui_crm.usecases import agenda
from tui_crm.usecases.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = a_session(tmp_path)
    for number in range(4):
        a_customer(session, "hot", name=f"Hot {number}", last_contact=days_ago(3))
        a_customer(session, "cold", name=f"Cold {number}", grade="A", last_contact=days_ago(20))
    return session


async def go_to(pilot: Pilot[None], *words: str) -> None:
    """To the setting found by these words."""
    await pilot.press("slash")
    await pilot.pause()
    pilot.app.screen.query_one(Input).value = " ".join(words)
    await pilot.pause()
    await pilot.press("enter")
    await pilot.pause()


async def test_other_weights_show_the_order_that_saving_them_brings(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("# mine\nnewer = 1\n", encoding="utf-8")
    app = CrmApp(session, Places(tmp_path, tmp_path))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause(0.2)
        await pilot.press("S")
        await pilot.pause()
        await pilot.press("j", "enter", *"jj", "enter", "ctrl+u", *"12,5")
        shown = await shows(pilot, "Today, with 8 places changed")
        assert "1 ↑4" in shown
        assert "5 ↓4" in shown
        assert file.read_text(encoding="utf-8") == "# mine\nnewer = 1\n"
        await pilot.press("enter", "ctrl+s")
        await shows(pilot, "1 setting saved.")
        names = [row.name for row in agenda.agenda(app.session).rows]
        assert names[0].startswith("Cold")
        places = [line for line in shown.splitlines() if "↑" in line or "↓" in line]
        assert [next(name for name in names if name in line) for line in places] == names
        assert app.session.settings.weights.temperature["cold"] == 12.5
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# mine\nnewer = 1\n")
    assert "cold = 12.5" in text


async def test_every_kind_of_line_is_changed_and_dropped_or_saved_together(session: Session, tmp_path: Path) -> None:
    app = CrmApp(session, Places(tmp_path, tmp_path))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause(0.2)
        app.push_screen(SettingsScreen(session))
        await pilot.pause()
        await go_to(pilot, "customers a day")  # a number
        await pilot.press("enter", "ctrl+u", *"0", "enter")
        await pilot.pause()
        assert "a whole number from 1 to 1000" in screen_text(app)
        await pilot.press("ctrl+u", *"25", "enter")
        await go_to(pilot, "backup.daily")  # yes or no
        await pilot.press("space")
        await go_to(pilot, "stages")  # several of a few
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("space", "enter")
        await go_to(pilot, "list.sort")  # one of a few
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press(*"Country", "enter")
        await go_to(pilot, "own_currency")  # text
        await pilot.press("enter", *"rmb", "enter")
        await pilot.pause()
        assert "5 changes" in screen_text(app)
        await pilot.press("delete", "u", "u")  # as usual, that taken back, and the currency itself
        await pilot.pause()
        assert "4 changes" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "4 changes not saved" in screen_text(app)
        assert not (tmp_path / "settings.toml").exists()
        await pilot.press("ctrl+s")
        await pilot.pause()
        kept = load_settings(tmp_path / "settings.toml")
        assert (kept.capacity, kept.backup.daily, kept.list.sort, kept.own_currency) == (25, False, "country", "")
        assert kept.stages == Settings().stages[1:]
        await go_to(pilot, "theme")  # worn while choosing, dropped with the rest
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("j", "enter")
        await pilot.pause()
        assert app.theme != "dark"
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert app.theme == "dark"
        assert not isinstance(app.screen, SettingsScreen)
    assert load_settings(tmp_path / "settings.toml") == kept


async def test_a_narrow_screen_in_chinese_leads_on_to_the_lists(session: Session, tmp_path: Path) -> None:
    app = CrmApp(session, Places(tmp_path, tmp_path))
    with in_chinese():
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause(0.2)
            app.push_screen(SettingsScreen(session))
            await pilot.pause()
            await go_to(pilot, "催款")
            assert "催款间隔几天。" in await shows(pilot, "今天的顺序")
            await go_to(pilot, "汇率列表")
            await pilot.press("enter")
            await pilot.pause(0.2)
            assert not isinstance(app.screen, SettingsScreen)
