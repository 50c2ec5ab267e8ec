"""What history costs, and what it gives: `python bench/history.py`.

Makes its own books and takes two to three minutes. The floor of a write is the same write without the triggers: then only
a bare row is noted for each customer and each log entry, since the program must know what to bring up to date. The floor
of a card is that of a customer with an empty log, opened in turns.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from common import TODAY, Terminal, arguments, crm, environment, median, milliseconds, p95, show

from tui_crm.config import Settings
from tui_crm.domain.messages import Message
from tui_crm.domain.values import Activity, Contact, Customer, NextStep, Quote, Reach
from tui_crm.store import trade, writing
from tui_crm.store.migrations import install_history
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
        on, off = (_book(Path(folder) / f"{name}.db", 1_000) for name in ("on", "off"))
        with _bare(off):
            _writes(on, off, given.runs)
        _looking_back(on, given.runs)
        _cards(Path(folder), max(10, given.runs // 10))


# Writing -------------------------------------------------------------------------------------------------------------


def _writes(on: Session, off: Session, runs: int) -> None:
    logs: dict[str, list[float]] = {"on": [], "off": []}
    imports: dict[str, list[float]] = {"on": [], "off": []}
    rng = random.Random(1)
    for number in range(runs):
        for name, session in rng.sample((("on", on), ("off", off)), 2):
            customer = 1 + number % 1_000
            logs[name].append(milliseconds(lambda s=session, c=customer: logging.log(s, c, LINE)))
    for number in range(7):
        for name, session in rng.sample((("on", on), ("off", off)), 2):
            imports[name].append(milliseconds(lambda s=session, n=number: _import(s, 500, f"{n}/")))
    table = [
        [what, median(times["off"]), median(times["on"]), min(times["off"]), min(times["on"]),
         median(times["on"]) / median(times["off"])]
        for what, times in (("a log entry", logs), ("500 customers, 5,000 entries", imports))
    ]  # fmt: skip
    header = ["", "without ms", "with ms", "without, best", "with, best", "with ÷ without"]
    show("A write with and without history", header, table)


@contextmanager
def _bare(session: Session) -> Iterator[None]:
    """No triggers; a bare row for each customer and each log entry instead."""
    book, add_customer, add_activity = session.book, writing.add_customer, writing.add_activity
    for table in TRACKED:
        for event in ("insert", "update", "delete"):
            book.run(f"DROP TRIGGER history_{table}_{event}")
    note = "INSERT INTO change (op_id, tbl, row_id, customer_id, new) SELECT op_id, ?, ?, ?, ? FROM op_now"

    def bare_customer(to: Any, customer: Customer, today: date) -> int:
        made = add_customer(to, customer, today)
        if to is book:
            book.run(note, ("customer", made, made, None))
        return made

    def bare_activity(to: Any, customer: int, activity: Activity) -> int:
        made = add_activity(to, customer, activity)
        if to is book:
            told = json.dumps({"customer_id": customer, "note": activity.note}, ensure_ascii=False)
            book.run(note, ("activity", made, customer, told))
        return made

    writing.add_customer, writing.add_activity = bare_customer, bare_activity
    try:
        yield
    finally:
        writing.add_customer, writing.add_activity = add_customer, add_activity
        install_history(book.connection)


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
        "history, searched, nothing fits": lambda: history.operations(session, 100, keep=lambda *_: False),
        "undo and redo of one before the last": lambda: (history.undo(session, spot), history.redo(session, spot)),
    }
    table = []
    for what, read in reads.items():
        times = [milliseconds(read) for _ in range(max(5, runs // 30))]
        table.append([what, median(times), max(times)])
    show(f"Looking back, {changes:,} changes in {operations:,} operations", ["", "median ms", "worst ms"], table)


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
    """From Enter in the list until the card's log is on the terminal."""
    texts = {"empty": b"nothing logged yet", "busy": b"asked for the drawing, 0"}
    times: dict[str, list[float]] = {name: [] for name in texts}
    with environment() as env:
        for name, text in texts.items():
            db = folder / f"{name}.db"
            session = open_session(db, Settings(name="mei"), Clock(TODAY))
            if name == "busy":
                _busy(session)
            else:
                customers.add_customer(session, Customer("Empty GmbH", "DE", owner="mei"))
            session.close()
            with Terminal(crm(db), env | {"USER": "mei", "LOGNAME": "mei"}) as terminal:
                terminal.until(f"{name.capitalize()} GmbH")
                terminal.press("2")  # everyone: whoever is in the book
                terminal.quiet()
                for _ in range(runs):
                    terminal.press("\r")
                    times[name].append(terminal.until(text.decode()))
                    terminal.quiet()
                    terminal.press("q")
                    terminal.quiet()
    floor = median(times["empty"])
    names = {"empty": "an empty log", "busy": f"{ENTRIES:,} entries, 40 quotes"}
    table = [[names[name], median(opened), p95(opened), median(opened) - floor] for name, opened in times.items()]
    show("Enter to the card's log on the terminal", ["", "median ms", "p95 ms", "more than empty, ms"], table)


if __name__ == "__main__":
    main()
