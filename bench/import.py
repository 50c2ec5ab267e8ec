"""Bringing in a sheet: `python bench/import.py --customers 1000 10000 100000`.

Whole processes of `crm import --yes`, into an empty book and then the same file once more, and `crm undo` of it all. The
floor reads the same file with `csv.reader` and puts each row into one plain table. Memory is the peak of the process above
that of `crm due` on an empty book. The sheets are made once and kept; the same size gives the same sheet.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import book_words as names
from common import HERE, TODAY, crm, environment, median, show
from make_book import sample_notes, sample_person, sample_places

from tui_crm import demo_data as words
from tui_crm.domain.countries import country
from tui_crm.domain.names import company_key

HEADERS = (
    "Company", "Country", "Contact", "E-mail", "Phone", "Stage", "Last contact", "Channel", "Note", "Next date", "Next step",
    "Tags",
)  # fmt: skip
STAGES = {
    "qualified": "有意向",
    "quoted": "Quoted",
    "sampling": "寄样",
    "negotiating": "Negotiating",
    "ordered": "已下单",
}
FLOOR = """
import csv, sys
from sqlcipher3 import dbapi2
db = dbapi2.connect(sys.argv[2], isolation_level=None)
db.execute("PRAGMA journal_mode = wal")
with open(sys.argv[1], encoding="utf-8", newline="") as stream:
    rows = csv.reader(stream)
    db.execute(f"CREATE TABLE customer ({', '.join(f'c{n}' for n, _ in enumerate(next(rows)))})")
    db.execute("BEGIN")
    db.executemany(f"INSERT INTO customer VALUES ({', '.join('?' * 12)})", rows)
    db.execute("COMMIT")
"""


class Cost(NamedTuple):
    """What one process took: seconds, seconds of the processor, and at its peak MB."""

    seconds: float
    busy: float
    memory: float


def main() -> None:
    """Make the sheets, import each in a book of its own, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--books", type=Path, default=HERE / "books", help="folder in which the sheets are kept")
    parser.add_argument("--customers", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--kinds", nargs="+", default=["csv", "xlsx"])
    parser.add_argument("--runs", type=int, default=3, help="of the sizes below 100,000; those are measured once")
    given = parser.parse_args()
    given.books.mkdir(parents=True, exist_ok=True)
    table = []
    with environment() as env:
        for count in given.customers:
            for kind in given.kinds:
                file = _sheet(given.books / f"sheet-{count}.{kind}", count)
                table += _measured(file, count, given.runs if count < 100_000 else 1, env)
    header = ["", "seconds", "of the processor", "rows/s", "MB above an empty list", "÷ floor"]
    show("Import of a sheet", header, table)


def _measured(file: Path, count: int, runs: int, env: dict[str, str]) -> list[list[object]]:
    costs: dict[str, list[Cost]] = {}
    for _ in range(runs):
        with TemporaryDirectory(dir=file.parent) as folder:
            book = Path(folder) / "book.db"
            empty = _run(crm(book, "due"), env)
            steps = {
                "import": crm(book, "import", str(file), "--yes"),
                "once more": crm(book, "import", str(file), "--yes"),
                "undo": crm(book, "undo"),
            }
            if file.suffix == ".csv":
                steps["floor"] = [sys.executable, "-c", FLOOR, str(file), str(book.with_name("floor.db"))]
            for name, command in steps.items():
                spent = _run(command, env)
                costs.setdefault(name, []).append(spent._replace(memory=spent.memory - empty.memory))
                size = book.stat().st_size / 1e6
                told = f"{spent.seconds:.1f} s, {spent.busy:.1f} of the processor, {spent.memory:.0f} MB"
                print(f"{file.name}: {name} {told}, book {size:.0f} MB", file=sys.stderr, flush=True)
    medians = {name: Cost(*map(median, zip(*each, strict=True))) for name, each in costs.items()}
    floor = medians.get("floor")
    return [
        [
            f"{file.name}, {name}",
            seconds,
            busy,
            round(count / seconds),
            round(memory),
            busy / floor.busy if floor else "",
        ]
        for name, (seconds, busy, memory) in medians.items()
    ]


def _run(command: list[str], env: dict[str, str]) -> Cost:
    begun = time.perf_counter()
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return Cost(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


# The sheets ----------------------------------------------------------------------------------------------------------


def _sheet(file: Path, count: int) -> Path:
    """The file with so many customers, made where it is not there yet."""
    if not file.exists():
        (_write_csv if file.suffix == ".csv" else _write_workbook)(file, _rows(count))
    return file


def _write_csv(file: Path, rows: Iterator[tuple[object, ...]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADERS, *rows])


def _write_workbook(file: Path, rows: Iterator[tuple[object, ...]]) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Customers")
    for row in (HEADERS, *rows):
        sheet.append(row)
    book.save(file)


def _rows(count: int) -> Iterator[tuple[object, ...]]:
    """Customers of different names, nine in ten with a contact of the past, seven in ten with a next step."""
    rng = random.Random(1)
    chinese, others = sample_places(rng)
    said = [note for note in sample_notes(rng) if note.text]
    taken: set[str] = set()
    for number in range(count):
        is_chinese = rng.random() < 0.45
        place = rng.choice(chinese if is_chinese else others)
        while company_key(name := _name(rng, place.city, place.country, place.form, is_chinese)) in taken:
            pass
        taken.add(company_key(name))
        person, mailbox = sample_person(rng, is_chinese)
        land = country(place.country)
        assert land
        note, last = rng.choice(said), TODAY - timedelta(1 + int(rng.expovariate(1 / 40)))
        next_on: date | None = TODAY + timedelta(rng.randrange(-5, 40)) if rng.random() < 0.7 else None
        contacted = rng.random() < 0.9
        tags = rng.sample([pair[is_chinese] for pair in words.TAGS], rng.choice((0, 1, 1, 2)))
        yield (
            name, f"{land.zh} / {place.city}" if is_chinese else land.en, person, f"{mailbox}{number}@firma{number}.example",
            f"+{land.dial} {rng.randrange(20, 90)} 55{number // 10_000:02} {number % 10_000:04}",
            rng.choice(list(STAGES.values())), last if contacted else None, note.channel if contacted else None,
            note.text if contacted else None, next_on, ("寄样品" if is_chinese else "send offer") if next_on else None,
            "、".join(tags) if is_chinese else ", ".join(tags),
        )  # fmt: skip


def _name(rng: random.Random, city: str, code: str, form: str, is_chinese: bool) -> str:
    if is_chinese:
        return f"{city}{''.join(rng.choices(names.CHINESE_BRAND, k=3))}{rng.choice(names.CHINESE_TRADES)}{form}"
    first, second = rng.choice(names.ADJECTIVES), rng.choice(names.NOUNS)
    return f"{first} {second} {rng.choice(names.LAST_NAMES)} {form}"


if __name__ == "__main__":
    main()
