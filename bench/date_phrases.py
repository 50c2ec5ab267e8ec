"""How many collected date phrases are read as the day they mean: right, wrong, not understood, per language.

    python bench/date_phrases.py [-v] [--data FILE]

The collection holds phrases of every kind: times of day, ranges, holidays, many languages. A phrase counts as one a rep
might type for a follow-up date unless its *kind* rules it out (`_answers`: what the source itself calls it; `KINDS`: what
words it is made of). No rule asks what the program makes of a phrase, and the number each rule left out is printed.

How a case is asked: an answer before the reference day is asked looking back, any other looking forward; a source that
gives a past and a future answer is asked both ways.

Where sources disagree, or disagree with a decision of the project, the decision is the expected answer (`_decided`); the
number of such cases is printed. Phrases that name no day (30 February, a Wednesday that is a Sunday, month 13) or two
(8/10/2012) have only one right answer, a refusal; they are counted apart (`_must_be_refused`).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from dateutil.relativedelta import relativedelta

from tui_crm.domain.dates import Look, parse_date
from tui_crm.domain.messages import Problem

Row = dict[str, Any]

DATA = Path(__file__).resolve().parents[1] / "../shared/data/6_date_phrases/date_cases.jsonl"
LANGUAGES = {"en": "English", "zh": "Chinese"}
# A follow-up or a log entry lies within so many years of the day it is written.
YEARS_IN_SIGHT = 10
# Rows relative to "now" are asked on this day.
NOW = date(2026, 11, 20)

MONTHS = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
WEEKDAYS = r"mon(?:days?)?|tue(?:s|sdays?)?|wed(?:s|nesdays?)?|thu(?:r|rs|rsdays?)?|fri(?:days?)?|sat(?:urdays?)?|sun(?:days?)?"
# A phrase with any other word or character names a holiday, an event, a calendar of its own. Wider than the grammar.
ENGLISH_WORDS = (
    rf"\d+|st|nd|rd|th|[dwmys]|{MONTHS}|{WEEKDAYS}|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen|first|second|third|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf)th"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teenth|(?:twen|thir|for|fif|six|seven|eigh|nine)(?:ty|tieth)|hundred|thousand"
    r"|days?|weeks?|months?|years?|yr|fortnight|decades?|quarters?|weekend|business|working|now|just|today|tomorrow|tmrw"
    r"|yesterday|ago|before|after|from|since|hence|later|earlier|in|within|for|on|by|at|of|the|a|an|and|to|around|about|few"
    r"|several|couple|time|next|this|last|past|previous|current|coming|upcoming|following|end|beginning|middle|closest"
)
CHINESE_CHARACTERS = (
    r"[\d\s,./()零〇○一二两兩三四五六七八九十百千廿卅半几幾多年月日号號周週星期禮礼拜天工作个個今明去昨后後前大上下本这這再过過"
    r"之以内內初底末中的第同最近來来聽听尋寻-]+"
)
KINDS = {
    "a piece of a program": r"[\n\"]",
    "a time of day": (
        r"\d:\d|\d\s*[ap]\.?m?\b|\d\s?h\d*\b|\d\s\d{1,2}\.\d{2}$|noon|midnight|morning|afternoon|evening|night|hour|\d\s?hr"
        r"|\bmin(?:ute)?s?\b|seconds|[点點分秒时時钟鐘晚早夜午]|凌晨|黎明|白天|而家"
    ),
    "more than a day": (
        rf"^(?:(?:in|this|last|next) )?(?:week|month|quarter|year|{MONTHS})[\s,]*(?:\d{{4}})?$|^\d{{1,2}}/\d{{4}}$"
        r"|(?:next|last|upcoming) (?:\d+|two|three) \w+$|(?:\d+|two) upcoming|\bto\b|ー|-\s?[下星]|\s-\s(?!\d+ (?:day|hour))"
    ),
    "vague": r"\b(?:few|several|around)\b|[几幾]|最近",
    "another calendar": r"农历|正月|大年|初[一二三四五六七八九十]|\b(?:BC|BCE|CE|BE)$",
}


@dataclass(frozen=True)
class Case:
    """One question: what does `text`, typed on `today`, mean? `expected` None: it must be refused."""

    source: str
    language: str
    text: str
    today: date
    look: Look
    expected: date | None
    decided: bool = False


@dataclass(frozen=True)
class Answer:
    """What became of a case: "right", "wrong" or "not understood", and the day it was read as."""

    case: Case
    verdict: str
    day: date | None


class LeftOut(Exception):
    """The phrase is not of the kind a rep types for a follow-up date."""


def cases(rows: Iterable[Row], left_out: Counter[str]) -> list[Case]:
    """Give every applicable question once, and count in `left_out` why the other rows are none."""
    found: dict[Case, None] = {}
    for row in rows:
        try:
            found |= dict.fromkeys(_cases_of(row))
        except LeftOut as reason:
            left_out[str(reason)] += 1
    return list(found)


def answer(case: Case) -> Answer:
    """Ask the program."""
    try:
        day = parse_date(case.text, case.today, case.look)
    except Problem:
        return Answer(case, "right" if case.expected is None else "not understood", None)
    return Answer(case, "right" if day == case.expected else "wrong", day)


def _cases_of(row: Row) -> Iterator[Case]:
    language, text = _language(row), row["text"]
    answers = _answers(row)
    for kind, shape in KINDS.items():
        if re.search(shape, text, re.IGNORECASE):
            raise LeftOut(kind)
    if not _calendar_words(text, language):
        raise LeftOut("a holiday, an event, other words")
    today = _today(row)
    answers = [day for day in answers if day is None or not _contradicts(text, day)] or [None]
    if any(day and abs(day.year - today.year) > YEARS_IN_SIGHT for day in answers):
        raise LeftOut(f"more than {YEARS_IN_SIGHT} years away")
    if _must_be_refused(text):
        answers = [None]
    for day in answers:
        decision = _decided(text, today, day)
        look = Look.BACK if day and day < today else Look.FORWARD
        yield Case(row["src"], language, text, today, look, decision or day, decided=decision is not None)


def _language(row: Row) -> str:
    language = str(row["lang"])[:2]
    if language in LANGUAGES:
        return language
    if language == "mu":
        for language in LANGUAGES:
            # "13 Ago, 2014" is Spanish.
            spanish = re.search(r"\bAgo\b,? \d", row["text"])
            if _calendar_words(row["text"], language) and (language == "en") == row["text"].isascii() and not spanish:
                return language
    raise LeftOut("another language")


def _calendar_words(text: str, language: str) -> bool:
    if language == "zh":
        return re.fullmatch(CHINESE_CHARACTERS, text) is not None
    words = re.findall(r"[^\W\d_]+|\d+", text)
    return all(re.fullmatch(ENGLISH_WORDS, word, re.IGNORECASE) for word in words)


def _answers(row: Row) -> list[date | None]:
    """Give the days the source itself expects; None where it expects that there is none."""
    match row["src"], row["kind"]:
        case "duckling", "point" if row["grain"] in ("day", "hour"):
            # Its "in 7 days" is of the hour; phrases that name an hour are left out by their words.
            return [_day(row["start"])]
        case "jionlp", "time_point" if (
            row["start"].endswith("00:00:00") and row["end"] == row["start"][:11] + "23:59:59"
        ):
            return [_day(row["start"])]
        case "recognizers", "date":
            return list(dict.fromkeys(_day(value["value"]) for value in row["values"] if "value" in value))
        case "recognizers-dateparser", "date":
            return list(dict.fromkeys([_day(row["past"]), _day(row["future"])]))
        case "chrono", "point":
            return [_day(row.get("date") or row["start"])]
        case "dateparser", "absolute":
            return [_day(row["start"])]
        case "dateparser", "relative" if _whole_days(row["delta"]):
            sign = -1 if row["direction"] == "ago" else 1
            return [NOW + sign * relativedelta(**row["delta"])]
        case _, "none":
            raise LeftOut("no date at all")
    raise LeftOut("not one day, says its source")


def _whole_days(delta: dict[str, float]) -> bool:
    return all(unit in ("days", "weeks", "months", "years") and count % 1 == 0 for unit, count in delta.items())


def _day(text: str) -> date | None:
    if not re.match(r"\d{4}-\d\d-\d\d", text) or text.startswith("0001"):
        return None
    return date.fromisoformat(text[:10])


def _today(row: Row) -> date:
    reference = str(row["ref"])
    if reference == "now":
        return NOW
    try:
        listed = re.match(r"\[(\d{4}), (\d+), (\d+),", reference)
        today = date(*map(int, listed.groups())) if listed else datetime.fromisoformat(reference).date()
    except ValueError:
        raise LeftOut("no reference day") from None
    answers = [day for day in _answers(row) if day]
    if _bare_weekday(row["text"]) and any(abs(day - today) > timedelta(days=14) for day in answers):
        raise LeftOut("no reference day")
    return today


def _named_weekday(text: str) -> int | None:
    english = re.search(rf"\b(?:{WEEKDAYS})\b", text, re.IGNORECASE)
    if english:
        return ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].index(english[0][:3].lower())
    chinese = re.search(r"[周週期拜]([一二三四五六日天])", text)
    return "一二三四五六日".index(chinese[1].replace("天", "日")) if chinese else None


def _bare_weekday(text: str) -> bool:
    return re.fullmatch(rf"\W*(?:{WEEKDAYS})\W*|(?:[周週]|星期|[礼禮]拜).", text, re.IGNORECASE) is not None


def _contradicts(text: str, day: date) -> bool:
    """Tell whether the phrase names a weekday that `day` is not (unless it counts from that weekday)."""
    named = _named_weekday(text)
    return named is not None and named != day.weekday() and not re.search(r"after|before|from|ago", text)


def _must_be_refused(text: str) -> bool:
    numbers = re.search(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/,-](?:\d{4}|\d\d)(?!\d)", text)
    both_months = numbers is not None and numbers[1] != numbers[2] and max(int(numbers[1]), int(numbers[2])) <= 12
    # A weekday settles which of the two is the month: Tuesday 11/3/2015.
    return (both_months and _named_weekday(text) is None) or re.search(r"\d{4}/(?:1[3-9]|[2-9]\d)/", text) is not None


def _decided(text: str, today: date, day: date | None) -> date | None:
    """Give the project's decision where it differs from the source's answer."""
    decision = day
    week = re.fullmatch(r"(下|[这這今本])[个個]?(?:[周週]|星期|[礼禮]拜)[一二三四五六日天]", text)
    if week:
        # The calendar week, from Monday to Sunday, next or this.
        monday = today - timedelta(days=today.weekday())
        decision = monday + timedelta(days=(_named_weekday(text) or 0) + 7 * (week[1] == "下"))
    elif _bare_weekday(text) and day == today:
        # A bare weekday is never today.
        decision = today + timedelta(days=7)
    elif (text, day) == ("three fridays from now", date(2013, 3, 8)):
        # The source gives two answers; this one skips the coming Friday.
        decision = date(2013, 3, 1)
    return None if decision == day else decision


def main() -> int:
    arguments = argparse.ArgumentParser(description="Measure how date phrases are understood.")
    arguments.add_argument("-v", "--verbose", action="store_true", help="show every case not answered right")
    arguments.add_argument("--data", type=Path, default=DATA, help="the collected phrases (date_cases.jsonl)")
    options = arguments.parse_args()
    if not options.data.exists():
        print(f"No collection of date phrases at {options.data}; give its place with --data.", file=sys.stderr)
        return 1
    left_out: Counter[str] = Counter()
    answers = [answer(case) for case in cases(read(options.data), left_out)]
    _report(answers, left_out)
    if options.verbose:
        _show_failures(answers)
    return 0


def read(data: Path) -> list[Row]:
    """Read the collection, one JSON object a line."""
    return [json.loads(line) for line in data.read_text(encoding="utf-8").splitlines()]


def tally(answers: Iterable[Answer], language: str) -> Counter[str]:
    """Count the verdicts on phrases of a language that mean a day."""
    return Counter(it.verdict for it in answers if it.case.language == language and it.case.expected)


def _report(answers: list[Answer], left_out: Counter[str]) -> None:
    print(f"{'':10}{'cases':>8}{'right':>8}{'wrong':>8}{'not understood':>16}{'share right':>13}")
    for language, name in LANGUAGES.items():
        count = tally(answers, language)
        share = count["right"] / max(count.total(), 1)
        print(
            f"{name:10}{count.total():8}{count['right']:8}{count['wrong']:8}{count['not understood']:16}{share:13.1%}"
        )
    refused = [it.verdict for it in answers if it.case.expected is None]
    print(f"\nMust be refused: {refused.count('right')} of {len(refused)} are.")
    print(f"Answered by a decision of the project: {sum(it.case.decided for it in answers)}.")
    print("\nLeft out, by kind:")
    for reason, count_left in left_out.most_common():
        print(f"{count_left:8}  {reason}")


def _show_failures(answers: list[Answer]) -> None:
    print()
    for it in answers:
        if it.verdict != "right":
            case = it.case
            print(
                f"{it.verdict:15} {case.language}  {case.text!r} on {case.today:%a %Y-%m-%d} looking {case.look.value}: "
                f"expected {case.expected}, read {it.day}  [{case.source}]"
            )


if __name__ == "__main__":
    sys.exit(main())
