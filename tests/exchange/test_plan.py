"""What an import would do with each customer."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.exchange.sheets import TODAY, ZONE, Book, only, plan, sheet, told
from tui_crm.domain.values import Contact, Customer, NextStep, Reach
from tui_crm.exchange.merge import DEFAULT_TEMPERATURE
from tui_crm.exchange.planned import PlannedCustomer

OVERVIEW = (
    "客户名称", "国家/地区", "联系人", "职位", "邮箱", "电话/WhatsApp", "客户类型", "等级", "客户温度", "标签", "当前阶段", "最近联系时间",
    "跟进方式", "最近内容", "下次跟进时间", "下次跟进内容", "责任人", "备注",
)  # fmt: skip
RIVERMARK = (
    "Rivermark Chemicals Ltd.", "英国 / 伯明翰", "Piotr Nkosi", "CEO", "piotr@rivermark.example", "0121 496 0406", "零售商", "E",
    "老客户", "潜力大、要认证", "待回款", datetime(2026, 11, 11), "微信", "首单已到港，质量满意", "2026/12/6", "推荐新品复购", "王五", "要SDS",
)  # fmt: skip
LOG = ("日期", "沟通方式", "内容简要", "当前阶段", "下一步动作")


def but(row: tuple[object, ...], **changes: object) -> tuple[object, ...]:
    """The overview row with other cells; keywords are the headers."""
    return tuple(changes.get(header.partition("/")[0], cell) for header, cell in zip(OVERVIEW, row, strict=True))


def entries(planned: PlannedCustomer) -> list[tuple[str, str, str]]:
    return [(e.happened_at.astimezone(ZONE).date().isoformat(), e.channel, e.note) for e in planned.activities]


def test_a_row_of_the_overview_becomes_a_customer_whole() -> None:
    planned = only(plan(sheet(["外贸客户跟进表"], OVERVIEW, RIVERMARK)))
    customer = planned.customer
    assert (planned.verdict, planned.existing, planned.where) == ("new", None, ("sheet", 3))
    assert (customer.name, customer.country, customer.city) == ("Rivermark Chemicals Ltd.", "GB", "伯明翰")
    assert (customer.kind, customer.grade, customer.temperature, customer.stage) == (
        "retailer",
        "E",
        "existing",
        "ordered",
    )
    assert (customer.tags, customer.owner, customer.remarks) == (("潜力大", "要认证"), "王五", "要SDS")
    (contact,) = customer.contacts
    assert (contact.name, contact.position, contact.main) == ("Piotr Nkosi", "CEO", True)
    assert contact.reaches == (
        Reach("email", "piotr@rivermark.example"),
        Reach("phone", "+44 121 496 0406"),
        Reach("whatsapp", "+44 121 496 0406"),
    )
    (entry,) = planned.activities
    assert entry.happened_at == datetime(2026, 11, 11, 12, tzinfo=ZONE)
    assert (entry.channel, entry.note, entry.stage) == ("wechat", "首单已到港，质量满意", "ordered")
    assert planned.next_step == NextStep(date(2026, 12, 6), "推荐新品复购", by_hand=True)


def test_the_sheet_of_a_customer_adds_its_log_quotes_and_samples() -> None:
    log = sheet(
        ["客户", "Rivermark Chemicals Ltd."],
        LOG,
        ["10月8日", "WhatsApp", "首单已到港", "待回款", "催尾款"],
        ["2026.11.11", "微信", "首单已到港，质量满意", "复购", "推荐新品"],
        ["商务记录"],
        ["报价", "2026.11.18，FOB SHENZHEN USD 1.33/pc（MOQ 3000）"],
        ["样品", "2026.11.18 DHL#633348，4个规格"],
        ["PI", "PI20240517-A USD 4280"],
        name="Rivermark Chemicals L",
    )
    planned = only(plan(sheet(OVERVIEW, RIVERMARK), log))
    assert entries(planned) == [
        ("2026-10-08", "whatsapp", "首单已到港 → 催尾款"),
        ("2026-11-11", "wechat", "首单已到港，质量满意 → 推荐新品"),
    ]
    assert planned.next_step == NextStep(date(2026, 12, 6), "推荐新品复购", by_hand=True)
    (quote,) = planned.quotes
    assert (quote.quoted_on, quote.incoterm, quote.price, quote.moq) == (date(2026, 11, 18), "FOB", 13_300, 3000)
    (sample,) = planned.samples
    assert (sample.courier, sample.tracking, sample.shipped_on) == ("DHL", "633348", date(2026, 11, 18))
    assert "PI: PI20240517-A USD 4280" in planned.customer.remarks


def test_a_log_alone_makes_a_customer_at_the_stage_of_its_last_entry() -> None:
    log = sheet(
        ["客户", "ABC"], LOG, ["2026-11-05", "电话", "x", "报价中", ""], ["2026-10-01", "邮件", "y", "新", "发目录"]
    )
    planned = only(plan(log))
    assert (planned.customer.stage, planned.customer.temperature, planned.derived_temperature) == (
        "quoted",
        "hot",
        True,
    )
    assert planned.next_step is None
    assert entries(planned) == [("2026-10-01", "email", "y → 发目录"), ("2026-11-05", "phone", "x")]


def test_a_sheet_named_after_its_customer_though_cut_short_finds_it() -> None:
    name = "Monte Claro Outdoor Sp. z o.o."
    log = sheet(LOG, ["2026-11-05", "电话", "x", "", ""], name=name[:28])
    planned = only(plan(sheet(OVERVIEW, but(RIVERMARK, 客户名称=name)), log))
    assert len(planned.activities) == 2
    lost = plan(log)
    assert (lost.customers, told(lost)) == (
        (),
        ["This log does not say whose it is. Write `客户 | name` into the row above its headers."],
    )


def test_a_customer_entered_twice_is_one_and_what_differs_is_kept() -> None:
    twice = but(
        RIVERMARK, 客户名称="RIVERMARK CHEMICALS LTD.", 最近内容="重复登记", 等级="A", 备注="只接受 L/C", 标签="小单"
    )
    made = plan(sheet(OVERVIEW, RIVERMARK, twice))
    planned = only(made)
    assert planned.customer.grade == "E"
    assert planned.customer.remarks == "要SDS\n只接受 L/C\n等级: A"
    assert planned.customer.tags == ("潜力大", "要认证", "小单")
    assert [note for _, _, note in entries(planned)] == ["首单已到港，质量满意", "重复登记"]
    assert len(planned.customer.contacts) == 1
    assert "The same customer as in row 2; the two rows were merged." in told(made)
    assert "Row 2 says “E”, which was taken; this went to the remarks." in told(made)


def test_people_of_one_company_are_its_contacts_and_what_differs_is_kept_for_each() -> None:
    head = ("first_name", "last_name", "status", "gender", "company", "email")
    made = plan(
        sheet(
            head,
            ("Ann", "Lee", "cold", "female", "Acme", "ann@acme.example"),
            ("Bob", "Roe", "in-contract", "male", "Acme", "bob@acme.example"),
            ("Cyd", "Poe", "hot", "female", "Acme", "cyd@acme.example"),
        )
    )
    planned = only(made)
    assert [(c.name, c.main) for c in planned.customer.contacts] == [
        ("Ann Lee", True),
        ("Bob Roe", False),
        ("Cyd Poe", False),
    ]
    assert (planned.customer.temperature, planned.customer.stage) == ("hot", "ordered")
    assert planned.customer.custom["status"] == "hot (Cyd Poe); cold (Ann Lee); in-contract (Bob Roe)"
    assert planned.customer.custom["gender"] == "female (Ann Lee, Cyd Poe); male (Bob Roe)"
    assert planned.customer.remarks == ""


def test_two_people_side_by_side_in_one_row() -> None:
    head = ("公司", "联系人1", "邮箱1", "联系人2", "邮箱2", "邮箱3")
    planned = only(plan(sheet(head, ("ABC", "Anna", "a@abc.example", "Bert", "b@abc.example", "info@abc.example"))))
    assert [(c.name, [r.value for r in c.reaches]) for c in planned.customer.contacts] == [
        ("Anna", ["a@abc.example", "info@abc.example"]),
        ("Bert", ["b@abc.example"]),
    ]


@pytest.mark.parametrize(
    ("last", "when", "what", "step"),
    [
        ("2026-11-16", "2026-11-20", "回MOQ", NextStep(date(2026, 11, 20), "回MOQ", by_hand=True)),
        ("2026-11-16", "11月18日", "发样", NextStep(date(2026, 11, 18), "发样", by_hand=True)),
        ("2026-12-30", "1月5日", "发样", NextStep(date(2027, 1, 5), "发样", by_hand=True)),
        ("2026-11-16", "", "11月15日 发目录和案例", NextStep(date(2026, 11, 15), "发目录和案例", by_hand=True)),
        ("2026-11-16", "尽快", "催尾款", NextStep(TODAY, "催尾款", by_hand=True)),
        ("2026-11-16", "待定", "发目录", NextStep(None, "发目录")),
        ("2026-11-16", "", "回MOQ和交期", NextStep(None, "回MOQ和交期")),
        ("2026-11-16", "等通知", "寄样", NextStep(None, "等通知 寄样")),
        ("2026-11-16", "待定", "", None),
        ("2026-11-16", "", "", None),
    ],
)
def test_the_next_step(last: str, when: str, what: str, step: NextStep | None) -> None:
    head = ("客户", "最近联系时间", "最近内容", "下次跟进时间", "下次跟进内容")
    assert only(plan(sheet(head, ("ABC", last, "x", when, what)))).next_step == step


def test_of_several_plans_the_latest_contacts_stands_and_the_others_are_history() -> None:
    head = ("客户", "日期", "内容", "下次跟进时间", "下次跟进内容")
    made = plan(
        sheet(
            head,
            ("ABC", "2026-11-01", "要目录", "2026-11-05", "发目录"),
            ("ABC", "2026-11-10", "收到目录", "2026-11-25", "报价"),
            ("ABC", "2026-10-01", "询价", "", "回复"),
        )
    )
    planned = only(made)
    assert planned.next_step == NextStep(date(2026, 11, 25), "报价", by_hand=True)
    assert [note for _, _, note in entries(planned)] == ["询价 → 回复", "要目录 → 2026-11-05 发目录", "收到目录"]


@pytest.mark.parametrize(
    ("stage", "temperature"), [*DEFAULT_TEMPERATURE.items(), ("new", "potential"), ("qualified", "potential")]
)
def test_a_missing_temperature_is_taken_from_the_stage(stage: str, temperature: str) -> None:
    planned = only(plan(sheet(("客户", "国家", "阶段"), ("ABC", "德国", stage))))
    assert (planned.customer.temperature, planned.derived_temperature) == (temperature, True)


@pytest.mark.parametrize(
    ("status", "stage", "temperature", "tags"),
    [
        ("谈判中", "negotiating", "hot", ()),
        ("流失", "lost", "cold", ()),
        ("跟进中", "new", "potential", ("跟进中",)),
        ("待回访", "new", "potential", ("待回访",)),
        ("warm", "new", "potential", ()),
        ("in-contract", "ordered", "existing", ()),
    ],
)
def test_a_status_tells_stage_or_temperature_or_is_a_tag(
    status: str, stage: str, temperature: str, tags: tuple[str, ...]
) -> None:
    customer = only(plan(sheet(("客户", "国家", "客户状态"), ("ABC", "德国", status)))).customer
    assert (customer.stage, customer.temperature, customer.tags) == (stage, temperature, tags)


def test_unknown_words_are_fields_of_their_own_and_told() -> None:
    made = plan(sheet(("客户", "国家", "等级", "客户类型"), ("ABC", "亚特兰蒂斯", "D", "🟢外星人")))
    assert only(made).customer.custom == {"国家": "亚特兰蒂斯", "等级": "D", "客户类型": "🟢外星人"}
    assert [(note.row, note.column) for note in made.notes] == [(2, "国家"), (2, "等级"), (2, "客户类型")]


def test_words_with_signs_and_explanations_are_understood() -> None:
    head = ("客户", "国家", "等级", "来源")
    made = plan(sheet(head, ("ABC", "德国", "🟢A", "展会"), ("DEF", "德国", "B （普通客户）", "广交会")))
    assert [p.customer.grade for p in made.customers] == ["A", "B"]
    assert {note.text for note in made.notes} == {"🟢A", "B （普通客户）"}


def test_a_cell_that_is_no_address_is_a_remark_and_told() -> None:
    made = plan(
        sheet(
            ("客户公司", "联系人", "联系方式"),
            ("ABC", "Anna", "见名片"),
            ("DEF", "Bert", "b@def.example；+49 30 123456"),
        )
    )
    assert [p.customer.remarks for p in made.customers] == ["联系方式: 见名片", ""]
    assert [r.kind for r in made.customers[1].customer.contacts[0].reaches] == ["email", "phone"]
    assert [(note.row, note.text) for note in made.notes] == [(2, "见名片")]


def test_a_channel_without_a_code_stays_in_the_note() -> None:
    head = ("客户", "日期", "跟进方式", "内容")
    made = plan(
        sheet(
            head,
            ("ABC", "2026-11-05", "邮件+WhatsApp", "x"),
            ("DEF", "2026-11-05", "Telegram", "y"),
            ("GHI", "2026-11-05", "电话", ""),
        )
    )
    assert [entries(p)[0][1:] for p in made.customers] == [
        ("email", "(邮件+WhatsApp) x"),
        ("other", "(Telegram) y"),
        ("phone", "(nothing noted)"),
    ]


def test_a_vague_note_is_kept_as_it_is() -> None:
    assert entries(only(plan(sheet(("客户", "日期", "内容"), ("ABC", "2026-11-05", "已联系"))))) == [
        ("2026-11-05", "other", "已联系")
    ]


def test_a_note_without_a_readable_day_goes_to_the_remarks_and_is_told() -> None:
    made = plan(sheet(("客户", "日期", "内容"), ("ABC", "2026-02-30", "要目录"), ("DEF", "", "要报价")))
    assert [p.activities for p in made.customers] == [(), ()]
    assert "要目录" in made.customers[0].customer.remarks and "2026-02-30" in made.customers[0].customer.remarks
    assert "要报价" in made.customers[1].customer.remarks
    assert {note.row for note in made.notes} == {2, 3}


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("潜力大、价敏感，小单", ("潜力大", "价敏感", "小单")),
        ("vip; price sensitive", ("vip", "price sensitive")),
        ("潜力大 小单", ("潜力大", "小单")),
        ("#vip #price sensitive", ("vip", "price sensitive")),
        ("VIP, vip", ("VIP",)),
    ],
)
def test_tags(text: str, tags: tuple[str, ...]) -> None:
    assert only(plan(sheet(("客户", "国家", "标签"), ("ABC", "德国", text)))).customer.tags == tags


def test_rows_without_a_company() -> None:
    made = plan(
        sheet(
            ("客户公司", "联系人", "邮箱", "备注"),
            ("ABC", "Anna", "a@abc.example", "x"),
            ("", "", "", "belongs above"),
            ("", "Zoe Private", "zoe@mail.example", ""),
            ("合计", "", "", "3"),
        )
    )
    assert [p.customer.name for p in made.customers] == ["ABC", "Zoe Private"]
    assert made.customers[0].customer.remarks == "x\nbelongs above"
    assert [note.row for note in made.notes] == [3, 4, 5]


def test_two_new_customers_with_one_address_are_pointed_out() -> None:
    made = plan(
        sheet(("公司", "联系人", "邮箱"), ("ABC", "Anna", "a@abc.example"), ("XYZ Trading", "Anna", "a@abc.example"))
    )
    assert len(made.customers) == 2
    assert "ABC has this address as well. Perhaps the two are one customer." in told(made)


def test_dates_that_can_be_read_two_ways_are_asked_about_once() -> None:
    table = sheet(("客户", "日期", "内容"), ("ABC", "5/6/2026", "x"), ("DEF", "7/8/2026", "y"))
    assert plan(table).unclear_dates == (("sheet", "日期"),)
    clear = plan(table, order="dmy")
    assert clear.unclear_dates == ()
    assert entries(clear.customers[0])[0][0] == "2026-06-05"
    telling = sheet(("客户", "日期", "内容"), ("ABC", "5/6/2026", "x"), ("DEF", "25/6/2026", "y"))
    assert (plan(telling).unclear_dates, entries(plan(telling).customers[0])[0][0]) == ((), "2026-06-05")


# --- against the book ---


def test_the_same_file_again_changes_nothing_even_after_the_customer_was_worked_with() -> None:
    tables = (
        sheet(
            OVERVIEW, RIVERMARK, but(RIVERMARK, 客户名称="DEF GmbH", 国家="德国", 邮箱="x@def.example", 联系人="Eva")
        ),
    )
    book = Book()
    book.take(plan(*tables, book=book))
    worked = book.customers[1]
    book.put(Customer("Somebody Else"))
    book.customers[1] = type(worked)(
        Customer("Rivermark", "FR", temperature="cold", stage="lost", id=1, created_on=TODAY), worked.log
    )
    again = plan(*tables, book=book)
    assert [(p.verdict, p.changes, p.contacts, p.activities, p.next_step) for p in again.customers] == [
        ("same", {}, (), (), None)
    ] * 2
    assert again.notes == ()


def test_the_same_facts_from_another_file_change_nothing() -> None:
    book = Book()
    book.take(plan(sheet(OVERVIEW, RIVERMARK), book=book), remember=False)
    again = plan(sheet(OVERVIEW, RIVERMARK, name="copy"), book=book)
    assert [p.verdict for p in again.customers] == ["same"]
    assert only(again).row_hashes


def test_new_rows_and_people_are_added_and_blanks_filled() -> None:
    book = Book()
    book.put(
        Customer(
            "Rivermark Chemicals Ltd",
            created_on=TODAY,
            contacts=(Contact("Piotr Nkosi", main=True, id=7),),
            tags=("VIP",),
        )
    )
    planned = only(plan(sheet(OVERVIEW, RIVERMARK, but(RIVERMARK, 联系人="Ola", 邮箱="ola@r.example")), book=book))
    assert (planned.verdict, planned.existing) == ("update", 1)
    assert planned.customer.name == "Rivermark Chemicals Ltd"
    changed = {name: planned.changes[name] for name in ("country", "grade", "tags", "owner")}
    assert changed == {"country": "GB", "grade": "E", "tags": ("VIP", "潜力大", "要认证"), "owner": "王五"}
    assert [(c.id, c.name, c.position, c.main) for c in planned.contacts] == [
        (7, "Piotr Nkosi", "CEO", True),
        (0, "Ola", "CEO", False),
    ]
    assert [entry.contact for entry in planned.activities] == ["Piotr Nkosi", "Ola"]
    assert "Rivermark" not in planned.customer.remarks


def test_the_books_own_values_stay_and_the_sheets_are_told_and_kept_once() -> None:
    book = Book()
    book.put(
        Customer(
            "Rivermark Chemicals",
            "DE",
            grade="A",
            temperature="hot",
            stage="negotiating",
            remarks="等级: E",
            created_on=TODAY,
        ),
        next_step=NextStep(date(2026, 11, 30), "call", by_hand=True),
    )
    made = plan(sheet(OVERVIEW, RIVERMARK), book=book)
    planned = only(made)
    after = planned.customer
    assert (after.country, after.grade, after.temperature, after.stage) == ("DE", "A", "hot", "negotiating")
    assert planned.next_step is None
    assert after.remarks.count("等级: E") == 1
    assert "客户温度: 老客户" in after.remarks and "国家/地区: 英国 / 伯明翰" in after.remarks
    assert entries(planned)[0][2] == "首单已到港，质量满意 → 2026/12/6 推荐新品复购"
    assert "The book has “hot”, which was kept; this went to the remarks." in told(made)


def test_a_customer_known_by_an_address_is_the_same_under_another_name() -> None:
    book = Book()
    book.put(
        Customer(
            "Old Name Ltd",
            "GB",
            created_on=TODAY,
            contacts=(Contact("P", reaches=(Reach("email", "piotr@rivermark.example"),)),),
        )
    )
    planned = only(plan(sheet(OVERVIEW, RIVERMARK), book=book))
    assert (planned.existing, planned.customer.name) == (1, "Old Name Ltd")
    assert "Rivermark Chemicals Ltd." in planned.customer.remarks


def test_two_names_in_the_sheet_that_are_one_customer_of_the_book_make_one_plan() -> None:
    book = Book()
    book.put(
        Customer(
            "Rivermark Chemicals", created_on=TODAY, contacts=(Contact("P", reaches=(Reach("email", "b@x.example"),)),)
        )
    )
    made = plan(
        sheet(OVERVIEW, RIVERMARK, but(RIVERMARK, 客户名称="Something Else", 邮箱="b@x.example", 最近内容="另一条")),
        book=book,
    )
    planned = only(made)
    assert planned.existing == 1
    assert {note for _, _, note in entries(planned)} == {"首单已到港，质量满意", "另一条"}


def test_a_national_number_gets_the_code_of_the_country_that_the_book_knows() -> None:
    book = Book()
    book.put(Customer("ABC", "DE", created_on=TODAY))
    planned = only(plan(sheet(("客户", "联系人", "电话"), ("ABC", "Anna", "030 123456")), book=book))
    assert planned.contacts[0].reaches == (Reach("phone", "+49 30 123456"),)


def test_a_log_that_grew_adds_only_what_is_new() -> None:
    first = (["客户", "ABC"], LOG, ["2026-11-05", "电话", "x", "报价中", "发目录"])
    book = Book()
    book.take(plan(sheet(*first), book=book))
    grown = only(plan(sheet(*first, ["2026-11-12", "邮件", "y", "谈判中", "催单"]), book=book))
    assert entries(grown) == [("2026-11-12", "email", "y")]
    assert grown.next_step == NextStep(None, "催单")


@pytest.mark.parametrize(
    ("due", "kept"), [(date(2026, 11, 15), False), (date(2026, 11, 16), False), (date(2026, 11, 30), True)]
)
def test_a_promise_of_the_book_stands_until_a_newer_contact_fulfils_it(due: date, kept: bool) -> None:
    head = ("客户", "日期", "内容", "下次跟进时间", "下次跟进内容")
    book = Book()
    book.put(
        Customer("ABC", created_on=TODAY),
        log=frozenset({(date(2026, 11, 1), "x")}),
        next_step=NextStep(due, "call", by_hand=True),
    )
    planned = only(plan(sheet(head, ("ABC", "2026-11-16", "y", "2026-11-25", "寄样")), book=book))
    assert planned.next_step == (None if kept else NextStep(date(2026, 11, 25), "寄样", by_hand=True))
    assert entries(planned)[0][2] == ("y → 2026-11-25 寄样" if kept else "y")
