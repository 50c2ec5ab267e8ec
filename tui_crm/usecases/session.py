"""A session: the open book, the clock, who is acting, and the settings in force."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from pathlib import Path

from ..config import Settings
from ..domain.messages import Message
from ..domain.priority import Engine
from ..store.book import SEARCH_REBUILT_TO, Book, Tell
from ..store.connecting import Stopped as Stopped
from ..store.files import is_encrypted as is_encrypted


@dataclass(frozen=True, slots=True)
class Clock:
    """The one place that reads the time. `pretend` stands in for today, at the present time of day."""

    pretend: date | None = None

    def today(self) -> date:
        """Today on this machine's calendar."""
        return self.pretend or datetime.now().date()

    def now(self) -> datetime:
        """This instant in UTC; on the pretended day if there is one."""
        local = datetime.now().astimezone()
        if self.pretend:
            local = datetime.combine(self.pretend, local.time()).astimezone()
        return local.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Session:
    """What every verb is given."""

    book: Book
    clock: Clock
    actor: str
    settings: Settings

    @property
    def today(self) -> date:
        """Today, as the session's clock has it."""
        return self.clock.today()

    @property
    def now(self) -> datetime:
        """This instant, UTC, as the session's clock has it."""
        return self.clock.now()

    def under(self, settings: Settings) -> Session:
        """The same book under other settings. Standings that rest on weights and rhythms are `weigh_anew`'s to renew."""
        return replace(self, settings=settings, actor=settings.name or login_name())

    @contextmanager
    def operation(self, label: Message) -> Iterator[int]:
        """One transaction, one entry of history, under `label`."""
        with self.book.operation(self.actor, self.now, label) as op_id:
            yield op_id

    @contextmanager
    def watched(self, tell: Tell, stop: Callable[[], bool]) -> Iterator[None]:
        """Have long work of this thread tell how far it is, and raise `Stopped` soon after `stop` says so."""
        with self.book.telling(tell), self.book.stopping(stop):
            yield

    def book_version(self) -> int:
        """A number that changes when another program has written to the book; 6 µs."""
        return self.book.data_version()

    def note(self, key: str) -> str | None:
        """A line the program has written for itself into the book."""
        return self.book.note(key)

    @property
    def read_only(self) -> bool:
        """Whether the book can only be read where it is."""
        return self.book.read_only

    @property
    def is_example(self) -> bool:
        """Whether this is an example book, which needs no backup."""
        return self.note(EXAMPLE_DAY) is not None

    @property
    def encrypted(self) -> bool:
        """Whether the book has a passphrase."""
        return self.book.encrypted

    def search_is_whole(self) -> bool:
        """Whether every customer is in the search index; a large book of an older version has it still to be made."""
        return self.book.note(SEARCH_REBUILT_TO) is None

    def keep_note(self, key: str, value: str) -> None:
        """Write such a line; it is no change of the user's and has no history."""
        self.book.keep_note(key, value)

    def close(self) -> None:
        """Close the book."""
        self.book.close()


def open_session(path: Path, settings: Settings, clock: Clock | None = None) -> Session:
    """Open the book at `path`, making it when there is none. Raises Problem when it cannot be used."""
    book = Book(path, settings.engine)
    if book.read_only:
        return Session(book, clock or Clock(), settings.name or login_name(), settings)
    weigh_anew(book, settings.engine)
    if book.note(SEARCH_REBUILT_TO) is not None:
        from ..store import reindexing

        reindexing.catch_up(book)
    return Session(book, clock or Clock(), settings.name or login_name(), settings)


EXAMPLE_DAY = "example_day"
"""The note in an example book: the day it was made for."""
_WEIGHED_WITH = "engine"


def weigh_anew(book: Book, engine: Engine) -> None:
    """Where a customer stands rests on the weights and rhythms: bring all up to date once the settings have changed. Other
    weights alone take three seconds for 100,000 customers, other rhythms half a minute."""
    numbers, before = _numbers(engine), book.note(_WEIGHED_WITH) or _numbers(Engine())
    if before == numbers:
        book.engine = engine
        return
    book.reweigh(engine, only_weights=before.endswith(_rhythms(engine)))
    book.keep_note(_WEIGHED_WITH, numbers)


def _numbers(engine: Engine) -> str:
    """Weights, rhythms and waits as text, the same for the same numbers."""
    weights = [getattr(engine.weights, f.name) for f in fields(engine.weights)]
    listed = ", ".join(repr(sorted(each.items()) if isinstance(each, Mapping) else each) for each in weights)
    return f"[{listed}, {_rhythms(engine)}"


def _rhythms(engine: Engine) -> str:
    """The end of that text: rhythms and waits."""
    return f"{sorted(engine.rhythms.items())!r}, {engine.waits!r}]"


def login_name() -> str:
    """The name of whoever is logged in; `me` where the system does not tell."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "me"
