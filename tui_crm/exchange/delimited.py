"""CSV and its relatives: delimiter found from the content, every oddity told with its line number, nothing dropped."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator

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
_NAMED_DELIMITER = re.compile(r"\Asep=(.)\Z", re.IGNORECASE)
# Our own export puts an apostrophe before what a spreadsheet would run as a formula.
_GUARDED = re.compile(r"'(?=\s*[=+\-@\t\r＝＋－＠])")


class _TooLong(Exception):
    """A record ran on over more lines than any cell has."""


class _Lines:
    """Feeds lines to the csv reader and knows where the record at hand began."""

    def __init__(self, lines: list[str], start: int) -> None:
        self.lines, self.next, self.first = lines, start, start

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.next >= len(self.lines):
            raise StopIteration
        if self.next - self.first > _LONGEST_RECORD:
            raise _TooLong
        self.next += 1
        return self.lines[self.next - 1]


def read_delimited(data: bytes, name: str, progress: Progress | None = None) -> Table:
    """The one table of a delimited file. Never fails: what is odd is read as well as can be and noted."""
    decoded = decode(data)
    lines = _lines(decoded.text)
    delimiter, start = _delimiter(lines)
    csv.field_size_limit(2**31 - 1)
    rows, widths, broken, long_cells = [], Counter[int](), [], []
    ragged: list[tuple[int, int]] = []
    for line, cells, whole in _records(lines, delimiter, start):
        if not whole:
            broken.append(line)
        row = trimmed(_cell(cell) for cell in cells)
        if not row:
            continue
        rows.append(Row(line, row))
        widths[len(cells)] += 1
        ragged.append((line, len(cells)))
        if any(len(cell) > _LONG_CELL for cell in cells):
            long_cells.append(line)
        if progress and len(rows) % 1000 == 0:
            progress(len(rows))
    usual = widths.most_common(1)[0][0] if widths else 0
    found = (
        (broken, N_("A quotation mark is never closed in {lines}; the line was read without regard to quotation marks.")),
        ([line for line, width in ragged if width != usual], N_("Another number of cells than in the other rows: {lines}.")),
        ([n for n, line in enumerate(lines, 1) if "\0" in line], N_("NUL characters, shown as ␀, in {lines}.")),
        (long_cells, N_("A cell longer than a spreadsheet can hold, kept whole, in {lines}.")),
    )
    notes = [_note(name, numbers, template) for numbers, template in found if numbers]
    if decoded.doubt:
        notes.insert(0, CellNote(name, 0, "", "", decoded.doubt))
    return Table(name, tuple(rows), tuple(notes), decoded.encoding)


def _lines(text: str) -> list[str]:
    """The lines, each ending in a line feed. A lone carriage return ends a line only where nothing else does."""
    if "\n" in text:
        text = text.replace("\r\n", "\n").replace("\r", " ")
    return [line + "\n" for line in text.replace("\r", "\n").split("\n")]


def _cell(text: str) -> str:
    return clean(_GUARDED.sub("", text, count=1) if text.startswith("'") else text, lines=True)


def _note(table: str, numbers: list[int], template: str) -> CellNote:
    told = ", ".join(map(str, numbers[:_TOLD])) + (" …" if len(numbers) > _TOLD else "")
    lines = Message(N_("line {numbers} ({count} in all)"), {"numbers": told, "count": len(numbers)})
    return CellNote(table, numbers[0], "", "", Message(template, {"lines": lines}))


def _delimiter(lines: list[str]) -> tuple[str, int]:
    """The delimiter, and the line on which the table begins (after Excel's `sep=;`)."""
    if named := _NAMED_DELIMITER.match(lines[0].strip("\n")):
        return named[1], 1
    return max(_DELIMITERS, key=lambda mark: _regularity(lines[:_PROBE], mark)), 0


def _regularity(lines: list[str], delimiter: str) -> tuple[float, int]:
    """How well `delimiter` cuts the lines into rows of one width: the share of rows that have the usual width, and that."""
    widths = Counter(len(cells) for _, cells, _ in _records(lines, delimiter) if any(cells))
    split = {width: count for width, count in widths.items() if width > 1}
    if not split:
        return 0.0, 0
    usual = max(split, key=split.__getitem__)
    return split[usual] / widths.total() * usual ** 0.5, usual


def _records(lines: list[str], delimiter: str, start: int = 0) -> Iterator[tuple[int, list[str], bool]]:
    """(line number, cells, whether its quotation marks were in order) of each record.

    A record that breaks the rules is read as one bare line, and reading goes on with the next: one stray quotation mark
    costs one line, not the rest of the file.
    """
    while start < len(lines):
        feed = _Lines(lines, start)
        try:
            for cells in csv.reader(feed, delimiter=delimiter, strict=True, skipinitialspace=True):
                yield feed.first + 1, cells, True
                feed.first = feed.next
            return
        except (csv.Error, _TooLong):
            bare = csv.reader([lines[feed.first]], delimiter=delimiter, quoting=csv.QUOTE_NONE)
            yield feed.first + 1, next(bare), False
            start = feed.first + 1
