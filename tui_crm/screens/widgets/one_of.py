"""A question with few answers, all of them in sight on one line: ← → chooses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from .cells import fit


class Option(NamedTuple):
    """An answer: its code and its words."""

    code: str
    words: str


class OneOf(Static, can_focus=True):
    """The label, then the options; the chosen one is marked."""

    BINDINGS = [("left", "turn(-1)", ""), ("right,space", "turn(1)", "")]

    class Chosen(Message):
        """Another answer was chosen."""

        def __init__(self, row: OneOf, code: str) -> None:
            super().__init__()
            self.row = row
            self.code = code

    def __init__(self, label: str, width: int, options: Sequence[Option], code: str, *, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._label = fit(label, width)
        self._options = options
        self.code = code

    def on_mount(self) -> None:
        """Show the guess."""
        self._show()

    def action_turn(self, by: int) -> None:
        """← →: the answer beside; at either end it begins anew."""
        at = next((at for at, option in enumerate(self._options) if option.code == self.code), 0)
        self._choose(self._options[(at + by) % len(self._options)].code)

    def on_click(self, event: events.Click) -> None:
        """A click on an answer chooses it."""
        right = cell_len(self._label)
        for option in self._options:
            left, right = right, right + cell_len(option.words) + 4
            if left <= event.get_content_offset_capture(self).x < right:
                self._choose(option.code)

    def _choose(self, code: str) -> None:
        if code != self.code:
            self.code = code
            self._show()
            self.post_message(self.Chosen(self, code))

    def _show(self) -> None:
        options = (
            Content.styled(f"‹ {option.words} ›", "bold $accent")
            if option.code == self.code
            else Content.styled(f"  {option.words}  ", "$dim")
            for option in self._options
        )
        self.update(Content("").join([Content(self._label), *options]))
