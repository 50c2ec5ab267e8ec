"""Who is responsible: somebody known, or a new name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.widgets import Input

from ..domain.text import clean
from ..i18n import _
from .ask import Box
from .picker import Narrowing, best
from .widgets.cells import fit
from .widgets.rowlist import Cells, RowList


@dataclass(frozen=True, slots=True)
class Owner:
    """A name that can be chosen, and whether nobody has it yet."""

    name: str
    new: bool = False


class OwnerPicker(Narrowing[str]):
    """Answers a name."""

    CSS_PATH = ["ask.tcss", "picker.tcss", "tags.tcss"]

    def __init__(self, title: str, known: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._known = [Owner(name) for name in known]

    def compose(self) -> ComposeResult:
        """A line to type in, the names under it."""
        with Box(self._title, _("type a name · Enter choose · Esc cancel")) as box:
            box.styles.height = min(18, len(self._known) + 7)
            yield from self.line_and_list(_("a name, known or new"))

    def narrow(self, typed: str) -> None:
        """The names that fit, and what is typed as a new one."""
        self._list(typed)

    def accept(self) -> None:
        """Answer the name under the cursor."""
        self._list(self.query_one(Input).value, self.query_one(RowList).cursor)  # keys can come faster than the list
        row = self.query_one(RowList).current
        if isinstance(row, Owner):
            self.dismiss(row.name)

    def _list(self, typed: str, cursor: int = 0) -> None:
        found = best(typed, ((owner, (owner.name,)) for owner in self._known))
        name = clean(typed)
        if name and name.casefold() not in {owner.name.casefold() for owner in found}:
            found.append(Owner(name, True))
        self.query_one(RowList).show(found, cursor)

    def draw(self, row: object, width: int, _here: bool) -> Cells:
        """A name."""
        assert isinstance(row, Owner)
        right = "  " + _("new name") if row.new else ""
        return [(fit(f" {row.name}", width - cell_len(right)), "plain"), (right, "dim")]
