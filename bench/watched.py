"""A program in a terminal whose screen is looked at: what stands on it, not what was written to it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyte
from common import COLUMNS, LINES, Terminal
from log_entry import Screen

PATIENCE = 600
"""Seconds until a program is given up."""
SILENCE = 0.15
"""Seconds without output after which a program that may have stopped drawing too early gets a key."""


class Watched(Terminal):
    """A program whose screen is looked at. Times are those at which output was read, however long looking takes."""

    def __enter__(self) -> Watched:
        super().__enter__()
        self._screen = Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._screen)
        return self

    @property
    def lines(self) -> list[str]:
        """What stands on the screen, without blanks: those beside wide characters differ."""
        buffer = self._screen.buffer
        return ["".join("".join(buffer[y][x].data for x in range(COLUMNS)).split()) for y in range(LINES)]

    def seen(self, wanted: Callable[[list[str]], bool], nudge: str = "") -> float:
        """Milliseconds from the last key or the start until the screen was as wanted; a `nudge` is a harmless key for a program
        that has fallen silent. Ends the benchmark where it never is."""
        drawn, end = 0, time.perf_counter() + PATIENCE
        while time.perf_counter() < end:
            came = self._read(SILENCE)
            if nudge and not came:
                os.write(self._master, nudge.encode())
            while came and self._read(0):
                pass
            for at, (seconds, data) in enumerate(self.output[drawn:], drawn):
                self._stream.feed(data)
                drawn = at + 1
                if wanted(self.lines):
                    self._draw(drawn)
                    return seconds * 1000
        sys.exit("this was waited for in vain:\n" + "\n".join(self.lines))

    def written(self, file: Path, before: os.stat_result, end: bytes) -> float:
        """Milliseconds from the last key until a file is written anew to its end, which nobody changed."""
        while file.stat().st_mtime_ns == before.st_mtime_ns or tail(file) != end:
            self._read(0.01)
            if time.perf_counter() - self._begun > PATIENCE:
                sys.exit(f"{file.name} was never written")
        return (time.perf_counter() - self._begun) * 1000

    def rest(self, seconds: float = 0.3) -> None:
        """Wait until nothing comes any more."""
        drawn = len(self.output)
        self.quiet(seconds)
        self._draw(drawn)

    def _draw(self, drawn: int) -> None:
        for _, data in self.output[drawn:]:
            self._stream.feed(data)


def tail(file: Path) -> bytes:
    """The last bytes of a file."""
    with file.open("rb") as content:
        content.seek(max(0, file.stat().st_size - 100))
        return content.read()


def on_screen(text: str) -> Callable[[list[str]], bool]:
    """Whether a text stands anywhere on the screen."""
    wanted = "".join(text.split())
    return lambda lines: any(wanted in line for line in lines)
