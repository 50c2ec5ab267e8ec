"""The search index: what each customer can be found by, kept up to date inside each operation, rebuilt at will.

`find_customer` has one document for each customer: the words of its name (marked as such), of its people, addresses and fields,
and facets — marked terms for tags, temperature, stage, country and whatever else a filter asks for — so that any mix of words
and filters is one question to the index. It is written anew when one of them changes.

`find_note` has one document for each customer too, with the distinct words of the whole log. A new entry only adds its words,
however long the log is; words that no entry has any more are taken out. `note_word` lists the words that logs have ever had,
and `sound` the pairs of Chinese characters that occur, by how they sound: what a few typed letters may mean.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from ..domain.messages import N_
from ..domain.names import note_terms
from .book import SEARCH_REBUILT_TO
from .documents import Indexed, Piece, documents, facet, indexed, indexer, sounds, sources, words
from .rows import marks

if TYPE_CHECKING:
    from .book import Book

_CHUNK = 500
_WORDED = ("customer", "contact", "reach", "customer_tag")


# Keeping up ----------------------------------------------------------------------------------------------------------


@contextmanager
def writing(book: Book, customers: int) -> Iterator[None]:
    """While documents of so many customers are written anew: where they are many, the parts of the index are merged once,
    afterwards."""
    if customers < _MANY:
        yield
        return
    # On its own the index merges a part again and again while a tenth and more of it is taken out, which is most of the work.
    _configure(book, "deletemerge", 0)
    yield
    _configure(book, "deletemerge", _DELETE_MERGE)
    book.tell(N_("tidying the search index"), 0, 1)
    _configure(book, "merge", -max(_LEAST_PAGES, customers // _CUSTOMERS_A_PAGE))


_MANY = 2_000
_DELETE_MERGE = 10
"""FTS5's own number, in per cent."""
_LEAST_PAGES, _CUSTOMERS_A_PAGE = 1_000, 2
"""How much of the index is merged after a large operation: some twenty times what its documents take, at most all of it."""


def _configure(book: Book, name: str, number: int) -> None:
    book.run("INSERT INTO find_customer (find_customer, rank) VALUES (?, ?)", (name, number))


def count_in(book: Book, customers: Sequence[int]) -> int:
    """How many of these customers are in the index, and not still to come into it."""
    last = rebuilt_to(book)
    return len(customers) if last is None else sum(customer <= last for customer in customers)


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


def refresh_touched(
    book: Book, op_id: int, customers: Sequence[int], before: Mapping[int, tuple[Any, ...]], *, part: bool = False
) -> list[int]:
    """Bring the words of the logs up to date with an operation on these `customers`, whose `shown` was `before`; `part` says that
    it touched others as well. Returns whose documents are to be written anew."""
    last = rebuilt_to(book)
    if last is not None and customers and max(customers) > last:  # those are still to come into the index
        customers, part = [customer for customer in customers if customer <= last], True
    if not customers:
        return []
    now = shown(book, customers)
    where = _where(op_id, customers if part else None)
    entries = _entries(book, where)
    notes = _changed_notes(entries, last)
    stale = {customer for customer in customers if customer not in now or now[customer] != before.get(customer)}
    stale |= {customer for customer, (gone, _new) in notes.items() if gone}
    if len(stale) < len(customers):
        stale |= _worded_anew(book, where)
    stale |= _in_new_ways(book, entries, stale)
    add_notes(book, [(customer, new) for customer, (gone, new) in notes.items() if not gone])
    left = {customer: said for customer, said in notes.items() if said[0] and customer not in now}
    _take_out_notes(book, [(customer, gone) for customer, (gone, _new) in left.items()])
    for customer, (gone, new) in notes.items():
        if gone and customer not in left:
            _renew_notes(book, customer, gone, new)
    return sorted(customer for customer in stale if last is None or customer <= last)


def refresh(book: Book, stale: Iterable[Sequence[int]], customers: int) -> None:
    """Write the documents of customers anew, some at a time (`stale`) and so many in all at most. Of many they are made in
    processes of their own, while `stale` goes on here."""
    waiting: deque[Sequence[int]] = deque()

    def pieces() -> Iterator[Piece]:
        for some in stale:
            waiting.append(some)
            yield sources(book, some), []

    with closing(_made(book, pieces(), customers)) as made:
        for one in made:
            take_in(book, waiting.popleft(), one)


def _made(book: Book, pieces: Iterator[Piece], customers: int) -> Generator[Indexed, None, None]:
    if customers < _MANY:
        yield from map(indexed, pieces)
        return
    from ..crew import Crew  # not loaded where a customer is saved

    with Crew(indexer) as crew:
        yield from crew.each(pieces, book.go_on)


class _Entry(NamedTuple):
    """An entry of the log that an operation touched: its customer and its note, before and after, and its channel."""

    customer: int
    old_customer: int | None
    old_note: str | None
    new_customer: int | None
    new_note: str | None
    channel: str | None


_Where = tuple[str, Sequence[object]]
"""SQL for some changes, with its values."""


def _where(op_id: int, customers: Sequence[int] | None) -> _Where:
    """What an operation did to these customers; None: to all. Of a large one the rows of some are found by customer, from where it
    begins: a + keeps the engine off the other indexes."""
    if customers is None:
        return "op_id = ? AND customer_id IS NOT NULL", [op_id]
    began = "(SELECT min(id) FROM change WHERE op_id = ?1)"
    return f"+op_id = ?1 AND id >= {began} AND customer_id IN ({marks(customers)})", [op_id, *customers]


def _entries(book: Book, where: _Where) -> list[_Entry]:
    sql, values = where
    rows = book.rows(
        "SELECT customer_id, old ->> 'customer_id', old ->> 'note', new ->> 'customer_id', new ->> 'note', new ->> 'channel' "
        f"FROM change WHERE +tbl = 'activity' AND {sql} ORDER BY id",
        values,
    )
    return list(map(_Entry._make, rows))


def _worded_anew(book: Book, where: _Where) -> set[int]:
    """Customers of whom a row has changed that they are found by, other than entries of the log."""
    sql, values = where
    worded = ", ".join(f"'{table}'" for table in _WORDED)
    return {
        row[0]
        for row in book.rows(f"SELECT DISTINCT customer_id FROM change WHERE +tbl IN ({worded}) AND {sql}", values)
    }


def _changed_notes(entries: Iterable[_Entry], last: int | None) -> dict[int, tuple[list[str], list[str]]]:
    """By customer the notes that were taken out of its log, and those that were brought in."""
    changed: dict[int, tuple[list[str], list[str]]] = {}
    for entry in entries:
        told = (entry.old_customer, entry.old_note, 0), (entry.new_customer, entry.new_note, 1)
        for customer, note, column in told:
            if customer is not None and note is not None and (last is None or customer <= last):
                changed.setdefault(customer, ([], []))[column].append(note)
    return changed


def _in_new_ways(book: Book, entries: Iterable[_Entry], stale: set[int]) -> set[int]:
    """Customers with an entry of a channel that they are not found by yet."""
    ways = {(entry.customer, entry.channel) for entry in entries if entry.channel and entry.customer not in stale}
    known = "SELECT 1 FROM find_customer WHERE find_customer MATCH ? AND rowid = ?"
    return {customer for customer, channel in ways if not book.rows(known, (facet("h", channel), customer))}


def _renew_notes(book: Book, customer: int, gone: Sequence[str], new: Sequence[str]) -> None:
    """Take out the words that only notes now `gone` had; add those of the `new` ones. The index counts documents, so what
    is taken out of a log that still has words is followed by words put in, if only ones that are there already."""
    added = words(new)
    left = words(gone)
    if left:
        rest = book.rows("SELECT note FROM activity WHERE customer_id = ? AND note <> ''", (customer,))
        for (note,) in rest:
            kept = note_terms(note).split()
            added = added or kept
            left = [word for word in left if word not in kept]
            if not left:
                break
    if left:
        book.run(_TAKE_OUT_NOTES, (customer, " ".join(left)))
    if added:
        book.run("INSERT INTO find_note (rowid, terms) VALUES (?, ?)", (customer, " ".join(added)))
        _keep_words(book, added)
        _keep_sounds(book, sounds(new))


def _take_out_notes(book: Book, logs: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Take out the words of customers that are no longer there."""
    said = ((customer, " ".join(words(notes))) for customer, notes in logs)
    book.run_many(_TAKE_OUT_NOTES, [row for row in said if row[1]])


_TAKE_OUT_NOTES = "INSERT INTO find_note (find_note, rowid, terms) VALUES ('delete', ?, ?)"


def add_notes(book: Book, logs: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Add notes to what customers are found by."""
    said = [(customer, words(notes), notes) for customer, notes in logs]
    book.run_many(_ADD_NOTES, [(customer, " ".join(found)) for customer, found, _notes in said if found])
    _keep_words(book, sorted({word for _customer, found, _notes in said for word in found}))
    _keep_sounds(book, sounds(note for *_, notes in said for note in notes))


_ADD_NOTES = "INSERT INTO find_note (rowid, terms) VALUES (?, ?)"


def _keep_words(book: Book, found: Iterable[str]) -> None:
    book.run_many("INSERT OR IGNORE INTO note_word VALUES (?)", [(word,) for word in found])


def _keep_sounds(book: Book, pairs: Sequence[tuple[str, str]]) -> None:
    book.run_many("INSERT OR IGNORE INTO sound VALUES (?, ?)", pairs)


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


def begin_anew(book: Book) -> None:
    """Empty the index; `reindexing.rebuild` fills it."""
    with book.upkeep():
        for table in ("find_customer", "find_note"):
            book.run(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
        book.run("DELETE FROM sound")
        book.run("DELETE FROM note_word")
        book.keep_note(SEARCH_REBUILT_TO, "0")


def optimize(book: Book) -> None:
    """Bring the index into its most compact form."""
    for table in ("find_customer", "find_note"):
        book.run(f"INSERT INTO {table} ({table}) VALUES ('optimize')")


def leave_new_out(book: Book) -> None:
    """Inside an operation that makes many customers: have them left out of the index for now; `reindexing.rebuild` takes them in."""
    if rebuilt_to(book) is None:
        book.keep_note(SEARCH_REBUILT_TO, str(book.value("SELECT coalesce(max(id), 0) FROM customer")))


def take_in(book: Book, customers: Sequence[int], made: Indexed) -> None:
    """Put into the index what was made of these customers, which are not in it."""
    book.run(f"DELETE FROM find_customer WHERE rowid IN ({marks(customers)})", customers)
    book.run_many("INSERT INTO find_customer (rowid, terms) VALUES (?, ?)", made.documents)
    book.run_many(_ADD_NOTES, made.logs)
    _keep_words(book, made.words)
    _keep_sounds(book, made.sounds)


def logs(book: Book, customers: Sequence[int]) -> list[tuple[int, list[str]]]:
    """By customer its notes that say something."""
    found: dict[int, list[str]] = {}
    for customer, note in book.rows(
        f"SELECT customer_id, note FROM activity WHERE note <> '' AND customer_id IN ({marks(customers)})", customers
    ):
        found.setdefault(customer, []).append(note)
    return list(found.items())


def is_stale(book: Book, sample: Sequence[int]) -> bool:
    """Whether the index is not whole, has not as many customers as the book, or lacks a word of one in the `sample`."""
    if rebuilt_to(book) is not None:
        return True
    counted = "SELECT (SELECT count(*) FROM find_customer_docsize) <> (SELECT count(*) FROM customer)"
    if book.value(counted):
        return True
    present = [row[0] for row in book.rows(f"SELECT id FROM customer WHERE id IN ({marks(sample)})", sample)]
    made = [("find_customer", each.customer, each.terms.split()) for each in documents(sources(book, present))]
    made += [("find_note", customer, words(notes)) for customer, notes in logs(book, present)]
    return any(terms and not _holds(book, table, customer, terms) for table, customer, terms in made)


def _holds(book: Book, table: str, customer: int, terms: Sequence[str]) -> bool:
    match = " AND ".join(f'"{term}"' for term in terms)
    return bool(book.rows(f"SELECT 1 FROM {table} WHERE {table} MATCH ? AND rowid = ?", (match, customer)))
