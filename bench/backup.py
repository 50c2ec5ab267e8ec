"""The daily backup beside somebody who goes on pressing keys: `python bench/backup.py --books DIR`.

The program runs in a terminal on a copy of a book, `j` is pressed again and again, and each press is timed to the first bytes of the new
picture: some seconds before the backup begins by itself, until it is there, and a while after.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from common import SIZES, Terminal, book_file, crm, environment, median, p95, parser, show
from startup import SHOWN, first_name

from tui_crm.config import Settings
from tui_crm.usecases import backups
from tui_crm.usecases.session import open_session

MOST_SECONDS, MOST_MS = 3.0, 50
BETWEEN = 0.08
"""Seconds between two presses."""
Press = tuple[float, float]
"""When a key was pressed (seconds since 1970), and milliseconds to its picture."""


def main() -> None:
    """Measure, print a table, hold the bounds."""
    given = parser(__doc__, runs=3)
    given.add_argument("--size", default="100k", choices=list(SIZES))
    asked = given.parse_args()
    table = []
    for _ in range(asked.runs):
        with TemporaryDirectory(dir=asked.books) as folder, environment() as env:
            (Path(env["CRM_HOME"]) / "settings.toml").unlink()  # which switches the daily backup off
            book = Path(shutil.copyfile(book_file(asked.books, asked.size), Path(folder) / "book.db"))
            open_session(book, Settings()).close()
            os.sync()
            begun, ended, presses = _at_work(book, env)
        during = [ms for at, ms in presses if begun <= at <= ended]
        quiet = [ms for at, ms in presses if not begun <= at <= ended]
        table.append([ended - begun, len(during), median(during), p95(during), max(during), median(quiet), max(quiet)])
    header = ["backup s", "keys meanwhile", "median ms", "p95 ms", "worst ms", "else: median ms", "worst ms"]
    show(f"Keys beside the daily backup, {asked.size}", header, table)
    assert min(row[0] for row in table) <= MOST_SECONDS, "the backup is too slow"
    assert min(row[4] for row in table) <= MOST_MS, "a key has to wait"


def _at_work(book: Path, env: dict[str, str]) -> tuple[float, float, list[Press]]:
    """When the backup began and ended (seconds since 1970), and every press of a key."""
    folder = book.with_name(f"{book.name}.backups")
    presses: list[Press] = []
    begun = 0.0
    with Terminal(crm(book), env) as terminal:
        terminal.until(first_name(book, env)[:SHOWN])
        terminal.quiet(0.5)
        until = time.time() + 60
        while time.time() < until:
            at = time.time()
            terminal.press("j")
            drawn = terminal.quiet(BETWEEN) or terminal.quiet(2)
            presses.append((at, drawn[0][0] * 1000))
            begun = begun or (at if folder.exists() else 0.0)
            if any(folder.glob("*.json")):
                until = min(until, time.time() + 2)
    if not begun:
        sys.exit("no backup was made")
    (made,) = backups.beside(book)
    ended = made.file.with_name(f"{made.file.name}.json").stat().st_mtime
    return begun - BETWEEN, ended, presses


if __name__ == "__main__":
    main()
