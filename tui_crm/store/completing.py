"""What a search line can be completed with: owners and countries, leapt over an index rather than counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.names import sort_key

if TYPE_CHECKING:
    from .book import Book


def owners(book: Book) -> tuple[str, ...]:
    """Whoever is responsible for a customer with a next step, by name."""
    found: list[str] = []
    while row := book.rows(_NEXT_OWNER, (found[-1] if found else "",)):
        found.append(row[0][0])
    return tuple(found)


_NEXT_OWNER = "SELECT owner FROM standing WHERE due_on IS NOT NULL AND owner > ? ORDER BY owner LIMIT 1"


def named(book: Book, typed: str, limit: int) -> list[tuple[str, str, str, str, str]]:
    """Customers on the lists whose name begins as typed, by name: uid, name, city, country, temperature."""
    key = sort_key(typed)
    return book.rows(_NAMED, (key, key + "\U0010ffff", limit))


_NAMED = (
    "SELECT c.uid, c.name, c.city, c.country, c.temperature FROM standing s JOIN customer c ON c.id = s.customer_id "
    "WHERE s.stage <> '' AND s.name_key >= ? AND s.name_key < ? ORDER BY s.name_key, s.customer_id LIMIT ?"
)


def countries(book: Book) -> set[str]:
    """The codes of the countries that customers are or were in."""
    return {place.partition(" ")[0] for (place,) in book.rows("SELECT place FROM place")} - {""}
