"""`crm export`: customers as a file of the kind that its ending names."""

from __future__ import annotations

import sys
from pathlib import Path

from ..domain.messages import N_, Message, Problem
from ..domain.text import visible
from ..i18n import _, ngettext, tell
from ..usecases import exporting
from ..usecases.exporting import Exists
from ..usecases.session import Session
from . import output
from .arguments import Arguments
from .console import agreed, progress


def export_file(session: Session, asked: Arguments) -> None:
    """Write everything, or what the query finds; `-` writes a table to the output. Raises Problem for a file that is there
    already, unless --force was given or a terminal agrees."""
    line = " ".join(asked.query).strip()
    customers = exporting.found(session, line) if line else None
    if asked.file == "-":
        exporting.write(session, sys.stdout.buffer, "csv", customers, title=line, encoding=asked.encoding)
        return
    target = _path(asked.file)
    force = asked.force
    try:
        exporting.check_target(session, target, force)
    except Exists as there:
        if not agreed(_("{file} is there already. Replace it? (y/n)").format(file=visible(str(target)))):
            raise Problem(
                N_("{why} --force replaces it."), why=Message(there.message.template, there.message.values)
            ) from there
        force = True
    with progress(_("writing")) as tell_how_far:
        told = (lambda what, done, total: tell_how_far(done)) if tell_how_far else None
        with session.book.telling(told):
            done = exporting.export(session, target, customers, title=line, force=force, encoding=asked.encoding)
    for note in done.notes:
        output.complain(tell(note))
    count = ngettext("{n} customer", "{n} customers", done.customers)
    output.say(_("{count} written to {file}").format(count=count, file=visible(str(done.path))))


def _path(typed: str) -> Path:
    try:
        return Path(typed).expanduser()
    except RuntimeError as error:
        raise Problem(
            N_("{file} cannot be written: {why}. Choose another place."), file=visible(typed), why=error
        ) from error
