"""Saying the passphrase of an encrypted book, or having this computer's keyring say it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from ..store import keys
from ..store.files import is_encrypted
from .session import Session

_SERVICE = "tui-crm"
_LEFT_BEHIND = 3600
"""Seconds after which an unfinished copy beside the book belongs to nobody any more; a plain one must not lie about."""


def unlock(file: Path, passphrase: str) -> bool:
    """Open it for the rest of this process, all copies with it; False where that is not its passphrase. Takes a tenth of a
    second. Raises Problem where the file cannot be read.

    A book that is damaged where the passphrase is proved counts as open if one of its backups is: only so can it be put back.
    """
    key = keys.derived(passphrase, keys.salt_of(file))
    if not keys.opens(key, file) and not _opens_a_backup(key, file):
        return False
    keys.hold(key)
    keys.sweep(file, time.time() - _LEFT_BEHIND)
    return True


def _opens_a_backup(key: keys.Key, book: Path) -> bool:
    from ..store import backups

    there = (backup.file for backup in backups.listed(book, [backups.folder_of(book)]))
    newest = next((file for file in there if is_encrypted(file) and keys.salt_of(file) == key.salt), None)
    return newest is not None and keys.opens(key, newest)


def is_passphrase(session: Session, passphrase: str) -> bool:
    """Whether that is the passphrase of the open book. Takes a tenth of a second."""
    path = session.book.path
    held = keys.held(path)
    return held is not None and held.fits(keys.derived(passphrase, keys.salt_of(path)))


# The keyring of this computer, where the user wants it and the package `keyring` is installed ---------------------------


def keyring_there() -> bool:
    """Whether there is a keyring that can be used."""
    keyring = _keyring()
    return keyring is not None and keyring.get_keyring().priority >= 1


def unlock_by_keyring(file: Path) -> bool:
    """Open it with the key that the keyring has; False where it has none that fits."""
    key = keys.of_secret(_ask("get_password", file) or "")
    if key is None or key.salt != keys.salt_of(file) or not keys.opens(key, file):
        return False
    keys.hold(key)
    return True


def keep_in_keyring(file: Path) -> bool:
    """Give the keyring the key of an open book; False where it takes none. It never gets the passphrase."""
    key = keys.held(file)
    if key is None:
        return False
    _ask("set_password", file, key.secret())
    return _ask("get_password", file) == key.secret()


def drop_from_keyring(file: Path) -> None:
    """Have the keyring forget it."""
    _ask("delete_password", file)


def _ask(what: str, file: Path, *given: str) -> str | None:
    keyring = _keyring()
    if keyring is None:
        return None
    try:
        said = getattr(keyring, what)(_SERVICE, str(file.resolve()), *given)
    except Exception:  # a keyring that is locked or broken only means that the passphrase is asked for
        return None
    return said if isinstance(said, str) else None


def _keyring() -> Any:
    try:
        import keyring
    except ImportError:
        return None
    return keyring
