"""The book: one open database, its operations and their history. The port behind which everything that is only SQLite's sits.

Lists are read over the bare connection; peewee, which takes a quarter of a script's start, is loaded with the first model
query and runs over the same connection.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from ..domain.messages import N_, Message, Problem
from ..domain.priority import Engine
from ..whole_files import followed
from .connecting import NEVER_WRITTEN, Stopped, connect, connect_to_read, numbers_inside, problem_of, translated
from .files import book_exists, can_be_written, check_book_file, place_of

if TYPE_CHECKING:
    from peewee import Query, SqliteDatabase

    from .gathering import Gathered

Params = Sequence[object]
Tell = Callable[[str, int, int], None]
"""Is told what is being done (a phrase to translate), how many are done, and of how many."""

_STEPS_BETWEEN_ASKING = 2_000
"""Steps of the engine, some ten microseconds."""
APPLICATION_ID = 0x63726D31
"""Marks the file as a book of this program ("crm1"), in SQLite's application_id."""
VERSION = 7
"""Version of the tables this program knows: the number of its migrations."""
SEARCH_REBUILT_TO = "index"
"""The note that says up to which customer the search index is rebuilt; without it the index is whole."""


def new_uid() -> str:
    """A fresh name for a row that is the same on every machine."""
    return os.urandom(8).hex()


@lru_cache(maxsize=1_024)
def instant_text(at: datetime) -> str:
    """An aware datetime as stored: `2026-11-21T08:30:00.000Z`, so that text order is time order."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"


def instant(text: str) -> datetime:
    """The aware UTC datetime that `instant_text` wrote."""
    return datetime.fromisoformat(text)


class Book:
    """An open book. Every write happens inside `operation`, which is one transaction and one entry of history."""

    def __init__(self, path: Path, engine: Engine) -> None:
        """Open the book at `path`, making it when there is none. Raises Problem when it cannot be used."""
        self.path = path
        self.engine = engine
        self._local = threading.local()
        followed(path)
        if not book_exists(path):
            from .migrations import create

            create(path)
        in_head = check_book_file(path)
        self.encrypted = in_head is None
        if in_head is None:
            in_head = numbers_inside(path)
        if in_head != (APPLICATION_ID, VERSION):  # opening a database of another program would change it already
            from .migrations import check_known

            check_known(path, *in_head)
        self.read_only = not can_be_written(path)
        with translated(path):
            self._check_version()
        self._place = place_of(path)

    @property
    def connection(self) -> Any:
        """This thread's connection."""
        try:
            return self._local.connection
        except AttributeError:
            self._local.connection = connect_to_read(self.path) if self.read_only else connect(self.path)
            return self._local.connection

    @property
    def db(self) -> SqliteDatabase:
        """peewee over this thread's connection."""
        if not hasattr(self._local, "db"):
            from .models import over

            self._local.db = over(self.connection)
        found: SqliteDatabase = self._local.db
        return found

    def close(self) -> None:
        """Close this thread's connection; the last one folds the write-ahead log in."""
        if hasattr(self._local, "connection"):
            self._local.connection.close()
            self._local.__dict__.clear()

    # Reading -----------------------------------------------------------------------------------------------------

    def rows(self, sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        try:
            found: list[tuple[Any, ...]] = self.connection.execute(sql, params).fetchall()
        except dbapi2.Error as error:
            raise problem_of(error, self.path) from error
        return found

    def value(self, sql: str, params: Params = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.rows(sql, params)
        return found[0][0] if found else None

    @contextmanager
    def stopping(self, stop: Callable[[], bool] | None) -> Iterator[None]:
        """Ask `stop` again and again while this thread reads; once it says so, raise `Stopped`. Whoever is asked already
        around it is asked as well."""
        if stop is None:
            yield
            return
        outer = getattr(self._local, "stop", None)
        self._ask(stop if outer is None else lambda: stop() or outer())
        try:
            yield
        finally:
            self._ask(outer)

    def _ask(self, stop: Callable[[], bool] | None) -> None:
        self._local.stop = stop
        self.stop_too(self.connection)

    def stop_too(self, connection: Any) -> None:
        """Have another connection of this thread stop when this one does."""
        stop = getattr(self._local, "stop", None)
        connection.set_progress_handler(stop, _STEPS_BETWEEN_ASKING if stop else 0)

    @contextmanager
    def telling(self, tell: Tell | None) -> Iterator[None]:
        """Have long work of this thread tell what it is at, how many rows are done, and of how many."""
        self._local.tell = tell
        try:
            yield
        finally:
            self._local.tell = None

    def tell(self, what: str, done: int, total: int) -> None:
        """Tell whoever wants to know how far it is. Raises Stopped where it is not wanted any more."""
        tell = getattr(self._local, "tell", None)
        if tell is not None:
            tell(what, done, total)
        self.go_on()

    def go_on(self) -> None:
        """Raise Stopped where what this thread is at is not wanted any more."""
        stop = getattr(self._local, "stop", None)
        if stop is not None and stop():
            raise Stopped

    def data_version(self) -> int:
        """A number that changes when another program has written to the book."""
        return int(self.value("PRAGMA data_version"))

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Have this thread read one state of the book, whatever is written meanwhile. Not inside an operation."""
        with translated(self.path):
            self.connection.execute("BEGIN")
            try:
                self.connection.execute("SELECT 1 FROM meta LIMIT 1").fetchone()  # only reading begins the state
                yield
            finally:
                self.connection.execute("ROLLBACK")

    # Writing -----------------------------------------------------------------------------------------------------

    @contextmanager
    def operation(
        self, actor: str, at: datetime, label: Message, kind: str = "do", reverts: int | None = None
    ) -> Iterator[int]:
        """One user action: begin, write, bring everything derived up to date, commit. Yields the operation's id.

        All or nothing: any exception rolls everything back. Raises Problem when the disk is full, the book is locked by
        another program for longer than five seconds, or it cannot be written.
        """
        self._check_place()
        with translated(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                op_id = self._begin(actor, at, label, kind, reverts)
                yield op_id
                if kind == "do" and not self.rows("SELECT 1 FROM change WHERE op_id = ? LIMIT 1", (op_id,)):
                    self.connection.execute("ROLLBACK")  # nothing changed: nothing to undo
                    return
                self._finish(op_id)
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def run(self, sql: str, params: Params = ()) -> Any:
        """One writing statement inside an operation; returns the cursor."""
        return self.connection.execute(sql, params)

    def never_wait(self) -> None:
        """From now on, do not wait until what is written is on the disk: for a book that is made in a file of its own."""
        self.run("PRAGMA synchronous = off")

    def execute(self, query: Query) -> Any:
        """A writing peewee query inside an operation: the new id of an insert, else how many rows it changed."""
        with translated(self.path):
            return query.execute(self.db)

    def run_many(self, sql: str, rows: Sequence[Params]) -> None:
        """One writing statement for many rows; ten times faster than a model at a time."""
        self.connection.executemany(sql, rows)

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Inside an operation: have new rows of this thread written together at the end, ten times as fast. Until then they
        can be referred to, but not read."""
        from .gathering import Gathered

        self._local.gathered = gathered = Gathered(self)
        try:
            yield
            gathered.write()
        finally:
            self._local.gathered = None

    @property
    def gathered(self) -> Gathered | None:
        """Where new rows of this thread go for now; None where they are written at once."""
        found: Gathered | None = getattr(self._local, "gathered", None)
        return found

    @property
    def stood(self) -> set[int]:
        """New customers of the operation at hand whose standing has been written with them, and is not to be worked out any more."""
        found: set[int] = self._local.stood
        return found

    def note(self, key: str) -> str | None:
        """A line the program has written for itself. Raises Problem where it is no text any more."""
        found = self.value("SELECT value FROM meta WHERE key = ?", (key,))
        if found is None or isinstance(found, str):
            return found
        raise Problem(NEVER_WRITTEN, file=self.path, which="meta.value")

    def keep_note(self, key: str, value: str) -> None:
        """Write such a line, where anything can be written; it is no change of the user's and has no history."""
        if not self.read_only:
            self.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @contextmanager
    def upkeep(self) -> Iterator[None]:
        """One transaction for what is derived: no history, since nothing of the user's changes."""
        self._check_place()
        with translated(self.path), self.connection:
            self.connection.execute("BEGIN IMMEDIATE")
            yield

    def reweigh(self, engine: Engine, only_weights: bool = False) -> None:
        """Bring every standing up to date with new weights and rhythms; much quicker where no rhythm is new. All or nothing."""
        from . import standing

        before, self.engine = self.engine, engine
        try:
            with self.upkeep():
                (standing.reweigh if only_weights else standing.rebuild)(self)
        except BaseException:
            self.engine = before
            raise

    def _begin(self, actor: str, at: datetime, label: Message, kind: str, reverts: int | None) -> int:
        cursor = self.connection.execute(
            "INSERT INTO op (uid, actor, at, kind, label, detail, reverts) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (new_uid(), actor, instant_text(at), kind, label.template, _detail(label), reverts),
        )
        op_id = int(cursor.lastrowid)
        self._local.stood = set()
        self.connection.execute("UPDATE op_now SET op_id = ?", (op_id,))
        return op_id

    def _finish(self, op_id: int) -> None:
        from . import sealing, standing

        standing.refresh_touched(self, op_id)
        sealing.seal(self, op_id)
        self.connection.execute("UPDATE op_now SET op_id = NULL")

    def _check_place(self) -> None:
        """Raise Problem where a write would be refused, or would go into a file that no longer is the book: a program that
        synchronises folders puts another in its place, and what is written to the old one is gone."""
        if self.read_only:
            raise Problem(
                N_(
                    "{file} can only be read here, so nothing was saved. Copy it into a folder of your own to work with it."
                ),
                file=self.path,
            )
        if place_of(self.path) != self._place:
            raise Problem(
                N_("{file} was moved or replaced by another program while it was open, so nothing was saved. "
                   "Close crm, look which file is right, and open it again."),
                file=self.path,
            )  # fmt: skip

    def _check_version(self) -> None:
        from_file = (int(self.value("PRAGMA application_id")), int(self.value("PRAGMA user_version")))
        if from_file != (APPLICATION_ID, VERSION):
            if self.read_only:
                raise Problem(
                    N_(
                        "{file} is of an older version and can only be read here. Copy it into a folder of your own and open that."
                    ),
                    file=self.path,
                )
            from .migrations import upgrade

            upgrade(self.path, self.connection, *from_file)


def _detail(label: Message) -> str:
    import json

    return json.dumps({k: str(v) for k, v in label.values.items()}, ensure_ascii=False)
