"""The list as the answer to a search line: read beside the keys, with a reason wherever there is nothing to show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.content import Content

from ..domain.columns import BEST, Order, order_named
from ..domain.messages import Message, Problem
from ..domain.text import visible
from ..i18n import _, tell
from ..keys_in_force import keyed
from ..usecases import listing, long_lists
from ..usecases.agenda import COUNT_TO
from ..usecases.long_lists import LongList
from .reader import Reader, Stop
from .safety import own
from .widgets.cells import fit
from .widgets.rowlist import Cells, RowList
from .widgets.table import TableLine, found_words
from .widgets.wrap import wrap

if TYPE_CHECKING:
    from ..usecases import finding
    from ..usecases.session import Session
    from .base import CrmScreen
    from .widgets.searchbar import SearchBar

    Base = CrmScreen
else:
    Base = object


_ROOM_BEHIND = 24
"""Cells of the head that are left for what else it says."""


class Question(NamedTuple):
    """What a list answers: a search line, "" for everyone; the name of the view it is, and the order if it has its own."""

    line: str
    view: str = ""
    order: Order | None = None


class Found(NamedTuple):
    """An answer: the rows, and what the chosen columns show beside them."""

    result: finding.Result
    details: Mapping[int, listing.Details]


class Searching(Base):
    """Mixin for the screen with the list. `question` is None while the list is not about a search."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.question: Question | None = None
        self._table = TableLine(session.settings.list.columns, BEST, session.today, session.now)
        self._reader, self._helper = Reader(), Reader()
        self._answered: Question | None = None

    def on_unmount(self) -> None:
        """No thread outlives the screen."""
        self.stop_reading()

    def stop_reading(self) -> None:
        """Leave the book that is read."""
        self._reader.close(self.session)
        self._helper.close(self.session)

    # What the screen does for it -----------------------------------------------------------------------------------

    def listed(self) -> RowList:
        """The list."""
        raise NotImplementedError

    def rows(self) -> LongList:
        """What is listed."""
        raise NotImplementedError

    def show_rows(self, rows: LongList, cursor: int) -> None:
        """Show these rows under the head that goes with them."""
        raise NotImplementedError

    # Reading -------------------------------------------------------------------------------------------------------

    def order(self, line: str) -> Order:
        """What a line's answer is sorted by: words by how well they match, unless its own order was asked for."""
        own = self.question.order if self.question else None
        from ..usecases import finding

        return own or (BEST if finding.has_words(self.session, line) else order_named(self.session.settings.list.sort))

    def find_now(self, cursor: int) -> None:
        """Answer the question right here, for what follows at once."""
        if self.question is not None and not self._show_everyone(cursor):
            self._show_found(self._find(self.question.line, self.order(self.question.line)), cursor)

    async def find_beside(self, cursor: int | None = 0) -> None:
        """Answer the question while keys go on; a newer one takes its place. Without a `cursor` it stays where it is."""
        asked = self.question
        if asked is None or self._show_everyone(cursor):
            return
        try:
            found = await self._reader.ask(partial(self._find, asked.line, self.order(asked.line)))
        except Problem as problem:
            self.refuse(problem)
            return
        if found is not None and self._is_still(asked):
            self._show_found(found, self.listed().cursor if cursor is None else cursor)

    def _is_still(self, asked: Question) -> bool:
        """Whether this is the question still, on a screen that is not being closed."""
        return self.question is asked and bool(self.query(RowList))

    def _find(self, line: str, order: Order, stop: Stop | None = None) -> Found:
        from ..usecases import finding

        result = finding.find(self.session, line, long_lists.PAGE, stop, order)
        ids = [row.id for row in result.rows]
        return Found(result, listing.details(self.session, ids, self.session.settings.list.columns))

    # Showing -------------------------------------------------------------------------------------------------------

    def _show_everyone(self, cursor: int | None) -> bool:
        """Show everybody by name, straight off the book, where that is the question; whether it is."""
        asked = self.question
        order = self.order(asked.line) if asked else BEST
        if asked is None or asked.line.strip() or order.by not in (BEST.by, "name"):
            return False
        self._reader.forget()
        self._answered = asked
        self._prepare_table(Order("name", order.descending))
        self._table.places, self._table.details = {}, {}
        at = self.listed().cursor if cursor is None else cursor
        self.show_rows(long_lists.everyone(self.session, order, self._read_beside), at)
        if not self.rows():
            self._explain(())
        return True

    def _prepare_table(self, order: Order) -> None:
        session, table = self.session, self._table
        table.columns, table.order = session.settings.list.columns, order
        table.today, table.now = session.today, session.now

    def _read_beside(self, customers: Sequence[int]) -> None:
        """What the table shows beside the rows of these customers."""
        session, table = self.session, self._table
        table.details = {**table.details, **listing.details(session, customers, table.columns)}
        if table.places and self.question is not None:
            from ..usecases import finding

            table.places = {**table.places, **finding.places_in(session, self.question.line, customers)}

    def found_head(self) -> Content:
        """What was asked, and how many were found."""
        assert self.question is not None
        count = count_words(self.rows())
        found = "   " + _("{count} found").format(count=count)
        title = self._title(self.question)
        room = max(10, self.size.width - cell_len(found) - _ROOM_BEHIND)
        return Content.assemble((" " + fit(title, min(room, cell_len(title))), "bold"), (found, "$dim"))

    def _show_found(self, found: Found, cursor: int) -> None:
        result, asked = found.result, self.question
        assert asked is not None
        self._answered = asked
        order = self.order(asked.line)
        self._prepare_table(order)
        self._table.places, self._table.details = result.places, found.details
        self.show_rows(long_lists.found(self.session, asked.line, order, result, self._read_beside), cursor)
        new = [finding for finding in result.findings if finding not in result.query.findings]
        if new:
            self.say(" ".join(tell(finding) for finding in new))
        if not result.rows:
            self._explain(())
            self.run_worker(self._advise(asked, result), group="advice", exclusive=True)

    def _title(self, asked: Question) -> str:
        if asked.view:
            return _("View: {name}").format(name=visible(asked.view))
        return (
            _("Search: {line}").format(line=visible(asked.line.strip())) if asked.line.strip() else _("All customers")
        )

    def found_beside(self, customer: int) -> Content:
        """For the side pane: the texts in which the words of a search were found, but for the name; then an empty line."""
        hits = [hit for hit in self._table.places.get(customer, ()) if hit.place != "name"]
        if self.question is None or not hits:
            return Content("")
        return Content("").join([*(found_words(hit) for hit in hits), Content("\n")])

    async def _advise(self, asked: Question, result: finding.Result) -> None:
        """Say why nobody was found, and what would find somebody."""
        from ..usecases import advising, completing
        from .widgets.searchbar import SearchBar

        known = next((bar.known for bar in self.query(SearchBar)), None)

        def read(stop: Stop) -> Sequence[Message]:
            about = known or completing.known(self.session, stop)
            return advising.advice(self.session, result.query, about, stop)

        advice = await self._helper.ask(read)
        if advice is not None and self._is_still(asked):
            self._explain((*result.query.findings, *advice))  # the search line may have no room for them

    def _explain(self, reasons: Sequence[Message]) -> None:
        """Where the rows would stand: why there are none, and the ways on."""
        listed = self.listed()
        width = max(20, listed.size.width - 4)
        lines: list[Cells] = [[], [("  " + _("Nobody is found."), "strong")], []]
        lines += [[(f"  {line}", "soon")] for reason in reasons for line in wrap(visible(tell(reason)), width)]
        lines += [[], [("  " + keyed(_("Esc goes back · {new} adds a customer"), "new"), "dim")]]
        listed.explain(lines)

    # Typing --------------------------------------------------------------------------------------------------------

    def show_keys(self) -> None:
        """Show the keys that do something now."""
        raise NotImplementedError

    def typing_keys(self) -> Content | None:
        """The keys of the line that the cursor is in, where it is in one."""
        keys = getattr(self.focused, "keys", "")  # of a OneLine, which is not loaded before somebody types
        return own(Content(f" {keys}")) if keys else None

    def on_descendant_focus(self) -> None:
        """Into the line, or out of it: other keys."""
        self.call_after_refresh(self.show_keys)

    def ask_about(self, line: str) -> None:
        """Make a line the question. What is typed here is no view any more."""
        if self.question is None or line.strip() != self.question.line.strip():
            self.question = Question(line)

    def on_search_bar_asked(self, event: SearchBar.Asked) -> None:
        """Search as it is typed."""
        event.stop()
        self.ask_about(event.line)
        self.say("")
        self.run_worker(self.find_beside(), group="search", exclusive=True)

    async def on_search_bar_accepted(self, event: SearchBar.Accepted) -> None:
        """Enter in the search line: work in the result, which has to be there before the next key."""
        event.stop()
        self.ask_about(event.line)
        if self._answered is not self.question:
            await self.find_beside()
        self.listed().focus()


def count_words(rows: LongList) -> str:
    """How many rows there are: `1000+` where that is not known yet."""
    return f"{COUNT_TO}+" if rows.total is None else f"{rows.total:,}"
