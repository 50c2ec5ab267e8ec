"""A cell that is a log by itself: `2026/5/10 发报价`, on the next line `5/15 寄样品 —Amy`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from tui_crm.domain.text import fold_width

from .days import Order

_LINE = re.compile(
    r"\s*[-*•·►>【\[(（]?\s*"
    r"(?:(?P<year>(?:19|20)\d\d|\d\d(?=[./-]\d{1,2}[./-]\d))\s*[-/.年]\s*)?"
    r"(?P<one>\d{1,2})\s*(?P<sign>[-/.月])\s*(?P<two>\d{1,2})(?P<day>\s*[日号])?[】\])）]?(?![\d%./-])"
    r"(?:\s+(?P<hour>[01]?\d|2[0-3])[:：](?P<minute>[0-5]\d)(?::[0-5]\d)?)?"
    r"(?P<gap>[\s:：,，、;；。\-—~]*)(?P<text>.*)",
    re.DOTALL,
)
_BREAK = re.compile(r"\n+")
_CLAUSE = re.compile(r"[;；]\s*")
_BY = re.compile(
    r"\s*(?:[—–]+|--+|\s-)\s*@?(?P<name>[^\W\d_][^\W\d_.]*(?:[ .][^\W\d_]+)?)\s*$|\s+by\s+(?P<by>[A-Z][a-z]+)\s*$"
)
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z]{1,14}(?:[ .][A-Z][A-Za-z]{0,14})?")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤"
)
_UNSURE = frozenset(".-")
"""Signs that stand in prices and ranges as well: no date by themselves, nor before a unit."""
_UNIT = re.compile(
    r"(?:kgs?|g|mm|cm|m|km|pcs?|sets?|usd|eur|rmb|days?|weeks?|months?|years?|inch|pallets?|cartons?|boxes|rolls?|ft|[x×*vaw%]|米|公斤|千克|元|万|美金|美元|吨|个|件|寸|尺|柜|箱|托|卷|套|天|周|月|年|折|倍|度|[~～])(?![a-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DatedLine:
    """One contact out of a cell: its day, the time where it is given, what was said, and who wrote it ("" unsaid)."""

    day: date
    text: str
    author: str = ""
    at: time | None = None


@dataclass(slots=True)
class _Found:
    """A line that begins with a date, whose year may still be open."""

    year: int | None
    month: int
    day: int
    sign: str
    at: time | None
    lines: list[str]


def dated_lines(
    text: str, until: date, order: Order | None, *, whole: bool, single: bool
) -> tuple[list[DatedLine], str]:
    """The contacts that a cell tells of, and the text before the first; none where it is no log. Dates without a year lie before
    `until`. `whole` asks every line to begin with a date; `single` lets one dated line be enough."""
    if not any(map(str.isdecimal, text)):
        return [], text
    parts = [part for part in _BREAK.split(text) if part.strip()]
    if len(parts) == 1:
        parts = [part for part in _CLAUSE.split(parts[0]) if part.strip()]
        whole = whole or len(parts) > 1
    before: list[str] = []
    found: list[_Found] = []
    for part in parts:
        if dated := _dated(part, order):
            found.append(dated)
        elif whole:
            return [], text
        else:
            (found[-1].lines if found else before).append(part.strip())
    sure = [one for one in found if one.year or one.sign not in _UNSURE]
    enough = len(found) > 1 or (single and bool(sure) and not before)
    if not found or not enough or (not sure and len({one.sign for one in found}) > 1):
        return [], text
    days = _days(found, until)
    if days is None:
        return [], text
    lines = [_line(one, day) for one, day in zip(found, days, strict=True)]
    return ([], text) if not any(line.text for line in lines) else (lines, "\n".join(before))


def _dated(part: str, order: Order | None) -> _Found | None:
    line = _LINE.fullmatch(fold_width(part))
    if line is None or (not line["gap"] and not line["day"] and line["text"] and line["text"][0].isascii()):
        return None
    if line["sign"] != "月" and not line["year"] and _UNIT.match(line["text"]):
        return None
    one, two = int(line["one"]), int(line["two"])
    swapped = line["sign"] != "月" and not line["year"] and (order == "dmy" or one > 12)
    month, day = (two, one) if swapped else (one, two)
    year = int(line["year"]) if line["year"] else None
    if year is not None and year < 100:
        year += 2000
    try:
        date(year or 2024, month, day)
    except ValueError:
        return None
    at = time(int(line["hour"]), int(line["minute"])) if line["hour"] else None
    text = part[line.start("text") :].strip()  # as it was typed: folding keeps places
    return _Found(year, month, day, line["sign"], at, [text] if text else [])


def _days(found: Sequence[_Found], until: date) -> list[date] | None:
    """The days, each year that is not said the one nearest to the line beside it, and none later than `until`."""
    start = next((at for at, one in enumerate(found) if one.year), None)
    if start is None:
        start = 0
        first = _on(found[0], until.year)
        years = {start: until.year if first and first <= until else until.year - 1}
    else:
        years = {start: found[start].year or until.year}
    days: dict[int, date | None] = {start: _on(found[start], years[start])}
    for at in (*range(start + 1, len(found)), *range(start - 1, -1, -1)):
        beside = days[at - 1] if at > start else days[at + 1]
        if beside is None:
            return None
        days[at] = _on(found[at], found[at].year) if found[at].year else _nearest(found[at], beside)
    known = [day for at in range(len(found)) if (day := days[at])]
    if len(known) < len(found):
        return None
    if not any(one.year for one in found):
        while max(known) > until:
            known = [_on(one, day.year - 1) or day for one, day in zip(found, known, strict=True)]
            if max(known).year < until.year - 1:
                break
    return known


def _nearest(one: _Found, beside: date) -> date | None:
    there = [day for year in (beside.year - 1, beside.year, beside.year + 1) if (day := _on(one, year))]
    return min(there, key=lambda day: abs((day - beside).days), default=None)


def _on(one: _Found, year: int | None) -> date | None:
    try:
        return date(year or 0, one.month, one.day)
    except ValueError:
        return None


def _line(one: _Found, day: date) -> DatedLine:
    signed = [_signed(line) for line in one.lines]
    author = next((name for _, name in signed if name), "")
    texts = [text if name == author else line for (text, name), line in zip(signed, one.lines, strict=True)]
    return DatedLine(day, "\n".join(filter(None, texts)), author, one.at)


def _signed(text: str) -> tuple[str, str]:
    """The text without the name of its writer at the end (—Amy, --张三, by Amy), and that name."""
    found = _BY.search(text)
    name = (found["name"] or found["by"]) if found else ""
    chinese = 2 <= len(name) <= 3 and name[0] in _SURNAMES if name and not name.isascii() else False
    if found and name and (chinese or _LATIN_NAME.fullmatch(name)) and found.start():
        return text[: found.start()].rstrip(), name
    return text, ""
