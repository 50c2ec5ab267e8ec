"""Is the book in order: its pages, its links, its tables, and what is derived from them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlcipher3 import dbapi2

from ..domain.messages import N_, Problem
from . import migrations, schema, standing
from .connecting import translated
from .files import copy_whole
from .odd_values import lost_tables, odd_columns
from .rows import marks

if TYPE_CHECKING:
    from .book import Book

_DERIVED = ("find_customer_", "find_note_", "sqlite_")
"""How the tables begin that the engine makes and keeps for itself."""


class Part(NamedTuple):
    """One piece of a book's structure: `table`, `index` or `trigger`, and its name."""

    kind: str
    name: str


def damage(book: Book, most: int = 5) -> list[str]:
    """What is wrong with the file's pages and indexes, in the engine's words; the first `most` of it. A gigabyte takes
    some four seconds."""
    altered = book.rows("PRAGMA cipher_integrity_check") if book.encrypted else []  # each page is signed with the key
    said = [str(row[0]) for row in (*altered[:most], *book.rows(f"PRAGMA integrity_check({most})"))]
    return [] if said == ["ok"] else said


def odd_values(book: Book) -> list[str]:
    """Columns with values that crm never writes, such as bytes that are no text, and tables that are gone."""
    return lost_tables(book.connection) or odd_columns(book.connection)


def broken_links(book: Book) -> list[tuple[str, str]]:
    """Tables with rows whose owner is not there (table, table of the owner), each pair once."""
    return sorted({(str(row[0]), str(row[2])) for row in book.rows("PRAGMA foreign_key_check")})


def structure(book: Book) -> tuple[list[Part], list[Part]]:
    """What a book of this version should have and this one has not, or has otherwise; and what it should not have."""
    fresh = dbapi2.connect(":memory:", isolation_level=None)
    try:
        migrations.fill(fresh)
        wanted = _parts(fresh.execute(_STRUCTURE).fetchall())
    finally:
        fresh.close()
    found = _parts(book.rows(_STRUCTURE))
    missing = [part for part, sql in wanted.items() if found.get(part) != sql]
    return missing, [part for part in found if part not in wanted]


_STRUCTURE = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name"


def _parts(rows: Sequence[tuple[Any, ...]]) -> dict[Part, str]:
    return {Part(kind, name): " ".join(sql.split()) for kind, name, sql in rows if not name.startswith(_DERIVED)}


def history_is_written(book: Book) -> bool:
    """Whether the triggers that write history are there, each as it should be."""
    there = {sql for (sql,) in book.rows("SELECT sql FROM sqlite_master WHERE type = 'trigger'")}
    return all(
        trigger in there
        for table in schema.TRACKED
        for trigger in schema.history_triggers(table, migrations.columns_of(book.connection, table))
    )


def mend_structure(book: Book, missing: Sequence[Part]) -> None:
    """Make the indexes and the history triggers of `missing` anew; a missing table cannot be made good."""
    fresh = dbapi2.connect(":memory:", isolation_level=None)
    try:
        migrations.fill(fresh)
        scripts = {Part(kind, name): sql for kind, name, sql in fresh.execute(_STRUCTURE)}
    finally:
        fresh.close()
    with book.upkeep():
        for part in missing:
            if part.kind == "index":
                book.run(f'DROP INDEX IF EXISTS "{part.name}"')
                book.run(scripts[part])
        migrations.install_history(book.connection)


def wrong_standings(book: Book, customers: Sequence[int]) -> list[int]:
    """Those of `customers` whose place in the agenda does not follow from their rows. Works it out anew and takes that back."""
    stored = f"SELECT * FROM standing WHERE customer_id IN ({marks(customers)})"
    with translated(book.path):
        before = {row[0]: row for row in book.rows(stored, customers)}
        book.connection.execute("BEGIN IMMEDIATE")
        try:
            standing.refresh(book, customers)
            after = {row[0]: row for row in book.rows(stored, customers)}
        finally:
            book.connection.execute("ROLLBACK")
    return sorted(customer for customer in before.keys() | after.keys() if before.get(customer) != after.get(customer))


def mend_standings(book: Book) -> None:
    """Work out every place in the agenda anew."""
    with book.upkeep():
        standing.rebuild(book)


def back_up(book: Book, target: Path) -> None:
    """A copy of the whole book at `target`, where nothing may be yet. Raises Problem."""
    with translated(target):
        try:
            copy_whole(book.connection, target)
        except OSError as error:
            raise Problem(
                N_("The backup {file} cannot be written: {why}"), file=target, why=error.strerror or error
            ) from error
