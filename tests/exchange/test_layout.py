"""Where a sheet keeps what."""

from __future__ import annotations

from tests.exchange.sheets import sheet
from tui_crm.exchange.layout import SheetKind, lay_out
from tui_crm.exchange.tables import Table

LOG = ("日期", "沟通方式", "内容简要", "当前阶段", "下一步动作")


def fields(table: Table) -> list[str]:
    return [column.field for column in lay_out(table)[0].columns]


def test_titles_and_instructions_above_the_header_are_told_apart_from_it() -> None:
    table = sheet(
        ["外贸客户跟进表 2026"], ["请每天更新"], [], ["客户名称", "国家", "邮箱"], ["ABC", "德国", "a@abc.example"]
    )
    (found,) = lay_out(table)
    assert (found.kind, found.titles, len(found.rows)) == (
        SheetKind.CUSTOMERS,
        ("外贸客户跟进表 2026", "请每天更新"),
        1,
    )


def test_the_header_of_two_rows_is_the_lower_one() -> None:
    table = sheet(["客户", "国家", "最近跟进"], ["客户", "国家", "日期", "内容"], ["ABC", "德国", "2026-11-05", "x"])
    assert fields(table) == ["company", "country", "last_date", "note"]


def test_the_log_of_one_customer_with_its_trade_lines() -> None:
    table = sheet(
        ["客户", "Blue Harbor Machinery S.A. de C.V."],
        LOG,
        ["2026.11.04", "电话", "要两种报价", "对比供应商", "发报价单"],
        ["商务记录"],
        ["报价", "2026.11.18，FOB SHENZHEN USD 1.33/pc（MOQ 3000）"],
        ["", "2026.11.19，FOB SHENZHEN USD 1.30/pc"],
        ["样品", "2026.11.18 DHL#633348，4个规格"],
        ["其他约定", "月结30天"],
        name="Blue Harbor Machinery S.A. d",
    )
    (found,) = lay_out(table)
    assert (found.kind, found.company) == (SheetKind.LOG_OF_ONE, "Blue Harbor Machinery S.A. de C.V.")
    assert [row.number for row in found.rows] == [3]
    assert [(line.row, line.field, line.label) for line in found.lines] == [
        (5, "quote", "报价"),
        (6, "quote", "报价"),
        (7, "sample", "样品"),
        (8, "", "其他约定"),
    ]


def test_the_card_above_a_log_may_say_more_than_the_name() -> None:
    table = sheet(["客户：ABC GmbH"], ["国家", "德国", "联系人", "Anna"], LOG, ["2026-11-05", "电话", "x", "", ""])
    (found,) = lay_out(table)
    assert found.company == "ABC GmbH"
    assert [(line.field, line.text) for line in found.card] == [("country", "德国"), ("contact", "Anna")]


def test_logs_of_several_customers_one_below_the_other() -> None:
    table = sheet(
        ["客户", "ABC"],
        LOG,
        ["2026-11-05", "电话", "x", "", ""],
        ["客户", "DEF"],
        LOG,
        ["2026-11-06", "邮件", "y", "", ""],
    )
    # The second header repeats the first; the card line above it still opens a new log.
    assert [(found.company, len(found.rows)) for found in lay_out(table)] == [("ABC", 1), ("DEF", 1)]


def test_a_header_printed_again_on_every_page_is_no_row() -> None:
    head = ["客户名称", "国家", "邮箱"]
    (found,) = lay_out(sheet(head, ["ABC", "德国", "a@abc.example"], head, ["DEF", "法国", ""]))
    assert [row.number for row in found.rows] == [2, 4]


def test_a_second_table_below_has_its_own_columns() -> None:
    table = sheet(
        ["客户", "国家", "邮箱"],
        ["ABC", "德国", "a@abc.example"],
        [],
        ["客户", "电话", "备注"],
        ["DEF", "+49 30 123456", "x"],
    )
    assert [[column.field for column in found.columns] for found in lay_out(table)] == [
        ["company", "country", "email"],
        ["company", "phone", "remarks"],
    ]


def test_what_one_header_leaves_open_the_others_settle() -> None:
    assert fields(sheet(["name", "email", "company"], ["Ann", "a@b.example", "ABC"])) == ["contact", "email", "company"]
    assert fields(sheet(["name", "email", "country"], ["ABC", "a@b.example", "DE"])) == ["company", "email", "country"]
    assert fields(sheet(["客户名称", "公司", "邮箱"], ["Ann", "ABC", "a@b.example"])) == ["contact", "company", "email"]
    assert fields(sheet(["客户", "日期", "notes"], ["ABC", "2026-11-05", "x"])) == ["company", "last_date", "note"]
    assert fields(sheet(["客户", "邮箱", "notes"], ["ABC", "a@b.example", "x"])) == ["company", "email", "remarks"]
    assert fields(sheet(["客户", "日期", "最近联系时间"], ["ABC", "2026-11-05", "x"])) == [
        "company",
        "created_on",
        "last_date",
    ]


def test_columns_without_header_or_with_the_same_one_keep_apart() -> None:
    table = sheet(["客户", "国家", "颜色", "颜色", ""], ["ABC", "德国", "红", "蓝", "绿"])
    assert [column.header for column in lay_out(table)[0].columns] == ["客户", "国家", "颜色", "颜色 (2)", "[E]"]


def test_a_column_that_only_counts_is_left_out_and_said_so() -> None:
    (found,) = lay_out(sheet(["序号", "客户", "国家"], [1, "ABC", "德国"], [2, "DEF", "法国"]))
    assert ([c.header for c in found.left_out], [c.header for c in found.columns]) == (["序号"], ["客户", "国家"])
    (named,) = lay_out(sheet(["编号", "客户", "国家"], ["C-001", "ABC", "德国"]))
    assert (named.left_out, named.columns[0].header) == ((), "编号")


def test_tables_of_other_things_are_unknown_and_say_why() -> None:
    for table in (
        sheet(["物料", "规格"], ["x", "y"]),
        sheet(["name", "label", "created_at"], ["Blue", "x", "2026-01-01"]),
        sheet(["date", "temperature", "place"], ["2011-01-01", "1", "Galway"]),
    ):
        (found,) = lay_out(table)
        assert found.kind is SheetKind.UNKNOWN
        assert found.reason is not None
