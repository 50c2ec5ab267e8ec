"""The book as a file: created private, checked before it is opened, never mistaken for something else."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from ..domain.messages import N_, Problem

_MAGIC = b"SQLite format 3\0"


def check_book_file(path: Path) -> None:
    """Refuse what is no book before the engine touches it. Raises Problem."""
    if path.is_dir():
        raise Problem(N_("{file} is a folder, not a book. Name a file, or leave --db away."), file=path)
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise Problem(N_("{file} cannot be opened: {why}"), file=path, why=error.strerror or error) from error
    if not head:
        raise Problem(
            N_(
                "{file} is empty, so it is no book. If a book should be there, restore it from a backup; otherwise remove the empty file."
            ),
            file=path,
        )
    if head != _MAGIC:
        raise Problem(
            N_("{file} is not a book of this program; nothing in it was touched. Name another file with --db."),
            file=path,
        )


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
        _rename_new(fresh, path)
    finally:
        for leftover in (fresh, Path(f"{fresh}-wal"), Path(f"{fresh}-shm"), Path(f"{fresh}-journal")):
            leftover.unlink(missing_ok=True)


def _rename_new(fresh: Path, path: Path) -> None:
    """Give the finished file its name, unless another program was quicker: then theirs stays."""
    try:
        os.link(fresh, path)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        if not path.exists():
            fresh.rename(path)
