"""The exports of well-known programs."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.exchange.sheets import only, plan, sheet, told
from tui_crm.domain.messages import Problem
from tui_crm.domain.values import Customer
from tui_crm.domain.vocabulary import GRADE, KIND, SOURCE, STAGE, TEMPERATURE, fold
from tui_crm.exchange import presets
from tui_crm.exchange.columns import ALIASES

GOOGLE = {
    "First Name": "Anna", "Middle Name": "", "Last Name": "Schmidt", "File As": "", "Organization Name": "Nord GmbH",
    "Organization Title": "Buyer", "Birthday": "1980-04-02", "Notes": "asked for MOQ", "Labels": "* myContacts ::: Fair",
    "E-mail 1 - Label": "* Work", "E-mail 1 - Value": "anna@nord.example", "E-mail 2 - Value": "a@home.example",
    "Phone 1 - Label": "Mobile", "Phone 1 - Value": "+49 170 1234567 ::: +49 40 123456", "Address 1 - City": "Hamburg",
    "Address 1 - Country": "DE", "Website 1 - Value": "https://nord.example",
}  # fmt: skip
OUTLOOK = {
    "Title": "Dr.", "First Name": "Zoë", "Last Name": "Kovács", "Company": "Nord GmbH", "Job Title": "Buyer", "Business City": "Hamburg",
    "Business Country/Region": "Germany", "Home City": "Wien", "Business Phone": "+49 40 123456", "Mobile Phone": "+49 170 1234567",
    "Anniversary": "0/0/00", "Categories": "Fair", "E-mail Address": "anna@nord.example", "E-mail Type": "SMTP", "Location": "Room 5",
    "E-mail 2 Address": "a@home.example", "Notes": "asked for MOQ", "Web Page": "nord.example", "Priority": "Normal",
}  # fmt: skip
ZOHO = {
    "Record Id": "zcrm_1", "Lead Owner": "Li Wei", "Company": "Nord GmbH", "First Name": "Anna", "Last Name": "Schmidt", "Title": "Buyer",
    "Email": "anna@nord.example", "Secondary Email": "a@home.example", "Phone": "+49 40 123456", "Mobile": "+49 170 1234567",
    "Lead Source": "Trade Show", "Lead Status": "Contact in Future", "Rating": "Active", "Country": "Germany", "City": "Hamburg",
    "Website": "nord.example", "Tag": "Fair", "Description": "asked for MOQ", "Created Time": "2026-01-05 10:00:00",
}  # fmt: skip
HUBSPOT = {
    "Record ID": "7", "First Name": "Anna", "Last Name": "Schmidt", "Email": "anna@nord.example", "Phone Number": "+49 40 123456",
    "Mobile Phone Number": "+49 170 1234567", "Contact owner": "Li Wei", "Lead Status": "Open deal", "Associated Company": "Nord GmbH",
    "Associated Company IDs": "99", "Job Title": "Buyer", "Country/Region": "Germany", "City": "Hamburg", "Create Date": "2026-01-05 10:00",
}  # fmt: skip
SALESFORCE = {
    "Account Name": "Nord GmbH", "Account Owner": "Li Wei", "First Name": "Anna", "Last Name": "Schmidt", "Title": "Buyer",
    "Email": "anna@nord.example", "Phone": "+49 40 123456", "Mobile": "+49 170 1234567", "Mailing City": "Hamburg",
    "Mailing Country": "Germany", "Rating": "Warm", "Stage": "Proposal/Price Quote", "Lead Source": "Web", "Next Step": "send quote",
}  # fmt: skip
PIPEDRIVE = {
    "Person - Name": "Anna Schmidt", "Person - Organization": "Nord GmbH", "Person - Email - Work": "anna@nord.example",
    "Person - Phone - Work": "+49 40 123456", "Person - Phone - Mobile": "+49 170 1234567", "Person - Owner": "Li Wei",
    "Person - Job title": "Buyer", "Person - Labels": "Fair", "Deal - Stage": "Negotiations Started",
}  # fmt: skip
ODOO = {
    "Display Name": "Nord GmbH, Anna Schmidt", "Related Company": "Nord GmbH", "Is a Company": "False", "Job Position": "Buyer",
    "Phone": "+49 40 123456", "Mobile": "+49 170 1234567", "Email": "anna@nord.example", "Country": "Germany", "City": "Hamburg",
    "Tags": "Fair", "Salesperson": "Li Wei", "Company": "Our Own Ltd",
}  # fmt: skip
OKKI = {
    "客户编号": "C1", "公司名称": "Nord GmbH", "国家地区": "德国", "客户星级": "3星", "客户阶段": "已报价", "客户来源": "阿里巴巴国际站",
    "公海分组": "默认", "跟进人": "李伟", "昵称": "Anna Schmidt", "职位": "Buyer", "邮箱": "anna@nord.example", "联系电话": "+49 40 123456",
    "社交平台": "WhatsApp: +49 170 1234567", "客户标签": "Fair", "备注": "asked for MOQ",
}  # fmt: skip
DEALS = {"Deal - Title": "5000 pcs", "Deal - Organization": "Nord GmbH", "Deal - Contact person": "Anna Schmidt",
         "Deal - Stage": "Lead In", "Deal - Value": "4300"}  # fmt: skip


def brought_in(row: Mapping[str, str]) -> Customer:
    return only(plan(sheet(list(row), list(row.values())))).customer


@pytest.mark.parametrize(
    ("name", "row"),
    [("google", GOOGLE), ("outlook", OUTLOOK), ("zoho", ZOHO), ("hubspot", HUBSPOT), ("salesforce", SALESFORCE),
     ("pipedrive", PIPEDRIVE), ("odoo", ODOO), ("okki", OKKI)],
)  # fmt: skip
def test_an_export_is_recognised_and_understood(name: str, row: Mapping[str, str]) -> None:
    found = presets.recognise(list(row))
    assert found is presets.by_name(name)
    customer = brought_in(row)
    (person,) = customer.contacts
    reaches = {reach.value for reach in person.reaches}
    assert customer.name == "Nord GmbH"
    assert person.name in ("Anna Schmidt", "Zoë Kovács")
    assert person.position == "Buyer"
    assert {"anna@nord.example", "+49 40 123456", "+49 170 1234567"} <= reaches
    assert customer.country == ("" if name == "pipedrive" else "DE")
    assert customer.tags == (
        ("Fair",) if {"Labels", "Categories", "Tag", "Tags", "Person - Labels", "客户标签"} & {*row} else ()
    )
    assert "a@home.example" in reaches or "a@home.example" not in row.values()
    assert (customer.remarks or "asked for MOQ") == "asked for MOQ"


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        (ZOHO, "stage", "paused"), (ZOHO, "source", "trade_show"), (HUBSPOT, "stage", "qualified"), (SALESFORCE, "stage", "quoted"),
        (SALESFORCE, "temperature", "potential"), (SALESFORCE, "source", "website"), (PIPEDRIVE, "stage", "negotiating"),
        (OKKI, "stage", "quoted"), (OKKI, "source", "b2b_platform"), (DEALS, "stage", "new"),
    ],
)  # fmt: skip
def test_its_words_mean_what_that_program_means(row: Mapping[str, str], field: str, code: str) -> None:
    assert getattr(brought_in(row), field) == code


def test_what_only_fills_space_is_left_out_and_told() -> None:
    made = plan(sheet(list(OUTLOOK), list(OUTLOOK.values())))
    assert dict(only(made).customer.custom) == {"Title": "Dr.", "Home City": "Wien", "Location": "Room 5"}
    assert sum("only serves the program" in message for message in told(made)) == 2


def test_an_unknown_name_is_told_the_known_ones() -> None:
    with pytest.raises(Problem, match="google, outlook"):
        presets.by_name("gogle")
    assert presets.by_name("Zoho CRM").name == "zoho"
    assert presets.recognise(["Company", "Name", "Email"]) is None


def test_every_preset_speaks_of_fields_and_codes_there_are() -> None:
    codes = {
        "stage": STAGE,
        "status": STAGE,
        "temperature": TEMPERATURE,
        "grade": GRADE,
        "kind": KIND,
        "source": SOURCE,
    }
    for preset in presets.presets():
        assert {*preset.fields.values()} <= {*ALIASES, "", "skip"}
        for field, words in preset.words.items():
            assert [word for word in words if fold(word) != word] == []
            assert field in ("", "tags") or {*words.values()} <= {*codes[field].words.values()}
