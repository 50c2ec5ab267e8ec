"""Taking back, bringing back, and looking at what was done."""

from __future__ import annotations

from ..store import history as store
from ..store.history import Operation
from .session import Session


def undo(session: Session) -> Operation:
    """Take back the last operation. Raises Problem when there is nothing, or it conflicts with a later change."""
    return store.undo(session.book, session.actor, session.now)


def redo(session: Session) -> Operation:
    """Bring back what was undone last. Raises Problem when there is nothing to bring back."""
    return store.redo(session.book, session.actor, session.now)


def operations(session: Session, limit: int = 100, customer: int | None = None) -> list[Operation]:
    """The newest operations, of the whole book or of one customer."""
    return store.operations(session.book, limit, customer)
