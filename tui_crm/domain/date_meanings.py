"""Which day each kind of date phrase means, seen from today."""

from __future__ import annotations

from datetime import date, timedelta

from .date_reading import Asked, Look, Phrase, existing, in_sight, only, settled
from .date_steps import FRIDAY, SATURDAY, day_or_none, last_of, monday, month_on, moved, nth_of_month
from .date_words import Word

# A two-digit year in figures (26/11/16) is one this close to today, when any way of reading it gives such a year.
_NEAR_YEARS = 5
# Within so many months any day from the 1st to the 31st falls on any weekday.
_MONTHS_TO_MEET = 24


def named_day(phrase: Phrase, asked: Asked) -> date:
    """Resolve today, 后天, yesterday."""
    return asked.today + timedelta(days=phrase.value("day"))


def weekday(phrase: Phrase, asked: Asked) -> date:
    """Resolve fri, 周五 (never today), next fri, 下周五, this fri (weeks run from Monday to Sunday)."""
    number = phrase.value("weekday")
    if phrase.word("away"):
        return monday(asked.today, phrase.value("away")) + timedelta(days=number)
    return in_sight(_each_week(asked.today, number), asked, today_too=False)


def coming_weekday(phrase: Phrase, asked: Asked) -> date:
    """Resolve coming thursday, three fridays from now: counted from the day after today (or after the day named)."""
    start = asked.today + timedelta(days=phrase.value("start") + 1)
    wait = (phrase.value("weekday") - start.weekday()) % 7
    return start + timedelta(days=wait + 7 * (phrase.value("count", 1) - 1))


def weekday_weeks_ahead(phrase: Phrase, asked: Asked) -> date:
    """Resolve 两周后的周三, friday in two weeks: in the calendar week that many weeks from this one."""
    return monday(asked.today, phrase.value("weeks")) + timedelta(days=phrase.value("weekday"))


def weekend(phrase: Phrase, asked: Asked) -> date:
    """Resolve 周末, next weekend to its Saturday; on a Sunday the bare word looking forward is that Sunday."""
    if phrase.word("away"):
        return monday(asked.today, phrase.value("away")) + timedelta(days=SATURDAY)
    if asked.look is Look.FORWARD:
        return max(asked.today, monday(asked.today) + timedelta(days=SATURDAY))
    return in_sight(_each_week(asked.today, SATURDAY), asked)


def first_of_period(phrase: Phrase, asked: Asked) -> date:
    """Resolve next week, 下周, 下个月, 明年 to the first day of it; next day to tomorrow."""
    period, away = phrase.word("period"), phrase.value("away") or phrase.value("year")
    match period.code if period else "j":
        case "a":
            return asked.today + timedelta(days=away)
        case "k":
            return monday(asked.today, away)
        case "h":
            return date(*month_on(asked.today, away), 1)
        case _:
            return date(asked.today.year + away, 1, 1)


def edge_of_month(phrase: Phrase, asked: Asked) -> date:
    """Resolve 月底, last day of may, 下月初, mid june: the last, the first, the 15th."""
    edge, month, year = phrase.word("edge"), phrase.value("month"), phrase.word("year")
    if month > 12:
        return existing(None, asked)
    if year:
        months = [(_full_year(asked, year), month)]
    elif month:
        months = [(asked.today.year + years, month) for years in (-1, 0, 1)]
    elif phrase.word("away"):
        months = [month_on(asked.today, phrase.value("away"))]
    else:
        months = [month_on(asked.today, away) for away in (-1, 0, 1)]
    days = [_edge(edge.code if edge else "", *month) for month in months]
    return days[0] if len(days) == 1 else in_sight(days, asked)


def _edge(edge: str, year: int, month: int) -> date:
    return last_of(year, month) if edge in ("E", "R") else date(year, month, 15 if edge == "M" else 1)


def edge_of_year(phrase: Phrase, asked: Asked) -> date:
    """Resolve 年底, end of next year, beginning of 2027: 31 December, 1 January."""
    year, away, edge = phrase.word("year"), phrase.word("away"), phrase.word("edge")
    month_day = (12, 31) if edge and edge.code == "E" else (1, 1)
    if year or away:
        number = _full_year(asked, year) if year else asked.today.year + phrase.value("away")
        return date(number, *month_day)
    return in_sight((day_or_none(asked.today.year + years, *month_day) for years in (-1, 0, 1)), asked)


def edge_of_week(phrase: Phrase, asked: Asked) -> date:
    """Resolve eow, end of next week, beginning of the week: Friday, Monday."""
    edge = phrase.word("edge")
    number = FRIDAY if edge and edge.code == "E" else 0
    if phrase.word("away"):
        return monday(asked.today, phrase.value("away")) + timedelta(days=number)
    return in_sight(_each_week(asked.today, number), asked)


def _each_week(today: date, number: int) -> list[date]:
    return [monday(today, weeks) + timedelta(days=number) for weeks in (-1, 0, 1)]


def figures(phrase: Phrase, asked: Asked) -> date:
    """Resolve 2026-12-01, 24/12/2026, 1.12.2026, 26/11/16, 12/24."""
    word = phrase.words("figures")[0]
    match word.code:
        case "F":
            return settled([day_or_none(*word.parts)], phrase, asked)
        case "C":
            return settled(_year_last(word, asked), phrase, asked)
        case "S":
            return settled(_short_year(word, asked), phrase, asked)
        case _:
            return settled(_month_and_day(word, asked), phrase, asked)


def _orders(word: Word, asked: Asked) -> list[str]:
    # Who writes dots around a trailing year writes day.month.year.
    if word.mark == "." and len(word.parts) == 3:
        return ["dmy"]
    if asked.order == "ymd":
        return ["mdy"]  # who puts the year first puts the month before the day
    return [asked.order] if asked.order else ["mdy", "dmy"]


def _year_last(word: Word, asked: Asked) -> list[date | None]:
    first, second, year = word.parts
    days = {"mdy": day_or_none(year, first, second), "dmy": day_or_none(year, second, first)}
    return [days[order] for order in _orders(word, asked)]


def _short_year(word: Word, asked: Asked) -> list[date | None]:
    def full(year: int) -> int:
        return _full_year(asked, Word("e", year, 0, 0))

    first, second, third = word.parts
    year_last = _year_last(word._replace(parts=(first, second, full(third))), asked)
    year_first = [day_or_none(full(first), second, third)]
    readings = year_first + year_last if asked.order == "ymd" else year_last + year_first
    near = [day for day in readings if day and abs(day.year - asked.today.year) <= _NEAR_YEARS]
    return list(near[:1] if asked.order else near) or readings


def _month_and_day(word: Word, asked: Asked) -> list[date | None]:
    first, second = word.parts
    months_days = {"mdy": (first, second), "dmy": (second, first)}
    possible = [months_days[order] for order in _orders(word, asked) if day_or_none(2000, *months_days[order])]
    if not asked.sheet:
        # Typed by a rep, 5/6 is 5月6日; 15/2 can only be the other way round.
        possible = possible[:1]
    return [_in_some_year(*month_day, asked) for month_day in possible]


def month_day(phrase: Phrase, asked: Asked) -> date:
    """Resolve 12月1日, Dec 1st, 1 December 2026, 明年3月5日."""
    month, day, year = phrase.value("month"), phrase.value("day"), phrase.word("year")
    if year:
        return settled([day_or_none(_full_year(asked, year), month, day)], phrase, asked)
    return settled([_in_some_year(month, day, asked)], phrase, asked)


def _in_some_year(month: int, day: int, asked: Asked) -> date:
    # 29 February can be eight years away.
    return in_sight((day_or_none(asked.today.year + years, month, day) for years in range(-8, 9)), asked)


def day_of_month(phrase: Phrase, asked: Asked) -> date:
    """Resolve 5号, the 24th."""
    months = (month_on(asked.today, away) for away in range(-3, 4))
    return settled([in_sight((day_or_none(*month, phrase.value("day")) for month in months), asked)], phrase, asked)


def weekday_on_day(phrase: Phrase, asked: Asked) -> date:
    """Resolve friday the 13th: in the first month in which both are true."""
    months = (month_on(asked.today, away) for away in range(-_MONTHS_TO_MEET, _MONTHS_TO_MEET + 1))
    days = (day_or_none(*month, phrase.value("day")) for month in months)
    return in_sight((day for day in days if day and day.weekday() == phrase.value("weekday")), asked)


def day_of_near_month(phrase: Phrase, asked: Asked) -> date:
    """Resolve 下个月5号, 20th of this month."""
    year, month = month_on(asked.today, phrase.value("away"))
    return settled([day_or_none(year, month, phrase.value("day"))], phrase, asked)


def nth_weekday(phrase: Phrase, asked: Asked) -> date:
    """Resolve first monday of next month, last friday of november, 6月第3个星期日."""
    nth, number, year, month = phrase.value("nth"), phrase.value("weekday"), phrase.word("year"), phrase.value("month")
    if not month:
        return existing(nth_of_month(nth, number, *month_on(asked.today, phrase.value("away"))), asked)
    if year:
        return existing(nth_of_month(nth, number, _full_year(asked, year), month), asked)
    return in_sight((nth_of_month(nth, number, asked.today.year + years, month) for years in (-1, 0, 1)), asked)


def counted_ahead(phrase: Phrase, asked: Asked) -> date:
    """Resolve in 3 days, 两周后, 三天内."""
    return moved(asked.today, phrase.words("amount"), 1)


def counted_back(phrase: Phrase, asked: Asked) -> date:
    """Resolve 3 days ago, 两周前."""
    return moved(asked.today, phrase.words("amount"), -1)


def counted_from_named_day(phrase: Phrase, asked: Asked) -> date:
    """Resolve today+3d, now - 1 day."""
    sign = phrase.word("sign")
    return moved(named_day(phrase, asked), phrase.words("amount"), -1 if sign and sign.code == "H" else 1)


def counted(phrase: Phrase, asked: Asked) -> date:
    """Resolve 3d, 两周: ahead for a next step, back for a log entry."""
    return moved(asked.today, phrase.words("amount"), 1 if asked.look is Look.FORWARD else -1)


def days_or_day(phrase: Phrase, asked: Asked) -> date:
    """Refuse 3日前: three days ago and before the 3rd are both said so."""
    return only([moved(asked.today, phrase.words("amount"), -1), day_of_month(phrase, asked)], asked)


def _full_year(asked: Asked, word: Word) -> int:
    if word.code in ("Y", "V"):
        return asked.today.year + word.value
    if word.value >= 100:
        return word.value
    near = asked.today.year // 100 * 100 + word.value
    return min((near - 100, near, near + 100), key=lambda year: abs(year - asked.today.year))
