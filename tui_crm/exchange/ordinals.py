"""Numbers and months in headers: 第二次跟进时间, Follow-up 2 notes, 3月, Jan 2026."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

_DIGITS = "零一二三四五六七八九十"
_WORDS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "首": 1, "初": 1}
_ORDINAL = re.compile(
    r"第?\s*(?P<zh>首|初|[一二三四五六七八九十]|\d{1,2})\s*[次轮回]"
    r"|第\s*(?P<nth>[一二三四五六七八九十]|\d{1,2})"
    r"|\b(?P<en>first|second|third|fourth|fifth|sixth)\b"
    r"|\b(?P<st>\d{1,2})(?:st|nd|rd|th)\b"
    r"|[(#]?(?<!\d)(?P<bare>\d{1,2})(?!\d)\)?"
)
_FOLLOW_UP = re.compile(r"跟进|联系|沟通|回访|拜访|洽谈|follow|contact|call|visit|touch")
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PERIOD = re.compile(
    r"(?:(?P<year>20\d\d)\s*[-/.年]\s*)?(?P<month>1[0-2]|0?[1-9])\s*月份?(?:(?P<day>[12]\d|3[01]|0?[1-9])[日号])?"
    r"(?:跟进|联系|沟通)?(?:记录|情况|内容)?"
)
_DASHED = re.compile(r"(?P<year>20\d\d)[-/.](?P<month>1[0-2]|0?[1-9])(?:[-/.](?P<day>[12]\d|3[01]|0?[1-9]))?")
_NAMED = re.compile(
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\.?(?:\s*[-/' ]?\s*(?P<year>(?:20)?\d\d))?"
)


@lru_cache(maxsize=1024)
def ordinal(text: str) -> tuple[int, str] | None:
    """Which time (from 1) a header speaks of, and the header without it; None where it does not count."""
    plain = normalize("NFKC", text).casefold().strip()
    found = _ORDINAL.search(plain)
    if found is None:
        return None
    word = next(filter(None, found.groups()))
    number = int(word) if word.isdecimal() else _WORDS.get(word) or _DIGITS.index(word)
    rest = " ".join((plain[: found.start()] + plain[found.end() :]).split()).strip(" -_.:：")
    return (number, rest) if 0 < number <= 40 and rest else None


def is_follow_up(text: str) -> bool:
    """Whether a group of columns is about getting in touch."""
    return _FOLLOW_UP.search(text.casefold()) is not None


@lru_cache(maxsize=1024)
def period(text: str) -> str:
    """The month or day that a header is: `2026-03`, `03` without its year, `2026-03-05`, `03-05`; "" for any other header."""
    plain = normalize("NFKC", text).casefold().strip()
    found = _PERIOD.fullmatch(plain) or _DASHED.fullmatch(plain)
    if found:
        day = f"-{int(found['day']):02}" if found["day"] else ""
        year = f"{found['year']}-" if found["year"] else ""
        return f"{year}{int(found['month']):02}{day}"
    named = _NAMED.fullmatch(plain)
    if named is None:
        return ""
    year = f"{2000 + int(named['year']) % 100}-" if named["year"] else ""
    return f"{year}{_MONTH_NAMES.index(named['name'][:3]) + 1:02}"
