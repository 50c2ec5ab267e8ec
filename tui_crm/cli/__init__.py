"""The command line: the same use-cases as the screens, for scripts. A verb imports only what it needs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import i18n
from ..config import Places, Settings, load_settings, places
from ..domain.messages import N_, Problem
from . import output
from .arguments import Arguments, language_asked, parse

if TYPE_CHECKING:
    from ..usecases.session import Clock, Session

Program = Callable[[Path, Settings, "Clock", bool], int]
"""Opens the program on a book: file, settings, clock, whether it is the example book. Returns the exit code."""

DONE, FAILED, REFUSED, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: done; a fault of ours; the input was refused and nothing written; Ctrl+C."""


EVERYDAY_YEARS = range(1970, 2100)
"""Days of these years need no reading; anything else is read, or refused, as everywhere."""


@dataclass(frozen=True, slots=True)
class Unopened:
    """A book for a verb that has to work even where it cannot be opened."""

    book: Path
    settings: Settings
    clock: Clock

    def open(self) -> Session:
        """Open it. Raises Problem when it cannot be used."""
        from ..usecases.session import open_session

        return open_session(self.book, self.settings, self.clock)


@dataclass(frozen=True, slots=True)
class Outside:
    """What a verb is given that has to work whatever is wrong: where things are, the settings or the usual ones, and why those
    of the user could not be read."""

    book: Path
    where: Places
    settings: Settings
    unreadable: Problem | None


def main(argv: Sequence[str], open_program: Program) -> int:
    """Do what `argv` asks; `open_program` is called where it names no verb. Returns the exit code, never raises."""
    output.prepare()
    try:
        code = _run(argv, open_program)
        sys.stdout.flush()
    except Problem as problem:
        output.complain(i18n.explain(problem))
        return REFUSED
    except SystemExit as leave:  # --help
        return leave.code if isinstance(leave.code, int) else DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader has seen enough: `crm due | head`
        output.hush()
        return DONE
    except OSError as error:  # a full disk behind `crm due > file`; the store explains its own
        output.hush()
        output.complain(i18n._("The system refused: {why}").format(why=error.strerror or error))
        return FAILED
    except Exception as error:
        output.complain(_crashed(error))
        return FAILED
    return code


def _run(argv: Sequence[str], open_program: Program) -> int:
    _refuse_broken(argv)
    where = places()
    strange: list[Problem] = []
    settings, unreadable = _settings(where, strange)
    wanted = language_asked(argv) or settings.language
    i18n.use_language(wanted if wanted in i18n.LANGUAGES else i18n.system_language())
    asked = parse(argv)
    if asked.run is not None:  # the program itself tells it on its screen
        for each in strange:
            output.complain(i18n.explain(each))
    if asked.bookless:
        return _function(asked)(Outside(_place(asked, where), where, settings, unreadable), asked) or DONE
    if unreadable:
        raise unreadable
    if asked.demo and asked.db is not None:
        raise Problem(N_("--demo has a book of its own; leave --db away."))
    from ..usecases.session import Clock, open_session

    clock = Clock(_day(asked.today) if asked.today is not None else None)
    book = _place(asked, where)
    if asked.demo:
        from ..demo import ensure_demo

        ensure_demo(book, settings, clock)
    _unlock(book, settings, asked)
    if asked.run is None:
        return open_program(book, settings, clock, asked.demo)
    run = _function(asked)
    if asked.unopened:
        return run(Unopened(book, settings, clock), asked) or DONE
    session = open_session(book, settings, clock)
    try:
        code = run(session, asked)
    except (Problem, OSError):
        raise
    except Exception as error:
        from ..usecases.doctor import behind_crash

        if problem := behind_crash(session):
            raise problem from error
        raise
    finally:
        session.close()
    return code or DONE


def _refuse_broken(argv: Sequence[str]) -> None:
    """Bytes that are no text in the terminal's encoding arrive as lone surrogates; nothing can be done with them."""
    for number, word in enumerate(argv, 1):
        if any("\ud800" <= char <= "\udfff" or char == "\0" for char in word):
            raise Problem(N_("Word {number} of the command, “{word}”, is no readable text. Type it again in UTF-8."),
                          number=number, word=word)  # fmt: skip


def _settings(where: Places, strange: list[Problem]) -> tuple[Settings, Problem | None]:
    """The settings, and what is wrong with their file: that must not keep `--help` from helping. `strange` gets the keys that
    are no settings, which another version may know."""
    try:
        return load_settings(where.settings, strange.append), None
    except Problem as problem:
        return Settings(), problem


def _day(text: str) -> date:
    with suppress(ValueError):  # what a script writes, without loading all that people write
        day = date.fromisoformat(text)
        if day.year in EVERYDAY_YEARS:
            return day
    from ..usecases.planning import read_day

    return read_day(text, date.today())


def _place(asked: Arguments, where: Places) -> Path:
    """The book that is meant, whether it is there or not."""
    if asked.demo:
        return where.demo
    return where.book if asked.db is None else Path(asked.db)


def _function(asked: Arguments) -> Callable[[Any, Arguments], int | None]:
    """What does the verb; its module is imported only now."""
    module, function = asked.run
    run: Callable[[Any, Arguments], int | None] = getattr(import_module(f".{module}", __package__), function)
    return run


def _unlock(book: Path, settings: Settings, asked: Arguments) -> None:
    """Have an encrypted book opened by whoever knows its passphrase."""
    from ..usecases.session import is_encrypted

    if is_encrypted(book):
        from .unlocking import unlock

        unlock(book, settings, asked)


def _crashed(error: Exception) -> str:
    """Write the crash log; returns the line that tells where it is."""
    from ..crash import write_crash_log

    log = None
    with suppress(Exception):  # whatever is wrong, the user gets a line and not a traceback
        log = write_crash_log(places().data, error)
    kind = type(error).__name__
    if log is None:
        return i18n._("crm had to stop ({kind}). Please report it.").format(kind=kind)
    return i18n._("crm had to stop ({kind}). Please send this report, it holds no customer's data: {file}").format(
        kind=kind, file=log
    )
