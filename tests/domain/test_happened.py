from __future__ import annotations

from datetime import date

from tui_crm.domain.happened import happened
from tui_crm.domain.values import Invoice, Order, Payment, Quote, Sample, Shipment, Trade


def day(of_november: int) -> date:
    return date(2026, 11, of_november)


TRADE = Trade(
    (Quote(day(2), "USD", 8600, id=1),),
    (Sample("grey", shipped_on=day(3), arrived_on=day(7), feedback="too thin", id=1), Sample("red", id=2)),
    (Invoice("PI7", day(8), "USD", 430000, id=1),),
    (Order(day(9), "USD", 430000, id=1),),
    (Payment(day(9), "USD", 129000, id=2), Payment(day(9), "USD", 100, id=1)),
    (Shipment("sea", departs_on=day(12), arrives_on=day(20), id=1), Shipment("air", arrived_on=day(13), id=2)),
)


def told(today: date) -> list[tuple[int, str, int]]:
    return [(one.day.day, one.what, one.record.id) for one in happened(TRADE, today)]


def test_each_thing_happens_on_its_own_day_newest_first() -> None:
    assert told(day(30)) == [
        (13, "arrived", 2),
        (12, "shipped", 1),
        (9, "paid", 2),
        (9, "ordered", 1),
        (9, "paid", 1),
        (8, "invoiced", 1),
        (7, "sample_arrived", 1),
        (3, "sample_sent", 1),
        (2, "quoted", 1),
    ]


def test_what_is_to_come_has_not_happened() -> None:
    assert told(day(12))[0] == (12, "shipped", 1)
    assert told(day(2)) == [(2, "quoted", 1)]


def test_when_a_sample_was_sent_nobody_knew_what_they_would_say() -> None:
    said = {one.what: getattr(one.record, "feedback", "") for one in happened(TRADE, day(30))}
    assert (said["sample_arrived"], said["sample_sent"]) == ("too thin", "")
