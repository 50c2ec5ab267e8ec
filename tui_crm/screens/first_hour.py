"""What the program does for whoever is new to it: the welcome's answers, the example book, the tour, hints."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.binding import Binding

from ..config import Places
from ..domain.messages import Problem
from ..i18n import _, explain
from ..usecases.session import Session
from .agenda import AgendaScreen
from .safety import Guarded
from .tour_keys import TOUR_KEYS

if TYPE_CHECKING:
    from textual.actions import ActionParseResult
    from textual.dom import DOMNode

    from .hints import Hints
    from .touring import Tour

_HINTS_EVERY = 2.0
"""Seconds between two looks whether there is room for a hint; also from the start to the first."""


class FirstHour(Guarded):
    """A program with a first screen, that is learned by doing. What it looks at, it sees from here: no screen knows of it."""

    BINDINGS = [Binding(each.twins[0], f"do('{each.id}')", show=False, priority=True) for each in TOUR_KEYS]

    places: Places
    tour: Tour | None = None
    hints: Hints | None = None

    def keep_setting(self, **changes: Any) -> None:
        """Change settings for good."""
        raise NotImplementedError

    def reopen(self, book: Path) -> None:
        """Leave the present book and open another."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Look now and then for room for a hint; nothing of it is loaded before."""
        self.set_interval(_HINTS_EVERY, self._hint)

    # The first screen ------------------------------------------------------------------------------------------------

    def first_screen(self) -> AgendaScreen:
        """The list that everything else lies over."""
        first = self.screen_stack[0]
        assert isinstance(first, AgendaScreen)
        return first

    def back_to_first(self) -> AgendaScreen:
        """Close all that is open over the first screen."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        return self.first_screen()

    def start_over(self) -> None:
        """Have the first screen begin anew on the session of now."""
        first = self.first_screen()
        first.call_later(first.start_over, self.session)

    # The welcome -----------------------------------------------------------------------------------------------------

    @property
    def is_first_start(self) -> bool:
        """Whether nothing was ever set: then the welcome asks."""
        return not self.places.settings.exists()

    def is_welcomed(self) -> bool:
        """Whether the welcome was answered or skipped, and is not to be shown again."""
        from ..usecases import learned

        return learned.load(self.places.data).welcomed

    def begin_with(self, answers: Mapping[str, Any]) -> None:
        """Take what the welcome was told. That it cannot be written down is said; the work goes on."""
        from ..usecases import learned

        learned.keep_welcomed(self.places.data)
        try:
            if answers:
                self.keep_setting(**answers)
        except Problem as problem:
            self.notify(explain(problem), severity="warning", markup=False)
        self.start_over()

    def open_demo(self) -> None:
        """Leave the present book and open the example book, made anew where it is of another day."""
        from ..demo import ensure_demo
        from .working import aside

        session, first, example = self.session, self.first_screen(), self.places.demo
        told = _("The example book. crm, started again, opens your own.")

        def go(_made: object) -> None:
            self.reopen(example)
            first.call_later(first.say, told)

        making = _("Making the example book")
        aside(first, making, lambda: ensure_demo(example, session.settings, session.clock), go)

    # Commands, and who looks on --------------------------------------------------------------------------------------

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run what a key is bound to, and let the tour and the hints see which command it was."""
        command = action[4:-2] if isinstance(action, str) and action.startswith("do(") else ""
        if command and self.tour is not None and self.tour.takes(command):
            return True
        ran = await super().run_action(action, default_namespace, namespaces)
        if ran and command:
            if self.tour is not None:
                self.tour.acted(command)
            if self.hints is not None:
                self.hints.used(command)
        return ran

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys of the tour are other keys while there is none."""
        if parameters and str(parameters[0]).startswith("tour_"):
            return self.tour is not None and not self.locked
        return super().check_action(action, parameters)

    def _hint(self) -> None:
        """Say on an empty line what could be tried next. The tour says that itself."""
        if not self.session.settings.hints or self.tour is not None or self.locked:
            return
        if self.hints is None:
            from .hints import Hints

            self.hints = Hints(self.places.data)
        self.hints.show(self.screen)

    # The tour --------------------------------------------------------------------------------------------------------

    def do_tour(self) -> None:
        """Learn by doing, on an example book; begun from any screen."""
        from . import touring

        first = self.back_to_first()
        if self.tour is None:
            touring.begin(self, first)

    def do_tour_skip(self) -> None:
        """The next step of the tour."""
        if self.tour is not None:
            self.tour.skip()

    def do_tour_leave(self) -> None:
        """End the tour."""
        if self.tour is not None:
            self.tour.leave()

    def guarded(self) -> Session:
        """The user's own book, whose passphrase unlocks the screen, also while an example is open."""
        return self.session if self.tour is None else self.tour.owned

    def end_first_hour(self) -> None:
        """The program ends: count what was used, close the book that waits behind the tour, leave nothing of the tour."""
        if self.hints is not None:
            self.hints.close()
        if self.tour is not None:
            self.tour.owned.close()
            self.tour.clean()
