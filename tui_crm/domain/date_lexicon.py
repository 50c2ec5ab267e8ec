"""The vocabulary of date phrases, English and Chinese: what each word means, as a code and a value.

| code      | word                                    | value                                           |
|-----------|-----------------------------------------|-------------------------------------------------|
| D         | today, 明天                             | days from today                                 |
| w W       | friday, 周五; weekend, 周末             | 0 Monday … 6 Sunday                             |
| m         | december, 12月                          | the month                                       |
| n o l     | 3, three, 三; 3rd; third                | the number                                      |
| d g       | 3日; 3号                                | the day of the month (3日后 makes it a count)   |
| y e       | 2026; 26年                              | the year as written                             |
| Y V       | 明年, 后年; 今年, 去年, 前年            | years from this one                             |
| a k h j z | day, week, month, year, working day     | how many of them the word means (fortnight: 2)  |
| v         | 半                                      |                                                 |
| r t R     | next, 下下; this; last                  | how many weeks, months or years away            |
| c         | coming                                  |                                                 |
| i L A O   | in; later, 后, 内; 前; ago              |                                                 |
| f b       | from, after; before                     |                                                 |
| N         | time (in two weeks' time)               |                                                 |
| B M E     | beginning, middle, end                  |                                                 |
| F C S p   | 2026-12-01, 24/12/2026, 24/12/26, 12/24 | (the numbers are kept apart)                    |
| s H P u U | / - + ( )                               |                                                 |
| q T       | 第; the (counts before a number only)   |                                                 |
| x         | of, on, by, 的: may stand between words |                                                 |
| ?         | anything else                           |                                                 |
"""

from __future__ import annotations

from functools import cache

from .chinese_numbers import NUMERALS

# Count right after a figure only: "3d", "2 w", "2mon".
SHORT_UNITS = {"d": "a", "w": "k", "m": "h", "y": "j", "mon": "h"}
# One word that says two: the end of this week, month, year.
ENDS = {"eow": "k", "eom": "h", "eoy": "j"}
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
LONGEST_CHINESE_WORD = 4

# One pattern per kind of word, tried in this order at each place.
SCAN = rf"""
(?P<skip>[\s,]+)
|(?P<compact>\d{{8}}(?!\d))
|(?P<three>(?P<a>\d{{4}}|\d{{1,2}})\s{{0,2}}(?P<sign>[-/.])\s{{0,2}}(?P<b>\d{{1,2}})
    \s{{0,2}}(?P=sign)\s{{0,2}}(?P<c>\d{{4}}|\d{{1,2}})(?!\d))
|(?P<two>(?P<first>\d{{1,2}})\s{{0,2}}(?P<between>[-/.])\s{{0,2}}(?P<second>\d{{1,2}})(?!\d))
|(?P<ordinal>\d{{1,2}}(?:st|nd|rd|th)(?![a-z]))
|(?P<number>\d+)
|(?P<word>(?:(?P<tens>{"|".join(TENS)})[-\s]|a\s(?=couple)|(?:business|working)\s(?=day))?[a-z]+(?:'s?)?\.?)
|(?P<week>(?:周|星期|礼拜)(?:
    # Not where the sign belongs to the next word: 下周一起 (together), 下周五金展 (hardware), 下周日程 (schedule).
    (?!一[起些定直样共并次]|四川|五金|日程|天气)(?P<day>[一二三四五六日天末])
    |(?P<figure>[1-7])(?![\d号日月天个]))?)
|(?P<numeral>(?!八月十五(?![日号]))[{NUMERALS}]+)  # 八月十五 is the Mid-Autumn Festival, by the lunar calendar.
|(?P<mark>[-/+()])
"""
# What makes a number a year, month, day or count, unless a longer word follows (5日本客户, 5号馆).
AFTER_NUMBER = r"""
\s?(?:(?P<e>年)|(?P<m>月)份?|(?P<d>日)(?![本元])|(?P<g>号)(?![楼线机店仓馆厅])|(?P<n>个)|(?P<short>[dwmy]|(?<=\d)mon)(?![a-z]))
"""

_MONTHS = "january february march april may june july august september october november december"
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
_CARDINALS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
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
    "l30": "thirtieth",
    "n1": "a an",
    "n2": "couple",
    "a1": "day days 天",
    "k1": "week weeks wk wks",
    "k2": "fortnight fortnights",
    "h1": "month months mth mths mo mos 月 月份",
    "j1": "year years yr yrs 年",
    "j10": "decade decades",
    "z1": "工作日",
    "v0": "半",
    "V0": "今年",
    "Y1": "明年",
    "Y2": "后年",
    "V-1": "去年",
    "V-2": "前年",
    "r1": "next following 下 下个 下一 下一个",
    "r2": "下下 下下个",
    "t0": "this current 这 这个 这一 这一个 本 今 今个",
    "R-1": "last previous past 上 上个 上一 上一个",
    "R-2": "上上 上上个",
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
    "N0": "time",
    "x0": "of on by and 的 个",
    # Words that begin like one of ours and are not.
    "?0": "下午 上午 中午 上旬 中旬 下旬 中国 中间 中秋 中东 中文 初步 初次 底价 末端 后续 前台",
}


@cache
def meanings() -> dict[str, tuple[str, int]]:
    """Every known word with its code and value; English in lower case, Chinese in simplified characters."""
    known: dict[str, tuple[str, int]] = {}
    for i, name in enumerate(_MONTHS.split(), 1):
        known |= dict.fromkeys((name, name[:3]), ("m", i))
    for i, name in enumerate(_WEEKDAYS.split()):
        known |= dict.fromkeys((name, name + "s", name[:3]), ("w", i))
    known |= {name: ("n", i) for i, name in enumerate(_CARDINALS.split())}
    known |= {name: ("l", i) for i, name in enumerate(_ORDINALS.split(), 1)}
    known |= {name: ("n", i) for name, i in TENS.items()}
    known |= {"a couple": ("n", 2)} | dict.fromkeys(("business days", "working days"), ("z", 1))
    known |= dict.fromkeys(("business day", "working day"), ("z", 1))
    for meaning, names in _MEANINGS.items():
        known |= dict.fromkeys(names.split(), (meaning[0], int(meaning[1:] or 0)))
    # 六月初五 is a day of the lunar calendar, not the beginning of June.
    known |= dict.fromkeys((f"初{numeral}" for numeral in NUMERALS), ("?", 0))
    return known


def plain(text: str) -> str:
    """Fold case, full-width forms and traditional characters away; every character stays at its place."""
    return text.translate(_folding())


@cache
def _folding() -> dict[int, int]:
    capitals = {ord("A") + i: ord("a") + i for i in range(26)}
    full_width = {0xFF01 + i: capitals.get(0x21 + i, 0x21 + i) for i in range(94)}
    marks = str.maketrans("–—−ー’\u3000\u00a0", "----'  ")
    characters = str.maketrans("後週禮號個兩這內過聽尋時點○", "后周礼号个两这内过听寻时点〇")
    return capitals | full_width | marks | characters
