"""What time it is at the customer's: local time, decent hour, working day."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .country_names import weekend_of

OPENS, CLOSES = 9, 18
"""A decent hour to call: local time from nine until before six."""


class Hours(Enum):
    """Whether somebody can be reached now: working hours, a working day outside them, or a weekend."""

    OPEN = "open"
    CLOSED = "closed"
    WEEKEND = "weekend"


class LocalTime(NamedTuple):
    """The customer's wall clock. `known` is False where neither zone nor country tell it."""

    at: datetime
    hours: Hours
    known: bool = True


def place_of(country_code: str, city: str, zone: str) -> str:
    """Where a customer's clock hangs, as `CC Zone`; customers of one place share hours and weekend."""
    from .countries import zone_for  # only writes ask, and it knows far more than a list needs

    return f"{country_code} {zone or zone_for(country_code, city)}"


def local_time(place: str, now: datetime) -> LocalTime:
    """The wall clock at `place` (see `place_of`) at the instant `now`."""
    code, _, zone = place.partition(" ")
    info = _zone(zone)
    if info is None:
        return LocalTime(now, Hours.CLOSED, known=False)
    local = now.astimezone(info)
    if local.weekday() in weekend_of(code):
        return LocalTime(local, Hours.WEEKEND)
    return LocalTime(local, Hours.OPEN if OPENS <= local.hour < CLOSES else Hours.CLOSED)


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None
