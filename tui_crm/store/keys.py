"""The keys of encrypted books. A key is worked out of a passphrase once in a process, and given to every connection after.

An encrypted book is a SQLCipher 4 file as any tool for such files opens it: its first 16 bytes are the salt, and with the
passphrase they make the key. All copies that the program makes of a book keep its salt, so one key opens them all.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import unicodedata
from contextlib import suppress
from math import inf
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from ..domain.messages import N_, Problem
from .files import uri

SALT = 16
"""Bytes at the head of an encrypted file."""
_ROUNDS = 256_000  # these two and the hash are SQLCipher 4's own
_LENGTH = 32


class Key:
    """What opens the files of one salt. It is never shown, whatever prints it."""

    __slots__ = ("_raw", "salt")

    def __init__(self, raw: bytes, salt: bytes) -> None:
        self._raw = raw
        self.salt = salt

    def __repr__(self) -> str:
        return "Key(…)"

    def fits(self, other: Key) -> bool:
        """Whether the two are the same, found out in a time that tells nothing."""
        return hmac.compare_digest(self._raw + self.salt, other._raw + other.salt)

    def secret(self) -> str:
        """The key as the engine takes it; with the salt, so that copies get the same."""
        return f"x'{self._raw.hex()}{self.salt.hex()}'"


_held: dict[bytes, Key] = {}


def derived(passphrase: str, salt: bytes) -> Key:
    """The key that a passphrase makes with a salt; takes a tenth of a second, as it is meant to."""
    words = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return Key(hashlib.pbkdf2_hmac("sha512", words, salt, _ROUNDS, _LENGTH), salt)


def fresh(passphrase: str) -> Key:
    """A key for a book that is to be encrypted anew."""
    return derived(passphrase, os.urandom(SALT))


def of_secret(secret: str) -> Key | None:
    """The key that `Key.secret` wrote; None for anything else."""
    with suppress(ValueError):
        both = bytes.fromhex(secret[2:-1])
        if secret == f"x'{both.hex()}'" and len(both) == _LENGTH + SALT:
            return Key(both[:_LENGTH], both[_LENGTH:])
    return None


def salt_of(path: Path) -> bytes:
    """The salt at the head of an encrypted file. Raises Problem where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(SALT)
    except OSError as error:
        raise Problem(N_("{file} cannot be opened: {why}"), file=path, why=error.strerror or error) from error


def held(path: Path) -> Key | None:
    """The key of this file, once the process has it."""
    return _held.get(salt_of(path))


def hold(key: Key) -> None:
    """Have every connection from now on use it. A crash must not write it to the disk, so there is no core dump any more."""
    with suppress(ImportError, OSError, ValueError):  # Windows has none
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    _held[key.salt] = key


def opens(key: Key, path: Path) -> bool:
    """Whether it is the key of the file at `path`. Changes nothing."""
    path = path.resolve()
    settled = "&immutable=1" if not Path(f"{path}-wal").exists() else ""
    connection = dbapi2.connect(f"{uri(path)}?mode=ro{settled}", uri=True)
    try:
        give(connection, key)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.DatabaseError as error:
        if "not a database" in str(error):
            return False
        raise
    finally:
        connection.close()
    return True


def unlock(connection: Any, path: Path) -> None:
    """Give a fresh connection to an encrypted file its key. Raises Problem where nobody has said the passphrase."""
    key = held(path)
    if key is None:
        raise Problem(N_("{file} is encrypted, and its passphrase has not been given."), file=path)
    give(connection, key)


def give(connection: Any, key: Key) -> None:
    """Make `key` the key of a fresh connection."""
    connection.execute("PRAGMA cipher_log_level = NONE")  # else the engine writes over the screen when it does not fit
    connection.execute(f'PRAGMA key = "{key.secret()}"')


def sweep(path: Path, older_than: float = inf) -> None:
    """Take away unfinished copies that a killed program left beside the book before that moment (seconds since 1970)."""
    unfinished = re.compile(rf"\.{re.escape(path.name)}\.\d+\.new")
    for leftover in path.absolute().parent.iterdir():
        with suppress(OSError):
            if unfinished.fullmatch(leftover.name) and leftover.stat().st_mtime < older_than:
                leftover.unlink()
