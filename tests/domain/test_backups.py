"""Which backups stay."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tui_crm.domain.backups import ALWAYS, DAYS, MONTHS, WEEKS, kept, that_fit

NOON = datetime(2026, 11, 18, 12)


def test_a_year_of_daily_backups_leaves_days_weeks_and_months() -> None:
    made = {NOON - timedelta(days) for days in range(400)}
    stay = kept(made)
    assert {NOON - timedelta(days) for days in range(DAYS)} <= stay
    assert len({at.isocalendar()[:2] for at in stay}) >= WEEKS
    assert {(at.year, at.month) for at in stay} == {(2026, m) for m in range(1, 12)} | {(2025, 12)}
    assert len(stay) <= DAYS + WEEKS + MONTHS


def test_everything_of_the_last_two_days_stays() -> None:
    made = {NOON - timedelta(hours=hours) for hours in range(10)} | {
        NOON - timedelta(days=9, hours=hours) for hours in range(3)
    }
    assert {at for at in made if at > NOON - timedelta(2)} <= kept(made)


@given(st.sets(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), max_size=60))
def test_thinning_again_takes_nothing_more_and_the_newest_always_stays(made: set[datetime]) -> None:
    stay = kept(made)
    assert kept(stay) == stay
    assert not made or max(made) in stay


def test_large_backups_stay_only_as_far_as_there_is_room_but_three_always() -> None:
    sizes = {NOON - timedelta(days): 1_000 for days in range(20)}
    assert that_fit(sizes, 5_500) == {NOON - timedelta(days) for days in range(5)}
    assert that_fit(sizes, 100) == {NOON - timedelta(days) for days in range(ALWAYS)}
