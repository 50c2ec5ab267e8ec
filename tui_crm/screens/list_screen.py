"""A full screen around one list of things that are set up once: tags, own fields, rates, a customer's files."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from ..domain.text import visible
from ..i18n import _, tell
from ..keys_in_force import keyed
from ..usecases import history
from .base import CrmScreen
from .keys import bindings
from .picker import MOVES, Moves
from .safety import own
from .widgets.keybar import KeyBar
from .widgets.rowlist import Cells, RowList

COMMANDS = (*MOVES, "open", "back", "undo", "redo", "help")


class ListScreen(Moves, CrmScreen):
    """Head, list, a line to speak on, the keys. Enter or a double click acts on the line under the cursor."""

    CSS_PATH = ["list_screen.tcss"]
    BINDINGS = bindings(COMMANDS)

    def compose(self) -> ComposeResult:
        """Head, list, what was done just now, keys."""
        yield Static(id="head", markup=False)
        yield RowList(self.draw, id="list")
        yield Static(id="status", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """The first line."""
        self.begin()

    def begin(self) -> None:
        """What is shown first. Not `on_mount`, of which Textual would run the one here as well."""
        self.listing.focus()
        self.read()

    # What a list says of itself ------------------------------------------------------------------------------------

    def heading(self) -> str:
        """What this screen is called."""
        raise NotImplementedError

    def about(self) -> str:
        """A word behind the title."""
        return ""

    def keys(self) -> str:
        """The keys and what they do."""
        raise NotImplementedError

    def rows(self) -> Sequence[object]:
        """What is listed, read from the book."""
        raise NotImplementedError

    def draw(self, row: object, width: int, here: bool) -> Cells:
        """One line."""
        raise NotImplementedError

    def nothing(self) -> str:
        """What to say where there is nothing to list."""
        raise NotImplementedError

    # Showing -------------------------------------------------------------------------------------------------------

    @property
    def listing(self) -> RowList:
        """The list."""
        return self.query_one("#list", RowList)

    def movable(self) -> RowList:
        """The list."""
        return self.listing

    def read(self) -> None:
        """Show the book as it is now; the cursor stays on its line."""
        rows = self.rows()
        self.listing.show(rows, self.listing.cursor)
        self.query_one("#head", Static).update(
            Content.assemble((visible(self.heading()), "bold"), (f"  {visible(self.about())}", "$dim"))
        )
        self.query_one("#keys", Static).update(own(self.keys()))
        self.say("" if rows else self.nothing())

    def done(self, text: str) -> None:
        """Show the new state and say what was done."""
        self.read()
        self.say(f"{text}  ·  " + keyed(_("{undo} undoes"), "undo"))

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """A double click."""
        event.stop()
        self.call_later(self.action_do, "open")

    def do_undo(self) -> None:
        """Take back the last operation."""
        undone = history.undo(self.session)
        self.read()
        back = keyed(_("{redo} brings it back"), "redo")
        self.say(_("Undone: {what}").format(what=tell(undone.label)) + f"  ·  {back}")

    def do_redo(self) -> None:
        """Bring back what was undone last."""
        redone = history.redo(self.session)
        self.read()
        self.say(_("Redone: {what}").format(what=tell(redone.label)))

    def do_back(self) -> None:
        """Back to where it was opened."""
        self.dismiss(None)
