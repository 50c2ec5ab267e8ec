"""The fixed vocabularies: codes, and the words people type or write in sheets for them.

Display words live in the locale; here are only codes and what is *understood*. Every table maps a code to its aliases;
an alias is matched without regard to case, width and surrounding space.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from unicodedata import normalize

TEMPERATURES = ("hot", "potential", "cold", "existing", "sample")
GRADES = ("S", "A", "B", "C", "E")
PIPELINE = ("new", "contacted", "qualified", "quoted", "sampling", "negotiating", "ordered", "repeat")
SIDE_EXITS = ("lost", "paused")
STAGES = PIPELINE + SIDE_EXITS
CHANNELS = ("email", "phone", "whatsapp", "wechat", "linkedin", "video", "visit", "trade_show", "sms", "other")
KINDS = (
    "factory",
    "agent",
    "brand",
    "retailer",
    "wholesaler",
    "trader",
    "distributor",
    "importer",
    "end_user",
    "other",
)
SOURCES = ("trade_show", "b2b_platform", "referral", "online", "own_search", "website", "social", "other")
OUTCOMES = ("reached", "no_answer", "left_message", "replied")
"""What a one-key log entry says happened."""

RANKS = ("owner", "executive", "manager", "staff")
"""Where a person stands in the company."""
ROLES = ("decides", "influences", "buys", "uses", "blocks")
"""What a person is in the company's decisions."""
STATUSES: Mapping[str, tuple[str, ...]] = {
    "quote": ("open", "accepted", "rejected", "expired"),
    "sample": ("open", "approved", "rejected"),
    "invoice": ("open", "void"),
    "order": ("open", "done", "cancelled"),
}
"""How a trade record stands, by its kind. Whether something is paid follows from the payments."""
ORDER_KINDS = ("trial", "regular")
PAYMENT_KINDS = ("deposit", "balance", "full", "other")
MODES = ("sea", "air", "rail", "road", "courier")
"""How goods travel."""
CUSTOM_KINDS = ("text", "number", "date", "choice", "yes_no")
"""What a field that users add can hold."""
TAG_COLORS = ("", "red", "orange", "yellow", "green", "cyan", "blue", "purple", "gray")

TEMPERATURE_ALIASES: Mapping[str, tuple[str, ...]] = {
    "hot": ("热", "热客户", "高意向", "重点", "warm-hot", "in discussion"),
    "potential": ("潜力", "潜力客户", "潜在", "有意向", "意向", "温", "warm", "interested"),
    "cold": ("冷", "冷客户", "无回复", "沉默", "dead", "silent"),
    "existing": ("老客户", "老", "成交客户", "已成交", "in-contract", "in contract", "customer", "active", "won"),
    "sample": ("样品", "样品客户", "样", "sample pending", "sampling"),
}

STAGE_ALIASES: Mapping[str, tuple[str, ...]] = {
    "new": ("新客户", "新", "潜在客户", "潜在", "开发中", "开发", "线索", "lead", "prospect"),
    "contacted": ("初步接触", "初步兴趣", "已联系", "意向", "意向客户", "有意向", "contact made", "interested"),
    "qualified": ("需求确认", "方案沟通", "确认需求", "待报价", "询盘", "询价", "rfq", "enquiry", "inquiry"),
    "quoted": ("已报价", "报价", "报价中", "quote", "quotation", "quote sent", "proposal"),
    "sampling": ("打样", "打样确认", "样品寄出", "打样后等待反馈", "样品", "寄样", "样品中", "sample", "sample sent"),
    "negotiating": ("谈判", "谈判中", "对比供应商", "合同谈判", "签约中", "议价", "negotiation", "contract"),
    "ordered": ("已下单", "下单", "签约", "成交", "已成交", "待回款", "order", "won", "closed won", "in-contract"),
    "repeat": ("复购", "售后", "老客户", "返单", "翻单", "repeat order", "reorder", "after-sales"),
    "lost": ("流失", "丢单", "已流失", "失败", "无效", "closed lost", "dead"),
    "paused": ("暂停", "搁置", "暂缓", "on hold", "hold"),
}

STAGELESS = ("跟进中", "未跟进", "待回访", "following up", "not followed up", "to call back")
"""Words that fill a sheet's stage column and say nothing of a stage: kept as a tag, the stage stays as it was."""

CHANNEL_ALIASES: Mapping[str, tuple[str, ...]] = {
    "email": ("邮件", "邮箱", "mail", "e-mail", "em", "开发信", "发邮件"),
    "phone": ("电话", "call", "tel", "打电话", "通话", "手机", "ph"),
    "whatsapp": ("wa", "whats app", "ws"),
    "wechat": ("微信", "wx", "vx", "weixin", "wc"),
    "linkedin": ("领英", "li", "linked in", "in"),
    "video": ("视频", "视频会议", "zoom", "teams", "meeting", "会议", "google meet", "腾讯会议"),
    "visit": ("面谈", "拜访", "来访", "见面", "上门", "face to face", "in person", "factory visit"),
    "trade_show": ("展会", "广交会", "fair", "trade show", "tradeshow", "exhibition", "show"),
    "sms": ("短信", "text", "text message"),
    "other": ("其他", "其它", "skype", "telegram", "instagram", "facebook"),
}

KIND_ALIASES: Mapping[str, tuple[str, ...]] = {
    "factory": ("工厂", "厂家", "生产商", "manufacturer", "oem"),
    "agent": ("代理", "代理商", "中间商", "broker"),
    "brand": ("品牌商", "品牌", "brand owner"),
    "retailer": ("零售商", "零售", "商超", "retail", "shop"),
    "wholesaler": ("批发商", "批发", "wholesale"),
    "trader": ("贸易商", "贸易公司", "贸易", "trading company", "trading"),
    "distributor": ("分销商", "经销商", "分销", "dealer", "reseller"),
    "importer": ("进口商", "进口", "import"),
    "end_user": ("终端客户", "终端用户", "终端", "end user", "end customer"),
    "other": ("其他", "其它"),
}

SOURCE_ALIASES: Mapping[str, tuple[str, ...]] = {
    "trade_show": ("展会", "广交会", "fair", "trade show", "exhibition"),
    "b2b_platform": ("b2b平台", "b2b", "阿里巴巴", "阿里", "alibaba", "中国制造", "made-in-china", "平台", "platform"),
    "referral": ("老客介绍", "老客户介绍", "转介绍", "介绍", "朋友介绍", "referred", "recommendation"),
    "online": ("线上推广", "推广", "谷歌", "google", "ads", "advert", "seo"),
    "own_search": ("主动开发", "自主开发", "开发信", "own search", "cold mail", "outbound"),
    "website": ("官网", "独立站", "网站", "web", "web form", "contact form"),
    "social": ("社媒", "社交媒体", "领英", "linkedin", "facebook", "instagram", "tiktok"),
    "other": ("其他", "其它"),
}

GRADE_ALIASES: Mapping[str, tuple[str, ...]] = {g: (f"{g}级", f"{g}类", f"{g}级客户", f"grade {g}") for g in GRADES}

OUTCOME_ALIASES: Mapping[str, tuple[str, ...]] = {
    "reached": ("接通", "已接通", "spoke"),
    "no_answer": ("未接", "没接", "无人接听", "no answer"),
    "left_message": ("留言", "已留言", "left a message", "voicemail"),
    "replied": ("已回复", "回复", "reply", "answered"),
}

RANK_ALIASES: Mapping[str, tuple[str, ...]] = {
    "owner": ("老板", "老总", "创始人", "业主", "股东", "boss", "founder", "proprietor", "partner"),
    "executive": (
        "总裁", "总经理", "董事", "董事长", "副总", "总监", "高管", "高层", "ceo", "coo", "cfo", "cto", "president", "md",
        "managing director", "director", "vp", "general manager", "gm",
    ),
    "manager": ("经理", "主管", "采购经理", "项目经理", "部门经理", "中层", "head", "team leader", "purchasing manager"),
    "staff": ("员工", "职员", "专员", "助理", "采购员", "业务员", "工程师", "employee", "assistant", "engineer", "clerk"),
}  # fmt: skip

ROLE_ALIASES: Mapping[str, tuple[str, ...]] = {
    "decides": (
        "决策人",
        "决策者",
        "决策",
        "拍板",
        "拍板人",
        "说了算",
        "关键人",
        "decision maker",
        "decider",
        "decision",
    ),
    "influences": ("影响者", "影响", "影响人", "推荐人", "参谋", "influencer", "influence", "champion", "recommends"),
    "buys": ("采购", "采购人", "采购员", "买手", "下单人", "执行人", "buyer", "purchaser", "purchasing", "procurement"),
    "uses": ("使用者", "使用", "使用人", "用户", "使用部门", "user", "end user", "uses it"),
    "blocks": (
        "反对",
        "反对者",
        "阻碍",
        "阻力",
        "不支持",
        "blocker",
        "against",
        "against us",
        "opponent",
        "is against us",
    ),
}

CUSTOM_KIND_ALIASES: Mapping[str, tuple[str, ...]] = {
    "text": ("文字", "文本", "words"),
    "number": ("数字", "数值", "amount"),
    "date": ("日期", "时间", "day"),
    "choice": ("单选", "选项", "选择", "下拉", "select", "list"),
    "yes_no": ("是否", "是/否", "yes/no", "yes or no", "checkbox", "boolean"),
}

YES_NO = ("yes", "no")
YES_NO_ALIASES: Mapping[str, tuple[str, ...]] = {
    "yes": ("是", "有", "对", "y", "true", "1", "√", "✓"),
    "no": ("否", "无", "没有", "不", "不是", "n", "false", "0", "×", "✗"),
}


def fold(word: str) -> str:
    """The form in which two spellings of one word are equal: width, case, inner and outer space folded."""
    return " ".join(normalize("NFKC", word).casefold().replace("_", " ").split())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One fixed set of codes and everything that is understood as one of them."""

    codes: tuple[str, ...]
    words: Mapping[str, str]

    def find(self, word: str) -> str | None:
        """The code that `word` (a code or an alias in either language) means, or None."""
        return self.words.get(fold(word))

    def starting(self, prefix: str) -> tuple[str, ...]:
        """Codes with a code or alias that begins with `prefix`, in the vocabulary's own order."""
        start = fold(prefix)
        hits = {code for word, code in self.words.items() if word.startswith(start)}
        return tuple(code for code in self.codes if code in hits)


def vocabulary(codes: Iterable[str], aliases: Mapping[str, tuple[str, ...]]) -> Vocabulary:
    """Build a vocabulary; a code always means itself, whatever the aliases say, and the first alias wins."""
    codes = tuple(codes)
    words = {fold(code): code for code in codes}
    for code in codes:
        for alias in aliases.get(code, ()):
            words.setdefault(fold(alias), code)
    return Vocabulary(codes, words)


TEMPERATURE = vocabulary(TEMPERATURES, TEMPERATURE_ALIASES)
GRADE = vocabulary(GRADES, GRADE_ALIASES)
STAGE = vocabulary(STAGES, STAGE_ALIASES)
CHANNEL = vocabulary(CHANNELS, CHANNEL_ALIASES)
KIND = vocabulary(KINDS, KIND_ALIASES)
SOURCE = vocabulary(SOURCES, SOURCE_ALIASES)
OUTCOME = vocabulary(OUTCOMES, OUTCOME_ALIASES)
RANK = vocabulary(RANKS, RANK_ALIASES)
ROLE = vocabulary(ROLES, ROLE_ALIASES)
CUSTOM_KIND = vocabulary(CUSTOM_KINDS, CUSTOM_KIND_ALIASES)
YES_OR_NO = vocabulary(YES_NO, YES_NO_ALIASES)


def is_stageless(word: str) -> bool:
    """Whether `word` stands in stage columns without naming a stage (跟进中, 未跟进, 待回访, …)."""
    return fold(word) in {fold(known) for known in STAGELESS}
