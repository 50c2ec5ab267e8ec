"""Making a book, and bringing an older one up to date: numbered, each migration whole or not at all."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from ..domain.messages import N_, Problem
from . import keys, schema
from .book import APPLICATION_ID, VERSION
from .connecting import connect, translated
from .files import create_book_file, keep_copy

_LEFT_BEHIND = 3600
"""Seconds after which an unfinished copy beside the book belongs to nobody any more."""


def create(path: Path) -> None:
    """Make an empty book at `path`. Raises Problem where it cannot be made."""
    create_book_file(path, _fill)


def check_known(path: Path, application_id: int, version: int) -> None:
    """Raise Problem for a database of another program or a book of a newer version of this one."""
    if application_id != APPLICATION_ID:
        raise Problem(
            N_("{file} is a database of another program; nothing in it was touched. Name another file with --db."),
            file=path,
        )
    if version > VERSION:
        raise Problem(
            N_(
                "{file} was written by a newer crm (book version {theirs}, this one knows {ours}). Update crm; nothing was touched."
            ),
            file=path,
            theirs=version,
            ours=VERSION,
        )


def upgrade(path: Path, connection: Any, application_id: int, version: int) -> None:
    """Bring a book of an older version up to date, after a backup beside it. Raises Problem, with nothing touched, for what
    `check_known` refuses."""
    check_known(path, application_id, version)
    backup = path.with_name(f"{path.stem}.before-v{version + 1}.db")
    if not backup.exists():
        keys.sweep(path, time.time() - _LEFT_BEHIND)
        keep_copy(connection, path.with_name(f".{path.name}.{os.getpid()}.new"), backup)
    _migrate(connection, version)


def _fill(path: Path) -> None:
    with translated(path):
        connection = connect(path)
        try:
            fill(connection)
            connection.execute("PRAGMA journal_mode = delete")  # one file, whole, before it gets its name
        finally:
            connection.close()


def fill(connection: Any) -> None:
    """Make the tables of a book in an empty database."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    _migrate(connection, 0)


def _migrate(connection: Any, version: int) -> None:
    """Run the migrations after `version` and renew the history triggers."""
    for number, script in enumerate(schema.MIGRATIONS[version:], version + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            if (
                connection.execute("PRAGMA user_version").fetchone()[0] >= number
            ):  # another program has done it meanwhile
                connection.execute("ROLLBACK")
                continue
            for statement in _statements(script):
                connection.execute(statement)
            install_history(connection)
            connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def install_history(connection: Any) -> None:
    """(Re)create the triggers on every tracked table there is, with its columns as they are now."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in (table for table in schema.TRACKED if table in there):
        for event in ("insert", "update", "delete"):
            connection.execute(f"DROP TRIGGER IF EXISTS history_{table}_{event}")
        for trigger in schema.history_triggers(table, columns_of(connection, table)):
            connection.execute(trigger)


def columns_of(connection: Any, table: str) -> list[str]:
    """Column names of a table, in order."""
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _statements(script: str) -> list[str]:
    lines = (line for line in script.splitlines() if not line.strip().startswith("--"))
    return [s for s in (part.strip() for part in "\n".join(lines).split(";")) if s]
