"""The plan in words."""

from __future__ import annotations

import pytest

from tests.exchange.sheets import TODAY, ZONE, Book, plan, sheet
from tui_crm.exchange.mapping import SKIP, Choices, Guide
from tui_crm.exchange.plan import plan_import
from tui_crm.exchange.report import note_table, report_lines
from tui_crm.i18n import use_language


@pytest.fixture
def made():  # type: ignore[no-untyped-def]
    rows = [(n, f"Customer {n}", "德国", "报价", "见名片", "red") for n in range(1, 6)]
    return plan(
        sheet(["跟进表"], ("序号", "客户", "国家", "阶段", "联系方式", "颜色"), *rows, name="总览"),
        sheet(["物料", "规格"], ["x", "y"], name="Sheet2"),
    )


def test_the_report_names_sheets_sums_and_the_first_rows_of_each_note(made) -> None:  # type: ignore[no-untyped-def]
    text = "\n".join(report_lines(made))
    assert "总览: customers, 5 rows" in text
    assert "lines that are no data: 跟进表" in text
    assert "columns kept as fields of their own: 颜色" in text
    assert "which only number the rows: 序号" in text
    assert "Sheet2: not recognised, not imported" in text
    assert "New customers: 5; customers with something new: 0; unchanged: 0" in text
    assert "temperature was taken from their stage, as the sheet has none: 5" in text
    assert "总览, 联系方式 (5): This is no address; kept in the remarks.\n  row 3: 见名片\n" in text
    assert "… and 2 more" in text


def test_every_note_and_every_row_that_stays_out_is_a_row_for_a_sheet(made) -> None:  # type: ignore[no-untyped-def]
    head, *rows = note_table(made)
    assert head[0] == "Sheet"
    assert ("总览", "3", "联系方式", "见名片", "This is no address; kept in the remarks.") in rows
    assert ("Sheet2", "2", "", "x | y", "No row of column headers was recognised.") in rows
    assert len(rows) == len(made.notes) + 1 == 7


def test_cells_that_the_user_leaves_out_are_listed_one_by_one() -> None:
    table = sheet(["客户", "国家", "备注"], ("ABC", "德国", "secret"), ("XYZ", "法国", ""), name="A")
    guide = Guide(Choices(columns={("A", "备注"): SKIP}))
    rows = list(note_table(plan_import([table], Book(), TODAY, ZONE, guide=guide)))
    assert ("A", "2", "备注", "secret", "Left out, as you chose.") in rows
    assert len(rows) == 3  # the head, the column with how many cells, its one cell


def test_the_report_speaks_chinese(made) -> None:  # type: ignore[no-untyped-def]
    use_language("zh_CN")
    try:
        text = "\n".join(report_lines(made))
    finally:
        use_language("en")
    assert "新客户 5" in text
    assert "row" not in text


def test_hostile_names_of_sheets_cannot_steer_the_terminal(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from tui_crm.exchange.tables import read_tables

    file = tmp_path / "a\x1b[2Jb.csv"
    file.write_text("客户,国家\nABC,德国\n", encoding="utf-8")
    assert "\x1b" not in "\n".join(report_lines(plan(*read_tables(file))))
