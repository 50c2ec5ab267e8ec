"""The floors of the screen benchmarks: `python bench/bare.py label` and `python bench/bare.py list`, Textual and nothing else."""

from __future__ import annotations

import sys

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Label

READY = "bare and ready"
_ROWS = 1_000_000
_PLAIN, _CURSOR = Style.parse("white on black"), Style.parse("black on white")


class BareLabel(App[None]):
    """One label."""

    def compose(self) -> ComposeResult:
        yield Label(READY)


class BareList(ScrollView, can_focus=True):
    """Rows made up as they are drawn; `j` moves the cursor and draws two lines anew."""

    BINDINGS = [("j", "down", "")]

    def on_mount(self) -> None:
        self.cursor = 0
        self.virtual_size = Size(self.size.width, _ROWS)
        self.focus()

    def action_down(self) -> None:
        self.cursor += 1
        self.scroll_to(y=max(self.scroll_offset.y, self.cursor - self.size.height + 1), animate=False)
        self.refresh_lines(self.cursor - 1, 2)

    def render_line(self, y: int) -> Strip:
        row = y + self.scroll_offset.y
        text = f"{READY if row == 0 else 'customer'} {row}".ljust(self.size.width)
        return Strip([Segment(text, _CURSOR if row == self.cursor else _PLAIN)], self.size.width)


class BareScroll(App[None]):
    """One list."""

    def compose(self) -> ComposeResult:
        yield BareList()


if __name__ == "__main__":
    {"label": BareLabel, "list": BareScroll}[sys.argv[1]]().run()
