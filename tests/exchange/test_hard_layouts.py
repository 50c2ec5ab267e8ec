"""Sheets as people really keep them: each case a tiny one, and what a rep would expect of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from tests.exchange.sheets import Book, only, plan, sheet, told
from tests.exchange.words import words_of
from tui_crm.domain.values import NextStep
from tui_crm.exchange.plan import Plan
from tui_crm.exchange.tables import Cell, Table, read_tables

HEAD = ("客户名称", "国家", "联系人", "邮箱")
ABC = ("ABC GmbH", "德国", "Anna", "anna@abc.example")
DEF = ("DEF SARL", "法国", "Paul", "paul@def.example")
OPEN = ("客户名称", "联系人", "邮箱")
"""A header without a country, which sections may give."""


def customers(made: Plan) -> list[tuple[str, str]]:
    return [(planned.customer.name, planned.customer.country) for planned in made.customers]


def entries(made: Plan) -> list[tuple[str, str, str, str]]:
    """Every log entry of a plan: customer, day, what was said, by whom."""
    return [
        (planned.customer.name, entry.happened_at.date().isoformat(), entry.note, entry.author)
        for planned in made.customers
        for entry in planned.activities
    ]


BOTH = [("ABC GmbH", "DE"), ("DEF SARL", "FR")]


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(sheet(["2026 客户表"], ["填表说明：每天更新"], HEAD, ABC, DEF), id="titles above"),
        pytest.param(sheet(*[[f"说明 {n}"] for n in range(39)], HEAD, ABC, DEF), id="header in row 40"),
        pytest.param(sheet(*[[f"说明 {n}"] for n in range(80)], HEAD, ABC, DEF), id="header in row 81"),
        pytest.param(sheet(("客户\n名称", "国家/\n地区", "联系人 *", "邮箱\n(必填)"), ABC, DEF), id="header of several lines"),
        pytest.param(sheet(HEAD, ABC, HEAD, DEF, HEAD), id="header on every page"),
        pytest.param(sheet(HEAD, ABC, DEF, ["合计", "", "", "2家"]), id="totals below"),
        pytest.param(sheet(HEAD, ABC, ["", "小计：1"], DEF, ["总计（2家）"]), id="totals between"),
        pytest.param(sheet(HEAD, ABC, DEF, [], ["填表说明"], ["1、客户名称必须写全称"], ["2、每周五提交给主管"]), id="instructions below"),
        pytest.param(sheet(HEAD, ABC, DEF, ["审核人：", "", "日期："], ["第 1 页 共 1 页"]), id="signatures below"),
        pytest.param(sheet(HEAD, ABC, DEF, ["注：以上数据截至2026年10月，仅供内部使用"]), id="remark below"),
        pytest.param(sheet(["客户名称", "", "国家", "", "", "邮箱"], ["ABC GmbH", "", "德国"], ["DEF SARL", "", "法国"]), id="empty columns"),
        pytest.param(sheet(HEAD, ["德国"], ABC, ["法国"], DEF), id="sections repeat a column"),
        pytest.param(sheet(OPEN, ["德国"], ("ABC GmbH", "Anna", "a@abc.example"), ["法国（1家）"], ("DEF SARL", "Paul", "p@def.example")), id="sections give the country"),
        pytest.param(sheet(("客户名称", "国家", "", "客户名称", "国家"), ("ABC GmbH", "德国", "", "DEF SARL", "法国")), id="side by side"),
        pytest.param(sheet(("客户名称", "国家", "客户名称", "国家"), ("ABC GmbH", "德国", "DEF SARL", "法国")), id="side by side without a gap"),
        pytest.param(sheet(("客户名称", "ABC GmbH", "DEF SARL"), ("国家", "德国", "法国"), ("联系人", "Anna", "Paul")), id="customers in columns"),
        pytest.param(sheet(["客户档案"], ["公司名称", "ABC GmbH"], ["国家", "德国"], ["联系人", "Anna"], [], ["公司名称", "DEF SARL"], ["国家", "法国"], ["联系人", "Paul"]), id="forms"),
        pytest.param(sheet((*HEAD, *(f"指标{n}" for n in range(300))), (*ABC, *range(300)), (*DEF, *range(300))), id="300 columns"),
    ],
)  # fmt: skip
def test_the_customers_of_a_sheet_and_nobody_else(table: Table) -> None:
    made = plan(table)
    assert customers(made) == BOTH
    lost = [text for row in table.rows for text in row.cells if isinstance(text, str) and text not in words_of(made)]
    headers = {cell for summary in made.sheets for column in summary.columns for cell in (column.header,)}
    codes = {"德国", "法国", "法国（1家）"}
    assert [
        text for text in lost if " ".join(text.split()) not in headers | codes and text not in (*HEAD, "公司名称")
    ] == []


PEOPLE = [("Anna", "+49 30 5550760"), ("Bert", "+49 30 5550761")]


@pytest.mark.parametrize(
    "header",
    [
        [("客户名称", "国家", "联系人", "", "联系人2", ""), ("", "", "姓名", "电话", "姓名", "电话")],
        [("客户名称", "国家", "联系人", "", "第二联系人", ""), ("客户名称", "国家", "姓名", "电话", "姓名", "电话")],
        [("客户名称", "国家", "联系人", "电话", "联系人2", "电话2")],
        [("客户名称", "国家", "主要联系人", "电话", "对接人", "电话")],
        [("Company", "Country", "Contact", "Phone", "Contact", "Phone")],
        [
            ("Company", "Country", "Primary contact", "", "Secondary contact", ""),
            ("", "", "Name", "Phone", "Name", "Phone"),
        ],
    ],
)
def test_people_side_by_side(header: Sequence[Sequence[Cell]]) -> None:
    row = ("ABC GmbH", "德国", "Anna", "+49 30 5550760", "Bert", "+49 30 5550761")
    contacts = only(plan(sheet(*header, row))).customer.contacts
    assert [(contact.name, contact.reaches[0].value) for contact in contacts] == PEOPLE


TWICE = [("ABC GmbH", "2026-05-10", "发报价", ""), ("ABC GmbH", "2026-05-15", "寄样品", "")]


@pytest.mark.parametrize(
    "header",
    [
        [("客户", "国家", "首次跟进", "", "二次跟进", ""), ("", "", "时间", "内容", "时间", "内容")],
        [("客户", "国家", "首次联系", "", "二次联系", ""), ("客户", "国家", "时间", "内容", "时间", "内容")],
        [("客户", "国家", "第一次跟进时间", "第一次跟进内容", "第二次跟进时间", "第二次跟进内容")],
        [("客户", "国家", "跟进时间1", "跟进内容1", "跟进时间2", "跟进内容2")],
        [("客户", "国家", "跟进时间", "跟进内容", "跟进时间", "跟进内容")],
        [("客户", "国家", "跟进时间", "跟进内容", "二次跟进时间", "二次跟进内容")],
        [("Company", "Country", "1st follow-up date", "1st follow-up notes", "2nd follow-up date", "2nd follow-up notes")],
    ],
)  # fmt: skip
def test_contacts_side_by_side_are_log_entries_each(header: Sequence[Sequence[Cell]]) -> None:
    made = plan(sheet(*header, ("ABC GmbH", "德国", "2026-05-10", "发报价", "2026-05-15", "寄样品")))
    assert entries(made) == TWICE


def test_each_contact_side_by_side_has_its_own_writer() -> None:
    header = [
        ("客户", "国家", "首次跟进", "", "", "二次跟进", "", ""),
        ("", "", "时间", "内容", "记录人", "时间", "内容", "记录人"),
    ]
    made = plan(sheet(*header, ("ABC", "德国", "2026-05-10", "发报价", "Amy", "2026-05-15", "寄样品", "Leo")))
    assert entries(made) == [("ABC", "2026-05-10", "发报价", "Amy"), ("ABC", "2026-05-15", "寄样品", "Leo")]


def test_a_group_of_plans_is_the_next_step() -> None:
    header = [("客户", "国家", "最近跟进", "", "下次跟进", ""), ("", "", "时间", "内容", "时间", "内容")]
    made = plan(sheet(*header, ("ABC", "德国", "2026-11-10", "发报价", "2026-12-01", "催单")))
    assert entries(made) == [("ABC", "2026-11-10", "发报价", "")]
    assert only(made).next_step == NextStep(date(2026, 12, 1), "催单", by_hand=True)


def test_days_of_samples_are_no_days_of_contact() -> None:
    made = plan(sheet(("客户", "国家", "寄样", ""), ("", "", "时间", "单号"), ("ABC", "德国", "2026-05-10", "DHL 123")))
    assert (entries(made), dict(only(made).customer.custom)) == (
        [],
        {"寄样 时间": "2026-05-10", "寄样 单号": "DHL 123"},
    )


@pytest.mark.parametrize(
    ("above", "months", "days"),
    [
        (["2025年跟进表"], ("1月", "3月"), ("2025-01-01", "2025-03-01")),
        ([], ("3月", "12月"), ("2026-03-01", "2025-12-01")),
        ([], ("2026年3月", "2026-04"), ("2026-03-01", "2026-04-01")),
        ([], ("Jan 2026", "February 2026"), ("2026-01-01", "2026-02-01")),
        ([], ("5月10日", "5月15日"), ("2026-05-10", "2026-05-15")),
    ],
)
def test_notes_below_months_are_entries_of_the_month(
    above: list[str], months: Sequence[str], days: Sequence[str]
) -> None:
    made = plan(sheet(above, ("客户", "国家", *months), ("ABC", "德国", "发报价", "寄样品")))
    assert sorted(entries(made)) == sorted(zip(["ABC"] * 2, days, ["发报价", "寄样品"], ["", ""], strict=True))


def test_sums_below_months_are_no_log() -> None:
    made = plan(sheet(("客户", "国家", "1月", "2月"), ("ABC", "德国", 1200, 300)))
    assert (entries(made), dict(only(made).customer.custom)) == ([], {"1月": "1200", "2月": "300"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026/5/10 发报价\n5/15 寄样品 —Amy", [("2026-05-10", "发报价", ""), ("2026-05-15", "寄样品", "Amy")]),
        ("11月5日：问价\n续：要目录\n1/8 催", [("2025-11-05", "问价\n续：要目录", ""), ("2026-01-08", "催", "")]),
        ("5.10 发报价；5.15 寄样品", [("2026-05-10", "发报价", ""), ("2026-05-15", "寄样品", "")]),
        ("2026-05-15 14:30 二次报价--张三\n2026-05-10 首次报价", [("2026-05-10", "首次报价", ""), ("2026-05-15", "二次报价", "张三")]),
        ("2025.12.28 放假前联系\n1.6 开工", [("2025-12-28", "放假前联系", ""), ("2026-01-06", "开工", "")]),
        ("5/10发报价", [("2026-05-10", "发报价", "")]),
        ("1.5 kg 样品\n2.5 kg 样品", []),
        ("2-3 天后再联系\n4-5 个样品", []),
        ("要10/20尺柜报价", []),
        ("10/11 cm 规格\n12/11 cm 规格", []),
        ("1/2 pallets\n3/4 pallets", []),
    ],
)  # fmt: skip
def test_a_cell_with_dated_lines_is_a_log(text: str, said: list[tuple[str, str, str]]) -> None:
    made = plan(sheet(("客户", "国家", "跟进记录"), ("ABC", "德国", text)))
    assert entries(made) == [("ABC", *each) for each in said]
    assert text in words_of(made) or len(said) == 1


def test_dated_lines_stand_beside_the_contact_of_the_row_and_are_taken_once() -> None:
    table = sheet(
        ("客户", "国家", "业务员", "最近跟进日期", "跟进记录", "备注"),
        ("ABC", "德国", "Leo", "2026-05-15", "5/10 发报价\n5/15 寄样品 —Amy", "尺寸 10/20 cm"),
    )
    made = plan(table)
    assert entries(made) == [("ABC", "2026-05-10", "发报价", "Leo"), ("ABC", "2026-05-15", "寄样品", "Amy")]
    assert only(made).customer.remarks == "尺寸 10/20 cm"
    book = Book()
    book.take(made, remember=False)
    assert plan(table, book=book).count("same") == 1


def test_sections_of_grades_hold_until_the_next_of_their_rank() -> None:
    one, two, three = (("A Co", "x", "x@a.example"), ("B Co", "y", "y@b.example"), ("C Co", "z", "z@c.example"))
    made = plan(sheet(OPEN, ["德国"], ["A类客户"], one, ["B类客户"], two, ["法国"], three))
    found = [(planned.customer.country, planned.customer.grade) for planned in made.customers]
    assert found == [("DE", "A"), ("DE", "B"), ("FR", "")]


@pytest.mark.parametrize("heading", ["欧洲", "VIP客户", "东南亚地区", "Latin America"])
def test_headings_of_other_words_are_kept_as_a_field(heading: str) -> None:
    made = only(plan(sheet(OPEN, [heading], ("A Co", "x", "x@a.example"))))
    assert (made.customer.name, [*made.customer.custom.values()]) == ("A Co", [heading])


def test_a_table_of_something_else_below_is_no_customers() -> None:
    made = plan(sheet(HEAD, ABC, [], ["订单明细"], ["订单号", "产品", "金额"], ["PI1", "灯", 100]))
    assert customers(made) == BOTH[:1]
    assert any("No column names the customer" in note for note in told(made))


def test_totals_below_the_log_of_one_customer() -> None:
    made = plan(sheet(["客户", "ABC"], ["日期", "方式", "内容"], ["2026-05-10", "邮件", "发报价"], ["合计", "1 次"]))
    assert (entries(made), only(made).customer.remarks) == ([("ABC", "2026-05-10", "发报价", "")], "")
    assert told(made) == ["A line of totals; not imported."]


def test_a_lone_name_in_the_column_of_companies_is_a_customer() -> None:
    assert customers(plan(sheet(HEAD, ABC, ["Lone Trader"], DEF))) == [BOTH[0], ("Lone Trader", ""), BOTH[1]]


def test_every_customer_on_a_sheet_of_its_own() -> None:
    log = (("日期", "方式", "内容"), ("2026-05-10", "邮件", "发报价"))
    made = plan(
        sheet(*log, name="ABC GmbH"),
        sheet(["公司", "DEF SARL"], ["国家", "法国", "付款方式", "T/T"], *log, name="2"),
        sheet(["公司名称", "GHI Ltd"], ["国家", "英国"], ["电话", "+44 20 7946 0001"], ["船期", "30天"], name="3"),
        sheet(["公司名称：JKL Inc"], ["国家：美国"], ["联系人：Joe"], name="4"),
        sheet(*log, name="跟进记录"),
    )
    assert customers(made) == [("ABC GmbH", ""), ("DEF SARL", "FR"), ("GHI Ltd", "GB"), ("JKL Inc", "US")]
    assert [dict(planned.customer.custom) for planned in made.customers] == [
        {},
        {"付款方式": "T/T"},
        {"船期": "30天"},
        {},
    ]
    assert any("does not say whose" in note for note in told(made))


def test_the_columns_that_another_sheet_is_explained_by_are_no_customer() -> None:
    assert customers(plan(sheet(["客户名称", "填写公司全称"], ["国家", "下拉选择"], ["联系人", "必填"]))) == []


def test_ticks_are_tags_and_tell_the_stage() -> None:
    made = plan(
        sheet(
            ("客户", "国家", "已寄样", "已报价"),
            ("A", "德国", "√", "√"),
            ("B", "法国", "×", "✓"),
            ("C", "英国", "已寄样 √", ""),
        )
    )
    assert [(p.customer.tags, p.customer.stage) for p in made.customers] == [
        (("已寄样", "已报价"), "sampling"), (("已报价",), "quoted"), (("已寄样",), "sampling"),
    ]  # fmt: skip


def test_yes_and_no_tick_off_what_a_header_asks() -> None:
    made = plan(sheet(("客户", "国家", "是否寄样"), ("A", "德国", "是"), ("B", "法国", "否")))
    assert [(p.customer.tags, p.customer.stage) for p in made.customers] == [(("寄样",), "sampling"), ((), "new")]


def test_numbers_that_spreadsheets_made_of_phones() -> None:
    made = plan(
        sheet(
            ("客户", "国家", "电话"),
            ("A", "中国", 13800138000.0),
            ("B", "中国", "13800138001.0"),
            ("C", "中国", "1.38E+10"),
        )
    )
    found = [[reach.value for contact in p.customer.contacts for reach in contact.reaches] for p in made.customers]
    assert found == [["+86 13800138000"], ["+86 13800138001"], []]
    assert [note for note in told(made) if "last digits are lost" in note]


def test_rough_days() -> None:
    made = plan(
        sheet(
            ("客户", "国家", "最近跟进", "下次跟进"),
            ("A", "德国", "10月中旬", "12月下旬"),
            ("B", "法国", "mid-May", "TBD"),
        )
    )
    assert [day for _, day, *_ in entries(made)] == ["2026-10-15", "2026-05-15"]
    step = made.customers[0].next_step
    assert step and (step.due_on, step.action) == (date(2026, 12, 25), "12月下旬")
    planned = only(plan(sheet(("客户", "国家", "下一步"), ("A", "德国", "12月中旬 发报价单"))))
    assert planned.next_step == NextStep(date(2026, 12, 15), "12月中旬 发报价单", by_hand=True)


def test_a_company_among_the_names_is_no_person_at_itself() -> None:
    header = ("Name", "Is a Company", "Company Name", "Email")
    made = plan(sheet(header, ("Abc", "True", "", "a@abc.example"), ("Anna", "False", "Abc", "anna@abc.example")))
    assert [contact.name for contact in only(made).customer.contacts] == ["", "Anna"]


def workbook(tmp_path: Path, make) -> list[Table]:  # type: ignore[no-untyped-def]
    """A real workbook that `make` fills; its sheets as they are read."""
    import openpyxl

    book = openpyxl.Workbook()
    make(book)
    stream = BytesIO()
    book.save(stream)
    (tmp_path / "book.xlsx").write_bytes(stream.getvalue())
    return read_tables(tmp_path / "book.xlsx")


def _coloured(legend: Sequence[str | None], patches: Sequence[str | None]):  # type: ignore[no-untyped-def]
    from openpyxl.styles import PatternFill

    def make(book) -> None:  # type: ignore[no-untyped-def]
        active = book.active
        for row in (
            legend,
            HEAD,
            ABC,
            DEF,
            ("GHI Ltd", "英国", "Tom", "t@ghi.example"),
            ("JKL Inc", "美国", "Joe", "j@jkl.example"),
        ):
            active.append(row)
        for cell, colour in zip(active[1], patches, strict=False):
            if colour:
                cell.fill = PatternFill("solid", fgColor=colour)
        for place, colour in (("A3", "FFFF5050"), ("A4", "FFFFEB9C")):
            active[place].fill = PatternFill("solid", fgColor=colour)

    return make


@pytest.mark.parametrize(
    ("legend", "patches", "found"),
    [
        (["红色=热客户 黄色：冷客户"], [], ["hot", "cold"]),
        (["red = hot, yellow = cold"], [], ["hot", "cold"]),
        (["图例", "热客户", "老客户"], [None, "FFFF5050", "FFFFEB9C"], ["hot", "existing"]),
        (["客户总表"], [], ["potential", "potential"]),
    ],
)
def test_colours_mean_what_a_legend_says(
    tmp_path: Path, legend: list[str | None], patches: list[str | None], found: list[str]
) -> None:
    made = plan(*workbook(tmp_path, _coloured(legend, patches)))
    assert [planned.customer.temperature for planned in made.customers] == [*found, "potential", "potential"]
    assert any("no legend explains" in note for note in told(made)) == (found[0] != "hot")


def test_merged_groups_and_sections_and_what_is_hidden(tmp_path: Path) -> None:
    def make(book) -> None:  # type: ignore[no-untyped-def]
        active = book.active
        for row in (
            ["客户总表"], ["客户名称", "国家", "联系人", None, "备注"], [None, None, "姓名", "电话"],
            ["华东展会认识的客户"], ["ABC GmbH", "德国", "Anna", "+49 30 5550760", "a"],
            ["DEF SARL", "法国", "Paul", "+33 1 70 18 99 00", "b"],
        ):  # fmt: skip
            active.append(row)
        for area in ("A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "A4:E4"):
            active.merge_cells(area)
        active.row_dimensions[5].hidden = True
        for name, state in (("old", "hidden"), ("secret", "veryHidden")):
            other = book.create_sheet(name)
            other.append(HEAD)
            other.append([f"{name} Ltd", "英国", "Tom", f"t@{name}.example"])
            other.sheet_state = state

    made = plan(*workbook(tmp_path, make))
    assert customers(made) == [*BOTH, ("old Ltd", "GB")]
    assert {*made.customers[0].customer.custom.values()} == {"华东展会认识的客户"}
    assert [contact.name for contact in made.customers[1].customer.contacts] == ["Paul"]
    assert sum("hidden" in note for note in told(made)) == 3


def test_money_keeps_the_currency_of_its_format_and_days_from_1904_are_right(tmp_path: Path) -> None:
    def make(book) -> None:  # type: ignore[no-untyped-def]
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        book.epoch = CALENDAR_MAC_1904
        book.active.append(["客户名称", "国家", "成交额", "最近跟进日期", "跟进内容"])
        book.active.append(["ABC GmbH", "德国", 1200.5, 44690, "发报价"])
        book.active["C2"].number_format = '"US$"#,##0.00'

    made = plan(*workbook(tmp_path, make))
    assert dict(only(made).customer.custom) == {"成交额": "US$1200.5"}
    assert entries(made) == [("ABC GmbH", "2026-05-10", "发报价", "")]
