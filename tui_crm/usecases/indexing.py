"""The search index as a whole: is it in order, and making it anew."""

from __future__ import annotations

from collections.abc import Callable

from ..domain.messages import N_, Message
from ..store import index
from ..store.counting import sample_of
from .session import Session

Progress = Callable[[int, int], None]
"""Told how many customers are done, of how many."""
Stop = Callable[[], bool]
"""Asked now and then whether to break off."""

_SAMPLE = 50


def rebuild_index(
    session: Session, progress: Progress | None = None, stop: Stop | None = None, anew: bool = True
) -> bool:
    """Make the search index anew, or (not `anew`) go on with one that is not whole.

    After `stop` says so, what is done is kept and a later call goes
    on; meanwhile everything works but the search by words, which misses customers. Returns whether the index is whole.
    """
    from ..store import reindexing  # what it works with is not loaded by every search

    if anew:
        index.begin_anew(session.book)
    return reindexing.rebuild(session.book, progress, stop)


def leave_many_out(session: Session, count: int) -> None:
    """Inside an operation that makes `count` customers: where that are many, they come into the search index only after it, by
    `rebuild_index`."""
    from ..store.reindexing import SMALL

    if count > SMALL:
        index.leave_new_out(session.book)


def index_is_stale(session: Session) -> bool:
    """Whether the search index has to be rebuilt: it is not whole, counts other customers than the book, or lacks words of
    some customers picked at random, the same each time for the same book."""
    return index.is_stale(session.book, sample_of(session.book, _SAMPLE))


def missing(session: Session, by_words: bool) -> tuple[Message, ...]:
    """A word on an index that is not whole, for a search that needs it."""
    if not by_words or index.rebuilt_to(session.book) is None:
        return ()
    done, total = index.progress(session.book)
    found = N_(
        "The search index is being made: {done} of {total} customers are in it, the others are not found by words yet."
    )
    return (Message(found, {"done": done, "total": total}),)
