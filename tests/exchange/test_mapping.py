"""What columns are taken for: by header, by content, by the user's word."""

from __future__ import annotations

from datetime import date

import pytest

from tests.exchange.sheets import TODAY, ZONE, Book, only, plan, sheet, told
from tui_crm.domain.messages import Problem
from tui_crm.exchange.mapping import OWN, SKIP, Choices, Guide, check_field, check_header
from tui_crm.exchange.plan import Plan, plan_import
from tui_crm.exchange.tables import Table

MAILS = ["anna@nord.example", "luc@sued.example", "o@ost.example; info@ost.example"]
PHONES = ["+49 30 5550760", "+33 1 5550 7601", "+48 22 555 07 60"]


def taken(table: Table) -> dict[str, tuple[str, str]]:
    """Header → (field, how) of the one table."""
    (summary,) = plan(table).sheets
    return {column.header: (column.field, column.how) for column in summary.columns}


def planned(*tables: Table, **choices: object) -> Plan:
    return plan_import(tables, Book(), TODAY, ZONE, guide=Guide(Choices(**choices)))  # type: ignore[arg-type]


def column(header: str, *cells: object) -> Table:
    """A sheet of companies and one more column."""
    names = [f"{name} GmbH" for name in ("Nord", "Sued", "Ost", "West")]
    return sheet(("Company", header), *zip(names, cells, strict=False))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("header", "cells", "field", "how"),
    [
        ("E-mail", MAILS, "email", "alias"),
        ("Kontakt 7", MAILS, "email", "content"),
        ("Kontakt 7", PHONES, "phone", "content"),
        ("", ["www.nord.de", "https://sued.fr/x", "ost.pl"], "website", "content"),
        ("Wo", ["Germany", "法国", "PL"], "country", "content"),
        ("Prio", ["hot", "cold", "warm"], "temperature", "content"),
        ("Wo stehen wir", ["已报价", "打样", "谈判"], "stage", "content"),
        ("Telefon?", MAILS, "email", "content"),
        ("Phone", MAILS, "email", "content"),
        ("Website", MAILS, "email", "content"),
        ("Rating", ["hot", "cold", "warm"], "temperature", "content"),
        # What is not the customer's, or could be anything, stays as it is.
        ("Owner e-mail address", MAILS, OWN, "unknown"),
        ("Faxnr.", PHONES, OWN, "unknown"),
        ("State", ["CA", "DE", "IN"], OWN, "unknown"),
        ("Kolumne", ["me@we.example", "me@we.example", "me@we.example", "me@we.example"], OWN, "unknown"),
        ("Geprüft", ["2026-11-05", "2026-11-06", "2026-11-07"], OWN, "unknown"),
        ("Artikel", ["5620014", "5620015", "5620016"], OWN, "unknown"),
        ("Phone", ["+49 30 5550760", "anna@nord.example", "see card"], "phone", "alias"),
    ],
)
def test_a_column_is_taken_for(header: str, cells: list[str], field: str, how: str) -> None:
    found = taken(column(header, *cells))
    assert list(found.values())[1] == (field, how)


def test_a_company_column_without_a_telling_header() -> None:
    table = sheet(
        ("Wer", "Mail"), ("Nord GmbH", "a@nord.example"), ("Sued S.A.R.L.", "l@sued.example"), ("Ost", "o@ost.example")
    )
    assert taken(table)["Wer"] == ("company", "content")
    assert [customer.customer.name for customer in plan(table).customers] == ["Nord GmbH", "Sued S.A.R.L.", "Ost"]


def test_a_list_without_headers_is_told_by_what_it_holds() -> None:
    made = plan(sheet(("Nord GmbH", "Germany", MAILS[0]), ("Sued SARL", "France", MAILS[1])))
    assert [(c.customer.name, c.customer.country) for c in made.customers] == [("Nord GmbH", "DE"), ("Sued SARL", "FR")]
    assert made.sheets[0].header == 0


def test_what_the_user_says_holds_against_header_and_content() -> None:
    table = column("Mail", *MAILS)
    assert only(
        planned(sheet(("Company", "Mail"), ("Nord GmbH", "x1")), columns={("sheet", "Mail"): OWN})
    ).customer.custom == {"Mail": "x1"}
    made = planned(table, columns={("sheet", "Mail"): SKIP})
    assert not any(customer.contacts for customer in made.customers)
    assert "This column was left out, as you chose: 3 cells." in told(made)
    kinds = planned(table, columns={("sheet", "Mail"): "remarks"}).customers
    assert kinds[0].customer.remarks == MAILS[0]


def test_a_chosen_date_column_takes_the_place_of_a_guessed_one() -> None:
    table = sheet(("Company", "Date", "Call", "Notes"), ("Nord GmbH", "2026-01-05", "2026-11-05", "asked"))
    (entry,) = only(planned(table, columns={("sheet", "Call"): "last_date"})).activities
    assert entry.happened_at.astimezone(ZONE).date() == date(2026, 11, 5)


def test_the_header_row_and_the_sheets_are_the_users_choice() -> None:
    odd = sheet(("客户", "国家"), ("Report", "of May"), ("Wer", "Wo"), ("Nord GmbH", "Germany"), name="odd")
    other = sheet(("Company", "Country"), ("Ost Ltd", "PL"), name="other")
    choices = {"header_rows": {"odd": 3}, "columns": {("odd", "Wer"): "company"}}
    assert [c.customer.name for c in planned(odd, other, **choices).customers] == ["Nord GmbH", "Ost Ltd"]
    made = planned(odd, other, **choices, left_out=frozenset({"other"}))
    assert [c.customer.name for c in made.customers] == ["Nord GmbH"]
    assert "Left out, as you chose: 1 rows." in told(made)


def test_dates_are_asked_about_by_column_with_what_stands_there() -> None:
    table = sheet(
        ("Company", "Last contact", "Created"),
        ("Nord GmbH", "5/6/2026", "1/2/26"),
        ("Ost Ltd", "2026-11-05", "2025-01-01"),
    )
    made = plan(table)
    assert made.unclear_dates == (("sheet", "Last contact"), ("sheet", "Created"))
    assert [column.doubt and column.doubt.dates for column in made.sheets[0].columns] == [
        None,
        ("5/6/2026",),
        ("1/2/26",),
    ]
    orders = {("sheet", "Last contact"): "dmy", ("sheet", "Created"): "mdy"}
    made = planned(table, orders=orders)
    assert made.unclear_dates == ()
    (nord, _ost) = made.customers
    assert nord.activities[0].happened_at.astimezone(ZONE).date() == date(2026, 6, 5)
    assert nord.customer.created_on == date(2026, 1, 2)


def test_log_entries_keep_their_author_and_day() -> None:
    log = sheet(
        ("客户", "日期", "沟通内容", "记录人"),
        ("Nord GmbH", "2026-11-05", "问价格", "李四"),
        ("Nord GmbH", "2026-11-06", "要样品", "王五"),
    )
    entries = only(plan(log)).activities
    assert [(entry.happened_at.astimezone(ZONE).day, entry.author) for entry in entries] == [(5, "李四"), (6, "王五")]
    by_owner = sheet(("客户", "责任人", "最近联系", "沟通内容"), ("Nord GmbH", "赵敏", "2026-11-05", "问价格"))
    assert only(plan(by_owner)).activities[0].author == "赵敏"
    overview = sheet(("客户", "国家", "责任人"), ("Nord GmbH", "德国", "赵敏"), name="总览")
    of_one = sheet(("日期", "沟通内容"), ("2026-11-05", "问价格"), name="Nord GmbH")
    assert only(plan(overview, of_one)).activities[0].author == "赵敏"


def test_a_column_of_notes_that_holds_addresses_is_one_of_addresses() -> None:
    rows = (("Nord", "a@nord.example +49 30 5550760"), ("Ost", "WhatsApp: +48 22 5550199"), ("West", "w@west.example"))
    assert taken(sheet(("Company", "Details"), *rows))["Details"] == ("reach", "content")
    rows = (("Nord", "wrote to a@nord.example, no answer yet"), ("Ost", "wants samples"), ("West", "w@west.example"))
    assert taken(sheet(("Company", "Details"), *rows))["Details"] == ("note", "alias")


@pytest.mark.parametrize(
    ("cell", "reaches", "remarks"),
    [
        ("anna@x.de; +49 30 5550760; Musterstr. 5, 10115 Berlin",
         [("email", "anna@x.de"), ("phone", "+49 30 5550760")], "Mail: Musterstr. 5, 10115 Berlin"),
        ("anna@x.de\n030 5550760\nwww.x.de", [("email", "anna@x.de"), ("phone", "+49 30 5550760"), ("website", "https://www.x.de")], ""),
        ("邮箱：a@x.de，微信：anna_x；科技路5号", [("email", "a@x.de"), ("wechat", "anna_x")], "Mail: 科技路5号"),
        ("a@x.de / +86 138 0013 8000 (WhatsApp)", [("email", "a@x.de"), ("whatsapp", "+86 138 0013 8000")], ""),
    ],
)  # fmt: skip
def test_a_cell_of_several_addresses_is_split_by_kind(cell: str, reaches: list[tuple[str, str]], remarks: str) -> None:
    customer = only(plan(sheet(("Company", "Country", "Mail"), ("ABC GmbH", "DE", cell)))).customer
    assert [(reach.kind, reach.value) for reach in customer.contacts[0].reaches] == reaches
    assert customer.remarks == remarks


def test_fields_and_headers_may_be_named_loosely_or_are_refused_with_the_nearest() -> None:
    assert [check_field(name) for name in ("email", "E-Mail", "客户公司", "Notes", "own", "skip")] == [
        "email", "email", "company", "remarks", OWN, SKIP,
    ]  # fmt: skip
    assert check_header("last CONTACT", ["Company", "Last contact"]) == "Last contact"
    with pytest.raises(Problem, match="Did you mean company"):
        check_field("compny")
    with pytest.raises(Problem, match="Did you mean “Last contact”"):
        check_header("Last contct", ["Company", "Last contact"])
