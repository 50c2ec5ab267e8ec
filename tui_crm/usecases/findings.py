"""What an examination of the book says: one finding for each thing that was looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from ..domain.messages import Message
from .indexing import Progress, Stop

Mend = Callable[[Progress | None, Stop | None], bool]
"""A repair; False where it was broken off."""


class State(Enum):
    """How a check ended. `ADVICE` is no fault; `ATTENTION` needs a person."""

    SOUND = "sound"
    ADVICE = "advice"
    REPAIRED = "repaired"
    ATTENTION = "attention"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: its name, how it ended, what to say, and how it can be mended (None: not by the program).
    `derived` tells that mending touches nothing the user has written."""

    check: str
    state: State
    message: Message
    mend: Mend | None = None
    derived: bool = True


def attention(check: str, words: str, **values: object) -> Finding:
    """What the program cannot mend."""
    return Finding(check, State.ATTENTION, Message(words, values))


def always(work: Callable[[], None]) -> Mend:
    """A short repair, which is done to its end."""

    def run(_progress: Progress | None, _stop: Stop | None) -> bool:
        work()
        return True

    return run
