"""Which customer to merge with: those that look the same first, anyone else by typing."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult

from ..domain.rows import AgendaRow
from ..i18n import _, country_name, tell
from ..usecases import duplicates, finding
from ..usecases.session import Session
from .ask import Box
from .picker import Narrowing
from .widgets.cells import fit
from .widgets.rowlist import Cells, RowList

_MOST = 20


@dataclass(frozen=True, slots=True)
class Twin:
    """A customer to merge with, and why it is offered; "" for one that was searched for."""

    row: AgendaRow
    why: str = ""


class MergePicker(Narrowing[int]):
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
            yield from self.line_and_list(_("name, person, e-mail, phone"))

    def accept(self) -> None:
        """Answer the customer under the cursor."""
        row = self.query_one(RowList).current
        if isinstance(row, Twin):
            self.dismiss(row.row.id)

    def narrow(self, typed: str) -> None:
        """Who looks the same; as soon as something is typed, who is found by it."""
        typed = typed.strip()
        twins = self._found(typed) if typed else self._likely
        self.query_one(RowList).show(twins)
        nothing = _("Nothing fits; delete a letter.") if typed else _("No customer looks the same; type a name.")
        self.say("" if twins else nothing)

    def _found(self, typed: str) -> list[Twin]:
        rows = finding.find(self._session, typed, _MOST).rows
        return [Twin(row) for row in rows if row.id != self._row.id]

    def draw(self, row: object, width: int, _here: bool) -> Cells:
        """A customer, and why it is offered or where it is."""
        assert isinstance(row, Twin)
        name = max(8, width * 45 // 100)
        about = row.why or " · ".join(p for p in (row.row.city, country_name(row.row.country), row.row.owner) if p)
        return [(fit(f" {row.row.name}", name), "strong"), (fit(f"  {about}", width - name), "dim")]
