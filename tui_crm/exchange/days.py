"""Days and moments as cells give them: Excel dates, serial numbers, time stamps, and everything people type."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Literal

from tui_crm.domain.dates import Look, date_column_order, leading_date, parse_sheet_date
from tui_crm.domain.messages import Problem
from tui_crm.domain.text import fold_width

from .tables import Cell, shown

Order = Literal["mdy", "dmy", "ymd"]

_NOON = time(12)
_TIMED = re.compile(
    r"(?P<day>.*\d)[Tt\s]+(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?\s*(?P<offset>[Zz]|[+-]\d\d:?\d\d)?"
)
_CALENDAR = re.compile(r"(?:\d{4}\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}|\d{1,2}\s?月\s?\d{1,2})\s?[日号]?(?!\d)")
_NUMBERS = re.compile(r"\d{1,2}[/-]\d{1,2}(?:[/-](?:\d{4}|\d{2}))?(?=[\s,，:：]|$)")
_SOON = re.compile(
    r"\s*(?:尽快|马上|立即|立刻|asap|as soon as possible|immediately|now)(?![a-z])[\s,，:：。.]*", re.IGNORECASE
)
_UNDECIDED = frozenset(
    [
        "待定",
        "暂定",
        "未定",
        "待确认",
        "无",
        "暂无",
        "没有",
        "不定",
        "tbd",
        "tba",
        "tbc",
        "none",
        "n/a",
        "na",
        "-",
        "--",
        "/",
        "?",
        "—",
        "pending",
    ]
)
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)[-/.年](\d\d?)[-/.月](\d\d?)日?", re.ASCII)
_MONTH_AND_DAY = re.compile(r"([1-9]|1[0-2])\.([1-9]|[0-2]\d|3[01])")
_THIRD = re.compile(r"((?:(?:19|20)\d\d年)?(?:1[0-2]|0?[1-9])月)(?:份)?([上中下]旬)(?:左右)?")
_PART_OF_MONTH = re.compile(
    r"(early|mid|middle of|late)[\s-]*((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s+20\d\d)?)"
)
_MIDDLE = {"上旬": 5, "中旬": 15, "下旬": 25, "early": 5, "mid": 15, "middle of": 15, "late": 25}
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SEPARATORS = re.compile(r"^[\s,，.。:：;；、|-]+")


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened: its day where the user is, and the instant (UTC) where the cell says the time as well."""

    day: date
    at: datetime | None = None

    def instant(self, zone: tzinfo) -> datetime:
        """The instant in UTC; local noon of the day where only the day is known."""
        return self.at or _noon(self.day, zone)


@lru_cache(maxsize=4096)
def _noon(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, _NOON, zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Promise:
    """What a cell says of the next step: the day, None where it names none, and the words besides it."""

    day: date | None
    action: str


def past_moment(cell: Cell, today: date, order: Order | None, zone: tzinfo) -> Moment:
    """When the last contact was. Raises Problem where the cell tells no day."""
    order = order or order_of_number(cell)
    stamp = cell if isinstance(cell, datetime) else _stamp(shown(cell), today, order)
    if stamp is None:
        return Moment(cell if isinstance(cell, date) else _sheet_day(shown(cell), today, order, Look.BACK))
    if stamp.time() == time() and stamp.tzinfo is None:
        return Moment(stamp.date())
    local = stamp if stamp.tzinfo else stamp.replace(tzinfo=zone)
    return Moment(local.astimezone(zone).date(), local.astimezone(UTC))


def next_day(cell: Cell, since: date, today: date, order: Order | None) -> Promise:
    """The day of a next step, planned on the day `since`; words that are no date are the action. Never fails."""
    if isinstance(cell, date):
        return Promise(cell.date() if isinstance(cell, datetime) else cell, "")
    text = shown(cell)
    if fold_width(text).casefold() in _UNDECIDED:
        return Promise(None, "")
    if day := roughly(text):
        return Promise(_sheet_day(day, since, None, Look.FORWARD), text)
    try:
        return Promise(_sheet_day(text, since, order or order_of_number(cell), Look.FORWARD), "")
    except Problem:
        return next_action(text, since, today, order)


def roughly(text: str) -> str:
    """`5月15日` for 5月中旬, `15 may` for mid-May: a day in the middle of what is meant. "" for every other text."""
    plain = fold_width(text).strip()
    if found := _THIRD.fullmatch(plain):
        return f"{found[1]}{_MIDDLE[found[2]]}日"
    found = _PART_OF_MONTH.fullmatch(plain.casefold())
    return f"{_MIDDLE[found[1]]} {found[2]}" if found else ""


def with_lost_zero(cell: Cell) -> str:
    """`6.10` for the number 6.1: who typed either has the same cell, since a workbook keeps no zero at the end of a number. "" for
    every other cell."""
    typed = _MONTH_AND_DAY.fullmatch(repr(cell)) if isinstance(cell, float) else None
    if typed is None or len(typed[2]) > 1:
        return ""
    return f"{typed[0]}0" if int(typed[2]) * 10 <= _LONGEST_MONTHS[int(typed[1]) - 1] else ""


def order_of_number(cell: Cell) -> Order | None:
    """A day typed as 6.3 becomes a number in a workbook; those who write so put the month first."""
    return "mdy" if isinstance(cell, float) and _MONTH_AND_DAY.fullmatch(repr(cell)) else None


def next_action(text: str, since: date, today: date, order: Order | None = None) -> Promise:
    """`11月15日 发目录` is a day and an action, `尽快 回MOQ` means today; all other text is the action alone.

    A date word that begins a sentence (月初再问预算, may order more) stays in it: only a whole date, or a phrase set apart
    from the rest, is taken for the day. `order` tells how 7/6/2026 is meant.
    """
    if soon := _SOON.match(text):
        return Promise(today, text[soon.end() :].strip())
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    if rough := roughly(first):
        return Promise(_sheet_day(rough, since, None, Look.FORWARD), text)
    day, length = _calendar_day(text, since, order) or _set_apart(text, since) or (None, 0)
    return Promise(day, _SEPARATORS.sub("", text[length:], count=1) if day else text)


def _calendar_day(text: str, since: date, order: Order | None) -> tuple[date, int] | None:
    plain = fold_width(text)
    written = _CALENDAR.match(plain) or (_NUMBERS.match(plain) if order else None)
    try:
        return (_sheet_day(written[0], since, order, Look.FORWARD), written.end()) if written else None
    except Problem:
        return None


@lru_cache(maxsize=65_536)
def _set_apart(text: str, since: date) -> tuple[date, int] | None:
    found = leading_date(text, since, Look.FORWARD)
    if found is None:
        return None
    phrase, rest = text[: found.length], text[found.length :]
    is_set_apart = not rest or _SEPARATORS.match(rest)
    return (found.day, found.length) if is_set_apart and (not phrase.isascii() or re.search(r"\d", phrase)) else None


def column_order(cells: Iterable[Cell]) -> Order | None:
    """Whether the dates of a table put the month or the day first; None where they do not tell."""
    return date_column_order(cell for cell in cells if isinstance(cell, str))


def day_in(text: str, today: date, order: Order | None) -> date:
    """The day up to today that a text names, in that order. Raises Problem where it names none."""
    return _sheet_day(text, today, order, Look.BACK)


def is_ambiguous(cell: Cell, today: date) -> bool:
    """Whether the cell is a date only when told which number is the month."""
    days = set()
    for order in ("mdy", "dmy"):
        try:
            days.add(_sheet_day(shown(cell), today, order, Look.BACK))
        except Problem:
            return False
    return len(days) == 2


def _stamp(text: str, today: date, order: Order | None) -> datetime | None:
    """A day with its time of day, perhaps with the offset from UTC; None where the text has no such time."""
    timed = _TIMED.fullmatch(text)
    if timed is None:
        return None
    hour, minute, second = int(timed["hour"]), int(timed["minute"]), int(timed["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    day = _sheet_day(timed["day"], today, order, Look.BACK)
    return datetime.combine(day, time(hour, minute, second), _offset(timed["offset"] or ""))


def _offset(text: str) -> tzinfo | None:
    if text in "Zz":
        return UTC if text else None
    sign = -1 if text[0] == "-" else 1
    away = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(sign * away) if away < timedelta(days=1) else None


def _sheet_day(text: str, today: date, order: str | None, look: Look) -> date:
    plain = _YEAR_FIRST.fullmatch(text)
    if plain:  # most dates of most sheets, fifty times as fast; an impossible one is explained below
        with suppress(ValueError):
            return date(int(plain[1]), int(plain[2]), int(plain[3]))
    return _parsed(text, today, order, look)


@lru_cache(maxsize=65_536)
def _parsed(text: str, today: date, order: str | None, look: Look) -> date:
    return parse_sheet_date(text, today, order, look=look)
