"""The frame every small dialog stands in, and the smallest: one question, one line for the answer."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from ..domain.messages import Problem
from ..domain.text import visible
from ..i18n import _
from .base import Dialog
from .safety import own
from .widgets.keybar import keys_line

_CORNERS = 6
"""Cells of the frame's lower line that its keys leave free."""


class Box(Vertical):
    """A frame: what the dialog is about above, its keys below. Neither is ever markup."""

    def __init__(self, title: str, keys: str) -> None:
        super().__init__(id="box")
        self.border_title = Content(visible(title))
        self._keys = own(keys)
        self.border_subtitle = self._keys

    def on_resize(self) -> None:
        """Below stand as many keys as fit."""
        self.border_subtitle = keys_line(self._keys, self.outer_size.width - _CORNERS)


class Ask(Dialog[str]):
    """Asks for one line. `check` reads what was typed and raises Problem for what cannot be used; the text then stays."""

    CSS_PATH = "ask.tcss"

    def __init__(
        self, title: str, question: str, check: Callable[[str], object], initial: str = "", placeholder: str = ""
    ) -> None:
        super().__init__()
        self._title = title
        self._question = question
        self._check = check
        self._initial = initial
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """Question, line, and what is wrong with it."""
        with Box(self._title, _("Enter accept · Esc cancel")):
            yield Static(Content(visible(self._question)), id="question")
            yield Input(self._initial, self._placeholder, compact=True, select_on_focus=False)
            yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one(Input).focus()

    def on_input_changed(self) -> None:
        """A complaint stands until the text is mended."""
        self.say("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer what was typed, if it can be used."""
        event.stop()
        try:
            self._check(event.value)
        except Problem as problem:
            self.refuse(problem)
        else:
            self.dismiss(event.value)
