"""Cells that were changed in an exported sheet and in the book since: whose word counts, one by one or for all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from ..i18n import _
from .ask import Box
from .picker import ListDialog
from .widgets.cells import fit
from .widgets.rowlist import Cells, RowList

if TYPE_CHECKING:
    from ..exchange.mapping import Choices
    from ..exchange.plan import Plan


@dataclass(frozen=True, slots=True)
class _Row:
    """One conflict: where its cell stands, whose it is, and both texts."""

    cell: tuple[str, int, str]
    name: str
    sheet: str
    book: str


class ConflictsScreen(ListDialog["Choices"]):
    """Answers the choices as they stand when it is left; nothing is lost by Esc."""

    CSS_PATH = ["ask.tcss", "import_choices.tcss"]
    BINDINGS = [
        ("space", "do('open')", ""),
        ("ideographic_space", "do('open')", ""),
        ("s", "all(True)", ""),
        ("f8", "all(True)", ""),
        ("b", "all(False)", ""),
        ("f7", "all(False)", ""),
    ]

    def __init__(self, plan: Plan, choices: Choices, where: tuple[str, int] | None) -> None:
        super().__init__()
        self._rows = [
            _Row((*planned.where, one.header), planned.customer.name, one.sheet, one.book)
            for planned in plan.conflicting()
            for one in planned.conflicts
        ]
        self._choices = choices
        self._here = next((at for at, row in enumerate(self._rows) if row.cell[:2] == where), 0)

    def compose(self) -> ComposeResult:
        """Each conflict on a line; what is taken stands out."""
        with Box(
            _("Changed in the sheet and in the book"), _("Enter sheet or book · s all sheet · b all book · Esc back")
        ):
            yield Static(_("● is what will be taken."), id="about", markup=False)
            yield RowList(self._draw)
            yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        """The customer in hand before is in hand."""
        listed = self.query_one(RowList)
        listed.focus()
        listed.show(self._rows, self._here)

    def _draw(self, row: object, width: int, _here: bool) -> Cells:
        assert isinstance(row, _Row)
        wins = row.cell in self._choices.sheet_wins
        name, header = width * 26 // 100, width * 18 // 100
        side = (width - 3 - name - header) // 2
        sheet, book = (f"{_('sheet')} {row.sheet or '–'}", f"{_('book')} {row.book or '–'}")
        return [
            (" ≠ ", "hot"),
            (fit(row.name, name - 1) + " ", "plain"),
            (fit(row.cell[2], header - 1) + " ", "dim"),
            (fit(f"{'●' if wins else '○'} {sheet}", side - 1) + " ", "strong" if wins else "dim"),
            (fit(f"{'○' if wins else '●'} {book}", side), "dim" if wins else "strong"),
        ]

    def accept(self) -> None:
        """Enter: the other side."""
        row = self.query_one(RowList).current
        if isinstance(row, _Row):
            self._choices = replace(self._choices, sheet_wins=self._choices.sheet_wins ^ {row.cell})
            self.query_one(RowList).redraw()
            self.query_one(RowList).move(1)

    def action_all(self, sheet: bool) -> None:
        """One side for all of them."""
        wins = frozenset(row.cell for row in self._rows) if sheet else frozenset[tuple[str, int, str]]()
        self._choices = replace(self._choices, sheet_wins=wins)
        self.query_one(RowList).redraw()

    def do_back(self) -> None:
        """Esc: back, with what was chosen."""
        self.dismiss(self._choices)
