"""CSV and its relatives: delimiter found from the content, every oddity told with its line number, nothing dropped."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tui_crm.domain.messages import N_, Message
from tui_crm.domain.text import clean

from .encodings import decode
from .tables import CellNote, Progress, Row, Table, trimmed

_DELIMITERS = ",;\t|"
_PROBE = 200
_LONGEST_RECORD = 500
"""Lines. A quoted cell that long is a quotation mark nobody closed."""

_LONG_CELL = 32_767
"""Characters: what a cell of Excel holds."""

_TOLD = 20
_MOST_SHARED = 20_000
_NAMED_DELIMITER = re.compile(r"\Asep=(.)\Z", re.IGNORECASE)
# Our own export puts an apostrophe before what a spreadsheet would run as a formula.
_GUARDED = re.compile(r"\A'(?='*\s*[=+\-@\t\r＝＋－＠])")


def read_delimited(data: bytes, name: str, progress: Progress | None = None) -> Table:
    """The one table of a delimited file. Never fails: what is odd is read as well as can be and noted."""
    decoded = decode(data)
    lines = _lines(decoded.text)
    encoding, doubt = decoded.encoding, decoded.doubt
    del decoded  # the whole text once more
    csv.field_size_limit(2**31 - 1)
    delimiter, start = _delimiter(lines)
    reading = _Reading([n for n, line in enumerate(lines, 1) if "\0" in line])
    for record in _records(lines, delimiter, start):
        reading.add(record)
        if progress and len(reading.rows) % 1000 == 0:
            progress(len(reading.rows), len(lines))
    doubts = [CellNote(name, 0, "", "", doubt)] if doubt else []
    return Table(name, tuple(reading.rows), (*doubts, *reading.notes(name)), encoding)


@dataclass(frozen=True, slots=True)
class _Record:
    """The cells of one row as the file has them; `whole` is False where its quotation marks were out of order."""

    line: int
    cells: list[str]
    whole: bool = True


@dataclass(slots=True)
class _Reading:
    """The rows so far, and the line numbers of what was odd about them."""

    with_nul: list[int]
    rows: list[Row] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    long_cells: list[int] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    shared: dict[str, str] = field(default_factory=dict)

    def add(self, record: _Record) -> None:
        if not record.whole:
            self.broken.append(record.line)
        cells = trimmed(self._cell(cell) for cell in record.cells)
        if not cells:
            return
        self.rows.append(Row(record.line, cells))
        self.widths.append(len(record.cells))
        if any(len(cell) > _LONG_CELL for cell in record.cells):
            self.long_cells.append(record.line)

    def _cell(self, text: str) -> str:
        """The clean text; one copy of each word that fills a column (stages, cities, owners)."""
        known = self.shared.get(text)
        if known is None:
            known = clean(_GUARDED.sub("", text, count=1) if text.startswith("'") else text, lines=True)
            if len(self.shared) < _MOST_SHARED:
                self.shared[text] = known
        return known

    def notes(self, table: str) -> list[CellNote]:
        """What the user should know, one note for each kind of oddity."""
        usual = Counter(self.widths).most_common(1)[0][0] if self.widths else 0
        ragged = [row.number for row, width in zip(self.rows, self.widths, strict=True) if width != usual]
        found = (
            (self.broken, N_("A quotation mark is never closed in {lines}; read without regard to quotation marks.")),
            (ragged, N_("Another number of cells than in the other rows: {lines}.")),
            (self.with_nul, N_("NUL characters, shown as ␀, in {lines}.")),
            (self.long_cells, N_("A cell longer than a spreadsheet can hold, kept whole, in {lines}.")),
        )
        return [_note(table, numbers, template) for numbers, template in found if numbers]


def _note(table: str, numbers: list[int], template: str) -> CellNote:
    told = ", ".join(map(str, numbers[:_TOLD])) + (" …" if len(numbers) > _TOLD else "")
    lines = Message(N_("line {numbers} ({count} in all)"), {"numbers": told, "count": len(numbers)})
    return CellNote(table, numbers[0], "", "", Message(template, {"lines": lines}))


def _lines(text: str) -> list[str]:
    """The lines, each ending in a line feed. A lone carriage return ends a line only where nothing else does."""
    if "\n" in text:
        text = text.replace("\r\n", "\n").replace("\r", " ")
    return [line + "\n" for line in text.replace("\r", "\n").split("\n")]


def _delimiter(lines: list[str]) -> tuple[str, int]:
    """The delimiter, and the line on which the table begins (after Excel's `sep=;`)."""
    if named := _NAMED_DELIMITER.match(lines[0].strip("\n")):
        return named[1], 1
    return max(_DELIMITERS, key=lambda mark: _regularity(lines[:_PROBE], mark)), 0


def _regularity(lines: list[str], delimiter: str) -> float:
    """How well `delimiter` cuts the lines into rows of one width: many rows of that width, and a good width."""
    widths = Counter(len(record.cells) for record in _records(lines, delimiter) if any(record.cells))
    split = {width: count for width, count in widths.items() if width > 1}
    usual = max(split, key=split.__getitem__, default=0)
    return split[usual] / widths.total() * usual**0.5 if split else 0.0


class _Endless(Exception):
    """A record ran on over more lines than any cell has."""


class _Lines:
    """Feeds lines to the csv reader and knows where the record at hand began."""

    def __init__(self, lines: list[str], start: int) -> None:
        self.lines, self.next, self.first = lines, start, start

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.next >= len(self.lines):
            raise StopIteration
        if self.next - self.first > _LONGEST_RECORD:
            raise _Endless
        self.next += 1
        return self.lines[self.next - 1]


def _records(lines: list[str], delimiter: str, start: int = 0) -> Iterator[_Record]:
    """The records of the file.

    One that breaks the rules is read as one bare line, and reading goes on with the next: a stray quotation mark costs
    one line, not the rest of the file.
    """
    while start < len(lines):
        feed = _Lines(lines, start)
        try:
            for cells in csv.reader(feed, delimiter=delimiter, strict=True, skipinitialspace=True):
                yield _Record(feed.first + 1, cells)
                feed.first = feed.next
            return
        except (csv.Error, _Endless):
            bare = csv.reader([lines[feed.first]], delimiter=delimiter, quoting=csv.QUOTE_NONE)
            yield _Record(feed.first + 1, next(bare), whole=False)
            start = feed.first + 1
