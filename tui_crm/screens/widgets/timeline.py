"""What was said, newest first: log entries with their notes wrapped, drawn line by line as they come in sight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ...domain.text import visible
from ...domain.values import Activity
from ...i18n import _, short_date, word
from .cells import fit
from .side import entry_words
from .wrap import wrap

Line = tuple[tuple[str, str], ...]
"""One line as (text, look) pieces; `look` names a component class without its prefix."""
_INDENT = "  "
_NEAR_END = 10
"""Lines from the end at which older entries are asked for."""


class Timeline(ScrollView, can_focus=True):
    """The log of one customer. Asks for older entries when its end comes in sight."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"timeline--plain", "timeline--day", "timeline--dim"}

    class EndNear(Message):
        """Older entries are wanted."""

    def __init__(self, today: date, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._today = today
        self._entries: Sequence[Activity] = ()
        self._more = False
        self._asked = False
        self._lines: list[Line] = []
        self._looks: dict[str, Style] = {}

    def show(self, entries: Sequence[Activity], more: bool, today: date) -> None:
        """Show these entries; `more` says that there are older ones. The place scrolled to stays."""
        self._entries, self._more, self._today, self._asked = entries, more, today, False
        self._lay_out()

    def move(self, by: int) -> None:
        """Scroll by so many lines."""
        self.scroll_to(y=self.scroll_offset.y + by, animate=False, immediate=True)

    def page(self) -> int:
        """How many lines a page has."""
        return max(1, self.scrollable_size.height - 1)

    def on_resize(self) -> None:
        """Wrap for the new width."""
        self._lay_out()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draw the lines now in sight, and ask for more near the end."""
        super().watch_scroll_y(old_value, new_value)
        if self._more and not self._asked and new_value + self.scrollable_size.height >= len(self._lines) - _NEAR_END:
            self._asked = True
            self.post_message(self.EndNear())

    def notify_style_update(self) -> None:
        """Colours changed: forget the styles worked out before."""
        super().notify_style_update()
        self._looks.clear()

    def render_line(self, y: int) -> Strip:
        """Draw one line in sight."""
        width = self.scrollable_size.width
        at = self.scroll_offset.y + y
        plain = self._look("plain")
        if not 0 <= at < len(self._lines):
            return Strip.blank(width, plain)
        return Strip([Segment(text, self._look(look)) for text, look in self._lines[at]]).adjust_cell_length(
            width, plain
        )

    def _lay_out(self) -> None:
        width = self.scrollable_size.width
        if width <= 0:
            return
        self._lines = [line for entry in self._entries for line in self._entry(entry, width)]
        if self._more:
            self._lines.append(((_("older entries follow …"), "dim"),))
        if not self._lines:
            self._lines.append(((_("nothing logged yet"), "dim"),))
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def _entry(self, entry: Activity, width: int) -> list[Line]:
        day = entry_day(entry.happened_at.astimezone().date(), self._today)
        facts = [word("channel", entry.channel), word("stage", entry.stage) if entry.stage else ""]
        facts += [visible(entry.contact), visible(entry.author)]
        said = [((_INDENT + line, "plain"),) for line in wrap(note_words(entry), width - len(_INDENT))]
        title = ((day, "day"), (fit("  " + " · ".join(fact for fact in facts if fact), width), "dim"))
        return [title, *said, (("", "plain"),)]

    def _look(self, look: str) -> Style:
        if look not in self._looks:
            self._looks[look] = self.get_component_rich_style(f"timeline--{look}")
        return self._looks[look]


def entry_day(day: date, today: date) -> str:
    """A past day: with its weekday within the last half year, else with its year."""
    return short_date(day) if abs((today - day).days) < 180 else day.isoformat()


def note_words(entry: Activity) -> str:
    """What an entry says, its own line breaks kept; a one-key entry that says more has both."""
    note = "\n".join(visible(line) for line in entry.note.split("\n"))
    if note and entry.outcome:
        return f"{word('outcome', entry.outcome)}: {note}"
    return note or entry_words(entry)
