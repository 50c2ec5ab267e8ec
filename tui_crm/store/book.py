"""The book: one open database, its operations and their history. The port behind which everything that is only SQLite's sits."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from peewee import DatabaseError, OperationalError, PeeweeException
from playhouse.sqlcipher_ext import SqlCipherDatabase

from ..domain.messages import Message, N_, Problem
from ..domain.priority import Engine
from . import schema, standing
from .files import check_book_file, create_book_file
from .models import instant_text

Params = Sequence[object]

_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",  # NORMAL loses acknowledged saves at a power cut
    "foreign_keys": 1,
    "recursive_triggers": 1,  # else INSERT OR REPLACE deletes without history
    "secure_delete": 1,
    "cache_size": -16384,
    "temp_store": "memory",
}
_BUSY_SECONDS = 5


def new_uid() -> str:
    """A fresh name for a row that is the same on every machine."""
    return secrets.token_hex(8)


class Book:
    """An open book. Every write happens inside `operation`, which is one transaction and one entry of history."""

    def __init__(self, path: Path, engine: Engine) -> None:
        """Open the book at `path`, making it when there is none. Raises Problem when it cannot be used."""
        self.path = path
        self.engine = engine
        self._operation: int | None = None
        if not path.exists():
            create_book_file(path, self._fill)
        check_book_file(path)
        self.db = self._connect(path)
        try:
            with translated(path):
                self._check_version()
        except BaseException:
            self.db.close()
            raise

    def close(self) -> None:
        """Close the file; the write-ahead log is folded in."""
        self.db.close()

    # Reading -----------------------------------------------------------------------------------------------------

    def rows(self, sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with translated(self.path):
            return list(self.db.execute_sql(sql, params).fetchall())

    def value(self, sql: str, params: Params = ()) -> Any:
        """The first column of the first row, or None."""
        with translated(self.path):
            row = self.db.execute_sql(sql, params).fetchone()
        return row[0] if row else None

    def data_version(self) -> int:
        """A number that changes when another program has written to the book."""
        return int(self.value("PRAGMA data_version"))

    # Writing -----------------------------------------------------------------------------------------------------

    @contextmanager
    def operation(self, actor: str, at: datetime, label: Message, kind: str = "do", reverts: int | None = None) -> Iterator[int]:  # noqa: E501
        """One user action: begin, write, bring everything derived up to date, commit. Yields the operation's id.

        All or nothing: any exception rolls everything back. Raises Problem when the disk is full, the book is locked by
        another program for longer than five seconds, or it cannot be written.
        """
        with translated(self.path):
            self.db.execute_sql("BEGIN IMMEDIATE")
            try:
                op_id = self._begin(actor, at, label, kind, reverts)
                yield op_id
                self._finish(op_id)
                self.db.execute_sql("COMMIT")
            except BaseException:
                if self.db.connection().in_transaction:
                    self.db.execute_sql("ROLLBACK")
                raise
            finally:
                self._operation = None

    def run(self, sql: str, params: Params = ()) -> Any:
        """One writing statement inside an operation; returns the cursor."""
        return self.db.execute_sql(sql, params)

    def run_many(self, sql: str, rows: Sequence[Params]) -> None:
        """One writing statement for many rows; ten times faster than a model at a time."""
        self.db.connection().executemany(sql, rows)

    def reweigh(self, engine: Engine) -> None:
        """Bring every standing up to date with new weights and rhythms; no history, since nothing of the user's changes."""
        self.engine = engine
        with translated(self.path), self.db.atomic("IMMEDIATE"):
            standing.rebuild(self)

    def _begin(self, actor: str, at: datetime, label: Message, kind: str, reverts: int | None) -> int:
        cursor = self.db.execute_sql(
            "INSERT INTO op (uid, actor, at, kind, label, detail, reverts) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (new_uid(), actor, instant_text(at), kind, label.template, _detail(label), reverts),
        )
        op_id = int(cursor.lastrowid)
        self.db.execute_sql("UPDATE op_now SET op_id = ?", (op_id,))
        self._operation = op_id
        return op_id

    def _finish(self, op_id: int) -> None:
        standing.refresh_touched(self, op_id)
        self.db.execute_sql("UPDATE op_now SET op_id = NULL")

    # Opening -----------------------------------------------------------------------------------------------------

    def _connect(self, path: Path) -> SqlCipherDatabase:
        return SqlCipherDatabase(str(path), pragmas=_PRAGMAS, timeout=_BUSY_SECONDS)

    def _fill(self, path: Path) -> None:
        db = SqlCipherDatabase(str(path), pragmas={"synchronous": "full"})
        try:
            with translated(path):
                db.execute_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
                migrate(db, 0)
        finally:
            db.close()

    def _check_version(self) -> None:
        kind = int(self.db.execute_sql("PRAGMA application_id").fetchone()[0])
        version = int(self.db.execute_sql("PRAGMA user_version").fetchone()[0])
        if kind != schema.APPLICATION_ID:
            raise Problem(N_("{file} is a database of another program; nothing in it was touched. Name another file with --db."), file=self.path)  # noqa: E501
        if version > schema.VERSION:
            raise Problem(
                N_("{file} was written by a newer crm (book version {theirs}, this one knows {ours}). Update crm; nothing was touched."),  # noqa: E501
                file=self.path,
                theirs=version,
                ours=schema.VERSION,
            )
        if version < schema.VERSION:
            self._backup_before_migration(version)
            migrate(self.db, version)

    def _backup_before_migration(self, version: int) -> None:
        target = self.path.with_name(f"{self.path.stem}.before-v{version + 1}.db")
        if not target.exists():
            self.db.execute_sql("VACUUM INTO ?", (str(target),))
            target.chmod(0o600)


def migrate(db: SqlCipherDatabase, version: int) -> None:
    """Run the migrations after `version`, each whole or not at all, and renew the history triggers."""
    for number, script in enumerate(schema.MIGRATIONS[version:], version + 1):
        with db.atomic("IMMEDIATE"):
            for statement in _statements(script):
                db.execute_sql(statement)
            install_history(db)
            db.execute_sql(f"PRAGMA user_version = {number}")


def install_history(db: SqlCipherDatabase) -> None:
    """(Re)create the triggers on every tracked table, with its columns as they are now."""
    for table in schema.TRACKED:
        for event in ("insert", "update", "delete"):
            db.execute_sql(f"DROP TRIGGER IF EXISTS history_{table}_{event}")
        for trigger in schema.history_triggers(table, columns_of(db, table)):
            db.execute_sql(trigger)


def columns_of(db: SqlCipherDatabase, table: str) -> list[str]:
    """Column names of a table, in order."""
    return [row[1] for row in db.execute_sql(f"PRAGMA table_info({table})").fetchall()]


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the engine's errors into a Problem that says what to do. Disk-full hides in peewee's `__context__`."""
    try:
        yield
    except PeeweeException as error:
        raise _problem(error, path) from error


def _problem(error: PeeweeException, path: Path) -> Problem:
    said = " ".join(str(e) for e in _chain(error)).lower()
    if "disk is full" in said:
        return Problem(N_("The disk is full: nothing was saved. Free some space and try again; what is in the book is safe."))
    if "locked" in said or "busy" in said:
        return Problem(N_("Another program is writing to the book. Nothing was saved; try again in a moment."))
    if "readonly" in said or "read-only" in said or "unable to open" in said:
        return Problem(N_("{file} cannot be written: check the rights of the file and its folder."), file=path)
    if "malformed" in said or "not a database" in said:
        return Problem(N_("{file} is damaged or not a book. Keep it, and restore a backup beside it."), file=path)
    if isinstance(error, OperationalError | DatabaseError) and "disk i/o" in said:
        return Problem(N_("The disk reported an error: nothing was saved. Check the disk before you go on."))
    raise error


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _detail(label: Message) -> str:
    return json.dumps({k: str(v) for k, v in label.values.items()}, ensure_ascii=False)


def _statements(script: str) -> list[str]:
    lines = (line for line in script.splitlines() if not line.strip().startswith("--"))
    return [s for s in (part.strip() for part in "\n".join(lines).split(";")) if s]
