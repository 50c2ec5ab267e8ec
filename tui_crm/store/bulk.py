"""Changing many customers at once, to be used inside `Book.operation`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ..domain.rows import NextStep
from ..domain.vocabulary import fold
from .rows import marks
from .writing import EDITABLE, stored

if TYPE_CHECKING:
    from .book import Book

_CHUNK = 500


def chunks(customers: Sequence[int]) -> Iterator[Sequence[int]]:
    """The customers, as many at a time as one statement takes."""
    return (customers[at : at + _CHUNK] for at in range(0, len(customers), _CHUNK))


def existing(book: Book, customers: Sequence[int]) -> list[int]:
    """Those of the customers that are in the book, in the order given."""
    found = _ids(book, customers, "SELECT id FROM customer WHERE id IN ({marks})")
    return [customer for customer in customers if customer in found]


def merged(book: Book, customers: Sequence[int]) -> set[int]:
    """Those of the customers that were merged into another."""
    return _ids(book, customers, "SELECT id FROM customer WHERE id IN ({marks}) AND merged_into IS NOT NULL")


def differing(book: Book, customers: Sequence[int], changes: Mapping[str, object]) -> list[int]:
    """Those of the customers that `changes` would change, in the order given."""
    _check(changes)
    differs = " OR ".join(f"{name} IS NOT ?" for name in changes)
    values = tuple(map(stored, changes.values()))
    found = _ids(book, customers, f"SELECT id FROM customer WHERE id IN ({{marks}}) AND ({differs})", values)
    return [customer for customer in customers if customer in found]


def update(book: Book, customers: Sequence[int], changes: Mapping[str, object]) -> None:
    """Set the same fields of many customers."""
    _check(changes)
    sets = ", ".join(f"{name} = ?" for name in changes)
    values = tuple(map(stored, changes.values()))
    for chunk in chunks(customers):
        book.run(f"UPDATE customer SET {sets}, version = version + 1 WHERE id IN ({marks(chunk)})", (*values, *chunk))


def tagged(book: Book, customers: Sequence[int], tag: str) -> set[int]:
    """Those of the customers that carry a tag."""
    sql = "SELECT customer_id FROM customer_tag WHERE customer_id IN ({marks}) AND tag_id = (SELECT id FROM tag WHERE key = ?)"
    return _ids(book, customers, sql, (fold(tag),))


def carried_tags(book: Book, customers: Sequence[int]) -> dict[str, int]:
    """By tag how many of the customers carry it, the most carried first."""
    sql = "SELECT t.name, count(*) FROM customer_tag ct JOIN tag t ON t.id = ct.tag_id WHERE ct.customer_id IN ({marks}) GROUP BY 1"
    counts: Counter[str] = Counter()
    for chunk in chunks(customers):
        counts.update(dict(book.rows(sql.format(marks=marks(chunk)), chunk)))
    return dict(counts.most_common())


def tag(book: Book, customers: Sequence[int], name: str) -> None:
    """Put a tag on customers that do not carry it, making it if it is new."""
    key = fold(name)
    if book.value("SELECT 1 FROM tag WHERE key = ?", (key,)) is None:
        book.run("INSERT INTO tag (name, key) VALUES (?, ?)", (name, key))
    sql = "INSERT INTO customer_tag (customer_id, tag_id) SELECT ?, id FROM tag WHERE key = ?"
    book.run_many(sql, [(customer, key) for customer in customers])


def untag(book: Book, customers: Sequence[int], name: str) -> None:
    """Take a tag off customers; the tag itself stays in the list."""
    sql = "DELETE FROM customer_tag WHERE tag_id = (SELECT id FROM tag WHERE key = ?) AND customer_id = ?"
    book.run_many(sql, [(fold(name), customer) for customer in customers])


def open_steps(book: Book, customers: Sequence[int]) -> dict[int, tuple[str, str]]:
    """By customer what is to be done next, and over which channel."""
    sql = "SELECT customer_id, action, channel FROM standing WHERE customer_id IN ({marks})"
    return {
        row[0]: (row[1], row[2])
        for chunk in chunks(customers)
        for row in book.rows(sql.format(marks=marks(chunk)), chunk)
    }


def set_next_steps(book: Book, steps: Mapping[int, NextStep], author: str) -> None:
    """Close the open next steps of these customers as moved, and open others."""
    book.run_many(
        "UPDATE next_step SET status = 'moved' WHERE customer_id = ? AND status = 'open'", [(one,) for one in steps]
    )
    book.run_many(
        "INSERT INTO next_step (customer_id, due_on, action, channel, author, set_on) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (customer, stored(step.due_on), step.action, step.channel, author, stored(step.set_on))
            for customer, step in steps.items()
        ],
    )


def pause_until(book: Book, days: Mapping[int, date]) -> None:
    """Have those of these customers that are paused come back on their day."""
    book.run_many(
        "UPDATE customer SET paused_until = ?, version = version + 1 WHERE id = ? AND stage = 'paused'",
        [(day.isoformat(), customer) for customer, day in days.items()],
    )


def owners(book: Book) -> list[str]:
    """Who is responsible for anybody with a next step; one seek each."""
    sql = "SELECT owner FROM standing WHERE due_on IS NOT NULL AND owner > ? ORDER BY owner LIMIT 1"
    found: list[str] = []
    while rows := book.rows(sql, (found[-1] if found else "",)):
        found.append(rows[0][0])
    return found


def promised(book: Book, today: date) -> set[int]:
    """Who is due by a person's word."""
    sql = "SELECT customer_id FROM standing WHERE due_on <= ? AND by_hand = 1"
    return {row[0] for row in book.rows(sql, (today.isoformat(),))}


def planned(book: Book, after: date, until: date) -> dict[date, int]:
    """How many customers are due on each day of a stretch, its first day left out."""
    rows = book.rows(
        "SELECT due_on, count(*) FROM standing WHERE due_on > ? AND due_on <= ? GROUP BY due_on",
        (after.isoformat(), until.isoformat()),
    )
    return {date.fromisoformat(day): count for day, count in rows}


def _check(changes: Mapping[str, object]) -> None:
    unknown = set(changes) - EDITABLE
    if unknown:
        raise KeyError(f"not editable: {unknown}")


def _ids(book: Book, customers: Sequence[int], sql: str, params: tuple[object, ...] = ()) -> set[int]:
    """The ids that a query finds among the customers, of which it holds as many `{marks}` as come at a time."""
    return {
        row[0] for chunk in chunks(customers) for row in book.rows(sql.format(marks=marks(chunk)), (*chunk, *params))
    }
