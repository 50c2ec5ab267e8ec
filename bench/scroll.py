"""`j` in the agenda to its repaint, both ends and the next page of the list of everyone, and memory, in a real terminal:
`python bench/scroll.py --books DIR`.

The floor of `j` is a bare list of the same size whose rows are made up as they are drawn; the floor of memory is a Textual
program of one label. The time is that to the first bytes on the terminal, which are the moved cursor. Presses are far
enough apart for the side pane, which follows when the cursor rests.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bare import READY
from common import HERE, SIZES, Terminal, arguments, book_file, crm, environment, median, p95, show
from startup import SHOWN, first_name


def main() -> None:
    """Measure, print a table."""
    given = arguments(__doc__, runs=150)
    bare = [sys.executable, str(HERE / "bare.py")]
    table = []
    with environment() as env:
        with Terminal([*bare, "label"], env) as terminal:
            terminal.until(READY)
            terminal.quiet()
            empty = terminal.memory()
        table.append(["one label", "", "", "", "", empty])
        programs = {"bare list": ([*bare, "list"], READY)}
        for size in ("1k", "1m"):
            db = book_file(given.books, size)
            programs[f"agenda, {size}"] = (crm(db), first_name(db, env)[:SHOWN])
        floor = 0.0
        for name, (command, text) in programs.items():
            times, memory = _moves(command, env, text, given.runs)
            floor = floor or median(times)
            table.append([name, median(times), p95(times), max(times), median(times) / floor, memory])
        leaps = [
            [f"{name}, {size}", median(times), p95(times), max(times), memory]
            for size in SIZES
            if (given.books / f"{size}.db").exists()
            for name, times, memory in _leaps(
                book_file(given.books, size), env, given.runs // 6 * 2
            )  # an even number: back at the top
        ]
    show("j to repaint", ["", "median ms", "p95 ms", "worst ms", "÷ bare list", "memory MB"], table)
    show("The list of everyone", ["", "median ms", "p95 ms", "worst ms", "memory MB"], leaps)


def _leaps(db: Path, env: dict[str, str], presses: int) -> Iterator[tuple[str, list[float], float]]:
    """Of each way to go far in the list of everyone: its name, milliseconds of each press, memory after them."""
    with Terminal(crm(db), env) as terminal:
        terminal.until(first_name(db, env)[:SHOWN])
        terminal.quiet(0.5)
        terminal.press("2")
        terminal.quiet(1.5)
        for name, keys in (("End, Home", ("G", "g")), ("PgDn", ("\x1b[6~",)), ("End, PgUp", ("G", "\x1b[5~"))):
            times = []
            for at in range(presses):
                terminal.press(keys[at % len(keys)])
                if drawn := terminal.quiet(0.12) or terminal.quiet(
                    1
                ):  # at the end of a short list there is no next page
                    times.append(drawn[0][0] * 1000)
            yield name, times, terminal.memory()


def _moves(command: list[str], env: dict[str, str], text: str, presses: int) -> tuple[list[float], float]:
    """Milliseconds of each press, and the memory after them."""
    with Terminal(command, env) as terminal:
        terminal.until(text)
        terminal.quiet(0.5)
        times = []
        for _ in range(presses):
            terminal.press("j")
            drawn = terminal.quiet(0.12) or terminal.quiet(2)  # beside other work a picture may come late
            times.append(drawn[0][0] * 1000)
        return times, terminal.memory()


if __name__ == "__main__":
    main()
