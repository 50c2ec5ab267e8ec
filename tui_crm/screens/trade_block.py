"""The trade on a customer's card: what is going on, a line each, and what is over folded behind one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from rich.cells import cell_len

from ..domain.cadence import Waits
from ..domain.open_trade import is_going_on, paid_by
from ..domain.rates import OwnSum
from ..domain.trade_checks import KIND
from ..domain.trade_clocks import Claim, claims
from ..domain.trade_totals import totals
from ..domain.values import Invoice, Order, Payment, Record, Trade
from ..i18n import _, ngettext, word
from .card_line import CardLine
from .widgets.trade_words import Sums, record_words, state, sums_words

InOwn = Callable[[Sums], OwnSum | None]
"""Sums in the user's own currency; None where none is set."""


def trade_heading(trade: Trade, in_own: InOwn, width: int) -> Iterator[CardLine]:
    """The block's name with what was ordered and is unpaid behind it, or below it where there is no room."""
    every = totals(trade)
    ordered = {each.currency: each.ordered for each in every if each.ordered}
    unpaid = {each.currency: each.unpaid for each in every if each.unpaid}
    shown = [
        (name, sums_words(sums, in_own(sums)))
        for name, sums in ((_("ordered"), ordered), (_("unpaid"), unpaid))
        if sums
    ]
    title, tail = _("Trade"), " · ".join(f"{name} {text}" for name, text in shown)
    yield CardLine("")
    if cell_len(title) + cell_len(tail) + 4 <= width:
        yield CardLine(title, look="accent", tail=tail)
        return
    yield CardLine(title, look="accent")
    yield from (CardLine(text, label=name) for name, text in shown)


def trade_lines(trade: Trade, today: date, waits: Waits, older: bool) -> Iterator[CardLine]:
    """The records of a customer, and a line to add one; those that are over only if `older`."""
    owed = claims(trade, waits)
    going_on = {(type(r), r.id) for r in _in_order(trade) if is_going_on(r, trade, owed)}
    now: list[Record] = []
    over: list[Record] = []
    for record in _in_order(trade):
        (now if (type(record), record.id) in going_on else over).append(record)
    yield from (_line(record, trade, owed, today, waits) for record in now)
    if over:
        folded = ngettext("▸ {n} older record", "▸ {n} older records", len(over))
        yield CardLine(_("▾ fold older records away") if older else folded, "older", look="dim")
    yield from (_line(record, trade, owed, today, waits) for record in over if older)
    yield CardLine(_("+ add a trade record"), "trade", look="dim")


def record_at(trade: Trade, key: str) -> Record | None:
    """The record that a line's key names; None when it is no longer there."""
    kind, _slash, record_id = key.partition("/")
    return next((r for r in _in_order(trade) if KIND[type(r)] == kind and str(r.id) == record_id), None)


def _in_order(trade: Trade) -> Iterator[Record]:
    """Every record, payments after what they are for."""
    yield from trade.quotes
    yield from trade.samples
    paid_for: list[Invoice | Order] = [*trade.invoices, *trade.orders]
    for record in paid_for:
        yield record
        yield from (payment for payment in trade.payments if paid_by(payment, trade) == record)
    yield from (payment for payment in trade.payments if paid_by(payment, trade) is None)
    yield from trade.shipments


def _line(record: Record, trade: Trade, owed: Sequence[Claim], today: date, waits: Waits) -> CardLine:
    kind = KIND[type(record)]
    name = word("record", kind)
    label = name[:1].upper() + name[1:]
    if isinstance(record, Payment) and paid_by(record, trade) is not None:
        label = f"  {name}"
    mark, look = state(record, owed, today, waits)
    return CardLine(record_words(record), "record", f"{kind}/{record.id}", label, mark=mark, mark_look=look)
