"""The views that come with the program: questions worth asking every day, each a line of the search language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from .messages import N_

VIEW_KEYS = "67890"
"""Digits that a view can be shown with."""


class View(NamedTuple):
    """A search that has a name: `id` for settings and keys, `name` for people, `line` as it could be typed."""

    id: str
    name: str
    line: str


VIEWS: tuple[View, ...] = (
    View("today", N_("Due today"), "due:<=today"),
    View("overdue", N_("Overdue"), "is:overdue"),
    View("no_next_step", N_("No next step"), "no:next -is:lost -is:paused"),
    View("samples_waiting", N_("Samples waiting for feedback"), "sample:waiting"),
    View("open_quotes", N_("Open quotes"), "quote:open"),
    View("at_risk", N_("At risk"), "is:risk"),
    View("silent", N_("Silent for 30 days"), "last:>30d -is:lost"),
    View("archived", N_("Archived"), "is:archived"),
)
"""In the order in which they are offered."""

BY_ID = {view.id: view for view in VIEWS}


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view in the settings: its search line, empty for one of `VIEWS` that only gets a key, and the digit, if it has one."""

    line: str = ""
    key: str = ""
