"""Reading a sheet and writing it into the book on a thread of their own, so that the screen stays awake."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.message import Message
from textual.screen import Screen

from ..domain.messages import Problem
from ..usecases.session import Session

if TYPE_CHECKING:
    from ..exchange.days import Order
    from ..exchange.plan import Plan
    from ..usecases.importing import Applied

_TICK = 0.1
"""Seconds between two reports of how far it is."""


class Stopped(Exception):
    """The user gave it up."""


class ImportWork:
    """Does one thing at a time and tells its screen by messages."""

    class Progressed(Message):
        """So many rows are read, or customers written."""

        def __init__(self, count: int) -> None:
            super().__init__()
            self.count = count

    class Read(Message):
        """The plan is there."""

        def __init__(self, plan: Plan) -> None:
            super().__init__()
            self.plan = plan

    class Written(Message):
        """Everything is in the book."""

        def __init__(self, applied: Applied) -> None:
            super().__init__()
            self.applied = applied

    class Failed(Message):
        """It could not be done, and nothing was written; `problem` is None where the user gave up."""

        def __init__(self, problem: Problem | None) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, screen: Screen[Any], session: Session) -> None:
        self._screen = screen
        self._session = session
        self._stop = False

    def read(self, file: Path, order: Order | None) -> None:
        """Read a file and plan its import."""

        def work() -> Message:
            from ..usecases.importing import read_plan

            return self.Read(read_plan(self._session, file, order=order, progress=self._ticker()))

        self._aside(work)

    def write(self, plan: Plan) -> None:
        """Bring a plan into the book, all of it or nothing."""

        def work() -> Message:
            from ..usecases.importing import apply_plan

            return self.Written(apply_plan(self._session, plan, progress=self._ticker()))

        self._aside(work)

    def stop(self) -> None:
        """Give up what is being read or written; the book stays as it was."""
        self._stop = True

    def _aside(self, work: Callable[[], Message]) -> None:
        self._stop = False

        def run() -> None:
            try:
                message = work()
            except Problem as problem:
                message = self.Failed(problem)
            except Stopped:
                message = self.Failed(None)
            finally:
                self._session.close()  # this thread's connection to the book
            self._screen.post_message(message)

        self._screen.run_worker(run, thread=True)

    def _ticker(self) -> Callable[[int], None]:
        last = 0.0

        def tick(count: int) -> None:
            nonlocal last
            if self._stop:
                raise Stopped
            now = time.monotonic()
            if now - last >= _TICK:
                last = now
                self._screen.post_message(self.Progressed(count))

        return tick
