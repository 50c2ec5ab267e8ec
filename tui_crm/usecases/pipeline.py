"""The pipeline: who stands at which stage, and the money that is open there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..domain.rows import AgendaRow
from ..domain.vocabulary import STAGES
from ..store import pipeline as store
from ..store import rows as listed
from .agenda import COUNT_TO
from .session import Session


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its first customers, soonest due first, and how many there are, counted no further than `COUNT_TO`."""

    code: str
    rows: tuple[AgendaRow, ...]
    count: int

    @property
    def more(self) -> bool:
        """Whether there are more customers than rows."""
        return self.count > len(self.rows)


def shown_stages(session: Session) -> tuple[str, ...]:
    """The stages that the settings offer, and those that somebody stands in all the same."""
    offered = session.settings.stages
    return tuple(code for code in STAGES if code in offered or stage(session, code, 1).count)


def stage(session: Session, code: str, limit: int) -> Stage:
    """A stage with its first `limit` customers."""
    ids = store.customers(session.book, code, limit)
    rows = listed.agenda_rows(session.book, ids, session.today, session.now, explained=False)
    return Stage(code, tuple(rows), store.count(session.book, code, COUNT_TO) if len(ids) == limit else len(ids))


def money(session: Session) -> Mapping[str, Mapping[str, int]]:
    """What is open at each stage, by currency and in minor units; the largest sum first. Currencies are never added."""
    return store.money(session.book)


def money_of(session: Session, customer_id: int) -> Mapping[str, int]:
    """What is open with one customer, by currency and in minor units."""
    return store.money_of(session.book, customer_id)
