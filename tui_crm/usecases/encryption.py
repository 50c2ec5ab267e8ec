"""Encrypting the book, making it plain again, another passphrase; and what stays readable all the same."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from ..domain import passphrases
from ..domain.messages import N_, Problem
from ..store import attachments, backups, encrypting, keys
from ..store.files import is_encrypted
from . import backups as habits
from . import beside
from .session import Session


@dataclass(frozen=True, slots=True)
class Left:
    """What the passphrase does not protect: backups, copies beside the book, how many files are kept with customers and
    where, and the calendar file if the program writes one."""

    backups: tuple[backups.Backup, ...]
    copies: tuple[Path, ...]
    files: int
    folder: Path
    calendar: Path | None


def left_open(session: Session) -> Left:
    """What would stay readable without the passphrase of the book; of an encrypted one, what another passphrase opens too."""
    path = session.book.path
    key = keys.held(path) if session.encrypted else None
    there = backups.listed(path, habits.folders(session))
    copies = encrypting.copies_beside(path)
    if session.encrypted:
        other = set(encrypting.other_kinds([*(each.file for each in there), *copies], key))
        there = [each for each in there if each.file in other]
        copies = [file for file in copies if file in other]
    folder = attachments.folder_of(path)
    return Left(tuple(there), tuple(copies), _count(folder), folder, _calendar(session))


def encrypt(session: Session, passphrase: str) -> None:
    """Encrypt the book; the session is closed, and the next one opens it. Raises Problem; then the book is as it was."""
    passphrases.check(passphrase)
    if session.encrypted:
        raise Problem(N_("{file} is encrypted already. crm passphrase changes its passphrase."), file=session.book.path)
    if session.is_example:
        raise Problem(N_("The example book holds nobody's data and needs no passphrase."))
    kept = beside.take_in(session)
    _rewrite(session, passphrase)
    for file in kept:
        file.unlink(missing_ok=True)


def change(session: Session, passphrase: str) -> None:
    """Give an encrypted book another passphrase; the session is closed. Raises Problem; then the book is as it was."""
    passphrases.check(passphrase)
    _check_encrypted(session)
    _rewrite(session, passphrase)


def decrypt(session: Session) -> None:
    """Make an encrypted book plain; the session is closed. Raises Problem; then the book is as it was."""
    _check_encrypted(session)
    put_out = beside.taken_in(session)
    _rewrite(session, None)
    for file, value in put_out:
        beside.put(file, value)


def remove(left: Left) -> int:
    """Take these backups and copies away; returns how many. Raises Problem."""
    for backup in left.backups:
        backups.remove(backup)
    for copy in left.copies:
        for tail in ("", "-wal", "-shm"):
            with suppress(OSError):
                Path(f"{copy}{tail}").unlink(missing_ok=True)
    return len(left.backups) + len(left.copies)


def _rewrite(session: Session, passphrase: str | None) -> None:
    if session.read_only:
        raise Problem(
            N_(
                "{file} can only be read here, so nothing was saved. Copy it into a folder of your own to work with it."
            ),
            file=session.book.path,
        )
    key = None if passphrase is None else keys.fresh(passphrase)
    session.close()
    encrypting.rewrite(session.book.path, key)
    if key:
        keys.hold(key)


def _check_encrypted(session: Session) -> None:
    if not session.encrypted:
        raise Problem(N_("{file} is not encrypted. crm encrypt does that."), file=session.book.path)


def _count(folder: Path) -> int:
    return sum(1 for file in folder.glob("??/*") if file.is_file()) if folder.is_dir() else 0


def _calendar(session: Session) -> Path | None:
    from . import calendars

    file = calendars.feed_file(session)
    return file if session.settings.calendar.on_close or file.exists() else None


def plain(left: Left) -> Left:
    """Of these, the backups and copies that anybody can read."""
    there = tuple(each for each in left.backups if not is_encrypted(each.file))
    return replace(left, backups=there, copies=tuple(file for file in left.copies if not is_encrypted(file)))


def paths(left: Left) -> Sequence[Path]:
    """The files of backups and copies."""
    return [*(each.file for each in left.backups), *left.copies]
