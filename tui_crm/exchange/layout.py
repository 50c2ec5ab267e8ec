"""Where a sheet keeps what: its header row, the card above it, the log below, the block of trade lines at the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from tui_crm.domain.messages import N_, Message

from .columns import REACHES, WHO, header_score, is_block_title, is_header, meaning
from .tables import Row, Table, shown

_HEAD = 50
"""Rows looked at for the first header: titles and instructions above it are fewer."""

_WHOSE = frozenset({"company", "customer", "name"})
_ONLY_CUSTOMERS = REACHES | {
    "country",
    "city",
    "industry",
    "website",
    "grade",
    "temperature",
    "stage",
    "status",
    "last_date",
}
_TRADE = frozenset({"quote", "sample", "paper"})
_ONCE = frozenset({"last_date", "created_on", "next_date", "channel"})
"""Fields that a second column of the same meaning would contradict; it becomes a column without a field."""


class SheetKind(Enum):
    """What one row of a table is: a customer or contact, or an entry in the log of one customer or of many."""

    CUSTOMERS = "customers"
    LOG_OF_ONE = "log of one"
    LOG = "log"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `field` "" has no place of its own; `person` tells several people of one row apart (from 1)."""

    index: int
    header: str
    field: str
    person: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A labelled text outside the columns: a card line above the header, or a trade line below the log."""

    row: int
    field: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table laid out. `company` is whose log it is, "" where each row says it; `left_out` are columns that only number
    the rows; `reason` says why an unknown table is unknown."""

    table: str
    kind: SheetKind
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    company: str = ""
    card: tuple[Line, ...] = ()
    lines: tuple[Line, ...] = ()
    titles: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    reason: Message | None = None


def lay_out(table: Table) -> list[Sheet]:
    """The tables of a sheet, one below the other, each with its meaning; an unknown one says why in `reason`."""
    starts = _header_rows(table.rows)
    if not starts:
        return [_unknown(table, table.rows, N_("No row of column headers was recognised."))]
    tops = [0] + [_top_of_card(table.rows, previous + 1, start) for previous, start in pairwise(starts)]
    ends = [*tops[1:], len(table.rows)]
    return [_sheet(table, top, start, end) for top, start, end in zip(tops, starts, ends, strict=True)]


def _header_rows(rows: Sequence[Row]) -> list[int]:
    scores = [header_score(_texts(row)) for row in rows[:_HEAD]]
    best = max(scores, default=0)
    if best < 2 and not (scores and scores[0] == 1 and len(_texts(rows[0])) <= 3):
        return []
    first = scores.index(best) if best >= 2 else 0
    later = (n for n in range(first + 1, len(rows)) if is_header(_texts(rows[n])))
    # The same header again is one printed on every page, unless a card line above it begins another log.
    return [first, *(n for n in later if rows[n].cells != rows[first].cells or _card_lines(rows[n - 1]))]


def _top_of_card(rows: Sequence[Row], earliest: int, header: int) -> int:
    """Where the card lines directly above a later header begin."""
    top = header
    while top > earliest and _card_lines(rows[top - 1]):
        top -= 1
    return top


def _texts(row: Row) -> list[str]:
    return [cell if isinstance(cell, str) else "" for cell in row.cells]


def _card_lines(row: Row) -> list[Line]:
    """`客户 | ABC GmbH | 国家 | 德国`, or `客户：ABC GmbH` in one cell; [] where the row is anything else."""
    cells = [shown(cell) for cell in row.cells if cell is not None]
    if len(cells) == 1:
        cells = re.split("[:：]", cells[0], maxsplit=1)
    pairs = list(zip(cells[::2], cells[1::2], strict=False))
    fields = [meaning(label).field for label, _ in pairs]
    if len(cells) % 2 or not all(fields) or not pairs or header_score(cells[1::2]) > 1:
        return []
    return [
        Line(row.number, field, label.strip(), text.strip())
        for field, (label, text) in zip(fields, pairs, strict=True)
        if text.strip()
    ]


def _sheet(table: Table, top: int, start: int, end: int) -> Sheet:
    above, header, below = table.rows[top:start], table.rows[start], table.rows[start + 1 : end]
    found = _columns(header, below)
    numbering = tuple(column for column in found if column.field == "number" and _only_counts(column, below))
    columns = tuple(column for column in found if column not in numbering)
    left_out = tuple(column.header for column in numbering)
    fields = {column.field for column in columns}
    card = [line for row in above for line in _card_lines(row)]
    titles = tuple(" ".join(filter(None, map(shown, row.cells))) for row in above if not _card_lines(row))
    body = tuple(row for row in below if row.cells != header.cells)
    if not fields & _WHOSE and {"last_date", "note"} <= fields:
        return _log_of_one(
            Sheet(table.name, SheetKind.LOG_OF_ONE, columns, body, titles=titles, left_out=left_out), card
        )
    if not fields & (WHO | {"email"}) or (fields & WHO == {"company"} and not _surely_company(header, fields)):
        return _unknown(
            table, below, N_("No column names the customer. Head it 客户 or Company, or write `客户 | name` above.")
        )
    titles += tuple(f"{line.label}: {line.text}" for line in card)
    about_people = fields & (REACHES | {"contact", "country"})
    kind = SheetKind.LOG if {"last_date", "note"} <= fields and not about_people else SheetKind.CUSTOMERS
    return Sheet(table.name, kind, columns, body, titles=titles, left_out=left_out)


def _surely_company(header: Row, fields: set[str]) -> bool:
    """Products and settings have a `name` too; customers have something else that only customers have."""
    said = {meaning(text).field for text in map(shown, header.cells)}
    return bool(said & {"company", "customer"} or fields & _ONLY_CUSTOMERS)


def _unknown(table: Table, rows: Sequence[Row], why: str) -> Sheet:
    return Sheet(table.name, SheetKind.UNKNOWN, rows=tuple(rows), reason=Message(why))


def _log_of_one(sheet: Sheet, card: list[Line]) -> Sheet:
    """Take the customer from the card and the trade lines from below the log; `company` stays "" where no card names one."""
    whose = next((line for line in card if line.field in _WHOSE), None)
    entries: list[Row] = []
    lines: list[Line] = []
    in_block = False
    for row in sheet.rows:
        cells = [shown(cell) for cell in row.cells if cell is not None]
        if len(cells) == 1 and is_block_title(cells[0]):
            in_block = True
        elif in_block or (len(cells) == 2 and meaning(cells[0]).field in _TRADE):
            lines.append(_trade_line(row.number, cells, lines[-1] if lines else None))
        else:
            entries.append(row)
    return replace(
        sheet,
        rows=tuple(entries),
        company=whose.text if whose else "",
        card=tuple(line for line in card if line is not whose),
        lines=tuple(lines),
    )


def _trade_line(row: int, cells: list[str], above: Line | None) -> Line:
    """`报价 | 2026.11.18，FOB …`; a line without a label of its own continues the kind of the one above."""
    if len(cells) == 1:
        label, colon, text = cells[0].replace("：", ":").partition(":")
        if not (colon and meaning(label).field):
            label, text = (above.label, cells[0]) if above else ("", cells[0])
    else:
        label, text = cells[0], " ".join(cells[1:])
    return Line(row, meaning(label).field, label.strip(), text.strip())


def _columns(header: Row, below: Sequence[Row]) -> tuple[Column, ...]:
    """The columns that hold something, each with a header of its own."""
    width = max((len(row.cells) for row in (header, *below)), default=0)
    filled = {index for row in below for index, cell in enumerate(row.cells) if cell is not None}
    heads = [" ".join(shown(cell).split()) for cell in header.cells] + [""] * (width - len(header.cells))
    wanted = [index for index in range(width) if index in filled]
    meanings = {index: meaning(heads[index]) for index in range(width)}
    fields = _resolved([meanings[index].field for index in range(width)])
    taken: Counter[str] = Counter()
    columns = []
    for index in wanted:
        name = heads[index] or f"[{_letters(index)}]"
        taken[name] += 1
        unique = name if taken[name] == 1 else f"{name} ({taken[name]})"
        columns.append(Column(index, unique, fields[index], meanings[index].person))
    return tuple(columns)


def _only_counts(column: Column, rows: Sequence[Row]) -> bool:
    cells = [shown(row.cells[column.index]) for row in rows if column.index < len(row.cells)]
    return all(not text or (text.isdecimal() and len(text) <= 7) for text in cells)


def _resolved(fields: list[str]) -> list[str]:
    """Settle what one header alone leaves open: whose `name`, which `date`, a note of the log or a remark."""
    present = set(fields)
    person = "contact" in present or "first_name" in present
    meant = {
        "name": "company" if not present & {"company", "customer"} else "" if "contact" in present else "contact",
        "customer": "contact" if "company" in present and not person else "company",
        "notes": "note" if present & {"date", "last_date"} and "note" not in present else "remarks",
        "date": ("created_on" if "created_on" not in present else "") if "last_date" in present else "last_date",
    }
    settled = []
    for field in fields:
        field = meant.get(field, field)
        settled.append("" if field in _ONCE and field in settled else field)
    return settled


def _letters(index: int) -> str:
    """Spreadsheet letters of a column counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
