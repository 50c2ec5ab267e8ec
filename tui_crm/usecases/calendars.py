"""Next steps as a calendar file that phones and calendar programs subscribe to."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from ..domain.messages import N_, Message, Problem
from ..exchange import calendar
from ..exchange.new_file import new_file
from ..exchange.outgoing import Outgoing, Written
from ..store import calendars as store
from . import exporting
from .session import Session

MOST = 1_000
"""Events of a feed of the whole book. Calendar programs refuse files of more than a megabyte, and closing must not wait."""


def write(session: Session, outgoing: Outgoing, stream: BinaryIO) -> Written:
    """Write the next steps of everybody who goes out."""
    events, without = calendar.write(outgoing.read(False), session.settings.calendar, stream)
    return Written(events, _left_out(without))


def _left_out(without: int) -> tuple[Message, ...]:
    if not without:
        return ()
    return (Message(N_("Without a next step, so not in the calendar: {count}"), {"count": without}),)


def feed_file(session: Session) -> Path:
    """Where the feed is written: the file of the settings, else beside the book."""
    named = session.settings.calendar.file
    try:
        return Path(named).expanduser() if named else session.book.path.with_suffix(".ics")
    except RuntimeError as error:
        raise Problem(N_("calendar.file names no folder: {file}. Give a full path."), file=named) from error


def write_feed(session: Session, target: Path) -> exporting.Exported:
    """Write the feed of the whole book in place of the one before; of more than `MOST` next steps the nearest. Raises
    Problem."""
    if target.suffix.lower() != ".ics":
        raise Problem(N_("{file}: the name of a calendar ends in .ics."), file=target)
    exporting.check_target(session, target, force=True)
    ids, count = store.nearest_steps(session.book, session.today, MOST)
    with new_file(target, force=True) as stream, session.book.one_state():
        events, without = calendar.write(
            exporting.chunks(session, sorted(ids), False), session.settings.calendar, stream
        )
    notes = _left_out(without)
    if count > len(ids):
        said = N_(
            "Of {count} next steps the {most} nearest are in it; promises first. With a search, all that it finds."
        )
        notes += (Message(said, {"count": f"{count:,}", "most": f"{len(ids):,}"}),)
    return exporting.Exported(target, events, notes)
