"""Work in other processes: the same results in the same order, and nothing left behind."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

import pytest

from tui_crm.crew import Ask, Crew
from tui_crm.domain.messages import Problem


def squarer(ask: Ask) -> Callable[[int], int]:
    return lambda number: number * number + int(ask(number))


def stumbler(_ask: Ask) -> Callable[[int], int]:
    def work(number: int) -> int:
        if number == 2:
            raise Problem("No {n} here.", n=number)
        if number == 3:
            raise KeyError(f"secret of customer {number}")
        if number == 4:
            os._exit(9)
        if number == 5:
            time.sleep(60)
        return number

    return work


def endless() -> Iterator[int]:
    number = 0
    while True:
        yield number
        number += 1


@pytest.mark.parametrize("alone", [False, True])
def test_results_come_in_order_and_questions_are_answered(alone: bool) -> None:
    with Crew(squarer, lambda number: number * 1_000, alone=alone) as crew:
        assert list(crew.each(range(50))) == [number * number + number * 1_000 for number in range(50)]


def test_what_goes_wrong_elsewhere_is_told_here() -> None:
    with pytest.raises(Problem, match=r"No 2 here\."), Crew(stumbler) as crew:
        list(crew.each([1, 2]))
    with pytest.raises(RuntimeError, match="KeyError") as told, Crew(stumbler) as crew:
        list(crew.each([3]))
    assert "customer 3" not in str(told.value)
    with pytest.raises(Problem, match="code 9"), Crew(stumbler) as crew:
        list(crew.each([4]))


def test_it_is_given_up_at_once_and_takes_its_processes_along() -> None:
    begun = time.monotonic()

    def tick() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Crew(stumbler) as crew:
        list(crew.each([5, 5], tick))
    assert time.monotonic() - begun < 20
    assert not [member for member in crew._members if member._process.poll() is None]


def test_no_more_values_are_asked_for_than_are_soon_needed() -> None:
    values = endless()
    with Crew(squarer, lambda number: 0) as crew:
        results = crew.each(values)
        assert [next(results) for _ in range(3)] == [0, 1, 4]
    assert next(values) < 30
