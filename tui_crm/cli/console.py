"""What a verb does with whoever sits at the terminal: a question, and how far it is."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

YES = ("y", "yes", "是", "好")


def agreed(question: str) -> bool:
    """Ask on a terminal; anywhere else nobody can answer."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    print(question, end=" ", flush=True)
    return sys.stdin.readline().strip().casefold() in YES


@contextmanager
def progress(doing: str) -> Iterator[Callable[[int], None] | None]:
    """How far it is, on one line that a terminal draws over and over; nothing anywhere else."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    try:
        yield lambda count: print(f"\r{doing} {count}\x1b[K", end="", file=sys.stderr, flush=True)
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
