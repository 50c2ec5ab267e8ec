"""The verbs that write what was traded, each from one line: quote, sample, pi, order, pay, ship."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.dates import Look, parse_date
from ..i18n import _, tell, word
from ..record_text import record_text
from ..usecases import trade
from . import output
from .arguments import Arguments
from .readers import the_one
from .writers import say_next

if TYPE_CHECKING:
    from ..usecases.session import Session


def quote(session: Session, asked: Arguments) -> None:
    """Save a quote."""
    _save(session, asked, "quote")


def sample(session: Session, asked: Arguments) -> None:
    """Save a sample, with the days it was sent and arrived where they are given."""
    days = {"shipped": asked.shipped, "arrived": asked.arrived}
    words = [f"{name} {parse_date(day, session.today, Look.BACK).isoformat()}" for name, day in days.items() if day]
    _save(session, asked, "sample", words)


def pi(session: Session, asked: Arguments) -> None:
    """Save a proforma invoice; what does not match the quote is said."""
    _save(session, asked, "invoice")


def order(session: Session, asked: Arguments) -> None:
    """Save an order."""
    _save(session, asked, "order")


def pay(session: Session, asked: Arguments) -> None:
    """Save a payment."""
    _save(session, asked, "payment")


def ship(session: Session, asked: Arguments) -> None:
    """Save a shipment."""
    _save(session, asked, "shipment")


def _save(session: Session, asked: Arguments, kind: str, first: list[str] | None = None) -> None:
    row = the_one(session, asked.customer)
    line = trade.add_line(session, row.id, " ".join([*(first or []), *asked.line]), kind)
    for finding in line.findings:
        output.complain(tell(finding))
    output.say(_("Saved the {record} for {name}: {text}").format(
        record=word("record", kind), name=row.name, text=record_text(line.record, trade.of(session, row.id))))  # fmt: skip
    say_next(session, row.id)
