"""Contacts that one row tells of beside its own: several side by side, under months, or as dated lines in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from tui_crm.domain.messages import N_

from .dated_lines import DatedLine, dated_lines
from .days import Moment
from .facts import Facts, Terms
from .tables import Row
from .taking import Column

SEVERAL = N_("A log in one cell; it became {n} log entries.")
_YEAR = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")


def sets_of(columns: Iterable[Column]) -> list[tuple[Column, ...]]:
    """The columns of each contact that stands beside the row's own."""
    sets: dict[tuple[int, str], list[Column]] = {}
    for column in columns:
        if column.is_beside:
            sets.setdefault((column.entry, column.header if column.when else ""), []).append(column)
    return [tuple(found) for found in sets.values()]


def filled(columns: Sequence[Column], row: Row) -> bool:
    """Whether a row tells of that contact at all."""
    width = len(row.cells)
    return any(column.index < width and row.cells[column.index] is not None for column in columns)


def year_of(texts: Iterable[str]) -> int | None:
    """The one year that the titles of a sheet name."""
    years = {found for text in texts for found in _YEAR.findall(text)}
    return int(years.pop()) if len(years) == 1 else None


def day_of(when: str, year: int | None, today: date) -> date | None:
    """The day of `2026-03-05`, the first of the month `2026-03`; without a year that of the sheet, else the latest that has begun. None
    for a day that no calendar has."""
    numbers = [int(part) for part in when.split("-")]
    if numbers[0] < 1000:
        numbers = [year or today.year, *numbers]
        if year is None and tuple(numbers[1:]) > (today.month, today.day):
            numbers[0] -= 1
    try:
        return date(numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else 1)
    except ValueError:
        return None


def beside(facts: Facts) -> Facts:
    """Another contact of the same row, with the same person."""
    return Facts(facts.table, facts.row, True, companies=facts.companies[:1], with_whom=facts.main_name)


def logged(facts: Facts, terms: Terms) -> list[Facts]:
    """The contacts that cells of `facts` tell of in dated lines, taken out of it."""
    found: list[Facts] = []
    facts.content = _rest(facts, facts.content, terms, found, whole=False)
    facts.remarks = _rest(facts, facts.remarks, terms, found, whole=True)
    return found


def _rest(facts: Facts, texts: Sequence[str], terms: Terms, found: list[Facts], *, whole: bool) -> list[str]:
    kept = []
    for text in texts:
        single = not whole and facts.moment is None
        lines, before = dated_lines(text, terms.today, terms.order, whole=whole, single=single)
        found += [_entry(facts, line, terms) for line in lines]
        if len(lines) > 1:
            facts.note("", text, SEVERAL, n=len(lines))
        if before:
            kept.append(before)
    return kept


def _entry(facts: Facts, line: DatedLine, terms: Terms) -> Facts:
    entry = beside(facts)
    entry.moment = Moment(line.day, datetime.combine(line.day, line.at, terms.zone) if line.at else None)
    entry.author = line.author or facts.written_by
    entry.content = [line.text] if line.text else []
    if line.day > terms.today:
        entry.note("", line.text, N_("This contact lies in the future. Check the date."))
    facts.notes += entry.notes
    entry.notes = []
    return entry
