"""Files that are there whole or not at all: written beside under another name, private, and renamed once they are on the disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def whole_file(target: Path, replace: bool = True) -> Iterator[BinaryIO]:
    """An open file, readable by its owner only, that becomes `target` once it is written and safely on the disk; in case of
    an error nothing is left of it. Raises OSError; FileExistsError where there is a `target` and it is not to be replaced."""
    fresh = target.with_name(f".crm-{os.getpid()}-{os.urandom(4).hex()}.new")
    try:
        with open(fresh, "x+b", opener=_private) as file:  # Path.open knows no opener
            yield file
            file.flush()
            os.fsync(file.fileno())
        if replace:
            fresh.replace(target)
        else:
            take_name(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)
    sync_folder(target.parent)


def take_name(fresh: Path, target: Path) -> None:
    """Give a finished file its name, never in place of another. Raises FileExistsError where another program was quicker."""
    try:
        os.link(fresh, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if target.exists():
            raise FileExistsError(target) from None
        fresh.rename(target)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk for good; where the system cannot do that it does so by itself."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
