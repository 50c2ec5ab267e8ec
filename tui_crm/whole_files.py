"""Files that are there whole or not at all: written beside under another name, private, and renamed once they are on the disk."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from .domain.messages import N_, Problem


@contextmanager
def whole_file(target: Path, replace: bool = True) -> Iterator[BinaryIO]:
    """An open file, readable by its owner only, that becomes `target` once it is written and safely on the disk; in case of
    an error nothing is left of it. A link stays a link: what it leads to is written. Raises OSError; FileExistsError where there
    is a `target` and it is not to be replaced; Problem as `followed` does."""
    target = followed(target)
    fresh = target.with_name(f".crm-{os.getpid()}-{os.urandom(4).hex()}.new")
    try:
        with open(fresh, "x+b", opener=_private) as file:  # Path.open knows no opener
            yield file
            file.flush()
            to_disk(file.fileno())
        if replace:
            fresh.replace(target)
        else:
            take_name(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)
    sync_folder(target.parent)


def followed(path: Path) -> Path:
    """What is written where something of that name is to be: a link is followed inside the user's home, or inside the folder it
    stands in. Links further up are the user's own arrangement. Raises Problem for a link that leads elsewhere."""
    try:
        if not path.is_symlink():
            return path
        real = path.resolve()
        inside = any(real.is_relative_to(folder.resolve()) for folder in (path.parent, Path.home()))
    except (OSError, RuntimeError):  # a name that cannot be, links in a ring: whoever opens it says so
        return path
    if not inside:
        raise Problem(
            N_("{file} is a link that leads out of your home folder, to {target}; nothing is written there. "
               "Name that place itself, in the command or in the settings, or remove the link."),
            file=path, target=real,
        )  # fmt: skip
    return real


def own_folder(folder: Path, linked: bool = False) -> Path:
    """Make a folder that only its owner can read, where there is none. Raises OSError, and, unless it may be `linked`, Problem as
    `followed` does."""
    (folder if linked else followed(folder)).mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


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


def to_disk(handle: int) -> None:
    """Have what was written to an open file on the disk for good. Raises OSError."""
    if sys.platform == "darwin":  # whose fsync leaves it in the memory of the disk
        import fcntl

        with suppress(OSError):  # a file system that does not know it
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    os.fsync(handle)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk for good; where the system cannot do that it does so by itself."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        to_disk(handle)
    finally:
        os.close(handle)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
