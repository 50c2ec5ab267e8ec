"""Reads the date words at the start of a text: "3天后寄样品" begins with 3, 天, 后."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from .chinese_numbers import chinese_number, chinese_year
from .date_lexicon import AFTER_NUMBER, ENDS, LONGEST_CHINESE_WORD, SCAN, SHORT_UNITS, TENS, meanings

# No date phrase is longer; what follows is not looked at, so every text is read in the same short time.
LONGEST_PHRASE = 80
FIRST_YEAR, LAST_YEAR = 1900, 2100


class Word(NamedTuple):
    """One word of a date phrase: code and value as in `date_lexicon`, and where in the text it stands.

    A date in figures has its numbers in `parts`, and the separator between them in `mark`.
    """

    code: str
    value: int
    start: int
    end: int
    parts: tuple[int, ...] = ()
    mark: str = ""


def read_words(text: str) -> list[Word]:
    """Give the date words at the start of `text` (already `plain`), up to and with the first that is none ("?")."""
    return _without_fillers(_scanned(text[:LONGEST_PHRASE]))


def _scanned(text: str) -> list[Word]:
    words: list[Word] = []
    at = 0
    while at < len(text) and not (words and words[-1].code == "?"):
        found = _scan().match(text, at)
        if found is None:
            words.append(_chinese_word(text, at, words[-1].code if words else ""))
        elif found.lastgroup != "skip":
            words += _words_found(found)
        at = words[-1].end if found is None or found.lastgroup != "skip" else found.end()
    return words


def _words_found(found: re.Match[str]) -> list[Word]:
    text, start, end = found[0], found.start(), found.end()
    match found.lastgroup:
        case "compact":
            return [Word("F", 0, start, end, (int(text[:4]), int(text[4:6]), int(text[6:])))]
        case "three":
            return [_three_numbers(found)]
        case "two":
            return [Word("p", 0, start, end, (int(found["first"]), int(found["second"])), found["between"])]
        case "ordinal":
            return [Word("o", int(text[:-2]), start, end)]
        case "number":
            return _number(found, int(text) if len(text) <= 4 else None)
        case "numeral":
            return _number(found, chinese_number(text), chinese_year(text))
        case "week":
            return [_week(found)]
        case "word":
            return _english_words(found)
        case _:
            return [Word({"/": "s", "-": "H", "+": "P", "(": "u", ")": "U"}[text], 0, start, end)]


def _three_numbers(found: re.Match[str]) -> Word:
    year_first, year_last, short_year = "F", "C", "S"
    codes = {(4, 1): year_first, (4, 2): year_first, (1, 4): year_last, (2, 4): year_last}
    codes |= {(1, 2): short_year, (2, 2): short_year, (2, 1): short_year}
    code = codes.get((len(found["a"]), len(found["c"])), "?")
    parts = (int(found["a"]), int(found["b"]), int(found["c"]))
    return Word(code, 0, found.start(), found.end(), parts, found["sign"])


def _number(found: re.Match[str], value: int | None, as_year: int | None = None) -> list[Word]:
    """Give the number with what stands right behind it: 3月, 3号, 3个, 3d. A loose count (两三天) is no number."""
    start, end = found.start(), found.end()
    suffix = _after_number().match(found.string, end)
    kind = suffix.lastgroup if suffix else None
    if kind == "e":
        value = value if as_year is None else as_year
    if value is None:
        return [Word("?", 0, start, end)]
    if suffix is None or kind is None:
        is_year = end - start == 4 and FIRST_YEAR <= value <= LAST_YEAR
        return [Word("y" if is_year else "n", value, start, end)]
    if kind == "short":
        return [
            Word("n", value, start, end),
            Word(SHORT_UNITS[suffix["short"]], 1, suffix.start("short"), suffix.end()),
        ]
    return [Word(kind, value, start, suffix.end())]


def _week(found: re.Match[str]) -> Word:
    day = found["day"] or found["figure"]
    if day is None:
        return Word("k", 1, found.start(), found.end())
    if day == "末":
        return Word("W", 5, found.start(), found.end())
    number = int(day) if day.isdecimal() else "一二三四五六日".index(day.replace("天", "日")) + 1
    return Word("w", number - 1, found.start(), found.end())


def _english_words(found: re.Match[str]) -> list[Word]:
    start, end = found.start(), found.end()
    name = " ".join(found[0].rstrip(".").removesuffix("'s").removesuffix("'").split())
    if name in ENDS:
        return [Word("E", 0, start, end), Word(ENDS[name], 1, start, end)]
    if found["tens"] and name not in TENS:
        tens, rest = Word("n", TENS[found["tens"]], start, found.end("tens")), name[len(found["tens"]) + 1 :]
        code, value = meanings().get(rest, ("?", 0))
        if code in ("n", "l") and 0 < value < 10:
            return [Word(code, tens.value + value, start, end)]
        return [tens, Word(code, value, end - len(found[0]) + found.end("tens") - start + 1, end)]
    code, value = meanings().get(name, ("?", 0))
    return [Word(code, value, start, end)]


def _chinese_word(text: str, at: int, before: str) -> Word:
    # After a unit 后天 is 后 and something with 天: 三天后天津的客户来.
    longest = 1 if before in ("a", "k", "h", "j") and text[at] in "后前" else LONGEST_CHINESE_WORD
    for size in range(longest, 0, -1):
        name = text[at : at + size]
        if name in meanings():
            return Word(*meanings()[name], at, at + len(name))
    return Word("?", 0, at, at + 1)


def _without_fillers(words: list[Word]) -> list[Word]:
    """Drop of, on, 的 …, and "the" unless it makes the number behind it a day: the 24."""
    following = [word.code for word in words[1:]] + [""]
    fillers = ["x" if then in ("n", "o", "l") else "xT" for then in following]
    return [word for word, dropped in zip(words, fillers, strict=False) if word.code not in dropped]


@cache
def _scan() -> re.Pattern[str]:
    return re.compile(SCAN, re.VERBOSE | re.ASCII)


@cache
def _after_number() -> re.Pattern[str]:
    return re.compile(AFTER_NUMBER, re.VERBOSE)
