"""Who would stand where under other weights: a few facts of each who could be among the first, and their order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from heapq import nsmallest
from typing import NamedTuple

from .priority import Engine, Standing


class Contender(NamedTuple):
    """A customer who is due: what it stands on, whether the hour there is good (`clock_sign`), and what parts equals."""

    standing: Standing
    hour: int
    due_on: date
    name_key: str
    customer: int


def ranked(engine: Engine, contenders: Iterable[Contender], today: date, first: int) -> list[tuple[int, int]]:
    """The first of them: customer and urgency in hundredths of a point, in the order of the agenda."""
    clock = round(engine.weights.clock * 100)
    keys = (
        (
            -(
                engine.weight(who.standing)
                + engine.lateness(who.standing.temperature, (today - who.due_on).days)
                + clock * who.hour
            ),
            who.due_on,
            who.name_key,
            who.customer,
        )
        for who in contenders
    )
    return [(key[3], -key[0]) for key in nsmallest(first, keys)]
