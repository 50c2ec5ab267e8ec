"""The story of a customer, newest first: entries with their notes wrapped, trade, changes; drawn line by line as they come in
sight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ...domain.happened import Happened
from ...domain.text import visible
from ...domain.values import Activity
from ...i18n import _, short_date, tell, word
from ...keys_in_force import keyed
from ...usecases.history import Changed
from ...usecases.timeline import Event
from .cells import fit
from .change_words import in_short
from .side import entry_words
from .trade_words import record_words
from .wrap import wrap

Line = tuple[tuple[str, str], ...]
"""One line as (text, look) pieces; `look` names a component class without its prefix."""
_INDENT = "  "
_NEAR_END = 10
"""Lines from the end at which older events are asked for."""
_MOST_CHANGES = 6
"""Changes of one operation that are told; the history has them all."""


class Timeline(ScrollView, can_focus=True, inherit_bindings=False):
    """The story of one customer. Asks for older events when its end comes in sight."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "timeline--plain", "timeline--day", "timeline--dim", "timeline--trade",
    }  # fmt: skip

    class EndNear(Message):
        """Older events are wanted."""

    def __init__(self, today: date, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._today = today
        self._events: list[Event] = []
        self._more = False
        self._asked = False
        self._lines: list[Line] = []
        self._looks: dict[str, Style] = {}

    def show(self, events: Sequence[Event], more: bool, today: date) -> None:
        """Show these events; `more` says that there are older ones. The place scrolled to stays."""
        if self._lines and (self._events, self._more, self._today) == (list(events), more, today):
            self._asked = False
            return
        self._events, self._today = list(events), today
        self._lay_out(more)

    def add(self, events: Sequence[Event], more: bool) -> None:
        """Show these older ones too."""
        self._events += events
        del self._lines[-1:]  # that older ones follow
        self._lay_on(events, more)

    def move(self, by: int) -> None:
        """Scroll by so many lines."""
        self.scroll_to(y=self.scroll_offset.y + by, animate=False, immediate=True)

    def page(self) -> int:
        """How many lines a page has."""
        return max(1, self.scrollable_size.height - 1)

    def on_resize(self) -> None:
        """Wrap for the new width."""
        self._lay_out(self._more)

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

    def _lay_out(self, more: bool) -> None:
        self._lines = []
        self._lay_on(self._events, more)

    def _lay_on(self, events: Iterable[Event], more: bool) -> None:
        """Lay these events out below what is there."""
        self._more, self._asked = more, False
        width = self.scrollable_size.width
        if width <= 0:
            return
        self._lines += [line for event in events for line in self._event(event, width)]
        if more:
            self._lines.append(((_("older entries follow …"), "dim"),))
        if not self._lines:
            self._lines.append(((_("nothing logged yet"), "dim"),))
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def _event(self, event: Event, width: int) -> list[Line]:
        if isinstance(event, Activity):
            return self._entry(event, width)
        if isinstance(event, Happened):
            return self._traded(event, width)
        return self._changed(event, width)

    def _entry(self, entry: Activity, width: int) -> list[Line]:
        facts = [word("channel", entry.channel), word("stage", entry.stage) if entry.stage else ""]
        facts += [visible(entry.contact), visible(entry.author)]
        title = self._title(entry.happened_at.astimezone().date(), facts, "dim", width)
        return [title, *_wrapped(note_words(entry), "plain", width), _BLANK]

    def _traded(self, event: Happened, width: int) -> list[Line]:
        title = self._title(event.day, [word("happened", event.what)], "trade", width)
        return [title, *_wrapped(record_words(event.record), "plain", width), _BLANK]

    def _changed(self, event: Changed, width: int) -> list[Line]:
        facts = [_("changed") if not event.summed else tell(event.label), visible(event.actor)]
        title = self._title(event.at.astimezone().date(), facts, "dim", width)
        told = [] if event.summed else [text for change in event.changes for text in in_short(change)]
        if len(told) > _MOST_CHANGES:
            left = len(told) - _MOST_CHANGES + 1
            told[-left:] = [keyed(_("and {n} more; {history} shows them all"), "history", n=left)]
        return [title, *(line for text in told for line in _wrapped(text, "dim", width)), _BLANK]

    def _title(self, day: date, facts: Iterable[str], look: str, width: int) -> Line:
        text = "  " + " · ".join(fact for fact in facts if fact)
        return ((entry_day(day, self._today), "day"), (fit(text, width), look))

    def _look(self, look: str) -> Style:
        if look not in self._looks:
            self._looks[look] = self.get_component_rich_style(f"timeline--{look}")
        return self._looks[look]


_BLANK: Line = (("", "plain"),)


def _wrapped(text: str, look: str, width: int) -> Iterator[Line]:
    for line in wrap(text, width - len(_INDENT)):
        yield ((_INDENT + line, look),)


def entry_day(day: date, today: date) -> str:
    """A past day: with its weekday within the last half year, else with its year."""
    return short_date(day) if abs((today - day).days) < 180 else day.isoformat()


def note_words(entry: Activity) -> str:
    """What an entry says, its own line breaks kept; a one-key entry that says more has both."""
    note = "\n".join(visible(line) for line in entry.note.split("\n"))
    if note and entry.outcome:
        return f"{word('outcome', entry.outcome)}: {note}"
    return note or entry_words(entry)
