"""Days as cells give them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from tests.exchange.sheets import TODAY, ZONE
from tui_crm.domain.messages import Problem
from tui_crm.exchange.days import Moment, Promise, next_action, next_day, past_moment, with_lost_zero
from tui_crm.exchange.tables import Cell

SINCE = date(2026, 11, 12)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-11-12", date(2026, 11, 12)),
        ("2026.11.16", date(2026, 11, 16)),
        ("2026/11/8", date(2026, 11, 8)),
        ("2026年11月18日", date(2026, 11, 18)),
        ("11月16日", date(2026, 11, 16)),
        ("12月1日", date(2025, 12, 1)),
        ("45982", date(2025, 11, 21)),
        (45982, date(2025, 11, 21)),
        (45982.0, date(2025, 11, 21)),
        (date(2026, 11, 5), date(2026, 11, 5)),
        (datetime(2026, 11, 5), date(2026, 11, 5)),
        ("２０２６-１１-２１", date(2026, 11, 21)),
    ],
)
def test_the_last_contact_was_on_that_day_at_noon(cell: Cell, day: date) -> None:
    moment = past_moment(cell, TODAY, None, ZONE)
    assert moment == Moment(day)
    assert moment.instant(ZONE) == datetime.combine(day, time(12), ZONE)


@pytest.mark.parametrize(
    ("cell", "at"),
    [
        ("2024-08-13T18:04:34.666+00:00", datetime(2024, 8, 13, 18, 4, 34, tzinfo=UTC)),
        ("2026-11-12T00:00:00Z", datetime(2026, 11, 12, tzinfo=UTC)),
        ("2026/11/8 15:30", datetime(2026, 11, 8, 7, 30, tzinfo=UTC)),
        ("2009-07-14 22:14:45-0800", datetime(2009, 7, 15, 6, 14, 45, tzinfo=UTC)),
        (datetime(2026, 11, 8, 15, 30), datetime(2026, 11, 8, 7, 30, tzinfo=UTC)),
    ],
)
def test_a_time_of_day_is_kept(cell: Cell, at: datetime) -> None:
    moment = past_moment(cell, TODAY, None, ZONE)
    assert moment.instant(ZONE) == at
    assert moment.day == at.astimezone(ZONE).date()


@pytest.mark.parametrize(
    ("cell", "day", "other"),
    [
        (6.3, date(2026, 6, 3), "6.30"),
        (6.1, date(2026, 6, 1), "6.10"),
        (2.3, date(2026, 2, 3), ""),
        (6.25, date(2026, 6, 25), ""),
        (11.2, date(2026, 11, 2), "11.20"),
        (12.31, date(2025, 12, 31), ""),
        (13.5, date(2026, 5, 13), ""),
        (45982.5, date(2025, 11, 21), ""),
    ],
)
def test_a_day_typed_as_a_number(cell: float, day: date, other: str) -> None:
    assert past_moment(cell, TODAY, None, ZONE).day == day
    assert with_lost_zero(cell) == other
    assert with_lost_zero(str(cell)) == ""


@pytest.mark.parametrize("cell", ["2026-02-30", "2026-13-01", "0000-00-00", "5/6/2026", "soon", "", 7, True])
def test_what_is_no_day_is_refused(cell: Cell) -> None:
    with pytest.raises(Problem):
        past_moment(cell, TODAY, None, ZONE)


def test_the_order_of_day_and_month_is_that_of_the_column() -> None:
    assert past_moment("5/6/2026", TODAY, "dmy", ZONE).day == date(2026, 6, 5)
    assert past_moment("5/6/2026", TODAY, "mdy", ZONE).day == date(2026, 5, 6)


@pytest.mark.parametrize(
    ("text", "day", "action"),
    [
        ("11月15日 发目录和案例", date(2026, 11, 15), "发目录和案例"),
        ("2026.10.26 继续跟进", date(2026, 10, 26), "继续跟进"),
        ("2026-11-19 月初再问预算", date(2026, 11, 19), "月初再问预算"),
        ("2026年11月22日：电话谈付款条件", date(2026, 11, 22), "电话谈付款条件"),
        ("1月5日 寄样", date(2027, 1, 5), "寄样"),
        ("尽快 回MOQ和交期", TODAY, "回MOQ和交期"),
        ("ASAP send quote", TODAY, "send quote"),
        ("下周三 打电话", date(2026, 11, 18), "打电话"),
        ("3d call", date(2026, 11, 15), "call"),
        ("回MOQ和交期", None, "回MOQ和交期"),
        ("月初再问预算", None, "月初再问预算"),
        ("may order more", None, "may order more"),
        ("LinkedIn 找联系人", None, "LinkedIn 找联系人"),
        ("1.5万台订单", None, "1.5万台订单"),
        ("nowhere to be found", None, "nowhere to be found"),
    ],
)
def test_a_plan_is_a_day_and_an_action_or_an_action(text: str, day: date | None, action: str) -> None:
    assert next_action(text, SINCE, TODAY) == Promise(day, action)


@pytest.mark.parametrize(
    ("cell", "day", "action"),
    [
        ("2026-11-20", date(2026, 11, 20), ""),
        ("11月14日", date(2026, 11, 14), ""),
        (datetime(2026, 11, 18), date(2026, 11, 18), ""),
        ("尽快", TODAY, ""),
        ("待定", None, ""),
        ("TBD", None, ""),
        ("明天", date(2026, 11, 13), ""),
        ("等客户通知", None, "等客户通知"),
        ("2026-02-30", None, "2026-02-30"),
    ],
)
def test_the_next_day_counts_from_the_last_contact(cell: Cell, day: date | None, action: str) -> None:
    assert next_day(cell, SINCE, TODAY, None) == Promise(day, action)
