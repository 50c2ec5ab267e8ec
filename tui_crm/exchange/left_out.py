"""Rows and cells of a sheet that stay out altogether, for those who want to see each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tui_crm.domain.messages import Message

from .tables import CellNote, Row, shown


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Whole rows of a table, or their cells in the column `index`, and why they stay out."""

    table: str
    rows: Sequence[Row]
    why: Message
    header: str = ""
    index: int | None = None

    def notes(self) -> Iterator[CellNote]:
        """A note for each row that says something there."""
        for row in self.rows:
            cells = row.cells if self.index is None else row.cells[self.index : self.index + 1]
            if text := " | ".join(filter(None, map(shown, cells))):
                yield CellNote(self.table, row.number, self.header, text, self.why)
