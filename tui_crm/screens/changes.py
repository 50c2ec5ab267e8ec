"""What an operation changed, field by field; and asking before one that is not the last is turned round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from ..domain.text import visible
from ..i18n import _, full_date, tell
from ..usecases import history
from ..usecases.history import Operation, RowChange
from .ask import Box
from .base import Answer, Dialog
from .help import Lines, Sheet, hang
from .keys import bindings
from .picker import MOVES, Movable, Moves
from .widgets.cells import fit
from .widgets.change_words import EVENTS, after, arrow, before, label, thing

_WIDTH = 70
"""Columns of the page that shows what changed."""
_LABEL = 15
"""Cells of the names of fields."""


def change_lines(changes: Sequence[RowChange], all_rows: int, width: int) -> Lines:
    """What was changed, row by row: what, whose where there are several customers, and each field before and after.
    `all_rows` is how many rows the operation changed, if not all of them were read."""
    several = len({change.customer for change in changes} - {""}) > 1
    lines = [line for change in changes for line in _row_lines(change, width, several)][:-1]
    if all_rows > history.MOST_CHANGES:
        more = _("These are the first {n} of {all} rows.").format(n=history.MOST_CHANGES, all=all_rows)
        lines += [Content(""), Content.styled(more, "$dim")]
    return lines or [Content.styled(_("Only bookkeeping changed."), "$dim")]


def _row_lines(change: RowChange, width: int, several: bool) -> Iterator[Content]:
    what = _(EVENTS[change.event]).format(what=thing(change))
    whose = f"  {visible(change.customer)}" if several else ""
    tags = [f"  #{after(change, f) or before(change, f)}" for f in change.fields if change.what == "customer_tag"]
    yield from Content.assemble((what, "bold"), *tags, (whose, "$dim")).wrap(width)
    for field in () if tags and change.event != "changed" else change.fields:
        name = Content.styled("  " + fit(label(change, field), _LABEL), "$dim")
        if change.event == "changed":
            value = arrow(change, field)
        else:
            value = Content.styled(after(change, field) or before(change, field),
                                   "" if change.event == "added" else "$dim strike")  # fmt: skip
        yield from hang(name, value, width)
    yield Content("")


def inverse(changes: Sequence[RowChange]) -> list[RowChange]:
    """What taking these changes back does, the last one first."""
    events = {"added": "removed", "removed": "added", "changed": "changed"}
    return [
        replace(
            change,
            event=events[change.event],
            fields=tuple(replace(field, old=field.new, new=field.old) for field in change.fields),
        )
        for change in reversed(changes)
    ]


class ChangePage(Moves, Dialog[Answer]):
    """A page of changes in a frame."""

    CSS_PATH = ["ask.tcss", "help.tcss", "changes.tcss"]

    def __init__(self, title: str, keys: str, operation: Operation, changes: Sequence[RowChange]) -> None:
        super().__init__()
        self._title = title
        self._keys = keys
        self._operation = operation
        self._changes = changes

    def compose(self) -> ComposeResult:
        """When and who, then row by row."""
        at = self._operation.at.astimezone()
        with Box(self._title, self._keys) as box:
            box.styles.height = len(self._lines(_WIDTH)) + 6
            head = f"{full_date(at.date())} {at:%H:%M} · {self._operation.actor}"
            yield Static(Content.styled(visible(head), "$dim"), id="when")
            yield Sheet(self._lines)
            yield Static(id="status", markup=False)

    def movable(self) -> Movable:
        """The sheet scrolls."""
        return self.query_one(Sheet)

    def _lines(self, width: int) -> Lines:
        return change_lines(self._changes, self._operation.changes, width)


class Changes(ChangePage[None]):
    """What one operation changed, field by field."""

    BINDINGS = bindings((*MOVES, "open", "back"))

    def __init__(self, operation: Operation, changes: Sequence[RowChange]) -> None:
        super().__init__(tell(operation.label), _("↑ ↓ PgDn scroll · Esc close"), operation, changes)

    def do_open(self) -> None:
        """Enter closes: there is nothing to choose."""
        self.dismiss(None)

    def do_back(self) -> None:
        """Close."""
        self.dismiss(None)


class PutBack(ChangePage[bool]):
    """Asks whether an operation is to be turned round, showing what that puts back. Answers True, or None."""

    BINDINGS = bindings((*MOVES, "open", "back"))

    def __init__(self, question: str, operation: Operation, changes: Sequence[RowChange]) -> None:
        super().__init__(question, _("Enter do it · Esc leave it"), operation, inverse(changes))

    def do_open(self) -> None:
        """Enter: yes."""
        self.dismiss(True)

    def do_back(self) -> None:
        """Esc: no."""
        self.dismiss(None)
