"""Everything of one customer made another's; to be used inside `Book.operation`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .book import Book

_PLAIN = ("activity", "attachment", "imported_row")
_VERSIONED = ("quote", "sample", "invoice", "sales_order", "payment", "shipment")
COUNTED = (*_VERSIONED, "activity", "attachment")
"""Tables of which a person wants to know how many rows go over."""


def counts(book: Book, customer: int) -> dict[str, int]:
    """How many rows of each of `COUNTED` a customer has."""
    sql = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table} WHERE customer_id = ?1" for table in COUNTED)
    return {table: count for table, count in book.rows(sql, (customer,)) if count}


def move_records(book: Book, other: int, keep: int) -> None:
    """Log, trade, files and remembered rows of sheets go over; a record another window has open is stale from now on."""
    for table in _PLAIN:
        book.run(f"UPDATE {table} SET customer_id = ? WHERE customer_id = ?", (keep, other))
    for table in _VERSIONED:
        book.run(f"UPDATE {table} SET customer_id = ?, version = version + 1 WHERE customer_id = ?", (keep, other))


def move_tags(book: Book, other: int, keep: int) -> None:
    """Tags go over that the kept customer does not carry yet."""
    book.run(
        "UPDATE customer_tag SET customer_id = ?1 WHERE customer_id = ?2 "
        "AND tag_id NOT IN (SELECT tag_id FROM customer_tag WHERE customer_id = ?1)",
        (keep, other),
    )


def move_people(book: Book, people: Iterable[int], keep: int, main: bool) -> None:
    """These people go over with their addresses; who was the main contact stays so only if `main`."""
    for contact in people:
        book.run(
            "UPDATE contact SET customer_id = ?, main = main AND ?, version = version + 1 WHERE id = ?",
            (keep, main, contact),
        )
        book.run("UPDATE reach SET customer_id = ? WHERE contact_id = ?", (keep, contact))


def move_steps(book: Book, other: int, keep: int) -> None:
    """Next steps go over. Where both have one open, the earlier promise stands, and the other is noted as moved."""
    steps = book.rows(
        "SELECT id FROM next_step WHERE customer_id IN (?1, ?2) AND status = 'open' "
        "ORDER BY due_on IS NULL, due_on, customer_id <> ?1",
        (keep, other),
    )
    for (step,) in steps[1:]:
        book.run("UPDATE next_step SET status = 'moved' WHERE id = ?", (step,))
    book.run("UPDATE next_step SET customer_id = ? WHERE customer_id = ?", (keep, other))


def redirect(book: Book, other: int, keep: int) -> None:
    """Whoever was merged into the other customer before is now merged into the kept one, so that nobody is two steps away."""
    book.run("UPDATE customer SET merged_into = ?, version = version + 1 WHERE merged_into = ?", (keep, other))


def keepers(book: Book, customers: Iterable[int]) -> Mapping[int, int]:
    """Of these customers, those that were merged into another, and into which."""
    ids = list(customers)
    marks = ",".join("?" * len(ids))
    return dict(
        book.rows(f"SELECT id, merged_into FROM customer WHERE merged_into IS NOT NULL AND id IN ({marks})", ids)
    )
