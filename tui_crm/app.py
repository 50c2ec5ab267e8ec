"""The Textual shell: themes, first screen, the control-character filter, crash and hang-up handling."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

from textual.app import App
from textual.filter import LineFilter

from . import i18n
from .config import Places, Settings, places, save_settings, shipped_themes
from .domain.messages import N_, Problem
from .screens.agenda import AgendaScreen
from .screens.looks import DEFAULTS, check_theme, load_theme, put_on, theme_files
from .screens.safety import ControlFilter
from .usecases.session import Clock, Session, open_session


class CrmApp(App[None]):
    """The program on the screen."""

    CSS_PATH = "screens/app.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "crm"

    def __init__(self, session: Session, places: Places) -> None:
        super().__init__(ansi_color=bool(os.environ.get("NO_COLOR")))
        self.session = session
        self.places = places
        self._control_filter = ControlFilter()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colour names, for themes that leave them out."""
        return DEFAULTS

    def get_line_filters(self) -> list[LineFilter]:
        """Textual's filters, then ours over everything drawn."""
        return [*super().get_line_filters(), self._control_filter]

    def on_mount(self) -> None:
        """Colours, signals, first screen."""
        self._dress()
        if sys.platform != "win32":
            loop = asyncio.get_running_loop()
            for hang_up in (signal.SIGHUP, signal.SIGTERM):
                loop.add_signal_handler(hang_up, self._leave)
        self.push_screen(AgendaScreen(self.session))

    def theme_names(self) -> list[str]:
        """Every theme that can be chosen."""
        return list(theme_files(shipped_themes(), self.places.themes))

    def use_theme(self, name: str) -> None:
        """Put a theme on. Raises Problem when it cannot be used."""
        shipped, own = theme_files(shipped_themes()), theme_files(self.places.themes)
        if name not in shipped and name not in own:
            raise Problem(N_("There is no theme {name}. T chooses one."), name=name)
        theme = load_theme(own.get(name) or shipped[name])
        if name in own:
            check_theme(self, theme)
        put_on(self, theme)

    def keep_setting(self, **changes: Any) -> None:
        """Change settings and write them down."""
        from dataclasses import replace

        settings = replace(self.session.settings, **changes)
        save_settings(self.places.settings, settings)
        self.session = replace(self.session, settings=settings)

    def speak(self, language: str) -> None:
        """Switch the language and draw everything anew."""
        i18n.use_language(language)
        self.keep_setting(language=language)
        self.switch_screen(AgendaScreen(self.session))

    def open_demo(self) -> None:
        """Leave the present book and open the example book."""
        from .demo import ensure_demo

        ensure_demo(self.places.demo, self.session.settings, self.session.clock)
        self.session.close()
        self.session = open_session(self.places.demo, self.session.settings, self.session.clock)
        self.switch_screen(AgendaScreen(self.session))

    def _dress(self) -> None:
        try:
            self.use_theme(self.session.settings.theme)
        except Problem as problem:
            self.use_theme("dark")
            self.call_after_refresh(self.notify, i18n.explain(problem), severity="warning", markup=False)

    def _leave(self) -> None:
        """The terminal is gone or we are asked to end: drafts are on disk already, close in order."""
        self.exit()

    def _fatal_error(self) -> None:
        """End with a sentence and a log that holds no customer's data, instead of a traceback with values."""
        from .crash import write_crash_log

        error = sys.exc_info()[1]
        self.bell()
        log = write_crash_log(self.places.data, error) if error else None
        self._return_code = 1
        self._crash = log
        self._close_messages_no_wait()


def run(path: Path, settings: Settings, clock: Clock, demo: bool = False) -> int:
    """Open the book and run the program until it is left. Returns the exit code; raises Problem when the book cannot be
    opened."""
    session = open_session(path, settings, clock)
    app = CrmApp(session, places())
    try:
        app.run()
    finally:
        app.session.close()
    crash: Path | None = getattr(app, "_crash", None)
    if crash:
        sys.stderr.write(
            i18n._("crm had to stop. What you typed is kept. Please send this report: {file}").format(file=crash) + "\n"
        )
    return app.return_code or 0
