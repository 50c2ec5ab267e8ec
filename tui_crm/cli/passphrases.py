"""`crm encrypt`, `crm decrypt`, `crm passphrase`. A passphrase is never a word of the command."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain import passphrases
from ..domain.messages import N_, Problem
from ..i18n import _, ngettext, tell
from ..usecases import encryption, unlocking
from ..usecases.encryption import Left
from . import output
from .arguments import Arguments
from .console import agreed
from .unlocking import line, on_terminal, typed

if TYPE_CHECKING:
    from ..usecases.session import Session
    from . import Unopened

_MOST_SHOWN = 8


# Verbs ---------------------------------------------------------------------------------------------------------------


def encrypt(unopened: Unopened, asked: Arguments) -> None:
    """Say what a passphrase protects and what it does not, ask for one, and encrypt the book."""
    session = unopened.open()
    try:
        left = encryption.plain(encryption.left_open(session))
        if not session.encrypted:
            _explain(session, left)
        if asked.dry_run:
            return
        done = session.encrypted and asked.remove_plain_backups
        if not done:
            passphrase = "" if session.encrypted else _new()
            encryption.encrypt(session, passphrase)
    finally:
        session.close()
    if done:
        _replace(unopened, left)
        return
    output.say(_("The book is encrypted. Every start asks for the passphrase now."))
    _advise(passphrase)
    if asked.remove_plain_backups:
        _replace(unopened, left)
    elif encryption.paths(left):
        output.say(
            _("The plain backups and copies above are still there. crm encrypt --remove-plain-backups removes them.")
        )
    _offer_keyring(unopened)


def decrypt(unopened: Unopened, asked: Arguments) -> None:
    """Make the book plain again: after a question on a terminal, at once with --yes."""
    session = unopened.open()
    try:
        if session.encrypted and not asked.yes and not agreed(_("Make the book readable for every program? (y/n)")):
            raise Problem(N_("Nothing was changed. --yes makes it plain."))
        encryption.decrypt(session)
    finally:
        session.close()
    unlocking.drop_from_keyring(unopened.book)
    output.say(_("The book is no longer encrypted. Its encrypted backups still need the passphrase."))


def passphrase(unopened: Unopened, asked: Arguments) -> None:
    """Change the passphrase, or write a sheet to keep it on paper."""
    session = unopened.open()
    try:
        if asked.sheet is not None:
            _write_sheet(session, asked)
            return
        if session.encrypted:
            output.say(_("The new passphrase:"))
        new = _new() if session.encrypted else ""
        encryption.change(session, new)
    finally:
        session.close()
    output.say(_("The passphrase is changed."))
    _advise(new)
    if unopened.settings.encryption.keyring:
        unlocking.keep_in_keyring(unopened.book)
    session = unopened.open()
    try:
        older = encryption.paths(encryption.left_open(session))
    finally:
        session.close()
    if older:
        output.say(_("These open with the passphrase they were made with, not with the new one:"))
        _name(older)


# Parts of them ---------------------------------------------------------------------------------------------------------


def _explain(session: Session, left: Left) -> None:
    output.say(
        _(
            "With a passphrase {file} can be read by nobody without it: customers, log, trade, history, search, drafts."
        ).format(file=session.book.path)
    )
    output.say(_("Nobody can help who has lost it: crm passphrase --sheet FILE makes a page to keep in a safe place."))
    output.say(_("What stays readable:"))
    if left.files:
        told = ngettext("{n} file kept with customers", "{n} files kept with customers", left.files)
        output.say(f"  {told}: {left.folder}")
    if left.calendar is not None:
        output.say("  " + _("the calendar of next steps: {file}").format(file=left.calendar))
    output.say("  " + _("everything that is exported or printed; the settings with the saved views"))
    plain = encryption.paths(left)
    if plain:
        output.say(
            "  "
            + ngettext("{n} backup or copy made before now:", "{n} backups and copies made before now:", len(plain))
        )
        _name(plain)


def _name(files: Sequence[Path]) -> None:
    for file in files[:_MOST_SHOWN]:
        output.say(f"    {file}")
    if len(files) > _MOST_SHOWN:
        output.say("    " + _("and {n} more").format(n=len(files) - _MOST_SHOWN))


def _replace(unopened: Unopened, left: Left) -> None:
    """Make an encrypted backup, then remove the plain ones."""
    from ..usecases import backups

    session = unopened.open()
    try:
        made = backups.back_up(session)
    finally:
        session.close()
    count = encryption.remove(left)
    output.say(ngettext("{n} plain backup or copy removed.", "{n} plain backups and copies removed.", count))
    output.say(_("A first encrypted backup: {file}").format(file=made.file))


def _offer_keyring(unopened: Unopened) -> None:
    """Where there is a keyring, ask whether it shall open the book."""
    from dataclasses import replace

    from ..config import places
    from ..settings_file import save_changes

    settings = unopened.settings
    if not settings.encryption.keyring:
        if not (on_terminal() and unlocking.keyring_there()):
            return
        if not agreed(_("Keep the key in this computer's keyring, so that it is not asked for here? (y/n)")):
            return
    if unlocking.keep_in_keyring(unopened.book):
        kept = replace(settings, encryption=replace(settings.encryption, keyring=True))
        save_changes(places().settings, settings, kept)
    else:
        output.complain(_("The keyring did not take the key; the passphrase will be asked for."))


def _write_sheet(session: Session, asked: Arguments) -> None:
    from ..usecases import recovery
    from .reporting import HTML, write

    printed = None
    if asked.with_passphrase:
        if not agreed(_("Whoever finds the sheet can open the book. Print the passphrase on it all the same? (y/n)")):
            raise Problem(
                N_("Nothing was written. Without --with-passphrase the sheet has a line to write it by hand.")
            )
        printed = typed(_("Passphrase: "))
    target = Path(asked.sheet)
    write(recovery.sheet(session, printed), target, target.suffix.lower() in HTML, asked.force)


def _advise(passphrase: str) -> None:
    told = passphrases.advice(passphrase)
    if told:
        output.say(tell(told))


def _new() -> str:
    """A new passphrase: typed twice, or one line of standard input. Raises Problem for what cannot be one."""
    if not on_terminal():
        return line()
    output.say(
        _("At least {least} characters; several words that do not belong together are best.").format(
            least=passphrases.LEAST
        )
    )
    first = typed(_("New passphrase: "))
    passphrases.check(first)
    if typed(_("Once more: ")) != first:
        raise Problem(N_("The two are not the same. Nothing was changed."))
    return first
