"""Making the search index whole: customers taken in portion by portion, beside whoever works with the book.

What each is found by is worked out in processes of its own while this one reads ahead and writes. A portion that somebody wrote
into meanwhile is worked out again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from ..crew import Crew
from .book import SEARCH_REBUILT_TO
from .connecting import Busy, Stopped
from .documents import Indexed, Piece, indexed, indexer, sources
from .index import logs, optimize, progress, rebuilt_to, take_in

if TYPE_CHECKING:
    from .book import Book

SMALL = 5_000
"""Customers up to which an index is rebuilt at once; for more, a person is told."""

_CHUNK = 500
_TOGETHER = 4
"""Chunks written together: the time for which others wait with their own writing, a few tenths of a second."""

Tell = Callable[[int, int], None]
"""Told how many customers are done, of how many."""
Stop = Callable[[], bool]
"""Asked now and then whether to break off."""


class _Chunk(NamedTuple):
    """Some customers that follow one another, and the state of the book they were read in."""

    after: int
    ids: Sequence[int]
    version: int


def catch_up(book: Book) -> None:
    """Rebuild the index of a small book at once if it is not whole."""
    if rebuilt_to(book) is not None and len(book.rows("SELECT 1 FROM customer LIMIT ?", (SMALL + 1,))) <= SMALL:
        rebuild(book)


def rebuild(book: Book, tell: Tell | None = None, stop: Stop | None = None) -> bool:
    """Go on with an index that is not whole, to its end or until `stop`; returns whether it is whole now. What is done is
    kept, and the book can be worked with all the while."""
    begun, _ = progress(book)
    try:
        while (last := rebuilt_to(book)) is not None:
            done, total = progress(book)
            with Crew(indexer, alone=total - done <= SMALL) as crew:
                chunks: deque[_Chunk] = deque()
                made = crew.each(_read(book, last, chunks), lambda: _go_on(stop))
                while portion := [(chunks.popleft(), each) for each in islice(made, _TOGETHER)]:
                    if not _put_off(partial(_write, book, portion), stop):
                        break
                    done += sum(len(chunk.ids) for chunk, _made in portion)
                    if tell:
                        tell(done, max(done, total))
            _put_off(partial(_finish, book, begun), stop)
    except Stopped:
        return False
    return True


def _read(book: Book, last: int, chunks: deque[_Chunk]) -> Iterator[Piece]:
    """The rows of the customers behind `last`, chunk by chunk; which they are goes into `chunks`."""
    while True:
        version = book.data_version()
        ids = [row[0] for row in book.rows("SELECT id FROM customer WHERE id > ? ORDER BY id LIMIT ?", (last, _CHUNK))]
        if not ids:
            return
        chunks.append(_Chunk(last, ids, version))
        yield sources(book, ids), logs(book, ids)
        last = ids[-1]


def _put_off(write: Callable[[], bool], stop: Stop | None) -> bool:
    """Write, as soon as nobody else does."""
    while True:
        _go_on(stop)
        try:
            return write()
        except Busy:
            continue


def _go_on(stop: Stop | None) -> None:
    if stop and stop():
        raise Stopped


def _write(book: Book, portion: Sequence[tuple[_Chunk, Indexed]]) -> bool:
    """Take a portion in; returns whether it still follows what is in the index."""
    with book.upkeep():
        if rebuilt_to(book) != portion[0][0].after:
            return False
        for chunk, made in portion:
            if book.data_version() == chunk.version:
                take_in(book, chunk.ids, made)
            else:  # somebody wrote something since it was read
                between = "SELECT id FROM customer WHERE id > ? AND id <= ?"
                ids = [row[0] for row in book.rows(between, (chunk.after, chunk.ids[-1]))]
                take_in(book, ids, indexed((sources(book, ids), logs(book, ids))))
        book.keep_note(SEARCH_REBUILT_TO, str(portion[-1][0].ids[-1]))
    return True


def _finish(book: Book, begun: int) -> bool:
    """Call the index whole, unless there are more customers by now. One that is mostly new, `begun` having been in it before, is
    brought into its most compact form."""
    with book.upkeep():
        last = rebuilt_to(book)
        if last is None or book.rows("SELECT 1 FROM customer WHERE id > ? LIMIT 1", (last,)):
            return False
        if progress(book)[1] > 2 * begun:
            optimize(book)
        book.run("DELETE FROM meta WHERE key = ?", (SEARCH_REBUILT_TO,))
    return True
