"""The keys of the tour: they work on every screen while it lasts, and are free on all of them."""

from __future__ import annotations

from ..commands import PROGRAM, Command
from ..domain.messages import N_

TOUR_KEYS: tuple[Command, ...] = (
    Command("tour_skip", (), ("alt+n",), N_("Skip"), N_("The next step of the tour"), PROGRAM),
    Command("tour_leave", (), ("alt+q",), N_("Leave"), N_("End the tour; back to your own book"), PROGRAM),
)
