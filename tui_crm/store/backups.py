"""Backups: whole copies of the book, checked before they get their name, with a manifest that says what is in them.

A backup is there when its manifest is there, and good when the manifest's SHA-256 fits. One is made under another name and
renamed when it is safely on the disk, so a half-made one never counts.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from glob import escape
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..domain.messages import N_, Problem
from ..whole_files import followed, own_folder, to_disk, whole_file
from . import schema
from .book import APPLICATION_ID, VERSION, instant, instant_text
from .connecting import connect, connect_to_read, numbers_inside, translated
from .files import check_book_file, copy_file, copy_whole, is_encrypted
from .odd_values import foreign_parts, lost_tables, odd_columns

if TYPE_CHECKING:
    from .book import Book

_FORMAT = 1
_DATED = "[0-9]" * 8 + "-" + "[0-9]" * 6
_COMPARED = (*schema.TRACKED, "op", "change")
"""The tables of a copy whose indexes are compared with their rows, and not only found to be sound."""
_COUNTS = """
SELECT (SELECT count(*) FROM customer), (SELECT count(*) FROM activity),
  (SELECT max(id) FROM op), last.uid, last.at, lower(hex(last.chain))
FROM (SELECT 1) LEFT JOIN op last ON last.id = (SELECT max(id) FROM op)
"""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a book: customers, log entries, and the last operation of its history: uid, instant, number, and its digest
    in hex (none yet: "")."""

    customers: int
    entries: int
    head: str = ""
    head_at: str = ""
    operations: int = 0
    chain: str = ""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup: its file, when it was made (UTC), bytes, what is in it, and the SHA-256 that its file must have."""

    file: Path
    made_at: datetime
    size: int
    contents: Contents
    sha256: str


def folder_of(book: Path) -> Path:
    """Where the backups of a book lie by themselves."""
    return book.with_name(f"{book.name}.backups")


def contents(book: Book) -> Contents:
    """What is in the open book."""
    return _contents(book.rows(_COUNTS)[0])


def _contents(row: tuple[Any, ...]) -> Contents:
    customers, entries, number, head, at, chain = row
    return Contents(customers, entries, head or "", at or "", number or 0, chain or "")


def make(book: Book, folder: Path, at: datetime) -> Backup:
    """Back the book up into `folder`. Others can go on writing meanwhile; `Book.stopping` breaks it off. Raises Problem or
    `Stopped`; then there is no backup."""
    name = _free_name(folder, f"{book.path.stem}-{at.astimezone():%Y%m%d-%H%M%S}")
    fresh = folder / f".crm-{os.getpid()}-{os.urandom(4).hex()}.new"  # short: the engine takes paths of 512 bytes
    with _explained(folder), translated(fresh):
        own_folder(folder, linked=folder != folder_of(book.path))
        fresh.unlink(missing_ok=True)
        try:
            copy_whole(book.connection, fresh)
            found = _checked(book, fresh)
            with fresh.open("rb+") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                to_disk(file.fileno())
            made = Backup(folder / name, at, fresh.stat().st_size, found, digest)
            fresh.replace(made.file)
        finally:
            fresh.unlink(missing_ok=True)
        _write_manifest(made)
    return made


def _free_name(folder: Path, stem: str) -> str:
    names = (f"{stem}{tail}.db" for tail in chain([""], (f"-{number}" for number in count(2))))
    return next(name for name in names if not (folder / name).exists())


def listed(book: Path, folders: Sequence[Path]) -> list[Backup]:
    """The backups of a book in these folders, newest first; files whose manifest cannot be read do not count."""
    found = []
    for folder in folders:
        for manifest in folder.glob(f"{escape(book.stem)}-{_DATED}*.db.json") if folder.is_dir() else ():
            with suppress(OSError, ValueError, KeyError, TypeError):
                found.append(_read_manifest(manifest))
    return sorted((each for each in found if each.file.is_file()), key=lambda each: each.made_at, reverse=True)


def named(file: Path) -> Backup:
    """The backup whose file this is. Raises Problem where it has no manifest that can be read."""
    try:
        return _read_manifest(_manifest_of(file))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Problem(
            N_("{file} has no list of contents ({manifest}) beside it, so it cannot be checked. Choose a backup of crm's."),
            file=file, manifest=_manifest_of(file).name,
        ) from error  # fmt: skip


def check(backup: Backup) -> None:
    """Raise Problem unless the backup's file is, byte by byte, what was written, and a book this program can open."""
    with _explained(backup.file):
        with backup.file.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != backup.sha256:
            raise Problem(
                N_("The backup {file} is damaged: its SHA-256 does not fit. Choose another one."), file=backup.file
            )
        if is_locked(backup.file):
            return  # whole byte by byte; more than that only its passphrase shows
        application, version = check_book_file(backup.file) or numbers_inside(backup.file)
    if application != APPLICATION_ID or version > VERSION:
        raise Problem(
            N_("The backup {file} was written by a newer crm. Update crm, then restore it."), file=backup.file
        )


def check_inside(backup: Backup) -> None:
    """Raise Problem where a backup holds what crm never writes: putting it back would put that into the book."""
    if is_locked(backup.file):
        return
    with translated(backup.file):
        connection = connect_to_read(backup.file)
        try:
            present = connection.execute("PRAGMA user_version").fetchone()[0] == VERSION
            lost = lost_tables(connection) if present else []
            odd = [*lost, *foreign_parts(connection), *odd_columns(connection)]
        finally:
            connection.close()
    if odd:
        raise Problem(
            N_("The backup {file} holds what crm never writes ({which}): another program has made or changed it. Choose another one."),
            file=backup.file, which=", ".join(odd[:5]),
        )  # fmt: skip


def check_kind(book: Book, backup: Backup) -> None:
    """Raise Problem where one of the two is encrypted and the other is not, which the engine cannot mix, or where the backup's
    passphrase has not been given."""
    if is_encrypted(backup.file) and not book.encrypted:
        raise Problem(
            N_(
                "The backup {file} is encrypted, but the book is not. Encrypt the book (crm encrypt), then put it back."
            ),
            file=backup.file,
        )
    if book.encrypted and not is_encrypted(backup.file):
        raise Problem(
            N_("The backup {file} is not encrypted, but the book is. Make the book plain (crm decrypt), put the backup back, "
               "and encrypt the book again."),
            file=backup.file,
        )  # fmt: skip
    if is_locked(backup.file):
        raise Problem(
            N_("The backup {file} was made with another passphrase. At the command line, crm restore asks for it."),
            file=backup.file,
        )


def is_locked(file: Path) -> bool:
    """Whether this is an encrypted book, or a backup of one, whose passphrase is still to be said."""
    if not is_encrypted(file):
        return False
    from . import keys

    return keys.held(file) is None


def copy_to(backup: Backup, folder: Path) -> Backup:
    """A copy of a backup in another folder, such as one on another disk; one that is there already stays. Raises Problem."""
    target = folder / backup.file.name
    copied = Backup(target, backup.made_at, backup.size, backup.contents, backup.sha256)
    if _manifest_of(target).exists():
        return copied
    with _explained(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        copy_file(backup.file, target)
        _write_manifest(copied)
    return copied


def remove(backup: Backup) -> None:
    """Take a backup away, manifest first, so that a half-removed one no longer counts. Raises Problem."""
    with _explained(backup.file):
        _manifest_of(backup.file).unlink(missing_ok=True)
        backup.file.unlink(missing_ok=True)


def sweep(folder: Path, older_than: float) -> None:
    """Take away what a broken-off backup left in `folder` before that moment (seconds since 1970)."""
    for leftover in folder.glob(".*.new"):
        with suppress(OSError):
            if leftover.stat().st_mtime < older_than:
                leftover.unlink()


RESTORED = "restored"
"""The note that says when a backup was last put in the place of the book: older backups may be of another history."""
_NOTE_RESTORED = f"INSERT OR REPLACE INTO meta VALUES ('{RESTORED}', ?)"


def strangers(book: Book, there: Sequence[Backup]) -> list[Backup]:
    """Those of some backups, newest first, whose history is not the beginning of the book's, though no restore explains that."""
    restored = book.note(RESTORED)
    found = []
    for backup in there:
        made = backup.contents
        if made.chain and (restored is None or instant_text(backup.made_at) > restored):
            row = book.rows("SELECT uid, lower(hex(chain)) FROM op WHERE id = ?", (made.operations,))
            if row != [(made.head, made.chain)]:
                found.append(backup)
    return found


def put_back(book: Book, backup: Backup, at: datetime) -> None:
    """Make the open book what the backup is, in one transaction: whoever has it open sees the change, and a program that
    dies meanwhile leaves it as it was. Raises Problem."""
    with translated(book.path):
        source = connect_to_read(backup.file)
        try:
            source.backup(book.connection)
            book.connection.execute(_NOTE_RESTORED, (instant_text(at),))
            book.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            source.close()


def put_in_place(path: Path, backup: Backup, kept_as: Path, at: datetime) -> None:
    """For a book that cannot be opened: its file becomes `kept_as`, and a copy of the backup takes its name. At no moment is
    there no file of that name. Raises Problem."""
    path = followed(path)  # beside it lies its log
    with _explained(path):
        for tail in ("", "-wal"):
            old = Path(f"{path}{tail}")
            if old.exists():
                copy_file(old, Path(f"{kept_as}{tail}"))
        for tail in ("-wal", "-shm"):  # of the damaged book; the new one must not read them
            Path(f"{path}{tail}").unlink(missing_ok=True)
        copy_file(backup.file, path)
    with suppress(Problem), translated(path):  # it is restored, even where it cannot be noted
        connection = connect(path)
        try:
            connection.execute(_NOTE_RESTORED, (instant_text(at),))
        finally:
            connection.close()


def _checked(book: Book, fresh: Path) -> Contents:
    """What is in a fresh copy, once the engine has found it in order. Raises Problem."""
    connection = connect_to_read(fresh)
    book.stop_too(connection)
    try:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            # What is derived is made anew where it is wrong, and comparing its indexes row by row is half of the time.
            how = "integrity_check" if table in _COMPARED else "quick_check"
            said = connection.execute(f"PRAGMA {how}({table})").fetchone()[0]
            if said != "ok":
                raise Problem(N_("The backup would not be sound ({why}), so none was made. Run crm doctor."), why=said)
        return _contents(connection.execute(_COUNTS).fetchone())
    finally:
        connection.close()


def _manifest_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.json")


def _write_manifest(backup: Backup) -> None:
    """Beside the backup, whole or not at all; from now on it counts."""
    found = backup.contents
    text = json.dumps(
        {"format": _FORMAT, "made_at": instant_text(backup.made_at), "bytes": backup.size, "sha256": backup.sha256,
         "customers": found.customers, "entries": found.entries, "operations": found.operations,
         "head": {"operation": found.head, "at": found.head_at, "chain": found.chain}},
        indent=1,
    )  # fmt: skip
    with whole_file(_manifest_of(backup.file)) as file:
        file.write(text.encode())


def _read_manifest(manifest: Path) -> Backup:
    said = json.loads(manifest.read_text(encoding="utf-8"))
    head = said["head"]
    found = Contents(
        int(said["customers"]), int(said["entries"]), str(head["operation"]), str(head["at"]), int(said["operations"]),
        str(head.get("chain", "")),
    )  # fmt: skip
    return Backup(manifest.with_suffix(""), instant(said["made_at"]), int(said["bytes"]), found, str(said["sha256"]))


@contextmanager
def _explained(what: Path) -> Iterator[None]:
    """Turn the system's errors into a Problem."""
    try:
        yield
    except OSError as error:
        raise Problem(
            N_("The backup {file} cannot be written or read: {why}"), file=what, why=error.strerror or error
        ) from error
