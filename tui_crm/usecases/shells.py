"""What of a book a shell can complete: customers, tags, searches. A key is waited for, so nothing takes long, and a look never
changes a book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ..config import Settings
from ..domain.messages import Problem
from ..i18n import country_name, word
from ..store import completing as store
from ..store import tags as stored_tags
from ..store.book import APPLICATION_ID, VERSION, Book
from ..store.connecting import Stopped
from ..store.files import book_exists, check_book_file
from .session import Clock, Session, login_name

if TYPE_CHECKING:
    from ..domain.rows import AgendaRow

_MOST = 30
_PATIENCE = 0.25
"""Seconds; whoever types on after them gets nothing."""

Found = TypeVar("Found")


class Offer(NamedTuple):
    """What can be put in, and a word on it."""

    value: str
    hint: str = ""


def glance(path: Path, settings: Settings) -> Session | None:
    """The book, to look at. None where it is not there or shut, and where opening it would change it."""
    try:
        if not book_exists(path) or check_book_file(path) != (APPLICATION_ID, VERSION):
            return None
        return Session(Book(path, settings.engine), Clock(), settings.name or login_name(), settings)
    except Problem:
        return None


def customers(session: Session, typed: str) -> list[Offer]:
    """Customers whose name begins as typed, else those that a search for it finds; the most urgent ones where nothing is."""
    book = session.book
    found = list(_soon(session, lambda: store.named(book, typed, _MOST))) if typed.strip() else []
    if not found:
        rows = _soon(session, lambda: _rows(session, typed))
        found = [(row.uid, row.name, row.city, row.country, row.temperature) for row in rows]
    same = Counter(name.casefold() for _uid, name, *_more in found)
    return [_offer(same[each[1].casefold()] > 1, *each) for each in found]


def _rows(session: Session, typed: str) -> Iterable[AgendaRow]:
    if typed.strip():
        from . import finding

        return finding.find(session, typed, _MOST).rows
    from . import agenda

    return agenda.agenda(session, _MOST, explained=False).rows


def _offer(by_uid: bool, uid: str, name: str, city: str, country: str, temperature: str) -> Offer:
    """A customer by its name, or by its uid where others are called the same."""
    of_it = (
        name if by_uid else "",
        city or (country_name(country) if country else ""),
        word("temperature", temperature),
    )
    return Offer(uid if by_uid else name, " · ".join(filter(None, of_it)))


def tags(session: Session, typed: str) -> list[Offer]:
    """Tags that begin as typed, most used first."""
    known = _soon(session, lambda: stored_tags.listed(session.book))
    begun = [tag for tag in known if tag.name.casefold().startswith(typed.casefold())]
    return [Offer(tag.name, str(tag.count)) for tag in begun[:_MOST]]


def search(session: Session, line: str) -> tuple[int, list[Offer]]:
    """How a search line can go on, and from where on that replaces it."""
    from . import completing

    known = completing.Known()
    if "#" in line or ":" in line:
        known = next(iter(_soon(session, lambda: (completing.known(session),))), known)
    offered = completing.completions(known, line, len(line), session.today, _MOST)
    return offered.start, [Offer(*offer) for offer in offered.offers]


def _soon(session: Session, ask: Callable[[], Iterable[Found]]) -> Iterable[Found]:
    """The answer, or nothing where it takes too long or the book is at fault."""
    until = monotonic() + _PATIENCE
    try:
        with session.book.stopping(lambda: monotonic() > until):
            return ask()
    except (Stopped, Problem):
        return ()
