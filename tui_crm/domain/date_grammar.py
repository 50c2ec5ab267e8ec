"""The grammar of date phrases: which rows of words (coded as in `date_lexicon`) are a date, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import NamedTuple

from . import date_meanings as means
from .chinese_numbers import NUMERALS
from .date_reading import Asked, Phrase, existing, shown
from .date_steps import moved
from .date_words import FIRST_YEAR, LAST_YEAR, Word
from .messages import N_, Problem

_MONTHS, _WEEKS, _DAYS = "(?:n?vh|nh)", "(?:nk)", "(?:n[az])"


def _amount(years: str) -> str:
    # From the larger unit to the smaller, so that "3d 2 weeks lead time" stays 3d.
    months = f"{_MONTHS}{_WEEKS}?{_DAYS}?"
    return f"(?P<amount>{years}(?:{months}|{_WEEKS}?{_DAYS}?)|{months}|{_WEEKS}{_DAYS}?|{_DAYS})"


# 3年 counts years only where it can be no year (26年): before 后, after 过.
_AMOUNT, _BARE_AMOUNT = _amount("(?:nj|ev?|vj)"), _amount("(?:nj|vj)")
_AWAY = "(?P<away>[rtR])"
_MONTH = "(?P<month>m)"
_WEEKDAY = "(?P<weekday>w)"
_SEPARATOR = "[sH]?"
# A weekday may be written before or behind a date (周五 6月5日, 6月5日(周五)); it has to be true.
_SAID, _SAID_AFTER = f"(?:t?(?P<said>w){_SEPARATOR})?", "(?:u?(?P<said_after>w)U?)?"
# 周五前, 5月20日之前: the last day for it is the day.
_BY = "A?"


class Rule(NamedTuple):
    """A row of words (a regular expression over their codes) and what it means.

    `whole`: only where the whole text is a date, since the words could as well begin something else ("fri 5 samples").
    `sheet`: the same day whenever it is read, so it may stand in a column of a sheet.
    """

    shape: str
    day: Callable[[Phrase, Asked], date]
    whole: bool = False
    sheet: bool = False


def _date(shape: str, *, whole: bool = False) -> Rule:
    return Rule(_SAID + shape + _SAID_AFTER + _BY, means.month_day, whole, sheet=True)


_RULES = (
    # 2026-12-01, 24/12/2026, 12/24
    Rule(_SAID + "(?P<figures>[FCSp])" + _SAID_AFTER + _BY, means.figures, sheet=True),
    # 1 Dec, the 2nd of March 2026, 31-Oct-26, 3 Aug 26
    _date(f"T?(?P<day>[nol]){_SEPARATOR}{_MONTH}"),
    _date(f"T?(?P<day>[nol]){_SEPARATOR}{_MONTH}{_SEPARATOR}i?(?P<year>[ye])"),
    _date(f"T?(?P<day>[nol])[sH]{_MONTH}[sH](?P<year>n)"),
    _date(f"T?(?P<day>[nol]){_MONTH}(?P<year>n)", whole=True),
    # Dec 1, 十二月一, December 1st 2026, Dec 1 26, 12月1日
    _date(f"{_MONTH}{_SEPARATOR}T?(?P<day>[nol])"),
    _date(f"{_MONTH}{_SEPARATOR}T?(?P<day>[nol]){_SEPARATOR}i?(?P<year>y)"),
    _date(f"{_MONTH}T?(?P<day>[nol])(?P<year>n)", whole=True),
    _date(f"{_MONTH}(?P<day>[dg])"),
    # 2026年12月1日, 2026 Dec 1, 2026 12 1, 明年3月5日
    _date(f"(?P<year>[ye]){_SEPARATOR}{_MONTH}{_SEPARATOR}T?(?P<day>[noldg])"),
    _date("(?P<year>y)(?P<month>n)(?P<day>n)", whole=True),
    Rule(f"(?P<year>[YV]){_MONTH}(?P<day>[noldg])" + _SAID_AFTER + _BY, means.month_day),
    # 下个月5号, 20th of this month
    Rule(f"{_AWAY}h(?P<day>[dgo])" + _BY, means.day_of_near_month),
    Rule(f"{_AWAY}h(?P<day>n)", means.day_of_near_month, whole=True),
    Rule(f"T?(?P<day>[nol]){_AWAY}h", means.day_of_near_month),
    # 5号, the 24th, friday the 13th
    Rule("(?P<amount>(?P<day>d))A", means.days_or_day),
    Rule(_SAID + "(?P<day>[dg])" + _SAID_AFTER + _BY, means.day_of_month),
    Rule("T(?P<day>o)", means.day_of_month),
    Rule("(?P<day>o)", means.day_of_month, whole=True),
    Rule("T(?P<day>n)", means.day_of_month, whole=True),
    Rule(f"{_WEEKDAY}T(?P<day>[ol])", means.weekday_on_day),
    Rule(f"{_WEEKDAY}(?P<day>o)", means.weekday_on_day),
    Rule(f"{_WEEKDAY}T?(?P<day>n)", means.weekday_on_day, whole=True),
    # tomorrow, 后天; fri, next fri, 下周五, friday of next week, coming friday, 周末
    Rule("(?P<day>D)" + _BY, means.named_day),
    Rule(f"{_AWAY}?k?{_WEEKDAY}" + _BY, means.weekday),
    Rule(f"{_WEEKDAY}{_AWAY}k", means.weekday),
    Rule(f"c{_WEEKDAY}", means.coming_weekday),
    Rule(f"{_AWAY}?W" + _BY, means.weekend),
    # three fridays from now, 两周后的周三, friday in two weeks
    Rule(f"(?P<count>n){_WEEKDAY}f(?P<start>D)", means.coming_weekday),
    Rule(f"i?(?P<weeks>n)kL{_WEEKDAY}", means.weekday_weeks_ahead),
    Rule(f"i(?P<weeks>n)k{_WEEKDAY}", means.weekday_weeks_ahead),
    Rule(f"{_WEEKDAY}i?(?P<weeks>n)k(?:fD|L)?", means.weekday_weeks_ahead),
    # next week, 下个月, 明年
    Rule("(?P<away>r)(?P<period>[akhj])", means.first_of_period),
    Rule("(?P<year>Y)", means.first_of_period),
    # eom, end of next month, mid-june, last day of may; 月底, 本月月底, 下月初, 5月中
    Rule(f"(?P<edge>[BME])(?:{_AWAY}?h|H?{_MONTH}(?P<year>[ye])?)", means.edge_of_month),
    Rule(f"(?P<edge>R)ai?(?:{_AWAY}?h|{_MONTH}(?P<year>y)?)", means.edge_of_month),
    Rule(f"(?:{_AWAY}?hh?|(?P<year>[yeYV])?{_MONTH})(?P<edge>[BME])" + _BY, means.edge_of_month),
    # end of next year, 年底, 明年年初; eow, end of next week
    Rule(f"(?P<edge>[BE])(?:{_AWAY}?j|(?P<year>[yeYV]))", means.edge_of_year),
    Rule(f"(?:{_AWAY}?j|(?P<year>[eYV])j?)(?P<edge>[BE])" + _BY, means.edge_of_year),
    Rule(f"(?P<edge>[BE]){_AWAY}?k", means.edge_of_week),
    # first monday of next month, 6月第3个星期日
    Rule(f"T?(?P<nth>[olR]){_WEEKDAY}i?(?:{_AWAY}?h|{_MONTH}(?P<year>y)?)", means.nth_weekday),
    Rule(f"(?:{_AWAY}h|(?P<year>[eYV])?{_MONTH})q(?P<nth>n){_WEEKDAY}", means.nth_weekday),
    # 3天后, in 2 weeks' time, +3d; 3 days ago, 两周前, -3d; 3日后, 过3日; today+3d; 3d
    Rule(f"i?{_AMOUNT}L", means.counted_ahead),
    Rule(f"[iP]{_AMOUNT}N?", means.counted_ahead),
    Rule("i?(?P<amount>d)L", means.counted_ahead),
    Rule("i(?P<amount>d)", means.counted_ahead),
    Rule(f"{_AMOUNT}[AO]", means.counted_back),
    Rule(f"{_AMOUNT}b", means.counted_back, whole=True),
    Rule(f"H{_AMOUNT}", means.counted_back),
    Rule(f"(?P<day>D)(?P<sign>[PH]){_AMOUNT}", means.counted_from_named_day),
    Rule(_BARE_AMOUNT, means.counted),
)
_LEADING_RULES = tuple(rule for rule in _RULES if not rule.whole)
_SHEET_RULES = tuple(rule for rule in _RULES if rule.sheet)
# Two weeks after friday, the day before 5 June.
_FROM = f"(?:{_BARE_AMOUNT}|a)(?P<way>[fb])"

# What follows the words and shows that they meant something else: the end of a range, a unit, a part of the month.
_NOT_AFTER = r"\s?(?:[上中下]旬|第|左右|[到至~](?:\d|周|星期|礼拜|明天|后天|下))"
_NOT_AFTER_CODES = {
    "noldgyFCSp": (
        r"\s?[-~]\s?\d|[/.:]\d|[a-z]|\s?[%‰]"
        r"|\s?(?:天|日|周|星期|礼拜|个|月|年|号|件|套|箱|只|米|台|吨|公斤|元|美元|万)"
        r"|\s(?:days?|weeks?|months?|years?|hours?|pcs|pieces|sets?|units?|kgs?|tons?|cm|mm|usd|eur|rmb)\b"
    ),
    "n": "[一-鿿]",
    "w": r"\s(?:after next|week)\b|[二三五六]|四(?!川)|日(?!本)",
    "hjYV": rf"\s?[\d{NUMERALS}]",
}
# Nor may these words follow: "3 days after arrival" is not in three days, "明年3月" not the first of January.
_NOT_BEFORE = dict.fromkeys("akhjz", "fbmL") | dict.fromkeys("YV", "m")


class Found(NamedTuple):
    """A date phrase: the number of words it takes, where it ends in the text, and what it means."""

    words: int
    end: int
    meaning: Callable[[Asked], date]

    def day(self, asked: Asked) -> date:
        """Give the day it means; raises Problem when that is no day, more than one, or in no usable year."""
        try:
            day = self.meaning(asked)
        except Problem:
            raise
        except (OverflowError, ValueError):
            return existing(None, asked)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Problem(
                N_("“{text}” is in the year {year}. Only {first} to {last} can be used."),
                text=shown(asked.typed),
                year=day.year,
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )
        return day


def longest_phrase(text: str, words: list[Word], *, whole: bool) -> Found | None:
    """Give the longest date phrase at the start of `words` (read from `text`); the earlier rule wins a tie.

    `whole`: the whole text is meant to be a date.
    """
    rules = _RULES if whole else _LEADING_RULES
    plain, counted = _plain_phrase(text, words, rules), _counted_from(text, words, rules)
    return max((found for found in (counted, plain) if found), key=lambda found: found.words, default=None)


def calendar_date(text: str, words: list[Word]) -> Found | None:
    """Give the longest phrase that means the same day whenever it is read, for a text that is meant to be a date."""
    return _plain_phrase(text, words, _SHEET_RULES)


def _plain_phrase(text: str, words: list[Word], rules: tuple[Rule, ...]) -> Found | None:
    codes = "".join(word.code for word in words)
    best: tuple[int, Rule, re.Match[str]] | None = None
    for rule in rules:
        found = _pattern(rule.shape).match(codes)
        if found and found.end() > (best[0] if best else 0) and _ends_there(text, words, found.end()):
            best = found.end(), rule, found
    if best is None:
        return None
    count, rule, match = best
    return Found(count, words[count - 1].end, lambda asked: rule.day(Phrase(words, match), asked))


def _counted_from(text: str, words: list[Word], rules: tuple[Rule, ...]) -> Found | None:
    found = _pattern(_FROM).match("".join(word.code for word in words))
    anchor = _plain_phrase(text, words[found.end() :], rules) if found else None
    if found is None or anchor is None:
        return None
    amount = Phrase(words, found).words("amount") or [Word("d", 1, 0, 0)]
    direction = 1 if found["way"] == "f" else -1
    return Found(found.end() + anchor.words, anchor.end, lambda asked: moved(anchor.meaning(asked), amount, direction))


def _ends_there(text: str, words: list[Word], count: int) -> bool:
    """Tell whether the phrase of `count` words is over: what follows does not give its last word another meaning."""
    last, then = words[count - 1], words[count].code if count < len(words) else ""
    if then and then in _NOT_BEFORE.get(last.code, ""):
        return False
    follow = (_NOT_AFTER, *(pattern for codes, pattern in _NOT_AFTER_CODES.items() if last.code in codes))
    return not any(_pattern(pattern).match(text, last.end) for pattern in follow)


@cache
def _pattern(shape: str) -> re.Pattern[str]:
    return re.compile(shape)
