"""Finding customers with the search line, and the one customer a script means."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.messages import Message, N_, Problem
from ..domain.query import Query, describe, parse_query
from ..domain.values import AgendaRow
from ..store import reading, search
from .session import Session


@dataclass(frozen=True, slots=True)
class Result:
    """What a search found: the rows with the question they answer. `more` when only the first were fetched; `meaning` is
    the question in words; `findings` point at terms that were not understood."""

    query: Query
    rows: tuple[AgendaRow, ...]
    more: bool
    meaning: tuple[Message, ...]
    findings: tuple[Message, ...]


def find(session: Session, line: str, limit: int | None = 200) -> Result:
    """Run a search line; an empty one means everyone."""
    query = parse_query(line, session.today, session.actor)
    found = search.find(session.book, query, session.today, session.now, limit)
    rows = reading.agenda_rows(session.book, found.ids, session.today, session.now)
    return Result(query, tuple(rows), found.more, describe(query), query.findings)


class SeveralFound(Problem):
    """More than one customer fits; `rows` are the first of them."""

    def __init__(self, text: str, rows: tuple[AgendaRow, ...]) -> None:
        super().__init__(N_("“{text}” fits several customers. Name one of them, or use its uid."), text=text)
        self.rows = rows


def the_one(session: Session, text: str) -> AgendaRow:
    """The one customer that `text` means: a uid, an exact name, or any search that finds exactly one.

    Raises Problem when there is none, `SeveralFound` when there are several.
    """
    book = session.book
    by_uid = reading.by_uid(book, text.strip())
    if by_uid is not None:
        return reading.agenda_rows(book, [by_uid], session.today, session.now)[0]
    if not text.strip():
        raise Problem(N_("Say which customer: a uid, a name, or a search that finds one."))
    result = find(session, text, 20)
    exact = [row for row in result.rows if row.name.casefold() == text.strip().casefold()]
    rows = tuple(exact) or result.rows
    if not rows:
        raise Problem(N_("No customer fits “{text}”. Try part of the name, or crm find."), text=text)
    if len(rows) > 1:
        raise SeveralFound(text, rows)
    return rows[0]


def tags(session: Session) -> list[tuple[str, int]]:
    """Every tag with how many customers carry it, most used first."""
    return reading.tag_counts(session.book)
