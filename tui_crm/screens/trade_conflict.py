"""Two versions of one record: what was typed here, and what another program has put into the book meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from ..i18n import _
from .ask import Box
from .base import Dialog
from .help import Lines, Sheet
from .widgets.cells import fit

_LABEL = 16


class Difference(NamedTuple):
    """One field in both versions, as text; `touched` here, or only changed in the book."""

    label: str
    mine: str
    theirs: str
    touched: bool


class TradeConflict(Dialog[str]):
    """Answers `mine` or `theirs`; Esc goes back to the form."""

    CSS_PATH = ["ask.tcss", "trade.tcss"]
    BINDINGS = [("1", "dismiss('mine')", ""), ("2", "dismiss('theirs')", "")]

    def __init__(self, differences: Sequence[Difference]) -> None:
        super().__init__()
        self._differences = differences

    def compose(self) -> ComposeResult:
        """What happened, both versions, the two ways out."""
        keys = _("1 put yours in place · 2 keep the book's · Esc back to the form")
        with Box(_("Changed in the meantime"), keys) as box:
            box.styles.height = min(22, len(self._differences) + 9)
            yield Static(
                Content(_("Another window has changed this record. Nothing has been overwritten.")), id="question"
            )
            yield Sheet(self._lines)
            yield Static(
                Content(_("With 1, what you did not touch stays as it is in the book.")), id="status", markup=False
            )

    def on_mount(self) -> None:
        """The keys scroll where there is much to compare."""
        self.query_one(Sheet).focus()

    def _lines(self, width: int) -> Lines:
        label = min(_LABEL, width // 3)
        side = (width - label) // 2
        head = Content.styled(fit("", label) + fit(_("yours"), side) + fit(_("in the book"), side), "$dim")
        return [head, *(_both(each, label, side) for each in self._differences)]


def _both(each: Difference, label: int, side: int) -> Content:
    mine = (each.mine or "–") if each.touched else _("not touched")
    return Content.assemble(
        (fit(each.label, label), "$dim"),
        (fit(mine, side - 1) + " ", "bold $accent" if each.touched else "$dim"),
        (fit(each.theirs or "–", side), "bold"),
    )
