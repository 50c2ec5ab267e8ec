"""What a bug report says of a book: how large it is and whether it opens. Nothing of what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..domain.messages import N_, Message, Problem
from ..store import about as store
from ..store.book import VERSION
from ..store.connecting import Stopped, connect_to_read, translated
from ..store.files import can_be_written, check_book_file
from ..store.migrations import check_known


@dataclass(frozen=True, slots=True)
class BookFacts:
    """A book from outside. `version` is that of its tables and `customers` the power of ten above their number, None where they
    are not to be had; `trouble` is why it cannot be used."""

    bytes: int = 0
    encrypted: bool = False
    read_only: bool = False
    version: int | None = None
    customers: int | None = None
    trouble: Message | None = None


def tables_known() -> int:
    """The version of the tables this program writes."""
    return VERSION


def engines() -> dict[str, str]:
    """The versions of the database's engine and of its cipher."""
    return store.engines()


def book_facts(path: Path) -> BookFacts | None:
    """Look at the book at `path` without changing it; None where there is none. An encrypted one stays shut."""
    try:
        if not path.exists():
            return None
        size, read_only = path.stat().st_size, not can_be_written(path)
    except OSError as error:
        return BookFacts(trouble=Message(N_("The system refused: {why}"), {"why": error.strerror or str(error)}))
    try:
        head = check_book_file(path)
        if head is None:
            return BookFacts(size, True, read_only)
        check_known(path, *head)
        with translated(path):
            version, count = store.version_and_count(connect_to_read(path))
    except Problem as problem:
        return BookFacts(size, False, read_only, trouble=problem.message)
    except Stopped:
        return BookFacts(size, False, read_only)
    return BookFacts(size, False, read_only, version, 10 ** len(str(count)))
