"""What a search line can be completed with: owners and countries, leapt over an index rather than counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .book import Book


def owners(book: Book) -> tuple[str, ...]:
    """Whoever is responsible for a customer with a next step, by name."""
    found: list[str] = []
    while row := book.rows(_NEXT_OWNER, (found[-1] if found else "",)):
        found.append(row[0][0])
    return tuple(found)


_NEXT_OWNER = "SELECT owner FROM standing WHERE due_on IS NOT NULL AND owner > ? ORDER BY owner LIMIT 1"


def countries(book: Book) -> set[str]:
    """The codes of the countries that customers are or were in."""
    return {place.partition(" ")[0] for (place,) in book.rows("SELECT place FROM place")} - {""}
