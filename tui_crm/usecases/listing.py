"""What lists of customers show beside the rows themselves."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..domain.columns import READ_APART
from ..store import details as store
from ..store.details import Details as Details
from .session import Session


def details(session: Session, customers: Sequence[int], columns: Collection[str]) -> dict[int, Details]:
    """What these columns show that a list row does not carry, by customer; nothing where there are no such columns."""
    wanted = READ_APART.intersection(columns)
    return store.details(session.book, customers, wanted) if wanted else {}
