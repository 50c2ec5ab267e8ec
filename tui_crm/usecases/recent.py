"""The last searches, kept beside the book, so that they need not be typed again."""

from __future__ import annotations

from collections.abc import Callable

from . import beside
from .session import Session

_WHAT, _MOST = "searches", 30
_LONGEST = 200


def searches(session: Session) -> list[str]:
    """The last search lines, newest first, each once."""
    kept = beside.read(session, _WHAT)
    return [line for line in kept if isinstance(line, str)] if isinstance(kept, list) else []


def keep_search(session: Session, line: str) -> None:
    """Remember a search line; an empty one and one as long as a page are not worth it."""
    line = line.strip()
    if line and len(line) <= _LONGEST:
        kept = [line, *(other for other in searches(session) if other != line)]
        beside.write(session, _WHAT, kept[:_MOST])


def drop(session: Session, unwanted: Callable[[str], bool]) -> None:
    """Forget the search lines that are not wanted any more."""
    kept = searches(session)
    left = [line for line in kept if not unwanted(line)]
    if left != kept:
        beside.write(session, _WHAT, left)
