"""What was being typed, kept outside the book until it is saved: it survives Esc, a closed window and a crash."""

from __future__ import annotations

import json
import os
from pathlib import Path

from .session import Session

_MOST = 50
TRADE = "/trade"
"""Follows a customer's uid in the key of an unsaved line about its trade."""


def keep(session: Session, customer_uid: str, text: str) -> None:
    """Keep `text` as this customer's unsaved line; an empty text forgets it. A draft that cannot be written is given up
    silently: typing must go on on a full disk."""
    drafts = _read(_file(session))
    if drafts.get(customer_uid, "") == text:
        return
    drafts.pop(customer_uid, None)
    if text:
        drafts[customer_uid] = text
    _write(_file(session), dict(list(drafts.items())[-_MOST:]))


def kept(session: Session, customer_uid: str) -> str:
    """The unsaved line of this customer, or nothing."""
    return _read(_file(session)).get(customer_uid, "")


def all_kept(session: Session) -> dict[str, str]:
    """Every unsaved line by customer uid, newest last."""
    return _read(_file(session))


def _file(session: Session) -> Path:
    return session.book.path.with_name(f"{session.book.path.stem}.drafts.json")


def _read(path: Path) -> dict[str, str]:
    try:
        drafts = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in drafts.items()} if isinstance(drafts, dict) else {}


def _write(path: Path, drafts: dict[str, str]) -> None:
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")  # a second window writes a file of its own
    try:
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            json.dump(drafts, file)  # ASCII: even a broken half of a character can be kept
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
