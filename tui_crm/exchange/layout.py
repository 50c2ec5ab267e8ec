"""Where a sheet keeps what: its header row, the card above it, the log below, the block of trade lines at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from tui_crm.domain.messages import N_, Message

from .body import counted_from_1900, with_colours
from .columns import REACHES, WHO, header_score, is_block_title, is_header, meaning
from .content import is_value
from .headings import Heading, heading
from .mapping import NO_HEADER, SKIP, Guide
from .recasting import recast
from .sifting import TOTALS, is_total, sift
from .tables import CellNote, Row, Table, row_text, shown
from .taking import Column as Column
from .taking import columns_of, preset_of

if TYPE_CHECKING:
    from .presets import Preset

_STRANGE = 5
"""Rows looked at for a header without known words."""
_HEAD = 50
"""Rows looked at for the first header: titles and instructions above it are fewer."""
_FAR = 300
"""Rows looked at where none of those is one: whole pages of instructions come first."""

_OF_DEALS = frozenset(
    {"accountid", "amount", "closedate", "probability", "stagename", "forecastcategory", "isclosed", "iswon"}
)
"""Headers of which deals have several: their `name` is not that of a customer."""
_LONGEST_LABEL = 14
_NO_VALUES = N_("It has the labels of a customer, but not the values of one: nothing to import.")
_NO_HEADING = Heading(0, Row(NO_HEADER, ()))

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


class SheetKind(Enum):
    """What one row of a table is: a customer or contact, or an entry in the log of one customer or of many."""

    CUSTOMERS = "customers"
    LOG_OF_ONE = "log of one"
    LOG = "log"
    UNKNOWN = "unknown"


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
    the rows, `skipped` those that the user leaves out; `reason` says why an unknown table is unknown. `header` is the number of
    the header row, 0 without one; `notes` tell of rows that are no data."""

    table: str
    kind: SheetKind
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    company: str = ""
    card: tuple[Line, ...] = ()
    lines: tuple[Line, ...] = ()
    titles: tuple[str, ...] = ()
    left_out: tuple[Column, ...] = ()
    reason: Message | None = None
    skipped: tuple[Column, ...] = ()
    header: int = 0
    preset: Preset | None = None
    notes: tuple[CellNote, ...] = ()


def lay_out(table: Table, guide: Guide | None = None) -> list[Sheet]:
    """The tables of a sheet, one below the other, each with its meaning; an unknown one says why in `reason`. `guide` holds what
    the user says of columns and header rows, and what is remembered."""
    guide = guide or Guide()
    wanted = guide.choices.header_rows.get(table.name)
    if wanted is not None:
        return _laid_out(table, wanted, guide)
    parts = recast(table)
    if not parts:
        return [Sheet(table.name, SheetKind.UNKNOWN, rows=table.rows, reason=Message(_NO_VALUES))]
    return [_with_notes(sheet, part, table) for part in parts for sheet in _laid_out(part, None, guide)]


def _with_notes(sheet: Sheet, part: Table, whole: Table) -> Sheet:
    return sheet if part is whole else replace(sheet, notes=(*part.notes, *sheet.notes))


def _laid_out(table: Table, wanted: int | None, guide: Guide) -> list[Sheet]:
    if wanted == NO_HEADER:
        return [_sheet(table, (), _NO_HEADING, table.rows, guide)]
    starts = _header_rows(table.rows, wanted, guide)
    if not starts:
        return [_without_header(table, guide)]
    heads = list({found.at: found for found in (heading(table, start) for start in starts)}.values())
    tops = [0] + [_top_of_card(table.rows, one.at + 1, other.first) for one, other in pairwise(heads)]
    ends = [*tops[1:], len(table.rows)]
    return [
        _sheet(table, table.rows[top : head.first], head, table.rows[head.at + 1 : end], guide)
        for top, head, end in zip(tops, heads, ends, strict=True)
    ]


def _without_header(table: Table, guide: Guide) -> Sheet:
    """A sheet of data alone, told by what its columns hold; customers only where companies and addresses are among them."""
    sheet = _sheet(table, (), _NO_HEADING, table.rows, guide)
    fields = {column.field for column in sheet.columns}
    if sheet.kind is SheetKind.CUSTOMERS and "company" in fields and fields & (REACHES | {"country"}):
        return sheet
    return replace(sheet, kind=SheetKind.UNKNOWN, reason=Message(N_("No row of column headers was recognised.")))


def _header_rows(rows: Sequence[Row], wanted: int | None, guide: Guide) -> list[int]:
    """Where the header rows stand; `wanted` is the number of the first as the user says it."""
    first = next((at for at, row in enumerate(rows) if row.number == wanted), None)
    if first is None:
        first = _first_header(rows, guide)
    if first is None:
        return []
    later = (n for n in range(first + 1, len(rows)) if is_header(_texts(rows[n])) or _is_titled_header(rows, n))
    # The same header again is one printed on every page, unless a card line above it begins another log.
    return [first, *(n for n in later if rows[n].cells != rows[first].cells or _card_lines(rows[n - 1]))]


def _first_header(rows: Sequence[Row], guide: Guide) -> int | None:
    from .presets import recognise

    for at, row in enumerate(rows[:_HEAD]):
        if recognise(_texts(row)):
            return at
    scores = [header_score(_texts(row)) for row in rows[:_HEAD]]
    best = max(scores, default=0)
    if best < 2:
        far = [header_score(_texts(row)) for row in rows[_HEAD:_FAR]]
        if max(far, default=0) > 2:
            return _HEAD + far.index(max(far))
    if best < 2 and not (scores and scores[0] == 1 and len(_texts(rows[0])) <= 3):
        return next(
            (at for at, row in enumerate(rows[:_STRANGE]) if _heads_strangely(row, rows[at + 1 :], guide)), None
        )
    return scores.index(best) if best >= 2 else 0


def _heads_strangely(row: Row, below: Sequence[Row], guide: Guide) -> bool:
    """Whether a row without known words is one of headers: names that are no data themselves, over columns that tell what they hold,
    or that the user has explained before."""
    heads = [cell for cell in row.cells if cell is not None]
    if len(heads) < 2 or not below or len({*map(shown, heads)}) < len(heads):
        return False
    if any(not isinstance(cell, str) or is_value(cell) for cell in heads):
        return False
    found = columns_of("", row, below, Guide(recall=guide.recall), None)
    told = {column.field for column in found if column.how in ("content", "remembered")} | (
        {"known"} if header_score(_texts(row)) else set()
    )
    return len(told) >= 2


def _top_of_card(rows: Sequence[Row], earliest: int, header: int) -> int:
    """Where the card lines directly above a later header begin."""
    top = header
    while top > earliest and _card_lines(rows[top - 1]):
        top -= 1
    return top - 1 if top == header and top > earliest and _is_titled_header(rows, header) else top


def _is_titled_header(rows: Sequence[Row], at: int) -> bool:
    """Whether another table begins here: a blank row, a title alone, then words, of which some are known headers and none is data."""
    if (
        at < 2
        or len(rows[at - 1].cells) - rows[at - 1].cells.count(None) != 1
        or rows[at - 1].number - rows[at - 2].number < 2
    ):
        return False
    words = [shown(cell) for cell in rows[at].cells if cell is not None]
    are_words = len(words) > 2 and all(isinstance(cell, str) for cell in rows[at].cells if cell is not None)
    return (
        are_words
        and not any(map(is_value, words))
        and sum(bool(meaning(word).field) for word in words) * 3 >= len(words)
    )


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


def _card(above: Sequence[Row]) -> tuple[list[Line], list[Row]]:
    """The labelled lines above a header, and the other rows there. Where one of them names the customer, labels that are not known
    count as well (付款方式 | T/T)."""
    lines = {row.number: _card_lines(row) for row in above}
    if any(line.field in _WHOSE for found in lines.values() for line in found):
        lines |= {row.number: _loose_lines(row) for row in above if not lines[row.number]}
    return [line for found in lines.values() for line in found], [row for row in above if not lines[row.number]]


def _loose_lines(row: Row) -> list[Line]:
    cells = [shown(cell).strip() for cell in row.cells if cell is not None]
    labels = cells[::2]
    if len(cells) % 2 or not all(0 < len(label) <= _LONGEST_LABEL and not is_value(label) for label in labels):
        return []
    return [
        Line(row.number, meaning(label).field, label, text)
        for label, text in zip(labels, cells[1::2], strict=True)
        if text
    ]


def _sheet(table: Table, above: Sequence[Row], head: Heading, below: Sequence[Row], guide: Guide) -> Sheet:
    header = head.row
    preset = preset_of(header, guide)
    printed = {part.cells for part in head.parts}
    below = tuple(row for row in below if row.cells not in printed)
    found = columns_of(table.name, header, below, guide, preset, head.groups)
    below = counted_from_1900(below, found) if table.is_1904 else below
    numbering = tuple(column for column in found if column.field == "number" and _only_counts(column, below))
    skipped = tuple(column for column in found if column.field == SKIP)
    columns = tuple(column for column in found if column not in numbering + skipped)
    fields = {column.field for column in columns}
    card, others = _card(above)
    titles = tuple(" ".join(filter(None, map(shown, row.cells))) for row in (*others, *head.parts[:-1]))
    sheet = Sheet(
        table.name, SheetKind.CUSTOMERS, columns, below, titles=titles, left_out=numbering, skipped=skipped,
        header=header.number, preset=preset,
    )  # fmt: skip
    if not fields & _WHOSE and {"last_date", "note"} <= fields:
        return _log_of_one(replace(sheet, kind=SheetKind.LOG_OF_ONE), card)
    titles += tuple(f"{line.label}: {line.text}" for line in card)
    if not fields & (WHO | {"email"}) or (fields & WHO == {"company"} and not _surely_company(columns, header)):
        why = N_("No column names the customer. Head it 客户 or Company, or write `客户 | name` above.")
        return replace(sheet, kind=SheetKind.UNKNOWN, reason=Message(why), titles=titles)
    about_people = fields & (REACHES | {"contact", "country"})
    kind = SheetKind.LOG if {"last_date", "note"} <= fields and not about_people else SheetKind.CUSTOMERS
    sifted = sift(table, columns, below)
    sheet = replace(
        sheet, kind=kind, titles=titles, rows=sifted.rows, notes=sifted.notes, columns=columns + sifted.columns
    )
    return with_colours(sheet, table.paint) if table.paint else sheet


def _surely_company(columns: Sequence[Column], header: Row) -> bool:
    """Products and settings have a `name` too; customers have something else that only customers have, or were said to be ones."""
    said = {meaning(text).field for text in map(shown, header.cells)}
    how = {column.how for column in columns if column.field == "company"}
    if how & {"chosen", "remembered"} or said & {"company", "customer"}:
        return True
    words = {shown(cell).casefold().replace(" ", "").replace("_", "") for cell in header.cells}
    is_of_deals = len(words & _OF_DEALS) > 2
    return not is_of_deals and bool("preset" in how or {column.field for column in columns} & _ONLY_CUSTOMERS)


def _log_of_one(sheet: Sheet, card: list[Line]) -> Sheet:
    """Take the customer from the card and the trade lines from below the log; `company` stays "" where no card names one."""
    whose = next((line for line in card if line.field in _WHOSE), None)
    entries: list[Row] = []
    lines: list[Line] = []
    in_block = False
    totals = [row for row in sheet.rows if is_total(next(filter(None, map(shown, row.cells)), ""))]
    for row in sheet.rows:
        cells = [shown(cell) for cell in row.cells if cell is not None]
        if row in totals:
            continue
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
        notes=tuple(CellNote(sheet.table, row.number, "", row_text(row), Message(TOTALS)) for row in totals),
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


def _only_counts(column: Column, rows: Sequence[Row]) -> bool:
    cells = [shown(row.cells[column.index]) for row in rows if column.index < len(row.cells)]
    return all(not text or (text.isdecimal() and len(text) <= 7) or is_total(text) for text in cells)
