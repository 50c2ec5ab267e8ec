"""The search index: what each customer can be found by, kept up to date inside each operation, rebuilt at will.

`find_customer` has one document for each customer: the words of its name (marked as such), of its people, addresses and fields,
and facets — marked terms for tags, temperature, stage, country and whatever else a filter asks for — so that any mix of words
and filters is one question to the index. It is written anew when one of them changes.

`find_note` has one document for each customer too, with the distinct words of the whole log. A new entry only adds its words,
however long the log is; words that no entry has any more are taken out. `note_word` lists the words that logs have ever had,
and `sound` the pairs of Chinese characters that occur, by how they sound: what a few typed letters may mean.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..domain.messages import N_
from ..domain.names import IN_NAME, index_terms, name_terms, note_terms, phone_terms
from ..domain.pinyin import pair_sounds
from ..domain.reach import NUMBERS
from .book import SEARCH_REBUILT_TO
from .rows import QUOTE, SAMPLE, marks

if TYPE_CHECKING:
    from .book import Book

FACET = "\ue001"
"""A letter of private use, which no text has, in front of a facet."""

SMALL = 5_000
"""Customers up to which an index is rebuilt at once; for more, a person is told."""

_CHUNK = 500
_WORDED = ("customer", "contact", "reach", "customer_tag")

Progress = Callable[[int, int], None]
"""Told how many customers are done, of how many."""


def facet(kind: str, value: object = "") -> str:
    """The term of the index for a fact that filters ask for, such as a temperature."""
    return FACET + kind + str(value).encode().hex()


def beginning(letters: str) -> str:
    """The term for a word of the name, or of a person's, that begins with these one or two letters."""
    return facet("i", letters)


# Keeping up ----------------------------------------------------------------------------------------------------------


def shown(book: Book, customers: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """What of each customer's standing is among its facets."""
    found: dict[int, tuple[Any, ...]] = {}
    for at in range(0, len(customers), _CHUNK):
        chunk = customers[at : at + _CHUNK]
        rows = book.rows(
            f"SELECT customer_id, money, by_hand FROM standing WHERE customer_id IN ({marks(chunk)})", chunk
        )
        found |= {row[0]: row[1:] for row in rows}
    return found


def refresh_touched(book: Book, op_id: int, customers: Sequence[int], before: Mapping[int, tuple[Any, ...]]) -> None:
    """Bring the index up to date with an operation on these `customers`, whose `shown` was `before`."""
    last = rebuilt_to(book)
    now = shown(book, customers)
    notes = _changed_notes(book, op_id, last)
    stale = {customer for customer in customers if now.get(customer) != before.get(customer)}
    stale |= _reworded(book, op_id)
    stale |= {customer for customer, (gone, _new) in notes.items() if gone}
    stale |= _in_new_ways(book, op_id, stale)
    refresh(book, sorted(customer for customer in stale if last is None or customer <= last))
    for customer, (gone, new) in notes.items():
        _renew_notes(book, customer, gone, new)


def refresh(book: Book, customers: Sequence[int]) -> None:
    """Write the documents of these customers anew."""
    for at in range(0, len(customers), _CHUNK):
        book.tell(N_("bringing the search up to date"), at, len(customers))
        chunk = customers[at : at + _CHUNK]
        book.run(f"DELETE FROM find_customer WHERE rowid IN ({marks(chunk)})", chunk)
        documents = _documents(book, chunk)
        book.run_many(
            "INSERT INTO find_customer (rowid, terms) VALUES (?, ?)", [document[:2] for document in documents]
        )
        _keep_sounds(book, [document.heard for document in documents])


def _reworded(book: Book, op_id: int) -> set[int]:
    """Customers whose own words or facets an operation may have changed."""
    rows = book.rows(
        f"SELECT DISTINCT customer_id FROM change WHERE op_id = ? AND tbl IN ({marks(_WORDED)})", (op_id, *_WORDED)
    )
    return {row[0] for row in rows}


def _changed_notes(book: Book, op_id: int, last: int | None) -> dict[int, tuple[list[str], list[str]]]:
    """By customer the notes that an operation took out of its log, and those it brought in."""
    changed: dict[int, tuple[list[str], list[str]]] = {}
    for old, new in book.rows("SELECT old, new FROM change WHERE op_id = ? AND tbl = 'activity' ORDER BY id", (op_id,)):
        for row, column in ((old, 0), (new, 1)):
            entry = json.loads(row) if row else None
            if entry and (last is None or entry["customer_id"] <= last):
                changed.setdefault(entry["customer_id"], ([], []))[column].append(entry["note"])
    return changed


def _in_new_ways(book: Book, op_id: int, stale: set[int]) -> set[int]:
    """Customers with an entry of a channel that they are not found by yet."""
    rows = book.rows(
        "SELECT DISTINCT customer_id, new ->> 'channel' FROM change WHERE op_id = ? AND tbl = 'activity' AND new IS NOT NULL",
        (op_id,),
    )
    known = "SELECT 1 FROM find_customer WHERE find_customer MATCH ? AND rowid = ?"
    return {
        customer
        for customer, channel in rows
        if customer not in stale and not book.rows(known, (facet("h", channel), customer))
    }


def _renew_notes(book: Book, customer: int, gone: Sequence[str], new: Sequence[str]) -> None:
    """Take out the words that only notes now `gone` had; add those of the `new` ones. The index counts documents, so what
    is taken out of a log that still has words is followed by words put in, if only ones that are there already."""
    words = _words(new)
    left = _words(gone)
    if left:
        rest = book.rows("SELECT note FROM activity WHERE customer_id = ? AND note <> ''", (customer,))
        for (note,) in rest:
            kept = note_terms(note).split()
            words = words or kept
            left = [word for word in left if word not in kept]
            if not left:
                break
    if left:
        book.run("INSERT INTO find_note (find_note, rowid, terms) VALUES ('delete', ?, ?)", (customer, " ".join(left)))
    if words:
        book.run("INSERT INTO find_note (rowid, terms) VALUES (?, ?)", (customer, " ".join(words)))
        _keep_words(book, words, new)


def add_notes(book: Book, logs: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Add notes to what customers are found by."""
    said = [(customer, _words(notes), notes) for customer, notes in logs]
    book.run_many(
        "INSERT INTO find_note (rowid, terms) VALUES (?, ?)",
        [(customer, " ".join(words)) for customer, words, _notes in said if words],
    )
    every = sorted({word for _customer, words, _notes in said for word in words})
    _keep_words(book, every, [note for _customer, _words, notes in said for note in notes])


def _keep_words(book: Book, words: Iterable[str], texts: Iterable[str]) -> None:
    book.run_many("INSERT OR IGNORE INTO note_word VALUES (?)", [(word,) for word in words])
    _keep_sounds(book, texts)


def _words(notes: Iterable[str]) -> list[str]:
    return note_terms(" \n ".join(notes)).split()


def _keep_sounds(book: Book, texts: Iterable[str]) -> None:
    pairs = {pair for text in texts if not text.isascii() for pair in pair_sounds(text)}
    book.run_many("INSERT OR IGNORE INTO sound VALUES (?, ?)", sorted(pairs))


# One document --------------------------------------------------------------------------------------------------------


class Document(NamedTuple):
    """What one customer is found by: the terms, and the text that is found by sound through its pairs of characters."""

    customer: int
    terms: str
    heard: str


def _documents(book: Book, customers: Sequence[int]) -> list[Document]:
    here = f"IN ({marks(customers)})"
    terms: dict[int, list[str]] = {}
    texts: dict[int, list[str]] = {}
    people: dict[int, list[str]] = {}
    heard: dict[int, str] = {}
    for (customer, name, custom, temperature, grade, stage, country, owner, archived, city, money, by_hand,
         website, *details) in book.rows(_OWN + here, customers):  # fmt: skip
        facets = [facet("t", temperature), facet("g", grade), facet("s", stage), facet("c", country), facet("o", owner),
                  facet("archived" if archived else "live")]  # fmt: skip
        facets += [facet("quote")] * bool(money & QUOTE) + [facet("sample")] * bool(money & SAMPLE)
        facets += [] if by_hand else [facet("nonext")]
        details = [re.sub(_SITE, "", website), *details, *map(str, json.loads(custom).values())]
        heard[customer] = " \n ".join(text for text in details if text)
        terms[customer] = [name_terms(name), note_terms(heard[customer]), *facets]
        people[customer] = []
        texts[customer] = [city]
    for customer, name, position in book.rows(
        f"SELECT customer_id, name, position FROM contact WHERE customer_id {here}", customers
    ):
        people[customer].append(name)
        texts[customer].append(position)
    for customer, tag in book.rows(f"SELECT customer_id, tag_id FROM customer_tag WHERE customer_id {here}", customers):
        terms[customer].append(facet("k", tag))
    for customer, kind, value in book.rows(
        f"SELECT customer_id, kind, value FROM reach WHERE customer_id {here}", customers
    ):
        terms[customer].append(phone_terms(value) if kind in NUMBERS else index_terms(value))
    for customer, channel in book.rows(
        f"SELECT DISTINCT customer_id, channel FROM activity WHERE customer_id {here}", customers
    ):
        terms[customer].append(facet("h", channel))
    for customer, names in people.items():
        begun = {word.lstrip(IN_NAME)[:2] for word in " ".join([terms[customer][0], *map(index_terms, names)]).split()}
        terms[customer] += [beginning(letters) for letters in sorted(begun) if has_beginning(letters)]
        terms[customer].append(index_terms(" \n ".join([*names, *texts[customer]])))
    return [Document(i, " ".join(dict.fromkeys(" ".join(terms[i]).split())), heard[i]) for i in terms]


_OWN = """
SELECT c.id, c.name, c.custom, c.temperature, c.grade, c.stage, c.country, c.owner, c.archived, c.city,
  coalesce(s.money, 0), coalesce(s.by_hand, 0), c.website, c.industry, c.buys, c.needs, c.remarks, c.competitors
FROM customer c LEFT JOIN standing s ON s.customer_id = c.id WHERE c.id """
_SITE = r"^\w+://(www\.)?"


def has_beginning(letters: str) -> bool:
    """Whether words that begin so can have a term for it: those of alphabets, and digits."""
    return max(letters) < "\u0e00"


# The whole index -----------------------------------------------------------------------------------------------------


def rebuilt_to(book: Book) -> int | None:
    """The last customer that is in an index not yet whole; None for a whole one."""
    line = book.note(SEARCH_REBUILT_TO)
    return None if line is None else int(line)


def progress(book: Book) -> tuple[int, int]:
    """How many customers are in the index, of how many."""
    total, last = int(book.value("SELECT count(*) FROM customer")), rebuilt_to(book)
    done = total if last is None else int(book.value("SELECT count(*) FROM customer WHERE id <= ?", (last,)))
    return done, total


def catch_up(book: Book) -> None:
    """Rebuild the index of a small book at once if it is not whole."""
    last = rebuilt_to(book)
    if last is not None and len(book.rows("SELECT 1 FROM customer LIMIT ?", (SMALL + 1,))) <= SMALL:
        rebuild(book)


def begin_anew(book: Book) -> None:
    """Empty the index; `rebuild` fills it."""
    with book.upkeep():
        for table in ("find_customer", "find_note"):
            book.run(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
        book.run("DELETE FROM sound")
        book.run("DELETE FROM note_word")
        book.keep_note(SEARCH_REBUILT_TO, "0")


def rebuild(book: Book, tell: Progress | None = None, stop: Callable[[], bool] | None = None) -> bool:
    """Go on with an index that is not whole, to its end or until `stop`; returns whether it is whole now. What is done is
    kept, and the book can be worked with all the while."""
    last = rebuilt_to(book)
    done, total = progress(book)
    while last is not None:
        if stop and stop():
            return False
        with book.upkeep():
            ids = [row[0] for row in book.rows(_NEXT, (rebuilt_to(book), _CHUNK))]
            refresh(book, ids)
            add_notes(book, _logs(book, ids))
            last = ids[-1] if ids else None
            if last is None:
                optimize(book)
                book.run("DELETE FROM meta WHERE key = ?", (SEARCH_REBUILT_TO,))
            else:
                book.keep_note(SEARCH_REBUILT_TO, str(last))
        done += len(ids)
        if tell:
            tell(done, max(done, total))
    return True


def optimize(book: Book) -> None:
    """Bring the index into its most compact form."""
    for table in ("find_customer", "find_note"):
        book.run(f"INSERT INTO {table} ({table}) VALUES ('optimize')")


_NEXT = "SELECT id FROM customer WHERE id > ? ORDER BY id LIMIT ?"


def _logs(book: Book, customers: Sequence[int]) -> list[tuple[int, list[str]]]:
    """By customer its notes that say something."""
    logs: dict[int, list[str]] = {}
    for customer, note in book.rows(
        f"SELECT customer_id, note FROM activity WHERE note <> '' AND customer_id IN ({marks(customers)})", customers
    ):
        logs.setdefault(customer, []).append(note)
    return list(logs.items())


def is_stale(book: Book, sample: Sequence[int]) -> bool:
    """Whether the index is not whole, has not as many customers as the book, or lacks a word of one in the `sample`."""
    if rebuilt_to(book) is not None:
        return True
    counted = "SELECT (SELECT count(*) FROM find_customer_docsize) <> (SELECT count(*) FROM customer)"
    if book.value(counted):
        return True
    present = [row[0] for row in book.rows(f"SELECT id FROM customer WHERE id IN ({marks(sample)})", sample)]
    documents = [("find_customer", each.customer, each.terms.split()) for each in _documents(book, present)]
    documents += [("find_note", customer, _words(notes)) for customer, notes in _logs(book, present)]
    return any(words and not _holds(book, table, customer, words) for table, customer, words in documents)


def _holds(book: Book, table: str, customer: int, words: Sequence[str]) -> bool:
    match = " AND ".join(f'"{word}"' for word in words)
    return bool(book.rows(f"SELECT 1 FROM {table} WHERE {table} MATCH ? AND rowid = ?", (match, customer)))
