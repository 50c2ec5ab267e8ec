"""Today's order beside the settings, as it would be: worked out beside the keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from ..config import Settings
from ..domain.messages import Problem
from ..i18n import _, explain, ngettext
from ..usecases import weighing
from ..usecases.session import Session
from .reader import Reader
from .safety import own
from .widgets.cells import fit
from .widgets.timed import Timed

FIRST = 30
"""Places of today's order that are worked out."""
_RESTING = 0.08
"""Seconds without a key after which the order is worked out anew."""


class TodaysOrder(Timed, Static):
    """The first places of today's agenda under settings that are tried, each with where it was before."""

    def __init__(self, reader: Reader, tried: Callable[[], tuple[Session, Settings] | None]) -> None:
        """`tried` tells the book and what is tried on it at the moment, None while nobody looks; it may raise Problem."""
        super().__init__(id="order", markup=False)
        self._reader, self._tried = reader, tried
        self._todays: weighing.Todays | None = None
        self._read_from: Session | None = None
        self._reading = False

    def on_mount(self) -> None:
        """Wait for the keys to rest."""
        self._rest: Timer = self.set_interval(_RESTING, self._work_out, pause=True)

    def follow(self) -> None:
        """Work the order out anew once the keys rest."""
        self._rest.resume()

    def _work_out(self) -> None:
        """Show the order of what is tried now; who is due today is read only once."""
        self._rest.pause()
        try:
            tried = self._tried()
        except Problem as problem:
            self._excuse(problem)
            return
        if tried is None:
            return
        session, settings = tried
        if self._todays is not None and self._read_from is session:
            self.run_worker(self._show(session, self._todays, settings), exclusive=True, group="order")
        elif not self._reading:
            self._reading = True
            self.update(order_lines(None, 0, 0))
            self.run_worker(self._read(session))

    async def _read(self, session: Session) -> None:
        try:
            found = await self._reader.ask(partial(weighing.todays, session))
        except Problem as problem:
            self._excuse(problem)
            return
        finally:
            self._reading = False
        if found is not None and self.is_attached:
            self._todays, self._read_from = found, session
            self.follow()

    async def _show(self, session: Session, todays: weighing.Todays, settings: Settings) -> None:
        try:
            found = await self._reader.ask(partial(weighing.preview, session, todays, settings, FIRST))
        except Problem as problem:
            self._excuse(problem)
            return
        if found is not None and self.is_attached:
            self.update(order_lines(found, self.content_size.height, self.content_size.width))

    def _excuse(self, problem: Problem) -> None:
        self.update(Content.styled(explain(problem), "$dim"))


def order_lines(preview: weighing.Preview | None, height: int, width: int) -> Content:
    """Today's first places, each with its points and with where it was before."""
    if preview is None:
        return Content.styled(_("working out today's order …"), "$dim")
    if not preview.places:
        return Content.styled(_("Nobody is due today, so there is no order to show."), "$dim")
    heading = (
        ngettext("Today, with {n} place changed", "Today, with {n} places changed", preview.moved)
        if preview.moved
        else _("Today, in this order")
    )
    due = ngettext("{n} due", "{n} due", preview.due)
    if preview.due != preview.due_now:
        due = f"{preview.due_now} → {due}"
    lines = [Content.assemble((heading, "bold $accent" if preview.moved else "bold"), (f"   {due}", "$dim"))]
    for at, place in enumerate(preview.places[: max(1, height - 1)], 1):
        moved, look = _moved(place.was, at)
        points = f"{place.score:.2f}".replace("-", "−").rjust(7)
        name = fit(place.row.name, max(6, width - 9 - len(points)))
        lines.append(
            own(Content.styled(f"{at:>2} {fit(moved, 5)}", look)) + Content(f" {name}") + Content.styled(points, "$dim")
        )
    return Content("\n").join(lines)


def _moved(was: int | None, at: int) -> tuple[str, str]:
    """Up, down, or from further down than is known."""
    if was is None:
        return f"↑ {_('new')}", "$success"
    if was == at:
        return "", "$dim"
    return (f"↑{was - at}", "$success") if was > at else (f"↓{at - was}", "$late")
