"""The list of a card's lines; its cursor stops only where Enter does something."""

from __future__ import annotations

from .card_line import CardLine, draw
from .widgets.stepping import SteppingList


class CardList(SteppingList):
    """Lists `CardLine`s and stays on the same thing when they change."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(draw, id=id)

    @property
    def lines(self) -> list[CardLine]:
        """What is listed."""
        return [row for row in self.rows if isinstance(row, CardLine)]

    @property
    def line(self) -> CardLine | None:
        """The line under the cursor."""
        return self.current if isinstance(self.current, CardLine) else None

    def line_of(self, field: str) -> int:
        """Where a field begins."""
        return next(at for at, line in enumerate(self.lines) if line.kind in ("field", "custom") and line.key == field)

    def show_lines(self, lines: list[CardLine]) -> None:
        """List these; the cursor stays on what it was on, else on the nearest line that can be used."""
        before = self.line
        usable = [at for at, line in enumerate(lines) if line.kind]
        same = [at for at in usable if before and (lines[at].kind, lines[at].key) == (before.kind, before.key)]
        self.show(lines, min(same or usable, key=lambda at: abs(at - self.cursor)))

    def stops(self, row: object) -> bool:
        """Only where Enter does something."""
        return isinstance(row, CardLine) and bool(row.kind)
