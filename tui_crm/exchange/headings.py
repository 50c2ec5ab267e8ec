"""Headers of two rows: groups (联系人, 首次跟进) above the names of their columns (姓名, 电话; 时间, 内容)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .columns import meaning
from .content import is_value
from .ordinals import is_follow_up, ordinal, period
from .tables import Row, Table, shown


@dataclass(frozen=True, slots=True)
class Heading:
    """The header of a table: the place of its last row among the rows, that row with a name for every column, the group above each
    column ("" for none), and the rows as they stand in the file."""

    at: int
    row: Row
    groups: tuple[str, ...] = ()
    parts: tuple[Row, ...] = ()

    @property
    def first(self) -> int:
        """The place of its first row."""
        return self.at - len(self.parts) + 1


def heading(table: Table, at: int) -> Heading:
    """The header that the row at place `at` is, or is one of two rows of."""
    rows = table.rows
    for upper in (at, at - 1):
        if 0 <= upper < len(rows) - 1 and rows[upper].number + 1 == rows[upper + 1].number:
            above, below = rows[upper], rows[upper + 1]
            if groups := _groups(above, below, table):
                return Heading(upper + 1, _names(above, below), groups, (above, below))
    return Heading(at, rows[at], (), (rows[at],))


def _names(upper: Row, lower: Row) -> Row:
    width = max(len(upper.cells), len(lower.cells))
    pairs = zip(_padded(upper, width), _padded(lower, width), strict=True)
    return Row(lower.number, tuple(below or above for above, below in pairs))


def _groups(upper: Row, lower: Row, table: Table) -> tuple[str, ...]:
    """The group above each column; () where the two rows are not one header."""
    width = max(len(upper.cells), len(lower.cells))
    above, below = _padded(upper, width), _padded(lower, width)
    if not all(map(_is_head, (*upper.cells, *lower.cells))):
        return ()
    spread, merged = _spread(upper, above, table)
    groups = [
        group if name and group != name and own != name else ""
        for group, own, name in zip(spread, above, below, strict=True)
    ]
    places = [at for at, group in enumerate(groups) if group]
    wide = {group for group in groups if group and groups.count(group) > 1}
    if (
        len(places) < 2
        or not wide
        or (len(wide) == 1 and len(places) * 2 > sum(map(bool, below)) and sum(map(bool, above)) == 1)
    ):
        return ()  # a lone cell over most columns is a title
    if any(groups[at] not in wide and above[at] and below[at] for at in places):
        return ()  # a word right above another word: two rows of data, or of other headers
    told = sum(bool(meaning(below[at]).field or period(below[at])) for at in places)
    names = [below[at] for at in places]
    is_explained = merged or told == len(places) or len({*names}) < len(names) or any(map(_is_group, wide))
    return tuple(groups) if is_explained and (merged or told * 2 >= len(places)) else ()


def _spread(upper: Row, above: Sequence[str], table: Table) -> tuple[list[str], bool]:
    """Each group over all its columns: those of its merged cell, or up to the next word; and whether any was merged."""
    spread = [""] * len(above)
    merged = False
    for at, group in enumerate(above):
        if not group:
            continue
        last = table.spans.get((upper.number, at + 1), 0)
        merged = merged or last > at + 1
        end = last or next((other for other in range(at + 1, len(above)) if above[other]), len(above))
        spread[at:end] = [group] * (end - at)
    return spread[: len(above)], merged


def _is_group(text: str) -> bool:
    return bool(meaning(text).field or ordinal(text) or is_follow_up(text) or period(text))


def _is_head(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and (not is_value(cell) or bool(period(cell))))


def _padded(row: Row, width: int) -> list[str]:
    texts = [" ".join(shown(cell).split()) for cell in row.cells]
    return texts + [""] * (width - len(texts))
