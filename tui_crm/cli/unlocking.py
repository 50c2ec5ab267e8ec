"""Asking for the passphrase of an encrypted book: typed without being shown, or a line of standard input."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from ..domain.messages import N_, Problem
from ..i18n import _
from ..usecases import unlocking
from . import output
from .arguments import Arguments

if TYPE_CHECKING:
    from ..config import Settings

_TRIES = 3
_WRONG = N_("{file} stays closed: that is not its passphrase.")


def unlock(book: Path, settings: Settings, asked: Arguments) -> None:
    """Open an encrypted book for this process: by the keyring if the settings say so, by what is typed, or by the first line
    of standard input. Raises Problem where it stays closed."""
    changing = asked.run is not None and asked.run[0] == "passphrases"
    if settings.encryption.keyring and not changing:
        if unlocking.unlock_by_keyring(book):
            return
        output.complain(_("The keyring does not open the book, so its passphrase is needed."))
    if asked.passphrase_stdin or on_terminal():
        Thread(target=_load_ahead, args=(asked,), daemon=True).start()
    unlock_file(book, asked.passphrase_stdin or changing)


def unlock_file(file: Path, from_input: bool) -> str:
    """Open an encrypted book, or a backup of one, by what is typed, or by a line of standard input. Returns what opened it;
    raises Problem."""
    if not on_terminal():
        if not from_input:
            raise Problem(
                N_(
                    "{file} is encrypted. With --passphrase-stdin its passphrase is read from the first line of the input."
                ),
                file=file,
            )
        said = line()
        if not unlocking.unlock(file, said):
            raise Problem(_WRONG, file=file)
        return said
    for _try in range(_TRIES):
        said = typed(_("Passphrase of {file}: ").format(file=file.name))
        if unlocking.unlock(file, said):
            return said
        output.complain(_("That is not the passphrase."))
    raise Problem(_WRONG, file=file)


def on_terminal() -> bool:
    """Whether somebody can be asked."""
    return bool(sys.stdin and sys.stdin.isatty())


def typed(question: str) -> str:
    """What somebody types, without showing it. Raises Problem where nothing comes."""
    from getpass import getpass

    try:
        return getpass(question)
    except EOFError as error:
        raise Problem(N_("No passphrase was given.")) from error
    except UnicodeDecodeError as error:
        raise Problem(N_("What was typed is no text in this terminal's encoding.")) from error


def line() -> str:
    """The next line of standard input. Raises Problem where there is none."""
    found = sys.stdin.buffer.readline() if sys.stdin else b""
    if not found:
        raise Problem(N_("No passphrase was given."))
    try:
        return found.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise Problem(N_("The passphrase on standard input is not UTF-8.")) from error


def _load_ahead(asked: Arguments) -> None:
    """Load what comes next while the passphrase is typed and its key worked out."""
    with suppress(Exception):  # whoever needs it will meet the error, and say it
        import_module(f"{__package__}.{asked.run[0]}" if asked.run else "tui_crm.screens.agenda")
