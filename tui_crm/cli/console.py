"""What a verb does with whoever sits at the terminal: a question, and how far it is."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

_TICK = 0.1
"""Seconds between two looks of the line."""
YES = ("y", "yes", "是", "好")


def agreed(question: str) -> bool:
    """Ask on a terminal; anywhere else nobody can answer."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    print(question, end=" ", flush=True)
    return sys.stdin.readline().strip().casefold() in YES


class Progress(Protocol):
    """Is told how many are done, and of how many (0: not known)."""

    def __call__(self, done: int, total: int = 0, /) -> None:
        """Tell it."""


@contextmanager
def progress(doing: str) -> Iterator[Progress | None]:
    """How far it is, and how long it will take, on one line that a terminal draws over and over; nothing anywhere else."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    try:
        yield _line(doing)
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _line(doing: str) -> Progress:
    from ..usecases.pace import Pace

    pace, drawn = Pace(time.monotonic()), 0.0

    def draw(done: int, total: int = 0, /) -> None:
        nonlocal drawn
        now = time.monotonic()
        if now - drawn >= _TICK:
            drawn = now
            print(f"\r{doing} {pace.words(now, done, total)}\x1b[K", end="", file=sys.stderr, flush=True)

    return draw
