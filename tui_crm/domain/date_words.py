"""The words dates are made of, in English and Chinese: text becomes a row of coded words for `date_grammar`.

| code      | word                                   | value                                            |
|-----------|----------------------------------------|--------------------------------------------------|
| D         | today, 明天                            | days from today                                  |
| w W       | friday, 周五; weekend, 周末            | 0 Monday … 6 Sunday                              |
| m         | december, 12月                         | the month                                        |
| n o       | 3, three, 三; 3rd, third               | the number                                       |
| d g       | 3日; 3号                               | the day of the month (3日后 makes it a count)    |
| y e Y     | 2026; 26年; 明年                       | the year as written; for Y, years from this one  |
| a k h j z | day, week, month, year, working day    | how many of them the word means (fortnight 2)    |
| v         | 半                                     |                                                  |
| r c       | next, this, last, 下下; coming         | how many weeks, months, years away               |
| i L A O   | in; later, 后, 内; 前; ago             |                                                  |
| f b       | from, after; before                    |                                                  |
| B M E     | beginning, middle, end                 |                                                  |
| F C S p   | 2026-12-01, 24/12/2026, 24/12/26, 12/24 | the numbers in `parts`, their separator in `mark` |
| s P u U   | - or /, +, ( and )                     |                                                  |
| q T       | 第; the (kept only before a number)    |                                                  |
| ?         | anything else: reading stops there     |                                                  |
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tui_crm.domain.chinese_numbers import NUMERALS, chinese_number, chinese_year

# No date phrase is longer; whatever follows is not looked at, so any text is read in the same short time.
LONGEST_PHRASE = 80
FIRST_YEAR, LAST_YEAR = 1900, 2100


class Word(NamedTuple):
    """One word of a date phrase: its code and value (table above), and where in the text it stands."""

    code: str
    value: int
    start: int
    end: int
    parts: tuple[int, ...] = ()
    mark: str = ""


def plain(text: str) -> str:
    """Fold case, full-width forms and traditional characters away; every character stays at its place."""
    return text.translate(_folding())


def read_words(text: str) -> list[Word]:
    """Read the date words at the start of `text` (already `plain`), up to the first that belongs to no date."""
    return _Reader(text[:LONGEST_PHRASE]).read()


@cache
def _folding() -> dict[int, int]:
    capitals = {ord("A") + i: ord("a") + i for i in range(26)}
    full_width = {0xFF01 + i: capitals.get(0x21 + i, 0x21 + i) for i in range(94)}
    same = str.maketrans("後週禮號個兩這內過聽尋○–—−ー’　\u00a0", "后周礼号个两这内过听寻〇----'  ")
    return capitals | full_width | same


_MONTHS = "january february march april may june july august september october november december".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_CARDINALS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_MEANINGS = {
    "D0": "today now 今天 今日 今儿 本日",
    "D1": "tomorrow tmrw tmr tmw 明天 明日 明儿 听日",
    "D2": "后天 后日",
    "D3": "大后天 大后日",
    "D-1": "yesterday 昨天 昨日 寻日",
    "D-2": "前天 前日",
    "D-3": "大前天 大前日",
    "w1": "tues",
    "w2": "weds",
    "w3": "thur thurs",
    "W5": "weekend",
    "m9": "sept",
    "o30": "thirtieth",
    "n1": "a an",
    "n2": "couple",
    "a1": "day days 天",
    "k1": "week weeks wk wks",
    "k2": "fortnight fortnights",
    "h1": "month months mth mths mo mos 月 月份",
    "j1": "year years yr yrs 年",
    "z1": "工作日",
    "v0": "半",
    "Y0": "今年",
    "Y1": "明年",
    "Y2": "后年",
    "Y-1": "去年",
    "Y-2": "前年",
    "r1": "next following 下 下个 下一 下一个",
    "r2": "下下 下下个",
    "r0": "this current 这 这个 这一 这一个 本 今 今个",
    "r-1": "last previous past 上 上个 上一 上一个",
    "r-2": "上上 上上个",
    "c0": "coming upcoming",
    "i0": "in within 过 再过",
    "L0": "later hence 后 之后 以后 过后 内 之内 以内",
    "A0": "前 之前 以前",
    "O0": "ago earlier",
    "f0": "from after",
    "b0": "before",
    "B0": "beginning start 初",
    "M0": "mid middle 中",
    "E0": "end 底 末",
    "q0": "第",
    "T0": "the",
    "?0": "下午 上午 中午 上旬 中旬 下旬",
    "": "of on by and 的 个",
}
# Only right after a figure: "3d", "2 w".
_SHORT_UNITS = {"d": "a", "w": "k", "m": "h", "y": "j"}
_ENDS = {"eow": "k", "eom": "h", "eoy": "j"}

# After these signs the character belongs to another word: 下周一起 (together), 下周五金展 (hardware), 10月中国 (China).
_NOT_A_WEEKDAY = "一(?=[起些定直样共并次])|四(?=川)|五(?=金)|日(?=程)|天(?=气)"
_ANOTHER_WORD = {"中": "国午间秋东旬文", "初": "步次一二三四五六七八九十", "底": "价部", "末": "端"}

_SCAN = rf"""
(?P<skip>[\s,]+)
|(?P<compact>\d{{8}}(?!\d))
|(?P<three>(\d{{4}}|\d{{1,2}})\s{{0,2}}([-/.])\s{{0,2}}(\d{{1,2}})\s{{0,2}}\5\s{{0,2}}(\d{{4}}|\d{{1,2}})(?!\d))
|(?P<two>(\d{{1,2}})\s{{0,2}}([-/.])\s{{0,2}}(\d{{1,2}})(?!\d))
|(?P<ordinal>(\d{{1,2}})(?:st|nd|rd|th)(?![a-z]))
|(?P<number>\d+)
|(?P<word>[a-z]+(?:'s)?\.?)
|(?P<week>(?:周|星期|礼拜)(?:(?!{_NOT_A_WEEKDAY})([一二三四五六日天末])|([1-7])(?![\d号日月天个]))?)
|(?P<numeral>[{NUMERALS}]+)
|(?P<mark>[-/+()])
"""
_AFTER_NUMBER = r"\s?(?:(年)|(月)份?|(日)(?![本元])|(号)(?![楼线机店仓馆厅])|(个))"




@cache
def _scan() -> re.Pattern[str]:
    return re.compile(_SCAN, re.VERBOSE | re.ASCII)


@cache
def _after_number() -> re.Pattern[str]:
    return re.compile(_AFTER_NUMBER)


@cache
def _meanings() -> dict[str, tuple[str, int]]:
    known = {name: ("m", i) for i, name in enumerate(_MONTHS, 1)}
    known |= {name[:3]: ("m", i) for i, name in enumerate(_MONTHS, 1)}
    for i, name in enumerate(_WEEKDAYS):
        known |= dict.fromkeys((name, name + "s", name[:3]), ("w", i))
    known |= {name: ("n", i) for i, name in enumerate(_CARDINALS)} | {name: ("n", i) for name, i in _TENS.items()}
    known |= {name: ("o", i) for i, name in enumerate(_ORDINALS, 1)}
    for meaning, names in _MEANINGS.items():
        known |= dict.fromkeys(names.split(), (meaning[:1], int(meaning[1:] or 0)))
    return known


class _Reader:
    """Collects the words of one text; each `_read_…` method takes what `_SCAN` found under that name."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: list[Word] = []

    def read(self) -> list[Word]:
        readers: dict[str | None, Callable[[re.Match[str]], int]] = {
            "skip": re.Match.end,
            "compact": self._read_compact,
            "three": self._read_three,
            "two": self._read_two,
            "ordinal": self._read_ordinal,
            "number": self._read_number,
            "word": self._read_word,
            "week": self._read_week,
            "numeral": self._read_numeral,
            "mark": self._read_mark,
        }
        at = 0
        while at < len(self._text) and self._last_code() != "?":
            found = _scan().match(self._text, at)
            at = readers[found.lastgroup](found) if found else self._read_chinese(at)
        return [word for word, code in zip(self._words, self._codes_after(), strict=True) if word.code and (word.code != "T" or code == "n")]
