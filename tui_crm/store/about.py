"""The engine under the book, and what a bug report says of a book."""

from __future__ import annotations

from time import monotonic
from typing import Any

from sqlcipher3 import dbapi2

_PATIENCE = 2.0
"""Seconds that counting may take."""
_STEPS = 10_000


def engines() -> dict[str, str]:
    """The versions of SQLite and of SQLCipher, by name."""
    connection = dbapi2.connect(":memory:")
    try:
        cipher = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    return {"SQLite": dbapi2.sqlite_version, "SQLCipher": cipher[0] if cipher else ""}


def version_and_count(connection: Any) -> tuple[int, int]:
    """The version of a book's tables and how many customers it has. Closes the connection; counting for too long, it raises the
    engine's "interrupted"."""
    until = monotonic() + _PATIENCE
    connection.set_progress_handler(lambda: monotonic() > until, _STEPS)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        return int(version), int(connection.execute("SELECT count(*) FROM customer").fetchone()[0])
    finally:
        connection.close()
