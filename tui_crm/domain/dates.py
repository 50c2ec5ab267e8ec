"""Dates as people write them, in English and Chinese: 3d, next fri, 下周三, 6月5号, and the dates in sheets.

Decisions where usage differs:

- Weeks run from Monday to Sunday. 下周三 and "next wednesday" are the Wednesday of the next calendar week, 这周一 and
  "this monday" the Monday of this one even when it is over, 下周 and "next week" its Monday.
- A bare weekday is never today: `fri` typed on a Friday is in seven days, or was seven days ago.
- A date without a year, a bare weekday, 月底 and a bare amount (3d) look forward for a next step, back for a log entry.
- 5/6 is 5月6日, as Chinese reps write it, 15/2 the 15th. 5/6/2026 is refused, as both readings are in use; 1.12.2026 is
  1 December. A year of two digits is taken near today: 26/11/16 is 2026-11-16, 26/11/28 is refused.
- 下个月 and "next month" are the first of it, 月初 the first, 月中 the 15th, 周末 Saturday, eow Friday.
- A date that exists in no calendar or contradicts its weekday is refused, never bent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from .date_grammar import longest_phrase
from .date_lexicon import plain
from .date_reading import Asked, Look, shown
from .date_words import read_words
from .messages import N_, Problem
from .sheet_dates import date_column_order, parse_sheet_date

__all__ = [
    "FoundDate",
    "Look",
    "date_column_order",
    "leading_date",
    "parse_date",
    "parse_sheet_date",
]

_CLOSING_MARKS = " \t\r\n.。!,;、"


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date phrase at the start of a text; `length` is how many characters of the text it takes."""

    day: date
    length: int


def parse_date(text: str, today: date, look: Look = Look.FORWARD) -> date:
    """Read a text that is one date phrase; raises Problem saying what was typed and what would work."""
    typed = text.strip()
    folded = plain(typed)
    found = longest_phrase(folded, read_words(folded), whole=True)
    asked = Asked(today, look, typed)
    if found is None or folded[found.end :].strip(_CLOSING_MARKS):
        raise _not_a_date(asked)
    return found.day(asked)


def leading_date(text: str, today: date, look: Look = Look.FORWARD) -> FoundDate | None:
    """Find the longest date phrase at the start of a text ("3d send sample", "3天寄样品"); None without one.

    Also None where it begins with an impossible or ambiguous date; `parse_date` of the same words says why.
    """
    folded = plain(text)
    found = longest_phrase(folded, read_words(folded), whole=False)
    try:
        return FoundDate(found.day(Asked(today, look)), found.end) if found else None
    except Problem:
        return None


def _not_a_date(asked: Asked) -> Problem:
    leading = leading_date(asked.typed, asked.today, asked.look)
    if leading:
        return Problem(
            N_("Only “{date}” is a date ({day}). Take “{rest}” away."),
            date=asked.typed[: leading.length],
            day=leading.day.isoformat(),
            rest=shown(asked.typed[leading.length :].strip()),
        )
    return Problem(
        N_("“{text}” cannot be read as a date. Write it like 3d, fri, next tue, 12/24 or {example}."),
        text=shown(asked.typed),
        example=_example(asked.today),
    )


def _example(today: date) -> str:
    return (today if today.year == date.max.year else today + timedelta(days=10)).isoformat()
