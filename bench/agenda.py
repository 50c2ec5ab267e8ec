"""The agenda's first rows against reading everybody who is due and sorting: `python bench/agenda.py --books DIR`.

Both orders are compared over the whole agenda (over its first 20,000 places in the largest book). The worst hour is the
slowest of the 24 hours of the day: the clock at the customers' changes which part of each class comes first.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice

from common import SIZES, TODAY, arguments, book_file, median, milliseconds, show

from tui_crm.config import Settings
from tui_crm.domain.clocks import local_time
from tui_crm.store import agenda
from tui_crm.store.book import Book
from tui_crm.store.rows import agenda_rows

ROWS = 50
COMPARED = 20_000
NOW = datetime.combine(TODAY, datetime.min.time(), UTC) + timedelta(hours=3)


def main() -> None:
    """Measure every book, verify the order, print a table."""
    given = arguments(__doc__, runs=15)
    table = []
    for size in SIZES:
        book = Book(book_file(given.books, size), Settings().engine)
        ours = [milliseconds(partial(first_rows, book, NOW)) for _ in range(given.runs)]
        hours = [median_of_three(book, NOW + timedelta(hours=h)) for h in range(24)]
        counted = median([milliseconds(partial(agenda.count_due, book, TODAY, 1_000)) for _ in range(5)])
        naive = [milliseconds(partial(naive_order, book, NOW)) for _ in range(3)]
        everyone = naive_order(book, NOW)
        found = [due.customer for due in islice(agenda.due_customers(book, TODAY, NOW), COMPARED)]
        assert found == everyone[:COMPARED], f"{size}: the order differs from the naive sort"
        table.append([size, f"{len(everyone):,}", ours[0], median(ours), max(hours), counted, median(naive),
                      median(naive) / median(ours)])  # fmt: skip
        book.close()
    header = ["book", "due", "first ms", "median ms", "worst hour ms", "count ms", "naive ms", "naive ÷ ours"]
    show(f"Agenda, first {ROWS} rows, store and row values", header, table)
    print(f"Order equal to the naive sort: all, or the first {COMPARED:,}.")


def first_rows(book: Book, now: datetime) -> int:
    """What the agenda screen asks for: the order, then the rows as it shows them."""
    due = [each.customer for each in islice(agenda.due_customers(book, TODAY, now), ROWS)]
    return len(agenda_rows(book, due, TODAY, now))


def median_of_three(book: Book, now: datetime) -> float:
    """The same at another hour."""
    return median([milliseconds(partial(first_rows, book, now)) for _ in range(3)])


def naive_order(book: Book, now: datetime) -> list[int]:
    """Everybody who is due, scored one by one and sorted."""
    engine = book.engine
    clocks = {place: engine.clock(local_time(place, now)) for (place,) in book.rows("SELECT place FROM place")}
    scored = []
    for customer, temperature, weight, due_on, name_key, place in book.rows(
        "SELECT customer_id, temperature, weight, due_on, name_key, place FROM standing WHERE due_on <= ?",
        (TODAY.isoformat(),),
    ):
        late = engine.lateness(temperature, (TODAY - date.fromisoformat(due_on)).days)
        scored.append((-(weight + late + clocks[place]), due_on, name_key, customer))
    return [customer for *_, customer in sorted(scored)]


if __name__ == "__main__":
    main()
