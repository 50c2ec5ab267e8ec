"""One field of a list turned into a line to type in, where it stands."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from ...domain.text import visible
from ...i18n import _
from .typing import OneLine, Paragraph


class FieldEditor(Vertical):
    """A label, a line (or for long texts a paragraph), and room under it for help or what is wrong.

    Enter posts `Saved`, Esc posts `Left`; every change posts `Changed`. It stays until its owner removes it.
    """

    BINDINGS = [("escape", "leave", "")]

    class Saved(Message):
        """Enter: this is the new value."""

        def __init__(self, field: str, value: str) -> None:
            super().__init__()
            self.field = field
            self.value = value

    class Changed(Saved):
        """Something was typed."""

    class Left(Message):
        """Esc: the value stays as it was."""

        def __init__(self, field: str) -> None:
            super().__init__()
            self.field = field

    def __init__(self, field: str, label: str, value: str, label_width: int, long: bool) -> None:
        super().__init__(id="editor")
        self.field = field
        self.at = 0  # line of the list that it stands on
        self._label = Static(Content(visible(label)), classes="label")
        self._label.styles.width = label_width
        self._line: OneLine | Paragraph = Paragraph(value) if long else OneLine(value)

    def compose(self) -> ComposeResult:
        """Label and line, what there is to say below."""
        with Horizontal():
            yield self._label
            yield self._line
        yield Static(id="advice", markup=False)

    def on_mount(self) -> None:
        """Ready to type."""
        self._line.focus()
        self.advise("")

    def on_resize(self) -> None:
        """Stand on the line, or as near above it as there is room."""
        assert isinstance(self.parent, Widget)
        room = self.parent.size.height - self.outer_size.height
        self.styles.offset = (0, max(0, min(self.at, room)))

    @property
    def value(self) -> str:
        """What stands in the line."""
        return self._line.text if isinstance(self._line, Paragraph) else self._line.value

    def grab(self) -> None:
        """Take the focus back."""
        self._line.focus()

    def advise(self, text: str | Content, wrong: bool = False) -> None:
        """Say something under the line; without a text, which keys end the typing."""
        advice = self.query_one("#advice", Static)
        advice.set_class(wrong, "wrong")
        content = text if isinstance(text, Content) else Content(visible(text))
        advice.update(content if content.plain else Content(_("Enter saves · Esc restores")))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Typing in a line."""
        event.stop()
        self.post_message(self.Changed(self.field, event.value))

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Typing in a paragraph."""
        event.stop()
        self.post_message(self.Changed(self.field, self.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in a line."""
        event.stop()
        self.post_message(self.Saved(self.field, event.value))

    def on_paragraph_submitted(self, event: Paragraph.Submitted) -> None:
        """Enter in a paragraph."""
        event.stop()
        self.post_message(self.Saved(self.field, event.value))

    def action_leave(self) -> None:
        """Esc."""
        self.post_message(self.Left(self.field))
