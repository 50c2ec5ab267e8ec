"""Screens over the first list that show the book as it is, whoever changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..usecases.session import Session

if TYPE_CHECKING:
    from .base import CrmScreen

    Base = CrmScreen
else:
    Base = object

_OFTEN = 1
"""Seconds between two looks."""


class Watching(Base):
    """Mixin: reads anew where another program has written, and on coming back from another screen."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._seen = session.book_version()
        self._was_shown = False

    def refreshed(self) -> None:
        """Show the book as it is now."""
        raise NotImplementedError

    def keep_up(self) -> None:
        """Look now and then, from now on."""
        self.set_interval(_OFTEN, self._look)

    def on_screen_resume(self) -> None:
        """Back from another screen. On opening the book has just been read."""
        if self._was_shown:
            self.refreshed()
        self._was_shown = True

    def _look(self) -> None:
        version = self.session.book_version()
        if version != self._seen:
            self._seen = version
            self.refreshed()
