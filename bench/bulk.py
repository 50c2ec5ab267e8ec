"""Acts on many customers at once, their undo and redo, and undo and redo of an import: `python bench/bulk.py --books DIR`.

Acts are on customers spread over the whole of a copy of each book, as those of a search are. Each act is one operation with
its history, the lists and the search brought up to date. The import is a sheet of `--imported` customers brought into an empty
book and into the smallest copy. Seconds of the processor are of this process and of those it begins; memory is the most that
this one held above an open book. The load of the machine at the time stands beside each figure. A search index that is left
to be made after the operation, as with a large import and its redo, is made in between and not counted.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter

from common import SIZES, book_file, parser, show
from search import opened

from tui_crm.usecases import bulk, history, importing, indexing
from tui_crm.usecases.session import Session

ACTS = (
    bulk.Act("temperature", "hot"), bulk.Act("tag", "fair 2026"), bulk.Act("snooze", "3d"), bulk.Act("archive"),
)  # fmt: skip
HEADER = ["book", "what", "customers", "s", "of the processor", "MB more", "load"]
Figures = list[object]


def main() -> None:
    """Measure each act, each undo and redo; print a table."""
    given = parser(__doc__, runs=1)
    given.add_argument("--most", type=int, nargs="+", default=[20_000, 100_000], help="customers that are acted on")
    given.add_argument("--imported", type=int, default=100_000, help="customers of the sheet; 0: no import")
    given.add_argument("--sizes", nargs="+", default=["1k", "100k"], choices=list(SIZES))
    asked = given.parse_args()
    table: list[Figures] = []
    with TemporaryDirectory(dir=asked.books) as folder:
        for size in asked.sizes:
            for most in sorted({min(most, SIZES[size]) for most in asked.most}):
                for act in ACTS * asked.runs:
                    table += _acted(_copy(book_file(asked.books, size), Path(folder)), size, most, act)
        if asked.imported:
            sheet = _sheet(Path(folder), asked.imported)
            for size in ("empty", asked.sizes[-1]):
                book = (
                    Path(folder) / "empty.db" if size == "empty" else _copy(book_file(asked.books, size), Path(folder))
                )
                table += _imported(book, size, sheet)
    show("Acts on many", HEADER, table)


def _copy(book: Path, folder: Path) -> Path:
    for stale in folder.glob("acted.db*"):
        stale.unlink()
    return Path(shutil.copy(book, folder / "acted.db"))


def _sheet(folder: Path, customers: int) -> Path:
    from importlib import import_module

    sheet: Path = import_module("import")._sheet(folder / f"sheet-{customers}.csv", customers)
    return sheet


def _acted(book: Path, size: str, most: int, act: bulk.Act) -> Iterator[Figures]:
    """What an act and its undo take."""
    session = opened(book)
    planned = bulk.plan(session, chosen(session, most), act)
    changed = len(planned.changed)
    yield [size, act.kind, changed, *measured(lambda: bulk.do(session, planned))]
    yield [size, f"{act.kind}, undone", changed, *measured(lambda: history.undo(session))]
    session.close()


def _imported(book: Path, size: str, sheet: Path) -> Iterator[Figures]:
    """What undo and redo of an import take."""
    session = opened(book)
    done = importing.apply_plan(session, importing.read_plan(session, sheet))
    indexing.rebuild_index(session, anew=False)
    session.close()
    session = opened(book)
    for name, turn in (("undone", history.undo), ("redone", history.redo)):
        figures = measured(lambda turn=turn: turn(session))  # type: ignore[misc]
        yield [size, f"import, {name}", done.new, *figures]
        indexing.rebuild_index(session, anew=False)
    session.close()


def chosen(session: Session, most: int) -> list[int]:
    """Customers who are not archived, spread over the book; where there are enough, none of them hot."""
    sql = "SELECT customer_id FROM standing WHERE stage <> '' ORDER BY temperature = 'hot', customer_id * 7919 % 1000003 LIMIT ?"
    return sorted(customer for (customer,) in session.book.rows(sql, (most,)))


def measured(work: Callable[[], object]) -> Sequence[object]:
    """Seconds, those of the processor, MB more than before at the most, and the machine's load."""
    Path("/proc/self/clear_refs").write_text("5")  # forgets the most memory held so far
    before, spent, begun = _most_memory(), _processor(), perf_counter()
    work()
    seconds = perf_counter() - begun
    row = [seconds, _processor() - spent, round(_most_memory() - before), os.getloadavg()[0]]
    print(*row, file=sys.stderr, flush=True)
    return row


def _processor() -> float:
    used = [getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _most_memory() -> float:
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    main()
