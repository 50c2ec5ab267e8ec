"""Dates as they stand in the columns of spreadsheets and exports."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Literal

from .date_grammar import calendar_date
from .date_lexicon import plain
from .date_reading import Asked, Look, shown
from .date_words import LONGEST_PHRASE, read_words
from .messages import N_, Problem

# Excel counts days from here (its 1900 is a leap year); a smaller number, before 1970, is hardly a date.
_EXCEL_START = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 25_569, 73_415

_TIME_OF_DAY = (
    r"(?:(?<=[日号])|[t\s])\s*(?:上午|下午|早上|中午|晚上)?\s*(?:\d{1,2}(?::\d{2}){1,2}(?:[.,]\d{1,9})?|\d{1,2}[时点](?:\d{1,2}分?)?)"
    r"\s*(?:[ap]\.?m\.?)?\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2})?$"
)
_SERIAL = r"[0-9]{5}(?:\.[0-9]{1,12})?"
_YEAR_LAST = r"\s*(\d{1,2})\s?([/-])\s?(\d{1,2})(?:\s?\2\s?\d{4})?(?![\d/.-])"


def date_column_order(texts: Iterable[str]) -> Literal["mdy", "dmy"] | None:
    """Infer from all dates of a column whether 5/6/2026 and 5/6 are month first ("mdy") or day first ("dmy").

    None when no date tells, or when they contradict each other.
    """
    found = [_pattern(_YEAR_LAST).match(plain(text[:LONGEST_PHRASE])) for text in texts]
    numbers = [(int(date_found[1]), int(date_found[3])) for date_found in found if date_found]
    day_first = any(first > 12 >= second for first, second in numbers)
    month_first = any(second > 12 >= first for first, second in numbers)
    if day_first == month_first:
        return None
    return "dmy" if day_first else "mdy"


def parse_sheet_date(text: str, today: date, order: str | None, *, look: Look = Look.BACK) -> date:
    """Read a date of a sheet: 2026-11-12, 2026.11.16, 11月16日, Nov 16 2026, Excel's 45982, an ISO time (its own day).

    `order` is that of the column (`date_column_order`, or asked of the user). Without a year, looking back gives the
    latest such day up to today, looking forward the one nearest today, so that an overdue plan stays overdue. Raises
    Problem saying why for an impossible date, an ambiguous one, or a word that depends on the day it was written
    (明天, next week).
    """
    typed = text.strip()
    asked = Asked(today, look, typed, order, sheet=True)
    if len(typed) > LONGEST_PHRASE:
        raise _not_in_a_sheet(asked)
    folded = _pattern(_TIME_OF_DAY).sub("", plain(typed))
    if _pattern(_SERIAL).fullmatch(folded):
        return _excel_day(int(folded[:5]), asked)
    found = calendar_date(folded, read_words(folded))
    if found is None or folded[found.end :].strip(" .。,;"):
        raise _not_in_a_sheet(asked)
    return found.day(asked)


def _excel_day(serial: int, asked: Asked) -> date:
    if not _FIRST_SERIAL <= serial <= _LAST_SERIAL:
        raise _not_in_a_sheet(asked)
    return _EXCEL_START + timedelta(days=serial)


def _not_in_a_sheet(asked: Asked) -> Problem:
    return Problem(
        N_("“{text}” is not a calendar date. Write it like 2026-11-16, 2026/11/16 or 11月16日."),
        text=shown(asked.typed),
    )


@cache
def _pattern(shape: str) -> re.Pattern[str]:
    return re.compile(shape)
