"""From the command to the first row of the agenda, in a real terminal: `python bench/startup.py --books DIR`.

The floor is a Textual program of one label, to its first frame. All programs take turns, so that a busy moment of the
machine hits each alike.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bare import READY
from common import HERE, Terminal, arguments, book_file, crm, environment, median, show

SHOWN = 8
"""Characters of a customer's name that are surely not cut off."""


def main() -> None:
    """Measure in turns, print a table."""
    given = arguments(__doc__, runs=21)
    with environment() as env:
        programs = {"one label": ([sys.executable, str(HERE / "bare.py"), "label"], READY)}
        for size in ("1k", "1m"):
            db = book_file(given.books, size)
            programs[f"agenda, {size}"] = (crm(db), first_name(db, env)[:SHOWN])
        times: dict[str, list[float]] = {name: [] for name in programs}
        for _ in range(given.runs):
            for name, (command, text) in programs.items():
                with Terminal(command, env) as terminal:
                    times[name].append(terminal.until(text))
    floor = median(times["one label"])
    table = [[name, median(runs), min(runs), median(runs) / floor] for name, runs in times.items()]
    show("Start to first row", ["", "median ms", "best ms", "÷ one label"], table)
    print(f"1m ÷ 1k: {median(times['agenda, 1m']) / median(times['agenda, 1k']):.2f}")


def first_name(db: Path, env: dict[str, str]) -> str:
    """The most urgent customer's name."""
    output = subprocess.run(crm(db, "due", "--limit", "1", "--json"), env=env, check=True, capture_output=True).stdout
    return str(json.loads(output)[0]["name"])


if __name__ == "__main__":
    main()
