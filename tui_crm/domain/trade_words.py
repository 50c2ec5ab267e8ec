"""The words that lines about trade are made of, as patterns for text in ASCII width: counts, numbers, days, sums."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from .messages import N_
from .money import CURRENCIES, CURRENCY_ALIASES

LONGEST_LINE = 400
"""Characters looked at: the prose of one record is shorter, and a pasted page is none."""

SEPARATORS = " \t\r\n\u3000,;:()[]|-，。、；：（）"
HAN = "\u3400-\u9fff"
UNIT = (
    r"(?:pcs?|pieces?|sets?|units?|pairs?|kgs?|tons?|mt|meters?|yards?|cartons?|ctns?|box(?:es)?|rolls?|dozens?|doz|bags?"
    r"|bottles?|containers?)(?![a-z])|公斤|千克|平方米|平米|立方米?|[个件套只台米吨箱双打条张片瓶包卷支把对]"
)
COUNT = (
    rf"(?P<count>[1-9][0-9]*(?:,[0-9]{{3}})*)(?![0-9]|[.,][0-9])\s*(?P<times>k(?![a-z])|千|万)?\s*(?P<counted>{UNIT})?"
)
_COUNTED = "(?:days?|weeks?|months?|years?|specs?|colou?rs?|samples?|models?|items?|types?|styles?|pallets?)(?![a-z])"
RECORD_NUMBER = r"(?=[a-z0-9._/-]*[0-9])[a-z0-9](?:[a-z0-9._/-]*[a-z0-9])?"
"""The number of an order, a bill …: letters and figures in one word."""
NUMBER = r"(?>[0-9](?:[0-9.,'’]*[0-9])?)"
FOR = (
    r"(?:(?<![a-z])(?:for|per|of|against|as\s+per|according\s+to)\s+|按照?|根据|对应|关于)?"
    r"(?:(?<![a-z])order\s+|订单|合同)?"
)
"""Words before the number of another record."""
PI_NUMBER = (
    r"(?<![a-z0-9])(?P<label>(?:pro-?\s?forma(?:\s+invoice)?|p/?i)(?=[\s:#])(?:\s*no\.?|\s*number)?[\s:#]*|(?:形式)?发票号?[\s:#]*)?"
    rf"(?P<number>(?(label){RECORD_NUMBER}|p/?i[._-]?[0-9](?:[a-z0-9._/-]*[a-z0-9])?))"
)
"""A PI's number: the word behind its name, or one that begins with PI."""
PO_NUMBER = rf"(?<![a-z0-9])(?P<number>p\.?o\.?(?:[\s:#-]+(?:no\.?\s*)?|(?=[0-9])){RECORD_NUMBER})"
DEPOSIT = r"(?:(?<![a-z])(?:deposit|down\s?payment)(?![a-z])|定金|订金|首付款?|预付款?)"
BALANCE = r"(?:(?<![a-z])balance(?![a-z])|尾款|余款)"
NO_SUM = N_("“{text}” says no sum.")
FULL_DATE = r"20[0-9]{2}\s?[-./年]\s?[0-9]{1,2}\s?[-./月]\s?[0-9]{1,2}日?(?![0-9])"

_TIMES = {"k": 1_000, "千": 1_000, "万": 10_000}
_ALSO_ENGLISH = ("BOB", "COP", "MAD", "MOP", "PEN", "RON", "TRY")
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_SLASHED = '(?:(?:0?[1-9]|1[0-2])/(?:3[01]|[12][0-9]|0?[1-9])|(?:3[01]|[12][0-9])/(?:1[0-2]|0?[1-9]))(?![0-9/]|\\s?(?:inch|["″寸]))'
DAY = (
    rf"(?<![0-9a-z./-])(?:{FULL_DATE}|[0-9]{{1,2}}/[0-9]{{1,2}}/[0-9]{{2,4}}(?![0-9])|[0-9]{{1,2}}\.[0-9]{{1,2}}\.20[0-9]{{2}}"
    rf"|[0-9]{{1,2}}\s?月\s?[0-9]{{1,2}}\s?[日号]?|{_SLASHED}|[0-9]{{1,2}}(?:st|nd|rd|th)?\s{_MONTH}(?:\s20[0-9]{{2}})?(?![a-z])"
    rf"|{_MONTH}\.?\s[0-9]{{1,2}}(?:st|nd|rd|th)?(?:,?\s20[0-9]{{2}})?(?![0-9a-z]))"
)
"""A day in figures that is one without a word before it."""
NAMED_DAY = "(?<![a-z])(?:yesterday|today)(?![a-z])|昨天|今天|前天"


@cache
def currency_words() -> str:
    """A pattern for every code, sign and word that means a currency."""
    names = sorted((*CURRENCIES, *CURRENCY_ALIASES), key=len, reverse=True)
    # "try 0.80" names no Turkish lira.
    cased = (f"(?-i:{name})" if name in _ALSO_ENGLISH else re.escape(name) for name in names)
    return "|".join(name + ("(?![a-z])" if re.search("[a-z]\\)?$", name, re.I) else "") for name in cased)


@cache
def sum_words() -> str:
    """A pattern for a sum, with groups `before` (currency), `number`, `times` (k, 万) and `after` (currency)."""
    currency = currency_words()
    return (
        rf"(?>(?:(?P<before>{currency})\s*)?(?P<number>{NUMBER})"
        rf"(?:\s*(?P<times>(?:k|千|万)(?![a-z])))?(?:\s*(?P<after>{currency})(?!\s*[0-9]))?)"
    )


@cache
def sum_pattern() -> re.Pattern[str]:
    """A sum that stands for itself: no part of a longer word, no price per piece, no count of things."""
    return re.compile(rf"(?<![a-z0-9_.#/~–—-]){sum_words()}(?!\s*(?:[%/]|{UNIT}|{_COUNTED})|[a-z0-9:~–—-])", re.I)


def count_of(found: re.Match[str]) -> int:
    """The number that a match of `COUNT` says."""
    return int(found["count"].replace(",", "")) * _TIMES.get((found["times"] or "").lower(), 1)


def gaps(text: str, spans: Iterable[tuple[int, int]]) -> list[str]:
    """The parts of `text` before the last span that no span covers."""
    found, end = [], 0
    for start, stop in sorted(spans):
        found.append(text[end:start])
        end = max(end, stop)
    return found


def joined(parts: Iterable[str]) -> str:
    """Texts as one, without the separators around them and without bars."""
    return " ".join(word for part in parts for piece in part.split("|") if (word := piece.strip(SEPARATORS)))


def blank(found: re.Match[str]) -> str:
    """As many bars as a match has characters."""
    return "|" * len(found[0])
