"""Steps on the calendar that date phrases are made of: weeks from Monday, months of unequal length, working days."""

from __future__ import annotations

from datetime import date, timedelta

from .date_words import Word

FRIDAY, SATURDAY = 4, 5
_HALF_MONTH = 15


def day_or_none(year: int, month: int, day: int) -> date | None:
    """Give that day, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_on(day: date, months: int) -> tuple[int, int]:
    """Give year and month, so many months after the month of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1


def last_of(year: int, month: int) -> date:
    """Give the last day of a month."""
    following = month_on(date(year, month, 1), 1)
    return date(*following, 1) - timedelta(days=1)


def monday(day: date, weeks: int = 0) -> date:
    """Give the Monday of the week so many weeks after the week (Monday to Sunday) of `day`."""
    return day + timedelta(days=7 * weeks - day.weekday())


def nth_of_month(nth: int, weekday: int, year: int, month: int) -> date | None:
    """Give the first, second … (-1: last) Monday, Tuesday … of a month; None when the month has none."""
    if not 1 <= month <= 12:
        return None
    if nth < 0:
        last = last_of(year, month)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return day if nth and day.month == month else None


def moved(day: date, amount: list[Word], direction: int) -> date:
    """Move `day` by an amount such as 2 months 3 days, ahead (1) or back (-1).

    A month after the 31st is the last day of a shorter month; working days are Monday to Friday.
    """
    months, days, working_days = _sum_of(amount)
    year, month = month_on(day, months * direction)
    day = day_or_none(year, month, day.day) or last_of(year, month)
    day += timedelta(days=days * direction)
    for _ in range(working_days):
        day += timedelta(days=direction)
        while day.weekday() > FRIDAY:
            day += timedelta(days=direction)
    return day


def _sum_of(amount: list[Word]) -> tuple[int, int, int]:
    """Add the amount up to months, days and working days."""
    months = days = working_days = count = half = 0
    for word in amount:
        match word.code:
            case "n":
                count = word.value
            case "v":
                half = 1
            case "a":
                days += word.value * count
            case "d":
                days += word.value
            case "k":
                days += 7 * word.value * count
            case "z":
                working_days += count
            case "h":
                months, days = months + word.value * count, days + _HALF_MONTH * half
            case "j":
                months += 12 * word.value * count + 6 * half
            case "e":
                months += 12 * word.value
        if word.code in "hj":
            count = half = 0
    return months + 6 * half, days, working_days
