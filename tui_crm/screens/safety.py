"""The guards between data and the terminal: control characters, curious eyes, and whoever sits down at an open program."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from textual import events
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.style import Style

from ..domain.text import visible, without_unseen

if TYPE_CHECKING:
    from ..usecases.bulk import Act
    from ..usecases.session import Session

OWN = "own"
"""Marks, in the meta of a style, what the program says of itself; privacy leaves it readable."""
_OWN = Style.from_meta({OWN: True})
_LOOKS_EVERY = 5.0
"""Seconds between two looks whether anybody is there."""
_USUAL_MINUTES = 15


def own(words: Content | str) -> Content:
    """Words of the program's own, without any data in them: they stay readable while names and amounts are hidden."""
    return (Content(words) if isinstance(words, str) else words).stylize(_OWN)


class ControlFilter(LineFilter):
    """Replaces every control character in what is about to be drawn, whichever widget drew it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Segments whose text can not steer the terminal."""
        return [
            Segment(visible(without_unseen(text)), style, control)
            if not text.isprintable() and control is None
            else segment
            for segment in segments
            for text, style, control in (segment,)
        ]


_GUARD = ControlFilter()


class Guarded(App[None]):
    """A program whose data cannot steer the terminal, that hides names and amounts when asked, and locks its screen when asked
    or left alone."""

    session: Session
    hiding: LineFilter | None = None
    """Hides what is drawn, while it is to be hidden."""
    last_acts: tuple[Act, ...] = ()
    """What `repeat` does again."""
    _touched = 0.0
    _waiting: list[Callable[[], object]] | None = None  # what is to be opened or closed once the screen is unlocked

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's, and those that hide and guard."""
        hiding = [] if self.hiding is None else [self.hiding]
        return [*super().get_line_filters(), *hiding, _GUARD]

    def action_do(self, command: str) -> None:
        """Run a command that works on every screen."""
        getattr(self, f"do_{command}")()

    # Privacy -------------------------------------------------------------------------------------------------------

    def do_privacy(self) -> None:
        """Hide names, notes and amounts on every screen, or show them again; where text is selected for it, cut that."""
        from .privacy import cut_instead, toggle

        if not cut_instead(self.focused):
            toggle(self)

    # Locking -------------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Look now and then whether anybody is there; the settings may ask at any time for the screen to be locked."""
        self._touched = time.time()
        self.set_interval(_LOOKS_EVERY, self._look_whether_left)

    async def on_event(self, event: events.Event) -> None:
        """A key or the mouse: somebody is there."""
        if isinstance(event, events.InputEvent):
            self._touched = time.time()
        await super().on_event(event)

    def do_lock(self) -> None:
        """Lock the screen; what goes on under it goes on."""
        if self._waiting is None:
            from .lock import LockScreen

            super().push_screen(LockScreen(self.guarded(), self.unlocked))
            self._waiting = []

    def guarded(self) -> Session:
        """The book whose passphrase unlocks the screen."""
        return self.session

    @property
    def locked(self) -> bool:
        """Whether the screen is locked."""
        return self._waiting is not None

    def unlocked(self) -> None:
        """Show what was there before, and what has come meanwhile."""
        if self._waiting is None:  # the second of two keys that came at once
            return
        waiting, self._waiting = self._waiting, None
        super().pop_screen()
        for act in waiting:
            act()

    def push_screen(self, screen: Any, callback: Any = None, *given: Any, **named: Any) -> Any:
        """Open a screen; one that work under the lock opens has to wait."""
        if self._waiting is None:
            return super().push_screen(screen, callback, *given, **named)
        self._waiting.append(partial(self.push_screen, screen, callback, *given, **named))
        return AwaitComplete()

    def pop_screen(self) -> AwaitComplete:
        """Close the present screen; while it is locked, what lies under the lock has to wait."""
        if self._waiting is None:
            return super().pop_screen()
        self._waiting.append(self.pop_screen)
        return AwaitComplete()

    def _look_whether_left(self) -> None:
        after = self._lock_after()
        if after and time.time() - self._touched >= after * 60:
            self.do_lock()

    def _lock_after(self) -> int:
        """Minutes without a key after which the screen is locked; 0: never."""
        asked = self.session.settings.encryption.lock_minutes
        return asked if asked >= 0 else _USUAL_MINUTES if self.guarded().encrypted else 0
