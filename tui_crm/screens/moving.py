"""Moving in the list, however long it is: both ends, the next page, the first name that begins as typed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from ..domain.messages import N_, Problem
from ..domain.names import sort_key
from ..domain.rows import AgendaRow
from ..i18n import _
from ..usecases.long_lists import LongList
from ..usecases.session import Session
from .reader import Reader, Stop
from .widgets.rowlist import RowList

if TYPE_CHECKING:
    from .base import CrmScreen
    from .widgets.jumpbar import JumpBar

    Base = CrmScreen
else:
    Base = object

MOVING = ("down", "up", "page_down", "page_up", "first", "last", "jump")
_IDLE = 0.5
"""Seconds after which a long list is counted to its end."""
_NEAR = 40
"""Rows before the end of what is known at which more is looked for."""


class Moving(Base):
    """Mixin for the screen with the list."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._counter = Reader()

    def listed(self) -> RowList:
        """The list."""
        raise NotImplementedError

    def rows(self) -> LongList:
        """What is listed."""
        raise NotImplementedError

    def show_count(self) -> None:
        """Say anew how many there are."""
        raise NotImplementedError

    def on_unmount(self) -> None:
        """No thread outlives the screen."""
        self._counter.close(self.session)

    # Keys ----------------------------------------------------------------------------------------------------------

    def do_down(self) -> None:
        """To the next customer."""
        self.listed().move(1)

    def do_up(self) -> None:
        """To the previous customer."""
        self.listed().move(-1)

    def do_page_down(self) -> None:
        """One screen further."""
        self.listed().move(self.listed().page())

    def do_page_up(self) -> None:
        """One screen back."""
        self.listed().move(-self.listed().page())

    def do_first(self) -> None:
        """To the first customer."""
        self.listed().go_to(0)

    def do_last(self) -> None:
        """To the last customer of all, read or not."""
        from .working import aside

        rows = self.rows()

        def go(everybody: Sequence[int]) -> None:
            rows.know(everybody)
            self._known_more()
            self.listed().go_to(len(rows) - 1)

        if rows.is_search and not rows.whole:
            aside(self, _("Reading to the end"), rows.everybody, go, quick=rows.is_short)
        else:
            go(())

    async def do_jump(self) -> None:
        """Type the beginning of a name."""
        from .widgets.jumpbar import JumpBar

        if not len(self.rows()):
            raise Problem(N_("There is nobody in this list."))
        await self.query("#jump").remove()
        await self.mount(JumpBar(), before="#status")

    def on_jump_bar_typed(self, event: JumpBar.Typed) -> None:
        """Go there at once."""
        at = self.rows().jump(event.beginning)
        if at is None:
            self.say(_("No name here begins with “{text}”.").format(text=event.beginning), wrong=True)
            return
        self._known_more()
        self.listed().go_to(at)
        row = self.listed().current
        if not isinstance(row, AgendaRow):
            return
        if sort_key(row.name).startswith(sort_key(event.beginning)):
            self.say(row.name)
        else:
            self.say(_("No name begins with “{text}”. Next: {name}").format(text=event.beginning, name=row.name))

    async def on_jump_bar_left(self) -> None:
        """Back to the list."""
        await self.query("#jump").remove()
        self.listed().focus()

    # Lists that are not known to their end -------------------------------------------------------------------------

    def read_on(self, index: int) -> None:
        """Know of more rows as the cursor comes near the last that is known."""
        rows = self.rows()
        if not rows.whole and index >= len(rows) - _NEAR:
            rows.grow()
            self._known_more()

    def count_later(self) -> None:
        """Count a long list to its end, once nothing else is to be done."""
        rows = self.rows()
        if rows.total is None or rows.expected:
            self.set_timer(_IDLE, lambda: self.run_worker(partial(self._count, rows), group="count", exclusive=True))

    async def _count(self, rows: LongList) -> None:
        if self.listed().rows is not rows:
            return

        def read(stop: Stop) -> bool:
            try:
                rows.count_all(stop)
            finally:
                self.session.close()  # this thread's connection: what it keeps of a large book is not needed again
            return True

        if await self._counter.ask(read) and self.is_mounted and self.listed().rows is rows:
            self._known_more()

    def _known_more(self) -> None:
        self.listed().recount()
        self.show_count()
