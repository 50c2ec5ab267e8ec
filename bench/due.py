"""`crm due --limit 20` from a small and from a large book: `python bench/due.py --books DIR`.

Whole processes, taking turns; the floor is a Python that does nothing.
"""

from __future__ import annotations

import subprocess
import sys
from functools import partial

from common import arguments, book_file, crm, environment, median, milliseconds, show

CHECK = """
import sys
sys.argv = sys.argv[1:]
from tui_crm.__main__ import main
assert main() == 0
loaded = sorted(name for name in sys.modules if name.partition(".")[0] in ("textual", "rich"))
assert not loaded, f"imported: {loaded[:5]}"
"""


def main() -> None:
    """Measure in turns, check what was imported, print a table."""
    given = arguments(__doc__, runs=21)
    commands = {"python -c pass": [sys.executable, "-c", "pass"]}
    for size in ("1k", "1m"):
        commands[f"crm due, {size}"] = crm(book_file(given.books, size), "due", "--limit", "20")
    times: dict[str, list[float]] = {name: [] for name in commands}
    with environment() as env:
        check = crm(book_file(given.books, "1m"), "due", "--limit", "20")
        subprocess.run([sys.executable, "-c", CHECK, *check[2:]], env=env, check=True, stdout=subprocess.DEVNULL)
        for _ in range(given.runs):
            for name, command in commands.items():
                times[name].append(milliseconds(partial(_run, command, env)))
    small = median(times["crm due, 1k"])
    table = [[name, median(runs), min(runs), median(runs) / small] for name, runs in times.items()]
    show("crm due --limit 20", ["", "median ms", "best ms", "÷ 1k"], table)
    print("Textual is not imported.")


def _run(command: list[str], env: dict[str, str]) -> None:
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
