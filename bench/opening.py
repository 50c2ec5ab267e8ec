"""The quick look whether a book can be trusted, and what it is of opening it: `python bench/opening.py --books DIR`.

Works on a copy of the book, in which some customers are worked on first, so that there is a history to look at. The look is
taken on a thread of its own some seconds after the start, as the program does; opening is until the first page is read.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from common import TODAY, arguments, book_file, median, milliseconds, p95, show

from tui_crm.config import Settings
from tui_crm.usecases import agenda, backups, planning, trust
from tui_crm.usecases.session import Clock, Session, open_session

WORKED_ON = 60
"""Operations done before: twice as many as are looked at."""


def main() -> None:
    """Measure each size, print a table."""
    given = arguments(__doc__, runs=21)
    table: list[list[object]] = []
    for size in ("1k", "100k"):
        with TemporaryDirectory(dir=given.books) as folder:
            db = Path(folder) / f"{size}.db"
            shutil.copyfile(book_file(given.books, size), db)
            _work(db)
            opening, looks = [], []
            for _ in range(given.runs):
                opening.append(milliseconds(lambda path=db: _first_page(path).close()))  # type: ignore[misc]
                session = _open(db)
                looks.append(milliseconds(lambda session=session: trust.quick(session)))  # type: ignore[misc]
                assert trust.quick(session) is None, "a sound book is called unsound"
                session.close()
        table.append([size, median(looks), p95(looks), median(opening), f"{median(looks) / median(opening):.0%}"])
    show("A quick look at history", ["book", "median ms", "p95 ms", "opening ms", "share"], table)


def _open(db: Path) -> Session:
    return open_session(db, Settings(name="mei"), Clock(TODAY))


def _first_page(db: Path) -> Session:
    session = _open(db)
    agenda.agenda(session, 40)
    return session


def _work(db: Path) -> None:
    """Bring the book to this version, work on some customers, make a backup."""
    session = _open(db)
    for number in range(WORKED_ON):
        planning.snooze(session, number + 1, str(3 + number % 9))
    backups.back_up(session)
    session.close()


if __name__ == "__main__":
    main()
