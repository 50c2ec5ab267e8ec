"""Bringing in a sheet: choose the file, look at what would happen, bring it in, take it back if it was wrong."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from ..domain.text import visible
from ..i18n import _, ngettext, tell
from ..usecases import history
from ..usecases.session import Session
from .base import CrmScreen
from .import_lines import ABOUT, DRAW, ROWS, View, counts
from .import_work import ImportWork
from .keys import bindings
from .picker import Moves
from .widgets.filechooser import FileChooser
from .widgets.rowlist import Cells, RowList
from .widgets.sheet_files import typed_path

if TYPE_CHECKING:
    from ..exchange.days import Order
    from ..exchange.plan import Plan

_BAR = 40


class Phase(Enum):
    """Where the import stands; also the class that the screen wears."""

    FILE = "file"
    READING = "reading"
    PREVIEW = "preview"
    WRITING = "writing"
    DONE = "done"


class ImportScreen(Moves, CrmScreen):
    """One way through five phases; Esc goes one back, and nothing is written before the preview was accepted."""

    CSS_PATH = "importing.tcss"
    BINDINGS = [
        *bindings(("down", "up", "page_down", "page_up", "first", "last", "open", "back", "undo", "quit")),
        ("tab", "turn", ""),
        ("d", "read_dates('dmy')", ""),
        ("1", "read_dates('dmy')", ""),
        ("m", "read_dates('mdy')", ""),
        ("2", "read_dates('mdy')", ""),
    ]

    def __init__(self, session: Session, path: str = "") -> None:
        super().__init__(session)
        self._path = path
        self._file = Path()
        self._phase = Phase.FILE
        self._work = ImportWork(self, session)
        self._plan: Plan | None = None
        self._view = View.CUSTOMERS

    # What is on the screen -----------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Head, the line for the path, progress, list, the one in hand."""
        yield Static(id="head", markup=False)
        yield FileChooser(self._path, id="file")
        yield Static(id="progress", markup=False)
        yield Static(id="counts", markup=False)
        yield RowList(self._draw, id="list")
        yield Static(id="about", markup=False)
        yield Static(id="status", markup=False)
        yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        """Ask for the file, or read the one that was named."""
        self._enter(Phase.FILE)
        if self._path:
            self._read(typed_path(self._path))

    def on_unmount(self) -> None:
        """Left: what is being read is of no use any more."""
        self._work.stop()

    def _enter(self, phase: Phase) -> None:
        """Show a phase."""
        self._phase = phase
        for one in Phase:
            self.set_class(one is phase, one.value)
        self.query_one("#head", Static).update(self._head())
        self.query_one("#keys", Static).update(Content(" " + self._keys()))
        listed = self.query_one("#list", RowList)
        if phase is Phase.FILE:
            self.query_one(FileChooser).grab()
        elif phase is Phase.PREVIEW:
            listed.focus()
        else:
            self.set_focus(None)

    def _head(self) -> Content:
        name = "" if self._phase is Phase.FILE else visible(self._file.name)
        return Content.assemble((" " + _("Import"), "bold"), f"  {name}")

    def _keys(self) -> str:
        return {
            Phase.FILE: _("↑↓ choose · Tab complete · Enter read · Esc back"),
            Phase.READING: _("Esc stop"),
            Phase.PREVIEW: _("Enter bring in · Tab notes, sheets · ↑↓ look through · Esc another file"),
            Phase.WRITING: _("Esc stop; nothing is changed then"),
            Phase.DONE: _("Enter to the list · u undo all of it"),
        }[self._phase]

    def _draw(self, row: object, width: int, _here: bool) -> Cells:
        return DRAW[self._view](row, width)

    def movable(self) -> RowList:
        """The list of the preview."""
        return self.query_one("#list", RowList)

    def on_file_chooser_advised(self, event: FileChooser.Advised) -> None:
        """What the chooser has to say."""
        if self._phase is Phase.FILE:
            self.say(event.text)

    def on_file_chooser_chosen(self, event: FileChooser.Chosen) -> None:
        """Read the file."""
        self._read(event.path)

    # Reading and writing, beside the screen ------------------------------------------------------------------------

    def _read(self, file: Path, order: Order | None = None) -> None:
        self._file = file
        self._enter(Phase.READING)
        self._show_progress(_("Reading …"))
        self.say("")
        self._work.read(file, order)

    def on_import_work_progressed(self, event: ImportWork.Progressed) -> None:
        """Show how far it is."""
        if self._phase is Phase.READING:
            self._show_progress(_("Reading … {n} rows").format(n=event.count))
        elif self._phase is Phase.WRITING and self._plan is not None:
            self._show_progress(_("Bringing in …"), event.count, len(self._plan.customers))

    def _show_progress(self, text: str, count: int = 0, total: int = 0) -> None:
        done = round(_BAR * min(1.0, count / total)) if total else 0
        full, rest = ("━" * done, "━" * (_BAR - done)) if total else ("", "")
        numbers = f" {count}/{total}" if total else ""
        bar = Content.assemble(text, "\n", (full, "$success"), (rest, "$panel"), (numbers, "$dim"))
        self.query_one("#progress", Static).update(bar)

    def on_import_work_failed(self, event: ImportWork.Failed) -> None:
        """Back to the file, which stays named."""
        wrote = self._phase is Phase.WRITING
        self._enter(Phase.PREVIEW if wrote else Phase.FILE)
        if event.problem is not None:
            self.refuse(event.problem)
        else:
            self.say(_("Stopped; nothing was changed."))

    # Looking at the plan -------------------------------------------------------------------------------------------

    def on_import_work_read(self, event: ImportWork.Read) -> None:
        """Show what would happen."""
        self._plan, self._view = event.plan, View.CUSTOMERS
        self._enter(Phase.PREVIEW)
        self._show_plan()
        self._ask_or_advise(event.plan)

    def _ask_or_advise(self, plan: Plan) -> None:
        if plan.unclear_dates:
            sheet, header = plan.unclear_dates[0]
            self.say(
                _("{sheet}, {header}: is 5/6/2026 the 5th of June (d) or May 6th (m)?").format(
                    sheet=sheet, header=header
                ),
                wrong=True,
            )
        elif not plan.customers:
            unknown = next(iter(plan.notes), None)
            self.say(tell(unknown.message) if unknown else _("There is no customer in this file."), wrong=True)
        elif self._nothing_new(plan):
            self.say(_("All of it is in the book already."))
        else:
            self.say("")

    def _show_plan(self) -> None:
        plan = self._plan
        assert plan is not None
        self.query_one("#counts", Static).update(counts(plan, self._view))
        self.movable().show(ROWS[self._view](plan))

    def action_turn(self) -> None:
        """Tab: customers, notes, sheets, and round again."""
        if self._phase is Phase.PREVIEW:
            views = list(View)
            self._view = views[(views.index(self._view) + 1) % len(views)]
            self._show_plan()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Show the one in hand in full."""
        if self._phase is Phase.PREVIEW:
            about = "" if event.row is None else ABOUT[self._view](event.row)
            self.query_one("#about", Static).update(about)

    def action_read_dates(self, order: Order) -> None:
        """Say whether the day or the month comes first, and read again."""
        if self._phase is Phase.PREVIEW and self._plan is not None and self._plan.unclear_dates:
            self._read(self._file, order)

    def _nothing_new(self, plan: Plan) -> bool:
        return plan.count("same") == len(plan.customers)

    # Commands ------------------------------------------------------------------------------------------------------

    def do_open(self) -> None:
        """Enter: bring it in; afterwards, back to the list."""
        if self._phase is Phase.DONE:
            self.app.pop_screen()
        elif self._phase is Phase.PREVIEW and self._plan is not None:
            plan = self._plan
            if plan.unclear_dates or not plan.customers or self._nothing_new(plan):
                self._ask_or_advise(plan)
            else:
                self._enter(Phase.WRITING)
                self._show_progress(_("Bringing in …"))
                self._work.write(plan)

    def do_back(self) -> None:
        """Esc: one phase back."""
        if self._phase in (Phase.READING, Phase.WRITING):
            self._work.stop()
        elif self._phase is Phase.PREVIEW:
            self._enter(Phase.FILE)
        else:
            self.app.pop_screen()

    def on_import_work_written(self, event: ImportWork.Written) -> None:
        """Say what was done."""
        done = event.applied
        said = " · ".join(
            (
                ngettext("{n} customer", "{n} customers", done.new + done.updated),
                ngettext("{n} entry", "{n} entries", done.entries),
            )
        )
        self._enter(Phase.DONE)
        self.query_one("#progress", Static).update(
            Content.assemble(("✓ ", "$success bold"), (_("{what} brought in").format(what=said), "bold"),
                             "\n\n", (_("u takes all of it back, now or later; Enter goes to the list."), "$dim"))
        )  # fmt: skip

    def do_undo(self) -> None:
        """Take the whole import back."""
        if self._phase is Phase.DONE:
            history.undo(self.session)
            self._enter(Phase.FILE)
            self.say(_("Undone: nothing of the file is left in the book."))

    def do_quit(self) -> None:
        """Leave the program."""
        self.app.exit()
