"""What an empty book offers: import a sheet, try the example book, add the first customer."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from ..domain.messages import N_
from ..domain.text import visible
from ..i18n import _, language
from ..usecases.session import Session
from .base import Dialog
from .keys import bindings


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
)


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


class Welcome(Dialog[str]):
    """Answers `import`, `demo`, `new`, `language`, or nothing for the empty agenda."""

    CSS_PATH = "welcome.tcss"
    BINDINGS = [
        *bindings(("down", "up", "open", "back", "language", "quit")),
        *((str(digit), f"enter('{offer.answer}')", "") for digit, offer in enumerate(OFFERS, 1)),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._file = session.book.path

    def compose(self) -> ComposeResult:
        """Name, promise, three doors, and where the book lies."""
        other = "English" if language() == "zh_CN" else "中文"
        with VerticalScroll(id="hall", can_focus=False), Vertical(id="middle"):
            yield Static(Content.styled("crm", "bold $accent"), id="title")
            yield Static(_("Who to talk to today, and why."), id="promise", markup=False)
            for digit, offer in enumerate(OFFERS, 1):
                yield Door(digit, offer)
            yield Static(
                Content.assemble(
                    ("1 2 3", "$accent"), " " + _("or") + " ", ("↑ ↓ Enter", "$accent"), "    ",
                    ("L", "$accent"), f" {other}    ", ("Esc", "$accent"), " " + _("empty agenda"),
                ),
                id="ways",
            )  # fmt: skip
            kept = _("Everything stays on this computer: {file}").format(file=self._file)
            yield Static(Content(visible(kept)), id="where")
            yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        """The first door is the usual one."""
        self.query(Door).first().focus()

    def on_door_entered(self, event: Door.Entered) -> None:
        """A click."""
        self.dismiss(event.answer)

    def action_enter(self, answer: str) -> None:
        """1, 2 or 3."""
        self.dismiss(answer)

    def do_open(self) -> None:
        """Enter: through the door that has the focus."""
        if isinstance(self.focused, Door):
            self.dismiss(self.focused.answer)

    def do_down(self) -> None:
        """To the next door."""
        self.focus_next(Door)

    def do_up(self) -> None:
        """To the door before."""
        self.focus_previous(Door)

    def do_language(self) -> None:
        """The other language."""
        self.dismiss("language")

    def do_back(self) -> None:
        """To the empty agenda."""
        self.dismiss("")

    def do_quit(self) -> None:
        """Leave; nothing is lost."""
        self.app.exit()
