"""Asking back where a log note says only that something happened: 已联系, 跟进中, "followed up".

A note is vague when nothing is left of it once the words that any contact would deserve are taken away. Every other
word, a name, a number, a product, is substance, and the note is left alone.
"""

from __future__ import annotations

import re
from functools import cache

from .messages import N_, Message
from .text import fold_width

_LONGEST_VAGUE = 60

_VAGUE_ENGLISH = """
    a an the i we he she they him her them it his their my our to with by via on in at for of and as is was were be been
    have has had will again today yesterday tomorrow tonight now just already still once twice
    contact contacted contacting call called calling phone phoned phoning ring rang mail mailed email emailed e-mail
    e-mailed emails send sent sending message messaged messages msg text texted write wrote written reply replied
    follow followed following follows followup follow-up follow-ups fu up keep kept continue continued continuing
    talk talked talking speak spoke spoken chat chatted chatting touch reach reached reaching back out touched
    discuss discussed discussion discussing conversation communicate communicated communication
    whatsapp wechat wa wx linkedin skype sms online
    customer customers client clients buyer prospect lead contact's
    ok okay done fine good great yes noted none same above ditto usual normal update updates updated news pending wip
    n/a na tbd etc regular routine check checked checking
    mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday
    jan feb mar apr may jun jul aug sep sept oct nov dec am pm
"""
_VAGUE_ENGLISH_PHRASE = r"(?<![a-z])(?:no (?:news|updates?|progress|change)|nothing new|in progress)(?![a-z])"
_VAGUE_CHINESE = (
    "(?:暂无|暂时没有|没有|无)(?:新)?(?:进展|更新|变化|情况)|已经|已|又|再次|再|继续|持续|正在|正常|常规|例行|日常|进行|还在|还|在|待|需要|需|要"
    "|刚刚|刚|今天|昨天|明天|上午|下午|晚上|本周|上周|周[一二三四五六日天]|星期[一二三四五六日天]"
    "|客户|客人|买家|对方|他们|她们|他|她|与|和|跟进|跟踪|跟|给|向|我们|我|电话|邮件|邮箱|微信|短信|信息|消息|领英|开发信|语音|视频"
    "|联系上|联系|联络|沟通|交流|回访|拜访|聊聊|聊|谈|打招呼|打|发送|发|寄出|回复|回电|回|通话|问候|保持|情况|过程|一下|一次|次|了|过|中|的"
    "|完成|完毕|好|收到|知道|同上|同前|等|嗯|行"
)
_MONTH, _DAY = "(?:1[0-2]|0?[1-9])", "(?:3[01]|[12][0-9]|0?[1-9])"
# 1.25 may be a price: with a dot only a day at the start of the note, or one with its year, is taken for a date.
_DATE_OR_TIME = (
    rf"[0-9]{{4}}[-./年]{_MONTH}[-./月]{_DAY}[日号]?(?!\.?[0-9])|(?<![0-9])(?<![0-9]\.){_MONTH}[-/月]{_DAY}[日号]?(?!\.?[0-9])"
    rf"|^\W*(?:{_MONTH}\.{_DAY}|{_DAY}\.{_MONTH}\.)(?![0-9])|(?<![0-9])[0-2]?[0-9]:[0-5][0-9]"
)

_EXAMPLE = "asked for a lower MOQ – sent price for 3,000 – they decide by Friday"
_EXAMPLE_CHINESE = "嫌MOQ高 – 已报3000件的价 – 周五前等答复"


def question(note: str) -> Message | None:
    """What to ask back about a vague `note`, with an example in its own language; None for any other, and for none."""
    text = fold_width(note[: _LONGEST_VAGUE + 1]).casefold().strip()
    if not text or len(text) > _LONGEST_VAGUE or _substance(text):
        return None
    chinese = re.search("[\u3400-\u9fff]", text)
    return Message(
        N_("“{note}” will tell you little next month. Need – action – next step, e.g. “{example}”."),
        {"note": note.strip(), "example": _EXAMPLE_CHINESE if chinese else _EXAMPLE},
    )


@cache
def _vague_english() -> frozenset[str]:
    return frozenset(_VAGUE_ENGLISH.split())


def _substance(text: str) -> str:
    """What of a folded `text` says more than that there was a contact."""
    rest = re.sub(_VAGUE_ENGLISH_PHRASE, " ", re.sub(_DATE_OR_TIME, " ", text))
    rest = re.sub(
        r"(?<![a-z])[a-z]+(?:['’/-][a-z]+)*", lambda word: "" if word[0] in _vague_english() else word[0], rest
    )
    rest = re.sub(_VAGUE_CHINESE, "", rest)
    return re.sub(r"[\W_]+", "", rest)
