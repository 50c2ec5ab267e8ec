"""Small files beside the book for what is not the user's data: they may be lost, and never get in the way of work."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from .session import Session


def file(session: Session, what: str) -> Path:
    """The file beside the book for this, such as `drafts`."""
    return session.book.path.with_name(f"{session.book.path.stem}.{what}.json")


def read(path: Path) -> Any:
    """What was written; None where there is no such file or it is damaged."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def write(path: Path, value: Any) -> None:
    """Replace the file, readable by its owner only. What cannot be written is given up silently: work must go on on a full
    disk."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")  # a second window writes a file of its own
    try:
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8") as stream:
            json.dump(value, stream)  # ASCII: even a broken half of a character can be kept
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
