"""Small things that are not the user's data, kept in files beside the book: they may be lost, and never get in the way of
work. Those of an encrypted book are kept inside it, since they hold half-typed notes and names."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..domain.messages import Problem
from .session import Session

_KINDS = ("drafts", "searches")


def read(session: Session, what: str) -> Any:
    """What was written about `what`, such as `drafts`; None where there is nothing or it is damaged."""
    try:
        if session.encrypted:
            return json.loads(session.note(_note(what)) or "null")
        return json.loads(_file(session, what).read_text(encoding="utf-8"))
    except (OSError, ValueError, Problem):
        return None


def write(session: Session, what: str, value: Any) -> None:
    """Replace it, readable by its owner only. What cannot be written is given up silently: work must go on on a full disk."""
    if not session.encrypted:
        put(_file(session, what), value)
    elif not session.read_only:
        with suppress(Problem), session.book.upkeep():
            session.keep_note(_note(what), json.dumps(value))


def put(path: Path, value: Any) -> None:
    """Replace such a file. It is written with every key, so nothing waits for the disk, as `whole_file` would."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")  # a second window writes a file of its own
    try:
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as stream:
            json.dump(value, stream)  # ASCII: even a broken half of a character can be kept
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)


def take_in(session: Session) -> list[Path]:
    """Write into a plain book what its files beside it hold, since it is to be encrypted; returns the files."""
    with session.book.upkeep():
        for what in _KINDS:
            session.keep_note(_note(what), json.dumps(read(session, what)))
    return [_file(session, what) for what in _KINDS]


def taken_in(session: Session) -> list[tuple[Path, Any]]:
    """What an encrypted book holds of these, with the files it belongs into once the book is plain."""
    found: Iterator[tuple[Path, Any]] = ((_file(session, what), read(session, what)) for what in _KINDS)
    return [(file, value) for file, value in found if value]


def _note(what: str) -> str:
    return f"beside/{what}"


def _file(session: Session, what: str) -> Path:
    return session.book.path.with_name(f"{session.book.path.stem}.{what}.json")
