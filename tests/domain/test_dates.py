from __future__ import annotations

import importlib.util
import sys
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_crm.domain.dates import (
    FoundDate,
    Look,
    date_column_order,
    leading_date,
    parse_date,
    parse_sheet_date,
)
from tui_crm.domain.messages import Problem

FRIDAY = date(2026, 11, 20)
ROOT = Path(__file__).parents[2]
PHRASES = ROOT / "../shared/data/6_date_phrases/date_cases.jsonl"


def read(text: str, look: Look = Look.FORWARD, today: date = FRIDAY) -> str:
    return parse_date(text, today, look).isoformat()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # quick forms
        ("3d", "2026-11-23"),
        ("2w", "2026-12-04"),
        ("1m", "2026-12-20"),
        ("1y", "2027-11-20"),
        ("3天", "2026-11-23"),
        ("2周", "2026-12-04"),
        ("3个月", "2027-02-20"),
        ("+3d", "2026-11-23"),
        ("fri", "2026-11-27"),
        ("next fri", "2026-11-27"),
        ("5/6", "2027-05-06"),
        ("15/2", "2027-02-15"),
        # named days
        ("today", "2026-11-20"),
        ("tomorrow", "2026-11-21"),
        ("yesterday", "2026-11-19"),
        ("the day after tomorrow", "2026-11-22"),
        ("今天", "2026-11-20"),
        ("明天", "2026-11-21"),
        ("后天", "2026-11-22"),
        ("後天", "2026-11-22"),
        ("大后天", "2026-11-23"),
        ("昨天", "2026-11-19"),
        ("前天", "2026-11-18"),
        # weeks
        ("下周三", "2026-11-25"),
        ("下星期天", "2026-11-29"),
        ("下下周一", "2026-11-30"),
        ("下周周六", "2026-11-28"),
        ("这周五", "2026-11-20"),
        ("本周五", "2026-11-20"),
        ("週三", "2026-11-25"),
        ("禮拜一", "2026-11-23"),
        ("星期日", "2026-11-22"),
        ("周3", "2026-11-25"),
        ("下周", "2026-11-23"),
        ("next week", "2026-11-23"),
        ("周末", "2026-11-21"),
        ("下周末", "2026-11-28"),
        ("eow", "2026-11-20"),
        ("end of next week", "2026-11-27"),
        ("wednesday of next week", "2026-11-25"),
        ("两周后的周三", "2026-12-02"),
        # months and years
        ("月底", "2026-11-30"),
        ("eom", "2026-11-30"),
        ("end of month", "2026-11-30"),
        ("last day of next month", "2026-12-31"),
        ("月初", "2026-12-01"),
        ("下月初", "2026-12-01"),
        ("下个月底", "2026-12-31"),
        ("月中", "2026-12-15"),
        ("下个月5号", "2026-12-05"),
        ("20th of next month", "2026-12-20"),
        ("next month", "2026-12-01"),
        ("年底", "2026-12-31"),
        ("明年3月5日", "2027-03-05"),
        ("first monday of next month", "2026-12-07"),
        ("6月第3个星期日", "2027-06-20"),
        # counted
        ("in 3 days", "2026-11-23"),
        ("in two weeks", "2026-12-04"),
        ("in two weeks' time", "2026-12-04"),
        ("3 days ago", "2026-11-17"),
        ("三天后", "2026-11-23"),
        ("三天内", "2026-11-23"),
        ("3日后", "2026-11-23"),
        ("过两天", "2026-11-22"),
        ("两周前", "2026-11-06"),
        ("半个月后", "2026-12-05"),
        ("两个半月后", "2027-02-04"),
        ("一年半后", "2028-05-20"),
        ("3个工作日后", "2026-11-25"),
        ("in four business days", "2026-11-26"),
        ("a week from friday", "2026-12-04"),
        ("2 days before 5 Dec", "2026-12-03"),
        ("three fridays from now", "2026-12-11"),
        # calendar dates
        ("2026-12-01", "2026-12-01"),
        ("2026.12.1", "2026-12-01"),
        ("２０２６-１２-０１", "2026-12-01"),
        ("20261201", "2026-12-01"),
        ("1.12.2026", "2026-12-01"),
        ("24/12/2026", "2026-12-24"),
        ("26/12/1", "2026-12-01"),
        ("6月5日", "2027-06-05"),
        ("6月5号", "2027-06-05"),
        ("5号", "2026-12-05"),
        ("二十号", "2026-11-20"),
        ("十二月一号", "2026-12-01"),
        ("二零二七年一月三日", "2027-01-03"),
        ("26年12月5日", "2026-12-05"),
        ("1 Dec", "2026-12-01"),
        ("Dec 1st", "2026-12-01"),
        ("December 1 2026", "2026-12-01"),
        ("31-Oct-27", "2027-10-31"),
        ("twenty-first of May", "2027-05-21"),
        ("  NEXT   FRI. ", "2026-11-27"),
        ("6月5日(周六)", "2027-06-05"),
        ("friday the 13th", "2027-08-13"),
        # the weekday tells which number is the month
        ("thursday 11/12/2026", "2026-11-12"),
    ],
)
def test_a_next_step_is_read_as_reps_write_it(text: str, day: str) -> None:
    assert read(text) == day


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("3d", "2026-11-20", "2026-11-17"),
        ("两周", "2026-11-20", "2026-11-06"),
        ("fri", "2026-11-20", "2026-11-13"),
        ("周三", "2026-11-20", "2026-11-18"),
        ("11月21日", "2026-11-20", "2025-11-21"),
        ("11/20", "2026-11-20", "2026-11-20"),
        ("21号", "2026-11-20", "2026-10-21"),
        ("31号", "2027-03-01", "2027-01-31"),
        ("2月29日", "2026-11-20", "2024-02-29"),
        ("月底", "2026-11-20", "2026-10-31"),
        ("上周五", "2026-11-20", "2026-11-13"),
        ("last wednesday", "2026-11-20", "2026-11-11"),
        # what has its own direction keeps it
        ("3天后", "2026-11-20", "2026-11-23"),
        ("下周三", "2026-11-20", "2026-11-25"),
    ],
)
def test_a_log_entry_looks_back(text: str, today: str, day: str) -> None:
    assert read(text, Look.BACK, date.fromisoformat(today)) == day


@pytest.mark.parametrize(
    ("text", "today", "look", "day"),
    [
        ("下周三", "2013-02-12", Look.FORWARD, "2013-02-20"),
        ("下周六", "2021-06-14", Look.FORWARD, "2021-06-26"),
        ("下星期天", "2016-09-02", Look.FORWARD, "2016-09-11"),
        ("这周一", "2013-02-12", Look.FORWARD, "2013-02-11"),
        ("next wednesday", "2013-02-12", Look.FORWARD, "2013-02-20"),
        ("星期四", "2016-09-02", Look.FORWARD, "2016-09-08"),
        ("星期四", "2016-09-02", Look.BACK, "2016-09-01"),
    ],
)
def test_where_sources_disagree_the_decision_holds(text: str, today: str, look: Look, day: str) -> None:
    assert read(text, look, date.fromisoformat(today)) == day


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-02-30", "on no calendar"),
        ("0000-00-00", "on no calendar"),
        ("13月5日", "on no calendar"),
        ("feb 30", "on no calendar"),
        ("下个月31号", None),
        ("31st of next month", None),
        ("周五 12月5日", "2026-12-05 is another day of the week"),
        ("5/6/2026", "2026-05-06 / 2026-06-05"),
        ("26/11/28", "2028-11-26 / 2026-11-28"),
        ("3日前", "2026-11-17 / 2026-12-03"),
        ("1357年6月10日", "year 1357"),
        ("999年后", "year 3025"),
        ("9999y", "on no calendar"),
        ("明天下午3点", "Take “下午3点” away"),
        ("soon", "“soon” cannot be read"),
        ("", "cannot be read"),
        # they name no day
        ("这周", "cannot be read"),
        ("12月", "cannot be read"),
        ("2026", "cannot be read"),
        # loose counts, ranges, prices
        ("两三天", "cannot be read"),
        ("几天后", "cannot be read"),
        ("3-5天", "cannot be read"),
        ("July 13-15", "cannot be read"),
        ("2.5 months", "cannot be read"),
        # lunar days
        ("八月十五", "cannot be read"),
        ("五月初五", "cannot be read"),
        ("x" * 5000, "xxx…”"),
    ],
)
def test_what_is_no_single_day_is_refused_with_the_reason(text: str, said: str | None) -> None:
    if said is None:
        # December has 31 days, so ask in a month before a shorter one.
        today, said = date(2026, 10, 20), "on no calendar"
    else:
        today = FRIDAY
    with pytest.raises(Problem) as refused:
        parse_date(text, today)
    assert said in str(refused.value)
    assert len(str(refused.value)) < 250


@pytest.mark.parametrize(
    ("text", "day", "rest"),
    [
        ("3d send sample", "2026-11-23", " send sample"),
        ("3天 寄样品", "2026-11-23", " 寄样品"),
        ("3天寄样品", "2026-11-23", "寄样品"),
        ("下周三寄样品", "2026-11-25", "寄样品"),
        ("next fri call Anna", "2026-11-27", " call Anna"),
        ("5/6寄样品", "2027-05-06", "寄样品"),
        ("明天下午3点打电话", "2026-11-21", "下午3点打电话"),
        ("周五前报价", "2026-11-27", "报价"),
        ("2 days before friday send PI", "2026-11-25", " send PI"),
        # numbers of the action stay with the action
        ("fri 5 samples", "2026-11-27", " 5 samples"),
        ("Dec 1 2 samples", "2026-12-01", " 2 samples"),
        ("Dec 1 2000 pcs", "2026-12-01", " 2000 pcs"),
        ("12月1日5000件", "2026-12-01", "5000件"),
        ("3d 2 weeks lead time", "2026-11-23", " 2 weeks lead time"),
        # and characters that belong to its words
        ("下周一起去展会", "2026-11-23", "一起去展会"),
        ("下周五金展", "2026-11-23", "五金展"),
        ("三天后天津的客户来", "2026-11-23", "天津的客户来"),
        ("周五日本客户来", "2026-11-27", "日本客户来"),
    ],
)
def test_a_date_leads_and_the_action_follows(text: str, day: str, rest: str) -> None:
    found = leading_date(text, FRIDAY)
    assert found == FoundDate(date.fromisoformat(day), len(text) - len(rest))


@pytest.mark.parametrize(
    "text",
    [
        "send sample",
        "second quote",
        "may call",
        "下午打电话",
        "后续跟进",
        "尽快 回MOQ",
        "5号馆见面",
        "5日本客户",
        "3 days after arrival ask",
        "2 weeks before Christmas call",
        "10月中国展会",
        "5/6个样品",
        "3.5 kg",
        "3-5天后再问",
        "5月1日到5日",
        "friday after next",
        "下周三四联系",
        "明年3月再联系",
        "下个月中旬",
        "2026-12-01x",
        "2026-02-30 call",
        "5/6/2026 call",
    ],
)
def test_no_date_is_found_where_none_is_meant(text: str) -> None:
    assert leading_date(text, FRIDAY) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-12", "2026-11-12"),
        ("2026.11.16", "2026-11-16"),
        ("2026/11/8", "2026-11-08"),
        ("2026年11月13日", "2026-11-13"),
        ("2026年11月13日 星期五", "2026-11-13"),
        ("２０２６-１１-２１", "2026-11-21"),
        ("45982", "2025-11-21"),
        ("45982.75", "2025-11-21"),
        ("20220101", "2022-01-01"),
        ("2026-11-12T23:30:00Z", "2026-11-12"),
        ("2026-11-12T00:10:00.123+08:00", "2026-11-12"),
        ("2026/11/12 0:00", "2026-11-12"),
        ("2026年11月13日 下午3点", "2026-11-13"),
        ("16-Nov-2026", "2026-11-16"),
        ("Nov 16, 2026", "2026-11-16"),
        ("16.11.2026", "2026-11-16"),
        ("25/12/2026", "2026-12-25"),
        # without a year: the latest up to today
        ("11月16日", "2026-11-16"),
        ("11月25日", "2025-11-25"),
    ],
)
def test_dates_of_a_sheet(text: str, day: str) -> None:
    assert parse_sheet_date(text, FRIDAY, None).isoformat() == day


def test_an_overdue_plan_of_a_sheet_stays_overdue() -> None:
    planned = [parse_sheet_date(text, FRIDAY, None, look=Look.FORWARD) for text in ("11月14日", "11月25日", "1月5日")]
    assert planned == [date(2026, 11, 14), date(2026, 11, 25), date(2027, 1, 5)]


@pytest.mark.parametrize(
    ("text", "order", "said"),
    [
        ("11/12/2026", None, "2026-11-12 / 2026-12-11"),
        ("5/6", None, "can mean"),
        ("2026-02-30", None, "on no calendar"),
        ("0000-00-00", None, "on no calendar"),
        ("25/12/2026", "mdy", "on no calendar"),
        ("2026年11月13日 星期六", None, "another day of the week"),
        ("待定", None, "“待定” is not a calendar date"),
        ("下周三", None, "not a calendar date"),
        ("12345", None, "not a calendar date"),
        ("2026-11-12" + " " * 200 + "x", None, "not a calendar date"),
        ("", None, "not a calendar date"),
    ],
)
def test_a_sheet_date_that_cannot_be_is_refused_with_the_reason(text: str, order: str | None, said: str) -> None:
    with pytest.raises(Problem, match=said):
        parse_sheet_date(text, FRIDAY, order)


def test_the_order_of_a_column_settles_its_dates() -> None:
    assert parse_sheet_date("11/12/2026", FRIDAY, "mdy") == date(2026, 11, 12)
    assert parse_sheet_date("11/12/2026", FRIDAY, "dmy") == date(2026, 12, 11)
    assert parse_sheet_date("5/6", FRIDAY, "dmy") == date(2026, 6, 5)


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["1/2/2026", "13/2/2026", ""], "dmy"),
        (["1/2/2026", "2/13/2026 10:00"], "mdy"),
        (["１３/2/2026", "2026-11-12", "待定"], "dmy"),
        (["1/2/2026", "3/4/2026"], None),
        (["13/1/2026", "1/13/2026"], None),
        (["2026/11/25", "26/11/16", "13.1.2026"], None),
        ([], None),
    ],
)
def test_a_column_tells_its_order_or_is_asked_about(column: list[str], order: str | None) -> None:
    assert date_column_order(column) == order


DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
VOCABULARY = (
    "3 12 31 2026 a two twenty first 3rd the next last this coming in ago from before end of mid may dec fri monday "
    "week months d w m day today tomorrow weekend time - / . + ( ) , 3/4 5.6 2026-12-01 1/2/2026 26/11/16 三 十二 廿 半 "
    "个 年 月 日 号 天 周 周五 星期 下 下个 上 本 后 前 内 底 初 中 第 明天 明年 大前天 工作日 寄样 call ٣ \x1b \ud800 İ ß ﬁ"
)
WORDS = st.sampled_from(VOCABULARY.split())
TEXTS = st.text(max_size=200) | st.lists(WORDS, max_size=8).map(" ".join) | st.lists(WORDS, max_size=8).map("".join)


@given(TEXTS, st.dates(), st.sampled_from(Look), st.sampled_from([None, "mdy", "dmy"]))
def test_any_text_gives_a_day_or_a_problem(text: str, today: date, look: Look, order: str | None) -> None:
    for parse in (
        lambda: parse_date(text, today, look),
        lambda: parse_sheet_date(text, today, order, look=look),
    ):
        try:
            assert isinstance(parse(), date)
        except Problem as problem:
            assert str(problem)
    date_column_order([text])


@given(TEXTS, DAYS, st.sampled_from(Look))
def test_what_leads_a_text_is_the_same_date_alone(text: str, today: date, look: Look) -> None:
    found = leading_date(text, today, look)
    if found:
        assert parse_date(text[: found.length], today, look) == found.day


@given(TEXTS, DAYS)
def test_width_case_and_script_make_no_difference(text: str, today: date) -> None:
    def outcome(form: str) -> FoundDate | None:
        return leading_date(form, today)

    full_width = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)
    traditional = text.translate(str.maketrans("周号个两这内过后", "週號個兩這內過後"))
    capitals = "".join(sign.upper() if "a" <= sign <= "z" else sign for sign in text)
    assert outcome(full_width) == outcome(traditional) == outcome(capitals) == outcome(text)


@given(DAYS, st.integers(0, 6))
def test_weekdays(today: date, number: int) -> None:
    sign, name = "一二三四五六日"[number], ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][number]
    monday = today - timedelta(days=today.weekday())
    ahead, back = parse_date(name, today), parse_date(f"周{sign}", today, Look.BACK)
    assert 1 <= (ahead - today).days <= 7 and 1 <= (today - back).days <= 7
    assert ahead.weekday() == back.weekday() == number
    assert parse_date(f"下周{sign}", today) == parse_date(f"next {name}", today) == monday + timedelta(days=7 + number)
    assert parse_date(f"这周{sign}", today) == monday + timedelta(days=number)


@given(DAYS, st.integers(1, 12), st.integers(1, 31))
def test_a_date_without_a_year_is_the_nearest_on_the_side_looked_at(today: date, month: int, day: int) -> None:
    try:
        ahead, back = (parse_date(f"{month}月{day}日", today, look) for look in Look)
    except Problem:
        assert day > 28
        return
    assert back <= today <= ahead
    assert {(it.month, it.day) for it in (ahead, back)} == {(month, day)}
    assert (ahead - back).days in (0, 365, 366) or (month, day) == (2, 29)


@pytest.mark.parametrize(
    "text", ["(" * 5000, "3" * 5000, "三" * 5000, "1 " * 2500, "下" * 5000, "- " * 2500, "3d" * 2500]
)
def test_long_texts_are_read_as_fast_as_short_ones(text: str) -> None:
    start = time.perf_counter()
    leading_date(text, FRIDAY)
    with pytest.raises(Problem):
        parse_date(text, FRIDAY)
    with pytest.raises(Problem):
        parse_sheet_date(text, FRIDAY, None)
    assert time.perf_counter() - start < 0.25


@pytest.mark.skipif(not PHRASES.exists(), reason=f"the collected date phrases are not at {PHRASES}")
def test_the_collected_phrases_are_understood_and_never_misread() -> None:
    bench = _bench()
    answers = [bench.answer(case) for case in bench.cases(bench.read(PHRASES), Counter())]
    for language in ("en", "zh"):
        count = bench.tally(answers, language)
        assert count.total() > 100
        assert count["right"] / count.total() >= 0.95
        assert count["wrong"] == 0
    assert all(it.verdict == "right" for it in answers if it.case.expected is None)


def _bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("date_phrases", ROOT / "bench/date_phrases.py")
    assert spec and spec.loader
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
