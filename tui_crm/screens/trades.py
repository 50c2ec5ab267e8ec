"""Everything open in trade over the whole book: samples waiting, quotes, what is unpaid, goods on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from ..commands import BY_ID
from ..domain.messages import N_
from ..domain.money import format_sum
from ..domain.rows import AgendaRow
from ..domain.trade import estimated_arrival
from ..domain.values import Quote, Record, Sample, Shipment
from ..i18n import _, month_day, ngettext, short_date
from ..usecases import agenda, rates, trade
from ..usecases.session import Session
from ..usecases.trade import OpenRecord
from .base import CrmScreen
from .customer_commands import ON_CUSTOMER
from .keys import bindings, key_line
from .leaving import ELSEWHERE, Leaves
from .picker import MOVES, Movable, Moves
from .program_commands import ANYWHERE
from .trade_acts import TradeActs
from .watching import Watching
from .widgets.cells import fit
from .widgets.keybar import KeyBar
from .widgets.lines import distance
from .widgets.rowlist import Cells
from .widgets.stepping import SteppingList
from .widgets.trade_words import owed_words, record_words, sums_words

PAGE = 100
"""Records of a section read at first."""
_KEYS = ("open", "edit", "log", "trade", "undo", "back", "help")
_TITLES = {
    "samples": N_("Samples waiting"),
    "quotes": N_("Quotes open"),
    "unpaid": N_("PIs and balances unpaid"),
    "shipments": N_("Shipments on the way"),
}
_DAY = 13
"""Cells of the column that says since or until when."""
_LATE = 10


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a section, how many are in it, what they come to; an empty one keeps sections apart."""

    title: str = ""
    count: str = ""
    sums: str = ""


@dataclass(frozen=True, slots=True)
class More:
    """There are more records in a section than are shown."""

    count: int


class TradesList(SteppingList):
    """Headings and open records; the cursor stops at records."""

    def stops(self, row: object) -> bool:
        """Not at headings."""
        return not isinstance(row, Heading)


class TradesScreen(Moves, Watching, TradeActs, Leaves, CrmScreen):
    """The four sections one under the other, each with the most urgent first."""

    BINDINGS = [
        *bindings((*MOVES, "open", "back", "edit", *ELSEWHERE, *ON_CUSTOMER, *ANYWHERE)),
        ("tab", "section(1)", ""),
        ("shift+tab", "section(-1)", ""),
        ("space", "do('record_acts')", ""),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._limit = PAGE
        self._amount = 0  # cells of the column of sums

    def compose(self) -> ComposeResult:
        """Head, the list, a line to speak on, the keys."""
        yield Static(id="head", markup=False)
        yield TradesList(self.draw, id="list")
        yield Static(id="status", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Read and show; look now and then whether somebody else changed something."""
        self._list.focus()
        self.refreshed()
        self._list.move(-len(self._list.rows))
        self.keep_up()

    # The list ------------------------------------------------------------------------------------------------------

    @property
    def _list(self) -> TradesList:
        return self.query_one(TradesList)

    def movable(self) -> Movable:
        """The list."""
        return self._list

    def refreshed(self) -> None:
        """Read everything open anew; the cursor stays on its line."""
        sections = trade.open_records(self.session, self._limit)
        sums = [format_sum(r.what.amount, r.what.currency) for s in sections for r in s.rows if r.what.amount]
        self._amount = max(map(cell_len, sums), default=0)
        rows = list(self._rows(sections))
        self._list.show(rows, self._list.cursor)
        if not self._list.stops(self._list.current):
            self._list.move(1)
        total = sum(section.count for section in sections)
        counted = ngettext("{n} open", "{n} open", total)
        head = Content.assemble(
            (" " + _("Open in trade"), "bold"), f"  {short_date(self.session.today)}   ", (counted, "$dim")
        )
        self.query_one("#head", Static).update(head, layout=False)
        if not total:
            self.say(_("Nothing is open. $ on a customer writes down a quote, a sample, an order …"))

    def _rows(self, sections: Sequence[trade.OpenSection]) -> Iterator[object]:
        for at, section in enumerate(sections):
            if at:
                yield Heading()
            own = rates.in_own(self.session, section.sums, self.session.today)
            yield Heading(_(_TITLES[section.code]), str(section.count), sums_words(section.sums, own))
            yield from section.rows
            if section.count > len(section.rows):
                yield More(section.count - len(section.rows))

    def draw(self, row: object, width: int, _here: bool) -> Cells:
        """A heading, or one record: with whom, what, since or until when, how late, how much."""
        if isinstance(row, Heading):
            title = f" {row.title}  "
            rest = width - cell_len(title) - cell_len(row.count)
            return [(title, "accent"), (row.count, "strong"), (fit(f"   {row.sums}", rest), "dim")]
        if isinstance(row, More):
            return [(fit("   " + ngettext("▸ {n} more", "▸ {n} more", row.count), width), "dim")]
        assert isinstance(row, OpenRecord)
        rest = max(16, width - _DAY - _LATE - self._amount - 6)
        name = rest * 42 // 100
        late, look = _late(row, self.session.today)
        amount = format_sum(row.what.amount, row.what.currency) if row.what.amount else ""
        return [
            (" " + fit(row.name, name) + " ", "strong" if look == "late" else "plain"),
            (fit(_words(row), rest - name) + " ", "plain"),
            (fit(_day(row), _DAY) + " ", "dim"),
            (fit(late, _LATE, right=True) + " ", look),
            (fit(amount, self._amount, right=True) + " ", "plain"),
        ]

    def _row(self) -> OpenRecord | None:
        row = self._list.current
        return row if isinstance(row, OpenRecord) else None

    def target(self) -> AgendaRow | None:
        """The customer of the record under the cursor."""
        row = self._row()
        return agenda.row(self.session, row.customer_id) if row else None

    def record_in_hand(self) -> Record | None:
        """The record under the cursor."""
        row = self._row()
        return row.record if row else None

    def on_row_list_moved(self) -> None:
        """The foot tells what can be done with the record."""
        record, keys = self.record_in_hand(), [BY_ID[name] for name in _KEYS]
        acts = self.record_keys(record) if record is not None else Content("")
        tab = Content.assemble((" Tab", "$accent bold"), " " + _("next section") + " ")
        self.query_one("#keys", Static).update(key_line(keys[:2]) + acts + tab + key_line(keys[2:]), layout=False)

    def on_row_list_chosen(self) -> None:
        """A double click opens the card."""
        self.do_open()

    # Acts ----------------------------------------------------------------------------------------------------------

    def do_open(self) -> None:
        """Open the card; at the end of a section show more of all."""
        from .card import CardScreen

        if isinstance(self._list.current, More):
            self._limit *= 4
            self.refreshed()
        else:
            self.app.push_screen(CardScreen(self.session, self.in_hand().id))

    def do_edit(self) -> None:
        """Open the record's form."""
        record = self.record_in_hand()
        if record is not None:
            self.open_record(record)

    def action_section(self, by: int) -> None:
        """To the first record of the next section, or of the one before."""
        rows, at = self._list.rows, self._list.cursor
        starts = [
            n + 1 for n, row in enumerate(rows[:-1]) if isinstance(row, Heading) and self._list.stops(rows[n + 1])
        ]
        ahead = [n for n in starts if n > at] if by > 0 else [n for n in reversed(starts) if n < at]
        if ahead or starts:
            self._list.go_to((ahead or starts[:: 1 if by > 0 else -1])[0])

    async def do_trades(self) -> None:
        """It is shown already."""
        self.say(_("This is everything open in trade."))

    def take_focus(self) -> None:
        """After the quick log, back to the list."""
        self._list.focus()

    def hides_entries(self) -> bool:
        """There is no side pane here."""
        return True

    def heading(self) -> str:
        """What this screen is called."""
        return _("Open in trade")


def _words(row: OpenRecord) -> str:
    return owed_words(row.what.cause, row.record) if row.what.cause else record_words(row.record)


def _day(row: OpenRecord) -> str:
    """Since or until when, by the kind of record."""
    record = row.record
    if row.what.cause:
        return _("due {day}").format(day=month_day(row.what.day)) if row.what.day else _("no day agreed")
    if isinstance(record, Quote):
        return _until(record.valid_until) or _("since {day}").format(day=month_day(record.quoted_on))
    if isinstance(record, Shipment):
        return _("ETA {day}").format(day=month_day(record.arrives_on)) if record.arrives_on else _("no ETA yet")
    assert isinstance(record, Sample)
    if record.arrived_on is not None:
        return _("since {day}").format(day=month_day(record.arrived_on))
    estimate = estimated_arrival(record)
    return f"~ {month_day(estimate)}" if estimate else _("not sent yet")


def _until(day: date | None) -> str:
    return _("until {day}").format(day=month_day(day)) if day else ""


def _late(row: OpenRecord, today: date) -> tuple[str, str]:
    if row.what.day is None:
        return "", "dim"
    text, look = distance(row.what.day, today)
    return text, "late" if row.what.day < today else "soon" if row.what.day == today else look
