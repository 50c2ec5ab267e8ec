"""Which backups are kept: the newest of each of the last days, weeks and months that have one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

DAYS, WEEKS, MONTHS = 14, 8, 12
WHOLE_DAYS = 2
"""Of so many last days every backup stays: what a restore of today took away must not be thinned out today."""

ALWAYS = 3
"""So many of the newest stay however large they are."""

_PERIODS: tuple[tuple[Callable[[datetime], tuple[int, ...]], int], ...] = (
    (lambda at: (at.year, at.month, at.day), DAYS),
    (lambda at: tuple(at.isocalendar()[:2]), WEEKS),
    (lambda at: (at.year, at.month), MONTHS),
)
"""How moments fall into periods, and how many periods keep their newest backup."""


def kept(made: Iterable[datetime]) -> set[datetime]:
    """Which of the moments at which backups were made stay: the newest of each of the 14 last days, 8 last weeks and 12 last
    months in which one was made, and all of the last two days. Days without a backup do not count, so a book that rests loses none."""
    newest_first = sorted(set(made), reverse=True)
    stay: set[datetime] = set()
    for period, most in _PERIODS:
        seen: dict[tuple[int, ...], datetime] = {}
        for at in newest_first:
            seen.setdefault(period(at), at)
        stay |= set(list(seen.values())[:most])
    last_days = sorted({at.date() for at in newest_first}, reverse=True)[:WHOLE_DAYS]
    return stay | {at for at in newest_first if at.date() in last_days}


def that_fit(sizes: Mapping[datetime, int], room: int) -> set[datetime]:
    """Of the backups made at these moments, with their bytes, the newest that fit into `room` bytes together; three always
    stay."""
    stay: set[datetime] = set()
    taken = 0
    for at in sorted(sizes, reverse=True):
        taken += sizes[at]
        if len(stay) >= ALWAYS and taken > room:
            break
        stay.add(at)
    return stay
