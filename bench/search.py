"""The search line: first page, filters, views, counts, and what the index costs: `python bench/search.py --books DIR`.

Two hundred seeded questions, made of what is in the book: beginnings of one letter and more, Chinese, pinyin, initials, two
words, tag and word, last digits of a phone, frequent words, rare ones, words that only logs have. A page is what a screen
asks for: 60 rows with their reasons, the count up to 1,000, and where each row was found. Each is asked once on a connection
that has read nothing yet, and then `--runs` times, of which the best counts. Typing goes the way of the keys: ten letters, 40 ms
apart, each a question of its own to the one reading thread.
"""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from common import SIZES, TODAY, arguments, book_file, median, milliseconds, p95, show

from tui_crm.config import Settings
from tui_crm.domain.pinyin import spell
from tui_crm.domain.views import VIEWS
from tui_crm.screens.reader import Reader
from tui_crm.store import index
from tui_crm.usecases import finding, logging
from tui_crm.usecases.session import Clock, Session, open_session

ROWS, QUESTIONS, SEED = 60, 200, 7
KEYS_APART = 0.04
TYPED = ("deposit ma", "amber brot", "shenzhenji", "+86 54 555", "silver -lt")

FILTERS = (
    "t:hot", "t:cold g:E", "g:S,A -st:lost", "st:quoted late:>7", "c:DE", "c:DE t:hot is:overdue", "#价敏感",
    "#价敏感 t:hot is:overdue", "#high-potential t:existing is:overdue", "ch:video", "ch:video c:JP g:S", "owner:me", "owner:nobody",
    "due:today", "due:<today -ch:email", "due:>today t:sample", "late:>60", "last:>30d", "last:<3d t:hot", "last:>200d c:US",
    "quote:open g:S", "sample:waiting t:cold", "no:next t:existing", "is:paused", "is:lost c:FR", "is:risk g:S",
    "-t:hot -t:cold -st:new", "is:archived t:hot", "#nosuchtag", "-#价敏感 -quote:open c:NL", "",
)  # fmt: skip


class Pretended(Clock):
    """The day the books are made for, at eleven in China."""

    def now(self) -> datetime:
        return datetime.combine(TODAY, datetime.min.time(), UTC) + timedelta(hours=3)


def main() -> None:
    """Measure every book, print the tables."""
    given = arguments(__doc__, runs=1)
    words, filters, slowest, typed, costs = [], [], [], [], []
    for size in SIZES:
        session = opened(book_file(given.books, size))
        asked = list(questions(session, random.Random(SEED)))
        session.close()  # what was read to make them is forgotten
        session = opened(book_file(given.books, size))
        words.append([f"{size}, once", *summary([timed(session, line) for _, line in asked])])
        times = [(min(timed(session, line) for _ in range(given.runs)), kind, line) for kind, line in asked]
        words.append([size, *summary([time for time, *_ in times])])
        typed += [[size, line, *asyncio.run(typing(session, line))] for line in TYPED]
        slowest += [[size, f"{kind}: {line}", time] for time, kind, line in sorted(times, reverse=True)[:5]]
        for kind in dict.fromkeys(kind for kind, _ in asked):
            words.append([f"  {kind}", *summary([time for time, k, _ in times if k == kind])])
        for name, lines in (("filters", FILTERS), ("views", [view.line for view in VIEWS])):
            each = [(min(timed(session, line) for _ in range(max(given.runs, 2))), line) for line in lines]
            filters.append([size, name, *summary([time for time, _ in each])])
            slowest += [[size, line, time] for time, line in sorted(each, reverse=True)[:3]]
        costs.append([size, *index_size(session), *saved_entry(given.books, size)])
        session.close()
    show(f"First page of {ROWS}, {QUESTIONS} questions", ["book", "n", "median ms", "p95 ms", "max ms"], words)
    show("Without words", ["book", "what", "n", "median ms", "p95 ms", "max ms"], filters)
    show("Slowest", ["book", "line", "ms"], slowest)
    show(
        "Typing ten letters",
        ["book", "line", "stopped", "ran on, at most ms", "last key to answer ms", "asked alone ms"],
        typed,
    )
    show(
        "Index",
        ["book", "MB", "MB / million", "entry ms", "of it index", "p95", "long log ms", "of it index", "p95"],
        costs,
    )


def opened(path: Path) -> Session:
    """A session on a book, as the owner of its customers, on the day it was made for."""
    return open_session(path, Settings(name="mei"), Pretended(TODAY))


def timed(session: Session, line: str) -> float:
    """Milliseconds for the first page of a line."""
    return milliseconds(partial(finding.find, session, line, ROWS))


async def typing(session: Session, line: str) -> list[object]:
    """Of a line typed fast: how many questions were stopped or never begun, how long the longest of them still ran once a newer
    one was asked, and milliseconds from the last key to its answer; the same of the last question by itself."""
    reader = Reader()
    asked: list[float] = []
    late: list[float] = []

    def read(begun: str, number: int, stop: Callable[[], bool]) -> finding.Result:
        try:
            return finding.find(session, begun, ROWS, stop)
        finally:
            if stop():
                late.append((perf_counter() - asked[number + 1]) * 1000)

    answers = []
    for number in range(len(line)):
        asked.append(perf_counter())
        answers.append(asyncio.create_task(reader.ask(partial(read, line[: number + 1], number))))
        await asyncio.sleep(KEYS_APART if number + 1 < len(line) else 0)
    found = await asyncio.gather(*answers)
    waited = (perf_counter() - asked[-1]) * 1000
    reader.close(session)
    return [sum(one is None for one in found), max(late, default=0.0), waited, timed(session, line)]


def summary(times: list[float]) -> list[object]:
    """How many, median, 95th percentile, largest."""
    return [len(times), median(times), p95(times), max(times)]


def questions(session: Session, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Kind and line of every question."""
    book = session.book
    last = int(book.value("SELECT max(id) FROM customer"))
    tags = [name for (name,) in book.rows("SELECT name FROM tag ORDER BY id")]

    def one(column: str, where: str) -> str:
        return str(
            book.value(f"SELECT {column} FROM customer WHERE id >= ? AND {where} LIMIT 1", (rng.randrange(last),)) or ""
        )

    def western() -> list[str]:
        return one("name", "name < 'zzz'").split()

    def chinese() -> str:
        return one("name", "name > 'zzz'")

    def of(table: str, column: str) -> str:
        return str(book.value(f"SELECT {column} FROM {table} WHERE id >= ? AND {column} <> ''", (rng.randrange(last),)))

    def begun(word: str) -> str:
        return word[: rng.randrange(1, len(word) + 1)]

    kinds: dict[str, Callable[[], str]] = {
        "beginning": lambda: begun(rng.choice(western())).lower(),
        "two words": lambda: f"{western()[0]} {begun(western()[1])}",
        "name": lambda: " ".join(western()),
        "Chinese": lambda: chinese()[(at := rng.randrange(5)) : at + rng.randrange(1, 5)],
        "pinyin": lambda: begun(spell(chinese()[(at := rng.randrange(5)) : at + 3])),
        "initials": lambda: "".join(spell(c)[0] for c in chinese()[: rng.randrange(2, 5)]),
        "person": lambda: of("contact", "name"),
        "address": lambda: of("reach", "value"),
        "digits": lambda: of("reach", "substr(value, -4)") if rng.random() < 0.5 else f"{rng.randrange(10**7):07}",
        "tag + word": lambda: f"#{rng.choice(tags)} {begun(rng.choice(western()))}",
        "filter + word": lambda: f"{rng.choice(('t:hot', 'g:S', 'c:DE', 'is:overdue'))} {begun(rng.choice(western()))}",
        "frequent": lambda: rng.choice(("gmbh", "ltd", "有限公司", "trading", "example", "com", "buyer", "采购", "llc", "1")),
        "rare": lambda: f"brand{rng.randrange(last)}",
        "log": lambda: rng.choice(("deposit", "depos", "定金", "付款", "laser logo", "newsletter", "涨价", "carton", "样品", "打样")),
        "log + name": lambda: f"{rng.choice(western())} {rng.choice(('deposit', '定金', 'logo', 'samples', '目录'))}",
        "log by sound": lambda: rng.choice(("dingjin", "yangpin", "mulu", "baojia", "tidan")),
        "nowhere": lambda: "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randrange(5, 9))),
        "without": lambda: f"{rng.choice(western())} -deposit -{rng.choice(western())}",
        "phrase": lambda: '"laser logo"' if rng.random() < 0.5 else f'"{" ".join(western()[:2])}"',
    }  # fmt: skip
    for number in range(QUESTIONS):
        kind = list(kinds)[number % len(kinds)]
        yield kind, kinds[kind]()


def index_size(session: Session) -> list[object]:
    """Megabytes of the index, and what they would be for a million customers."""
    book = session.book
    held = sum(
        int(book.value(sql) or 0)
        for sql in (
            *(f"SELECT sum(length(block) + 8) FROM {table}_data" for table in ("find_customer", "find_note")),
            "SELECT count(*) * 11 FROM find_customer_docsize",
            "SELECT sum(length(CAST(word AS BLOB)) + 4) FROM note_word",
            "SELECT sum(length(CAST(sound AS BLOB)) + length(CAST(pair AS BLOB)) + 5) FROM sound",
        )
    )  # fmt: skip
    return [held / 1e6, held / int(book.value("SELECT count(*) FROM customer"))]


def saved_entry(books: Path, size: str) -> list[object]:
    """Milliseconds to save an entry, how many of them for the index, and the 95th percentile of that: for any customers, and
    for one with 5,000 entries. In a copy of the book."""
    with TemporaryDirectory() as folder:
        session = opened(Path(shutil.copy(book_file(books, size), folder)))
        last = int(session.book.value("SELECT max(id) FROM customer"))
        rng = random.Random(SEED)
        short = [rng.randrange(1, last + 1) for _ in range(200)]
        figures = entries(session, short)
        figures += entries(session, [longest(session, last)] * 200)
        session.close()
    return figures


def longest(session: Session, customer: int) -> int:
    """A customer that is given 5,000 entries."""
    have = int(session.book.value("SELECT count(*) FROM activity WHERE customer_id = ?", (customer,)))
    notes = [f"offered lot {number}, 问第{number}批" for number in range(max(0, 5_000 - have))]
    with session.book.upkeep():
        session.book.run("UPDATE op_now SET op_id = (SELECT max(id) FROM op)")
        rows = [
            (f"long{n}", customer, f"{date(2010, 1, 1) + timedelta(n)}T03:00:00.000Z", note)
            for n, note in enumerate(notes)
        ]
        session.book.run_many(
            "INSERT INTO activity (uid, customer_id, happened_at, channel, note) VALUES (?, ?, ?, 'email', ?)", rows
        )
        index.add_notes(session.book, [(customer, notes)])
        session.book.run("UPDATE op_now SET op_id = NULL")
    return customer


def entries(session: Session, customers: list[int]) -> list[object]:
    """Save an entry for each."""
    spent: list[float] = []
    refresh = index.refresh_touched

    def counted(*given: Any, **named: Any) -> None:
        spent.append(milliseconds(lambda: refresh(*given, **named)))

    index.refresh_touched = counted
    texts = ("asked for 5,000 750 ml bottles, sent the offer >3d call", "要样品，明天寄 DHL，问付款方式 >下周三 跟进")
    whole = [
        milliseconds(partial(logging.log, session, customer, texts[number % 2]))
        for number, customer in enumerate(customers)
    ]
    index.refresh_touched = refresh
    return [median(whole), median(spent), p95(spent)]


if __name__ == "__main__":
    main()
