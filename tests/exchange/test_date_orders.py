"""Dates that can be read two ways: found, and what speaks for one reading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from tests.exchange.sheets import TODAY, plan, sheet
from tui_crm.exchange.date_orders import doubt_of, month_first_by_dots
from tui_crm.exchange.days import Promise, next_action


@pytest.mark.parametrize(
    ("field", "cells", "elsewhere", "likely"),
    [
        ("last_date", ["5/6/2026", "4/5/2026"], (), None),
        ("last_date", ["5/6/2026", "4/5/2026"], ("dmy",), "dmy"),
        ("last_date", ["5/6/2026"], ("dmy", "mdy"), None),
        ("last_date", ["1/12/2026", "2/11/2026"], (), "mdy"),  # the day first, one lies in the future
        ("next_date", ["1/12/2026", "2/11/2026"], (), None),  # where plans may
        ("last_date", ["1/12/2026"], ("dmy",), None),  # one says this, one says that
        ("last_date", ["3/1/2026", "7/2/2026", "2/3/2026", "5/4/2026"], (), "dmy"),  # in order of time
        ("next_action", ["5/6/2026 send price", "half of 1/2 container"], (), None),
    ],
)
def test_what_speaks_for_one_reading(
    field: str, cells: Sequence[str], elsewhere: Sequence[str], likely: str | None
) -> None:
    doubt = doubt_of(cells, field, TODAY, elsewhere)  # type: ignore[arg-type]
    assert doubt is not None
    assert (doubt.likely and doubt.likely.order) == likely


@pytest.mark.parametrize("cells", [["16.11.2026"], ["2026-11-10"], ["25/6/2026"], ["soon"], [6.3, None]])
def test_no_doubt(cells: Sequence[str]) -> None:
    assert doubt_of(cells, "last_date", TODAY, ()) is None


@pytest.mark.parametrize(
    ("cells", "header", "told"),
    [
        (["10.12"], "跟进日期", True),
        (["10.12"], "Date", False),
        (["10.12", 6.3], "Date", True),
        (["10.12", "10.20"], "Date", True),
        (["10.12", "25.6"], "跟进日期", False),
        (["10/12"], "跟进日期", False),
    ],
)
def test_a_dot_puts_the_month_first_beside_numbers_and_in_chinese(
    cells: Sequence[object], header: str, told: bool
) -> None:
    assert month_first_by_dots(cells, header) is told  # type: ignore[arg-type]


def test_a_contact_with_a_dotted_day_stands_in_the_log() -> None:
    made = plan(sheet(["客户", "国家", "跟进日期", "沟通内容"], ("ABC", "德国", "10.12", "发PI")))
    (entry,) = made.customers[0].activities
    assert (entry.happened_at.date(), entry.note) == (date(2026, 10, 12), "发PI")


def test_a_plan_that_begins_with_such_a_date_waits_for_the_answer() -> None:
    assert next_action("7/6/2026 send price", TODAY, TODAY).day is None
    assert next_action("7/6/2026 send price", TODAY, TODAY, "dmy") == Promise(date(2026, 6, 7), "send price")
