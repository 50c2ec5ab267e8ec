"""A timer that runs while a screen is put together anew."""

import asyncio

from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

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
