"""Fields that users have added, and the values that customers have in them."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import TYPE_CHECKING

from ..domain.own_fields import OwnField
from ..domain.vocabulary import fold
from .rows import marks
from .writing import insert

if TYPE_CHECKING:
    from .book import Book


def defined(book: Book) -> list[OwnField]:
    """Every field that has been defined, in that order."""
    rows = book.rows("SELECT name, kind, choices, id FROM custom_field ORDER BY id")
    return [OwnField(name, kind, tuple(filter(None, choices.split("\n"))), i) for name, kind, choices, i in rows]


def add(book: Book, own: OwnField) -> int:
    """Store a new field; returns its id."""
    return insert(book, "custom_field", _row(own))


def update(book: Book, own: OwnField) -> None:
    """Store a changed field."""
    row = _row(own)
    book.run(
        f"UPDATE custom_field SET {', '.join(f'{name} = ?' for name in row)} WHERE id = ?", (*row.values(), own.id)
    )


def remove(book: Book, own: OwnField) -> None:
    """Take a field away; the values stay with the customers."""
    book.run("DELETE FROM custom_field WHERE id = ?", (own.id,))


def _row(own: OwnField) -> dict[str, object]:
    return {"name": own.name, "key": fold(own.name), "kind": own.kind, "choices": "\n".join(own.choices)}


def uses(book: Book) -> dict[str, int]:
    """The names under which customers have values, with how many do."""
    rows = book.rows(
        "SELECT j.key, count(*) FROM customer c, json_each(c.custom) j WHERE c.custom <> '{}' AND j.value <> '' "
        "GROUP BY j.key ORDER BY count(*) DESC, j.key"
    )
    return dict(rows)


def holding(book: Book, names: Collection[str]) -> dict[int, dict[str, str]]:
    """The own values of every customer that has one under any of `names`."""
    rows = book.rows(
        "SELECT id, custom FROM customer WHERE custom <> '{}' AND EXISTS "
        f"(SELECT 1 FROM json_each(custom) WHERE key IN ({marks(list(names))}))",
        list(names),
    )
    return {customer: json.loads(custom) for customer, custom in rows}


def put_values(book: Book, values: dict[int, dict[str, str]]) -> None:
    """Store the own values of these customers."""
    book.run_many(
        "UPDATE customer SET custom = ?, version = version + 1 WHERE id = ?",
        [(json.dumps(custom, ensure_ascii=False), customer) for customer, custom in values.items()],
    )
