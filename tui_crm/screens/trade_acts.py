"""What is done most with one trade record: its form, and a small menu of what may have happened to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from rich.cells import cell_len
from textual.content import Content

from ..domain.dates import Look, parse_date
from ..domain.messages import N_, Problem
from ..domain.money import format_sum
from ..domain.text import clean
from ..domain.trade_checks import KIND
from ..domain.trade_clocks import Claim, claims
from ..domain.values import Order, Payment, Record, Sample, Shipment
from ..domain.vocabulary import STATUSES
from ..i18n import _, word
from ..usecases import cards, trade
from .customer_commands import CustomerCommands
from .widgets.trade_words import record_words

_ROOM = 32
"""Cells for the names of acts in the foot line."""
_PAYMENT = {"deposit_due": "deposit", "balance_due": "balance", "invoice_unpaid": "full"}


class Act(NamedTuple):
    """Something that may have happened to a record: its words, and what it makes of the answer to `asks` (of nothing, where
    nothing is asked): the record changed, or a new one. Raises Problem for an answer that cannot be used."""

    label: str
    make: Callable[[str], Record]
    asks: str = ""


def acts_of(record: Record, owed: Sequence[Claim], today: date) -> Iterator[Act]:
    """What may have happened to a record next, the likeliest first."""
    kind = KIND[type(record)]
    if isinstance(record, Sample | Shipment) and record.arrived_on is None:
        yield Act(_("arrived today"), lambda _answer: replace(record, arrived_on=today))
        asks = _("When did it arrive? (yesterday, mon, 12/3, 上周五 …)")
        yield Act(_("arrived on …"), lambda day: replace(record, arrived_on=parse_date(day, today, Look.BACK)), asks)
    if isinstance(record, Sample):
        yield Act(_("feedback …"), partial(_with_feedback, record), _("What does the customer say about the sample?"))
    for claim in owed:
        if record.id == (
            claim.order_id if isinstance(record, Order) else claim.invoice_id if kind == "invoice" else None
        ):
            yield Act(_received(claim), partial(_payment, claim, today))
    for status in STATUSES.get(kind, ()):
        if status != getattr(record, "status", ""):
            yield Act(word("status", status), partial(_with_status, record, status))


def _with_feedback(sample: Sample, said: str) -> Sample:
    if not clean(said):
        raise Problem(N_("Write down what they said, or leave with Esc."))
    return replace(sample, feedback=clean(said))


def _with_status(record: Record, status: str, _answer: str) -> Record:
    change: Any = {"status": status}
    return replace(record, **change)


def _received(claim: Claim) -> str:
    kind = word("payment_kind", _PAYMENT[claim.cause])
    return _("{kind} {sum} received today").format(kind=kind, sum=format_sum(claim.amount, claim.currency))


def _payment(claim: Claim, today: date, _answer: str) -> Payment:
    invoice_id = claim.invoice_id if claim.order_id is None else None
    return Payment(today, claim.currency, claim.amount, _PAYMENT[claim.cause], claim.order_id, invoice_id)


class TradeActs(CustomerCommands):
    """Mixin for screens that may have a trade record under the cursor."""

    def record_in_hand(self) -> Record | None:
        """The record under the cursor."""
        raise NotImplementedError

    def open_record(self, record: Record) -> None:
        """Show a record's form."""
        from .trade_form import TradeForm

        def closed(done: str) -> None:
            if done:
                self.done(done)
            else:
                self.refreshed()
                self.say(_("It stays as it is in the book."))

        customer = cards.existing(self.session, self.in_hand().id)
        self.ask(TradeForm(self.session, customer, record), closed)

    def do_record_acts(self) -> None:
        """Space: choose what happened."""
        from .picker import Choice, Picker

        record = self.record_in_hand()
        if record is None:
            raise Problem(N_("There is no trade record on this line. $ writes one down."))
        acts = self._acts(record)
        choices = [Choice(str(at), act.label) for at, act in enumerate(acts)]
        choices.append(Choice("remove", _("remove it")))

        def chosen(code: str) -> None:
            if code == "remove":
                trade.remove(self.session, self.in_hand().id, record)
                self.done(_("Removed: {name}").format(name=record_words(record)))
            else:
                self._begin(acts[int(code)], record)

        kind = word("record", KIND[type(record)])
        self.ask(Picker(f"{kind} {record_words(record)}", choices), chosen)

    def _acts(self, record: Record) -> list[Act]:
        owed = claims(trade.of(self.session, self.in_hand().id), self.session.settings.waits)
        return list(acts_of(record, owed, self.session.today))

    def _begin(self, act: Act, record: Record) -> None:
        from .ask import Ask

        if act.asks:
            self.ask(Ask(record_words(record), act.asks, act.make), partial(self._do, act, record))
        else:
            self._do(act, record, "")

    def _do(self, act: Act, record: Record, answer: str) -> None:
        made, customer_id = act.make(answer), self.in_hand().id
        if made.id:
            trade.change(self.session, customer_id, made)
        else:
            trade.add(self.session, customer_id, made)
        self.done(f"{record_words(record)}: {act.label.rstrip(' …')}")

    def record_keys(self, record: Record) -> Content:
        """For the foot of the screen: what Space offers for the record under the cursor, as far as there is room."""
        labels = [act.label.rstrip(" …") for act in self._acts(record)] or [_("remove it")]
        shown = labels[:1]
        for label in labels[1:]:
            if cell_len(", ".join([*shown, label])) <= _ROOM:
                shown.append(label)
        more = ", …" if len(shown) < len(labels) else ""
        return Content.assemble((" Space", "$accent bold"), f" {', '.join(shown)}{more} ")
