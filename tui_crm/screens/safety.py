"""The last guard between data and the terminal."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from ..domain.text import visible


class ControlFilter(LineFilter):
    """Replaces every control character in what is about to be drawn, whichever widget drew it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Segments whose text can not steer the terminal."""
        return [
            Segment(visible(text), style, control) if not text.isprintable() and control is None else segment
            for segment in segments
            for text, style, control in (segment,)
        ]
