"""Places to type in: one line, or a paragraph that Enter saves. What is pasted arrives whole and can break nothing."""

from __future__ import annotations

import re

from rich.highlighter import Highlighter
from textual import events
from textual.message import Message
from textual.widgets import Input, TextArea

from ...domain.text import visible

_HALVES = re.compile("[\ud800-\udfff]")


def whole(text: str) -> str:
    """`text` without halves of characters, which no file and no terminal takes."""
    return _HALVES.sub("\ufffd", text)


class OneLine(Input):
    """An input without a frame. A paste of several lines is kept whole, as one line. `keys` is what the foot of the screen
    says while the cursor is in it."""

    def __init__(
        self,
        value: str = "",
        placeholder: str = "",
        *,
        highlighter: Highlighter | None = None,
        id: str | None = None,
        keys: str = "",
    ) -> None:
        super().__init__(visible(value), placeholder, highlighter, compact=True, select_on_focus=False, id=id)
        self.keys = keys

    def replace(self, text: str, start: int, end: int) -> None:
        """Put text in, whoever sends it; what has no width would shift the rest of the line when it is made visible later."""
        super().replace(visible(text), start, end)

    def on_paste(self, event: events.Paste) -> None:
        """All of the paste, not its first line only."""
        event.stop()
        event.prevent_default()
        self.replace(" ".join(event.text.splitlines()), *self.selection)


class Paragraph(TextArea):
    """Several lines of sight for one long text: Enter says it is finished."""

    class Submitted(Message):
        """Enter was pressed."""

        def __init__(self, paragraph: Paragraph, value: str) -> None:
            super().__init__()
            self.paragraph = paragraph
            self.value = value

        @property
        def control(self) -> Paragraph:
            """The paragraph it came from."""
            return self.paragraph

    def __init__(self, value: str = "", *, id: str | None = None) -> None:
        super().__init__(whole(value), soft_wrap=True, compact=True, tab_behavior="focus", id=id)
        self.move_cursor(self.document.end)

    def on_key(self, event: events.Key) -> None:
        """Enter finishes; every other key goes on to the text."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted(self, self.text))

    def on_paste(self, event: events.Paste) -> None:
        """Make a paste harmless before it is put in."""
        event.text = whole(event.text)
