"""Spreading a full day over the coming ones."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tui_crm.domain.spread import Waiting, spread

FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)
WEEK = (0, 1, 2, 3, 4)


def row(number: int, by_hand: bool = False) -> Waiting:
    return Waiting(number, by_hand)


def test_the_most_urgent_stay_and_the_rest_go_to_working_days_with_room() -> None:
    due = [row(n) for n in range(5)]
    planned = spread(due, {MONDAY: 1}, FRIDAY, 2, WEEK)
    assert [r.id for r in planned.stay] == [0, 1]
    assert [(m.row.id, m.day) for m in planned.moves] == [
        (2, MONDAY), (3, MONDAY + timedelta(1)), (4, MONDAY + timedelta(1)),
    ]  # fmt: skip


def test_promises_stay_even_beyond_the_room_there_is() -> None:
    planned = spread([row(0), row(1, True), row(2, True)], {}, FRIDAY, 1, WEEK)
    assert [r.id for r in planned.stay] == [1, 2]
    assert [(m.row.id, m.day) for m in planned.moves] == [(0, MONDAY)]


def test_what_finds_no_room_is_counted() -> None:
    assert spread([row(0), row(1)], {}, FRIDAY, 1, ()).unplaced == 1


@given(
    st.lists(st.booleans(), max_size=60),
    st.integers(1, 9),
    st.sets(st.integers(0, 6), min_size=1),
    st.dictionaries(st.integers(1, 20), st.integers(0, 12), max_size=8),
)
def test_nobody_is_lost_and_no_day_is_overfull(
    promised: list[bool], capacity: int, workdays: set[int], already: dict[int, int]
) -> None:
    due = [row(n, by_hand) for n, by_hand in enumerate(promised)]
    planned = {FRIDAY + timedelta(ahead): count for ahead, count in already.items()}
    result = spread(due, planned, FRIDAY, capacity, sorted(workdays))
    assert sorted([r.id for r in result.stay] + [m.row.id for m in result.moves]) == list(range(len(due)))
    assert all(r in result.stay for r in due if r.by_hand)
    assert len(result.stay) <= max(capacity, sum(promised))
    for day, count in Counter(move.day for move in result.moves).items():
        assert day > FRIDAY
        assert day.weekday() in workdays
        assert count + planned.get(day, 0) <= capacity
    order = [move.row.id for move in result.moves]
    assert order == sorted(order)
