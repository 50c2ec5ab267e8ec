"""Is the book in order? What is wrong is said in plain words, and what can be mended is mended after a backup."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from ..domain.messages import N_, Message, Problem
from ..store import checking, counting
from ..store.backups import check
from ..store.connecting import NEVER_WRITTEN
from . import backups, indexing, trust
from .findings import Finding as Finding
from .findings import State as State
from .findings import always, attention
from .session import Session

_SAMPLE = 500
_OLD_BACKUP, _FEW = 7, 20
"""Days after which a backup is old; operations that are few enough to do without one."""
_LEAST_FREE = 200_000_000
"""Bytes: a backup or an import of a large sheet takes about as much."""

# Folders that another program copies while the book is open; the marks it leaves where two machines wrote at once.
_SYNCED = ("dropbox", "onedrive", "google drive", "googledrive", "icloud", "mobile documents", "nutstore", "坚果云",
           "baidusyncdisk", "百度网盘", "百度同步盘", "wps云盘", "syncthing")  # fmt: skip
_CONFLICTS = ("conflict", "冲突", "sync-conflict")


def examine(session: Session) -> Iterator[Finding]:
    """Every check of the book, one after the other, those of the file first; nothing is changed."""
    damaged = checking.damage(session.book)
    if damaged:
        yield attention(
            "file", N_("The file is damaged ({why}). Keep it, and restore a backup beside it."), why=damaged[0]
        )
        return  # whatever else is asked of it cannot be relied on
    if problem := odd_values(session):
        yield Finding("values", State.ATTENTION, problem.message)
        return
    yield Finding("file", State.SOUND, Message(N_("The file can be read from end to end.")))
    tables = list(_tables(session))
    yield from tables
    if not any(found.check == "tables" and found.state is State.ATTENTION and found.mend is None for found in tables):
        yield from trust.examine(session)
    yield from _derived(session)
    yield _backup(session)
    yield _rights(session.book.path)
    yield from _readable(session)
    yield _space(session.book.path)
    yield from _folder(session.book.path)


def odd_values(session: Session) -> Problem | None:
    """What to say where the book holds values that crm never writes, and cannot work with; None for every sound book."""
    odd = checking.odd_values(session.book)
    if not odd:
        return None
    return Problem(NEVER_WRITTEN, file=session.book.path, which=", ".join(odd[:5]))


def behind_crash(session: Session) -> Problem | None:
    """What to say after an error that nobody foresaw, where odd values of the book explain it. Never raises."""
    try:
        return odd_values(session)
    except Exception:  # the book cannot even be looked at
        return None


def mend(
    session: Session, finding: Finding, progress: indexing.Progress | None = None, stop: indexing.Stop | None = None
) -> Finding:
    """Mend what `finding` found, after a backup where it is more than what is derived. Returns how it stands now; `stop`
    breaks off a long repair, which a later call goes on with. Raises Problem where the backup fails."""
    if finding.mend is None:
        return finding
    backup = None
    if not finding.derived:
        backup = _backup_name(session)
        checking.back_up(session.book, backup)
    if not finding.mend(progress, stop):
        broken_off = N_("Broken off; what is done is kept, and the next crm doctor goes on.")
        return Finding(finding.check, State.ATTENTION, Message(broken_off), finding.mend)
    if backup is None:
        return Finding(finding.check, State.REPAIRED, Message(N_("Mended; none of your data was touched.")))
    return Finding(finding.check, State.REPAIRED, Message(N_("Mended. The book as it was: {file}"), {"file": backup}))


def _tables(session: Session) -> Iterator[Finding]:
    links = checking.broken_links(session.book)
    if links:
        named = ", ".join(f"{table} → {owner}" for table, owner in links)
        yield attention(
            "links", N_("Rows lost what they belong to ({which}): another tool has written to the book."), which=named
        )
    else:
        yield Finding("links", State.SOUND, Message(N_("Every row has what it belongs to.")))
    missing, foreign = checking.structure(session.book)
    lost = [part.name for part in missing if part.kind == "table"]
    if lost:
        lost_words = N_("Tables are missing or altered ({which}). Restore a backup, or ask for help before you go on.")
        yield attention("tables", lost_words, which=", ".join(lost))
    elif missing:
        yield Finding(
            "tables",
            State.ATTENTION,
            Message(
                N_("Indexes or history triggers are missing or altered ({which}): another tool has changed the book."),
                {"which": ", ".join(part.name for part in missing)},
            ),
            always(partial(checking.mend_structure, session.book, missing)),
            derived=False,
        )
    else:
        yield Finding("tables", State.SOUND, Message(N_("Tables, indexes and history triggers are as they should be.")))
    if foreign:
        extra = N_("Something of another tool's is in the book ({which}). It is left alone.")
        yield Finding("tables", State.ADVICE, Message(extra, {"which": ", ".join(part.name for part in foreign)}))


def _derived(session: Session) -> Iterator[Finding]:
    if session.read_only:
        yield Finding(
            "agenda", State.ADVICE, Message(N_("The book can only be read here; the agenda was not checked."))
        )
    elif checking.wrong_standings(session.book, counting.sample_of(session.book, _SAMPLE)):
        wrong = N_("The agenda does not follow from the customers' rows everywhere.")
        yield Finding("agenda", State.ATTENTION, Message(wrong), always(partial(checking.mend_standings, session.book)))
    else:
        yield Finding("agenda", State.SOUND, Message(N_("The agenda follows from the customers' rows.")))
    if indexing.index_is_stale(session):
        stale = N_("The search index is not up to date: words may miss customers.")
        yield Finding(
            "search",
            State.ATTENTION,
            Message(stale),
            partial(indexing.rebuild_index, session, anew=session.search_is_whole()),
        )
    else:
        yield Finding("search", State.SOUND, Message(N_("The search index finds every customer.")))


def _backup(session: Session) -> Finding:
    newest = next(iter(backups.listed(session)), None)
    unsaved = counting.operations_after(session.book, newest.contents.operations if newest else 0)
    if newest is None:
        none = N_("There is no backup yet. crm backup makes one.")
        return Finding("backup", State.ADVICE if unsaved < _FEW else State.ATTENTION, Message(none))
    days = (session.today - newest.made_at.astimezone().date()).days
    told = {"days": days, "count": unsaved, "file": newest.file}
    if days > _OLD_BACKUP and unsaved:
        old = N_("The newest backup is {days} days old; {count} operations since are in none. crm backup makes one.")
        return Finding("backup", State.ATTENTION, Message(old, told))
    try:
        check(newest)
    except Problem as problem:
        return Finding("backup", State.ATTENTION, problem.message)
    return Finding("backup", State.SOUND, Message(N_("The newest backup is {days} days old and sound."), told))


def _rights(book: Path) -> Finding:
    files = [file for file in (book, Path(f"{book}-wal"), Path(f"{book}-shm")) if file.exists()]
    open_to_others = [file for file in files if stat.S_IMODE(file.stat().st_mode) & 0o077 and _has_rights()]
    if not open_to_others:
        return Finding("rights", State.SOUND, Message(N_("Only you can read the book.")))
    told = N_("Other users of this computer can read the book.")
    return Finding("rights", State.ATTENTION, Message(told), always(partial(_close_to_others, open_to_others)))


def _readable(session: Session) -> Iterator[Finding]:
    """An encrypted book beside backups that anybody can read."""
    if not session.encrypted:
        return
    from . import encryption

    there = encryption.paths(encryption.plain(encryption.left_open(session)))
    if there:
        told = N_(
            "The book is encrypted, but backups made before can be read ({which}). crm encrypt --remove-plain-backups removes them."
        )
        yield Finding("encryption", State.ADVICE, Message(told, {"which": there[0].parent}))
    else:
        yield Finding(
            "encryption",
            State.SOUND,
            Message(N_("The book is encrypted; each page was checked against its signature.")),
        )


def _has_rights() -> bool:
    """Whether the system tells by these rights who can read a file; Windows does not."""
    import os

    return os.name == "posix"


def _close_to_others(files: list[Path]) -> None:
    for file in files:
        file.chmod(0o600)


def _space(book: Path) -> Finding:
    free = shutil.disk_usage(book.parent).free
    needed = max(_LEAST_FREE, 2 * book.stat().st_size)
    numbers = {"free": free // 1_000_000, "needed": needed // 1_000_000}
    if free < needed:
        few = N_("Only {free} MB are free on this disk; a backup and a safe margin need {needed} MB.")
        return Finding("space", State.ATTENTION, Message(few, numbers))
    return Finding("space", State.SOUND, Message(N_("{free} MB are free on this disk."), numbers))


def _folder(book: Path) -> Iterator[Finding]:
    parts = [part.casefold() for part in book.absolute().parent.parts]
    service = next((name for name in _SYNCED for part in parts if name in part), None)
    others = sorted(
        file.name
        for file in book.parent.iterdir()
        if file.name != book.name
        and file.name.startswith(book.stem)
        and any(mark in file.name.casefold() for mark in _CONFLICTS)
    )
    if others:
        copies = N_(
            "Conflict copies lie beside the book ({which}): two computers wrote at once. Look which one is right."
        )
        yield attention("folder", copies, which=", ".join(others))
    elif service:
        synced = N_(
            "The book is in a folder that {service} copies. Open it on one computer at a time, or move it out with --db."
        )
        yield Finding("folder", State.ADVICE, Message(synced, {"service": service}))
    else:
        yield Finding("folder", State.SOUND, Message(N_("No program copies the book while it is open.")))


def _backup_name(session: Session) -> Path:
    book = session.book.path
    names = (book.with_name(f"{book.stem}.before-repair-{session.today:%Y%m%d}{tail}.db") for tail in _tails())
    return next(name for name in names if not name.exists())


def _tails() -> Iterator[str]:
    yield ""
    number = 2
    while True:
        yield f"-{number}"
        number += 1
