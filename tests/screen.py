"""Reading the screen as a user does, and a stage to put one screen on."""

from __future__ import annotations

import gettext
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from textual.app import App
from textual.filter import LineFilter
from textual.pilot import Pilot
from textual.screen import Screen

import tui_crm
from tests.messages import compiled, translated
from tui_crm import i18n
from tui_crm.languages import LOCALE
from tui_crm.screens.looks import DEFAULTS, load_theme, put_on
from tui_crm.screens.safety import ControlFilter

PACKAGE = Path(tui_crm.__file__).parent

HOSTILE = (
    "[/nope] [",
    "[@click=app.quit]x[/]",
    "\x1b[2J\x1b]0;pwned\x07",
    "\x9b2J\u202egnp.exe",
    "N" * 200,
    "شركة التجارة المحدودة",
    "深圳市" * 60,
    "e" + "\u0301" * 40,
)
"""Texts from data that have crashed widgets or steered terminals."""


def screen_text(app: App[Any]) -> str:
    """What the present screen shows, line by line, without colours."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


async def shows(pilot: Pilot[Any], words: str) -> str:
    """The screen, once it shows these words: for what comes by itself, beside the keys."""
    for _look in range(700):
        if words in screen_text(pilot.app):
            break
        await pilot.pause(0.03)
    assert words in screen_text(pilot.app)
    return screen_text(pilot.app)


def is_harmless(text: str) -> bool:
    """Whether nothing in `text` could steer a terminal: line breaks aside, no control and no bidi override character."""
    return not any(
        unicodedata.category(c) == "Cc" or c in "\u202a\u202b\u202d\u202e\u2066\u2067" for c in text if c != "\n"
    )


class Stage(App[None]):
    """The program's looks and guards without its first screen. `answers` collects what dialogs answer."""

    CSS_PATH = PACKAGE / "screens" / "app.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, theme: str = "dark") -> None:
        super().__init__()
        self._dress = theme
        self.answers: list[Any] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return DEFAULTS

    def get_line_filters(self) -> list[LineFilter]:
        return [*super().get_line_filters(), ControlFilter()]

    def on_mount(self) -> None:
        put_on(self, load_theme(PACKAGE.parent / "themes" / f"{self._dress}.toml"))

    async def open(self, screen: Screen[Any], pilot: Pilot[None]) -> None:
        """Show a screen and wait until it is drawn."""
        await self.push_screen(screen, self.answers.append)
        await pilot.pause()


@contextmanager
def in_chinese() -> Iterator[None]:
    """Speak Chinese inside the block, from the .po files as they are now."""
    before = i18n._catalog, i18n._language
    chinese = gettext.GNUTranslations(BytesIO(compiled(translated(LOCALE / "zh_CN"))))
    i18n._catalog, i18n._language = chinese, "zh_CN"
    try:
        yield
    finally:
        i18n._catalog, i18n._language = before
