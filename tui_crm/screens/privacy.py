"""Hiding everything that was written into the book, for a look of others at the screen.

Whatever is drawn passes one filter. It leaves readable only what the program marked as its own words (`safety.own`, the
open cells of lists), so a screen that marks nothing shows nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from ..i18n import _
from ..keys_in_force import keyed
from .safety import OWN, own
from .widgets.rowlist import RowList

if TYPE_CHECKING:
    from .safety import Guarded

_SAYS = re.compile("[^\\W_]|[\U0001f000-\U0001faff]")
"""What carries meaning: a letter or digit of any script, a pictograph. Lines, marks and bars do not."""
_DOTS = 3
_RIGHT = 3
"""Blanks before a text from which it stands at the right of its column."""


class PrivacyFilter(LineFilter):
    """Three dots for every text that is not the program's own, in as many cells; not even its length is seen."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """What others may see."""
        return [segment if _may_be_seen(segment) else _hidden(segment) for segment in segments]


def toggle(app: Guarded) -> None:
    """Hide on every screen, or show again."""
    app.hiding = PrivacyFilter() if app.hiding is None else None
    for screen in app.screen_stack:
        if not screen.is_modal:
            show_mark(screen)
        for widget in screen.walk_children(Widget, with_self=True):
            widget.redraw() if isinstance(widget, RowList) else widget.refresh()


def show_mark(screen: Screen[Any]) -> None:
    """Say at the head of a screen that things are hidden, or no longer say it."""
    hiding = getattr(screen.app, "hiding", None) is not None
    there = screen.query(HiddenMark)
    if hiding and not there:
        screen.mount(HiddenMark(own(" " + keyed(_("hidden · {privacy} shows"), "privacy") + " ")))
    elif not hiding and there:
        there.remove()


def cut_instead(focused: Widget | None) -> bool:
    """Cut the selected text of a line that is being typed, which is what the same key does there; whether there was any."""
    if isinstance(focused, Input | TextArea) and focused.selected_text:
        focused.action_cut()
        return True
    return False


class HiddenMark(Static):
    """Stands over the right end of the head."""

    DEFAULT_CSS = """
    HiddenMark {
        layer: _toastrack;
        dock: right;
        width: auto;
        height: 1;
        background: $accent;
        color: $background;
        text-style: bold;
    }
    """

    def __init__(self, words: Content) -> None:
        super().__init__(words, markup=False)


def _may_be_seen(segment: Segment) -> bool:
    text, style, control = segment
    return control is not None or not _SAYS.search(text) or (style is not None and bool(style.meta.get(OWN)))


def _hidden(segment: Segment) -> Segment:
    text, style, _control = segment
    width, indent = cell_len(text), len(text) - len(text.lstrip(" "))
    right = indent >= _RIGHT and not text.endswith(" ")
    dots = "•" * min(_DOTS, width - min(indent, _RIGHT))
    shown = dots.rjust(width) if right else (" " * min(indent, 1) + dots).ljust(width)
    return Segment(shown, style.update_link(None) if style is not None and style.link else style)
