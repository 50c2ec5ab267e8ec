"""A file that is there whole or not at all: written beside under another name, private, and renamed at the end."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tui_crm.domain.messages import N_, Problem
from tui_crm.domain.text import visible
from tui_crm.whole_files import followed, whole_file


class Exists(Problem):
    """There is a file of that name already."""

    def __init__(self, path: Path) -> None:
        super().__init__(N_("{file} is there already; nothing was written."), file=visible(str(path)))


def checked_target(path: Path, force: bool) -> Path:
    """Where a file would be written, links followed. Raises `Exists` for one that is there, unless `force`, and Problem for
    what cannot be a file."""
    shown = visible(str(path))
    try:
        real = followed(path).resolve()
        if real.is_dir():
            raise Problem(N_("{file} is a folder. Name a file in it."), file=shown)
        if not real.parent.is_dir():
            raise Problem(
                N_("There is no folder {folder}. Make it, or choose another."), folder=visible(str(path.parent))
            )
        if not os.access(real.parent, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        if real.exists():
            if not real.is_file():
                raise Problem(N_("{file} is no ordinary file. Name another one."), file=shown)
            if not force:
                raise Exists(path)
    except (OSError, ValueError, RuntimeError) as error:
        if isinstance(error, Problem):
            raise
        raise _refused(path, error) from error
    return real


@contextmanager
def new_file(path: Path, force: bool = False) -> Iterator[BinaryIO]:
    """An open file that becomes `path` once it was written without an error; else nothing is left of it. Readable by its
    owner only. Raises Problem where it cannot be written, `Exists` where there is one and `force` does not replace it."""
    real = checked_target(path, force)
    try:
        with whole_file(real, replace=force) as stream:
            yield stream
    except FileExistsError as error:
        raise Exists(path) from error
    except OSError as error:
        raise _refused(path, error) from error


def _refused(path: Path, error: Exception) -> Problem:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Problem(
            N_("The disk is full: {file} was not written. Free some space, or choose another place."),
            file=visible(str(path)),
        )
    why = error.strerror if isinstance(error, OSError) and error.strerror else error
    return Problem(N_("{file} cannot be written: {why}. Choose another place."), file=visible(str(path)), why=why)
