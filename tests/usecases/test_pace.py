"""How far work is, in words."""

from __future__ import annotations

from tui_crm.usecases.pace import Pace


def test_share_and_time_left_follow_from_the_rate_so_far() -> None:
    pace = Pace(100.0)
    assert pace.words(100.5, 500, 1000) == "50 %"  # too early to say how long
    assert pace.words(110.0, 500, 1000) == "50 % · 10 s left"
    assert pace.words(120.0, 10, 1000) == "1 %"  # less than before: another piece of work, whose rate is not known yet
    assert pace.words(130.0, 25, 1000) == "2 % · 6 min left"
    assert pace.words(130.0, 12_000, 0) == "12,000"
