"""Reading a sheet and writing it into the book on a thread of their own, so that the screen stays awake."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.message import Message
from textual.screen import Screen

from ..domain.messages import Problem
from ..usecases.pace import Pace
from ..usecases.session import Session

if TYPE_CHECKING:
    from ..exchange.mapping import Choices
    from ..exchange.plan import Plan
    from ..exchange.tables import Progress, Table
    from ..usecases.importing import Agreed, Applied

_TICK = 0.1
"""Seconds between two reports of how far it is."""


class Stopped(Exception):
    """The user gave it up."""


class ImportWork:
    """Does one thing at a time and tells its screen by messages."""

    class Progressed(Message):
        """So many rows are read, or customers written, of how many (0: not known); the same in words, with the time left.
        `compares` while what was read is compared with the book."""

        def __init__(self, count: int, total: int, words: str, compares: bool) -> None:
            super().__init__()
            self.count, self.total, self.words, self.compares = count, total, words, compares

    class Read(Message):
        """The plan is there, and the sheets it was made from."""

        def __init__(self, plan: Plan, tables: Sequence[Table]) -> None:
            super().__init__()
            self.plan = plan
            self.tables = tables

    class Told(Message):
        """How many trade records the notes of each customer tell of, by `PlannedCustomer.where`."""

        def __init__(self, plan: Plan, counts: Mapping[tuple[str, int], int]) -> None:
            super().__init__()
            self.plan = plan
            self.counts = counts

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

    def read(self, file: Path, choices: Choices) -> None:
        """Read a file and plan its import."""

        def work() -> Message:
            from ..exchange.tables import read_tables

            return self._planned(read_tables(file, self._ticker()), choices)

        self._aside(work)

    def plan(self, tables: Sequence[Table], choices: Choices) -> None:
        """Plan the import of sheets that have been read, with other choices."""
        self._aside(lambda: self._planned(tables, choices))

    def _planned(self, tables: Sequence[Table], choices: Choices) -> Message:
        from ..usecases.importing import plan_tables

        return self.Read(plan_tables(self._session, tables, choices, progress=self._ticker(compares=True)), tables)

    def look_for_trade(self, plan: Plan) -> None:
        """Count the trade records that notes tell of."""

        def work() -> Message:
            from ..usecases.importing import told_trade

            counts = {}
            for planned in plan.tellers():
                if self._stop:
                    raise Stopped
                if told := told_trade(self._session, planned):
                    counts[planned.where] = len(told)
            return self.Told(plan, counts)

        self._aside(work, quietly=True)

    def write(self, plan: Plan, choices: Choices, agreed: Agreed) -> None:
        """Bring a plan into the book, all that is agreed or nothing, and remember what was chosen for its columns."""

        def work() -> Message:
            from ..usecases.importing import apply_plan, remember_choices

            applied = apply_plan(self._session, plan, self._ticker(), agreed)
            remember_choices(self._session, plan, choices)
            return self.Written(applied)

        self._aside(work)

    def stop(self) -> None:
        """Give up what is being read or written; the book stays as it was."""
        self._stop = True

    def _aside(self, work: Callable[[], Message], quietly: bool = False) -> None:
        """Do something on a thread; `quietly`, nobody is told that it was given up."""
        self._stop = False

        def run() -> None:
            try:
                message = work()
            except Problem as problem:
                message = self.Failed(problem)
            except Stopped:
                if quietly:
                    return
                message = self.Failed(None)
            except BaseException:  # the program tells of it; nobody is to wait
                self._screen.post_message(self.Failed(None))
                raise
            finally:
                self._session.close()  # this thread's connection to the book
            self._screen.post_message(message)

        self._screen.run_worker(run, thread=True)

    def _ticker(self, compares: bool = False) -> Progress:
        pace, last = Pace(time.monotonic()), 0.0

        def tick(count: int, total: int = 0, /) -> None:
            nonlocal last
            if self._stop:
                raise Stopped
            now = time.monotonic()
            if now - last >= _TICK:
                last = now
                self._screen.post_message(self.Progressed(count, total, pace.words(now, count, total), compares))

        return tick
