"""Trade that the words of a planned customer tell of."""

from __future__ import annotations

from datetime import date

from tests.exchange.sheets import TODAY, ZONE, only, plan, sheet
from tui_crm.domain.trade_checks import KIND
from tui_crm.domain.values import Invoice, Trade
from tui_crm.exchange.told import trade_told

LOG = sheet(
    ["客户", "Nord GmbH"],
    ["日期", "沟通方式", "内容简要", "当前阶段", "下一步动作"],
    ["2026-11-04", "邮件", "报FOB深圳 USD 0.86/pc；寄样 DHL#562729", "已报价", ""],
    ["商务记录"],
    ["样品", "2026.11.05 DHL#562729"],
    ["PI", "PI20261110-A USD 4280"],
    ["付款", "2026.11.12 收到定金 USD 1290"],
)


def found(known: Trade) -> list[tuple[str, date]]:
    told = trade_told(only(plan(LOG)), known, TODAY, ZONE, "USD")
    days = {"quote": "quoted_on", "invoice": "sent_on", "payment": "paid_on"}
    kinds = [(KIND[type(one.reading.record)], one.reading.record) for one in told]
    return [(kind, getattr(record, days[kind])) for kind, record in kinds]


def test_what_entries_and_remarks_tell_of_and_the_plan_does_not_have_already() -> None:
    assert found(Trade()) == [
        ("quote", date(2026, 11, 4)),
        ("invoice", date(2026, 11, 10)),
        ("payment", date(2026, 11, 12)),
    ]


def test_what_the_book_has_is_not_offered_again() -> None:
    known = Trade(invoices=(Invoice("PI 20261110-a", date(2026, 11, 9), "USD", 428_000),))
    assert [kind for kind, _day in found(known)] == ["quote", "payment"]
