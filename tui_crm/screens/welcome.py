"""The first start: three questions with a guess each, then the ways in: a sheet, the example book, a customer, the tour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from ..domain.messages import N_
from ..domain.text import visible
from ..i18n import LANGUAGES, _, language, language_name, next_language, use_language
from ..keys_in_force import key_of
from ..usecases.session import Session
from .base import Dialog
from .keys import bindings
from .widgets.cells import fit
from .widgets.one_of import OneOf, Option
from .widgets.typing import OneLine

_LABEL = 20
"""Cells of the column of labels."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One way in: the answer, its name, and a sentence about it."""

    answer: str
    name: str
    sentence: str


OFFERS = (
    Offer("import", N_("Import a sheet"), N_("Your follow-up workbook or CSV. First shown, then saved.")),
    Offer("demo", N_("Try the example book"), N_("About 120 invented customers, in a file of their own.")),
    Offer("new", N_("Add the first customer"), N_("Company, country and one way to reach somebody are enough.")),
    Offer("tour", N_("Take the five-minute tour"), N_("Try the keys on invented customers; nothing of it is kept.")),
)
_WEEKS = (("12345", N_("Mon–Fri")), ("123456", N_("Mon–Sat")), ("1234567", N_("every day")), ("71234", N_("Sun–Thu")))


@dataclass(frozen=True, slots=True)
class Beginning:
    """What was answered: the way in ("": none) and the settings; those that were not asked or are skipped are missing."""

    way: str
    settings: tuple[tuple[str, str], ...] = ()


class Hall(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Scrolls by what is in hand; the arrows are for that."""


class Door(Horizontal, can_focus=True):
    """One offer, large enough to be seen and to be clicked."""

    class Entered(Message):
        """The offer was clicked."""

        def __init__(self, answer: str) -> None:
            super().__init__()
            self.answer = answer

    def __init__(self, digit: int, offer: Offer) -> None:
        self.answer = offer.answer
        words = Content.assemble((_(offer.name), "bold"), "\n", (_(offer.sentence), "$dim"))
        super().__init__(Static(str(digit), classes="digit", markup=False), Static(words, classes="words"))

    def on_click(self) -> None:
        """One click is enough."""
        self.post_message(self.Entered(self.answer))


class Welcome(Dialog[Beginning]):
    """Asks for language, name and working days where `asks`, then for the way in."""

    CSS_PATH = "welcome.tcss"
    BINDINGS = [
        *bindings(("down", "up", "open", "back", "language", "quit")),
        *((str(digit), f"enter('{offer.answer}')", "") for digit, offer in enumerate(OFFERS, 1)),
    ]

    def __init__(self, session: Session, asks: bool = True) -> None:
        super().__init__()
        self._file = session.book.path
        self._asks = asks
        self._called = session.actor
        self._week = session.settings.workdays

    def compose(self) -> ComposeResult:
        """Name and promise, the questions, the doors, and where the book lies."""
        with Hall(id="hall"), Vertical(id="middle"):
            promise = Content.assemble(("crm", "bold $accent"), "   " + _("Who to talk to today, and why."))
            yield Static(promise, id="promise")
            if self._asks:
                yield from self._questions()
            for digit, offer in enumerate(OFFERS, 1):
                yield Door(digit, offer)
            yield Static(self._ways(), id="ways")
            kept = _("Everything stays on this computer: {file}").format(file=self._file)
            yield Static(Content(visible(kept)), id="where")
            yield Static(id="status", markup=False)

    def _questions(self) -> ComposeResult:
        spoken = [Option(code, language_name(code)) for code in LANGUAGES]
        with Vertical(id="questions"):
            yield OneOf("Language · 语言", _LABEL, spoken, language(), id="language")
            with Horizontal(id="name"):
                yield Static(fit(_("Your name"), _LABEL), markup=False)
                yield OneLine(self._called)
            weeks = [Option(days, _(words)) for days, words in _WEEKS]
            yield OneOf(_("Working days"), _LABEL, weeks, self._week, id="week")

    def _ways(self) -> Content:
        return Content.assemble(
            ("1–4", "$accent"), " " + _("straight there") + "   ", ("↑ ↓ Enter", "$accent"), " " + _("one by one") + "   ",
            *((("← →", "$accent"), " " + _("choose") + "   ") if self._asks else ((key_of("language"), "$accent"), f" {language_name(next_language())}   ")),
            ("Esc", "$accent"), " " + _("skip"),
        )  # fmt: skip

    def on_mount(self) -> None:
        """Begin with the first question; without any the first door is the usual one."""
        self._stops()[0].focus()

    async def on_one_of_chosen(self, event: OneOf.Chosen) -> None:
        """Another language is spoken at once."""
        event.stop()
        if event.row.id == "language":
            await self._speak(event.code)
        else:
            self._week = event.code

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep the name."""
        self._called = event.value

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter behind the name: on to the next question."""
        event.stop()
        self._go(1)

    def on_door_entered(self, event: Door.Entered) -> None:
        """A click."""
        self._answer(event.answer)

    def action_enter(self, answer: str) -> None:
        """1 to 4."""
        self._answer(answer)

    def do_open(self) -> None:
        """Enter: on to the next question; through the door that has the focus."""
        if isinstance(self.focused, Door):
            self._answer(self.focused.answer)
        else:
            self._go(1)

    def do_down(self) -> None:
        """To the next question or door."""
        self._go(1)

    def do_up(self) -> None:
        """To the one before."""
        self._go(-1)

    async def do_language(self) -> None:
        """The other language."""
        await self._speak(next_language())

    def do_back(self) -> None:
        """To the empty agenda; what was guessed stays a guess."""
        self.dismiss(Beginning(""))

    def do_quit(self) -> None:
        """Leave; nothing is lost."""
        self.app.exit()

    async def _speak(self, code: str) -> None:
        here = self.focused.id if self.focused else None
        use_language(code)
        await self.recompose()
        next((stop for stop in self._stops() if stop.id == here), self._stops()[0]).focus()

    def _stops(self) -> Sequence[OneOf | OneLine | Door]:
        """What can have the focus, from the top."""
        return [each for each in self.query("*") if isinstance(each, OneOf | OneLine | Door)]

    def _go(self, by: int) -> None:
        stops = self._stops()
        at = next((at for at, stop in enumerate(stops) if stop is self.focused), 0)
        there = stops[(at + by) % len(stops)]
        there.focus(scroll_visible=False)
        there.scroll_visible(animate=False)

    def _answer(self, way: str) -> None:
        asked = (("language", language()), ("name", self._called.strip()), ("workdays", self._week))
        self.dismiss(Beginning(way, asked if self._asks else ()))
