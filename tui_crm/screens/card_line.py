"""One line of a customer's card, and how it is drawn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from rich.cells import cell_len

from ..domain.text import visible
from ..domain.values import Reach
from .widgets.cells import fit
from .widgets.rowlist import OPEN, Cells

_LABEL = 13
"""Cells of the column of labels, its gap included."""
EMPTY = "–"
_OUR_LABELS = frozenset({"next", "field", "created"})
"""Kinds of lines whose label is the program's own word."""


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line. `kind` and `key` say what Enter acts on: a field or custom field by name, a person by id (0: a new one), a
    trade record by kind and id.

    A line without a kind is only looked at: the cursor passes over it. A line without a label starts at the left; `tail`
    stands behind its text, dimmed. A line with a `mark` has that at its right edge (behind the tail where there is no label)
    and is cut where others go on below.
    `looks` are the looks of single words, `reach` is the address that a line is.
    """

    text: str
    kind: str = ""
    key: str | int = ""
    label: str | None = None
    look: str = "plain"
    tail: str = ""
    mark: str | None = None
    mark_look: str = "plain"
    looks: Mapping[str, str] = field(default_factory=dict)
    reach: Reach | None = None


def label_width(width: int) -> int:
    """Cells of the column of labels in a list of this width."""
    return min(_LABEL, width // 2)


def draw(row: object, width: int, _here: bool) -> Cells:
    """A line of the card in `width` cells."""
    assert isinstance(row, CardLine)
    if row.label is not None:
        label = label_width(width)
        look = "dim" + OPEN if row.kind in _OUR_LABELS else "dim"
        return [(" " + fit(row.label, label - 2) + " ", look), *_value(row, width - label)]
    text = " " + visible(row.text)
    tail = "  " + visible(row.tail) if row.tail else ""
    mark = (" · " if tail else "  ") + visible(row.mark) if row.mark else ""
    room = width - min(cell_len(mark), width // 2)
    text = fit(text, min(cell_len(text), room))
    tail = fit(tail, min(cell_len(tail), room - cell_len(text)))
    return [(text, row.look), (tail, "dim"), (fit(mark, width - cell_len(text + tail)), row.mark_look)]


def _value(row: CardLine, width: int) -> Cells:
    """What stands right of the label: the text, and the mark at the right edge, which has at most two thirds of the room."""
    if not row.mark:
        words = re.split("( +)", fit(row.text, width)) if row.looks else [fit(row.text, width)]
        return [(word, row.looks.get(word, row.look)) for word in words]
    mark = min(cell_len(row.mark), width * 2 // 3)
    return [(fit(row.text, width - mark - 3) + "  ", row.look), (fit(row.mark, mark) + " ", row.mark_look)]
