"""Rows before they are read: whose they are, and what they are recognised by at the next import."""

from __future__ import annotations

from dataclasses import dataclass

from .facts import Facts
from .layout import Line
from .reading import Reader, row_hash
from .tables import Row


@dataclass(slots=True)
class Unread:
    """A row, or a line below a log, that is still to be read, and the customer it speaks of."""

    reader: Reader
    row: Row | Line
    customer: str

    @property
    def place(self) -> tuple[str, int]:
        """The table, and the number of the row."""
        return self.reader.sheet.table, self.row.number if isinstance(self.row, Row) else self.row.row

    def hash(self) -> str:
        """What it is recognised by at the next import."""
        if isinstance(self.row, Row):
            return self.reader.hash(self.row, self.customer)
        return row_hash(self.customer, f"{self.row.label}\x1e{self.row.text}")

    def read(self, own_hash: str) -> list[Facts]:
        """Its facts; `own_hash` is its hash."""
        row = self.row
        found = self.reader.read(row, self.customer) if isinstance(row, Row) else [self.reader.read_line(row)]
        for facts in found:
            facts.hash = own_hash
        return found
