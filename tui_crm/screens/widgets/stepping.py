"""A list with rows that are only looked at, such as headings: the cursor passes over them."""

from __future__ import annotations

from .rowlist import RowList


class SteppingList(RowList):
    """Its cursor stops only where something can be done."""

    def stops(self, row: object) -> bool:
        """Whether the cursor may stand on this row."""
        raise NotImplementedError

    def move(self, by: int) -> None:
        """Move the cursor, past rows that are only looked at."""
        wanted = max(0, min(self.cursor + by, len(self.rows) - 1))
        down, up = range(wanted, len(self.rows)), range(wanted, -1, -1)
        nearest = (*down, *up) if by > 0 else (*up, *down)
        self.go_to(next((at for at in nearest if self.stops(self.rows[at])), self.cursor))
