"""Where in a customer the words of a search were found: a text that says so, with the words' place in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..domain.names import matches, reads
from .rows import marks

if TYPE_CHECKING:
    from .book import Book

Span = tuple[int, int]

NOTES_READ = 500
"""Entries of one log, newest first, that are looked through for words."""
_SHOWN, _BEFORE = 72, 20


class Hit(NamedTuple):
    """One text that words were found in: `place` is name, person, address, tag, details or note; `spans` are where (start,
    end) in `text`, which is cut to a line."""

    place: str
    text: str
    spans: tuple[Span, ...]


def hits(book: Book, customers: Sequence[int], words: Sequence[str]) -> dict[int, tuple[Hit, ...]]:
    """By customer the texts that show every word, as few as can be: the name before people, addresses, tags and details,
    the log last."""
    found = {}
    texts = _texts(book, customers) if words else {}
    for customer, own in texts.items():
        shown, missing = _shown(own, list(words))
        if missing:
            shown += _shown([("note", note) for note in _notes(book, customer)], missing)[0]
        found[customer] = tuple(shown)
    return found


def _shown(texts: Sequence[tuple[str, str]], missing: list[str]) -> tuple[list[Hit], list[str]]:
    """Hits that show the missing words, and the words that are still missing then. Words as they are typed are looked for
    first, which is quick; then by sound and in other spellings."""
    shown: dict[int, list[str]] = {}
    for there in (reads, lambda text, word: bool(matches(text, word))):
        for at, (_place, text) in enumerate(texts):
            if not missing:
                break
            words = [word for word in missing if there(text, word)]
            if words:
                shown.setdefault(at, []).extend(words)
                missing = [word for word in missing if word not in words]
    return [_cut(*texts[at], matches(texts[at][1], " ".join(shown[at]))) for at in sorted(shown)], missing


def _cut(place: str, text: str, spans: Sequence[Span]) -> Hit:
    """A line of the text around the first words found."""
    flat = text.replace("\n", " ")
    start = 0 if spans[0][1] <= _SHOWN else spans[0][0] - _BEFORE
    line = ("…" if start else "") + flat[start : start + _SHOWN] + ("…" if start + _SHOWN < len(flat) else "")
    moved = ((a - start + bool(start), min(b, start + _SHOWN) - start + bool(start)) for a, b in spans)
    return Hit(place, line, tuple((a, b) for a, b in moved if 0 <= a < b))


def _texts(book: Book, customers: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    texts: dict[int, list[tuple[str, str]]] = {customer: [] for customer in customers}
    for place, sql in _PLACES:
        for customer, *found in book.rows(sql.format(marks=marks(customers)), customers):
            texts[customer] += [(place, text) for text in found if text and text != "{}"]
    return texts


_PLACES = (
    ("name", "SELECT id, name FROM customer WHERE id IN ({marks})"),
    ("person", "SELECT customer_id, name, position FROM contact WHERE customer_id IN ({marks})"),
    ("address", "SELECT customer_id, value FROM reach WHERE customer_id IN ({marks})"),
    ("tag", "SELECT ct.customer_id, t.name FROM customer_tag ct JOIN tag t ON t.id = ct.tag_id "
            "WHERE ct.customer_id IN ({marks})"),
    ("details", "SELECT id, city, industry, buys, website, needs, remarks, competitors, custom FROM customer "
                "WHERE id IN ({marks})"),
)  # fmt: skip


def _notes(book: Book, customer: int) -> list[str]:
    rows = book.rows(
        "SELECT note FROM activity WHERE customer_id = ? ORDER BY happened_at DESC LIMIT ?", (customer, NOTES_READ)
    )
    return [note for (note,) in rows if note]
