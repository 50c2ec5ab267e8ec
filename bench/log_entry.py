"""Enter in the quick log until the next customer is shown and the entry is on the disk: `python bench/log_entry.py --books DIR`.

Works in a real terminal on a copy of the largest book. The picture is put together from the recorded output after the
measurement: an entry counts as done with the first frame that says it is saved and has another customer under the cursor.
"""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

import pyte
from common import COLUMNS, LINES, Terminal, arguments, book_file, crm, environment, median, p95, show
from startup import SHOWN, first_name

from tui_crm.config import Settings
from tui_crm.store.book import Book

TEXTS = (
    "asked for the lead time, told 35 days >3d send offer #price-sensitive @wa",
    "要LFGB报告，已发两份 >5天 确认收到 @微信",
    "PI sent, USD 4,280 – waits for the boss >1w ask about the deposit @email !hot",
    "样品收到，颜色可以 >2天 报大货价",
)


def main() -> None:
    """Measure on a copy, check that every entry is there, print a table."""
    given = arguments(__doc__, runs=60)
    table = []
    for size in ("1k", "1m"):
        source = book_file(given.books, size)
        with TemporaryDirectory(dir=given.books) as folder, environment() as env:
            db = Path(folder) / source.name
            shutil.copyfile(source, db)
            os.sync()  # the disk must not still be busy with the copy
            before = _entries(db)
            times = _log(db, env, given.runs)
            assert _entries(db) == before + given.runs, "an entry is missing"
        table.append([size, median(times), p95(times), max(times)])
    show("Enter to the next customer, entry durable", ["book", "median ms", "p95 ms", "worst ms"], table)


class Screen(pyte.Screen):
    """pyte's screen, which fails on a combining mark behind the second cell of a wide character."""

    def draw(self, data: str) -> None:
        super().draw("".join(char for char in data if not unicodedata.combining(char)))


def _log(db: Path, env: dict[str, str], count: int) -> list[float]:
    with Terminal(crm(db), env) as terminal:
        screen = Screen(COLUMNS, LINES)
        stream = pyte.ByteStream(screen)
        name = first_name(db, env)
        terminal.until(name[:SHOWN])
        _draw(stream, terminal.quiet(0.5))
        row = next(i for i, line in enumerate(screen.display) if _narrow(name)[:SHOWN] in _narrow(line))
        times = []
        for number in range(count):
            terminal.press("l")
            _draw(stream, terminal.quiet(0.15))
            terminal.press(TEXTS[number % len(TEXTS)])
            _draw(stream, terminal.quiet(0.15))
            customer = screen.display[row]
            terminal.press("\r")
            times.append(_until_next(screen, stream, terminal.quiet(0.4), row, customer))
        return times


def _until_next(
    screen: pyte.Screen, stream: pyte.ByteStream, output: list[tuple[float, bytes]], row: int, customer: str
) -> float:
    done = None
    for seconds, data in output:
        stream.feed(data)
        if done is None and screen.display[row] != customer and any("Saved:" in line for line in screen.display):
            done = seconds * 1000
    if done is None:
        sys.exit("the entry was not saved; the screen shows\n" + "\n".join(screen.display))
    return done


def _draw(stream: pyte.ByteStream, output: list[tuple[float, bytes]]) -> None:
    for _, data in output:
        stream.feed(data)


def _narrow(text: str) -> str:
    """Wide characters are followed by an empty cell on the picture."""
    return text.replace(" ", "")


def _entries(db: Path) -> int:
    book = Book(db, Settings().engine)
    count = int(book.value("SELECT count(*) FROM activity"))
    book.close()
    return count


if __name__ == "__main__":
    main()
