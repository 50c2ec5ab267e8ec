"""The files kept with a customer: a list to open and take off, and a line for the path of one to add."""

from __future__ import annotations

import asyncio
from pathlib import Path

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.widgets import Static

from ..desktop import opened
from ..domain.messages import N_, Key, Problem
from ..domain.values import Attachment
from ..i18n import _, explain, short_date
from ..keys_in_force import all_keys_of, keyed
from ..usecases import attachments, cards
from ..usecases.session import Session
from .base import CrmScreen
from .keys import bindings, bindings_as
from .list_screen import ListScreen
from .widgets.cells import fit
from .widgets.filechooser import FileChooser
from .widgets.keybar import KeyBar
from .widgets.lines import size_words
from .widgets.rowlist import Cells, RowList


class FilesScreen(ListScreen):
    """The list; `n` shows the line for a path in its place. A customer without files begins there."""

    CSS_PATH = ["list_screen.tcss", "attachments.tcss"]
    BINDINGS = [*bindings(("new",)), *bindings_as("attach", "new"), ("delete", "do('remove')", "")]

    def __init__(self, session: Session, customer_id: int) -> None:
        super().__init__(session)
        self._customer = cards.existing(session, customer_id)

    def compose(self) -> ComposeResult:
        """Head, list or chooser, what was done just now, keys."""
        yield Static(id="head", markup=False)
        yield RowList(self.draw, id="list")
        yield FileChooser("", sheets=False, id="file")
        yield Static(id="status", markup=False)
        yield KeyBar()

    def begin(self) -> None:
        """The newest first; nothing there yet: add."""
        self._turn(adding=not self.rows())

    def heading(self) -> str:
        """What this screen is called."""
        return _("Files · {name}").format(name=self._customer.name)

    def keys(self) -> str:
        """The keys and what they do."""
        if self._adding:
            return _("↑↓ choose · Tab complete · Enter keep a copy · Esc back")
        words = _("Enter open · {new} add · Del take off · {undo} undo · Esc back")
        return keyed(words, "undo", new=all_keys_of("new"))

    def nothing(self) -> str:
        """What the line is for."""
        return _("Nothing is kept yet. The path of a file, or the file dropped here; a copy is kept beside the book.")

    def rows(self) -> tuple[Attachment, ...]:
        """The files, newest first."""
        return attachments.of(self.session, self._customer.id)

    def draw(self, row: object, width: int, here: bool) -> Cells:
        """Name, size, day."""
        assert isinstance(row, Attachment)
        right = f"  {size_words(row.size):>8}  {short_date(row.added_on)} "
        room = max(8, width - 1 - cell_len(right))
        return [(" " + fit(row.name, room), "strong"), (fit(right, width - 1 - room), "dim")]

    # Adding --------------------------------------------------------------------------------------------------------

    def do_new(self) -> None:
        """Ask for the path of a file."""
        self._turn(adding=True)

    def do_back(self) -> None:
        """From adding to the list, from there back to where it was opened."""
        if self._adding and self.listing.rows:
            self._turn(adding=False)
        else:
            self.dismiss(None)

    @property
    def _adding(self) -> bool:
        return bool(self.query_one(FileChooser).display)

    def _turn(self, adding: bool) -> None:
        """Show the chooser or the list. Not by a class: what is shown by its rules cannot have the focus at once, and letters
        typed meanwhile would be commands."""
        chooser = self.query_one(FileChooser)
        chooser.display, self.listing.display = adding, not adding
        self.read()
        if adding:
            chooser.grab()
        else:
            self.listing.focus()

    def on_file_chooser_advised(self, event: FileChooser.Advised) -> None:
        """What the chooser has to say."""
        if self._adding:
            self.say(event.text)

    def on_file_chooser_chosen(self, event: FileChooser.Chosen) -> None:
        """Keep a copy of the file."""
        self.say(_("Copying …"))
        self.run_worker(self._keep(event.path), group="keep", exclusive=True)

    async def _keep(self, file: Path) -> None:
        try:
            content = await asyncio.to_thread(attachments.take_in, self.session.book.path, file)
            kept = attachments.attach(self.session, self._customer.id, file.name, content)
        except Problem as problem:
            self.refuse(problem)
        else:
            self._turn(adding=False)
            self.listing.go_to(0)
            self.done(_("Kept: {file}").format(file=kept.name))

    # Opening and taking off ----------------------------------------------------------------------------------------

    def do_open(self) -> None:
        """Open the file under the cursor."""
        open_file(self, self._in_hand())

    def do_remove(self) -> None:
        """Take the file under the cursor off."""
        file = self._in_hand()
        attachments.remove(self.session, self._customer.id, file)
        self.done(_("Taken off: {file}").format(file=file.name))

    def _in_hand(self) -> Attachment:
        file = self.listing.current
        if not isinstance(file, Attachment):
            raise Problem(N_("There is no file on this line. {new} adds one."), new=Key("new"))
        return file


def open_file(screen: CrmScreen, file: Attachment) -> None:
    """Open a copy of a file with the program that the desktop has for it, and say what came of it."""
    screen.say(_("Opening …"))
    screen.run_worker(_opened(screen, file), group="open", exclusive=True)


async def _opened(screen: CrmScreen, file: Attachment) -> None:
    try:
        copy = await asyncio.to_thread(attachments.copy_to_open, screen.session.book.path, file)
    except Problem as problem:
        screen.say(explain(problem), wrong=True)
        return
    if await asyncio.to_thread(opened, str(copy)):
        screen.say(_("Opened a copy of {file}").format(file=file.name))
    else:
        screen.say(_("No program here opens it. Until crm ends a copy lies at {path}").format(path=copy))
