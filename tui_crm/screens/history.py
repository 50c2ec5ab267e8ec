"""Every operation, newest first: who did what and when, what exactly changed, and taking any one back."""

from __future__ import annotations

from datetime import date, datetime

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Label, Static

from ..domain.messages import Message
from ..domain.text import fold, visible
from ..domain.values import Customer
from ..i18n import _, short_date, tell
from ..keys_in_force import keyed
from ..usecases import history
from ..usecases.history import Operation
from ..usecases.session import Session
from .base import CrmScreen
from .changes import Changes, PutBack, change_lines
from .help import Lines, Sheet
from .keys import bindings
from .picker import MOVES, Moves
from .safety import own
from .widgets.cells import fit
from .widgets.keybar import KeyBar
from .widgets.rowlist import Cells, RowList
from .widgets.stepping import SteppingList
from .widgets.typing import OneLine

PAGE = 100
"""Operations read at first, and more at a time as the cursor comes to the end."""
ACTOR_FROM = 60
"""Columns of the list from which there is room for who did it and how many rows it changed."""
SIDE_FROM = 110
"""Columns of the screen from which what changed stands beside the list."""

_PAUSE = 0.08
"""Seconds without a key before the search runs."""

COMMANDS = (*MOVES, "open", "back", "undo", "redo", "search", "filter", "help")


class OperationList(SteppingList):
    """Operations under the days they were done on; the cursor passes over the days."""

    def stops(self, row: object) -> bool:
        """Only on an operation."""
        return isinstance(row, Operation)

    def _keep_in_sight(self) -> None:
        super()._keep_in_sight()
        if self.cursor == 1:  # with its day above it
            self.scroll_to(y=0, animate=False, immediate=True)


class HistoryScreen(Moves, CrmScreen):
    """The list of operations, of one customer or of the whole book."""

    CSS_PATH = ["help.tcss", "history.tcss"]
    BINDINGS = bindings(COMMANDS)

    def __init__(self, session: Session, customer: Customer | None = None) -> None:
        super().__init__(session)
        self._customer = customer
        self._of_one = customer is not None
        self._sought = ""
        self._timer: Timer | None = None
        self._looked_at = 0
        self._operations: list[Operation] = []
        self._more = False

    def compose(self) -> ComposeResult:
        """Head, list and what changed, a line to search with, what was done just now, keys."""
        yield Static(id="head")
        with Horizontal(id="body"):
            yield OperationList(self._draw)
            side = Sheet(self._side)
            side.id = "side"
            side.can_focus = False
            yield side
        with Horizontal(id="find"):
            yield Label("/")
            yield OneLine("", _("a customer, a word, a name, a day"))
        yield Static(id="status", markup=False)
        keys = _("Enter what changed · {undo} undo this · {redo} bring back · {search} find · Esc back")
        yield KeyBar(own(keyed(keys, "undo", "redo", "search")))

    def on_mount(self) -> None:
        """The newest first."""
        self.query_one(OneLine).disabled = True
        self._list.focus()
        self._read()

    def on_resize(self, event: events.Resize) -> None:
        """What changed stands beside the list where there is room."""
        self.set_class(event.size.width < SIDE_FROM, "narrow")

    @property
    def _list(self) -> OperationList:
        return self.query_one(OperationList)

    @property
    def _here(self) -> Operation | None:
        row = self._list.current
        return row if isinstance(row, Operation) else None

    # Moving --------------------------------------------------------------------------------------------------------

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Show what changed; read on at the end."""
        self.query_one("#side", Sheet).lay_out()
        if self._more and event.index >= len(self._list.rows) - 1:
            self._read_on()

    def on_row_list_chosen(self) -> None:
        """A double click."""
        self.do_open()

    def do_open(self) -> None:
        """Show what the operation under the cursor changed."""
        if self._here is not None:
            self.app.push_screen(Changes(self._here, history.changes(self.session, self._here.id)))

    def do_back(self) -> None:
        """Out of the search, then back to where it was opened."""
        if self.has_class("finding"):
            self._close_search()
        else:
            self.dismiss(None)

    # Taking back ---------------------------------------------------------------------------------------------------

    def do_undo(self) -> None:
        """Take back the operation under the cursor; one that is not the last after a question. An undo is taken back by
        bringing back what it took."""
        here = self._here
        if here is None:
            history.undo(self.session)  # says why not
            return
        history.check_undo(self.session, here.id)
        if history.is_last(self.session, here.id):
            self._undo(here)
            return
        question = _("Bring back “{what}”?") if here.kind == "undo" else _("Undo “{what}”?")
        question = question.format(what=_own(here))
        changes = history.changes(self.session, here.id)
        self.ask(PutBack(question, here, changes), lambda _yes: self._undo(here))

    def _undo(self, operation: Operation) -> None:
        undone = history.undo(self.session, operation.id)
        self._read(operation.id)
        words = _("Redone: {what}") if operation.kind == "undo" else _("Undone: {what}")
        self.say(words.format(what=tell(undone.label)))

    def do_redo(self) -> None:
        """Bring back the operation under the cursor, if it is undone or an undo, else what was undone last."""
        here = self._here
        chosen = here is not None and (here.undone or here.kind == "undo")
        redone = history.redo(self.session, here.id if here is not None and chosen else None)
        self._read(here.id if here else None)
        self.say(_("Redone: {what}").format(what=tell(redone.label)))

    # What is listed ------------------------------------------------------------------------------------------------

    def do_filter(self) -> None:
        """One customer, or the whole book."""
        if self._customer is None:
            words = _("This is the whole book. {history} on a customer's card shows that customer's history.")
            self.say(keyed(words, "history"))
            return
        self._of_one = not self._of_one
        self._read(self._here.id if self._here else None)

    def do_search(self) -> None:
        """Type what to look for; the list follows."""
        self.add_class("finding")
        line = self.query_one(OneLine)
        line.disabled = False
        line.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what holds the words typed, once the typing rests."""
        event.stop()
        self._sought = event.value
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_PAUSE, self._read)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: on to the result."""
        event.stop()
        self._list.focus()

    def on_key(self, event: events.Key) -> None:
        """The arrow down leads from the search to the result."""
        if event.key == "down" and self.query_one(OneLine).has_focus:
            event.stop()
            self._list.focus()

    def _close_search(self) -> None:
        line = self.query_one(OneLine)
        self._list.focus()
        self.remove_class("finding")
        line.value, line.disabled = "", True

    def _read(self, at: int | None = None) -> None:
        """List anew, with the cursor on the operation `at` if that is among them."""
        self._operations, self._more = [], True
        self._add_page()
        while at is not None and self._more and self._operations[-1].id > at:
            self._add_page()
        self._show(at)
        self._show_head()
        self.say("" if self._operations and self._looked_at < history.MOST_SEARCHED else self._nothing())

    def _read_on(self) -> None:
        here = self._here
        self._add_page()
        self._show(here.id if here else None)

    def _add_page(self) -> None:
        before = self._operations[-1].id if self._operations else None
        customer = self._customer.id if self._customer and self._of_one else None
        keep = self._fits if self._sought.strip() else None
        self._looked_at = 0
        page = history.operations(self.session, PAGE, customer, before, keep)
        self._operations += page
        self._more = len(page) == PAGE

    def _show(self, at: int | None) -> None:
        rows: list[Operation | date] = []
        day = None
        for operation in self._operations:
            if (done_on := operation.at.astimezone().date()) != day:
                rows.append(day := done_on)
            rows.append(operation)
        cursor = next((n for n, row in enumerate(rows) if isinstance(row, Operation) and row.id == at), 1)
        self._list.show(rows, cursor)

    def _fits(self, label: Message, actor: str, at: datetime) -> bool:
        self._looked_at += 1
        day = at.astimezone().date()
        text = fold(f"{tell(label)} {actor} {short_date(day)} {day.isoformat()}")
        return all(word in text for word in fold(self._sought).split())

    def _nothing(self) -> str:
        if self._looked_at >= history.MOST_SEARCHED:
            return _("Only the newest {n} operations were looked at.").format(n=f"{history.MOST_SEARCHED:,}")
        if self._sought.strip():
            return _("No operation holds “{text}”.").format(text=visible(self._sought))
        return _("Nothing has been done in this book yet.")

    # Drawing -------------------------------------------------------------------------------------------------------

    def _show_head(self) -> None:
        whose: list[tuple[str, str]] = []
        if self._customer is not None:
            name = visible(self._customer.name) if self._of_one else _("the whole book")
            other = _("the whole book") if self._of_one else visible(self._customer.name)
            whose = [(f"  {name}", ""), ("   f ", "bold $accent"), (other, "$dim")]
        self.query_one("#head", Static).update(Content.assemble((_("History"), "bold"), *whose))

    def _draw(self, row: object, width: int, _here: bool) -> Cells:
        if isinstance(row, date):
            return [(fit(f" {_day(row, self.session.today)}", width), "accent")]
        assert isinstance(row, Operation)
        look = "gone" if row.undone else "plain" if row.kind == "do" else "dim"
        time = f"  {row.at.astimezone():%H:%M} "
        mark = "↶ " if row.undone else "  "
        side = f" {fit(row.actor, 10)}{fit(str(row.changes), 6, right=True)} " if width >= ACTOR_FROM else ""
        what = fit(tell(row.label), max(1, width - cell_len(time + mark + side)))
        return [(time, "dim"), (mark, "accent"), (what, look), (side, "dim")]

    def _side(self, width: int) -> Lines:
        """What the operation under the cursor changed."""
        if self._here is None or self.has_class("narrow"):
            return []
        changes = history.changes(self.session, self._here.id)
        return change_lines(changes, self._here.changes, width)


def _own(operation: Operation) -> str:
    """What a user did in the first place."""
    own = operation.label.values.get("what")
    return tell(own if operation.kind != "do" and isinstance(own, Message) else operation.label)


def _day(day: date, today: date) -> str:
    return f"{short_date(day)} · {_('today')}" if day == today else short_date(day)
