"""The card: everything about one customer, every field changed where it stands, and the whole log beside it."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from ..commands import BY_ID
from ..domain.clocks import Hours, local_time, place_of
from ..domain.fields import BY_NAME
from ..domain.messages import Problem
from ..domain.own_fields import own_name
from ..domain.rows import AgendaRow
from ..domain.text import visible
from ..domain.values import Customer, Record
from ..i18n import _, country_name, short_date
from ..usecases import drafts, merging, rates
from ..usecases.own_fields import field_named
from ..usecases.session import Session
from .base import CrmScreen
from .card_editing import CardEditing
from .card_line import CardLine, label_width
from .card_lines import card_lines
from .card_list import CardList
from .card_story import CardStory
from .customer_commands import ON_CUSTOMER
from .keys import bindings, key_line
from .leaving import ELSEWHERE, Leaves
from .picker import Movable, Moves
from .program_commands import ANYWHERE
from .safety import own
from .trade_block import record_at, trade_heading, trade_lines
from .watching import Watching
from .widgets.field_editor import FieldEditor
from .widgets.keybar import PRESS, KeyBar
from .widgets.side import step_line
from .widgets.timeline import Timeline

WIDE_FROM = 100
"""Columns from which fields and log stand side by side."""
_KEYS = ("edit", "log", "no_answer", "snooze", "temperature", "why", "undo", "back", "help")


class CardScreen(Moves, Watching, CardStory, CardEditing, Leaves, CrmScreen):
    """Fields, people and trade at the left, the log at the right; below `WIDE_FROM` columns Tab changes between them."""

    CSS_PATH = ["card.tcss", "editor.tcss"]
    BINDINGS = [
        *bindings(
            (
                "down", "up", "page_down", "page_up", "first", "last", "open", "back", "edit", "drawer",
                "filter", "as_of", "archive", "export", "paper", *ELSEWHERE, *ON_CUSTOMER, *ANYWHERE,
            )
        ),
        ("tab", "turn", ""),
        ("shift+tab", "turn", ""),
        ("space", "do('record_acts')", ""),
    ]  # fmt: skip

    def __init__(self, session: Session, customer_id: int) -> None:
        super().__init__(session)
        self._card = self.read_card(customer_id)
        self._all_fields = False
        self._older = False

    # What is on the screen -----------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Name and place, fields and log, a line to speak on, the keys."""
        with Horizontal(id="head"):
            yield Static(id="name", markup=False)
            yield Static(id="place", markup=False)
        yield Static(id="tabs", markup=False)
        with Horizontal(id="body"):
            with Container(id="who"):
                yield CardList(id="lines")
            with Container(id="said"):
                yield Static(id="shown")
                yield Timeline(self.session.today, id="timeline")
        yield Static(id="status", markup=False)
        yield KeyBar(_key_line())

    def on_mount(self) -> None:
        """Show the card; look now and then whether somebody else changed it, and at the clock there."""
        self._lines.focus()
        self._show()
        self.call_after_refresh(self._offer_draft)
        self.keep_up()
        self.set_interval(20, self._show_head)

    def on_resize(self, event: events.Resize) -> None:
        """One column below `WIDE_FROM`."""
        self.set_class(event.size.width < WIDE_FROM, "narrow")
        self.call_after_refresh(self._show)

    def refreshed(self) -> None:
        """Read the customer anew. One who is no longer in the book leaves the card with nothing to show."""
        try:
            self._card = self.read_card(self.customer.id)
        except Problem as problem:
            self.app.pop_screen()
            if isinstance(self.app.screen, CrmScreen):
                self.app.screen.refuse(problem)
            return
        self._show()

    def _show(self) -> None:
        width = self._lines.scrollable_size.width or self.size.width
        self._lines.show_lines(card_lines(self._card, self._trade_lines(width), self.day, width, self._all_fields))
        self.show_story()
        self._show_head()

    def _trade_lines(self, width: int) -> list[CardLine]:
        session, traded = self.session, self._card.trade
        heading = trade_heading(traded, lambda sums: rates.in_own(session, sums, self.day), width)
        return [*heading, *trade_lines(traded, self.day, session.settings.waits, self._older)]

    def _show_head(self) -> None:
        customer = self.customer
        gone = Content.assemble((f"  {self._gone()}", "$soon")) if customer.archived else Content("")
        past = _("  as of {day} · read only").format(day=short_date(self.as_of)) if self.as_of else ""
        self.query_one("#name", Static).update(Content.assemble(visible(customer.name), gone, (past, "$late")))
        self.query_one("#place", Static).update(self._place())
        self.query_one("#tabs", Static).update(self._tabs())

    def _gone(self) -> str:
        """Why the customer is on no list."""
        keeper = merging.keeper_of(self.session, self.customer.id)
        return _("merged into {name}").format(name=visible(keeper.name)) if keeper else _("archived")

    def _place(self) -> Content:
        """Where the customer is, and what time it is there."""
        customer = self.customer
        parts = [part for part in (visible(customer.city), country_name(customer.country)) if part]
        where = ", ".join(parts[:1] if self.has_class("narrow") else parts)
        if self.as_of:
            return Content(where)
        local = local_time(place_of(customer.country, customer.city, customer.zone), self.session.now)
        if not local.known:
            return Content(where)
        state = {Hours.OPEN: "", Hours.CLOSED: _("after hours"), Hours.WEEKEND: _("weekend there")}[local.hours]
        clock = (f"  {local.at:%H:%M}", "$success bold" if local.hours is Hours.OPEN else "$soon bold")
        return Content.assemble(where, clock, (f" {state}" if state else "", "$soon"))

    def _tabs(self) -> Content:
        """Where one column is all there is: which one is shown, and what comes next."""
        log = self.has_class("log")
        tabs = Content.assemble(
            (_("Card"), "$dim" if log else "bold $accent"), "  ",
            (_("Log {count}").format(count=self.story_size()), "bold $accent" if log else "$dim"), (" (Tab)   ", "$dim"),
        )  # fmt: skip
        return tabs.stylize(Style.from_meta({PRESS: "tab"})) + Content.assemble(*(step_line(self._card) if log else ()))

    @property
    def _lines(self) -> CardList:
        return self.query_one(CardList)

    @property
    def customer(self) -> Customer:
        """The customer as last read."""
        return self._card.customer

    def target(self) -> AgendaRow | None:
        """The customer the commands act on."""
        return self._card.row

    def current_line(self) -> CardLine | None:
        """The line under the cursor."""
        return self._lines.line

    def heading(self) -> str:
        """What this screen is called."""
        return self.customer.name

    # Moving --------------------------------------------------------------------------------------------------------

    def movable(self) -> Movable:
        """The side that has the focus."""
        timeline = self.query_one(Timeline)
        return timeline if timeline.has_focus else self._lines

    def action_turn(self) -> None:
        """Tab: to the other side."""
        editor = self.editor()
        if editor is not None:
            editor.grab()
            return
        if not self.query("#quicklog"):
            self._turn(to_log=not self.query_one(Timeline).has_focus)

    def _turn(self, to_log: bool) -> None:
        self.set_class(to_log, "log")
        (self.query_one(Timeline) if to_log else self._lines).focus()
        self.call_after_refresh(self._show)

    async def action_do(self, command: str) -> None:
        """Run a command; while a field is open only Esc, help and leaving the program."""
        editor = self.editor()
        if editor is None or command in ("quit", "help"):
            await super().action_do(command)
        elif command == "back":
            editor.action_leave()
        else:
            editor.grab()
            self.say(_("First finish the field: Enter saves, Esc restores."))

    def do_back(self) -> None:
        """Back to the list; from the card of a past day to that of now; in one column from the log to the card."""
        if self.as_of is not None:
            self.look_at(None)
        elif self.has_class("narrow") and self.has_class("log"):
            self._turn(to_log=False)
        else:
            self.app.pop_screen()

    async def on_row_list_chosen(self) -> None:
        """A double click edits."""
        await self.action_do("edit")

    def do_drawer(self) -> None:
        """Show or fold away the empty fields."""
        self._all_fields = not self._all_fields
        self._show()

    # Trade ---------------------------------------------------------------------------------------------------------

    def record_of(self, line: CardLine) -> Record | None:
        """The trade record that a line is about."""
        return record_at(self._card.trade, str(line.key))

    def fold_older(self) -> None:
        """Show trade records that are over, or fold them away."""
        self._older = not self._older
        self._show()

    def on_row_list_moved(self) -> None:
        """The foot tells what can be done with the line."""
        record = self.record_in_hand() if self.as_of is None else None
        keys = self.record_keys(record) + _key_line() if record is not None else _key_line()
        keys = Content(f" {self.past_keys()}") if self.as_of else keys
        self.query_one("#keys", Static).update(keys, layout=False)

    # Editing -------------------------------------------------------------------------------------------------------

    def editor(self) -> FieldEditor | None:
        """The open editor."""
        return next(iter(self.query(FieldEditor)), None)

    def label_width(self) -> int:
        """Cells of the column of labels."""
        return label_width(self._lines.size.width)

    async def place_editor(self, editor: FieldEditor) -> None:
        """Put the editor over its field."""
        editor.at = max(0, self._lines.line_of(editor.field) - self._lines.scroll_offset.y)
        await self.query_one("#who").mount(editor)

    async def close_editor(self) -> None:
        """Take the editor away."""
        await self.query(FieldEditor).remove()
        self._lines.focus()

    def _offer_draft(self) -> None:
        """A field that was being typed when the program ended: put the cursor there and say so."""
        prefix = f"{self.customer.uid}/"
        waiting = [key.removeprefix(prefix) for key in drafts.all_kept(self.session) if key.startswith(prefix)]
        name = next((name for name in reversed(waiting) if name in BY_NAME or own_name(name)), None)
        if name is None:
            return
        field = field_named(self.session, name)
        self._all_fields = self._all_fields or field.drawer
        self._show()
        self._lines.go_to(self._lines.line_of(field.name))
        self.say(_("{field}: what you typed last time is kept. Enter goes on with it.").format(field=_(field.label)))

    # Logging -------------------------------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """After the panel is closed, back to what was in hand."""
        (self.query_one(Timeline) if self.has_class("log") else self._lines).focus()

    def hides_entries(self) -> bool:
        """Whether the last entries are not in sight."""
        return self.has_class("narrow") and not self.has_class("log")


def _key_line() -> Content:
    """The keys most used here."""
    return key_line(map(BY_ID.__getitem__, _KEYS)) + own(
        Content.assemble((" Tab", "$accent bold"), " " + _("log / card"))
    )
