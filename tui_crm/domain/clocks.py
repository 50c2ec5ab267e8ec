"""What time it is at the customer's: local time, decent hour, working day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
from zoneinfo import ZoneInfo

from .countries import country, zone_for

OPENS, CLOSES = 9, 18
"""A decent hour to call: local time from nine until before six."""


class Hours(Enum):
    """Whether somebody can be reached now: working hours, a working day outside them, or a weekend."""

    OPEN = "open"
    CLOSED = "closed"
    WEEKEND = "weekend"


@dataclass(frozen=True, slots=True)
class LocalTime:
    """The customer's wall clock. `known` is False where neither zone nor country tell it."""

    at: datetime
    hours: Hours
    known: bool = True


def place_of(country_code: str, city: str, zone: str) -> str:
    """Where a customer's clock hangs, as `CC Zone`; customers of one place share hours and weekend."""
    return f"{country_code} {zone or zone_for(country_code, city)}"


def local_time(place: str, now: datetime) -> LocalTime:
    """The wall clock at `place` (see `place_of`) at the instant `now`."""
    code, _, zone = place.partition(" ")
    info = _zone(zone)
    if info is None:
        return LocalTime(now, Hours.CLOSED, known=False)
    local = now.astimezone(info)
    land = country(code)
    weekend = land.weekend if land else (5, 6)
    if local.weekday() in weekend:
        return LocalTime(local, Hours.WEEKEND)
    return LocalTime(local, Hours.OPEN if OPENS <= local.hour < CLOSES else Hours.CLOSED)


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None
