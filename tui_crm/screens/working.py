"""Long work on a thread of its own: a dialog says how far it is, Esc stops it, and the screen under it waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from ..domain.messages import Problem
from ..i18n import _
from ..usecases.session import Session, Stopped
from .ask import Box
from .base import Dialog

if TYPE_CHECKING:
    from .base import CrmScreen

Result = TypeVar("Result")

_UNSEEN = 0.3
"""Seconds in which work may end before anything is shown of it."""
_TICK = 0.1
"""Seconds between two looks at how far it is."""
_BAR = 56


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Result]):
    """How work ended: with a result, or with a reason why it could not be done."""

    result: Result | None = None
    problem: Problem | None = None


def aside(
    screen: CrmScreen, title: str, work: Callable[[], Result], then: Callable[[Result], None], *, quick: bool = False
) -> None:
    """Do `work` beside the keys, then go on with its result; where it takes no time (`quick`), at once. A Problem is told,
    and so is that it was stopped, which leaves the book as it was."""
    if quick:
        then(work())
        return

    def ended(outcome: Outcome[Result] | None) -> None:
        if outcome is None:
            screen.say(_("Stopped: nothing was changed."))
            return
        try:
            if outcome.problem is not None:
                raise outcome.problem
            then(outcome.result)  # type: ignore[arg-type]  # work that was not stopped has a result, if only None
        except Problem as problem:
            screen.refuse(problem)

    screen.app.push_screen(Working(screen.session, title, work), ended)


class Working(Dialog[Outcome[Result]]):
    """Answers how the work ended, None where it was stopped."""

    CSS_PATH = ["ask.tcss", "working.tcss"]
    BINDINGS = [("escape", "stop", "")]

    class Ended(Message):
        """The thread is done."""

        def __init__(self, outcome: Outcome[Any] | None) -> None:
            super().__init__()
            self.outcome = outcome

    def __init__(self, session: Session, title: str, work: Callable[[], Result]) -> None:
        super().__init__(classes="unseen")
        self._session = session
        self._title = title
        self._work = work
        self._stop = False
        self._at = ("", 0, 0)

    def compose(self) -> ComposeResult:
        """What is being done, and a bar."""
        with Box(self._title, _("Esc stops, nothing is changed then")):
            yield Static("…", id="doing", markup=False)
            yield Static(id="bar", markup=False)
            yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        """Begin; show nothing yet."""
        self.set_timer(_UNSEEN, lambda: self.remove_class("unseen"))
        self.set_interval(_TICK, self._show)
        self.run_worker(self._run, thread=True)

    def on_unmount(self) -> None:
        """The program is being closed."""
        self._stop = True

    def action_stop(self) -> None:
        """Esc: give it up."""
        self._stop = True
        self.say(_("stopping …"))

    def do_help(self) -> None:
        """Nothing may lie over it: it closes by itself."""

    def on_working_ended(self, event: Ended) -> None:
        """Answer."""
        self.dismiss(event.outcome)

    def _run(self) -> None:
        outcome: Outcome[Result] | None = None
        try:
            with self._session.watched(self._tell, lambda: self._stop):
                outcome = Outcome(self._work())
        except Stopped:
            pass
        except Problem as problem:
            outcome = Outcome(problem=problem)
        except BaseException:  # the program tells of it; nobody is to wait
            self.post_message(self.Ended(None))
            raise
        finally:
            self._session.close()  # this thread's connection to the book
        self.post_message(self.Ended(outcome))

    def _tell(self, what: str, done: int, total: int) -> None:
        self._at = (what, done, total)

    def _show(self) -> None:
        what, done, total = self._at
        if not total:
            return
        full = _BAR * done // total
        self.query_one("#doing", Static).update(
            Content.assemble(_(what), (f"   {done:,} / {total:,}", "$dim")), layout=False
        )
        self.query_one("#bar", Static).update(
            Content.assemble(("━" * full, "$success"), ("━" * (_BAR - full), "$row-cursor")), layout=False
        )
