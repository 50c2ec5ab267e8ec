"""The example book: 120 invented customers dated relative to today, made through the verbs a user has."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from .config import Settings
from .domain.messages import N_, Problem
from .usecases.session import EXAMPLE_DAY, Clock, open_session


@dataclass(frozen=True)
class _StoppedClock(Clock):
    """A clock that stands at one instant of the past."""

    at: datetime = field(kw_only=True)

    def today(self) -> date:
        return self.at.astimezone().date()

    def now(self) -> datetime:
        return self.at


def ensure_demo(path: Path, settings: Settings, clock: Clock) -> None:
    """Have an example book of the clock's day at `path`: one of another day is made anew, changes in it included.

    Raises Problem when the file there is no example book, is in use, or cannot be written.
    """
    today = clock.today()
    if path.exists() and _day_of(path, settings) == today.isoformat():
        return
    fresh = path.with_name(f".{path.name}.{os.getpid()}.demo")
    try:
        _make(fresh, path, settings, today)
        _put_in_place(fresh, path)
    finally:
        for leftover in _files(fresh):
            leftover.unlink(missing_ok=True)


def _make(path: Path, place: Path, settings: Settings, today: date) -> None:
    """Write the book at `path`, which will be moved to `place`."""
    from .demo_extras import add_extras  # what makes the book is not loaded to open it
    from .demo_story import acts
    from .usecases import customers

    session = open_session(path, settings)
    try:
        session.book.never_wait()  # a thousand small operations; the whole file is synced once
        people, happened = acts(today, settings.cadence)
        ids: dict[int, int] = {}
        for act in happened:
            then = replace(session, clock=_StoppedClock(at=act.at))
            if act.customer not in ids:
                ids[act.customer] = customers.add_customer(then, people[act.customer]).id
            act.do(then, ids[act.customer])
        add_extras(then, list(ids.values()), place)
        session.keep_note(EXAMPLE_DAY, today.isoformat())
    finally:
        session.close()
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _day_of(path: Path, settings: Settings) -> str:
    session = open_session(path, settings)
    try:
        day = session.note(EXAMPLE_DAY)
    finally:
        session.close()
    if day is None:
        raise Problem(N_("{file} is not the example book; nothing in it was touched. Move it away first."), file=path)
    return day


def _put_in_place(fresh: Path, path: Path) -> None:
    """Swap the files. A write-ahead log left behind would be read into the new book, so it goes first."""
    try:
        for old in _files(path)[1:]:
            old.unlink(missing_ok=True)
        fresh.replace(path)
    except OSError as error:
        raise Problem(
            N_("The example book {file} cannot be renewed; is it open in another window?"), file=path
        ) from error


def _files(path: Path) -> list[Path]:
    return [path, Path(f"{path}-wal"), Path(f"{path}-shm")]
