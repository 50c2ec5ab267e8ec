"""Test books as sentences: `a_customer(book, hot, last_contact=days_ago(9))` names only what matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tui_crm.config import Settings
from tui_crm.domain.messages import Message
from tui_crm.domain.values import Activity, Contact, Customer, NextStep, Reach
from tui_crm.store import writing
from tui_crm.usecases.session import Clock, Session, open_session

TODAY = date(2026, 11, 18)
"""A Wednesday."""
_numbers = count(1)


class FixedClock(Clock):
    """A clock that stands still."""

    def __init__(self, today: date = TODAY, hour: int = 4) -> None:
        object.__setattr__(self, "pretend", today)
        object.__setattr__(self, "hour", hour)

    def now(self) -> datetime:
        return datetime(self.pretend.year, self.pretend.month, self.pretend.day, self.hour, tzinfo=UTC)  # type: ignore[union-attr, attr-defined]


def a_session(tmp_path: Path, today: date = TODAY, name: str = "book.db", settings: Settings | None = None) -> Session:
    path = tmp_path / name
    if not path.exists():
        an_empty_book(path)
    return open_session(path, settings or Settings(name="me"), FixedClock(today))


def an_empty_book(path: Path) -> None:
    """As the program makes it, but copied, which takes a twentieth of the time."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(0o600)
    path.write_bytes(_made())


@cache
def _made() -> bytes:
    """The file of a book as the program makes it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.db"
        open_session(path, Settings(), FixedClock()).close()
        return path.read_bytes()


def on_day(session: Session, today: date) -> Session:
    """The same book on another day."""
    return replace(session, clock=FixedClock(today))


def days_ago(days: int) -> date:
    return TODAY - timedelta(days)


def in_days(days: int) -> date:
    return TODAY + timedelta(days)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def a_customer(
    session: Session,
    temperature: str = "potential",
    *,
    name: str = "",
    grade: str = "B",
    country: str = "DE",
    last_contact: date | None = None,
    promised: date | None = None,
    action: str = "",
    **fields: object,
) -> int:
    """A stored customer; returns its id."""
    number = next(_numbers)
    contacts = (Contact("Anna Schmidt", "CEO", (Reach("email", f"anna{number}@firma.example"),), True),)
    customer = Customer(
        name=name or f"Firma {number} GmbH", country=country, temperature=temperature, grade=grade,
        **{"owner": "me", "contacts": contacts, **fields},
    )  # type: ignore[arg-type]  # fmt: skip
    with session.operation(Message("test")):
        customer_id = writing.add_customer(session.book, customer, session.today)
        if last_contact:
            entry = Activity(noon(last_contact), "email", "asked for the drawing, they need 5000 pcs", author="me")
            writing.add_activity(session.book, customer_id, entry)
        if promised:
            writing.set_next_step(session.book, customer_id, NextStep(promised, action, by_hand=True), "me")
    return customer_id
