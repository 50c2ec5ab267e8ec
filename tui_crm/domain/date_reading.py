"""What a date phrase is read against, and how one day is chosen among those it could mean."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from re import Match
from typing import NamedTuple

from .date_words import Word
from .messages import N_, Problem

_LONGEST_SHOWN = 40


class Look(Enum):
    """Where a phrase without a direction points: a next step looks forward, a log entry looks back."""

    FORWARD = "forward"
    BACK = "back"


class Asked(NamedTuple):
    """What a phrase is read against.

    `typed` is the text, for messages. `order` settles 5/6, 5/6/2026 and 5/6/26 ("mdy", "dmy" or "ymd"); without it 5/6 is month/day
    while 5/6/2026 is asked about. In a `sheet` nothing is settled without an order, and a plan without a year is the
    one nearest today: an overdue plan stays overdue.
    """

    today: date
    look: Look
    typed: str = ""
    order: str | None = None
    sheet: bool = False


def shown(typed: str) -> str:
    """Cut a typed text to a length a message can show."""
    return typed if len(typed) <= _LONGEST_SHOWN else f"{typed[:_LONGEST_SHOWN]}…"


class Phrase:
    """A shape of `date_grammar` found in some words: gives the words by the names the shape has for them."""

    def __init__(self, words: list[Word], found: Match[str]) -> None:
        self._words = words
        self._found = found

    def words(self, name: str) -> list[Word]:
        """Give the words under `name`; none when the shape does not have it or it is missing here."""
        if name not in self._found.re.groupindex:
            return []
        start, end = self._found.span(name)
        return self._words[start:end] if start >= 0 else []

    def word(self, *names: str) -> Word | None:
        """Give the first word under the first of `names` that is present."""
        return next((word for name in names for word in self.words(name)), None)

    def value(self, name: str, otherwise: int = 0) -> int:
        """Give the value of the word under `name`, or `otherwise`."""
        word = self.word(name)
        return otherwise if word is None else word.value


def in_sight(candidates: Iterable[date | None], asked: Asked, *, today_too: bool = True) -> date:
    """Choose the candidate the look asks for: the next one, or the latest; raises Problem when there is none."""
    days = [day for day in candidates if day is not None and (today_too or day != asked.today)]
    if asked.sheet and asked.look is Look.FORWARD:
        chosen = min(days, key=lambda day: abs(day - asked.today), default=None)
    elif asked.look is Look.FORWARD:
        chosen = min((day for day in days if day >= asked.today), default=None)
    else:
        chosen = max((day for day in days if day <= asked.today), default=None)
    return existing(chosen, asked)


def existing(day: date | None, asked: Asked) -> date:
    """Give `day` back; raises Problem when the calendar has none."""
    if day is None:
        raise Problem(N_("“{text}” is on no calendar: check day, month and year."), text=shown(asked.typed))
    return day


def settled(readings: Iterable[date | None], phrase: Phrase, asked: Asked) -> date:
    """Give the one day the readings leave once those not on the weekday written with it are gone.

    Raises Problem when no day is left, or more than one.
    """
    days = list(dict.fromkeys(day for day in readings if day is not None))
    first = existing(days[0] if days else None, asked)
    said = phrase.word("said", "said_after")
    if said:
        days = [day for day in days if day.weekday() == said.value]
    if not days:
        raise Problem(
            N_("“{text}” contradicts itself: {day} is another day of the week."),
            text=shown(asked.typed),
            day=first.isoformat(),
        )
    return only(days, asked)


def only(days: list[date], asked: Asked) -> date:
    """Give the day when it is the only one; raises Problem naming them all when there are several."""
    if len(days) > 1:
        choices = " / ".join(day.isoformat() for day in days)
        raise Problem(
            N_("“{text}” can mean {choices}. Write it in one of these ways."), text=shown(asked.typed), choices=choices
        )
    return days[0]
