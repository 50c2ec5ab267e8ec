"""What history costs, and what it gives: `python bench/history.py`.

Makes its own books and takes a minute or two. What the triggers cost is the difference between two books in which nothing
is derived, one with and one without them, taking turns; it is put against the whole write less that. The floor of a card
is that of a customer with an empty log.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from common import TODAY, Terminal, arguments, crm, environment, median, milliseconds, p95, show

from tui_crm.config import Settings
from tui_crm.domain.messages import Message
from tui_crm.domain.values import Activity, Contact, Customer, NextStep, Quote, Reach
from tui_crm.i18n import tell
from tui_crm.store import standing, trade, writing
from tui_crm.store.book import Book
from tui_crm.store.schema import TRACKED
from tui_crm.usecases import cards, customers, history, logging, planning
from tui_crm.usecases.session import Clock, Session, open_session

CHANGES = 1_000_000
ENTRIES = 5_000
LINE = "asked for the lead time, told 35 days >3d send offer #price-sensitive @wa !hot"


def main() -> None:
    """Measure, print three tables."""
    given = arguments(__doc__, runs=300)
    with TemporaryDirectory() as folder:
        _looking_back(_writes(Path(folder), given.runs), given.runs)
        _cards(Path(folder), max(10, given.runs // 10))


# Writing -------------------------------------------------------------------------------------------------------------


def _writes(folder: Path, runs: int) -> Session:
    """The same writes in three books: whole, and without what is derived with and without the triggers."""
    books = {name: _book(folder / f"{name}.db", 1_000) for name in ("whole", "triggers", "neither")}
    table = []
    with _derived_only_in(books["whole"]), _without_history(books["neither"]):
        for what, write, times in (
            ("a log entry", lambda session, n: logging.log(session, 1 + n % 1_000, LINE), runs),
            ("500 customers, 5,000 entries", lambda session, n: _import(session, 500, f"{n}/"), 9),
        ):
            table.append([what, *_share(books, write, times)])
    header = ["", "whole ms", "triggers ms", "without history ms", "history adds"]
    show("What history costs a write", header, table)
    return books["whole"]


def _share(books: dict[str, Session], write: Callable[[Session, int], object], runs: int) -> list[object]:
    times: dict[str, list[float]] = {name: [] for name in books}
    rng = random.Random(1)
    for number in range(runs):
        for name in rng.sample(list(books), len(books)):
            times[name].append(milliseconds(partial(write, books[name], number)))
    whole, triggers = median(times["whole"]), median(times["triggers"]) - median(times["neither"])
    return [whole, triggers, whole - triggers, f"{triggers / (whole - triggers):.0%}"]


@contextmanager
def _derived_only_in(session: Session) -> Iterator[None]:
    """The other books leave standings and search words as they are."""
    refresh = standing.refresh_touched

    def only_here(book: Book, op_id: int) -> None:
        if book is session.book:
            refresh(book, op_id)

    standing.refresh_touched = only_here
    try:
        yield
    finally:
        standing.refresh_touched = refresh


@contextmanager
def _without_history(session: Session) -> Iterator[None]:
    """No triggers; the program is told that something has changed by one bare row."""
    book = session.book
    for table in TRACKED:
        for event in ("insert", "update", "delete"):
            book.run(f"DROP TRIGGER history_{table}_{event}")
    book.run(
        "CREATE TRIGGER told AFTER UPDATE ON op_now WHEN NEW.op_id IS NOT NULL BEGIN "
        "INSERT INTO change (op_id, tbl, row_id) VALUES (NEW.op_id, '', 0); END"
    )
    book.close()  # on a connection that has seen its tables change, every statement stays slow
    yield


def _book(path: Path, count: int) -> Session:
    session = open_session(path, Settings(name="mei"), Clock(TODAY))
    _import(session, count, "")
    session.book.run("PRAGMA wal_checkpoint(TRUNCATE)")
    return session


def _import(session: Session, count: int, mark: str) -> None:
    """So many customers with ten entries, a promise and a remembered row each, as one operation."""
    with session.operation(Message("Imported {count} customers", {"count": count})):
        for number in range(count):
            reaches = (Reach("email", f"anna{number}@firma.example"), Reach("phone", f"+49 40 555{number:04}"))
            customer = Customer(f"Firma {mark}{number} GmbH", "DE", "Bonn", buys="bags and totes", owner="mei",
                                contacts=(Contact("Anna Schmidt", "CEO", reaches, True),))  # fmt: skip
            made = writing.add_customer(session.book, customer, session.today)
            for day in range(10):
                at = datetime(2026, 9, 1, 8, tzinfo=UTC) + timedelta(7 * day)
                entry = Activity(at, "email", "asked for the drawing, they need 5000 pcs", "contacted", "mei")
                writing.add_activity(session.book, made, entry)
            writing.set_next_step(session.book, made, NextStep(TODAY, "call", set_on=TODAY), "mei")
            writing.remember_imported(session.book, made, [f"{mark}{number}"])


# Looking back --------------------------------------------------------------------------------------------------------


def _looking_back(session: Session, runs: int) -> None:
    typical, busy = _typical(session), _busy(session)
    _fill_history(session)
    planning.snooze(session, typical, "5")
    spot = history.operations(session, 1)[0].id
    planning.set_grade(session, busy, "A")
    changes, operations = (session.book.value(f"SELECT count(*) FROM {table}") for table in ("change", "op"))
    reads = {
        "card as of a day, typical": lambda: cards.card_as_of(session, typical, TODAY),
        f"card as of a day, {ENTRIES:,} entries": lambda: cards.card_as_of(session, busy, TODAY),
        "history, newest 100": lambda: history.operations(session, 100),
        f"history of one customer, {ENTRIES:,} entries": lambda: history.operations(session, 100, busy),
        "history, searched, nothing fits": lambda: history.operations(session, 100, keep=_nothing_fits),
        "undo and redo of one before the last": lambda: (history.undo(session, spot), history.redo(session, spot)),
    }
    table = []
    for what, read in reads.items():
        times = [milliseconds(read) for _ in range(max(5, runs // 30))]
        table.append([what, median(times), max(times)])
    show(f"Looking back, {changes:,} changes in {operations:,} operations", ["", "median ms", "worst ms"], table)


def _nothing_fits(label: Message, actor: str, _at: datetime) -> bool:
    return "nothing fits" in f"{tell(label)} {actor}".casefold()


def _typical(session: Session) -> int:
    """A customer worked on for half a year."""
    made = customers.add_customer(session, Customer("Typical GmbH", "DE")).id
    for number in range(20):
        logging.log(session, made, f"{LINE} {number}")
        planning.snooze(session, made, "3")
    return made


def _busy(session: Session) -> int:
    made = customers.add_customer(session, Customer("Busy GmbH", "DE", owner="mei")).id
    with session.operation(Message("test")):
        for number in range(ENTRIES):
            at = datetime(2026, 11, 20, 8, tzinfo=UTC) - timedelta(hours=number)
            writing.add_activity(
                session.book, made, Activity(at, "email", f"asked for the drawing, {number}", "new", "mei")
            )
        for number in range(40):
            trade.add(session.book, made, Quote(TODAY - timedelta(number), "USD", 8600 + number))
    return made


def _fill_history(session: Session) -> None:
    """History up to a million changes, as entries of other customers, ten to an operation. The rows themselves are not
    there: nothing that is measured reads them."""
    book = session.book
    missing = CHANGES - book.value("SELECT count(*) FROM change")
    new = book.value("SELECT new FROM change WHERE tbl = 'activity' LIMIT 1")
    first = book.value("SELECT max(id) FROM op") + 1
    numbers = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)"
    book.run("BEGIN")
    book.run(
        f"{numbers} INSERT INTO op (id, uid, actor, at, kind, label, detail) SELECT ? + i, hex(randomblob(8)), 'mei', "
        "'2026-11-23T00:00:00.000Z', 'do', 'Logged {channel} with {name}', "
        "json_object('channel', 'email', 'name', 'Firma ' || (i % 9973)) FROM n",
        (missing // 10, first),
    )
    book.run(
        f"{numbers} INSERT INTO change (op_id, tbl, row_id, customer_id, new) "
        "SELECT ? + i / 10, 'activity', 10000000 + i, 100000 + i / 10 % 20000, ? FROM n",
        (missing // 10 * 10, first, new),
    )
    book.run("COMMIT")


# The card ------------------------------------------------------------------------------------------------------------


def _cards(folder: Path, runs: int) -> None:
    """From Enter in the list until the card's log is on the terminal; two programs, taking turns."""
    times: dict[str, list[float]] = {name: [] for name in _CARDS}
    for name in _CARDS:
        session = open_session(folder / f"{name}.db", Settings(name="mei"), Clock(TODAY))
        _busy(session) if name == "Busy" else customers.add_customer(session, Customer("Empty GmbH", "DE", owner="mei"))
        session.close()
    with environment() as env, ExitStack() as stack:
        open_programs = {
            name: stack.enter_context(Terminal(crm(folder / f"{name}.db"), env | {"USER": "mei", "LOGNAME": "mei"}))
            for name in _CARDS
        }
        for name, terminal in open_programs.items():
            terminal.until(f"{name} GmbH")
            terminal.press("2")  # everyone: whoever is in the book
            terminal.quiet()
        for _ in range(runs):
            for name, terminal in open_programs.items():
                terminal.press("\r")
                times[name].append(terminal.until(_CARDS[name][1]))
                terminal.quiet()
                terminal.press("q")
                terminal.quiet()
    floor = median(times["Empty"])
    table = [[_CARDS[name][0], median(opened), p95(opened), median(opened) - floor] for name, opened in times.items()]
    show("Enter to the card's log on the terminal", ["", "median ms", "p95 ms", "more than empty, ms"], table)


_CARDS = {
    "Empty": ("an empty log", "nothing logged yet"),
    "Busy": (f"{ENTRIES:,} entries, 40 quotes", "asked for the drawing, 0"),
}
"""What each card is called in the table, and what its log begins with."""


if __name__ == "__main__":
    main()
