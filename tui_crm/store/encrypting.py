"""Giving a book a passphrase, another one, or none: a checked copy is written beside it and takes its name."""

from __future__ import annotations

import os
from glob import escape
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from ..domain.messages import N_, Problem
from ..whole_files import sync_folder, to_disk
from . import keys
from .connecting import connect, translated
from .files import is_encrypted, uri
from .keys import Key

_NUMBERS = ("application_id", "user_version")
_ITEMS = "SELECT type, name, tbl_name, sql FROM {schema}.sqlite_master ORDER BY type, name"


def rewrite(path: Path, key: Key | None) -> None:
    """Make the book at `path` one that `key` opens, or a plain one. Nobody may have it open.

    At every moment there is one whole book under its name: the copy gets it once it is on the disk, opens and holds as much.
    Raises Problem; then the book is as it was.
    """
    real = path.resolve()
    with translated(path):
        alone = _alone(real)
        try:
            keys.sweep(real)
            fresh = _copy(alone, real, key)
            try:
                _take_place(alone, fresh, real)
            finally:
                fresh.unlink(missing_ok=True)
        except OSError as error:
            raise Problem(
                N_("{file} cannot be written anew: {why}. The book is as it was."),
                file=path,
                why=error.strerror or error,
            ) from error
        finally:
            alone.close()


def other_kinds(files: list[Path], key: Key | None) -> list[Path]:
    """Those of these files that `key` does not open; without one, those that are encrypted."""
    return [
        file for file in files if (keys.salt_of(file) if is_encrypted(file) else None) != (key.salt if key else None)
    ]


def copies_beside(path: Path) -> list[Path]:
    """Copies of the book that the program made beside it before an upgrade or a repair, and damaged ones it kept."""
    stem = escape(path.stem)
    found = (file for what in ("before", "damaged") for file in path.parent.glob(f"{stem}.{what}-*.db"))
    return sorted(file for file in found if file.is_file())


def _alone(path: Path) -> Any:
    """A connection to a book that nobody else has open, and that keeps everybody out; its file holds everything."""
    connection = connect(path)
    try:
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA journal_mode = delete")  # refused while anybody else has it open
        connection.execute("PRAGMA locking_mode = exclusive")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except BaseException as error:
        connection.close()
        if isinstance(error, dbapi2.OperationalError) and "locked" in str(error):
            raise Problem(
                N_("{file} is open in another window of crm. Close it there, and do this again; nothing was changed."),
                file=path,
            ) from error
        raise
    return connection


def _copy(alone: Any, real: Path, key: Key | None) -> Path:
    """A copy of everything in the book under another name, safely on the disk and found to be the same."""
    fresh = real.with_name(f".{real.name}.{os.getpid()}.new")
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        alone.execute("ATTACH ? AS fresh KEY ?", (str(fresh), key.secret() if key else ""))
        try:
            alone.execute("PRAGMA fresh.journal_mode = off")  # a half-made copy is thrown away
            alone.execute("PRAGMA fresh.synchronous = off")
            alone.execute("SELECT sqlcipher_export('fresh')")
            for name in _NUMBERS:
                number = alone.execute(f"PRAGMA main.{name}").fetchone()[0]
                alone.execute(f"PRAGMA fresh.{name} = {int(number)}")
        finally:
            if not alone.in_transaction:
                alone.execute("DETACH fresh")
        _check(alone, fresh, key)
        with fresh.open("rb+") as file:
            to_disk(file.fileno())
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    return fresh


def _check(alone: Any, fresh: Path, key: Key | None) -> None:
    """Raise Problem unless the copy opens with its key, is sound, and has as many rows in each table as the book."""
    if is_encrypted(fresh) is not (key is not None):
        raise Problem(N_("The copy is not as it should be ({why}), so the book was left as it was."), why="key")
    copy = dbapi2.connect(f"{uri(fresh)}?mode=ro&immutable=1", uri=True)
    try:
        if key:
            keys.give(copy, key)
        checks = ["cipher_integrity_check", "integrity_check(1)"] if key else ["integrity_check(1)"]
        said = [row[0] for check in checks for row in copy.execute(f"PRAGMA {check}") if row[0] != "ok"]
        if not said and _inside(copy) != _inside(alone):
            said = ["count"]
    finally:
        copy.close()
    if said:
        raise Problem(N_("The copy is not as it should be ({why}), so the book was left as it was."), why=said[0])


def _inside(connection: Any) -> tuple[object, ...]:
    """What a book consists of, and how many rows each of its tables has."""
    items = connection.execute(_ITEMS.format(schema="main")).fetchall()
    tables = [
        name for kind, name, _table, sql in items if kind == "table" and not str(sql).startswith("CREATE VIRTUAL")
    ]
    counts = [connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables]
    numbers = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in _NUMBERS]
    return items, counts, numbers


def _take_place(alone: Any, fresh: Path, real: Path) -> None:
    if os.name != "posix":  # where an open file cannot be replaced
        alone.close()
    fresh.replace(real)
    sync_folder(real.parent)
