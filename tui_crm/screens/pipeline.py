"""The pipeline: one column for each stage, as many side by side as fit, the money open at the head of each."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from textual import events, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from ..commands import BY_ID
from ..domain.messages import N_, Problem
from ..domain.money import format_sum
from ..domain.rows import AgendaRow
from ..domain.text import visible
from ..i18n import _, word
from ..usecases import pipeline
from ..usecases.agenda import COUNT_TO
from ..usecases.session import Session
from .base import CrmScreen
from .customer_commands import ON_CUSTOMER, CustomerCommands
from .keys import bindings, key_line
from .leaving import ELSEWHERE, Leaves
from .picker import MOVES, Movable, Moves
from .program_commands import ANYWHERE
from .watching import Watching
from .widgets.cells import fit
from .widgets.keybar import KeyBar
from .widgets.lines import mark, what, when
from .widgets.rowlist import Cells, RowList

PAGE = 60
"""Customers of a stage read at first; more are read as the cursor comes near the end."""
NARROWEST = 25
"""Cells that a column needs at least."""
SUMS = 2
"""Currencies shown at the head of a column; more are counted."""
_STAGE = "stage"
"""In the meta of a style: the place, from 0, of the stage that is named there."""
_KEYS = ("left", "right", "stage_back", "stage_forward", "open", "log", "stage", "undo", "back", "help")


class Column(Vertical):
    """One stage: its name, how many, the money, and its customers."""

    def __init__(self, screen: PipelineScreen, stage: str) -> None:
        super().__init__(classes="column")
        self.code = stage
        self.limit = PAGE
        self.more = False
        self._owner = screen

    def compose(self) -> ComposeResult:
        """Head and list."""
        yield Static(classes="stage", markup=False)
        yield Static(classes="money", markup=False)
        yield RowList(self._owner.draw)

    @property
    def list(self) -> RowList:
        """Its customers."""
        return self.query_one(RowList)

    def read(self, session: Session) -> None:
        """Show the stage as it is in the book; the cursor stays on its line."""
        found = pipeline.stage(session, self.code, self.limit)
        self.more = found.more
        count = f"{COUNT_TO}+" if found.count >= COUNT_TO else str(found.count)
        self.query_one(".stage", Static).update(
            Content.assemble((word("stage", self.code), "bold"), (f"  {count}", "$dim"))
        )
        self.list.show(found.rows, self.list.cursor)

    def show_money(self, sums: Mapping[str, int]) -> None:
        """Show what is open, each currency on a line of its own."""
        shown = [format_sum(amount, currency) for currency, amount in sums.items()]
        if len(shown) > SUMS:
            shown[SUMS - 1 :] = [_("{sum} and {n} more").format(sum=shown[SUMS - 1], n=len(shown) - SUMS)]
        self.query_one(".money", Static).update(Content("\n".join(shown)))


class PipelineScreen(Moves, Watching, CustomerCommands, Leaves, CrmScreen):
    """The columns, and at the foot what is known of the customer in hand."""

    CSS_PATH = "pipeline.tcss"
    BINDINGS = bindings(
        (
            *MOVES, "left", "right", "open", "back", "stage_back", "stage_forward", "edit", *ELSEWHERE, *ON_CUSTOMER,
            *ANYWHERE,
        )
    )  # fmt: skip

    def __init__(self, session: Session, stage: str = "new") -> None:
        super().__init__(session)
        self._stages = pipeline.shown_stages(session)
        self._at = self._stages.index(stage) if stage in self._stages else 0
        self._first = 0

    def compose(self) -> ComposeResult:
        """Head, the columns, the customer in hand, a line to speak on, the keys."""
        yield Static(id="head", markup=False)
        with Horizontal(id="body"):
            for stage in self._stages:
                yield Column(self, stage)
        yield Static(id="detail", markup=False)
        yield Static(id="status", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """The columns first, the sums as soon as they are there."""
        self.query_one("#keys", Static).update(key_line(BY_ID[name] for name in _KEYS))
        self.refreshed()
        self._go(self._at)
        self.keep_up()

    def on_resize(self, event: events.Resize) -> None:
        """As many columns as fit."""
        self._lay_out(event.size.width)

    # The columns ---------------------------------------------------------------------------------------------------

    @property
    def _columns(self) -> list[Column]:
        return list(self.query(Column))

    @property
    def _column(self) -> Column:
        return self._columns[self._at]

    def movable(self) -> Movable:
        """The column in hand."""
        return self._column.list

    def target(self) -> AgendaRow | None:
        """The customer under the cursor."""
        row = self._column.list.current
        return row if isinstance(row, AgendaRow) else None

    def refreshed(self) -> None:
        """Read every stage anew."""
        for column in self._columns:
            column.read(self.session)
        self._add_up()

    @work(thread=True, exclusive=True)
    def _add_up(self) -> None:
        """The sums, of a large book a matter of a second, beside the work."""
        try:
            sums = pipeline.money(self.session)
        except Problem as problem:
            self.app.call_from_thread(self.refuse, problem)
            return
        finally:
            self.session.close()
        self.app.call_from_thread(self._show_money, sums)

    def _show_money(self, sums: Mapping[str, Mapping[str, int]]) -> None:
        for column in self._columns:
            column.show_money(sums.get(column.code, {}))

    def _lay_out(self, width: int) -> None:
        """Show the columns around the one in hand."""
        fits = max(1, min(len(self._stages), width // NARROWEST))
        self._first = max(0, min(self._first, self._at, len(self._stages) - fits))
        self._first = max(self._first, self._at - fits + 1)
        for at, column in enumerate(self._columns):
            column.display = self._first <= at < self._first + fits
            column.set_class(at == self._at, "here")
            column.list.in_hand = at == self._at
        self._show_head(fits, width)

    def _show_head(self, fits: int, width: int) -> None:
        """All stages in a row, as far as they fit: the one in hand is always among them."""
        names = [word("stage", stage) for stage in self._stages]
        title = " " + _("Pipeline") + "   "
        start = 0
        while start < self._at and cell_len(title + "…  " + "  ".join(names[start : self._at + 1])) > width - 3:
            start += 1
        parts: list[Content | str | tuple[str, str]] = [(title, "bold"), ("…  " if start else "", "$dim")]
        for at, name in enumerate(names[start:], start):
            look = "bold $accent" if at == self._at else "" if self._first <= at < self._first + fits else "$dim"
            parts += [Content.styled(name, look).stylize(Style.from_meta({_STAGE: at})), "  "]
        self.query_one("#head", Static).update(Content.assemble(*parts))

    def on_click(self, event: events.Click) -> None:
        """A click on a stage at the head goes there."""
        at = event.style.meta.get(_STAGE)
        if at is not None:
            self._go(at)

    def _go(self, at: int) -> None:
        self._at = max(0, min(at, len(self._stages) - 1))
        self._lay_out(self.size.width)
        self._column.list.focus()
        self._show_detail()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click in another column takes it in hand."""
        at = next((at for at, column in enumerate(self._columns) if column.list is event.widget), self._at)
        if at != self._at:
            self._go(at)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Show the customer in hand; read more rows near the end."""
        column = self._column
        if event.index >= column.limit - 20 and column.more:
            column.limit *= 2
            column.read(self.session)
        self._show_detail()

    def on_row_list_chosen(self) -> None:
        """A double click opens the card."""
        self.do_open()

    def draw(self, row: object, width: int, _here: bool) -> Cells:
        """One customer in a column: temperature, name, how late."""
        assert isinstance(row, AgendaRow)
        due, look = _short(row, self)
        sign = f" {mark(row.temperature)} "
        name = width - cell_len(sign) - cell_len(due) - 2
        return [(sign, row.temperature), (fit(row.name, name), "plain"), (f" {due} ", look)]

    def _show_detail(self) -> None:
        row, detail = self.target(), self.query_one("#detail", Static)
        if row is None:
            detail.update(Content.styled(_("Nobody at this stage."), "$dim"))
            return
        due, _look = when(row, self.session.today)
        open_money = pipeline.money_of(self.session, row.id)
        sums = "  ".join(format_sum(amount, currency) for currency, amount in open_money.items())
        detail.update(
            Content.assemble(
                (f" {visible(row.name)}", "bold"), f"  {due} · {visible(what(row))}",
                ("   " + _("{sums} open").format(sums=sums) if sums else "", "$accent"),
            )
        )  # fmt: skip

    # Acts ----------------------------------------------------------------------------------------------------------

    def do_left(self) -> None:
        """To the stage at the left."""
        self._go(self._at - 1)

    def do_right(self) -> None:
        """To the stage at the right."""
        self._go(self._at + 1)

    def do_stage_forward(self) -> None:
        """Move the customer on."""
        self._move(1)

    def do_stage_back(self) -> None:
        """Move the customer back."""
        self._move(-1)

    def _move(self, by: int) -> None:
        row, to = self.in_hand(), self._at + by
        if not 0 <= to < len(self._stages):
            raise Problem(N_("There is no stage further on this side."))
        self.stage_chosen(row, self._stages[to])

    def do_open(self) -> None:
        """Open the card."""
        from .card import CardScreen

        self.app.push_screen(CardScreen(self.session, self.in_hand().id))

    def do_edit(self) -> None:
        """Edit on the card."""
        self.do_open()

    async def do_pipeline(self) -> None:
        """It is shown already."""
        self.say(_("This is the pipeline."))

    def take_focus(self) -> None:
        """After the quick log, back to the column."""
        self._column.list.focus()

    def hides_entries(self) -> bool:
        """There is no side pane here."""
        return True

    def heading(self) -> str:
        """What this screen is called."""
        return _("Pipeline")


def _short(row: AgendaRow, screen: PipelineScreen) -> tuple[str, str]:
    """When a customer is due, in as few cells as can be."""
    if row.due_on is None:
        return "–", "dim"
    days = (row.due_on - screen.session.today).days
    if days >= 0:
        return _("today") if days == 0 else _("in {n}d").format(n=min(days, 999)), "plain" if days == 0 else "dim"
    late = _("-{n}d").format(n=-days)
    return (f"{late}!", "late") if row.overdue else (late, "soon")
