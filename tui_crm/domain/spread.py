"""Spreading a day that is too full over the coming working days: most urgent first, promises stay where they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

FARTHEST = 366
"""Days ahead within which room is looked for."""


class Waiting(NamedTuple):
    """A customer that is due, `by_hand` where a person gave his word for it."""

    id: int
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Move:
    """A customer that a spread moves, and the day it moves to."""

    row: Waiting
    day: date


@dataclass(frozen=True, slots=True)
class Spread:
    """A proposal: who stays today, in order, and who moves; `unplaced` found no room within a year."""

    stay: tuple[Waiting, ...]
    moves: tuple[Move, ...]
    unplaced: int = 0


def spread(
    due: Sequence[Waiting], planned: Mapping[date, int], today: date, capacity: int, workdays: Sequence[int]
) -> Spread:
    """Spread `due` (most urgent first) so that no day holds more than `capacity` customers.

    Promises by hand stay today even beyond the capacity, and take room from the others; the most urgent of the others stay
    as long as there is room. The rest go, in order, to the next of `workdays` (0 is Monday) with room, where `planned` says
    how many are due there already.
    """
    room = max(0, capacity - sum(row.by_hand for row in due))
    stay, later = [], []
    for row in due:
        if not row.by_hand and room == 0:
            later.append(row)
            continue
        room -= not row.by_hand
        stay.append(row)
    places = _places(planned, today, capacity, workdays)
    moves = [Move(row, day) for row, day in zip(later, places, strict=False)]
    return Spread(tuple(stay), tuple(moves), len(later) - len(moves))


def _places(planned: Mapping[date, int], today: date, capacity: int, workdays: Sequence[int]) -> Iterator[date]:
    """Every free place from tomorrow on, one day after the other."""
    for ahead in range(1, FARTHEST):
        day = today + timedelta(ahead)
        if day.weekday() in workdays:
            yield from (day for _ in range(capacity - planned.get(day, 0)))
