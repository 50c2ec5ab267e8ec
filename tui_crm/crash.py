"""A crash log that can be sent to anyone: what broke and where, never a value."""

from __future__ import annotations

import os
import platform
import traceback
from datetime import UTC, datetime
from pathlib import Path

from . import __version__
from .domain.text import visible
from .i18n import _


def last_words(error: BaseException, folder: Path) -> str:
    """Write the crash log into `folder`; returns the sentence that tells where it is."""
    log = write_crash_log(folder, error)
    if log is None:
        return _("crm had to stop ({kind}). Please report it.").format(kind=type(error).__name__)
    return visible(_("crm had to stop. What you typed is kept. Please send this report: {file}").format(file=log))


def what_failed(error: BaseException, folder: Path) -> str:
    """The same for work beside the keys, after which the program goes on."""
    log = write_crash_log(folder, error)
    if log is None:
        return _("Something beside your work failed ({kind}). What is saved stays saved. Please report it.").format(
            kind=type(error).__name__
        )
    return visible(
        _("Something beside your work failed. What is saved stays saved. Please send this report: {file}").format(
            file=log
        )
    )


def write_crash_log(folder: Path, error: BaseException) -> Path | None:
    """Write the report beside the book, readable by its owner only; None when even that is impossible.

    It holds the exception's type and the places in the code, no messages and no locals: those can carry customers' data.
    """
    lines = [
        f"crm {__version__}, Python {platform.python_version()}, {platform.system()}, {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        *_frames(error),
    ]
    path = folder / f"crash-{datetime.now(UTC):%Y%m%d-%H%M%S}.log"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(
            os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w", encoding="utf-8", newline="\n"
        ) as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        return None
    return path


def _frames(error: BaseException | None) -> list[str]:
    lines: list[str] = []
    while error is not None:
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        for frame in traceback.extract_tb(error.__traceback__):
            lines.append(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}")
        error = error.__cause__ or error.__context__
    return lines
