"""The Textual shell: themes, first screen, the control-character filter, crash and hang-up handling."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

from textual import work
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen
from textual.worker import get_current_worker

from . import i18n
from .config import Places, Settings, places, save_settings, shipped_themes
from .domain.messages import N_, Problem
from .domain.text import visible
from .screens.agenda import AgendaScreen
from .screens.base import CrmScreen
from .screens.keys import bindings
from .screens.looks import DEFAULTS, check_theme, load_theme, put_on, theme_files
from .screens.safety import ControlFilter, Guarded
from .usecases.session import Clock, Session, open_session

_BACKUP_AFTER = 5.0
"""Seconds after the start: the first look and the first keys have the machine for themselves."""


class CrmApp(Guarded):
    """The program on the screen."""

    BINDINGS = bindings(("privacy", "lock"), priority=True)

    CSS_PATH = "screens/app.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "crm"

    def __init__(self, session: Session, places: Places) -> None:
        super().__init__(driver_class=_driver(), ansi_color=bool(os.environ.get("NO_COLOR")))
        self.session = session
        self.places = places
        self.failure: BaseException | None = None
        self._control_filter = ControlFilter()
        self._undressed = self._dress()

    def get_default_screen(self) -> Screen[Any]:
        """The agenda, with no screen before it."""
        return AgendaScreen(self.session)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colour names, for themes that leave them out."""
        return DEFAULTS

    def get_line_filters(self) -> list[LineFilter]:
        """Textual's filters, then ours over everything drawn."""
        return [*super().get_line_filters(), self._control_filter]

    def on_mount(self) -> None:
        """Be asked to end in order; say what was wrong with the theme."""
        if self._undressed:
            self.notify(i18n.explain(self._undressed), severity="warning", markup=False)
        if self.session.read_only:
            told = i18n._("This book can only be read here. To work with it, copy it into a folder of your own.")
            self.notify(told, severity="warning", markup=False)
        self.set_timer(_BACKUP_AFTER, self._back_up)
        if sys.platform != "win32":
            loop = asyncio.get_running_loop()
            for hang_up in (signal.SIGHUP, signal.SIGTERM):
                loop.add_signal_handler(hang_up, self._leave)

    @work(thread=True, group="backup", exclusive=True)
    def _back_up(self) -> None:
        """Today's backup, beside the work; leaving the program breaks it off. The example book needs none."""
        from .usecases import backups

        session, worker = self.session, get_current_worker()
        if session.book.path == self.places.demo:
            return
        try:
            backups.daily(session, lambda: worker.is_cancelled)
        except Problem as problem:
            self.call_from_thread(self.notify, i18n.explain(problem), severity="warning", markup=False)
        finally:
            session.close()  # this thread's connection

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
        """Change settings, write them down, and give them to every open screen."""
        from dataclasses import replace

        settings = replace(self.session.settings, **changes)
        save_settings(self.places.settings, settings)
        self.session = replace(self.session, settings=settings)
        for screen in self.screen_stack:
            if isinstance(screen, CrmScreen):
                screen.session = self.session

    def speak(self, language: str) -> None:
        """Switch the language and draw everything anew."""
        i18n.use_language(language)
        self.keep_setting(language=language)
        self._start_over()

    def open_demo(self) -> None:
        """Leave the present book and open the example book."""
        from .demo import ensure_demo

        ensure_demo(self.places.demo, self.session.settings, self.session.clock)
        self.reopen(self.places.demo)

    def reopen(self, book: Path) -> None:
        """Leave the present book and open the one at `book`, which may be the same after it was put back from a backup."""
        self.session.close()
        self.session = open_session(book, self.session.settings, self.session.clock)
        self._start_over()

    def _start_over(self) -> None:
        """Have the first screen begin anew on the session of now."""
        first = self.screen_stack[0]
        assert isinstance(first, AgendaScreen)
        first.call_later(first.start_over, self.session)

    def _dress(self) -> Problem | None:
        """Put on the theme of the settings before anything is drawn; the usual one where it cannot be used."""
        try:
            self.use_theme(self.session.settings.theme)
        except Problem as problem:
            self.use_theme("dark")
            return problem
        return None

    def _leave(self) -> None:
        """The terminal is gone or we are asked to end: drafts are on disk already, close in order."""
        self.exit()

    def _fatal_error(self) -> None:
        """End, and leave what to say to `run`, instead of printing a traceback with values."""
        self.failure = self.failure or sys.exc_info()[1]
        self.bell()
        self._return_code = 1
        self._close_messages_no_wait()


def run(path: Path, settings: Settings, clock: Clock, demo: bool = False) -> int:
    """Open the book and run the program until it is left. Returns the exit code; raises Problem when the book cannot be
    opened or read."""
    session = open_session(path, settings, clock)
    app = CrmApp(session, places())
    try:
        app.run()
        _keep_calendar(app)
    finally:
        app.session.close()
    if isinstance(app.failure, Problem):
        raise app.failure
    if app.failure is not None:
        sys.stderr.write(_last_words(app.failure, app.places) + "\n")
    return app.return_code or 0


def _keep_calendar(app: CrmApp) -> None:
    """Write the calendar of the user's own book anew, if the settings want it. That it failed is said, and no more."""
    session = app.session
    if not session.settings.calendar.on_close or session.book.path == app.places.demo:
        return
    from .usecases import calendars

    try:
        calendars.write_feed(session, calendars.feed_file(session))
    except Exception as error:  # whatever is wrong with the calendar, the program has ended in order
        why = i18n.explain(error) if isinstance(error, Problem) else type(error).__name__
        sys.stderr.write(visible(i18n._("The calendar was not written: {why}").format(why=why)) + "\n")


def _last_words(error: BaseException, places: Places) -> str:
    """Write the crash log, which holds no customer's data; returns the sentence that tells where it is."""
    from .crash import write_crash_log

    log = write_crash_log(places.data, error)
    if log is None:
        return i18n._("crm had to stop ({kind}). Please report it.").format(kind=type(error).__name__)
    return visible(i18n._("crm had to stop. What you typed is kept. Please send this report: {file}").format(file=log))


def _driver() -> type[Driver] | None:
    """Textual's driver as we need it, or None for its own choice."""
    if sys.platform == "win32":
        return None
    from .terminal import TerminalDriver

    return TerminalDriver
