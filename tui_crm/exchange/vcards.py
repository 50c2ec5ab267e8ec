"""Address books as vCards: every card a row, under headers that the rest of the import knows; what it does not know has its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tui_crm.domain.messages import N_, Message, Problem

from .tables import MAX_COLUMNS, CellNote, Progress, Row, Table
from .vcard_cells import CardReading
from .vcard_lines import MOST_LINES, Card, read_cards

_COLUMNS = ("Company", "Full name", "Title", "Email", "Mobile", "Work phone", "Phone", "Home phone", "WhatsApp", "WeChat", "Skype", "Contact details",
            "LinkedIn", "Website", "Country", "City", "Address", "Tags", "Remarks", "Birthday")  # fmt: skip
"""Columns that come first, in this order."""


def read_vcards(data: bytes, name: str, file: str, progress: Progress | None = None) -> Table:
    """One row for each card of a file, under a row of headers that the file does not have (row 1, as the
    first card may be). Raises Problem where there is no card."""
    found = read_cards(data)
    if not found.whole:
        raise Problem(N_("{file} holds more than {most} lines. Export the address book in several parts."),
                      file=file, most=MOST_LINES)  # fmt: skip
    if not found.cards:
        raise Problem(N_("{file} holds no vCards. Export the address book again, as vCard (.vcf)."), file=file)
    sheet = _Sheet(name)
    for card in found.cards:
        sheet.add(card)
        if progress and len(sheet.rows) % 1000 == 0:
            progress(len(sheet.rows))
    if found.doubt:
        sheet.tell(0, "", found.doubt.template, **dict(found.doubt.values))
    for line, text in found.stray[:1]:
        sheet.tell(line, text, N_("Lines outside any card were left out, {count} in all."), count=len(found.stray))
    return sheet.table(found.encoding)


@dataclass(slots=True)
class _Sheet:
    """The rows so far under the columns so far; a header stands as often as some card needs it."""

    name: str
    columns: dict[tuple[str, int], int] = field(default_factory=dict)
    rows: list[tuple[int, dict[int, str]]] = field(default_factory=list)
    notes: list[CellNote] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    files: int = 0

    def __post_init__(self) -> None:
        for header in _COLUMNS:
            self.columns[header, 1] = len(self.columns)

    def add(self, card: Card) -> None:
        reading = CardReading(card)
        if reading.is_group:
            self.tell(card.line, reading.name, N_("This card is a list of other cards, not a person; left out."))
            return
        if not card.ended:
            self.tell(card.line, reading.name, N_("This card has no end; read up to where the next one begins."))
        times: Counter[str] = Counter()
        row: dict[int, str] = {}
        spare = []
        for header, text in reading.cells():
            times[header] += 1
            column = self._column(header, times[header])
            if column is None:
                spare.append(f"{header}: {text}")
            else:
                row[column] = text
        if spare:
            remarks = self.columns["Remarks", 1]
            row[remarks] = "\n".join(filter(None, (row.get(remarks, ""), *spare)))
        self.left_out.update(reading.left_out)
        self.files += reading.files
        if row:
            self.rows.append((card.line, row))
        else:
            self.tell(card.line, "", N_("This card says nothing; left out."))

    def _column(self, header: str, time: int) -> int | None:
        if (header, time) not in self.columns and len(self.columns) < MAX_COLUMNS:
            self.columns[header, time] = len(self.columns)
        return self.columns.get((header, time))

    def tell(self, line: int, text: str, template: str, /, **values: object) -> None:
        self.notes.append(CellNote(self.name, line, "", text, Message(template, values)))

    def table(self, encoding: str) -> Table:
        if self.files:
            self.tell(
                0, "", N_("Pictures, sounds and keys in the cards were left out, {count} in all."), count=self.files
            )
        if self.left_out:
            names = ", ".join(sorted(self.left_out))
            self.tell(0, "", N_("Lines that only serve address books were left out: {names}."), names=names)
        places = list(self._in_order())
        headers = [header for header, _ in self.columns]
        head = Row(1, tuple(headers[place] for place in places))
        rows = (Row(line, _without_end(tuple(cells.get(place) for place in places))) for line, cells in self.rows)
        return Table(self.name, (head, *rows), tuple(self.notes), encoding)

    def _in_order(self) -> Iterator[int]:
        """The columns, those of one header side by side."""
        first: dict[str, int] = {}
        for (header, _), place in self.columns.items():
            first.setdefault(header, place)
        yield from (place for (header, _), place in sorted(self.columns.items(), key=lambda c: (first[c[0][0]], c[1])))


def _without_end(cells: tuple[str | None, ...]) -> tuple[str | None, ...]:
    last = max(place for place, cell in enumerate(cells) if cell is not None)
    return cells[: last + 1]
