"""Erasing a person from the book for good: from rows, history, the search index and the file itself.

What was erased cannot be brought back: the operations that hold such rows are marked, and undo refuses them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..domain.messages import N_
from ..domain.names import company_key, index_terms, note_terms
from ..domain.pinyin import pair_sounds
from .mentions import TEXTS, Mention, Target, like, without
from .reverting import ERASED_IN
from .rows import marks
from .sealing import LABEL, places_of, rewritten

if TYPE_CHECKING:
    from .book import Book

FORGOTTEN = N_("Erased a person at {name}")
"""The label of an erasure."""

ERASED = "erased/"
"""Begins the notes of the book that name what was erased by its uid: an import must not bring it back."""

_EMPTY = {"custom": "'{}'"}
_UNVERSIONED = ("activity", "next_step", "attachment")


def black_out(book: Book, found: Iterable[Mention], target: Target) -> None:
    """Black the traces out of these texts."""
    for table, row, customer, column, text in found:
        newer = "" if table in _UNVERSIONED else ", version = version + 1"
        book.run(f"UPDATE {table} SET {column} = ?{newer} WHERE id = ?", (target.out(text, customer), row))


def empty_customers(book: Book, customers: Collection[int], mark: str) -> None:
    """Leave of customers that are persons nothing but what the trade records hang on: archived, without name and fields."""
    emptied = ", ".join(f"{column} = {_EMPTY.get(column, repr(''))}" for column in TEXTS["customer"])
    for customer in customers:
        uid = book.value("SELECT uid FROM customer WHERE id = ?", (customer,))
        name = f"{mark} {uid[:6]}"
        book.run(
            f"UPDATE customer SET name = ?, company_key = ?, archived = 1, version = version + 1, {emptied} WHERE id = ?",
            (name, company_key(name), customer),
        )


def remove_people(book: Book, contacts: Sequence[int]) -> None:
    """Take people out of the customers they are still at, with their addresses; the first who is left becomes the main one."""
    here = f"IN ({marks(contacts)})"
    customers = [row[0] for row in book.rows(f"SELECT DISTINCT customer_id FROM contact WHERE id {here}", contacts)]
    book.run(f"DELETE FROM reach WHERE contact_id {here}", contacts)
    book.run(f"DELETE FROM contact WHERE id {here}", contacts)
    for customer in customers:
        if book.value("SELECT 1 FROM contact WHERE customer_id = ? AND main", (customer,)) is None:
            book.run(
                "UPDATE contact SET main = 1, version = version + 1 WHERE id = "
                "(SELECT min(id) FROM contact WHERE customer_id = ?)",
                (customer,),
            )


def remember(book: Book, op_id: int, uids: Iterable[str], customer: int) -> None:
    """Note of these uids that they were erased; of somebody whom only history knew, the operation shows nothing else."""
    book.run_many("INSERT OR REPLACE INTO meta VALUES (?, '')", [(ERASED + uid,) for uid in uids])
    if not book.rows("SELECT 1 FROM change WHERE op_id = ? LIMIT 1", (op_id,)):
        book.run("INSERT INTO change (op_id, tbl, row_id, customer_id) VALUES (?, 'contact', 0, ?)", (op_id, customer))


def erase_history(book: Book, op_id: int, target: Target) -> None:
    """Black the traces out of the whole history, this operation's own included, and mark the operations with rows of the
    person: they can no longer be turned round."""
    likes = [like(needle) for needle in target.traces.needles()]
    far = " OR old LIKE ? ESCAPE '\\' OR new LIKE ? ESCAPE '\\'" * len(likes)
    book.tell(N_("erasing from history"), 0, 2)
    rows = book.rows(
        "SELECT id, op_id, tbl, row_id, customer_id, old, new FROM change "
        f"WHERE customer_id IN ({marks(target.near)}){far}",
        (*target.near, *(like for like in likes for _side in range(2))),
    )
    last = {row[0] for row in book.rows("SELECT max(id) FROM change WHERE op_id = ? GROUP BY tbl, row_id", (op_id,))}
    cleared, places, marked = [], set(), {op_id}
    for change, op, table, row_id, customer, *texts in rows:
        before = [json.loads(text) if text else None for text in texts]
        after = [row and without(table, row_id, customer, row, target) for row in before]
        if change in last:  # what the row is now has been cleared in the row
            after[1] = before[1]
        if after != before:
            cleared.append((*(row and _written(row) for row in after), change))
            places.add((op, change))
        if any(row is not None and target.owns(table, row_id, row) for row in before):
            marked.add(op)
    with rewritten(book, op_id, places_of(book, places)):
        book.run_many("UPDATE change SET old = ?, new = ? WHERE id = ?", cleared)
    book.run("DELETE FROM change WHERE op_id = ? AND old = new", (op_id,))
    book.tell(N_("erasing from history"), 1, 2)
    _erase_labels(book, op_id, target, likes)
    book.run_many("INSERT OR REPLACE INTO meta VALUES (?, ?)", [(f"{ERASED_IN}{op}", str(op_id)) for op in marked])


def _written(row: Mapping[str, Any]) -> str:
    """As the engine writes it: undo compares the two."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _erase_labels(book: Book, op_id: int, target: Target, likes: Sequence[str]) -> None:
    rows = book.rows(f"SELECT DISTINCT op_id FROM change WHERE customer_id IN ({marks(target.near)})", target.near)
    mine = {op for (op,) in rows}
    far = " OR ".join(["0", *("detail LIKE ? ESCAPE '\\'" for _like in likes)])
    others = {op for (op,) in book.rows(f"SELECT id FROM op WHERE {far}", likes)}
    near = next(iter(target.near), None)
    erased = []
    for op in sorted(mine | others):
        values = json.loads(book.value("SELECT detail FROM op WHERE id = ?", (op,)))
        after = {name: target.out(text, near if op in mine else None) for name, text in values.items()}
        if after != values:
            erased.append((json.dumps(after, ensure_ascii=False), op))
    with rewritten(book, op_id, [(op, LABEL) for _detail, op in erased]):
        book.run_many("UPDATE op SET detail = ? WHERE id = ?", erased)


def erase_from_index(book: Book, texts: Iterable[str]) -> None:
    """Have the words of these texts, where nobody else has them, leave the search index, down to its last page."""
    book.tell(N_("erasing from the search index"), 0, 1)
    for table in ("find_customer", "find_note"):  # what is taken out stays in the older parts until they are merged
        book.run(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
    said = list(texts)
    words = {word for text in said for word in (*note_terms(text).split(), *index_terms(text).split())}
    for word in sorted(words):
        if not _found(book, word):
            book.run("DELETE FROM note_word WHERE word = ?", (word,))
    for sound, pair in {pair for text in said if not text.isascii() for pair in pair_sounds(text)}:
        if not _found(book, pair):
            book.run("DELETE FROM sound WHERE sound = ? AND pair = ?", (sound, pair))


def _found(book: Book, word: str) -> bool:
    match = '"' + word.replace('"', '""') + '"'
    return any(
        book.rows(f"SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT 1", (match,))
        for table in ("find_note", "find_customer")
    )


def settle(book: Book) -> bool:
    """Fold the write-ahead log into the file and empty it, so that no older page is left there. False where another program
    has the book open; it goes with its last window."""
    ((busy, _log, _done),) = book.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return not busy


# What a restore and an import ask ------------------------------------------------------------------------------------------------


def erasures(book: Book, since: int) -> int:
    """How many people were erased after the operation `since`."""
    return int(book.value("SELECT count(*) FROM op WHERE id > ? AND label = ?", (since, FORGOTTEN)))


def erased_uids(book: Book, uids: Iterable[str]) -> set[str]:
    """Those of some uids whose people were erased."""
    asked = [ERASED + uid for uid in uids]
    found: set[str] = set()
    for at in range(0, len(asked), 500):
        chunk = asked[at : at + 500]
        rows = book.rows(f"SELECT key FROM meta WHERE key IN ({marks(chunk)})", chunk)
        found |= {key.removeprefix(ERASED) for (key,) in rows}
    return found
