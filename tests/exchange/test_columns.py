"""Headers as people write them."""

from __future__ import annotations

import json

import pytest

from tests.exchange.sheets import DATA
from tui_crm.exchange.columns import header_score, is_header, meaning

HEADERS = {
    "company": "客户公司 公司名称 企业名称 公司 Company company_name COMPANY*",
    "customer": "客户 客户名 客户名称 客户名称（必填） Customer",
    "contact": "联系人 联系人姓名 姓名 Contact",
    "position": "职位 职务 Title",
    "email": "邮箱 电子邮件 E-mail Email e_mail email_work",
    "phone": "电话 手机 联系电话 Tel Phone",
    "reach": "联系方式 电话/WhatsApp 邮箱/电话 手机／微信 电话,skype,和地址",
    "country": "国家 国家/地区 国家/城市 Country",
    "kind": "客户类型 Type",
    "grade": "等级 客户级别 价值评级 Grade",
    "temperature": "温度 客户温度 Temperature",
    "stage": "当前阶段 阶段 Stage",
    "status": "客户状态 Status",
    "tags": "标签 Tags",
    "owner": "责任人 负责人 归属人 业务员 Owner sales",
    "last_date": "最近联系时间 跟进时间 最后跟进日期 last_seen",
    "channel": "跟进方式 沟通方式 Channel",
    "note": "最近内容 沟通内容 内容简要 跟进情况",
    "next_date": "下次跟进时间 下一次跟进时间 下次跟进日期",
    "next_action": "下次跟进内容 下次跟进计划 下一步动作",
    "created_on": "创建日期 首次联系时间 first_seen",
    "remarks": "备注 Remarks",
    "": "支付方式 物流习惯 未跟进天数 gender zip",
}


@pytest.mark.parametrize(
    ("field", "header"), [(field, word) for field, words in HEADERS.items() for word in words.split()]
)
def test_a_header_names_its_field(field: str, header: str) -> None:
    assert meaning(header).field == field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Next follow-up", "next_date"),
        ("Last contact date", "last_date"),
        ("Person - Email (Work)", "email"),
        ("Organization - Name", "company"),
        ("客户级别 A/B/C/D", "grade"),
        ("等级 L0-L4", "grade"),
        ("下次\n跟进时间", "next_date"),
        ("  Ｅｍａｉｌ ", "email"),
        ("国家 / 地区", "country"),
        ("电话 / WhatsApp", "reach"),
        ("property_email", "email"),
        ("Contact Phone Number", ""),
    ],
)
def test_spelling_does_not_matter(header: str, field: str) -> None:
    assert meaning(header).field == field


def test_numbered_headers_tell_people_apart() -> None:
    assert [(meaning(h).field, meaning(h).person) for h in ("联系人1", "联系人2", "email_3")] == [
        ("contact", 1),
        ("contact", 2),
        ("email", 3),
    ]


def test_a_row_of_data_is_no_header_though_it_holds_words_of_headers() -> None:
    assert not is_header(["ABC GmbH", "样品", "报价", "电话", "2026-11-05"])
    assert header_score(["样品", "报价", "电话"]) == 0
    assert is_header(["日期", "沟通方式", "内容简要", "当前阶段", "下一步动作"])


@pytest.mark.skipif(not DATA.exists(), reason="needs the shared data beside the checkout")
def test_most_columns_of_real_sheets_have_a_field() -> None:
    real = json.loads((DATA / "2_zh_followup/header_vocabulary.json").read_text(encoding="utf-8"))
    headers = [
        *real["gvacuum_columns"],
        *real["beright_columns"],
        *real["v655_customer_pool"],
        *real["solar_seller_table"],
    ]
    headers += [header for line in real["other_exports"] for header in line.split(",")]
    unknown = {header for header in headers if not meaning(header).field}
    assert len(unknown) / len(set(headers)) < 0.3, unknown
