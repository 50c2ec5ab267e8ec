"""The seal of history: each operation's digest holds the digest of the one before it, so that nothing that was written can be
altered, left out or put in between unseen.

What an operation says (its label, and its changes some hundreds at a time) goes into the chain as the digest of a *portion*,
salted. So an erasure can take words out of a portion: it drops the salt, without which nobody can try out what the words were,
and seals what is left under itself. The digest stays, and the chain with it.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from ..domain.messages import N_

if TYPE_CHECKING:
    from .book import Book

UNSEALED = "unsealed"
"""The note that says up to which operation history has no seal: what was done before there was one."""
FIRST = bytes(32)
"""What the first sealed operation follows."""
LABEL = 0
"""The number of the portion that is label and detail. Every other portion has that of its first change."""
LINK, GAP = -1, -2
"""The numbers under which a later operation notes that an operation does not follow from those before it, and that some are
missing behind it, and that the user took it so."""

_PORTION = 500
"""Changes in a portion."""
_TELL_EVERY = 100


class Portion(NamedTuple):
    """A part of what an operation says, sealed by that operation, or anew by a later one. Without a salt it was erased."""

    op_id: int
    part: int
    by_op: int
    salt: bytes | None
    digest: bytes


def _written(*columns: str) -> str:
    """SQL: these columns of a row as bytes, different for any two rows that differ; not by JSON, which says less about types."""
    kinds = ", ".join(f"typeof({column}), octet_length({column})" for column in columns)
    return f"CAST(concat_ws(' ', {kinds}, {', '.join(columns)}) AS BLOB)"


META = _written("id", "reverts", "uid", "actor", "at", "kind")
"""SQL: of `op`, who did what kind of thing when."""
SAID = _written("id", "label", "detail")
"""SQL: of `op`, what it says it was."""
CHANGED = _written("id", "op_id", "row_id", "customer_id", "tbl", "old", "new")
"""SQL: a row of `change`."""


_TO_SEAL = f"""
SELECT {META}, {SAID}, EXISTS (SELECT 1 FROM seal WHERE by_op = ?1 AND by_op <> op_id),
  (SELECT chain FROM op WHERE id < ?1 AND id > (SELECT CAST(value AS INTEGER) FROM meta WHERE key = '{UNSEALED}')
   AND chain IS NOT NULL ORDER BY id DESC LIMIT 1)
FROM op WHERE id = ?1
"""


def seal(book: Book, op_id: int) -> None:
    """Seal what an operation wrote, as its last act."""
    meta, said, rewrote, last = book.rows(_TO_SEAL, (op_id,))[0]
    again = portions(book, "by_op = ? AND by_op <> op_id", (op_id,)) if rewrote else []
    own = [_sealed(op_id, LABEL, op_id, [said]), *_changes_sealed(book, op_id)]
    book.run_many("INSERT INTO seal VALUES (?, ?, ?, ?, ?)", own)
    book.run("UPDATE op SET chain = ? WHERE id = ?", (link(last or FIRST, meta, [*again, *own]), op_id))


def link(last: bytes, meta: bytes, portions: Iterable[Portion]) -> bytes:
    """The digest of an operation that follows `last`: of who and when, and of all it sealed, in order of operation and part."""
    found = sha256(last)
    found.update(meta)
    for portion in portions:
        found.update(b" %d %d " % (portion.op_id, portion.part))
        found.update(portion.digest)
    return found.digest()


def _sealed(op_id: int, part: int, by_op: int, texts: Iterable[bytes]) -> Portion:
    salt = os.urandom(16)
    return Portion(op_id, part, by_op, salt, digest(salt, texts))


def digest(salt: bytes, texts: Iterable[bytes]) -> bytes:
    """Of a portion that says this."""
    return sha256(salt + b"".join(texts)).digest()


def _changes_sealed(book: Book, op_id: int) -> Iterator[Portion]:
    """The changes of the operation at hand, which are the last there are."""
    rows = book.run(f"SELECT id, {CHANGED} FROM change WHERE op_id = ? ORDER BY id", (op_id,))
    first = last = 0
    for number, portion in enumerate(iter(lambda: rows.fetchmany(_PORTION), [])):
        if number % _TELL_EVERY == _TELL_EVERY - 1:
            first, last = first or portion[0][0], last or int(book.value("SELECT max(id) FROM change"))
            book.tell(N_("sealing history"), portion[0][0] - first, last - first + 1)
        yield _sealed(op_id, portion[0][0], op_id, (text for _id, text in portion))


def portions(book: Book, where: str, params: Iterable[object]) -> list[Portion]:
    """Portions in order of operation and part, of each the oldest seal first."""
    sql = f"SELECT op_id, part, by_op, salt, digest FROM seal WHERE {where} ORDER BY op_id, part, by_op"
    return [Portion(*row) for row in book.rows(sql, tuple(params))]


# Erasing what was sealed ---------------------------------------------------------------------------------------------

Place = tuple[int, int]
"""A portion: its operation, and its number there."""


@contextmanager
def rewritten(book: Book, by_op: int, places: Iterable[Place]) -> Iterator[None]:
    """Inside the operation `by_op`, which rewrites these portions meanwhile: have it seal what is left of them. A portion that
    another tool has altered before is not sealed again, and stays one that does not fit."""
    there = [place for place in sorted(set(places)) if place[0] < by_op and _newest(book, place)]
    whole = [place for place in there if fits(book, place)]
    yield
    for place in there:
        book.run("UPDATE seal SET salt = NULL WHERE op_id = ? AND part = ?", place)
    book.run_many("INSERT OR REPLACE INTO seal VALUES (?, ?, ?, ?, ?)", [seal_anew(book, at, by_op) for at in whole])


def places_of(book: Book, changes: Collection[tuple[int, int]]) -> set[Place]:
    """The portions that these changes are in, each given by its operation and its id."""
    parts: dict[int, list[int]] = {}
    for op_id in {op_id for op_id, _change in changes}:
        parts[op_id] = [p.part for p in portions(book, "op_id = ?1 AND by_op = ?1", (op_id,))]
    return {(op, parts[op][bisect_right(parts[op], change) - 1]) for op, change in changes if parts[op]}


def fits(book: Book, place: Place) -> bool:
    """Whether a portion says what was sealed."""
    found = _newest(book, place)
    return found is not None and found.salt is not None and digest(found.salt, texts(book, place)) == found.digest


def seal_anew(book: Book, place: Place, by_op: int) -> Portion:
    """A seal of what a portion says now, for the operation `by_op` to write."""
    return _sealed(*place, by_op, texts(book, place))


def _newest(book: Book, place: Place) -> Portion | None:
    """The seal in force on a portion; None for one that never had any."""
    found = portions(book, "op_id = ? AND part = ?", place)
    return found[-1] if found else None


def texts(book: Book, place: Place) -> list[bytes]:
    """What a portion says now."""
    op_id, part = place
    upto = book.value("SELECT min(part) FROM seal WHERE op_id = ? AND part > ?", place) or 2**63 - 1
    label = f"SELECT -1 AS id, {SAID} FROM op WHERE id = ?1 AND ?2 = {LABEL} UNION ALL "
    changes = (
        f"SELECT id, {CHANGED} FROM change WHERE op_id = ?1 AND (id >= ?2 OR ?2 = {LABEL}) AND id < ?3 ORDER BY id"
    )
    return [text for _id, text in book.rows((label if part == LABEL else "") + changes, (op_id, part, upto))]
