"""The new customers of a plan as the rows they become: made page by page, in this process or in one that works for it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import NamedTuple

from ..crew import Ask
from ..domain.priority import Engine
from ..domain.values import Record
from ..exchange.packed import unpacked
from ..exchange.planned import PlannedCustomer
from ..store.making import Made, NewCustomer


class NewRows(NamedTuple):
    """What a page of a plan becomes: the rows of its new customers, which of the page they are, how many log entries they have; and
    how many customers of the page are left, to be looked at one by one."""

    made: Made
    places: list[int]
    entries: int
    rest: int


def row_maker(
    today: date, actor: str, engine: Engine, left_out: Collection[tuple[str, int]], _ask: Ask
) -> Callable[[bytes], NewRows]:
    """What makes them; those `left_out` (`PlannedCustomer.where`) become nothing."""

    def of_page(page: bytes) -> NewRows:
        planned: list[PlannedCustomer] = unpacked(page)
        made, places, entries = Made(), [], 0
        for place, each in enumerate(planned):
            if each.verdict == "new" and each.where not in left_out:
                made.add(_new(each, today), today, actor, engine)
                places.append(place)
                entries += len(each.activities)
        return NewRows(made, places, entries, sum(each.verdict != "new" for each in planned))

    return of_page


def _new(planned: PlannedCustomer, today: date) -> NewCustomer:
    step = planned.next_step and planned.next_step._replace(set_on=today)
    records: tuple[Record, ...] = (*planned.quotes, *planned.samples)
    return NewCustomer(planned.customer, planned.activities, step, records, planned.row_hashes)
