"""The line to type the beginning of a name in, to jump there."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from ...i18n import _
from .typing import OneLine


class JumpBar(Horizontal):
    """Posts what is typed; Enter, Esc and the arrows end it, and the cursor stays where the jump went."""

    BINDINGS = [("escape,down,up", "leave", "")]

    class Typed(Message):
        """Jump to the first name that begins so."""

        def __init__(self, beginning: str) -> None:
            super().__init__()
            self.beginning = beginning

    class Left(Message):
        """No more to jump."""

    def __init__(self) -> None:
        super().__init__(id="jump")

    def compose(self) -> ComposeResult:
        """What it is, and the line."""
        yield Static(_("Jump to") + " ", id="jump-to", markup=False)
        yield OneLine("", _("the first letters of a name, or pinyin"), keys=_("Enter Esc stay there"))

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Each letter jumps on."""
        event.stop()
        if event.value.strip():
            self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        self.post_message(self.Left())

    def action_leave(self) -> None:
        """Esc, or an arrow."""
        self.post_message(self.Left())
