"""A line about trade while it is read: its sums, days and numbers are taken out one after another.

What is left over belongs to no term and is never dropped.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from .date_reading import shown
from .dates import FoundDate, Look, leading_date, parse_date
from .messages import N_, Problem
from .money import parse_sum
from .text import fold_width
from .trade_words import (
    DAY,
    FOR,
    HAN,
    NAMED_DAY,
    PI_NUMBER,
    PO_NUMBER,
    RECORD_NUMBER,
    SEPARATORS,
    UNIT,
    blank,
    currency_words,
    gaps,
    joined,
    sum_pattern,
)

_ON = r"[\s,:=，：]*(?:(?:due|on|by|before|until|till|at|about|date|is|日期|于|是|为|约)(?![a-z])[\s:：]*){0,2}"
_ABOUT = (
    r"(?:(?<![a-z])(?:for\s+|against\s+)?order\s*(?:no\.?|number)?[\s:#]+|(?:订单|合同)(?:编?号)?[\s:#]*"
    rf"|(?<![a-z])(?:for|against)\s+(?=[a-z0-9._/-]{{4}})(?=[a-z0-9._/-]*[a-z_-])(?![0-9]+{UNIT}))(?P<number>{RECORD_NUMBER})"
)
"""The number of an order behind a word that says so."""
_FIGURES = r"[0-9]{1,4}\s?[-/年月]\s?[0-9]{1,2}(?:\s?[-./月]\s?[0-9]{1,4})?[日号]?(?![0-9%])|[0-9]{1,4}\.[0-9]{1,2}\.[0-9]{2,4}(?![0-9])"
"""What was meant as a day behind a label, were it one or not."""
_LONGEST_DATE = 80
_LONGEST_FIGURES = 24
A_SEASON = 180
"""Days to either side of a day within which one that belongs to it lies, where no year is written."""
_ANOTHER_YEAR = 300


class When(NamedTuple):
    """How a day without its year is found: from `anchor` on, but up to `past` days before it; or looking back from it."""

    anchor: date
    past: int = 0
    look: Look = Look.FORWARD

    def leading(self, text: str) -> FoundDate | None:
        """The day at the start of a text."""
        found = leading_date(text, self.anchor, self.look)
        if found is None or not self.past:
            return found
        back = leading_date(text, self.anchor, Look.BACK)
        if back is None or (found.day - back.day).days < _ANOTHER_YEAR:  # a weekday or "3d": only years are in doubt
            return found
        return back if (self.anchor - back.day).days <= self.past else found


class Terms:
    """A line while it is read. `open` is its text in ASCII width with a bar for each character understood so far.

    In a `sentence` words that could as well be anything else count only beside what is understood.
    """

    def __init__(self, text: str, today: date, currency: str, sentence: bool = False) -> None:
        self.text = text
        self.open = fold_width(text)
        self.today = today
        self.currency = currency
        self.sentence = sentence
        self.spans: list[tuple[int, int]] = []

    @property
    def shown(self) -> str:
        """The line as a message quotes it."""
        return shown(self.text.strip())

    @property
    def end(self) -> int:
        """Where the last term ends."""
        return max((end for _start, end in self.spans), default=0)

    def covers(self, at: int) -> bool:
        """Whether a term stands at `at`, or right behind the separators there."""
        at += len(self.text[at:]) - len(self.text[at:].lstrip(SEPARATORS))
        return any(start <= at < end for start, end in self.spans)

    def take(self, pattern: str | re.Pattern[str], *, weak: bool = False) -> re.Match[str] | None:
        """Find a term and mark it as understood; a `weak` one is a term only beside others in a sentence."""
        for found in re.compile(pattern, re.I).finditer(self.open):
            if not (weak and self.sentence) or self._beside(*found.span()):
                self.mark(*found.span())
                return found
        return None

    def mark(self, start: int, end: int) -> None:
        """Mark characters as understood."""
        self.spans.append((start, end))
        self.open = self.open[:start] + "|" * (end - start) + self.open[end:]

    def typed(self, found: re.Match[str] | None, group: str) -> str:
        """A group of a match as it was typed, whatever its width; empty without one."""
        return self.text[slice(*found.span(group))].strip(SEPARATORS) if found and found[group] else ""

    def left(self) -> list[str]:
        """The words that belong to no term, one text for each stretch of them."""
        return gaps(self.text, [*self.spans, (len(self.text), len(self.text))])

    def rest(self) -> str:
        """The words that belong to no term, as one text."""
        return joined(self.left())

    # Days

    def first_day(self, day_words: str = f"{DAY}|{NAMED_DAY}") -> date | None:
        """A day in the past at the start of the line. Raises Problem where figures are no day."""
        found = re.compile(rf"\s*(?:{day_words})", re.I).match(self.open)
        day = self._day_at(0, When(self.today, look=Look.BACK)) if found else None
        if day:
            self.mark(0, day[2])
        return day[0] if day else None

    def day(self, label: str, when: When, between: str = "") -> date | None:
        """The day behind a label, or in figures right before a Chinese one (6月20日离港), with `between` in the middle.

        Raises Problem where figures are no day.
        """
        for found in re.compile(label, re.I).finditer(self.open):
            day = None if found[0][:1].isascii() else self._day_before(found, when, between)
            day = day or self._day_at(found.end(), when)
            if day:
                self.mark(min(found.start(), day[1]), max(found.end(), day[2]))
                return day[0]
        return None

    def day_behind(self, at: int, when: When) -> date | None:
        """The day that stands right behind `at`. Raises Problem where figures are no day."""
        day = self._day_at(at, when)
        if day:
            self.mark(at, day[2])
        return day[0] if day else None

    def loose_day(self, when: When) -> date | None:
        """A day that stands anywhere without a label. Raises Problem where figures are no day."""
        for found in re.compile(f"{DAY}|{NAMED_DAY}", re.I).finditer(self.open):
            day = self._day_at(found.start(), when)
            if day and (not self.sentence or self._beside(day[1], day[2])):
                self.mark(day[1], day[2])
                return day[0]
        return None

    def _day_at(self, at: int, when: When) -> tuple[date, int, int] | None:
        """The day behind `at` and the words that may introduce it, and where it starts and ends."""
        skipped = re.compile(_ON, re.I).match(self.open, at)
        start = skipped.end() if skipped else at
        ahead = self.open[start : start + _LONGEST_DATE].partition("|")[0]
        found = when.leading(ahead)
        if found:
            return found.day, start, start + found.length
        figures = re.match(_FIGURES, ahead)
        return (parse_date(figures[0], when.anchor, when.look), start, start + figures.end()) if figures else None

    def _day_before(self, label: re.Match[str], when: When, between: str) -> tuple[date, int, int] | None:
        before = self.open[max(0, label.start() - _LONGEST_FIGURES) : label.start()]
        found = re.search(rf"(?:{DAY})\s*{between}$", before, re.I)
        return self._day_at(label.start() - len(found[0]), when) if found else None

    # Sums

    def sum(self) -> tuple[str, int] | None:
        """The one sum in the line: with a currency, else the only number that stands alone; None without any number.

        Raises Problem where several could be it, or what looks like one is none.
        """
        searched = re.sub(DAY, blank, self.open, flags=re.I)
        found = [it for it in sum_pattern().finditer(searched) if self._may_be_sum(it)]
        best = (
            [it for it in found if it["before"] or it["after"]]
            or [it for it in found if self._foreign(it)]
            or [it for it in found if re.search("[.,]", it["number"])]
            or found
        )
        if len(best) > 1:
            raise Problem(N_("“{first}” and “{second}” could both be the sum. Write its currency, and no other sum."),
                          first=best[0][0].strip(), second=best[1][0].strip())  # fmt: skip
        if not best:
            self._refuse_no_sum(searched)
            return None
        refuse_spaced(searched, *best[0].span("number"))
        foreign = self._foreign(best[0])
        self.mark(*best[0].span())
        return parse_sum(foreign or best[0][0], self.currency)

    def _may_be_sum(self, found: re.Match[str]) -> bool:
        """A number behind "times" is a price; one right before a Chinese word counts something, unless it has its currency."""
        if re.search(r"(?:[×*@]|(?<![a-z])x)\s*$", found.string[: found.start()], re.I):
            return False
        named = found["before"] or found["after"]
        return bool(named) or not re.match(f"[{HAN}]", found.string[found.end() :])

    def _foreign(self, found: re.Match[str]) -> str:
        """The sum with what stands beside it like a currency and is none that is known; empty where nothing does."""
        if found["before"] or found["after"]:
            return ""
        before = re.search(r"(?<![A-Za-z])([A-Z]{3})\s?$", found.string[: found.start()])
        sign = found.string[: found.start()].rstrip()[-1:]
        if before:
            return f"{before[1]} {found[0]}"
        return f"{sign}{found[0]}" if sign and unicodedata.category(sign) == "Sc" else ""

    def _refuse_no_sum(self, searched: str) -> None:
        """Raise Problem where a word with figures stands in the place of a sum: `-5`, `1e9`, `NaN` after a currency."""
        currency = currency_words()
        odd = re.compile(
            rf"(?:{currency})\s*(?P<odd>[^\s|,;]*[0-9][^\s|;]*|nan|inf)|(?P<alone>[-−][0-9][^\s|]*|[0-9]+e[0-9]+)", re.I
        )
        found = odd.search(searched)
        if found:
            parse_sum(found["odd"] or found["alone"], self.currency)

    def _beside(self, start: int, end: int) -> bool:
        """Whether only separators part a stretch from a term, or from the start of the line."""
        before = self.open[:start].rstrip(SEPARATORS.replace("|", ""))
        after = self.open[end:].lstrip(SEPARATORS.replace("|", ""))
        return not before or before.endswith("|") or after.startswith("|")


_SPACED = r"(?<![^\s|:])(?:[^\W\d_]{0,3}|[$€¥£])[0-9]{1,3}(?:\s[0-9]{3})+(?![0-9])(?:[.,][0-9]+)?"
"""Thousands that are parted by blanks, as on German and French papers."""


def refuse_spaced(plain: str, start: int, end: int) -> None:
    """Raise Problem where figures between `start` and `end` are a part of groups of three: `1 234,56` is neither 1 nor 234.56."""
    for spaced in re.finditer(_SPACED, plain):
        if spaced.start() < end and start < spaced.end():
            raise Problem(N_("“{text}” could be one number or several. Write it without blanks, like 1234.56."),
                          text=spaced[0].strip())  # fmt: skip


def take_number(terms: Terms) -> str:
    """The number of the order or PI that a line is about, taken out of it; empty without one."""
    found = terms.take(FOR + PI_NUMBER) or terms.take(FOR + PO_NUMBER) or terms.take(_ABOUT)
    return joined([found["number"]]) if found else ""
