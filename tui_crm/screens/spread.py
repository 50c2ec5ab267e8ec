"""A day that is too full, spread over the coming working days: shown first, then done with one key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from ..domain.messages import N_, Problem
from ..domain.rows import AgendaRow
from ..domain.spread import Spread
from ..i18n import _, language, ngettext, short_date
from ..keys_in_force import keyed
from ..usecases import bulk, long_lists
from ..usecases.bulk import FullDay
from ..usecases.session import Session
from .base import CrmScreen
from .keys import bindings
from .picker import MOVES, Moves
from .safety import own
from .widgets.cells import fit
from .widgets.keybar import KeyBar
from .widgets.lines import PROMISE, mark, what
from .widgets.rowlist import Cells, RowList
from .working import aside

COMMANDS = (*MOVES, "open", "back", "help", "quit")
_AT_ONCE = 500
"""Customers that are moved without making anybody wait."""
_NARROW = 100
"""Columns below which the days stand above the customers."""
_BAR = 12

_NOBODY = N_("Nobody can move: everything due today is promised, or there is no room within a year.")


@dataclass(frozen=True, slots=True)
class Day:
    """One day as it would be: how many are due there already, how many come to it, how many it holds."""

    day: date
    already: int
    added: int
    holds: int


class SpreadScreen(Moves, CrmScreen):
    """The days, and everybody who is due: who stays today, then who moves, in order. `spread` is told what to say once it
    is done."""

    CSS_PATH = "spread.tcss"
    BINDINGS = [
        *bindings(COMMANDS),
        ("plus,fullwidth_plus_sign,equals_sign,fullwidth_equals_sign,right", "do('more')", ""),
        ("minus,fullwidth_hyphen_minus,left", "do('fewer')", ""),
    ]

    def __init__(self, session: Session, day: FullDay, spread: Callable[[str], None]) -> None:
        super().__init__(session)
        self._day = day
        self._spread = spread
        self._capacity = session.settings.capacity
        self._plan = bulk.plan_spread(session, self._capacity, day)
        self._days: dict[int, date] = {}

    # What is on the screen -----------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Head, the days beside the customers, a line to speak on, the keys."""
        yield Static(id="head", markup=False)
        with Horizontal(id="body"):
            days = RowList(self._draw_day, id="days")
            days.can_focus = False
            yield days
            yield RowList(self._draw, id="list")
        yield Static(id="status", markup=False)
        yield KeyBar(own(" " + keyed(_("+ − customers a day · Enter spread · Esc leave it · {help} help"), "help")))

    def on_mount(self) -> None:
        """The proposal."""
        self.query_one("#list", RowList).focus()
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """On a narrow screen the days go above."""
        self.set_class(event.size.width < _NARROW, "narrow")
        self._show()

    def movable(self) -> RowList:
        """The customers."""
        return self.query_one("#list", RowList)

    def _show(self) -> None:
        plan = self._plan
        self._days = {move.row.id: move.day for move in plan.moves}
        ids = [row.id for row in plan.stay] + list(self._days)
        self.movable().show(long_lists.these(self.session, ids), self.movable().cursor)
        days = _days(plan, self._day, self.session.today, self._capacity)
        self.query_one("#days", RowList).show(days)
        self.query_one("#days").styles.max_height = len(days) + 1 if self.has_class("narrow") else None
        self.query_one("#head", Static).update(
            Content.assemble(
                (" " + _("Spread the day"), "bold"),
                "   " + _("{due} due · {capacity} a day").format(due=f"{len(self._day.due):,}", capacity=self._capacity),
                ("   " + _("{stay} stay · {move} move").format(stay=f"{len(plan.stay):,}", move=f"{len(plan.moves):,}"), "$accent"),
            )
        )  # fmt: skip
        self.say(
            ngettext(
                "{n} finds no room within a year and stays.", "{n} find no room within a year and stay.", plan.unplaced
            )
            if plan.unplaced
            else ""
            if plan.moves
            else _(_NOBODY)
        )

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """The day of the customer in hand is in sight."""
        if event.control is not self.movable() or not isinstance(event.row, AgendaRow):
            return
        day = self._days.get(event.row.id, self.session.today)
        days = self.query_one("#days", RowList)
        days.go_to(next((at for at, row in enumerate(days.rows) if isinstance(row, Day) and row.day == day), 0))

    def _draw(self, row: object, width: int, _here: bool) -> Cells:
        if not isinstance(row, AgendaRow):
            return []
        day = self._days.get(row.id)
        when = _when()
        name = max(8, min(34, (width - when - 6 - PROMISE) * 54 // 100))
        rest = max(0, width - when - 6 - name - 1 - PROMISE)
        return [
            (fit(f" {short_date(day) if day else _('today')}", when + 1), "accent" if day else "dim"),
            (fit(f" {mark(row.temperature)}", 4), row.temperature),
            (fit(row.name, name) + " ", "plain" if day else "strong"),
            (fit("✓" if row.by_hand else "", PROMISE), "accent"),
            (fit(what(row), rest), "plain" if row.next_action else "dim"),
        ]

    def _draw_day(self, row: object, width: int, _here: bool) -> Cells:
        assert isinstance(row, Day)
        when, today = _when(), row.day == self.session.today
        title = _("today") if today else short_date(row.day)
        numbers = f"{row.already:>5,}" + (f" +{row.added:>5,}" if row.added else "       ")
        if today:
            numbers = f"{len(self._day.due):>5,} →{row.already:>5,}"
        cells = _BAR if width >= when + _BAR + cell_len(numbers) + 3 else 0
        before, after = _lengths(row, cells)
        return [
            (fit(f" {title}", when + 1), "plain"),
            ("━" * before, "dim"),
            ("━" * after, "accent"),
            (" " * (cells - before - after), "plain"),
            (numbers, "strong" if row.added or today else "dim"),
        ]

    # Choosing ------------------------------------------------------------------------------------------------------

    def do_more(self) -> None:
        """One customer more a day."""
        self._try(self._capacity + 1)

    def do_fewer(self) -> None:
        """One customer fewer a day."""
        self._try(self._capacity - 1)

    def _try(self, capacity: int) -> None:
        if capacity < 1:
            raise Problem(N_("A day holds at least one customer."))
        self._plan = bulk.plan_spread(self.session, capacity, self._day)
        self._capacity = capacity
        self._show()

    def do_open(self) -> None:
        """Do it."""
        moves = len(self._plan.moves)
        if not moves:
            raise Problem(_NOBODY)
        text = ngettext("{n} customer moved to the coming days", "{n} customers moved to the coming days", moves)

        def done(_result: None) -> None:
            self.dismiss(None)
            self._spread(text)

        plan = self._plan
        aside(self, _("Spread the day"), lambda: bulk.do_spread(self.session, plan), done, quick=moves <= _AT_ONCE)

    def do_back(self) -> None:
        """Leave; nothing was moved."""
        self.dismiss(None)

    def do_quit(self) -> None:
        """Leave the program."""
        self.app.exit()


def _days(plan: Spread, full: FullDay, today: date, capacity: int) -> list[Day]:
    """Today, and every day up to the last that somebody moves to, as far as work is done there."""
    added = Counter(move.day for move in plan.moves)
    last = max(added, default=today)
    coming = sorted({*added, *(day for day, count in full.planned.items() if count and day <= last)})
    return [
        Day(today, len(plan.stay), 0, capacity),
        *(Day(day, full.planned.get(day, 0), added[day], capacity) for day in coming),
    ]


def _when() -> int:
    """Cells of a day."""
    return 12 if language() == "en" else 14


def _lengths(row: Day, cells: int) -> tuple[int, int]:
    """How long the two parts of a bar are: what is there, what is added. A day beyond what it holds fills the bar."""
    most = max(row.holds, row.already + row.added, 1)
    both = round(cells * (row.already + row.added) / most)
    before = min(both, round(cells * row.already / most))
    return before, both - before
