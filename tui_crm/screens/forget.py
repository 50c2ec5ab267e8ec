"""Erasing a person for good: who is meant, what goes and what stays, and the name typed once more before it is done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from ..domain.text import visible
from ..domain.values import Contact, Customer
from ..i18n import _, ngettext, word
from ..person_words import erasure_sections, mark
from ..usecases import cards, forgetting, persons
from ..usecases.forgetting import Forgotten
from ..usecases.persons import Held
from ..usecases.session import Session
from .base import CrmScreen
from .picker import Choice, Picker
from .widgets.keybar import KeyBar
from .working import aside

if TYPE_CHECKING:
    from .customer_commands import CustomerCommands

_WHOLE = "customer"
"""Chosen where the customer is the person."""


def choose(screen: CustomerCommands, customer_id: int, contact: int) -> None:
    """Ask who at a customer is to be erased, unless that is the `contact` in hand (not 0); then show what that means."""
    customer = cards.existing(screen.session, customer_id)
    if contact:
        _open(screen, customer, str(contact))
        return
    choices = [Choice(str(person.id), _called(person), person.position) for person in customer.contacts]
    whole = Choice(_WHOLE, _("the customer itself"), _("a firm that is one person"))
    screen.ask(Picker(_("Erase whom at {name}?").format(name=customer.name), [*choices, whole]),
               lambda code: _open(screen, customer, code))  # fmt: skip


def _called(person: Contact) -> str:
    return person.name or next((f"{word('reach', r.kind)} {r.value}" for r in person.reaches), _("no name"))


def _open(screen: CustomerCommands, customer: Customer, code: str) -> None:
    session = screen.session

    def looked_up() -> tuple[Held, tuple[Path, ...]]:
        whole = code == _WHOLE
        person = persons.behind(session, customer.id) if whole else persons.at(session, customer.id, int(code))
        found = persons.held(session, person, mark())
        return found, forgetting.backups(session, found)

    def erased(done: Forgotten) -> None:
        screen.refreshed()
        screen.say(_done_words(done))

    def shown(found: tuple[Held, tuple[Path, ...]]) -> None:
        screen.app.push_screen(ForgetScreen(session, *found, erased))

    aside(screen, _("Erase a person"), looked_up, shown)


def _done_words(done: Forgotten) -> str:
    said = [_("Erased for good"), ngettext("{n} text cleared", "{n} texts cleared", done.texts)]
    if done.files:
        said.append(ngettext("{n} file", "{n} files", done.files))
    if done.backups:
        said.append(ngettext("{n} backup still holds it", "{n} backups still hold it", len(done.backups)))
    if not done.settled:
        said.append(_("close the other window of this book, the last traces go with it"))
    return "  ·  ".join(said)


class ForgetScreen(CrmScreen):
    """What goes and what stays, over a line for the name. Nothing is erased before the name stands there whole."""

    CSS_PATH = "forget.tcss"
    BINDINGS = [
        ("escape", "do('back')", ""),
        ("tab", "do('files')", ""),
        ("down", "scroll(1)", ""),
        ("up", "scroll(-1)", ""),
        ("pagedown", "scroll(10)", ""),
        ("pageup", "scroll(-10)", ""),
    ]

    def __init__(
        self, session: Session, found: Held, backups: tuple[Path, ...], erased: Callable[[Forgotten], None]
    ) -> None:
        super().__init__(session)
        self._found = found
        self._backups = backups
        self._erased = erased
        self._with_files = False

    def compose(self) -> ComposeResult:
        """Head, what it means, the line for the name, a line to speak on, the keys."""
        name = self._found.person.name
        yield Static(Content.assemble((" " + _("Erase a person"), "bold"), f"  {visible(name)}"), id="head")
        with VerticalScroll(id="means", can_focus=False):
            yield Static(id="sections", markup=False)
        with Horizontal(id="confirm"):
            yield Static(_("Type the name to erase it for good:"), markup=False, classes="label")
            yield Input(placeholder=visible(name), compact=True)
        yield Static(id="status", markup=False)
        yield KeyBar(self._keys())

    def _keys(self) -> str:
        files = _(" · Tab files too, or not") if self._found.files else ""
        return " " + _("Enter erase · ↑↓ look through") + files + _(" · Esc back, nothing is erased")

    def on_mount(self) -> None:
        """Show what it means; ready to type."""
        self.query_one(Input).focus()
        self._show()

    def _show(self) -> None:
        parts: list[str | tuple[str, str]] = []
        for section in erasure_sections(self._found, self._backups, self._with_files):
            parts.append((visible(section.title) + "\n", "bold $accent"))
            parts += [f"  {visible(line)}\n" for line in section.lines]
            parts.append("\n")
        parts.append(
            (_("There is no undo. Look through the list: initials and nicknames no program can know."), "$late")
        )
        self.query_one("#sections", Static).update(Content.assemble(*parts))

    def action_scroll(self, by: int) -> None:
        """Look further down or up."""
        self.query_one("#means", VerticalScroll).scroll_relative(y=by, animate=False)

    def do_files(self) -> None:
        """Erase the files too, or leave them."""
        if not self._found.files:
            self.say(_("No file is kept with this customer."))
            return
        self._with_files = not self._with_files
        self._show()
        self.say(_("The files go too.") if self._with_files else _("The files stay."))

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: erase, if the name is right."""
        event.stop()
        await self.action_do("erase")

    def on_input_changed(self) -> None:
        """A complaint stands until the text is changed."""
        self.say("")

    def do_erase(self) -> None:
        """Erase the person. Raises Problem unless the name was typed."""
        person, files = self._found.person, self._with_files
        forgetting.confirmed(person, self.query_one(Input).value)
        session = self.session

        def ended(done: Forgotten) -> None:
            self.dismiss(None)
            self._erased(done)

        aside(self, _("Erase a person"), lambda: forgetting.forget(session, person, mark(), files), ended)

    def do_back(self) -> None:
        """Leave; nothing was erased."""
        self.dismiss(None)
