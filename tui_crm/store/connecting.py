"""Connections to a book: what every one of them is set to, the key of an encrypted one, and the engine's errors in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from ..domain.messages import N_, Problem
from .files import is_encrypted, uri

_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",  # NORMAL loses acknowledged saves at a power cut
    "fullfsync": "on",  # without it, macOS leaves them in the memory of the disk; nothing anywhere else
    "foreign_keys": "on",
    "recursive_triggers": "on",  # else INSERT OR REPLACE deletes without history
    "secure_delete": "on",
    "cache_size": "-16384",
    "temp_store": "memory",
}
_BUSY_SECONDS = 5

NEVER_WRITTEN = N_(
    "Another program has changed the book {file}: it holds what crm never writes ({which}). Restore a backup (crm restore)."
)


class Busy(Problem):
    """Another program is writing to the book, and did not end within the time that one waits."""


class Stopped(Exception):
    """Reading was broken off because its result is not wanted any more."""


def connect_to_read(path: Path) -> Any:
    """A connection to a book that cannot be written, such as one on a read-only disk."""
    # Without a log of unfinished writes the file is all there is, and needs no index beside it, which could not be made.
    path = path.resolve()  # which is where the engine puts the log, whatever link leads there
    settled = "&immutable=1" if not Path(f"{path}-wal").exists() else ""
    connection = dbapi2.connect(f"{uri(path)}?mode=ro{settled}", isolation_level=None, uri=True)
    try:
        _unlock(connection, path)
        connection.execute(f"PRAGMA cache_size = {_PRAGMAS['cache_size']}")
    except BaseException:
        connection.close()
        raise
    return connection


def numbers_inside(path: Path) -> tuple[int, int]:
    """application_id and user_version of an encrypted book. Raises Problem, such as where its passphrase was not given."""
    with translated(path):
        connection = connect_to_read(path)
        try:
            numbers = (
                connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
            )
            application_id, version = numbers
        finally:
            connection.close()
    return int(application_id), int(version)


def connect(path: Path) -> Any:
    """A connection with the settings every promise rests on; the file must exist."""
    try:
        return _connect(path, _PRAGMAS)
    except dbapi2.OperationalError as error:
        if "disk i/o" not in str(error).lower():
            raise
        # A full disk has no room for the index that the programs on one book share. Alone on it, the index is in memory.
        return _connect(path, {"locking_mode": "exclusive", **_PRAGMAS})


def _connect(path: Path, pragmas: Mapping[str, str]) -> Any:
    connection = dbapi2.connect(
        f"{uri(path.absolute())}?mode=rw", timeout=_BUSY_SECONDS, isolation_level=None, uri=True
    )
    try:
        _unlock(connection, path)
        for name, value in pragmas.items():
            connection.execute(f"PRAGMA {name} = {value}")
    except BaseException:
        connection.close()
        raise
    return connection


def _unlock(connection: Any, path: Path) -> None:
    """Give the connection of an encrypted book its key, before anything else is asked of it."""
    if is_encrypted(path):
        from .keys import unlock

        unlock(connection, path)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the engine's errors, bare or wrapped by peewee, into a Problem that says what to do."""
    try:
        yield
    except Exception as error:
        if isinstance(error, Problem) or not any(isinstance(e, dbapi2.Error) for e in _chain(error)):
            raise
        raise problem_of(error, path) from error


def problem_of(error: Exception, path: Path) -> Problem:
    """What an error of the engine means for the user. Raises `Stopped` where the engine was asked to stop, and the error itself
    where nothing is known of it."""
    said = " ".join(str(e) for e in _chain(error)).lower()
    if said.startswith("interrupted"):
        raise Stopped from error
    if "disk is full" in said:
        return Problem(
            N_("The disk is full: nothing was saved. Free some space and try again; what is in the book is safe.")
        )
    if "locked" in said or "busy" in said:
        return Busy(N_("Another program is writing to the book. Nothing was saved; try again in a moment."))
    if "readonly" in said or "read-only" in said or "unable to open" in said:
        return Problem(N_("{file} cannot be written: check the rights of the file and its folder."), file=path)
    if "malformed" in said or "not a database" in said:
        return Problem(N_("{file} is damaged or not a book. Keep it, and restore a backup beside it."), file=path)
    if "already exists" in said or "could not decode" in said:
        return Problem(N_("Another program has changed the book {file} ({why}). Restore a backup (crm restore)."),
                       file=path, why=error)  # fmt: skip
    if "disk i/o" in said:
        return Problem(N_("The disk reported an error: nothing was saved. Check the disk before you go on."))
    raise error


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
