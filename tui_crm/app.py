"""The Textual shell: first screen, settings that are kept, what is looked at beside the work, the end and what is said of it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from textual import work
from textual.driver import Driver
from textual.screen import Screen
from textual.worker import WorkerFailed, get_current_worker

from . import i18n
from .config import Places, Settings, load_settings, places
from .domain.messages import N_, Problem
from .domain.text import visible
from .screens.agenda import AgendaScreen
from .screens.base import CrmScreen
from .screens.first_hour import FirstHour
from .screens.keymap import READ_IN, Keyed
from .screens.keys import bindings
from .screens.looks import Dressed
from .usecases.session import Clock, Session, open_session

_NO_SCREEN = ("dumb", "unknown")
_BACKUP_AFTER = 5.0
"""Seconds after the start: the first look and the first keys have the machine for themselves."""


class CrmApp(Dressed, Keyed, FirstHour):
    """The program on the screen."""

    BINDINGS = bindings(("privacy", "lock"), priority=True)

    CSS_PATH = "screens/app.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "crm"

    def __init__(self, session: Session, places: Places) -> None:
        super().__init__(_driver())
        self.session = session
        self.places = places
        self.failure: BaseException | None = None
        self._undressed = self._dress()
        self._mistaken = self.read_keymap()

    def get_default_screen(self) -> Screen[Any]:
        """The agenda, with no screen before it."""
        return AgendaScreen(self.session)

    def on_mount(self) -> None:
        """Be asked to end in order; say what was wrong with the theme."""
        if self._undressed:
            self.notify(i18n.explain(self._undressed), severity="warning", markup=False)
        if self._mistaken:
            self.notify(self._mistaken, severity="warning", timeout=READ_IN, markup=False)
        if self.session.read_only:
            told = i18n._("This book can only be read here. To work with it, copy it into a folder of your own.")
            self.notify(told, severity="warning", markup=False)
        self.call_after_refresh(self._tell_strange)
        self.set_timer(_BACKUP_AFTER, self._back_up)
        if sys.platform != "win32":
            loop = asyncio.get_running_loop()
            for hang_up in (signal.SIGHUP, signal.SIGTERM):
                loop.add_signal_handler(hang_up, self._leave)

    def _tell_strange(self) -> None:
        """Say which keys of the settings file are no settings of this version; they stay in it."""
        strange: list[Problem] = []
        with suppress(Problem):  # a file that cannot be read was told before the program began
            load_settings(self.places.settings, strange.append)
        for each in strange:
            self.notify(i18n.explain(each), severity="warning", timeout=READ_IN, markup=False)

    @work(thread=True, group="backup", exclusive=True)
    def _back_up(self) -> None:
        """A quick look whether the book can be trusted, and today's backup, beside the work; leaving the program breaks the
        backup off. The example book needs neither."""
        from .usecases import backups, trust

        session, worker = self.session, get_current_worker()
        try:
            if session.is_example:
                return
            if told := trust.quick(session):
                words = i18n.tell(told)
                self.call_from_thread(self.notify, words, severity="warning", timeout=READ_IN, markup=False)
            backups.daily(session, lambda: worker.is_cancelled)
        except Problem as problem:
            self.call_from_thread(self.notify, i18n.explain(problem), severity="warning", markup=False)
        finally:
            session.close()  # this thread's connection

    def keep_setting(self, **changes: Any) -> None:
        """Change settings, write them down, and give them to every open screen."""
        from dataclasses import replace

        self.keep_settings(replace(self.session.settings, **changes))

    def keep_settings(self, settings: Settings) -> None:
        """The same for settings as a whole. Only what differs from those in force is written; raises Problem, and nothing is
        changed, where that cannot be done."""
        from .settings_file import save_changes

        before = self.session.settings
        if settings.theme != before.theme:
            self.use_theme(settings.theme)
        told = save_changes(self.places.settings, before, settings)
        self.session = self.session.under(settings)
        for screen in self.screen_stack:
            if isinstance(screen, CrmScreen):
                screen.session = self.session
        if told is not None:
            self.notify(i18n.tell(told), severity="warning", markup=False, timeout=READ_IN)
        if settings.language != before.language:
            self._speak(settings.language)

    def speak(self, language: str) -> None:
        """Switch the language and draw everything anew."""
        if language == self.session.settings.language:  # only this time another one was asked for
            self._speak(language)
        else:
            self.keep_setting(language=language)

    def _speak(self, language: str) -> None:
        i18n.use_language(language or i18n.system_language())
        self.start_over()

    def reopen(self, book: Path) -> None:
        """Leave the present book and open the one at `book`, which may be the same after it was put back from a backup."""
        self.session.close()
        self.session = open_session(book, self.session.settings, self.session.clock)
        self.start_over()

    def _dress(self) -> Problem | None:
        """Put on the theme of the settings before anything is drawn; the usual one where it cannot be used."""
        try:
            self.use_theme(self.session.settings.theme)
        except Problem as problem:
            self.use_theme("dark")
            return problem
        return None

    def close_books(self) -> None:
        """Close the book, and the tour's where there is one."""
        self.session.close()
        self.end_first_hour()

    def _leave(self) -> None:
        """The terminal is gone or we are asked to end: drafts are on disk already, close in order."""
        self.exit()

    def _handle_exception(self, error: Exception) -> None:
        """Textual ends the program. Work beside the keys must not take the work in hand with it: that it failed is told, and
        nothing is told any more once the program is being left."""
        if not isinstance(error, WorkerFailed):
            super()._handle_exception(error)
        elif not self._exit:
            self._exception = self._exception or error  # a test run is to see it
            self._tell_failed(error.error)

    def _tell_failed(self, error: BaseException) -> None:
        from .crash import what_failed

        told = i18n.explain(error) if isinstance(error, Problem) else what_failed(error, self.places.data)
        self.notify(told, severity="error", timeout=READ_IN, markup=False)

    def _fatal_error(self) -> None:
        """End, and leave what to say to `run`, instead of printing a traceback with values."""
        self.failure = self.failure or sys.exc_info()[1]
        self.bell()
        self._return_code = 1
        self._close_messages_no_wait()


def run(path: Path, settings: Settings, clock: Clock, demo: bool = False) -> int:
    """Open the book and run the program until it is left. Returns the exit code; raises Problem when the book cannot be
    opened or read."""
    if os.environ.get("TERM") in _NO_SCREEN and sys.platform != "win32":
        raise Problem(
            N_(
                "This terminal (TERM={term}) cannot show the program. Use another one, or a command: crm due, crm --help."
            ),
            term=os.environ["TERM"],
        )
    session = open_session(path, settings, clock)
    app = CrmApp(session, places())
    try:
        app.run()
        if app.failure is not None and not isinstance(app.failure, Problem):
            from .usecases.doctor import behind_crash

            app.failure = behind_crash(app.session) or app.failure
        _keep_calendar(app)
    finally:
        app.close_books()
    if isinstance(app.failure, Problem):
        raise app.failure
    if app.failure is not None:
        from .crash import last_words

        sys.stderr.write(last_words(app.failure, app.places.data) + "\n")
    return app.return_code or 0


def _keep_calendar(app: CrmApp) -> None:
    """Write the calendar of the user's own book anew, if the settings want it. That it failed is said, and no more."""
    session = app.session
    if not session.settings.calendar.on_close or session.is_example:
        return
    from .usecases import calendars

    try:
        calendars.write_feed(session, calendars.feed_file(session))
    except Exception as error:  # whatever is wrong with the calendar, the program has ended in order
        why = i18n.explain(error) if isinstance(error, Problem) else type(error).__name__
        sys.stderr.write(visible(i18n._("The calendar was not written: {why}").format(why=why)) + "\n")


def _driver() -> type[Driver] | None:
    """Textual's driver as we need it, or None for its own choice."""
    if sys.platform == "win32" or os.environ.get("TEXTUAL_DRIVER"):  # a browser's, see cli/web_server.py
        return None
    from .terminal import TerminalDriver

    return TerminalDriver
