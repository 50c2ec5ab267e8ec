"""What the columns of a sheet mean: the words people put above them, in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from unicodedata import normalize

ALIASES: Mapping[str, str] = {
    "company": """
        客户公司 客户公司名称 公司 公司名 公司名称 公司全称 企业名称 企业 单位名称 采购商
        company | company name | account | account name | organization | organisation | organization name
        organization - name | business | firm""",
    "customer": "客户 客户名 客户名称 客户全称 买家 买家名称 | customer | customer name | client | client name | buyer",
    "name": "名称 | name",
    "contact": """
        联系人 联系人姓名 联系人名称 客户姓名 客户联系人 主要联系人 姓名 名字 对接人 采购联系人 称呼
        contact | contact name | contact person | person | person - name | full name | attn""",
    "first_name": "名 | first name | first | given name | forename | person - first name",
    "last_name": "姓 | last name | last | surname | family name | person - last name",
    "contact_position": "联系人/职位 联系人/职务 姓名/职位 姓名/职务 | contact/title | contact/position | name/title",
    "position": "职位 职务 岗位 头衔 | position | title | job title | role | function",
    "email": """
        邮箱 邮件 电子邮箱 电子邮件 邮箱地址 公司邮箱 邮件地址 | email | mail | email address | person - email
        email work | email home | email other | work email | business email | secondary email
        person - email (work) | person - email (home)""",
    "phone": """
        电话 手机 手机号 手机号码 联系电话 电话号码 座机 固话 公司电话 移动电话
        phone | tel | telephone | mobile | mobile phone | phone number | cell | cell phone | contact number | person - phone
        phone work | phone home | phone other | work phone | home phone | other phone | business phone | office phone | direct
        telephone number | pager number""",
    "whatsapp": "whatsapp | whatsapp号 | whats app | wa | whatsapp number",
    "wechat": "微信 微信号 | wechat | wechat id | weixin",
    "skype": "skype | skype号 | skype id",
    "im": """
        QQ QQ号 其他联系方式 社交账号 传真
         qq | im | telegram | facebook | instagram | viber | line
        fax | fax number""",
    "reach": "联系方式 联系信息 联系资料 通讯方式 | contact info | contact information | contact details | reach",
    "linkedin": "领英 领英主页 LinkedIn主页 | linkedin | linkedin url | linkedin profile | linkedin page",
    "website": "网站 网址 官网 主页 公司网址 公司网站 公司官网 客户网站 客户官网 | website | web | web site | homepage | url | domain",
    "country": "国家 国家地区 国家/地区 国家/城市 国别 地区 所在国家 所在地 客户国家 | country | country/region | nation | location | region",
    "city": "城市 所在城市 | city | town",
    "kind": "客户类型 类型 客户性质 公司类型 企业类型 | customer type | type | business type | company type | client type",
    "industry": "行业 行业分类 所属行业 客户行业 | industry | sector",
    "buys": """
        产品 采购产品 主营产品 主要产品 意向产品 需求产品 具体的需求产品 感兴趣产品 询盘产品 产品类型 购买产品
        product | products | buys | interested in | product interest""",
    "source": "来源 客户来源 获取来源 线索来源 客户渠道 来源渠道 | source | lead source | customer source | account source",
    "grade": "等级 级别 客户等级 客户级别 客户等级标签 价值评级 评级 客户评级 | grade | rating | level | customer grade | customer level",
    "temperature": "温度 客户温度 热度 意向度 意向程度 冷热 | temperature | warmth | lead temperature",
    "stage": """
        阶段 当前阶段 跟进阶段 销售阶段 商机阶段 开发阶段 当前开发阶段 客户阶段 进度 跟进进度
        stage | deal stage | pipeline stage | sales stage | deal - stage | stage name | current stage""",
    "status": "状态 客户状态 跟进状态 开发状态 当前状态 | status | lead status | customer status | contact status",
    "tags": "标签 客户标签 标记 | tags | tag | labels | label | person - label | organization - labels | keywords",
    "language": "语言 语种 | language",
    "zone": "时区 | time zone | timezone",
    "owner": """
        责任人 负责人 归属人 业务员 跟进人 所属业务员 销售 销售员 业务经理 所属人
        owner | sales | sales rep | sales person | salesperson | assigned to | account owner | rep | person - owner | responsible
        organization - owner""",
    "competitors": "竞争对手 竞品 竞争品牌 | competitors | competitor | competition",
    "author": "记录人 填写人 录入人 写入人 跟进记录人 | author | logged by | recorded by | written by | entered by | noted by",
    "needs": """
        需求 客户需求 需求描述 需求痛点 痛点 询盘内容 询盘信息 采购需求
        requirement | requirements | needs | need | inquiry | enquiry | pain points""",
    "remarks": "备注 备注信息 说明 附注 备注说明 | remarks | remark | comment | comments | memo | description",
    "notes": "笔记 记录 | notes | note",
    "created_on": """
        创建日期 创建时间 首次联系日期 首次联系时间 首次发现日期 建档日期 建档时间 添加时间 添加日期 录入时间 录入日期
        created | created at | created on | created date | create date | creation date | date added | first contact | first seen
        first contact date | person - creation date | organization - creation date | since""",
    "last_date": """
        最后联系 最后跟进 最新联系 最新跟进 最近一次联系
        最近联系时间 最近联系日期 最近跟进时间 最近跟进日期 最后跟进日期 最后跟进时间 最后联系时间 最后联系日期 最近沟通时间
        最新联系日期 最新跟进时间 上次联系 上次联系时间 上次跟进时间 上次跟进日期 最近联系 最近跟进 跟进时间 跟进日期 联系时间
        联系日期 沟通时间 沟通日期 日期时间
        last contact | last contacted | last contact date | last contact time | last seen | last activity | last activity date
        contact date | contacted on | date of contact | person - last activity date | last follow-up | last follow-up date""",
    "date": "日期 时间 | date | when | day",
    "channel": """
        跟进方式 沟通方式 联系渠道 沟通渠道 方式 跟进类型 沟通形式
        channel | method | contact method | via | medium | activity type | activity - type | how""",
    "note": """
        内容 最近内容 沟通内容 内容简要 跟进内容 最近跟进内容 最近跟进记录 跟进记录 沟通记录 跟进情况 联系内容 具体的联系内容
        最近沟通内容 沟通纪要 洽谈内容 内容摘要 最近跟进情况 联系记录
        content | what | what was said | what they said | summary | last note | conversation | follow-up notes | activity - note | details
        note - content (html) | last contact content | message""",
    "next_date": """
        下次 下次时间 下次日期
        下次跟进时间 下次跟进日期 下一次跟进时间 下一次跟进日期 下次联系时间 下次联系日期 下次跟进 下次联系 预计跟进时间 提醒日期
        提醒时间 计划跟进时间 下一步时间
        next date | next contact | next contact date | next follow-up | next follow-up date | follow-up date | follow up on
        due | due date | due on | next step date | activity - due date | next call | reminder""",
    "next_action": """
        下次跟进内容 下一次跟进内容 下次跟进计划 下次内容 下次联系内容 下一步动作 下一步 下一步计划 下一步行动 下次计划 跟进计划
        建议动作 待办 待办事项
        next action | next step | next steps | next plan | plan | to do | todo | action | next | follow-up plan""",
    "lost_reason": "丢单原因 流失原因 输单原因 失败原因 | lost reason | reason lost | deal - lost reason | loss reason",
    "quote": "报价 报价记录 最近报价 报价单 | quote | quotation | last quote",
    "sample": "样品 寄样 样品记录 寄样记录 | sample | samples | sample sent",
    "paper": "PI 形式发票 订单 合同 付款 发货 | pi | proforma | proforma invoice | order | contract | payment | shipment",
    "number": "序号 编号 行号 | no | nr | # | s/n | sn | row",
}
"""Field → the words that stand above it; Chinese words are parted by blanks, English ones by bars or line ends."""

BLOCK_TITLES = frozenset({"商务记录", "商务信息", "业务记录", "交易记录", "trade records", "business records", "trade"})
"""Lines that head the block of quotes and samples below a customer's log."""

REACHES = frozenset({"email", "phone", "whatsapp", "wechat", "skype", "im", "linkedin", "reach"})
_PROSE = frozenset({"needs", "remarks", "note", "next_action", "buys", "tags"})
_PLACE = frozenset({"country", "city"})
WHO = frozenset({"company", "customer", "name", "contact", "contact_position", "first_name", "last_name"})
_CORE = WHO | {"date", "last_date", "note", "email", "reach"}
"""Fields a header row has at least one of; a row of data may hold the words of other headers (报价, 电话, 样品)."""

_NOISE = re.compile(r"[\s*_:：.。#?？!'\"\-–—()\[\]【】<>《》]+")
_ASIDE = re.compile(r"[(\[【].*?[)\]】]")
_JOINT = re.compile(r"[/、,，;；&+|\\]|和|或|(?<=[a-z ])\b(?:and|or)\b")
_VENDOR = re.compile(r"^property_|_{1,2}c$")
_NUMBERED = re.compile(r"^(.*\D)([1-9])$", re.DOTALL)


_LONGEST_HEADER = 60


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header says: the field ("" unknown), and for several people side by side which of them (from 1)."""

    field: str
    person: int = 1


@lru_cache(maxsize=4096)
def meaning(header: str) -> Meaning:
    """The field under `header`. Case, width, blanks, line breaks, asides in brackets and vendors' prefixes do not matter."""
    plain = normalize("NFKC", header).casefold().strip()
    for form in (plain, _VENDOR.sub("", plain), _ASIDE.sub(" ", plain)):
        if field := _known(form):
            return Meaning(field)
        numbered = _NUMBERED.match(form)
        if numbered and (field := _known(numbered[1])):
            return Meaning(field, int(numbered[2]))
    return Meaning(_composite(plain) or _known(_first_chinese_word(plain)))


def is_block_title(text: str) -> bool:
    """Whether a lone cell heads the block of trade lines below a log."""
    return _squeezed(text) in _block_titles()


def is_header(cells: Sequence[str]) -> bool:
    """Whether nearly all of a row's words are headers: such a row begins another table, it is no data."""
    words = [cell for cell in cells if cell]
    if not any(_known(word) for word in words[:4]):
        return False  # nearly every row: spared the closer look
    strangers = 0
    fields = set()
    for word in words:
        field = meaning(word).field if len(word) <= _LONGEST_HEADER else ""
        strangers += not field
        if strangers * 5 > len(words):
            return False
        fields.add(field)
    fields.discard("")
    return len(fields) >= 3 and len(fields) * 5 >= len(words) * 4 and bool(fields & _CORE)


def header_score(cells: Sequence[str]) -> int:
    """How many different fields the words of a row name; 0 for a row that cannot head a table."""
    fields = {meaning(cell).field for cell in cells if cell} - {""}
    return len(fields) if fields & _CORE else 0


def _squeezed(text: str) -> str:
    return _NOISE.sub("", normalize("NFKC", text).casefold())


@cache
def _fields() -> Mapping[str, str]:
    words: dict[str, str] = {}
    for field, aliases in ALIASES.items():
        for line in re.split(r"[|\n]", aliases):
            chinese = not line.isascii()
            for alias in line.split() if chinese else [line]:
                if alias.strip():
                    words.setdefault(_squeezed(alias), field)
    return words


@cache
def _block_titles() -> frozenset[str]:
    return frozenset(map(_squeezed, BLOCK_TITLES))


def _known(text: str) -> str:
    return _fields().get(_squeezed(text), "") if text.strip() else ""


def _first_chinese_word(plain: str) -> str:
    """`客户级别` of `客户级别 A/B/C/D`; English headers are of several words."""
    first = next(iter(plain.split()), "")
    return "" if first.isascii() else first


def _composite(plain: str) -> str:
    """Several headers in one (电话/WhatsApp): read where its parts can be told apart in a cell."""
    parts = [part for part in _JOINT.split(plain) if part.strip()]
    fields = [field for part in parts if (field := _known(part))]
    if len(fields) * 2 <= len(parts) or len(parts) < 2:
        return ""
    if REACHES.issuperset(fields):
        return "reach"
    if _PLACE.issuperset(fields):
        return "country"
    return fields[0] if len({*fields}) == 1 and fields[0] in _PROSE else ""
