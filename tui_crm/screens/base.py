"""What every screen of ours has: the session, a line to speak on, and commands that say why they cannot act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from textual._styles_cache import StylesCache
from textual.content import Content
from textual.events import Resize
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from ..domain.messages import Problem
from ..domain.text import visible
from ..i18n import explain
from ..usecases.session import Session
from .keys import bindings, rebound
from .widgets.timed import Timed

if TYPE_CHECKING:
    from textual.filter import LineFilter

    from .widgets.rowlist import RowList

Answer = TypeVar("Answer")


class Speaks:
    """The one line at the foot of a screen that tells what was done and what went wrong; and the keys in force."""

    def follow_keymap(self) -> None:
        """Bind the keys that are in force now."""
        self._bindings = rebound(self._merged_bindings)  # type: ignore[attr-defined]

    def say(self, text: str, wrong: bool = False) -> None:
        """Show one sentence; a wrong one stands out. Text is never markup."""
        line = self.query_one("#status", Static)  # type: ignore[attr-defined]
        line.set_class(wrong, "wrong")
        line.update(Content(visible(text)), layout=False)

    def refuse(self, problem: Problem) -> None:
        """Show why something cannot be done."""
        self.say(explain(problem), wrong=True)

    def on_row_list_unreadable(self, event: RowList.Unreadable) -> None:
        """Rows could not be read."""
        self.refuse(event.problem)

    def do_help(self) -> None:
        """What this screen is for, and its keys."""
        from .help import help_on

        self.app.push_screen(help_on(self))  # type: ignore[attr-defined, arg-type]

    async def _on_resize(self, event: Resize) -> None:
        """Pass over a size that the terminal has no more: laid out for it, the screen would call for the other, and that
        one for this, without end."""
        if event.size != self.app.size:  # type: ignore[attr-defined]
            event.prevent_default().stop()

    def on_unmount(self) -> None:
        """Let go of what was drawn: Textual remembers the last thousand widgets with every line of theirs, closed or not."""
        StylesCache.get_inner_outer.cache_clear()

    async def action_do(self, command: str) -> None:
        """Run a command of `commands.COMMANDS`: `do_<id>`, plain or async. A Problem becomes a sentence, never a crash."""
        try:
            result = getattr(self, f"do_{command}")()
            if result is not None:
                await result
        except Problem as problem:
            self.refuse(problem)


class CrmScreen(Timed, Speaks, Screen[None]):
    """A full screen with a session; compose a `Static(id="status")` into it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.follow_keymap()
        self.session = session

    def on_screen_resume(self) -> None:
        """Say on each screen that things are hidden."""
        self._say_hidden()

    async def recompose(self) -> None:
        """Put it together anew, that included."""
        await super().recompose()
        self._say_hidden()

    def _say_hidden(self) -> None:
        if getattr(self.app, "hiding", None) is not None:
            from .privacy import show_mark

            show_mark(self)

    def ask(self, dialog: Dialog[Answer], then: Callable[[Answer], None]) -> None:
        """Open a dialog; act on its answer, and show a Problem instead of failing."""

        def answered(answer: Answer | None) -> None:
            if answer is None:
                return
            try:
                then(answer)
            except Problem as problem:
                self.refuse(problem)

        self.app.push_screen(dialog, answered)


class Dialog(Timed, Speaks, ModalScreen[Answer]):
    """A question over the present screen. Esc answers None; compose a `Static(id="status")` into it."""

    BINDINGS = [("escape", "dismiss(None)", ""), *bindings(("help",))]

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.follow_keymap()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """All but what hides: what shows through from below has passed it, and the dialog's own widgets do."""
        hiding = getattr(self.app, "hiding", None)
        return [each for each in super().get_line_filters() if each is not hiding]
