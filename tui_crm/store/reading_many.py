"""What goes with many customers, read for all of them at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ..domain.values import Activity, Attachment, NextStep
from .book import instant
from .rows import day, grouped, marks

if TYPE_CHECKING:
    from .book import Book

_ACTIVITY = "happened_at, channel, note, stage, author, outcome, contact, id, uid"


def logs(book: Book, customers: Sequence[int]) -> dict[int, tuple[Activity, ...]]:
    """The whole logs of these customers, newest first."""
    rows = book.rows(
        f"SELECT customer_id, {_ACTIVITY} FROM activity WHERE customer_id IN ({marks(customers)}) "
        "ORDER BY customer_id, happened_at DESC, id DESC",
        customers,
    )
    return grouped((row[0], Activity(instant(row[1]), *row[2:])) for row in rows)


def last_entries(book: Book, customers: Sequence[int]) -> dict[int, tuple[Activity, ...]]:
    """The newest entry of each of these customers."""
    rows = book.rows(
        f"SELECT c.id, {', '.join(f'a.{name}' for name in _ACTIVITY.split(', '))} FROM customer c JOIN activity a ON a.id = ("
        "SELECT id FROM activity WHERE customer_id = c.id ORDER BY happened_at DESC, id DESC LIMIT 1) "
        f"WHERE c.id IN ({marks(customers)})",
        customers,
    )
    return {row[0]: (Activity(instant(row[1]), *row[2:]),) for row in rows}


def log_lines(book: Book, customers: Sequence[int]) -> list[tuple[Any, ...]]:
    """Every entry of these customers' logs, by customer in the order given, the oldest first: the company, and the stored
    happened_at, channel, note, stage, contact, author and uid."""
    return book.rows(
        "SELECT c.name, a.happened_at, a.channel, a.note, a.stage, a.contact, a.author, a.uid FROM json_each(?) j "
        "CROSS JOIN customer c ON c.id = j.value JOIN activity a ON a.customer_id = c.id "
        "ORDER BY j.key, a.happened_at, a.id",
        (json.dumps(list(customers)),),
    )


def steps(book: Book, customers: Sequence[int]) -> dict[int, tuple[NextStep, NextStep | None, date | None]]:
    """Of each of these customers the next step as lists show it, the open one that a person has set, and the day of the
    last contact."""
    rows = book.rows(
        "SELECT s.customer_id, s.due_on, s.action, s.channel, s.by_hand, s.estimated, s.latest_on, s.cause, s.cause_on, "
        "s.last_contact_on, n.id, n.due_on, n.action, n.channel, n.reason, n.set_on FROM standing s "
        "LEFT JOIN next_step n ON n.customer_id = s.customer_id AND n.status = 'open' "
        f"WHERE s.customer_id IN ({marks(customers)})",
        customers,
    )
    return {row[0]: (_shown(row), _promised(row), day(row[9])) for row in rows}


def _shown(row: Sequence[object]) -> NextStep:
    _customer, due, action, channel, by_hand, estimated, latest, cause, cause_on, *rest = row
    return NextStep(day(due), action, channel, bool(by_hand), bool(estimated), day(latest), rest[4] or "", cause, day(cause_on))  # type: ignore[arg-type]  # fmt: skip


def _promised(row: Sequence[object]) -> NextStep | None:
    step, due, action, channel, reason, set_on = row[10:]
    if step is None:
        return None
    return NextStep(day(due), action, channel, due is not None, reason=reason, set_on=day(set_on))  # type: ignore[arg-type]


def attachments(book: Book, customers: Sequence[int]) -> dict[int, tuple[Attachment, ...]]:
    """The files kept with these customers, newest first."""
    rows = book.rows(
        f"SELECT customer_id, name, hash, size, added_on, id, uid FROM attachment WHERE customer_id IN ({marks(customers)}) "
        "ORDER BY id DESC",
        customers,
    )
    return grouped((row[0], Attachment(row[1], row[2], row[3], date.fromisoformat(row[4]), *row[5:])) for row in rows)


def names(book: Book, customers: Sequence[int]) -> dict[int, str]:
    """What these customers are called."""
    return dict(book.rows(f"SELECT id, name FROM customer WHERE id IN ({marks(customers)})", customers))


def by_uids(book: Book, uids: Sequence[str]) -> dict[str, int]:
    """The customers with these uids."""
    return dict(book.rows(f"SELECT uid, id FROM customer WHERE uid IN ({marks(uids)})", uids))


def everybody(book: Book) -> list[int]:
    """Every customer of the book, archived ones too, in the order they were added."""
    return [row[0] for row in book.rows("SELECT id FROM customer ORDER BY id")]


def most_people(book: Book) -> int:
    """The most people that one customer has."""
    return int(book.value("SELECT coalesce(max(n), 0) FROM (SELECT count(*) n FROM contact GROUP BY customer_id)"))


def last_operation(book: Book) -> int:
    """The last operation there is; 0 in an empty book."""
    return int(book.value("SELECT coalesce(max(id), 0) FROM op"))
