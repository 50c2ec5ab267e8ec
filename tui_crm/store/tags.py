"""Tags as rows: each once, whatever its case and width, and linked to the customers that carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.values import Tag
from ..domain.vocabulary import fold

if TYPE_CHECKING:
    from .book import Book


def listed(book: Book) -> list[Tag]:
    """Every tag, most used first."""
    rows = book.rows(
        "SELECT t.name, t.color, count(ct.id), t.id FROM tag t LEFT JOIN customer_tag ct ON ct.tag_id = t.id "
        "GROUP BY t.id ORDER BY count(ct.id) DESC, t.name"
    )
    return [Tag(*row) for row in rows]


def colors(book: Book) -> dict[str, str]:
    """The colours of the tags that have one, by name."""
    return dict(book.rows("SELECT name, color FROM tag WHERE color <> ''"))


def rename(book: Book, tag: Tag, name: str) -> None:
    """Give a tag another name."""
    book.run("UPDATE tag SET name = ?, key = ? WHERE id = ?", (name, fold(name), tag.id))


def recolor(book: Book, tag: Tag, color: str) -> None:
    """Give a tag another colour."""
    book.run("UPDATE tag SET color = ? WHERE id = ?", (color, tag.id))


def merge(book: Book, tag: Tag, into: Tag) -> None:
    """Put `into` on every customer that carries `tag`, and take that away."""
    book.run(
        "DELETE FROM customer_tag WHERE tag_id = ? AND customer_id IN (SELECT customer_id FROM customer_tag WHERE tag_id = ?)",
        (tag.id, into.id),
    )
    book.run("UPDATE customer_tag SET tag_id = ? WHERE tag_id = ?", (into.id, tag.id))
    remove(book, tag)


def remove(book: Book, tag: Tag) -> None:
    """Take a tag that nobody carries out of the list."""
    book.run("DELETE FROM tag WHERE id = ?", (tag.id,))
