"""The story on the card: what the timeline shows, and the whole card as it was on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from ..domain.messages import N_, Problem
from ..domain.values import Customer
from ..i18n import _, short_date
from ..keys_in_force import key_of, keyed
from ..usecases import cards, planning
from ..usecases.cards import Card
from ..usecases.timeline import CHANGES, LOG, TRADE, VIEWS, Pages, timeline, timeline_as_of
from .picker import MOVES
from .widgets.keybar import doing
from .widgets.timeline import Timeline

if TYPE_CHECKING:
    from .base import CrmScreen

    Base = CrmScreen
else:
    Base = object

PAGE = 50
"""Events of the timeline read at once."""
_NAMES = {LOG: N_("log"), TRADE: N_("trade"), CHANGES: N_("changes")}
_LOOKING = frozenset((*MOVES, "back", "drawer", "filter", "as_of", "history", "help", "palette", "theme", "quit", "search",
                      "agenda", "customers", "pipeline", "trades"))  # fmt: skip
"""Commands that change nothing, and so can be done on the card of a day that is past."""


class CardStory(Base):
    """Mixin for the card: reads it as it is now, or as it was at the end of the day `as_of`, and shows the story."""

    as_of: date | None = None
    _view = VIEWS[0]
    _pages: Pages

    if TYPE_CHECKING:
        # What the card itself provides.
        @property
        def customer(self) -> Customer:
            """The customer as last read."""

        def refreshed(self) -> None:
            """Read the customer anew and show it."""

    @property
    def day(self) -> date:
        """The day that the card shows."""
        return self.as_of or self.session.today

    def read_card(self, customer_id: int) -> Card:
        """The card, with its story down to where it had been read. Raises Problem if there is no such customer."""
        wanted = max(PAGE, len(self._pages.read)) if hasattr(self, "_pages") else PAGE
        if self.as_of is None:
            card = cards.card(self.session, customer_id, wanted)
            self._pages = Pages(timeline(self.session, card, self._view), wanted)
        else:
            card = cards.card_as_of(self.session, customer_id, self.as_of)
            self._pages = Pages(timeline_as_of(self.session, card, self.as_of, self._view), wanted)
        return card

    def show_story(self) -> None:
        """Show the timeline, and above it what it shows."""
        self.query_one(Timeline).show(self._pages.read, self._pages.more, self.day)
        parts = ((f"{_(name)}  ", "$accent" if kind in self._view else "$dim") for kind, name in _NAMES.items())
        shown = Content.assemble(*parts, (key_of("filter"), "$accent bold"), "   ")
        day = Content.assemble((key_of("as_of"), "$accent bold"), (_(" as of a day"), "$dim"))
        self.query_one("#shown", Static).update(doing(shown, "filter") + doing(day, "as_of"))

    def past_keys(self) -> str:
        """The keys on the card of a past day."""
        return keyed(_("Esc back to now · {as_of} another day · {filter} timeline · Tab log / card"), "as_of", "filter")

    def story_size(self) -> str:
        """How many events the timeline has."""
        return f"{len(self._pages.read)}+" if self._pages.more else str(len(self._pages.read))

    def on_timeline_end_near(self) -> None:
        """Read what is older."""
        page = self._pages.read_on(PAGE)
        self.query_one(Timeline).add(page, self._pages.more)

    async def action_do(self, command: str) -> None:
        """Run a command; on the card of a past day only those that change nothing."""
        if self.as_of is None or command in _LOOKING:
            await super().action_do(command)
        else:
            why = N_("This is the card of {day}: it can only be looked at. Esc goes back to now.")
            self.refuse(Problem(why, day=self.as_of))

    def do_filter(self) -> None:
        """What the timeline shows: the next choice."""
        self._view = VIEWS[(VIEWS.index(self._view) + 1) % len(VIEWS)]
        self._pages.read.clear()
        self.refreshed()
        self.query_one(Timeline).scroll_home(animate=False)
        shown = " · ".join(_(_NAMES[kind]) for kind in self._view)
        self.say(_("The timeline shows: {what}").format(what=shown))

    def do_as_of(self) -> None:
        """Ask for a day and show the card as it was at its end."""
        from .ask import Ask

        session, today = self.session, self.session.today

        def check(phrase: str) -> None:
            cards.card_as_of(session, self.customer.id, planning.past_day(phrase, today))

        def show(phrase: str) -> None:
            day = planning.past_day(phrase, today)
            self.look_at(None if day == today else day)

        question = _("The card as it was at the end of which day? Enter alone: yesterday")
        hint = _("yesterday, 3 (days ago), last friday, 5/11")
        self.ask(Ask(_("{name} as of a day").format(name=self.customer.name), question, check, placeholder=hint), show)

    def look_at(self, day: date | None) -> None:
        """Show the card as it was on a day, or as it is now."""
        self.as_of = day
        self._pages.read.clear()
        self.refreshed()
        words = _("As it was at the end of {day}. Esc goes back to now.").format(day=short_date(day)) if day else ""
        self.say(words)

    def do_history(self) -> None:
        """What was done to this customer, newest first."""
        from .history import HistoryScreen

        self.app.push_screen(HistoryScreen(self.session, self.customer))
