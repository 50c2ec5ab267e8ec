"""Trade that the words of a planned customer tell of: prices, parcels, PIs, orders, payments, shipments in notes and remarks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, tzinfo
from functools import lru_cache

from tui_crm.domain.messages import Problem
from tui_crm.domain.trade_checks import number_key
from tui_crm.domain.trade_lines import parse_record
from tui_crm.domain.trade_prose import Told, can_tell, told_records
from tui_crm.domain.values import Invoice, Order, Payment, Quote, Record, Sample, Shipment, Trade

from .columns import meaning
from .planned import PlannedCustomer

_IN_ORDER = (Quote, Sample, Invoice, Order, Payment, Shipment)
"""Kinds in the order in which one belongs to another."""
_HEADED = {"pi": "invoice", "形式发票": "invoice", "proforma": "invoice", "proforma invoice": "invoice", "订单": "order", "合同": "order",
           "order": "order", "contract": "order", "付款": "payment", "payment": "payment", "发货": "shipment", "shipment": "shipment"}  # fmt: skip
"""By the header of a column about trade: the kind of record in its cells."""


def trade_told(planned: PlannedCustomer, known: Trade, today: date, zone: tzinfo, currency: str) -> tuple[Told, ...]:
    """The records that what is to be written of a customer tells of, and neither the plan nor the book (`known`) has, each once."""
    seen = {_key(record) for record in (*planned.quotes, *planned.samples, *known.records())}
    found = []
    for told in _all(planned, today, zone, currency):
        key = _key(told.reading.record)
        if key not in seen:
            seen.add(key)
            found.append(told)
    return tuple(sorted(found, key=lambda told: _IN_ORDER.index(type(told.reading.record))))


def may_tell(planned: PlannedCustomer) -> bool:
    """Whether what is to be written of a customer can tell of a record at all; much quicker than looking which."""
    new = planned.verdict == "new"
    return (
        any(can_tell(entry.note) for entry in planned.activities)
        or ((new or "remarks" in planned.changes) and can_tell(planned.customer.remarks))
        or ((new or "custom" in planned.changes) and any(map(_is_paper, planned.customer.custom)))
    )


def _all(planned: PlannedCustomer, today: date, zone: tzinfo, currency: str) -> Iterator[Told]:
    day = today
    for entry in planned.activities:
        day = entry.happened_at.astimezone(zone).date()
        yield from told_records(entry.note, day, currency)
    if planned.verdict == "new" or "remarks" in planned.changes:
        for line in planned.customer.remarks.splitlines():
            yield from told_records(line, day, currency)
    if planned.verdict == "new" or "custom" in planned.changes:
        for header, text in planned.customer.custom.items():
            yield from _headed(header, text, day, currency)


def _headed(header: str, text: str, day: date, currency: str) -> Iterator[Told]:
    """The record in a column about trade (PI, 付款): its header says the kind, so its words need not."""
    if not _is_paper(header):
        return
    try:
        yield Told(parse_record(text, day, currency, _HEADED.get(header.casefold().strip())), text)
    except Problem:
        yield from told_records(text, day, currency)


@lru_cache(maxsize=256)
def _is_paper(header: str) -> bool:
    return meaning(header).field == "paper"


def _key(record: Record) -> tuple[object, ...]:
    """What two tellings of one record share."""
    match record:
        case Quote():
            return ("quote", record.quoted_on, record.currency, record.price, record.incoterm)
        case Sample():
            return ("sample", number_key(record.courier + record.tracking) or record.specs)
        case Invoice():
            return ("invoice", number_key(record.number))
        case Order():
            return ("order", number_key(record.number) or (record.ordered_on, record.currency, record.amount))
        case Payment():
            return ("payment", record.paid_on, record.currency, record.amount)
        case Shipment():
            return (
                "shipment",
                record.bill or record.container or (record.departs_on, record.from_port, record.to_port),
            )
