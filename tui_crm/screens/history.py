"""Every operation, newest first: who did what and when, what exactly changed, and taking the last one back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from ..domain.fields import BY_NAME
from ..domain.messages import N_
from ..domain.text import visible
from ..i18n import WORDS, _, short_date, tell, word
from ..usecases import history
from ..usecases.history import FieldChange, Operation, RowChange, Value
from ..usecases.session import Session
from .ask import Box
from .base import CrmScreen, Dialog
from .help import Help, Lines, Sheet, hang
from .keys import bindings
from .picker import MOVES, Movable, Moves
from .widgets.cells import fit
from .widgets.rowlist import Cells, RowList

PAGE = 100
"""Operations read at first; more are read as the cursor comes to the end."""

SIDE_FROM = 60
"""Columns from which there is room for who did it and how many rows it changed."""

WIDTH = 70
"""Columns of the page that shows what changed."""

COMMANDS = (*MOVES, "open", "back", "undo", "redo", "help")


class HistoryScreen(Moves, CrmScreen):
    """The list of operations."""

    CSS_PATH = "history.tcss"
    BINDINGS = bindings(COMMANDS)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._limit = PAGE
        self._time_width = 0

    def compose(self) -> ComposeResult:
        """Head, list, what was done just now, keys."""
        yield Static(Content.styled(_("History"), "bold"), id="head")
        yield RowList(self._draw)
        yield Static(id="status", markup=False)
        yield Static(_("Enter what changed · u undo the last · U redo · Esc back"), id="keys", markup=False)

    def on_mount(self) -> None:
        """The newest first."""
        self.query_one(RowList).focus()
        self._read(0)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Read on at the end."""
        if event.index == self._limit - 1:
            self._limit *= 2
            self._read(event.index)

    def on_row_list_chosen(self) -> None:
        """A double click."""
        self.do_open()

    def do_open(self) -> None:
        """Show what the operation under the cursor changed."""
        operation = self.query_one(RowList).current
        if isinstance(operation, Operation):
            self.app.push_screen(Changes(operation, history.changes(self.session, operation.id)))

    def do_undo(self) -> None:
        """Take back the last operation, wherever the cursor is."""
        undone = history.undo(self.session)
        self._read(0)
        self.say(_("Undone: {what}").format(what=tell(undone.label)))

    def do_redo(self) -> None:
        """Bring back what was undone last."""
        redone = history.redo(self.session)
        self._read(0)
        self.say(_("Redone: {what}").format(what=tell(redone.label)))

    def do_help(self) -> None:
        """All keys, those of this screen first."""
        self.app.push_screen(Help(_("History"), COMMANDS))

    def do_back(self) -> None:
        """Back to where it was opened."""
        self.dismiss(None)

    def _read(self, cursor: int) -> None:
        operations = history.operations(self.session, self._limit)
        self._time_width = max(
            (cell_len(_when(operation.at, self.session.today)) for operation in operations), default=0
        )
        self.query_one(RowList).show(operations, cursor)
        if not operations:
            self.say(_("Nothing has been done in this book yet."))

    def _draw(self, row: object, width: int, _here: bool) -> Cells:
        assert isinstance(row, Operation)
        look = "gone" if row.undone else "plain" if row.kind == "do" else "dim"
        time = f" {fit(_when(row.at, self.session.today), self._time_width)} "
        mark = "↶ " if row.undone else "  "
        side = f" {fit(row.actor, 10)}{fit(str(row.changes), 6, right=True)} " if width >= SIDE_FROM else ""
        what = fit(tell(row.label), max(1, width - cell_len(time + mark + side)))
        return [(time, "dim"), (mark, "accent"), (what, look), (side, "dim")]


class Changes(Moves, Dialog[None]):
    """What one operation changed, field by field."""

    CSS_PATH = ["ask.tcss", "help.tcss", "history.tcss"]
    BINDINGS = bindings((*MOVES, "open", "back"))

    def __init__(self, operation: Operation, changes: list[RowChange]) -> None:
        super().__init__()
        self._operation = operation
        self._changes = changes
        self._several = len({change.customer for change in changes} - {""}) > 1

    def compose(self) -> ComposeResult:
        """When and who, then row by row."""
        at = self._operation.at.astimezone()
        with Box(tell(self._operation.label), _("↑ ↓ PgDn scroll · Esc close")) as box:
            box.styles.height = len(self._lines(WIDTH)) + 6
            head = f"{short_date(at.date())} {at:%Y %H:%M} · {self._operation.actor}"
            yield Static(Content.styled(visible(head), "$dim"), id="when")
            yield Sheet(self._lines)
            yield Static(id="status", markup=False)

    def movable(self) -> Movable:
        """The sheet scrolls."""
        return self.query_one(Sheet)

    def do_open(self) -> None:
        """Enter closes: there is nothing to choose."""
        self.dismiss(None)

    def do_back(self) -> None:
        """Close."""
        self.dismiss(None)

    def _lines(self, width: int) -> Lines:
        lines = [line for change in self._changes for line in self._row_lines(change, width)][:-1]
        if self._operation.changes > history.MOST_CHANGES:
            more = _("These are the first {n} of {all} rows.")
            more = more.format(n=history.MOST_CHANGES, all=self._operation.changes)
            lines += [Content(""), Content.styled(more, "$dim")]
        return lines or [Content.styled(_("Only bookkeeping changed."), "$dim")]

    def _row_lines(self, change: RowChange, width: int) -> Iterator[Content]:
        what = _(_EVENTS[change.event]).format(what=_(_TABLES[change.what]))
        whose = f"  {visible(change.customer)}" if self._several else ""
        tag = next((f"  #{field.new or field.old}" for field in change.fields if field.field == "tag"), "")
        yield from Content.assemble((what, "bold"), visible(tag), (whose, "$dim")).wrap(width)
        for field in () if tag else change.fields:
            yield from hang(Content.styled("  " + fit(_label(change, field), 14), "$dim"), _both(change, field), width)
        yield Content("")


_EVENTS = {"added": N_("{what} added"), "changed": N_("{what} changed"), "removed": N_("{what} taken off")}
_TABLES = {
    "customer": N_("Customer"),
    "contact": N_("Contact"),
    "reach": N_("Address"),
    "activity": N_("Log entry"),
    "next_step": N_("Next step"),
    "customer_tag": N_("Tag"),
    "quote": N_("Quote"),
    "sample": N_("Sample"),
}
_LABELS = {
    "lost_reason": N_("Why lost"),
    "paused_until": N_("Paused until"),
    "archived": N_("Archived"),
    "custom": N_("More fields"),
    "position": N_("Position"),
    "value": N_("Address"),
    "happened_at": N_("When"),
    "channel": N_("Channel"),
    "note": N_("What"),
    "outcome": N_("Outcome"),
    "contact": N_("Contact"),
    "due_on": N_("Due"),
    "action": N_("What to do"),
    "reason": N_("Reason"),
    "status": N_("Status"),
    "price": N_("Price"),
    "incoterm": N_("Incoterm"),
    "place": N_("Place"),
    "unit": N_("Unit"),
    "moq": N_("MOQ"),
    "product": N_("Product"),
    "specs": N_("Specs"),
    "courier": N_("Courier"),
    "tracking": N_("Tracking no."),
    "shipped_on": N_("Shipped"),
    "arrived_on": N_("Arrived"),
    "feedback": N_("Feedback"),
}
_CODES = {"status": {"open": N_("open"), "done": N_("done"), "moved": N_("moved")}, "archived": {"1": N_("yes")}}


def _label(change: RowChange, field: FieldChange) -> str:
    """The name of a field: a person's name is no company, and what kind an address is of says its vocabulary."""
    if change.what == "contact" and field.field == "name":
        return _("Name")
    known = BY_NAME.get(field.field)
    return _(known.label) if known else _(_LABELS.get(field.field, field.field))


def _both(change: RowChange, field: FieldChange) -> Content:
    """Before and after; a row that is new or gone has only the one."""
    old, new = _shown(change, field.field, field.old), _shown(change, field.field, field.new)
    if change.event == "added":
        return Content(new)
    if change.event == "removed":
        return Content.styled(old, "$dim strike")
    return Content.assemble((old or "–", "$dim strike" if old else "$dim"), ("  →  ", "$accent"), new or "–")


def _shown(change: RowChange, field: str, value: Value) -> str:
    if isinstance(value, datetime):
        at = value.astimezone()
        return f"{short_date(at.date())} {at:%H:%M}"
    if isinstance(value, date):
        return short_date(value)
    if field in _CODES:
        return _(_CODES[field].get(value, value))
    vocabulary = "reach" if (change.what, field) == ("reach", "kind") else field
    return visible(word(vocabulary, value) if value and vocabulary in WORDS else value)


def _when(at: datetime, today: date) -> str:
    """The local time of an operation; the day too if it was not today."""
    local = at.astimezone()
    if local.date() == today:
        return f"{local:%H:%M}"
    if local.year == today.year:
        return f"{short_date(local.date())} {local:%H:%M}"
    return f"{local:%Y-%m-%d %H:%M}"
