import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_crm.domain.notelint import question

VAGUE = [
    *(
        "已联系",
        "已联系。",
        "电话沟通",
        "电话沟通！",
        "跟进中",
        "跟进中...",
        "继续跟进",
        "已发邮件",
        "已发开发信",
        "联系了客户",
        "客户已联系",
        "电话联系过",
    ),
    *(
        "微信联系",
        "微信沟通了一下",
        "今天已联系",
        "11月20日 已联系",
        "11.20已联系",
        "2026-11-20 电话沟通",
        "已跟进",
        "正在跟进",
        "持续跟进中",
        "再跟进",
    ),
    *(
        "打电话",
        "打了电话",
        "已回复",
        "客户已回复",
        "待回访",
        "聊了聊",
        "保持联系",
        "暂无进展",
        "无进展",
        "同上",
        "好的",
        "等客户回复",
        "收到",
        "……",
        "？",
    ),
    *(
        "ok",
        "OK!",
        "ok.",
        "Okay",
        "followed up",
        "Followed up.",
        "follow up",
        "follow-up",
        "contacted",
        "Contacted again",
    ),
    *(
        "called",
        "called him",
        "called the customer today",
        "sent email",
        "Sent an e-mail.",
        "emailed",
        "sent WhatsApp message",
    ),
    *(
        "keep in touch",
        "talked with client",
        "called on 5/6",
        "20.11. called",
        "10:30 called",
        "no news",
        "nothing new",
        "done",
        "...",
    ),
    *("n/a", "following up", "spoke to her yesterday", "ＯＫ", "ｃａｌｌｅｄ", "已发email", "whatsapp 已联系"),
]
SUBSTANCE = [
    *(
        "开发信未回",
        "发PI，问付款",
        "对新款感兴趣，要目录",
        "退信，邮箱可能换了",
        "下季度有采购计划，预算未定",
        "尾款还有30%未付",
        "首单已到港，质量满意",
    ),
    *(
        "样品已收到，颜色偏深",
        "样品DHL已寄，3个规格",
        "要FOB和CIF两种报价",
        "报价已发，问MOQ能否降到3000",
        "已联系，嫌贵",
        "电话沟通付款条件",
        "催尾款",
        "发目录",
    ),
    *(
        "改价",
        "没回",
        "未接",
        "寄样",
        "谈价格",
        "已联系 0.86",
        "sent PI, asked about payment",
        "called Anna",
        "no answer",
        "called, no answer",
    ),
    *(
        "wants samples",
        "sent catalogue",
        "price too high",
        "ok with 0.86",
        "ok 1.25",
        "called, 3000 pcs",
        "ordered",
        "asked for a discount",
        "позвонил",
    ),
    *(
        "اتصلت",
        "call Bob about the deposit",
        "emailed offer",
        "contact left the company",
        "20% deposit paid",
        "holiday until Monday",
    ),
]


@pytest.mark.parametrize("note", VAGUE)
def test_a_vague_note_is_questioned(note: str) -> None:
    assert question(note) is not None


@pytest.mark.parametrize("note", SUBSTANCE)
def test_a_note_with_substance_is_left_alone(note: str) -> None:
    assert question(note) is None


@pytest.mark.parametrize("note", ["", "  ", "\n", "　"])
def test_no_note_is_no_vague_note(note: str) -> None:
    assert question(note) is None


@pytest.mark.parametrize(
    ("note", "chinese"), [("跟进中", True), ("followed up", False), ("已发email", True), ("ok", False)]
)
def test_the_example_is_in_the_language_of_the_note(note: str, chinese: bool) -> None:
    message = question(note)
    assert message is not None
    example = str(message.values["example"])
    assert bool(re.search("[一-鿿]", example)) is chinese
    assert example in str(message)
    assert note in str(message)


def test_the_examples_given_are_not_vague_themselves() -> None:
    for note in ("跟进中", "ok"):
        message = question(note)
        assert message is not None
        assert question(str(message.values["example"])) is None


@given(st.text())
def test_any_note_can_be_asked_about(note: str) -> None:
    question(note)


@given(st.sampled_from(VAGUE), st.text(alphabet=" .,;!?-—。，；！？…()（）", max_size=6))
def test_punctuation_adds_no_substance(note: str, marks: str) -> None:
    assert question(f"{marks}{note} {marks}") is not None
