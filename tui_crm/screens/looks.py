"""Themes on the screen. They are checked (`themes`) before they are put on, since a bad colour would end the program later."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from textual.app import App
from textual.driver import Driver
from textual.filter import LineFilter
from textual.theme import Theme

from ..config import Places, shipped_themes
from ..domain.messages import N_, Key, Problem
from ..themes import BASE, VARIABLES, read_theme, theme_files

DEFAULTS = dict.fromkeys(VARIABLES, "#808080")
"""Our own colour names, which style sheets may use before a theme is put on."""


_TEXTUAL_ANSI = dict.fromkeys(
    ("ansi-background", "ansi-foreground", "input-cursor-foreground", "input-selection-foreground"), "ansi_default"
) | dict.fromkeys(("input-cursor-background", "input-selection-background"), "ansi_bright_black")
"""What Textual's own style sheets need beside ours in a theme of the terminal's colours."""


def tag_look(color: str, otherwise: str) -> str:
    """The look of a tag of this colour (a code of `TAG_COLORS`), `otherwise` for one without."""
    return f"tag-{color}" if color else otherwise


def load_theme(path: Path) -> Theme:
    """Read one theme. Raises Problem naming the file, the line and what is wrong there."""
    palette = read_theme(path)
    base: dict[str, Any] = {name: palette.colours[name] for name in BASE}
    variables = {name: palette.colours[name] for name in VARIABLES} | (_TEXTUAL_ANSI if palette.ansi else {})
    return Theme(palette.name, dark=palette.dark, ansi=palette.ansi, **base, variables=variables)


def put_on(app: App[Any], theme: Theme) -> None:
    """Register a theme that has been checked, and use it."""
    app.register_theme(theme)
    app.theme = theme.name


# The terminal -------------------------------------------------------------------------------------------------------

MANY, SOME, FEW, NONE = "many", "256", "16", "none"
"""How many colours there are: all, 256, 16, or those that NO_COLOR leaves."""


def colours(color_system: str | None, environment: Mapping[str, str] = os.environ) -> str:
    """How many colours the terminal shows; `color_system` is what rich found out about it."""
    if environment.get("NO_COLOR"):
        return NONE
    return {"truecolor": MANY, "256": SOME}.get(color_system or "", FEW)


def draws_plain(environment: Mapping[str, str] = os.environ, encoding: str | None = None) -> bool:
    """Whether marks and lines are drawn in ASCII: the Linux console has few characters, encodings other than UTF-8 too.
    `CRM_MARKS` (plain, full) has the last word."""
    asked = environment.get("CRM_MARKS")
    if asked:
        return asked == "plain"
    encoding = encoding or getattr(sys.__stderr__, "encoding", None) or "utf-8"  # what Textual writes to
    return environment.get("TERM") == "linux" or encoding.lower().replace("-", "") != "utf8"


def terminal_filters(shown: str) -> list[LineFilter]:
    """What has to be done to a drawn line last of all, for a terminal that shows so many colours; mostly nothing."""
    filters: list[LineFilter] = []
    if draws_plain():
        from .terminals import PlainMarks

        filters.append(PlainMarks())
    if shown == SOME:
        from .terminals import Nearest256

        filters.append(Nearest256())
    return filters


def quiet_colours() -> list[LineFilter]:
    """What has to be done to a drawn line first of all in a theme of the terminal's own colours."""
    from .terminals import NamedColours

    return [NamedColours()]


# The program ---------------------------------------------------------------------------------------------------------


class Dressed(App[None]):
    """A program in the colours of a theme, as far as the terminal shows them."""

    places: Places

    def __init__(self, driver_class: type[Driver] | None = None) -> None:
        super().__init__(driver_class=driver_class, ansi_color=True if os.environ.get("NO_COLOR") else None)
        self._shown = colours(self.console.color_system)
        self._first_filters: list[LineFilter] = []
        self._last_filters = terminal_filters(self._shown)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colour names, for themes that leave them out."""
        return DEFAULTS

    def get_line_filters(self) -> list[LineFilter]:
        """What the theme and the terminal need, around the filters there are."""
        return [*self._first_filters, *super().get_line_filters(), *self._last_filters]

    def theme_names(self) -> list[str]:
        """Every theme that can be chosen."""
        return list(theme_files(shipped_themes(), self.places.themes))

    def refuse_themes(self) -> None:
        """Raise Problem where there is nothing to choose: the terminal shows few colours, or none are wanted."""
        if self._shown == NONE:
            raise Problem(N_("NO_COLOR is set, so there are no colours to choose."))
        if self._shown == FEW:
            raise Problem(
                N_("This terminal says it shows 16 colours (TERM={term}), so its own are used. docs/themes.md has more."),
                term=os.environ.get("TERM", ""),
            )  # fmt: skip

    def use_theme(self, name: str) -> None:
        """Put a theme on; where there are few colours, the one made for that. Raises Problem when it cannot be used."""
        files = theme_files(shipped_themes(), self.places.themes)
        if name not in files:
            raise Problem(N_("There is no theme {name}. {theme} chooses one."), name=name, theme=Key("theme"))
        theme = load_theme(files[name])
        if self._shown in (FEW, NONE) and not theme.ansi:
            theme = load_theme(shipped_themes() / "ansi.toml")
        self._first_filters = quiet_colours() if theme.ansi else []
        put_on(self, theme)
