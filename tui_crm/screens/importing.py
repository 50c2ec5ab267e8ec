"""Bringing in a sheet: choose the file, look at what would happen, say what was taken wrongly, bring it in, take it back."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ..domain.text import visible
from ..exchange.json_book import is_json
from ..i18n import _, ngettext, tell
from ..keys_in_force import key_while_typing, keyed
from ..usecases import cards, history, importing
from ..usecases.session import Session
from .book_import import bring_in
from .import_choosing import Choosing
from .import_keys import CHOOSING, KEYS
from .import_lines import View, about_note, counts, draw_customer, draw_note, rows_of, views_of
from .import_work import ImportWork
from .keys import bindings, bound
from .picker import MOVES, Moves
from .widgets.filechooser import FileChooser
from .widgets.keybar import KeyBar
from .widgets.rowlist import Cells, RowList
from .widgets.sheet_files import typed_path

if TYPE_CHECKING:
    from ..exchange.mapping import Choices
    from ..exchange.plan import Plan

_BAR = 40
_COMMANDS = (*MOVES, "open", "back", "undo", "help", "quit")


class Phase(Enum):
    """Where the import stands; also the class that the screen wears."""

    FILE = "file"
    READING = "reading"
    PREVIEW = "preview"
    WRITING = "writing"
    DONE = "done"


class ImportScreen(Moves, Choosing):
    """One way through five phases; Esc goes one back, and nothing is written before the preview was accepted."""

    CSS_PATH = "importing.tcss"
    OWN_KEYS = KEYS
    BINDINGS = [
        *bindings(_COMMANDS),
        *bound(CHOOSING),
        ("tab", "turn(1)", ""),
        ("shift+tab", "turn(-1)", ""),
        ("right", "scroll(1)", ""),
        ("left", "scroll(-1)", ""),
    ]

    def __init__(self, session: Session, path: str = "") -> None:
        super().__init__(session)
        self._path = path
        self._phase = Phase.FILE
        self._work = ImportWork(self, session)
        self._view = View.ALL

    # What is on the screen -----------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Head, the line for the path, progress, list, the one in hand."""
        yield Static(id="head", markup=False)
        yield FileChooser(self._path, id="file")
        yield Static(id="progress", markup=False)
        yield Static(id="counts", markup=False)
        yield Static(id="found", markup=False)
        yield RowList(self._draw, id="list")
        with VerticalScroll(id="about", can_focus=False):
            yield Static(id="details", markup=False)
        yield Static(id="status", markup=False)
        yield KeyBar()

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
        name = "" if self._phase is Phase.FILE else visible(self.file.name)
        return Content.assemble((" " + _("Import"), "bold"), f"  {name}")

    def _keys(self) -> str:
        return {
            Phase.FILE: keyed(
                _("↑↓ choose · Tab complete · Enter read · {help} help · Esc back"),
                help=key_while_typing("help"),
            ),
            Phase.READING: _("Esc stop"),
            Phase.PREVIEW: keyed(
                _("Enter bring in · Space out · c columns · s sheets · {help} all keys · Esc back"), "help"
            ),
            Phase.WRITING: _("Esc stop; nothing is changed then"),
            Phase.DONE: keyed(_("Enter to the list · {undo} undo all of it · R write the report"), "undo"),
        }[self._phase]

    def _draw(self, row: object, width: int, _here: bool) -> Cells:
        from ..exchange.planned import PlannedCustomer

        if not isinstance(row, PlannedCustomer):
            return draw_note(row, width)  # type: ignore[arg-type]  # the other thing that is listed
        told = 0 if row.where in self.left_out else self.told.get(row.where, 0)
        sign = ("✓" if self.takes_trade(row) else "?") if told else ""
        return draw_customer(row, width, row.where in self.left_out, f" {sign} {told}$ " if told else "")

    def movable(self) -> RowList:
        """The list of the preview."""
        return self.query_one("#list", RowList)

    def say(self, text: str, wrong: bool = False) -> None:
        """Show one sentence, on as many lines as it needs."""
        super().say(text, wrong)
        self.query_one("#status", Static).refresh(layout=True)

    def on_file_chooser_advised(self, event: FileChooser.Advised) -> None:
        """What the chooser has to say."""
        if self._phase is Phase.FILE:
            self.say(event.text)

    def on_file_chooser_chosen(self, event: FileChooser.Chosen) -> None:
        """Read the file."""
        self._read(event.path)

    # Reading and writing, beside the screen ------------------------------------------------------------------------

    def _read(self, file: Path) -> None:
        if is_json(file):
            bring_in(self, file)
            return
        from ..exchange.mapping import Choices

        self.file, self.choices = file, Choices()
        self.left_out = self.taken = frozenset()
        self.all_trade = False
        self._start_reading()
        self._work.read(file, self.choices)

    def _start_reading(self) -> None:
        self._enter(Phase.READING)
        self._show_progress(_("Reading …"))
        self.say("")

    def plan_anew(self, choices: Choices) -> None:
        """Go on with other choices, if they are others."""
        if choices != self.choices:
            self.choices = choices
            self._start_reading()
            self._work.plan(self.tables, choices)

    def on_import_work_progressed(self, event: ImportWork.Progressed) -> None:
        """Show how far it is."""
        if self._phase is Phase.READING:
            text = _("Comparing with the book …") if event.compares else _("Reading …")
            self._show_progress(text, event.count, event.total, event.words)
        elif self._phase is Phase.WRITING:
            self._show_progress(_("Bringing in …"), event.count, event.total, event.words)

    def _show_progress(self, text: str, count: int = 0, total: int = 0, words: str = "") -> None:
        done = round(_BAR * min(1.0, count / total)) if total else 0
        full, rest = ("━" * done, "━" * (_BAR - done)) if total else ("", "")
        bar = Content.assemble(text, "\n", (full, "$success"), (rest, "$panel"), (f" {words}", "$dim"))
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
        """Show what would happen; ask what cannot be told."""
        self.plan, self.tables, self.told = event.plan, event.tables, {}
        self._view = View.ALL
        self._enter(Phase.PREVIEW)
        self._show_plan()
        self._advise(event.plan)
        self._work.look_for_trade(event.plan)
        self.ask_for_dates()

    def on_import_work_told(self, event: ImportWork.Told) -> None:
        """Offer the trade that notes tell of."""
        if event.plan is self.plan and event.counts:
            self.told = event.counts
            self.show_found()
            self.movable().redraw()
            self.show_details(self.movable().current)

    def _advise(self, plan: Plan) -> None:
        if plan.unclear_dates:
            sheet, header = plan.unclear_dates[0]
            asked = _("{sheet}, {header}: dates can be read two ways; d says how they are meant.")
            self.say(asked.format(sheet=sheet, header=header), wrong=True)
        elif not plan.customers:
            reason = next((sheet.reason for sheet in plan.sheets if sheet.reason), None)
            why = tell(reason) if reason else _("There is no customer in this file.")
            self.say(_("{why} s says where the headers stand, c what the columns hold.").format(why=why), wrong=True)
        elif self._nothing_new(plan):
            self.say(_("All of it is in the book already."))
        else:
            self.say("")

    def _show_plan(self) -> None:
        plan = self.plan
        assert plan is not None
        self.query_one("#counts", Static).update(counts(plan, self._view))
        self.show_found()
        self.movable().show(rows_of(plan, self._view))

    def action_turn(self, by: int) -> None:
        """Tab: all customers, new, updated, unchanged, what was not taken as it stands, and round again."""
        if self._phase is Phase.PREVIEW and self.plan is not None:
            views = views_of(self.plan)
            self._view = views[(views.index(self._view) + by) % len(views)]
            self._show_plan()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Show the one in hand in full."""
        if self._phase is Phase.PREVIEW:
            self.show_details(event.row)

    def show_details(self, row: object | None) -> None:
        """Show a customer or a note in full."""
        from ..exchange.planned import PlannedCustomer
        from .import_details import details

        pane = self.query_one("#details", Static)
        if isinstance(row, PlannedCustomer):
            told = importing.told_trade(self.session, row) if self.told.get(row.where) else ()
            before = cards.existing(self.session, row.existing) if row.existing else None
            width = max(20, self.size.width - 3)
            out = row.where in self.left_out
            pane.update(details(row, before, told, width, takes_trade=self.takes_trade(row), left_out=out))
        else:
            pane.update("" if row is None else about_note(row))  # type: ignore[arg-type]  # the other thing that is listed
        self.query_one("#about").scroll_home(animate=False)

    def action_scroll(self, by: int) -> None:
        """→ and ←: more of the one in hand."""
        pane = self.query_one("#about")
        pane.scroll_relative(y=by * max(1, pane.size.height - 1), animate=False)

    def _nothing_new(self, plan: Plan) -> bool:
        return plan.count("same") == len(plan.customers)

    def can_choose(self) -> bool:
        """Whether the preview is shown; says so where it was accepted already."""
        if self._phase is Phase.DONE:
            self.say(keyed(_("It is in the book already; {undo} takes it back."), "undo"))
        return self._phase is Phase.PREVIEW

    def has_report(self) -> bool:
        """Whether there is something to report of."""
        return self._phase in (Phase.PREVIEW, Phase.DONE)

    # Commands ------------------------------------------------------------------------------------------------------

    def do_open(self) -> None:
        """Enter: bring it in; afterwards, back to the list."""
        if self._phase is Phase.DONE:
            self.app.pop_screen()
        elif self._phase is Phase.PREVIEW and self.plan is not None:
            plan = self.plan
            assert self.choices is not None
            if self.ask_for_dates():
                return
            if not plan.customers or self._nothing_new(plan):
                self._advise(plan)
            else:
                self._enter(Phase.WRITING)
                self._show_progress(_("Bringing in …"))
                self._work.write(plan, self.choices, self.agreed())

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
                *([ngettext("{n} entry", "{n} entries", done.entries)] if done.entries else []),
                *([ngettext("{n} record of trade", "{n} records of trade", done.records)] if done.records else []),
            )
        )
        assert self.plan is not None
        notes = len(self.plan.notes) + len(self.left_out)
        left = ngettext("{n} place was not taken as it stands; R writes the report.",
                        "{n} places were not taken as they stand; R writes the report.", notes) if notes else ""  # fmt: skip
        self._enter(Phase.DONE)
        self.query_one("#progress", Static).update(
            Content.assemble(("✓ ", "$success bold"), (_("{what} brought in").format(what=said), "bold"),
                             "\n\n", (keyed(_("{undo} takes all of it back, now or later; Enter goes to the list."), "undo"), "$dim"),
                             "\n", (left, "$dim"))
        )  # fmt: skip

    def do_undo(self) -> None:
        """Take the whole import back."""
        if self._phase is Phase.DONE:
            from .working import aside

            def undone(_operation: history.Operation) -> None:
                self._enter(Phase.FILE)
                self.say(_("Undone: nothing of the file is left in the book."))

            quick = not history.is_large(self.session)
            aside(self, _("Undo"), lambda: history.undo(self.session), undone, quick=quick)
        elif self._phase is Phase.PREVIEW:
            self.say(_("Nothing has been brought in yet, so there is nothing to undo."))

    def do_quit(self) -> None:
        """Leave the program."""
        self.app.exit()
