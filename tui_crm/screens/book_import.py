"""Bringing a book in JSON in from the import screen: read beside the keys, shown, and brought in after one Enter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.widgets import Static

from ..book_words import conflict_words, plan_lines
from ..i18n import _
from ..keys_in_force import keyed
from ..usecases.json_books import BookPlan, Conflict, apply_book, read_book
from .ask import Box
from .picker import ListDialog
from .widgets.cells import fit
from .widgets.rowlist import Cells, RowList
from .working import aside

if TYPE_CHECKING:
    from .base import CrmScreen

_WIDTH = 90
_MOST_LINES = 12


def bring_in(screen: CrmScreen, file: Path) -> None:
    """Read the file, show what it would change, and bring it in once that is accepted; the screen says what was done."""

    def shown(plan: BookPlan) -> None:
        screen.say("")
        if plan.changes or plan.told:
            screen.ask(BookPreview(file.name, plan), lambda accepted: accept(plan))
        else:
            screen.say(_("All of it is in the book already."))

    def accept(plan: BookPlan) -> None:
        aside(screen, _("Import"), lambda: apply_book(screen.session, plan), lambda _nothing: told(plan))

    def told(plan: BookPlan) -> None:
        done = _("Brought in: {new} new customers, {updated} with something new. {undo} in the list takes it all back.")
        screen.say(keyed(done, "undo", new=plan.customers["new"], updated=plan.writes - plan.customers["new"]))

    aside(screen, _("Import"), lambda: read_book(screen.session, file), shown)


class BookPreview(ListDialog[bool]):
    """What would change, and below it where file and book contradict each other. Enter answers that it is wanted."""

    CSS_PATH = ["ask.tcss", "picker.tcss", "book_import.tcss"]

    def __init__(self, name: str, plan: BookPlan) -> None:
        super().__init__()
        self._name = name
        self._plan = plan

    def compose(self) -> ComposeResult:
        """Sums, contradictions, the line that says what Enter does."""
        keys = _("Enter bring in · Esc cancel") if self._plan.changes else _("Esc back")
        with Box(_("Import · {name}").format(name=self._name), keys) as box:
            box.styles.width = _WIDTH
            yield Static("\n".join(plan_lines(self._plan)), id="sums", markup=False)
            yield RowList(self._draw)
            yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        """Show the contradictions, if there are any."""
        listed = self.query_one(RowList)
        listed.styles.height = min(_MOST_LINES, len(self._plan.told))
        listed.show(self._plan.told)
        listed.focus()
        if not self._plan.changes:
            self.say(_("There is nothing new in it."))

    def accept(self) -> None:
        """Enter: bring it in."""
        if self._plan.changes:
            self.dismiss(True)
        else:
            self.say(_("There is nothing new in it."))

    def _draw(self, row: object, width: int, _here: bool) -> Cells:
        assert isinstance(row, Conflict)
        name = fit(row.customer, min(28, max(10, width // 3)))
        return [(name + "  ", "strong"), (fit(conflict_words(row), width - cell_len(name) - 2), "dim")]
