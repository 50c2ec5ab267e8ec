"""What was traded, as things that happened on a day: quoted, ordered, paid, arrived."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from .values import Record, Trade


class Happened(NamedTuple):
    """One thing that happened in trade: on which day, what (a word of the vocabulary `happened`), and the record it is
    written down in."""

    day: date
    what: str
    record: Record


def happened(trade: Trade, today: date) -> list[Happened]:
    """Everything that happened up to today, newest first; of one day the record written down last comes first."""
    known = (one for one in _all(trade) if one.day <= today)
    return sorted(known, key=lambda one: (one.day, one.record.id), reverse=True)


def _all(trade: Trade) -> Iterator[Happened]:
    yield from (Happened(quote.quoted_on, "quoted", quote) for quote in trade.quotes)
    for sample in trade.samples:
        if sample.shipped_on is not None:
            yield Happened(sample.shipped_on, "sample_sent", replace(sample, feedback=""))  # nobody knew it yet
        if sample.arrived_on is not None:
            yield Happened(sample.arrived_on, "sample_arrived", sample)
    yield from (Happened(invoice.sent_on, "invoiced", invoice) for invoice in trade.invoices)
    yield from (Happened(order.ordered_on, "ordered", order) for order in trade.orders)
    yield from (Happened(payment.paid_on, "paid", payment) for payment in trade.payments)
    for shipment in trade.shipments:
        if shipment.departs_on is not None:
            yield Happened(shipment.departs_on, "shipped", shipment)
        if shipment.arrived_on is not None:
            yield Happened(shipment.arrived_on, "arrived", shipment)
