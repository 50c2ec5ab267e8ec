"""The little about a country that every list line needs, read straight from the table: names and weekend."""

from __future__ import annotations

from functools import cache

from .country_table import COUNTRIES, WEEKENDS

SATURDAY_SUNDAY = (5, 6)


@cache
def names_of(code: str) -> tuple[str, str] | None:
    """The English and Chinese name of an alpha-2 code; None for any other text."""
    at = f"\n{COUNTRIES}".find(f"\n{code}|") if len(code) == 2 else -1
    if at < 0:
        return None
    _code, _alpha3, _dial, _zone, en, zh = COUNTRIES[at : COUNTRIES.index("\n", at)].split("|")[:6]
    return en, zh


@cache
def weekend_of(code: str) -> tuple[int, ...]:
    """The weekdays (Monday is 0) on which nobody works there; Saturday and Sunday where nothing else is known."""
    return next((days for days, codes in WEEKENDS.items() if code in codes.split()), SATURDAY_SUNDAY)
