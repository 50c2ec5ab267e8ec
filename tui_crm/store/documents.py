"""What a customer is found by, made out of its rows: pure work, done here or in another process.

A document holds the words of the name (marked as such), of people, addresses and fields, and facets: marked terms for tags,
temperature, stage, country and whatever else a filter asks for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ..domain.names import IN_NAME, found_by, note_terms, phone_terms
from ..domain.pinyin import pair_sounds
from ..domain.reach import NUMBERS
from .rows import QUOTE, SAMPLE, marks

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..crew import Ask
    from .book import Book

FACET = "\ue001"
"""A letter of private use, which no text has, in front of a facet."""

Rows = Sequence[tuple[Any, ...]]


@lru_cache(maxsize=4_096)
def facet(kind: str, value: object = "") -> str:
    """The term of the index for a fact that filters ask for, such as a temperature."""
    return FACET + kind + str(value).encode().hex()


def beginning(letters: str) -> str:
    """The term for a word of the name, or of a person's, that begins with these one or two letters."""
    return facet("i", letters)


@lru_cache(maxsize=4_096)
def _begun(letters: str) -> str:
    """The term for words that begin so; "" where there is none."""
    return beginning(letters) if has_beginning(letters) else ""


def has_beginning(letters: str) -> bool:
    """Whether words that begin so can have a term for it: those of alphabets, and digits."""
    return max(letters) < "\u0e00"


class Sources(NamedTuple):
    """The rows that the documents of some customers are made of."""

    own: Rows
    people: Rows
    tags: Rows
    reaches: Rows
    channels: Rows


class Document(NamedTuple):
    """What one customer is found by: the terms, and the text that is found by sound through its pairs of characters."""

    customer: int
    terms: str
    heard: str


class Indexed(NamedTuple):
    """What the index takes in of some customers: documents, the words of their logs, each of these words once, and the pairs of
    characters behind their sounds."""

    documents: list[tuple[int, str]]
    logs: list[tuple[int, str]]
    words: list[str]
    sounds: list[tuple[str, str]]


def sources(book: Book, customers: Sequence[int]) -> Sources:
    """The rows of these customers."""
    here = f"IN ({marks(customers)})"
    return Sources(*(book.rows(sql + here, customers) for sql in _SOURCES))


_SOURCES = (
    """
SELECT c.id, c.name, c.custom, c.temperature, c.grade, c.stage, c.country, c.owner, c.archived, c.city,
  coalesce(s.money, 0), coalesce(s.by_hand, 0), c.website, c.industry, c.buys, c.needs, c.remarks, c.competitors
FROM customer c LEFT JOIN standing s ON s.customer_id = c.id WHERE c.id """,
    "SELECT customer_id, name, position FROM contact WHERE customer_id ",
    "SELECT customer_id, tag_id FROM customer_tag WHERE customer_id ",
    "SELECT customer_id, kind, value FROM reach WHERE customer_id ",
    "SELECT DISTINCT customer_id, channel FROM activity WHERE customer_id ",
)
_SITE = re.compile(r"^\w+://(www\.)?")


def documents(rows: Sources) -> list[Document]:
    """The documents of the customers that the rows are of."""
    terms: dict[int, dict[str, None]] = {}
    begins: dict[int, set[str]] = {}
    heard: dict[int, str] = {}
    for (customer, name, custom, temperature, grade, stage, country, owner, archived, city, money, by_hand,
         website, *details) in rows.own:  # fmt: skip
        named = found_by(name)
        facets = [facet("t", temperature), facet("g", grade), facet("s", stage), facet("c", country), facet("o", owner),
                  facet("archived" if archived else "live")]  # fmt: skip
        facets += [facet("quote")] * bool(money & QUOTE) + [facet("sample")] * bool(money & SAMPLE)
        facets += [] if by_hand else [facet("nonext")]
        details = [_SITE.sub("", website), *details, *map(str, json.loads(custom).values())]
        heard[customer] = told = " \n ".join(text for text in details if text)
        own = terms[customer] = dict.fromkeys([IN_NAME + term for term in named])
        own.update(dict.fromkeys(facets))
        if told:
            own.update(found_by(told, by_sound=False))
        if city:
            own.update(found_by(city))
        begins[customer] = {word[:2] for word in named}
    for customer, name, position in rows.people:
        named = found_by(name)
        begins[customer].update({word[:2] for word in named})
        terms[customer].update(named)
        if position:
            terms[customer].update(found_by(position))
    for customer, tag in rows.tags:
        terms[customer][facet("k", tag)] = None
    for customer, kind, value in rows.reaches:
        terms[customer].update(dict.fromkeys(phone_terms(value).split()) if kind in NUMBERS else found_by(value))
    for customer, channel in rows.channels:
        terms[customer][facet("h", channel)] = None
    for customer, letters in begins.items():
        terms[customer].update(dict.fromkeys([begun for each in sorted(letters) if (begun := _begun(each))]))
    return [Document(customer, " ".join(own), heard[customer]) for customer, own in terms.items()]


def words(notes: Iterable[str]) -> list[str]:
    """The distinct words of some notes."""
    return note_terms(" \n ".join(notes)).split()


def sounds(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Each two neighbouring Chinese characters of some texts, behind the sounds that they may have; in order."""
    return sorted({pair for text in texts if not text.isascii() for pair in pair_sounds(text)})


Piece = tuple[Sources, list[tuple[int, list[str]]]]
"""The rows of some customers, and by customer the notes of its log."""


def indexed(piece: Piece) -> Indexed:
    """What the index takes in of some customers."""
    rows, logs = piece
    made = documents(rows)
    said = [(customer, words(notes), notes) for customer, notes in logs]
    return Indexed(
        [document[:2] for document in made],
        [(customer, " ".join(found)) for customer, found, _notes in said if found],
        sorted({word for _customer, found, _notes in said for word in found}),
        sounds([*(document.heard for document in made), *(note for *_, notes in said for note in notes)]),
    )


def indexer(_ask: Ask) -> Callable[[Piece], Indexed]:
    """What does so in another process; it needs nothing else."""
    return indexed
