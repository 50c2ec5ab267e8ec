"""The search line above the list: finds while it is typed, completes tags and fields with Tab, says what it means."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from ...domain.query import complete, describe, parse_query
from ...domain.text import visible
from ...i18n import _, tell
from ...usecases import finding
from ...usecases.session import Session
from .typing import OneLine

_PAUSE = 0.04
"""Seconds without a key before the search runs: one search per burst of typing."""
_OFFERED = 8


class SearchBar(Vertical):
    """An input and a line of help under it."""

    BINDINGS = [("escape", "leave", ""), ("down", "accept", "")]

    class Asked(Message):
        """Search for this line."""

        def __init__(self, line: str) -> None:
            super().__init__()
            self.line = line

    class Accepted(Message):
        """Go and work in the result."""

    class Left(Message):
        """The search was given up."""

    def __init__(self, session: Session, line: str) -> None:
        super().__init__(id="searchbar")
        self._session = session
        self._line = line
        self._offers: list[str] = []
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The line, and what it offers or means."""
        yield OneLine(self._line, _("name, pinyin, phone, note  #tag t:hot c:DE late:>7"))
        yield Static(id="meaning", markup=False)

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search when the typing rests; offer completions at once."""
        event.stop()
        self._show_help(event.value)
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_PAUSE, lambda: self.post_message(self.Asked(event.value)))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: search now and go to the result."""
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self.post_message(self.Asked(event.value))
        self.post_message(self.Accepted())

    def on_key(self, event: events.Key) -> None:
        """Tab takes the first offer."""
        if event.key == "tab":
            event.stop()
            event.prevent_default()
            self._take_offer()

    def action_leave(self) -> None:
        """Esc."""
        self.post_message(self.Left())

    def action_accept(self) -> None:
        """Down: into the result."""
        self.post_message(self.Accepted())

    def _take_offer(self) -> None:
        line = self.query_one(Input)
        if not self._offers:
            return
        typing = complete(line.value, line.cursor_position)
        before, after = line.value[: typing.start], line.value[line.cursor_position :]
        line.value = f"{before}{self._offers[0]}{after}"
        line.cursor_position = len(before) + len(self._offers[0])

    def _show_help(self, line: str) -> None:
        """Completions while a tag or field is typed, else the meaning of the line."""
        query = parse_query(line, self._session.today, self._session.actor)
        offers = finding.completions(self._session, line, self.query_one(Input).cursor_position)
        self._offers = [offer.text for offer in offers]
        parts: list[str | tuple[str, str] | Content] = []
        if offers:
            parts.append((_("Tab") + " ", "$dim"))
            parts += [p for o in offers[:_OFFERED] for p in ((visible(o.text), "$accent"), (f" {o.hint}   ", "$dim"))]
        elif query.findings:
            parts = [(tell(query.findings[0]), "$late")]
        else:
            parts = [(" · ".join(tell(message) for message in describe(query)), "$dim")]
        self.query_one("#meaning", Static).update(Content.assemble(*parts))
