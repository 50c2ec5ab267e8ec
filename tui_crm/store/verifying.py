"""Whether history is as it was written: every operation against its seal, and each against the one before it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from ..domain.messages import N_
from .connecting import translated
from .erasing import FORGOTTEN
from .rows import marks
from .sealing import CHANGED, FIRST, GAP, LABEL, LINK, META, SAID, UNSEALED, Portion, fits, link, portions, seal_anew

if TYPE_CHECKING:
    from .book import Book

TAKEN_AS_FOUND = N_("Took history over as another tool left it")
"""The label of an operation that seals anew what did not fit."""

ALTERED, FOREIGN, UNLINKED, MISSING, CUT, MARKED = "altered", "foreign", "unlinked", "missing", "cut", "marked"
"""How an operation does not fit: what it says is not what it said; it has no seal; who did it or when is not what it was, or
it does not follow from the one before; operations before it are missing; the last ones behind it are; it is marked as undone or
not, against what the others say."""

_AT_ONCE = 1_000
"""Operations looked at together."""
_TELL_EVERY = 20_000
_TELL = N_("checking history")


class Fault(NamedTuple):
    """An operation that does not fit, and in what way; what is to be noted where the user takes that as it is: under which
    operation and number, and the digest."""

    op_id: int
    kind: str
    note: tuple[int, int, bytes] | None = None


class Head(NamedTuple):
    """The end of the sealed history, or its beginning: an operation and its digest."""

    op_id: int
    chain: bytes


class Resealed(NamedTuple):
    """An operation that sealed portions of others anew: it, its instant as stored, how many, and its label."""

    op_id: int
    at: str
    parts: int
    label: str


def sealed_from(book: Book) -> Head:
    """What the first sealed operation follows; up to it, history has no seal."""
    noted = book.note(UNSEALED) or "0"
    return Head(int(noted) if noted.isdecimal() else 0, FIRST)


def sealed_operations(book: Book) -> tuple[int, int]:
    """How many operations there are that were sealed, and the first of them; 0 where there are none."""
    count, first = book.rows("SELECT count(*), min(id) FROM op WHERE id > ?", (sealed_from(book).op_id,))[0]
    return int(count), int(first or 0)


def who_and_when(book: Book, op_id: int) -> tuple[str, str]:
    """Who did an operation and when, as it stands there, whatever another tool has made of it; "?" where there is none."""
    rows = book.rows("SELECT CAST(actor AS BLOB), CAST(at AS BLOB) FROM op WHERE id = ?", (op_id,))
    who, at = (bytes(cell or b"").decode(errors="replace") for cell in rows[0]) if rows else ("?", "?")
    return who, at


def head_before(book: Book, operations: int) -> Head:
    """The operation so many before the last, or the beginning."""
    begin = sealed_from(book)
    rows = book.rows(
        "SELECT id, chain FROM op WHERE id > ? ORDER BY id DESC LIMIT 1 OFFSET ?", (begin.op_id, operations)
    )
    return Head(*rows[0]) if rows and isinstance(rows[0][1], bytes) else begin


def resealed(book: Book) -> list[Resealed]:
    """The erasures and the like that rewrote some of history."""
    rows = book.rows(
        "SELECT op.id, op.at, count(*), op.label FROM seal JOIN op ON op.id = seal.by_op WHERE seal.by_op <> seal.op_id "
        "GROUP BY op.id ORDER BY op.id"
    )
    return [Resealed(*row) for row in rows]


def faults(book: Book, after: Head | None = None, most: int | None = None) -> Iterator[Fault]:
    """Every operation behind `after` (None: of all that are sealed) that does not fit, in order, telling how far it is. Of
    operations with more portions than `most`, only the order is checked. The book must stay as it is meanwhile."""
    if (first := _sealed_before(book, most)) is not None:
        yield Fault(first, UNLINKED)
    last = after or sealed_from(book)
    anew = _sealed_anew(book)
    total = int(book.value("SELECT coalesce(max(id), 0) FROM op"))
    changes = int(book.value("SELECT coalesce(max(id), 0) FROM change"))
    while True:
        ops = book.rows(
            f"SELECT id, chain, {META}, {SAID} FROM op WHERE id > ? ORDER BY id LIMIT {_AT_ONCE}", (last.op_id,)
        )
        if not ops:
            break
        block = _Block(book, last.op_id, ops, anew, changes)
        digests = block.digests(most)
        for op_id, chain, meta, _said in ops:
            yield from block.faults(last, op_id, chain, meta, digests)
            last = Head(op_id, chain if isinstance(chain, bytes) else last.chain)
    if (book.value("SELECT seq FROM sqlite_sequence WHERE name = 'op'") or 0) != total:
        yield Fault(last.op_id, CUT)


def _sealed_before(book: Book, most: int | None = None) -> int | None:
    """An operation with a seal where the book says that there are none yet; where `most` is given, only the last is looked at."""
    which = "id = (SELECT max(id) FROM op WHERE id <= ?)" if most else "id <= ?"
    first: int | None = book.value(
        f"SELECT min(id) FROM op WHERE {which} AND chain IS NOT NULL", (sealed_from(book).op_id,)
    )
    return first


Anew = Mapping[tuple[int, int], Portion]


def _sealed_anew(book: Book) -> Anew:
    """By place the newest seal of those that erasures, and taking history as found, put in the place of the first ones."""
    rows = portions(
        book,
        "by_op <> op_id AND by_op IN (SELECT id FROM op WHERE label IN (?, ?) AND kind = 'do')",
        (FORGOTTEN, TAKEN_AS_FOUND),
    )
    return {(portion.op_id, portion.part): portion for portion in rows}


class _Block:
    """Some operations that follow one another."""

    def __init__(self, book: Book, after: int, ops: Sequence[tuple[Any, ...]], anew: Anew, changes: int) -> None:
        self._book, self._ops, self._anew, self._changes = book, ops, anew, changes
        self._range: tuple[int, ...] = (after, ops[-1][0])
        rows = portions(book, "op_id > ? AND op_id <= ?", self._range)
        self._there = {
            op_id: {part: list(seals) for part, seals in groupby(own, lambda portion: portion.part) if part >= LABEL}
            for op_id, own in groupby(rows, lambda portion: portion.op_id)
        }
        again = portions(book, "by_op > ? AND by_op <= ? AND by_op <> op_id", self._range)
        again.sort(key=lambda portion: portion.by_op)
        self._again = {by_op: list(sealed) for by_op, sealed in groupby(again, lambda portion: portion.by_op)}

    def digests(self, most: int | None) -> dict[tuple[int, int], bytes]:
        """By place the digest of what its portion says now."""
        looked_at = {op_id: parts for op_id, parts in self._there.items() if most is None or len(parts) <= most}
        found = {(op, part): sha256(self._salt(op, part)) for op, parts in looked_at.items() for part in parts}
        for op_id, _chain, _meta, said in self._ops:
            if (op_id, LABEL) in found:
                found[op_id, LABEL].update(said)
        for place, text in self._changed(looked_at):
            found[place].update(text)
        return {place: digest.digest() for place, digest in found.items()}

    def _salt(self, op_id: int, part: int) -> bytes:
        return self._in_force(op_id, part).salt or b""

    def _in_force(self, op_id: int, part: int) -> Portion:
        return self._anew.get((op_id, part)) or self._there[op_id][part][0]

    def _changed(self, looked_at: Mapping[int, Collection[int]]) -> Iterator[tuple[tuple[int, int], bytes]]:
        """The changes in order, each with the place of the portion it is in."""
        which, params = f"op_id IN ({marks([*looked_at])})", tuple(looked_at)
        if len(looked_at) == len(self._there):
            which, params = "op_id > ? AND op_id <= ?", self._range
        op, upto, own = -1, -1, list[int]()
        place: tuple[int, int] | None = None
        with translated(self._book.path):
            rows = self._book.run(f"SELECT op_id, id, {CHANGED} FROM change WHERE {which} ORDER BY op_id, id", params)
            for number, (op_id, change, text) in enumerate(rows):
                if op_id != op or change >= upto:
                    own = own if op_id == op else list(looked_at.get(op_id, ()))
                    at = max(0, bisect_right(own, change) - 1)
                    op, upto = op_id, own[at + 1] if at + 1 < len(own) else 2**63
                    place = (op_id, own[at]) if own else None
                if place is not None:
                    yield place, text
                if number % _TELL_EVERY == 0:
                    self._book.tell(_TELL, min(change, self._changes), self._changes)

    def faults(
        self, last: Head, op_id: int, chain: bytes | None, meta: bytes, digests: Mapping[tuple[int, int], bytes]
    ) -> Iterator[Fault]:
        """In what ways an operation that follows `last` does not fit."""
        gap = (last.op_id, GAP, last.chain)
        if op_id != last.op_id + 1 and not self._taken(*gap):
            yield Fault(op_id, MISSING, gap)
        if any(not self._fits(op_id, part, digests) for part in self._there.get(op_id, ())):
            yield Fault(op_id, ALTERED)
        own = [seals[0] for seals in self._there.get(op_id, {}).values() if seals[0].by_op == op_id]
        found = (op_id, LINK, link(last.chain, meta, [*self._again.get(op_id, ()), *own]))
        if chain != found[-1] and not self._taken(*found):
            yield Fault(op_id, UNLINKED if isinstance(chain, bytes) else FOREIGN, found)

    def _taken(self, op_id: int, number: int, digest: bytes) -> bool:
        """Whether a later operation has taken this as it was found."""
        noted = self._anew.get((op_id, number))
        return noted is not None and noted.digest == digest

    def _fits(self, op_id: int, part: int, digests: Mapping[tuple[int, int], bytes]) -> bool:
        place = (op_id, part)
        return place not in digests or digests[place] == self._in_force(op_id, part).digest


# Marks of what is undone ---------------------------------------------------------------------------------------------


def wrongly_marked(book: Book, after: int = 0) -> dict[int, int | None]:
    """The operations whose mark as undone, or brought back, is not what the undos and redos among those behind `after` say, and
    what it should be."""
    rows = book.rows(
        "SELECT id, kind, reverts, reverted_by FROM op WHERE id > ? AND (reverts IS NOT NULL OR reverted_by IS NOT NULL) ORDER BY id",
        (after,),
    )
    expected: dict[int, int | None] = {op_id: None for op_id, _kind, _target, by in rows if by is not None}
    for op_id, kind, target, _by in rows:
        if target is not None:
            expected[target] = op_id
            if kind == "redo":
                expected[_root(book, target)] = None
    marked = {op_id: by for op_id, _kind, _target, by in rows}
    for op_id in expected.keys() - marked.keys():
        marked[op_id] = book.value("SELECT reverted_by FROM op WHERE id = ?", (op_id,))
    return {op_id: by for op_id, by in sorted(expected.items()) if marked[op_id] != by}


def _root(book: Book, op_id: int) -> int:
    """The operation a user did in the first place."""
    while (target := book.value("SELECT reverts FROM op WHERE id = ?", (op_id,))) is not None and target < op_id:
        op_id = target
    return op_id


# Taking it as it is --------------------------------------------------------------------------------------------------


def take_as_found(book: Book, by_op: int) -> None:
    """Inside the operation `by_op`: note what does not fit, and seal it anew, so that whatever is altered later is seen again.
    Marks of what is undone are put right."""
    if (first := _sealed_before(book)) is not None:
        book.keep_note(UNSEALED, str(first - 1))
    noted: list[tuple[object, ...]] = []
    for fault in list(faults(book)):
        if fault.note and (fault.op_id < by_op or fault.kind == MISSING):
            op_id, number, digest = fault.note
            noted.append((op_id, number, by_op, None, digest))
        if fault.op_id < by_op and fault.kind in (ALTERED, FOREIGN):
            noted += [seal_anew(book, place, by_op) for place in _unfit(book, fault.op_id)]
    book.run_many("INSERT INTO seal VALUES (?, ?, ?, ?, ?)", noted)
    right = [(by, op_id) for op_id, by in wrongly_marked(book).items()]
    book.run_many("UPDATE op SET reverted_by = ? WHERE id = ?", right)
    book.run("INSERT INTO change (op_id, tbl, row_id) VALUES (?, 'contact', 0)", (by_op,))  # else nothing was done


def _unfit(book: Book, op_id: int) -> list[tuple[int, int]]:
    parts = {portion.part for portion in portions(book, "op_id = ?", (op_id,)) if portion.part >= LABEL} or {LABEL}
    return [(op_id, part) for part in sorted(parts) if not fits(book, (op_id, part))]
