"""How far long work is, and how long the rest will take at the rate so far, in words."""

from __future__ import annotations

from ..i18n import _

_LEAST_SECONDS, _LEAST_SHARE = 1.0, 0.02
"""What is left is told once the rate can be known."""


class Pace:
    """Watches one piece of work after another; whoever asks says what the time is (seconds of any clock)."""

    def __init__(self, now: float) -> None:
        self._begun, self._done = now, 0

    def words(self, now: float, done: int, total: int) -> str:
        """`43 % · 12 s left`; only how many are done where nobody knows of how many (`total` 0). Fewer done than before
        means that the next piece of work has begun."""
        if done < self._done:
            self._begun = now
        self._done = done
        if not total:
            return f"{done:,}"
        share, spent = min(done / total, 1.0), now - self._begun
        words = _("{n} %").format(n=int(share * 100))
        if spent < _LEAST_SECONDS or share < _LEAST_SHARE:
            return words
        return f"{words} · {_left(spent / share - spent)}"


def _left(seconds: float) -> str:
    if seconds < 99.5:
        return _("{n} s left").format(n=round(seconds))
    return _("{n} min left").format(n=round(seconds / 60))
