"""What the columns under a header row are taken for: the user's word first, then memory, the program's format, header, content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .content import field_of, is_company, is_ticked, sample
from .mapping import OWN, SKIP, Guide, How
from .sayings import Head, Saying, sayings
from .tables import Row, shown

if TYPE_CHECKING:
    from .presets import Preset

_ONCE = frozenset({"last_date", "created_on", "next_date", "channel"})
"""Fields that a second column of the same meaning would contradict; it becomes a column without a field."""
_NAMED = frozenset({"company", "customer", "name"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `field` "" has no place of its own; `person` tells several people of one row apart (from 1), `entry` several
    contacts; `how` says what it was recognised by. `when` is the month or day that the header names for its notes
    (`ordinals.period`)."""

    index: int
    header: str
    field: str
    person: int = 1
    how: How = "alias"
    entry: int = 1
    when: str = ""

    @property
    def is_beside(self) -> bool:
        """Whether it tells of a contact of its own, beside the one that its row is of."""
        return self.entry > 1 or bool(self.when)


def preset_of(header: Row, guide: Guide) -> Preset | None:
    """The program that wrote a sheet with this header row, as the user says or the headers tell. Raises Problem for a name that is
    not known."""
    from . import presets

    if guide.choices.preset:
        return presets.by_name(guide.choices.preset)
    return presets.recognise([head for head in _heads(header, 0) if head])


def columns_of(
    table: str, header: Row, below: Sequence[Row], guide: Guide, preset: Preset | None, groups: Sequence[str] = ()
) -> tuple[Column, ...]:
    """The columns that hold something, each with a header of its own and what it is taken for; `groups` are the words of an upper
    row of headers above each."""
    named, heads = _named(header, below, groups)
    fixed = _fixed(table, [column.header for column in named], guide)
    said = sayings(heads)
    told = [_told(column, own, fixed, preset) for column, own in zip(named, said, strict=True)]
    told = [_worded(column, below) for column in told]
    settled = _resolved(told, {at for at, c in enumerate(told) if c.header in fixed})
    known = [replace(column, field=field) for column, field in zip(told, settled, strict=True)]
    return tuple(map(_without_place, _by_content(known, below)))


def _without_place(column: Column) -> Column:
    """A column whose header is known, but whose field another column has: it was not recognised after all."""
    return replace(column, how="unknown") if column.how == "alias" and column.field == OWN else column


def _worded(column: Column, below: Sequence[Row]) -> Column:
    """A column headed by a month, which holds notes only where it has words and not sums or ticks."""
    if not column.when:
        return column
    cells = sample(row.cells[column.index] for row in below if column.index < len(row.cells))
    worded = sum(sum(map(str.isalpha, text)) > 1 for text in cells)
    return column if worded * 2 > len(cells) else replace(column, field=OWN, when="", how="unknown")


def _named(header: Row, below: Sequence[Row], groups: Sequence[str]) -> tuple[list[Column], list[Head]]:
    """The columns with something in them, still without a meaning, and the headers above them."""
    width = max((len(row.cells) for row in (header, *below)), default=0)
    filled = {index for row in below for index, cell in enumerate(row.cells) if cell is not None}
    names = _heads(header, width)
    taken: Counter[str] = Counter()
    columns, heads = [], []
    for index in sorted(filled):
        head = Head(groups[index] if index < len(groups) else "", names[index])
        name = head.text or f"[{_letters(index)}]"
        taken[name] += 1
        columns.append(Column(index, name if taken[name] == 1 else f"{name} ({taken[name]})", OWN, how="unknown"))
        heads.append(head)
    return columns, heads


def _heads(header: Row, width: int) -> list[str]:
    heads = [" ".join(shown(cell).split()) for cell in header.cells]
    return heads + [""] * (width - len(heads))


def _fixed(table: str, headers: Sequence[str], guide: Guide) -> Mapping[str, tuple[str, How]]:
    """What is not to be guessed: the user's choices, and those of earlier imports."""
    remembered: dict[str, tuple[str, How]] = {
        header: (field, "remembered") for header, field in guide.recall(headers).items()
    }
    chosen: dict[str, tuple[str, How]] = {
        header: (field, "chosen") for (sheet, header), field in guide.choices.columns.items() if sheet == table
    }
    return remembered | chosen


def _told(column: Column, said: Saying, fixed: Mapping[str, tuple[str, How]], preset: Preset | None) -> Column:
    """A column with what it is told to be; one whose header says nothing is left open."""
    if column.header in fixed:
        field, how = fixed[column.header]
        beside = (said.entry, said.when) if field == said.field else (1, "")
        return replace(column, field=field, person=said.person, how=how, entry=beside[0], when=beside[1])
    by_preset = preset.field(column.header) if preset else None
    if by_preset is not None:
        return replace(column, field=by_preset, how="preset")
    by_header: How = "alias" if said.field else "unknown"
    return replace(column, field=said.field, person=said.person, how=by_header, entry=said.entry, when=said.when)


def _resolved(columns: Sequence[Column], fixed: set[int]) -> list[str]:
    """Settle what one header alone leaves open: whose `name`, which `date`, a note of the log or a remark. What is `fixed` stays, and
    no other column takes its place."""
    fields = [column.field for column in columns]
    present = {column.field for column in columns if not column.is_beside}
    person = "contact" in present or "first_name" in present
    meant = {
        "name": "company" if not present & {"company", "customer"} else "" if "contact" in present else "contact",
        "customer": "contact" if "company" in present and not person else "company",
        "notes": "note" if present & {"date", "last_date"} and "note" not in present else "remarks",
        "date": ("created_on" if "created_on" not in present else "") if "last_date" in present else "last_date",
    }
    settled: list[str] = []
    once = {fields[at] for at in fixed} & _ONCE
    for at, field in enumerate(fields):
        if columns[at].is_beside:
            settled.append(field)
            continue
        field = field if at in fixed else meant.get(field, field)
        settled.append(OWN if at not in fixed and field in once else field)
        once |= {field} & _ONCE
    return settled


def _by_content(columns: Sequence[Column], below: Sequence[Row]) -> list[Column]:
    """Columns whose header says nothing, or not what stands in them, taken for what they hold."""
    found = list(columns)
    for at, column in enumerate(columns):
        if (
            column.is_beside
            or column.how not in ("alias", "unknown")
            or (column.how == "alias" and column.field in (OWN, SKIP))
        ):
            continue
        cells = sample(row.cells[column.index] for row in below if column.index < len(row.cells))
        if column.how == "unknown" and is_ticked(cells, column.header):
            found[at] = replace(column, field="tags", how="content")
            continue
        taken = {other.field for other in found if other is not found[at]}
        if field := field_of(cells, column.header, taken, said=column.field):
            found[at] = replace(column, field=field, how="content")
    if not _NAMED & {column.field for column in found}:
        _name_the_company(found, below)
    return found


def _name_the_company(columns: list[Column], below: Sequence[Row]) -> None:
    for at, column in enumerate(columns):
        cells = sample(row.cells[column.index] for row in below if column.index < len(row.cells))
        if column.how == "unknown" and is_company(cells):
            columns[at] = replace(column, field="company", how="content")
            return


def _letters(index: int) -> str:
    """Spreadsheet letters of a column counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
