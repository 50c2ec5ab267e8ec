"""Dates like 5/6/2026 and 10.12: which of a column can be read two ways, what they probably mean, and what speaks for it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise

from tui_crm.domain.messages import N_, Message, Problem

from .days import Order, day_in, is_ambiguous, order_of_number
from .tables import Cell

_IN_DOUBT = re.compile(r"\s*\d{1,2}[/.-]\d{1,2}(?:[/.-](?:\d{4}|\d{2}))?(?![\d/-])")
_IN_WORDS = re.compile(r"\s*\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2})(?![\d/-])")
"""The same where words follow; without its year it may as well be a fraction."""
_DOTTED = re.compile(r"\s*(\d{1,2})\.(\d{1,2})\s*")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_LOOKED_AT = 2_000
"""Dates of a column that are weighed."""
_SHOWN = 3
"""Dates that are kept, to be shown."""
_IN_A_ROW = 4
"""Different days in order of time that are no accident."""
_OTHER: dict[Order, Order] = {"dmy": "mdy", "mdy": "dmy"}
_FIRST: dict[Order, str] = {"dmy": N_("the day first"), "mdy": N_("the month first")}


@dataclass(frozen=True, slots=True)
class Likely:
    """The likelier order of dates that can be read two ways, and what speaks for it."""

    order: Order
    why: Message


@dataclass(frozen=True, slots=True)
class Doubt:
    """Some dates of a column that can be read two ways; `likely` where something tells the likelier one."""

    dates: tuple[str, ...]
    likely: Likely | None


def doubt_of(cells: Iterable[Cell], field: str, today: date, elsewhere: Collection[Order]) -> Doubt | None:
    """Dates of a column of this `field` that can be read two ways; None where there are none. `elsewhere` are the orders that
    other dates of the file prove."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    pattern = _IN_WORDS if field == "next_action" else _IN_DOUBT
    found = dict.fromkeys(match[0].strip() for text in texts if (match := pattern.match(text)))
    doubtful = [text for text in found if is_ambiguous(text, today)]
    if not doubtful:
        return None
    return Doubt(tuple(doubtful[:_SHOWN]), _likely(texts, today, elsewhere, past=field in ("last_date", "created_on")))


def month_first_by_dots(cells: Iterable[Cell], header: str) -> bool:
    """Whether 10.12 in a column is the twelfth of October: next to numbers like 6.3 or days like 10.20, and below a Chinese header,
    unless another date with a dot puts the day first."""
    numbers, dotted = False, []
    for cell in cells:
        numbers = numbers or order_of_number(cell) is not None
        if isinstance(cell, str) and (match := _DOTTED.fullmatch(cell)):
            dotted.append((int(match[1]), int(match[2])))
    if not dotted or any(first > 12 for first, _second in dotted):
        return False
    return numbers or any(second > 12 for _first, second in dotted) or _CHINESE.search(header) is not None


def _likely(texts: Sequence[str], today: date, elsewhere: Collection[Order], *, past: bool) -> Likely | None:
    """What all that tells agrees on; None where nothing tells, or one contradicts the other."""
    days = {order: list(_days(texts, today, order)) for order in _OTHER}
    told = [Likely(order, Message(N_("other dates of this file put {which}"), {"which": Message(_FIRST[order])}))
            for order in elsewhere if order in _OTHER]  # fmt: skip
    for order, other in _OTHER.items():
        ahead = sum(day > today for day in days[other])
        if past and ahead and not any(day > today for day in days[order]):
            told.append(
                Likely(order, Message(N_("the other way contacts would lie in the future ({n})"), {"n": ahead}))
            )
        if _in_order_of_time(days[order]) and not _in_order_of_time(days[other]):
            told.append(Likely(order, Message(N_("the rows are in order of time then"))))
    return told[0] if len({one.order for one in told}) == 1 else None


def _days(texts: Iterable[str], today: date, order: Order) -> Iterable[date]:
    for text in islice(texts, _LOOKED_AT):
        try:
            yield day_in(text, today, order)
        except Problem:
            continue


def _in_order_of_time(days: Sequence[date]) -> bool:
    if len(set(days)) < _IN_A_ROW:
        return False
    return all(a <= b for a, b in pairwise(days)) or all(a >= b for a, b in pairwise(days))
