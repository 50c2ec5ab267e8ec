"""Files kept with customers: their content beside the book, each once under its hash; their names as rows."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from ..domain.attachments import LARGEST
from ..domain.messages import N_, Problem
from ..domain.values import Attachment
from ..whole_files import own_folder, sync_folder, to_disk
from .book import new_uid
from .writing import insert

if TYPE_CHECKING:
    from .book import Book

_PIECE = 1 << 20
_ROOM = 20_000_000
"""Bytes that must stay free on the disk, for the book itself."""
_LEFTOVER = 86_400
"""Seconds after which an unfinished copy belongs to nobody any more."""


class Content(NamedTuple):
    """The content of a file: its SHA-256 and its size in bytes."""

    hash: str
    size: int


def folder_of(book: Path) -> Path:
    """Where the files of a book lie."""
    return book.with_name(f"{book.name}.files")


def path_of(book: Path, content_hash: str) -> Path:
    """Where a content lies."""
    return folder_of(book) / content_hash[:2] / content_hash


def keep(book: Path, file: Path) -> Content:
    """Copy a file beside the book, unless that content is there already; on the disk for certain when this returns.

    Raises Problem for what is no ordinary file, is too large, cannot be read, or finds no room. Touches no database.
    """
    with _readable(file) as source, _translated(folder_of(book)):
        folder = own_folder(folder_of(book))
        _sweep(folder)
        if shutil.disk_usage(folder).free < os.fstat(source.fileno()).st_size + _ROOM:
            raise Problem(N_("There is not enough room on the disk for {file}: nothing was kept."), file=file.name)
        fresh = folder / f".{new_uid()}.new"
        try:
            content = _copied(source, fresh, file)
            there = path_of(book, content.hash)
            if not there.exists() or there.stat().st_size != content.size:
                own_folder(there.parent)
                fresh.replace(there)
                sync_folder(there.parent)
        finally:
            fresh.unlink(missing_ok=True)
    return content


def copy_out(book: Path, attachment: Attachment, name: str) -> Path:
    """Write the content of an attachment to a new file called `name`, in a new folder that only its owner can read. Raises
    Problem where it is gone or damaged."""
    there = path_of(book, attachment.hash)
    try:
        source = there.open("rb")
    except OSError as error:
        raise Problem(
            N_("{name} is missing: {file} cannot be read. Bring it back from a backup of that folder."),
            name=attachment.name,
            file=there,
        ) from error
    with source, _translated(Path(tempfile.gettempdir())):
        copy = Path(tempfile.mkdtemp(prefix="crm-")) / name
        if _copied(source, copy, there).hash != attachment.hash:
            shutil.rmtree(copy.parent, ignore_errors=True)
            raise Problem(N_("{name} is damaged: {file} is not what was kept. Bring it back from a backup."),
                          name=attachment.name, file=there)  # fmt: skip
    return copy


@contextmanager
def _readable(file: Path) -> Iterator[BinaryIO]:
    """An ordinary file, open. Raises Problem."""
    handle = _opened(file)
    try:
        _refuse_unusual(file, os.fstat(handle))
        with os.fdopen(handle, "rb", closefd=False) as source:
            yield source
    finally:
        os.close(handle)


def _opened(file: Path) -> int:
    try:
        return os.open(file, os.O_RDONLY | _QUIETLY)
    except FileNotFoundError as error:
        raise Problem(N_("There is no file {file}."), file=file) from error
    except (OSError, ValueError) as error:
        if isinstance(error, PermissionError) and file.is_dir():  # Windows opens no folder
            raise Problem(_FOLDER, file=file.name) from error
        why = error.strerror if isinstance(error, OSError) else error
        raise Problem(N_("{file} cannot be read: {why}"), file=file, why=why) from error


def _refuse_unusual(file: Path, seen: os.stat_result) -> None:
    if stat.S_ISDIR(seen.st_mode):
        raise Problem(_FOLDER, file=file.name)
    if not stat.S_ISREG(seen.st_mode):
        raise Problem(N_("{file} is no ordinary file."), file=file.name)
    if seen.st_size > LARGEST:
        raise _too_large(file)


# Never wait for a pipe, never take a terminal over, never change line ends; not every system has all three.
_QUIETLY = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)

_FOLDER = N_("{file} is a folder. Choose the files in it one by one, or pack it first.")


def _too_large(file: Path) -> Problem:
    return Problem(
        N_("{file} is larger than {most} MB. Keep it elsewhere and note where."),
        file=file.name,
        most=LARGEST // 1_000_000,
    )


def _copied(source: BinaryIO, to: Path, named: Path) -> Content:
    """Copy to a new private file and onto the disk. Raises Problem for a file that grows while it is read."""
    digest, size = hashlib.sha256(), 0
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(to, flags, 0o600), "wb") as target:
        while piece := _read(source, named):
            size += len(piece)
            if size > LARGEST:
                raise _too_large(named)
            digest.update(piece)
            target.write(piece)
        target.flush()
        to_disk(target.fileno())
    return Content(digest.hexdigest(), size)


def _read(source: BinaryIO, named: Path) -> bytes:
    try:
        return source.read(_PIECE)
    except OSError as error:
        raise Problem(N_("{file} cannot be read: {why}"), file=named, why=error.strerror or error) from error


def _sweep(folder: Path) -> None:
    """Remove what a program that ended half-way has left."""
    for leftover in folder.glob(".*.new"):
        with suppress(OSError):
            if time.time() - leftover.stat().st_mtime > _LEFTOVER:
                leftover.unlink()


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Problem(
            N_("Files cannot be kept in {folder}: {why}"), folder=folder, why=error.strerror or error
        ) from error


# Rows ----------------------------------------------------------------------------------------------------------------


def of(book: Book, customer: int) -> tuple[Attachment, ...]:
    """The files of a customer, newest first."""
    rows = book.rows(
        "SELECT name, hash, size, added_on, id, uid FROM attachment WHERE customer_id = ? ORDER BY id DESC", (customer,)
    )
    return tuple(
        Attachment(name, digest, size, date.fromisoformat(added), i, uid) for name, digest, size, added, i, uid in rows
    )


def add(book: Book, customer: int, attachment: Attachment) -> None:
    """Store the name of a file of a customer."""
    row = {"uid": attachment.uid or new_uid(), "customer_id": customer, "name": attachment.name,
           "hash": attachment.hash, "size": attachment.size, "added_on": attachment.added_on}  # fmt: skip
    insert(book, "attachment", row)


def remove(book: Book, attachment: Attachment) -> None:
    """Take a file off a customer; its content stays."""
    book.run("DELETE FROM attachment WHERE id = ?", (attachment.id,))


def discard(book: Book, content_hash: str) -> None:
    """Delete a content from the disk that no customer has a file of any more."""
    if book.value("SELECT 1 FROM attachment WHERE hash = ? LIMIT 1", (content_hash,)) is None:
        with suppress(OSError):
            path_of(book.path, content_hash).unlink()
