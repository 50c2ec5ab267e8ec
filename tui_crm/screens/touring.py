"""The tour: a card at the foot of whatever is open, on an example book of its own; each step waits for the real act.

It only looks: at what is open, what is in hand, and the newest operation of the book. No screen knows of it.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, Static

from ..commands import BY_ID, MOVE, key_label
from ..domain.rows import AgendaRow
from ..domain.text import visible
from ..i18n import _
from ..keys_in_force import all_keys_of, keyed
from ..usecases import history
from ..usecases.session import Session, open_session
from .key_words import with_keys
from .lock import LockScreen
from .safety import own
from .tour_keys import TOUR_KEYS
from .tour_steps import STEPS, Seen, Step
from .working import aside

if TYPE_CHECKING:
    from .agenda import AgendaScreen

_LOOKS_EVERY = 0.1
"""Seconds between two looks whether the step is done."""
_OTHERS = 2
"""Other commands after which the card says what it waits for."""
_PATIENT = frozenset(command.id for command in BY_ID.values() if command.group == MOVE and not command.footer)
"""Commands that may be run as often as one likes without a word."""


class TourCard(Static):
    """What to do now, on whichever screen is open."""

    def __init__(self, words: Content) -> None:
        super().__init__(words, markup=False)


def begin(app: Any, first: AgendaScreen) -> None:
    """Make an example book for the tour, and start it there once it is made."""
    folder = TemporaryDirectory(prefix="crm-tour-", ignore_cleanup_errors=True)
    session: Session = app.session

    def make() -> Path:
        from ..demo import ensure_demo

        book = Path(folder.name) / "example.db"
        ensure_demo(book, session.settings, session.clock)
        return book

    def go(book: Path) -> None:
        app.tour = Tour(app, first, folder)
        app.tour.enter(open_session(book, session.settings, session.clock))

    aside(first, _("Making the example book"), make, go)


class Tour:
    """The tour under way. `owned` is the session of the user's own book, which stays open meanwhile."""

    def __init__(self, app: Any, first: AgendaScreen, folder: TemporaryDirectory[str]) -> None:
        self.owned: Session = app.session
        self._app = app
        self._first = first
        self._folder = folder
        row = first.target()
        self._place = (first.question, first.listed().cursor, row.id if row else 0)
        self._at = 0
        self._pressed: list[str] = []
        self._warned = False
        self._begun: Seen | None = None
        self._over = False
        self._timer: Timer | None = None

    # Keys ----------------------------------------------------------------------------------------------------------

    def takes(self, command: str) -> bool:
        """Before a command is run: where Back twice leaves the program it leaves the tour; whether it was taken so."""
        if command != "back" or self._over:
            return False
        seen = self._seen()
        if not seen.on_list or seen.question is not None or seen.marked:
            return False
        if self._warned:
            self.leave()
        else:
            self._warned = True
            self._first.say(keyed(_("{back} once more leaves the tour."), "back"))
        return True

    def acted(self, command: str) -> None:
        """A command was run by its key."""
        if self._over:
            self._done()
            return
        self._warned = False
        self._pressed.append(command)
        self.look()

    def skip(self) -> None:
        """On to the next step, done or not."""
        self._next()

    # Steps ---------------------------------------------------------------------------------------------------------

    def enter(self, session: Session) -> None:
        """Show the example book with the first step."""
        self._app.session = session
        sheet = self._app.stylesheet
        sheet.read(Path(__file__).with_name("tour.tcss"))
        sheet.reparse()
        self._first.call_later(self._entered)

    async def _entered(self) -> None:
        await self._first.start_over(self._app.session)
        self._timer = self._app.set_interval(_LOOKS_EVERY, self.look)
        self.look()

    def look(self) -> None:
        """See whether the step is done, and have the card on the screen that is open."""
        if self._app.locked or not self._app.is_running:
            return
        if not self._over:
            seen = self._seen()
            self._begun = self._begun or seen
            if STEPS[self._at].done(self._begun, seen):
                self._next()
                return
        self._show()

    def _next(self) -> None:
        self._at += 1
        self._begun, self._pressed = None, self._pressed[-1:]
        if self._at == len(STEPS):
            self._over = True
            self._go_home(_("Back in your own book."))
        else:
            self.look()

    def _seen(self) -> Seen:
        first, app = self._first, self._app
        row = first.listed().current
        newest = next(iter(history.operations(app.session, 1)), None)
        return Seen(
            tuple(type(screen).__name__ for screen in app.screen_stack),
            row.id if isinstance(row, AgendaRow) else 0,
            first.question.line if first.question is not None else None,
            isinstance(app.screen.focused, Input),
            len(first.marks),
            newest.id if newest else 0,
            newest.kind if newest else "",
            frozenset(self._pressed),
        )

    # The card ------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        screen: Screen[Any] = self._app.screen
        words = self._last_words() if self._over else self._words(STEPS[self._at], screen)
        card = next(iter(screen.query(TourCard)), None)
        if card is None:
            if screen.is_mounted and not isinstance(screen, LockScreen):
                screen.mount(TourCard(words))
        elif card.content != words:
            card.update(words)

    def _words(self, step: Step, screen: Screen[Any]) -> Content:
        opened = isinstance(screen.focused, Input) or screen is not self._first
        inside = step.inside and opened and step.command in self._pressed
        head = Content.assemble(
            (_("{n} of {all}").format(n=self._at + 1, all=len(STEPS)), "bold $accent"), ("  " + _(step.title), "bold")
        )
        ways = "   ".join(f"{key_label(command.twins[0])} {_(command.label)}" for command in TOUR_KEYS)
        words = with_keys(_(step.inside if inside else step.text), _(step.typed))
        lines = [head + Content.styled("   " + ways, "$dim"), words]
        if not inside and self._strayed(step):
            waits = _("Look around as long as you like. This step waits for {keys}.")
            keys = _(" or ").join(all_keys_of(step.command).split())
            lines.append(Content.styled(waits.format(keys=keys), "$soon"))
        return own(Content("\n").join(lines))

    def _strayed(self, step: Step) -> bool:
        """Whether other things are being done."""
        return len([each for each in self._pressed if each != step.command and each not in _PATIENT]) >= _OTHERS

    def _last_words(self) -> Content:
        head = Content.styled(_("That was the tour."), "bold $accent")
        text = _(
            "What next? {import} brings in your own sheet, {new} adds a customer, {help} explains, {palette} finds any command."
        )
        return own(head + "\n" + with_keys(text))

    def _put_away(self) -> None:
        for screen in self._app.screen_stack:
            screen.query(TourCard).remove()

    # Back home -----------------------------------------------------------------------------------------------------

    def leave(self) -> None:
        """End the tour before its end."""
        self._over = True
        self._go_home(keyed(_("You have left the tour; {palette} tour starts it again."), "palette"))
        self._done()

    def clean(self) -> None:
        """Nothing is left of the example book, which is closed."""
        self._folder.cleanup()

    def _done(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._put_away()
        self._app.tour = None

    def _go_home(self, words: str) -> None:
        """Show the user's own book again, where it was left."""
        self._app.back_to_first()
        example, settings = self._app.session, self._app.session.settings
        self.owned = self._app.session = self.owned.under(settings)
        self._first.call_later(self._at_home, example, words)

    async def _at_home(self, example: Session, words: str) -> None:
        first, (question, cursor, customer) = self._first, self._place
        await first.start_over(self.owned)
        example.close()
        self.clean()
        if question is not None:
            await first.ask_for(question, cursor)
        if customer:
            first.put_cursor_on(customer)
        first.say(f"{words}  {visible(str(self.owned.book.path))}")
        if self._over and self._app.tour is self:
            self.look()
