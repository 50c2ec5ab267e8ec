"""What comes while a screen is not ready for it: a timer while it is put together anew, several sizes at once."""

import asyncio
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from tests.builders import a_customer, a_session
from tui_crm.app import CrmApp
from tui_crm.config import Places
from tui_crm.screens.widgets.timed import Timed


class Lasting(Static):
    async def on_unmount(self) -> None:
        await asyncio.sleep(0.05)


class Panel(Timed, Vertical):
    looked = 0

    def compose(self) -> ComposeResult:
        yield Static(id="part")
        yield Lasting()

    def on_mount(self) -> None:
        self.set_interval(0.005, self.look)

    def look(self) -> None:
        self.query_one("#part")
        self.looked += 1


class Home(App[None]):
    def compose(self) -> ComposeResult:
        yield Panel()


async def test_a_timer_passes_over_a_widget_in_pieces() -> None:
    app = Home()
    async with app.run_test() as pilot:
        panel = app.query_one(Panel)
        for _ in range(2):
            await panel.recompose()
            await pilot.pause(0.05)
        assert panel.looked > 2
        later = asyncio.Event()
        panel._in_pieces = True
        panel.set_timer(0.001, later.set)
        await pilot.pause(0.03)
        assert not later.is_set()
        panel._in_pieces = False
        await pilot.pause(0.1)
        assert later.is_set()
        await panel.remove()


async def test_sizes_that_come_at_once_do_not_call_for_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[Size] = []
    resized = Screen._screen_resized

    def laid_out(screen: Screen[object], size: Size) -> None:
        sizes.append(size)
        assert len(sizes) < 50
        resized(screen, size)

    monkeypatch.setattr(Screen, "_screen_resized", laid_out)
    session = a_session(tmp_path)
    a_customer(session)
    app = CrmApp(session, Places(tmp_path, tmp_path))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        for size in (Size(80, 25), Size(120, 36), Size(80, 25), Size(120, 36)):
            app.screen.post_message(Resize(size, size))
            app.screen.call_later(lambda: None)  # else the later event takes the place of the one before it
        await pilot.pause()
        assert set(sizes[-2:]) == {Size(120, 36)}
        assert app.screen.size == (120, 36)
