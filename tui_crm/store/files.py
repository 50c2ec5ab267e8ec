"""The book as a file: created private, checked before it is opened, never mistaken for something else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePath
from typing import Any

from ..domain.messages import N_, Problem
from ..whole_files import sync_folder, take_name, whole_file

_MAGIC = b"SQLite format 3\0"
# Where SQLite's file head, 100 bytes long, has what we look at: three bytes that are the same in every database, and two
# big-endian numbers.
_HEAD = 100
_FIXED, _USER_VERSION, _APPLICATION_ID = slice(21, 24), slice(60, 64), slice(68, 72)
_PAGE, _NOISE = 4096, 250
"""Bytes of an encrypted book's page; how many of the 256 byte values a page of noise has at least."""
_NO_BOOK = N_("{file} is not a book of this program; nothing in it was touched. Name another file with --db.")


def book_exists(path: Path) -> bool:
    """Whether there is anything at `path`. Raises Problem where that cannot even be asked."""
    try:
        return path.exists()
    except OSError as error:
        raise Problem(N_("{file} cannot be opened: {why}"), file=path, why=error.strerror or error) from error


def uri(path: PurePath) -> str:
    """A full path as the engine takes it. A share of a network has its server in the path, since the engine knows no other
    computer."""
    address = path.as_uri()
    return address if address.startswith("file:///") else address.replace("file://", "file:////", 1)


def can_be_written(path: Path) -> bool:
    """Whether the book and what lies beside it can be written by us."""
    return os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)


def place_of(path: Path) -> tuple[int, int]:
    """Which file stands under this name: the same numbers as long as it is the same file; (0, 0) for none."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino


def is_encrypted(path: Path) -> bool:
    """Whether the file at `path` looks like an encrypted book: whole pages, and the first of them noise from its first byte."""
    try:
        if not path.is_file():  # a pipe would keep us waiting
            return False
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) == _MAGIC:
                return False
            file.seek(0)
            size = os.fstat(file.fileno()).st_size
            return size > 0 and size % _PAGE == 0 and len(set(file.read(_PAGE))) >= _NOISE
    except OSError:
        return False


def check_book_file(path: Path) -> tuple[int, int] | None:
    """Refuse what is no book before the engine touches it. Raises Problem.

    Returns application_id and user_version as the file's head has them; newer ones may stand in a write-ahead log. None for
    an encrypted book, whose head tells nothing.
    """
    if path.is_dir():
        raise Problem(N_("{file} is a folder, not a book. Name a file, or leave --db away."), file=path)
    try:
        if not path.is_file() and path.exists():  # a pipe would keep us waiting, a device would never end
            raise Problem(_NO_BOOK, file=path)
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise Problem(N_("{file} cannot be opened: {why}"), file=path, why=error.strerror or error) from error
    if not head:
        raise Problem(
            N_(
                "{file} is empty, so it is no book. If a book should be there, restore it from a backup; otherwise remove the empty file."
            ),
            file=path,
        )
    if not head.startswith(_MAGIC):
        if is_encrypted(path):
            return None
        raise Problem(_NO_BOOK, file=path)
    if head[_FIXED] != b"\x40\x20\x20":
        raise Problem(N_("{file} is damaged or not a book. Keep it, and restore a backup beside it."), file=path)
    return int.from_bytes(head[_APPLICATION_ID], "big"), int.from_bytes(head[_USER_VERSION], "big")


def create_book_file(path: Path, fill: Callable[[Path], None]) -> None:
    """Make a new book at `path`, readable by its owner only; `fill` writes it under another name first, so that a
    half-made book never has the real name. Raises Problem where the folder cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
        fresh.unlink(missing_ok=True)
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise Problem(
            N_("No book can be made in {folder}: {why}. Choose another place with --db FILE or CRM_HOME."),
            folder=path.parent,
            why=error.strerror or error,
        ) from error
    try:
        fill(fresh)
        with suppress(FileExistsError):  # another program was quicker: then theirs stays
            take_name(fresh, path)
    finally:
        for leftover in (fresh, Path(f"{fresh}-wal"), Path(f"{fresh}-shm"), Path(f"{fresh}-journal")):
            leftover.unlink(missing_ok=True)


def copy_whole(connection: Any, target: Path) -> None:
    """A copy of the open book at `target`, where nothing may be yet; readable by its owner only from the first byte on.
    Raises OSError or the engine's error; then there is no copy."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        connection.execute("VACUUM INTO ?", (str(target),))
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def keep_copy(connection: Any, fresh: Path, target: Path) -> None:
    """A copy of the open book at `target`, there whole or not at all, first written as `fresh`; one that is there already stays.
    Raises OSError or the engine's error."""
    fresh.unlink(missing_ok=True)
    try:
        copy_whole(connection, fresh)
        with fresh.open("rb+") as file:
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another program was quicker, and copied the same
            take_name(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)
    sync_folder(target.parent)


def copy_file(source: Path, target: Path) -> None:
    """A copy of a file under another name, there whole or not at all. Raises OSError."""
    with source.open("rb") as original, whole_file(target) as copy:
        shutil.copyfileobj(original, copy, 1 << 20)
