"""Backups: one each day by itself, thinned as they get older, copied to a second folder; and putting one back."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..domain.backups import kept, that_fit
from ..domain.messages import N_, Message, Problem
from ..store import backups, counting, erasing
from ..store import history as store_history
from ..store.backups import Backup as Backup
from ..store.backups import Contents as Contents
from ..store.backups import is_locked as is_locked
from . import history
from .session import Clock, Session, Stopped

_LEFT_BEHIND = 24 * 3600
"""Seconds after which what a broken-off backup left is taken away."""
_SHARE = 5
"""Of the disk, what is free and what backups take already, backups get this part of at most."""
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Preview:
    """What putting a backup back would change: what is in the book now and in the backup, how many operations made since
    would be gone, and the newest of them. `since` is None where the backup is of another history. `erased` warns of people who
    would be back."""

    backup: Backup
    present: Contents
    since: int | None
    newest: tuple[Message, ...]
    erased: Message | None = None


def folders(session: Session) -> list[Path]:
    """Where backups of this book lie: the first is where they are made."""
    habits = session.settings.backup
    first = Path(habits.folder).expanduser() if habits.folder else backups.folder_of(session.book.path)
    return [first, *([Path(habits.second).expanduser()] if habits.second else [])]


def listed(session: Session) -> list[Backup]:
    """Every backup there is, newest first; one that is in both folders counts once."""
    found: dict[str, Backup] = {}
    for backup in backups.listed(session.book.path, folders(session)):
        found.setdefault(backup.file.name, backup)
    return list(found.values())


def back_up(session: Session) -> Backup:
    """Make a backup now, copy it to the second folder, and take away those that are no longer kept. Raises Problem; a
    backup that was made stays even where the copy fails."""
    first, *others = folders(session)
    _check_room(session, first)
    backups.sweep(first, time.time() - _LEFT_BEHIND)
    made = backups.make(session.book, first, session.now)
    _thin(session, first)
    for other in others:
        backups.copy_to(made, other)
        _thin(session, other)
    return made


def daily(session: Session, stop: Callable[[], bool]) -> Backup | None:
    """Today's backup, unless it is made already, not wanted, or there is nothing to back up. Once `stop` says so it is broken
    off, and the next start makes it. Raises Problem."""
    if session.read_only or not session.settings.backup.daily or not backups.contents(session.book).customers:
        return None
    newest = next(iter(backups.listed(session.book.path, folders(session)[:1])), None)
    if newest and newest.made_at.astimezone().date() >= session.today:
        return None
    with suppress(Stopped), session.book.stopping(stop):
        return back_up(session)
    return None


def preview(session: Session, backup: Backup) -> Preview:
    """What putting it back would change."""
    present = backups.contents(session.book)
    if store_history.uid_of(session.book, backup.contents.operations) != backup.contents.head:
        return Preview(backup, present, None, (), _erased(session, 0))
    since = counting.operations_after(session.book, backup.contents.operations)
    newest = history.operations(session, min(since, _SHOWN)) if since else []
    erased = _erased(session, backup.contents.operations)
    return Preview(backup, present, since, tuple(operation.label for operation in newest), erased)


def _erased(session: Session, since: int) -> Message | None:
    count = erasing.erasures(session.book, since)
    told = N_("People who were erased since come back with it: {count}. Erase them again afterwards (crm forget).")
    return Message(told, {"count": count}) if count else None


def restore(session: Session, backup: Backup) -> Backup:
    """Make the book what the backup is, once that is checked and the present state is backed up; returns the backup of the
    present state. The session is to be closed afterwards. Raises Problem; then the book is as it was."""
    backups.check_kind(session.book, backup)
    backups.check(backup)
    backups.check_inside(backup)
    present = backups.make(session.book, folders(session)[0], session.now)
    backups.put_back(session.book, backup, session.now)
    return present


def restore_unreadable(book: Path, backup: Backup, clock: Clock) -> Path:
    """Put a backup in the place of a book that cannot be opened; returns where that book is now. Raises Problem."""
    backups.check(backup)
    backups.check_inside(backup)
    kept_as = book.with_name(f"{book.stem}.damaged-{clock.today():%Y%m%d}.db")
    if kept_as.exists():
        raise Problem(N_("{file} is in the way. Move it somewhere else first."), file=kept_as)
    backups.put_in_place(book, backup, kept_as, clock.now())
    return kept_as


def named(file: Path) -> Backup:
    """The backup in that file. Raises Problem where it is none of crm's."""
    return backups.named(file)


def beside(book: Path) -> list[Backup]:
    """The backups in the usual folder of a book that may not open, newest first."""
    return backups.listed(book, [backups.folder_of(book)])


def _check_room(session: Session, folder: Path) -> None:
    """Raise Problem where a backup would leave hardly any room on the disk."""
    there = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    size, free = session.book.path.stat().st_size, shutil.disk_usage(there).free
    if free < 2 * size:
        raise Problem(
            N_("No backup was made: it needs {needed} MB with a safe margin, and {free} MB are free in {folder}."),
            needed=2 * size // 1_000_000, free=free // 1_000_000, folder=folder,
        )  # fmt: skip


def _thin(session: Session, folder: Path) -> None:
    """Keep what is to be kept of the backups in a folder: by age, and no more than a fifth of the room there is for them."""
    there = {backup.made_at.astimezone(): backup for backup in backups.listed(session.book.path, [folder])}
    stay = kept(there)
    sizes = {at: there[at].size for at in stay}
    stay = that_fit(sizes, (shutil.disk_usage(folder).free + sum(sizes.values())) // _SHARE)
    for at, backup in there.items():
        if at not in stay:
            backups.remove(backup)
