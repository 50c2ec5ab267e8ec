"""The fields of the search line: how each is called in both languages, what it takes, and what to write in doubt."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from .dates import Look, parse_date
from .messages import N_, Message, Problem
from .vocabulary import CHANNEL, GRADE, STAGE, TEMPERATURE, Vocabulary, fold, vocabulary

Value = str | int | date

QUOTE_STATE = vocabulary(("open",), {"open": ("未结", "未决", "待定", "pending")})
SAMPLE_STATE = vocabulary(("waiting",), {"waiting": ("等反馈", "待反馈", "等待反馈", "等待", "feedback")})
LACKING = vocabulary(("next",), {"next": ("下一步", "下次跟进", "下次", "next step", "step")})
CONDITION = vocabulary(
    ("archived", "lost", "paused", "overdue", "risk"),
    {
        "archived": ("归档", "已归档"),
        "lost": ("流失", "已流失", "丢单"),
        "paused": ("暂停", "搁置"),
        "overdue": ("逾期", "过期", "超期"),
        "risk": ("at risk", "风险", "有风险", "流失风险", "预警"),
    },
)


COMPARISONS = "<>=≤≥ "
"""What may stand before a value that is compared."""


class Setting(NamedTuple):
    """What the meaning of a value depends on: the day, and who `owner:me` is."""

    today: date
    me: str


class Compared(NamedTuple):
    """A value to compare with: `op` is one of `= < <= > >=`."""

    op: str
    value: Value


@dataclass(frozen=True, slots=True)
class SearchField:
    """One field: `names` are what people write before the colon, `values` the codes that can be offered behind it.

    Exactly one of `read` (each of a comma-separated list of values) and `compare` (one value with `<` or `>` before it)
    is given; both return None for what they do not understand. `example` says what to write.
    """

    name: str
    names: tuple[str, ...]
    example: str
    read: Callable[[str, Setting], str | None] | None = None
    compare: Callable[[str, str, Setting], Compared | None] | None = None
    values: tuple[str, ...] = ()


def _one_of(words: Vocabulary) -> Callable[[str, Setting], str | None]:
    """Reads a code, an alias, or the beginning of one where only one code begins so (`t:h`)."""

    def read(text: str, setting: Setting) -> str | None:
        begun = words.starting(text)
        return words.find(text) or (begun[0] if len(begun) == 1 else None)

    return read


def _tag(text: str, setting: Setting) -> str | None:
    return text


def _country(text: str, setting: Setting) -> str | None:
    from .countries import find_country

    land = find_country(text)
    return land.code if land else None


def _owner(text: str, setting: Setting) -> str | None:
    return setting.me or text if fold(text) in ("me", "我", "本人") else text


def _day(op: str, text: str, setting: Setting) -> Compared | None:
    day = _date(text, setting.today, Look.FORWARD)
    return Compared(op or "=", day) if day else None


def no_such_day(text: str, today: date) -> Message | None:
    """Why a text with a number in it, perhaps behind a comparison, is no day; None when it is one."""
    if not any(map(str.isdigit, text)):
        return None
    try:
        parse_date(text.lstrip(COMPARISONS), today)
    except Problem as problem:
        return problem.message
    return None


def _days_late(op: str, text: str, setting: Setting) -> Compared | None:
    """A bare number means at least so many days."""
    days = _days(text)
    return None if days is None else Compared(op or ">=", days)


def _days_ago(op: str, text: str, setting: Setting) -> Compared | None:
    """`>30d` is longer ago than 30 days; `<5/6`, a date, is before it, which is longer ago too."""
    days = _days(text)
    if days is not None:
        return Compared(op or ">=", days)
    day = _date(text, setting.today, Look.BACK)
    return Compared(_BACKWARDS[op or "="], (setting.today - day).days) if day and day <= setting.today else None


_BACKWARDS = {"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_SPAN = r"([0-9]{1,5})\s*(?:(d|天|日|w|周|星|m|月|个)(?:ays?|eeks?|onths?|期|月)?)?"
_DAYS_IN = {"d": 1, "天": 1, "日": 1, "w": 7, "周": 7, "星": 7, "m": 30, "月": 30, "个": 30}


def _days(text: str) -> int | None:
    """The days in `30`, `30d`, `4w`, `2个月`; None when it is no span of time."""
    found = re.fullmatch(_SPAN, text.strip().lower())
    return int(found[1]) * _DAYS_IN[found[2] or "d"] if found else None


def _date(text: str, today: date, look: Look) -> date | None:
    try:
        return parse_date(text, today, look)
    except Problem:
        return None


FIELDS: tuple[SearchField, ...] = (
    SearchField("tag", ("tag", "tags", "标签"), N_("#price-sensitive"), _tag),
    SearchField(
        "temperature",
        ("t", "temp", "temperature", "温度", "客户温度"),
        N_("t:hot, t:potential, t:cold, t:existing or t:sample"),
        _one_of(TEMPERATURE),
        values=TEMPERATURE.codes,
    ),
    SearchField("grade", ("g", "grade", "等级", "评级"), N_("g:S or g:A,B"), _one_of(GRADE), values=GRADE.codes),
    SearchField(
        "stage", ("st", "stage", "阶段"), N_("st:quoted or st:new,contacted"), _one_of(STAGE), values=STAGE.codes
    ),
    SearchField("country", ("c", "country", "国家", "国家/地区"), N_("c:DE or c:Germany"), _country),
    SearchField(
        "channel", ("ch", "channel", "渠道", "方式"), N_("ch:wa or ch:email"), _one_of(CHANNEL), values=CHANNEL.codes
    ),
    SearchField("owner", ("owner", "责任人", "负责人"), N_("owner:me"), _owner, values=("me",)),
    SearchField("due", ("due", "到期"), N_("due:today, due:<fri or due:>5/6"), compare=_day),
    SearchField("late", ("late", "逾期"), N_("late:>7 (days)"), compare=_days_late),
    SearchField("last", ("last", "上次", "上次联系"), N_("last:>30d or last:<2w"), compare=_days_ago),
    SearchField("quote", ("quote", "报价"), N_("quote:open"), _one_of(QUOTE_STATE), values=QUOTE_STATE.codes),
    SearchField("sample", ("sample", "样品"), N_("sample:waiting"), _one_of(SAMPLE_STATE), values=SAMPLE_STATE.codes),
    SearchField("no", ("no", "无"), N_("no:next"), _one_of(LACKING), values=LACKING.codes),
    SearchField(
        "is",
        ("is", "是"),
        N_("is:archived, is:lost, is:paused, is:overdue or is:risk"),
        _one_of(CONDITION),
        values=CONDITION.codes,
    ),
)
"""Every field, in the order in which they are worth offering."""

FIELD_NAMED: Mapping[str, SearchField] = {fold(name): field for field in FIELDS for name in field.names}
"""The field that a name before a colon, folded by `vocabulary.fold`, means."""
