"""The locked screen: nothing of the book is on it. An encrypted book asks for its passphrase again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from ..i18n import _
from ..usecases.session import Session
from .base import CrmScreen
from .safety import own


class LockScreen(CrmScreen):
    """Covers everything until the passphrase is said; of a book without one, until any key."""

    CSS_PATH = ["lock.tcss"]

    def __init__(self, session: Session, unlocked: Callable[[], None]) -> None:
        super().__init__(session)
        self._unlocked = unlocked
        self._trying = False

    def compose(self) -> ComposeResult:
        """What to do, and nothing else."""
        with Vertical(id="lock"):
            yield Static(own(Content.styled(_("crm is locked"), "bold")), markup=False)
            if self.session.encrypted:
                yield Input(password=True, placeholder=_("passphrase, then Enter"), compact=True)
            else:
                words = _(
                    "Any key shows the book again. It has no passphrase, so this only hides it; crm encrypt gives it one."
                )
                yield Static(own(words), markup=False)
            yield Static(id="status", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Where there is no passphrase, any key will do."""
        if not self.session.encrypted:
            event.stop()
            self._unlocked()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """The passphrase, or not."""
        event.stop()
        if self._trying or not event.value:
            return
        self._trying = True
        from ..usecases.unlocking import is_passphrase

        try:
            right = await asyncio.to_thread(is_passphrase, self.session, event.value)
        finally:
            self._trying = False
            event.input.value = ""
        if right:
            self._unlocked()
        else:
            self.query_one("#status", Static).update(own(_("That is not the passphrase.")))
