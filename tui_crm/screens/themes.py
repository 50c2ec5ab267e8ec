"""Choosing the colours: the list at the right, what it changes beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..domain.messages import N_
from ..i18n import _
from .picker import Choice, Picker

_ABOUT = {
    "dark": N_("the usual one"),
    "light": N_("ink on paper"),
    "dusk": N_("calm, dark"),
    "dawn": N_("calm, light"),
    "ink": N_("grey, late in red"),
    "contrast": N_("high contrast"),
    "ansi": N_("16 colours of the terminal"),
}
"""The themes that come with the program, in the order in which they are offered."""
_OWN = N_("your own")


class ThemePicker(Picker):
    """Puts on each theme that the cursor comes to."""

    CSS_PATH = ["ask.tcss", "picker.tcss", "themes.tcss"]

    def __init__(self, names: Sequence[str], current: str, put_on: Callable[[str], None]) -> None:
        ranked = [*(name for name in _ABOUT if name in names), *(name for name in names if name not in _ABOUT)]
        choices = [Choice(name, name, _(_ABOUT.get(name, _OWN))) for name in ranked]
        super().__init__(_("Theme"), choices, current, on_move=put_on)
