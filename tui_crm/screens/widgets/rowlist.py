"""The one virtual list: draws only the lines in sight, so a million rows cost what fifty do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.color import Color
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ...domain.messages import Problem
from ..safety import OWN

Cells = list[tuple[str, str]]
"""One line as (text, look) pieces, already cut to width; `look` names a colour of the theme, or plain, strong, gone, found."""
Draw = Callable[[object, int, bool], Cells]
"""Draws a row for a width; the flag says whether the cursor is on it."""


OPEN = "/open"
"""Follows the look of a piece that may be read while names and amounts are hidden."""
_INK = {"plain": "foreground", "strong": "foreground", "gone": "dim", "found": "accent"}
_BOLD = frozenset({"strong", "found", "late", "hot", "potential", "cold", "existing", "sample"})


_REMEMBERED = 300
"""Drawn lines kept at most."""


class RowList(ScrollView, can_focus=True, inherit_bindings=False):
    """A list with a cursor. Rows are any values, perhaps read as they are looked at; `draw` turns one into cells."""

    cursor: reactive[int] = reactive(0, repaint=False)
    in_hand: reactive[bool] = reactive(True)
    """Whether its cursor is shown: of several lists side by side only one is in hand."""

    class Moved(Message):
        """The cursor stands on another row (None when the list is empty)."""

        def __init__(self, row: object | None, index: int) -> None:
            super().__init__()
            self.row = row
            self.index = index

    class Chosen(Message):
        """A row was clicked twice or entered with the mouse."""

        def __init__(self, row: object) -> None:
            super().__init__()
            self.row = row

    class Unreadable(Message):
        """Rows that are read while they are drawn could not be."""

        def __init__(self, problem: Problem) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, draw: Draw, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._draw = draw
        self._rows: Sequence[object] = ()
        self._instead: Sequence[Cells] = ()
        self._looks: dict[str, Style] = {}
        self._drawn: dict[int, Strip] = {}  # finished lines without the cursor: scrolling shows most of them again

    @property
    def rows(self) -> Sequence[object]:
        """What is listed."""
        return self._rows

    @property
    def current(self) -> object | None:
        """The row under the cursor."""
        return self._row(self.cursor) if 0 <= self.cursor < len(self._rows) else None

    def show(self, rows: Sequence[object], cursor: int = 0) -> None:
        """List these rows, the cursor on (or as near as can be to) line `cursor`."""
        self._rows = rows
        self._instead = ()
        self._drawn.clear()
        self.virtual_size = Size(self.size.width, len(rows))
        self.set_reactive(RowList.cursor, max(0, min(cursor, len(rows) - 1)))
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.Moved(self.current, self.cursor))

    def recount(self) -> None:
        """There are more rows than there were; those before stay where they are."""
        self.virtual_size = Size(self.size.width, len(self._rows))

    def explain(self, lines: Sequence[Cells]) -> None:
        """Say why there are no rows, where they would stand; until the next `show`."""
        self._instead = lines
        self.redraw()

    def move(self, by: int) -> None:
        """Move the cursor; it stops at either end."""
        self.go_to(self.cursor + by)

    def go_to(self, index: int) -> None:
        """Put the cursor on a line."""
        self.cursor = max(0, min(index, len(self._rows) - 1))

    def page(self) -> int:
        """How many lines a page has."""
        return max(1, self.size.height - 1)

    def watch_cursor(self, old: int, new: int) -> None:
        """Redraw the two lines that changed and keep the cursor in sight."""
        top = self.scroll_offset.y
        self._keep_in_sight()
        if self.scroll_offset.y == top:
            for line in (old, new):
                self.refresh(Region(0, line - top, self.size.width, 1))
        self.post_message(self.Moved(self.current, new))

    def watch_in_hand(self) -> None:
        """The line under the cursor is drawn anew."""
        self._drawn.pop(self.cursor, None)

    def _keep_in_sight(self) -> None:
        height = self.size.height
        if height <= 0:
            return
        top = self.scroll_offset.y
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, immediate=True)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, immediate=True)

    def on_resize(self) -> None:
        """Lines are drawn for the new width; the cursor stays in sight."""
        self._drawn.clear()
        self.virtual_size = Size(self.size.width, len(self._rows))
        self._keep_in_sight()
        self.refresh()

    def notify_style_update(self) -> None:
        """Colours changed: forget the styles worked out before."""
        super().notify_style_update()
        self._looks.clear()
        self._drawn.clear()

    def redraw(self) -> None:
        """Draw all lines anew: what they say has changed, not which rows they are."""
        self._drawn.clear()
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """One click moves the cursor, two open the row."""
        index = self.scroll_offset.y + event.y
        if 0 <= index < len(self._rows):
            self.go_to(index)
            if event.chain == 2 and self.current is not None:
                self.post_message(self.Chosen(self.current))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in sight. Those without the cursor remain the same strips, and with them what Textual has made of them:
        put together anew by it, each line of the screen would cost several times as much whenever the list scrolls."""
        if self.styles.gutter.width or self.styles.gutter.height:
            return super().render_lines(crop)
        top, width, ground = self.scroll_offset.y, self.outer_size.width, self.background_colors[1]
        strips = [self._finished(y, y + top, width, ground) for y in crop.line_range]
        return strips if crop.column_span == (0, width) else [strip.crop(crop.x, crop.right) for strip in strips]

    def _finished(self, y: int, index: int, width: int, ground: Color) -> Strip:
        """A line as it goes to the terminal, kept if the cursor is not on it."""
        here = self.in_hand and index == self.cursor
        if not here and index in self._drawn:
            return self._drawn[index]
        strip = self.render_line(y).adjust_cell_length(width, self._look("plain"))
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, ground)
        if not here:
            if len(self._drawn) >= _REMEMBERED:
                self._drawn.clear()
            self._drawn[index] = strip
        return strip

    def render_line(self, y: int) -> Strip:
        """Draw one line in sight."""
        width = self.scrollable_content_region.width
        index = self.scroll_offset.y + y
        base = self._look("plain")
        if not 0 <= index < len(self._rows):
            said = self._instead[index] if not self._rows and index < len(self._instead) else ()
            return Strip([Segment(text, self._look(look)) for text, look in said]).adjust_cell_length(width, base)
        here = self.in_hand and index == self.cursor
        wash = self._cursor_style() if here else None
        row = self._row(index)
        pieces = [
            Segment(text, self._look(look) + wash if wash else self._look(look))
            for text, look in (self._draw(row, width, here) if row is not None else ())
        ]
        return Strip(pieces).adjust_cell_length(width, base + wash if wash else base)

    def _row(self, index: int) -> object | None:
        """A row; None for one that has gone since the list was read, or cannot be read."""
        try:
            return self._rows[index]
        except Problem as problem:
            self.post_message(self.Unreadable(problem))
            return None

    def _look(self, look: str) -> Style:
        if look not in self._looks:
            self._looks[look] = self._style(look)
        return self._looks[look]

    def _style(self, look: str) -> Style:
        """A look is a colour of the theme by name; worked out here, since parsing rules for each costs every start."""
        look, open_to_all = look.removesuffix(OPEN), look.endswith(OPEN)
        colours = self.app.theme_variables
        ground = self.background_colors[1].rich_color
        ink = Color.parse(colours.get(_INK.get(look, look), colours["foreground"])).rich_color
        return Style(color=ink, bgcolor=ground, bold=look in _BOLD, strike=look == "gone", underline=look == "found",
                     meta={OWN: True} if open_to_all else None)  # fmt: skip

    def _cursor_style(self) -> Style:
        if "/cursor" not in self._looks:
            self._looks["/cursor"] = Style(
                bgcolor=Color.parse(self.app.theme_variables["row-cursor"]).rich_color, bold=True
            )
        return self._looks["/cursor"]
