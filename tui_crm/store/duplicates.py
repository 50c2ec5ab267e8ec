"""What comparing all customers of a book reads: names, addresses that several have, and the pairs said to be different."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..domain import values
from .rows import marks

if TYPE_CHECKING:
    from .book import Book

_CHUNK = 5_000
_DIFFERENT = "different:"


def names(book: Book) -> Iterator[tuple[int, str, str, str]]:
    """Id, name, company key and country of every customer that is on the lists, some thousand at a time."""
    last = 0
    while rows := book.rows(
        "SELECT id, name, company_key, country FROM customer WHERE archived = 0 AND id > ? ORDER BY id LIMIT ?",
        (last, _CHUNK),
    ):
        yield from rows
        last = rows[-1][0]


def count(book: Book) -> int:
    """How many customers are on the lists."""
    return int(book.value("SELECT count(*) FROM customer WHERE archived = 0"))


def shared_addresses(book: Book) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Addresses (`reach.match_key`) that several customers have, with all of these, archived ones too."""
    groups = book.rows(
        "SELECT match_key, group_concat(DISTINCT customer_id) FROM reach WHERE match_key <> '' "
        "GROUP BY match_key HAVING count(DISTINCT customer_id) > 1"
    )
    return ((key, tuple(map(int, ids.split(",")))) for key, ids in groups)


def web_addresses(book: Book) -> Iterator[tuple[int, str]]:
    """Customer and web or e-mail address, for all that have one."""
    yield from book.rows("SELECT id, website FROM customer WHERE website <> ''")
    yield from book.rows("SELECT customer_id, value FROM reach WHERE kind IN ('email', 'website')")


def own_fields(book: Book) -> Iterator[tuple[int, dict[str, str]]]:
    """The fields users have added, of every customer on the lists that has some."""
    rows = book.rows("SELECT id, custom FROM customer WHERE archived = 0 AND custom <> '{}'")
    return ((customer, json.loads(custom)) for customer, custom in rows)


def different(book: Book) -> set[frozenset[str]]:
    """Pairs of uids that the user has said to be different."""
    rows = book.rows(
        "SELECT key FROM meta WHERE key >= ? AND key < ? AND value <> ''", (_DIFFERENT, _DIFFERENT + "\x7f")
    )
    return {frozenset(key.split(":")[1:]) for (key,) in rows}


def different_key(first: str, second: str) -> str:
    """The note under which a pair is kept that the user has said to be different."""
    return _DIFFERENT + ":".join(sorted((first, second)))


def compared(book: Book, ids: Sequence[int]) -> list[values.Customer]:
    """Customers with what is compared of them (`domain.profiles.profile`) and their owner, and nothing else."""
    reaches: dict[int, list[values.Contact]] = defaultdict(list)
    for customer, kind, value in _of(book, "SELECT customer_id, kind, value FROM reach WHERE customer_id", ids):
        reaches[customer].append(values.Contact("", reaches=(values.Reach(kind, value),)))
    for customer, name in _of(book, "SELECT customer_id, name FROM contact WHERE customer_id", ids):
        reaches[customer].append(values.Contact(name))
    return [
        values.Customer(name, country, city, website=website, owner=owner, custom=json.loads(custom),
                        merged_into=merged_into, contacts=tuple(reaches[customer]), id=customer, uid=uid)
        for customer, uid, name, country, city, website, owner, custom, merged_into in _of(
            book, "SELECT id, uid, name, country, city, website, owner, custom, merged_into FROM customer WHERE id", ids
        )
    ]  # fmt: skip


def _of(book: Book, select: str, ids: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    for at in range(0, len(ids), _CHUNK):
        chunk = ids[at : at + _CHUNK]
        yield from book.rows(f"{select} IN ({marks(chunk)})", chunk)
