"""`crm backup` and `crm restore`: whole copies of the book, made and put back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.messages import N_, Problem
from ..i18n import _, explain, short_date, tell
from ..usecases import backups
from ..usecases.backups import Backup, Preview
from ..usecases.session import Session, is_encrypted
from . import output
from .arguments import Arguments
from .console import agreed
from .table import Column, table

if TYPE_CHECKING:
    from . import Unopened


def backup(session: Session, asked: Arguments) -> None:
    """Back the book up now."""
    made = backups.back_up(session)
    if asked.json:
        output.write_object(_object(made))
        return
    told = _("Backed up {customers} customers and {entries} log entries, checked: {file}")
    output.say(told.format(customers=made.contents.customers, entries=made.contents.entries, file=made.file))


def restore(unopened: Unopened, asked: Arguments) -> None:
    """List the backups; or, with a file or a number of that list, put one back: after a question on a terminal, at once
    with --yes. What is in the book now is backed up first."""
    try:
        session = unopened.open()
    except Problem as problem:
        _in_place_of_damaged(unopened, asked, problem)
        return
    try:
        there = backups.listed(session)
        if asked.backup is None:
            _list(there, asked.json)
        else:
            _put_back(session, asked, _chosen(there, asked.backup))
    finally:
        session.close()


def _put_back(session: Session, asked: Arguments, chosen: Backup) -> None:
    _unlock(chosen, asked)
    shown = backups.preview(session, chosen)
    for line in _told(shown):
        output.complain(line) if asked.json else output.say(line)
    if asked.dry_run:
        return
    if not asked.yes and not agreed(_("Put this backup back? (y/n)")):
        raise Problem(N_("Nothing was changed. --yes puts it back."))
    present = backups.restore(session, chosen)
    if asked.json:
        output.write_object({"restored": _object(chosen), "before": _object(present)})
    else:
        output.say(_("The backup is put back. The book as it was before: {file}").format(file=present.file))


def _in_place_of_damaged(unopened: Unopened, asked: Arguments, problem: Problem) -> None:
    """The book cannot be opened, which is when a backup is needed most."""
    there = backups.beside(unopened.book)
    output.complain(explain(problem))
    if asked.backup is None:
        _list(there, asked.json)
        return
    chosen = _chosen(there, asked.backup)
    _unlock(chosen, asked)
    output.say(_line(chosen))
    if asked.dry_run:
        return
    if not asked.yes and not agreed(_("Put this backup in the place of the book that cannot be opened? (y/n)")):
        raise Problem(N_("Nothing was changed. --yes puts it back."))
    kept_as = backups.restore_unreadable(unopened.book, chosen, unopened.clock)
    output.say(_("The backup is put back. The file that could not be opened is kept: {file}").format(file=kept_as))
    if is_encrypted(kept_as) and not is_encrypted(unopened.book):
        output.complain(
            _("The backup was made before the book was encrypted, so the book is readable now: crm encrypt.")
        )


def _unlock(chosen: Backup, asked: Arguments) -> None:
    """A backup opens with the passphrase of the day it was made."""
    if backups.is_locked(chosen.file):
        from .unlocking import unlock_file

        unlock_file(chosen.file, asked.passphrase_stdin)


def _chosen(there: list[Backup], asked: str) -> Backup:
    if asked.isdecimal() and 1 <= int(asked) <= len(there):
        return there[int(asked) - 1]
    if asked.isdecimal():
        raise Problem(N_("There is no backup {number}; there are {count}."), number=asked, count=len(there))
    return backups.named(Path(asked))


def _list(there: list[Backup], as_json: bool) -> None:
    if as_json:
        output.write_list(map(_object, there))
        return
    if not there:
        output.say(_("There is no backup yet. crm backup makes one; the program makes one each day it is opened."))
        return
    columns = (Column("#", right=True), Column(_("made")), Column(_("Customers"), right=True), Column(_("entries"), right=True),
               Column("MB", right=True), Column(_("file"), 20))  # fmt: skip
    table(columns, [(str(number), _when(each), f"{each.contents.customers:,}", f"{each.contents.entries:,}",
                     f"{each.size / 1e6:,.1f}", str(each.file)) for number, each in enumerate(there, 1)])  # fmt: skip
    output.say(_("crm restore 1 shows what the first would change, and asks."))


def _told(shown: Preview) -> list[str]:
    there, now = shown.backup.contents, shown.present
    lines = [_line(shown.backup)]
    lines.append(
        _(
            "In it: {customers} customers, {entries} log entries. In the book now: {present} and {present_entries}."
        ).format(customers=there.customers, entries=there.entries, present=now.customers, present_entries=now.entries)
    )
    if shown.since is None:
        lines.append(
            _("It has another history than this book: it is of another book, or of a time after an older restore.")
        )
    elif shown.since:
        lines.append(
            _("What was done since would be gone from the book ({count}), the newest first:").format(count=shown.since)
        )
        lines += [f"  {tell(label)}" for label in shown.newest]
    else:
        lines.append(_("Nothing was done since."))
    return [*lines, tell(shown.erased)] if shown.erased else lines


def _line(each: Backup) -> str:
    return _("Backup of {when}: {file}").format(when=_when(each), file=each.file)


def _when(each: Backup) -> str:
    local = each.made_at.astimezone()
    return f"{short_date(local.date())} {local:%H:%M}"


def _object(each: Backup) -> dict[str, object]:
    return {"file": str(each.file), "made_at": each.made_at.isoformat(), "bytes": each.size, "sha256": each.sha256,
            "customers": each.contents.customers, "entries": each.contents.entries,
            "last_operation": each.contents.head}  # fmt: skip
