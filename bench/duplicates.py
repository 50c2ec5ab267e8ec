"""How well duplicates are found: precision, recall and F1 against listings whose true identity is known.

    python bench/duplicates.py chicago_orgs_true_ids.csv
    python bench/duplicates.py --books bench/books          how long a look through 100,000 customers takes

The file has the columns `True Id`, `Site name`, `Address`, `Zip` and `Phone`; rows of one `True Id` are one organisation. Each
row becomes a customer of a new book, with the fields it has, and the whole book is reviewed. A pair of rows is right when
both have the same `True Id`. The clusters are split in two halves by a seeded draw: weights were tried, and mistakes looked
at (`-v`), on the first only; the second was held out. Each half is reviewed as a book of its own, then all rows together; the same again without street
and postcode, which most books of customers do not have.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from common import book_file, median, milliseconds, show

from tui_crm.config import Settings
from tui_crm.domain.duplicates import LIKELY
from tui_crm.domain.messages import Message
from tui_crm.domain.text import clean
from tui_crm.domain.values import Contact, Customer, Reach
from tui_crm.store import writing
from tui_crm.usecases.duplicates import Pair, review
from tui_crm.usecases.session import open_session

SEED = 2026
THRESHOLDS = (LIKELY - 20, LIKELY - 10, LIKELY, LIKELY + 10, LIKELY + 20, LIKELY + 30)
Row = dict[str, str]


def main() -> int:
    """What is asked for: the quality, the time, or both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--books", type=Path, help="folder of 100k.db")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "-v", "--verbose", type=int, default=0, metavar="N", help="show N wrong and N missed pairs each"
    )
    given = parser.parse_args()
    if given.books:
        timed(book_file(given.books, "100k"), given.runs)
    if given.file:
        measured(given.file, given.verbose)
    return 0


def timed(book: Path, runs: int) -> None:
    """Look through a large book, and tell how long it takes and how much memory."""
    session = open_session(book, Settings(name="bench"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    took = [milliseconds(lambda: review(session)) / 1000 for _run in range(runs)]
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    session.close()
    show("the whole book", ("book", "median s", "best s", "memory MB"), [(book.stem, median(took), min(took), memory)])


def measured(listings: Path, verbose: int) -> None:
    """Review the listings part by part, and print how right it is."""
    with listings.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    first, second = halves(rows)
    parts = {"first half": first, "held out": second, "all": rows}
    for places in (True, False):
        pairs = {name: found(part, places) for name, part in parts.items()}
        title = "with street and postcode" if places else "by name and phone alone"
        header = ("points", *(f"{name} {what}" for name in parts for what in ("P", "R", "F1")))
        table = [
            (f"≥ {least}", *(f"{number:.3f}" for name in parts for number in quality(parts[name], pairs[name], least)))
            for least in THRESHOLDS
        ]
        show(title, header, table)
        if verbose:
            explain(first, pairs["first half"], verbose)


def halves(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of one half of the clusters, and of the other."""
    ids = sorted({row["True Id"] for row in rows})
    random.Random(SEED).shuffle(ids)
    first = set(ids[: len(ids) // 2])
    return [row for row in rows if row["True Id"] in first], [row for row in rows if row["True Id"] not in first]


def found(rows: Sequence[Row], places: bool) -> dict[tuple[int, int], Pair]:
    """The pairs that a review of these rows names, by their numbers in `rows`."""
    with TemporaryDirectory() as folder:
        session = open_session(Path(folder) / "book.db", Settings(name="bench"))
        with session.operation(Message("rows")):
            numbers = {
                writing.add_customer(session.book, customer(row, places), session.today): number
                for number, row in enumerate(rows)
            }
        pairs = review(session, limit=sys.maxsize, least=min(THRESHOLDS))
        session.close()
    return {(numbers[pair.a.id], numbers[pair.b.id]): pair for pair in pairs}


def customer(row: Row, places: bool) -> Customer:
    """A row as a customer with the fields it has."""
    own = {"Address": clean(row["Address"]), "Zip": clean(row["Zip"])} if places else {}
    return Customer(clean(row["Site name"]), "US", custom=own, contacts=tuple(people(row)))


def people(row: Row) -> list[Contact]:
    """The one number of a row; the file's have no area code, so that none is checked."""
    return [Contact("", reaches=(Reach("phone", row["Phone"]),), main=True)] if row["Phone"] else []


def quality(rows: Sequence[Row], pairs: dict[tuple[int, int], Pair], least: int) -> tuple[float, float, float]:
    """Precision, recall and F1 of the pairs with so many points."""
    sizes = Counter(row["True Id"] for row in rows).values()
    true = sum(size * (size - 1) // 2 for size in sizes)
    named = [ids for ids, pair in pairs.items() if pair.score >= least]
    right = sum(rows[a]["True Id"] == rows[b]["True Id"] for a, b in named)
    precision, recall = right / max(1, len(named)), right / max(1, true)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def explain(rows: Sequence[Row], pairs: dict[tuple[int, int], Pair], most: int) -> None:
    """Some pairs that are wrong, and some that are missed, of the half the rules may be looked at."""
    rng = random.Random(1)
    wrong = [i for i, pair in pairs.items() if pair.score >= LIKELY and rows[i[0]]["True Id"] != rows[i[1]]["True Id"]]
    by_id: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        by_id.setdefault(row["True Id"], []).append(number)
    missed = [
        (a, b) for same in by_id.values() for a in same for b in same
        if a < b and ((a, b) not in pairs or pairs[a, b].score < LIKELY)
    ]  # fmt: skip
    for title, ids in (("wrong", wrong), ("missed", missed)):
        print(f"\n{title}: {len(ids)}")
        for a, b in rng.sample(ids, min(most, len(ids))):
            pair = pairs.get((a, b))
            print(
                *(
                    f"  {clean(rows[at]['Site name'])} | {rows[at]['Address'].strip()} {rows[at]['Zip']} {rows[at]['Phone']}"
                    for at in (a, b)
                ),
                sep="\n",
            )
            print(
                "   ",
                pair and pair.score,
                [(reason.points, str(reason.message)) for reason in pair.reasons] if pair else "",
            )


if __name__ == "__main__":
    sys.exit(main())
