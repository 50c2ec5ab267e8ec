"""Which customer to merge with: those that look the same first, anyone else by typing."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.widgets import Input, Static

from ..domain.rows import AgendaRow
from ..i18n import _, country_name, tell
from ..usecases import duplicates, finding
from ..usecases.session import Session
from .ask import Box
from .picker import ListDialog
from .widgets.cells import fit
from .widgets.rowlist import Cells, RowList

_MOST = 20


@dataclass(frozen=True, slots=True)
class Twin:
    """A customer to merge with, and why it is offered; "" for one that was searched for."""

    row: AgendaRow
    why: str = ""


class MergePicker(ListDialog[int]):
    """Answers the id of the other customer."""

    CSS_PATH = ["ask.tcss", "picker.tcss", "merge_picker.tcss"]

    def __init__(self, session: Session, row: AgendaRow) -> None:
        super().__init__()
        self._session = session
        self._row = row
        self._likely = [
            Twin(pair.b, " · ".join(tell(reason.message) for reason in pair.reasons if reason.points > 0))
            for pair in duplicates.of_one(session, row.id, _MOST)
        ]

    def compose(self) -> ComposeResult:
        """A line to type in above the list."""
        title = _("Merge {name} with …").format(name=self._row.name)
        with Box(title, _("type to search · Enter compare · Esc cancel")):
            yield Input(placeholder=_("name, person, e-mail, phone"), compact=True)
            listed = RowList(self._draw)
            listed.can_focus = False
            yield listed
            yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        """Who looks the same."""
        self.query_one(Input).focus()
        self._show("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as it is typed."""
        event.stop()
        self._show(event.value.strip())

    def accept(self) -> None:
        """Answer the customer under the cursor."""
        row = self.query_one(RowList).current
        if isinstance(row, Twin):
            self.dismiss(row.row.id)

    def _show(self, typed: str) -> None:
        twins = self._found(typed) if typed else self._likely
        self.query_one(RowList).show(twins)
        nothing = _("Nothing fits; delete a letter.") if typed else _("No customer looks the same; type a name.")
        self.say("" if twins else nothing)

    def _found(self, typed: str) -> list[Twin]:
        rows = finding.find(self._session, typed, _MOST).rows
        return [Twin(row) for row in rows if row.id != self._row.id]

    def _draw(self, row: object, width: int, _here: bool) -> Cells:
        assert isinstance(row, Twin)
        name = max(8, width * 45 // 100)
        about = row.why or " · ".join(p for p in (row.row.city, country_name(row.row.country), row.row.owner) if p)
        return [(fit(f" {row.row.name}", name), "strong"), (fit(f"  {about}", width - name), "dim")]
