"""The working list: today's agenda, everyone, or what a search found. Every key works in all of them."""

from __future__ import annotations

import gc

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from ..commands import COMMANDS
from ..domain.messages import Problem
from ..domain.rows import AgendaRow
from ..i18n import _, short_date
from ..keys_in_force import key_of, keyed
from ..usecases import agenda, long_lists
from ..usecases.long_lists import LongList
from ..usecases.session import Session
from .base import CrmScreen
from .columns import Columned
from .customer_commands import ON_CUSTOMER
from .indexing import Indexing
from .keys import bindings, key_line
from .marking import MARKING, Marking
from .moving import MOVING, Moving
from .opening import Opening
from .program_commands import ANYWHERE
from .safety import own
from .searching import Question, Searching, count_words
from .views import Viewing
from .widgets.keybar import KeyBar
from .widgets.lines import CustomerLine, header
from .widgets.rowlist import Cells, RowList

RESTING = 0.03
"""Seconds the cursor stands still before the side pane follows it."""
_BAR, _BAR_FROM = 16, 60
"""Cells of the bar that shows how much is done, and the columns from which it has room."""
SIDE_FROM = 100
"""Columns from which the side pane has room."""


class Covered(Horizontal):
    """Side by side, with nothing of itself in sight."""

    BLANK = True  # Textual would put its lines together for each key, to draw others over them


class AgendaScreen(Opening, Searching, Indexing, Viewing, Columned, Moving, Marking, CrmScreen):
    """The list, its side pane, and the two panels that open over it: quick log and search."""

    BLANK = True  # as in `Covered`
    BINDINGS = bindings(
        (
            *MOVING, *MARKING, "spread", "open", "back", "search", "agenda", "customers",
            "pipeline", "trades", "views", "view_6", "view_7", "view_8", "view_9", "view_0", "columns", "new",
            "edit", "import", "export", "paper", "language", "duplicates", *ON_CUSTOMER, *ANYWHERE,
        )
    )  # fmt: skip

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._line = CustomerLine(session.today, session.now)
        self._done_today = 0
        self._shown_question: Question | None = None
        self._leaving = False
        self._shown = False
        self._seen = session.book_version()
        self._before: tuple[Question | None, int] = (None, 0)  # question and cursor before a search

    # What is on the screen -----------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Head line, column titles, list and side pane, a line to speak on, the keys."""
        yield Static(id="head", markup=False)
        yield Static(id="columns", markup=False)
        with Covered(id="body"):
            yield RowList(self.marked_line(self._draw), id="list")
            yield Static(id="side", markup=False)
        yield Static(id="status", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """The list first; everything slower after the first picture."""
        self._rest: Timer = self.set_interval(RESTING, self._show_side, pause=True)
        self.query_one(RowList).focus()
        self.reload(0)
        self.set_timer(0.1, self._settle)
        self.set_interval(1, self._watch)
        self.set_interval(60, self._tick)

    async def start_over(self, session: Session) -> None:
        """Begin anew: on another book, or in another language."""
        self.stop_reading()
        self.session, self.question = session, None
        self.forget_marks()
        self._line = CustomerLine(session.today, session.now)
        self._seen = session.book_version()
        self._shown = False  # timers do not wait for what we wait for
        await self.recompose()
        self._shown = True
        self.take_focus()
        self.reload(0)
        self.call_after_refresh(self._show_frame)

    def on_screen_resume(self) -> None:
        """Back from another screen: show the book as it is now."""
        if self._shown:
            self.refreshed()
            self.finish_index()

    def on_resize(self, event: events.Resize) -> None:
        """Fold the side pane away below `SIDE_FROM` columns."""
        self.set_class(event.size.width < SIDE_FROM, "narrow")
        if self._shown:
            self.show_count()
        self.call_after_refresh(self._show_frame)

    def _settle(self) -> None:
        """What can wait until the first picture is on the screen."""
        self._shown = True
        gc.freeze()  # what is loaded stays; looking through it again and again would make keys stutter
        gc.enable()
        if not self._list.rows and agenda.book_is_empty(self.session):
            self.begin_book()
        else:
            self._offer_draft()
        self.finish_index()

    def _watch(self) -> None:
        """Another program may have written to the book."""
        version = self.session.book_version()
        if version != self._seen and self._shown:
            self._seen = version
            self.refreshed()

    def _tick(self) -> None:
        self._line.today, self._line.now = self.session.today, self.session.now
        if self._shown:
            self._list.redraw()

    # The list ------------------------------------------------------------------------------------------------------

    @property
    def _list(self) -> RowList:
        return self.query_one("#list", RowList)

    def listed(self) -> RowList:
        """The list."""
        return self._list

    def rows(self) -> LongList:
        """What is listed."""
        rows = self._list.rows
        assert isinstance(rows, LongList)
        return rows

    def target(self) -> AgendaRow | None:
        """The customer under the cursor."""
        row = self._list.current
        return row if isinstance(row, AgendaRow) else None

    def refreshed(self) -> None:
        """Read the list anew; the cursor stays on its line, which after an act is the next customer that needs work."""
        self.reload(self._list.cursor)

    def reload(self, cursor: int) -> None:
        """Read what the screen is about and show it."""
        self._seen = self.session.book_version()
        if self.question is not None:
            self.find_now(cursor)
            return
        self._line.today, self._line.now = self.session.today, self.session.now
        self._done_today = agenda.done_today(self.session)
        self.show_rows(long_lists.due(self.session), cursor)
        if not self.rows() and self._shown and agenda.book_is_empty(self.session):
            self.call_after_refresh(self.explain_empty)
        elif not self.rows():
            words = _("Nobody is due. Well done! {customers} shows everyone, {search} finds, {new} adds a customer.")
            self.say(keyed(words, "customers", "search", "new"))

    def show_rows(self, rows: LongList, cursor: int) -> None:
        """Show these rows, and at the head how many there are."""
        before = self._list.rows
        if isinstance(before, LongList) and self._shown_question == self.question:
            rows.expect(before)
        self._shown_question = self.question
        rows.reach(cursor)
        self._list.show(rows, cursor)
        self.show_count()
        self._show_frame()
        self.count_later()

    def show_count(self) -> None:
        """What the list is about, how many are in it, how many are marked."""
        head = self._agenda_head() if self.question is None else self.found_head()
        self.query_one("#head", Static).update(head + self.marks_said(), layout=False)

    def show_marks(self) -> None:
        """Other customers are marked."""
        self._list.redraw()
        self.show_count()
        self.show_keys()

    def _draw(self, row: object, width: int, here: bool) -> Cells:
        return (self._line if self.question is None else self._table)(row, width, here)

    def _agenda_head(self) -> Content:
        done, rows = self._done_today, self.rows()
        counts = _("{done} done · {due} due").format(done=done, due=count_words(rows))
        length = _BAR if self.size.width >= _BAR_FROM else 0
        full = round(length * done / (done + len(rows))) if done + len(rows) else 0
        return Content.assemble(
            own(Content.styled(" " + _("Agenda"), "bold")), f"  {short_date(self.session.today)}   ", ("━" * full, "$success"),
            ("─" * (length - full), "$row-cursor"), f"  {counts}",
        )  # fmt: skip

    def _show_frame(self) -> None:
        width = self._list.scrollable_content_region.width or self.size.width
        width = max(1, width - 1)  # without the column of the marks
        titles = header(width) if self.question is None else self._table.header(width)
        self.query_one("#columns", Static).update(own(" " + titles), layout=False)
        self.show_keys()

    def show_keys(self) -> None:
        """The foot: what can be done; while a search is typed, or with all that are marked, what can be done there."""
        usual = key_line(command for command in COMMANDS if command.footer)
        keys = self.typing_keys() or (self.marks_keys(self.size.width) if self.marks else usual)
        self.query_one("#keys", Static).update(keys, layout=False)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Show the customer beside the list once the cursor rests; read more rows near the end."""
        self._rest.reset()
        self._rest.resume()
        self.read_on(event.index)

    def on_row_list_chosen(self) -> None:
        """A double click opens the card."""
        self.do_open()

    def _show_side(self) -> None:
        self._rest.pause()
        if self.has_class("narrow") or not self.query("#side"):
            return
        from ..usecases import cards
        from .widgets.side import brief

        row, pane = self.target(), self.query_one("#side", Static)
        width, today, waits = max(20, pane.content_size.width), self.session.today, self.session.settings.waits
        try:
            shown = brief(cards.summary(self.session, row.id), today, waits, width) if row else Content("")
            pane.update(self.found_beside(row.id) + shown if row else shown, layout=False)
        except Problem as problem:
            self.refuse(problem)

    # Moving --------------------------------------------------------------------------------------------------------

    async def do_back(self) -> None:
        """From a search back to what was there before; from the agenda, the second time within three seconds, out."""
        if self.unmark():
            return
        if self.query("#searchbar"):
            await self.on_search_bar_left()
            return
        if self.question is not None:
            await self.do_agenda()
            return
        if self._leaving:
            self.app.exit()
        self._leaving = True
        self.set_timer(3, self._stay)
        self.say(keyed(_("{back} again quits; everything is saved already."), "back"))

    def _stay(self) -> None:
        self._leaving = False

    # Views ---------------------------------------------------------------------------------------------------------

    async def do_agenda(self) -> None:
        """Who to talk to today."""
        await self.ask_for(None)

    async def do_customers(self) -> None:
        """Everyone in the book."""
        await self.ask_for(Question(""))

    async def ask_for(self, question: Question | None, cursor: int = 0) -> None:
        """Make the list about something else; None is the agenda."""
        await self.query("#searchbar").remove()
        self.question = question
        self.say("")
        if question is None:
            self.reload(cursor)
        else:
            await self.find_beside(cursor)
        self._list.focus()

    async def do_search(self) -> None:
        """Open the search line, with the last search in it."""
        if self.query("#searchbar"):
            self.query_one("#searchbar Input").focus()
            return
        from .widgets.searchbar import SearchBar

        self._before = self.question, self._list.cursor
        line = self.question.line if self.question else ""
        await self.mount(SearchBar(self.session, line), before="#columns")

    async def on_search_bar_left(self) -> None:
        """Esc in the search line: back to what was there before."""
        await self.ask_for(*self._before)

    # Logging -------------------------------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """After a panel is closed, work goes on in the list."""
        self._list.focus()

    def hides_entries(self) -> bool:
        """Whether the last entries are not in sight."""
        return self.has_class("narrow")

    def _offer_draft(self) -> None:
        from ..usecases import drafts, finding

        kept = list(reversed(drafts.all_kept(self.session)))
        waiting = ((key, finding.by_uid(self.session, key.removesuffix(drafts.TRADE))) for key in kept)
        key, row = next(((key, row) for key, row in waiting if row is not None), ("", None))
        if row is None:
            return
        again = key_of("trade" if key.endswith(drafts.TRADE) else "log")
        self.say(_("An unsaved line for {name} is kept: go there and press {key}.").format(name=row.name, key=again))
        if self.question is None:
            self.put_cursor_on(row.id)

    def heading(self) -> str:
        """What this screen is called."""
        return _("Agenda") if self.question is None else _("Customers")
