"""Finding customers with the search line, and the one customer a script means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..domain.columns import BEST, Order
from ..domain.messages import N_, Message, Problem
from ..domain.names import company_key, query_words
from ..domain.query import Query, Term, describe, parse_query, shortened
from ..domain.rows import AgendaRow
from ..domain.text import clean, fold_width, harmless
from ..store import places, reading, search
from ..store import rows as listed
from ..store import tags as stored_tags
from ..store.places import Hit as Hit
from . import indexing, sorting
from .session import Session

COUNT_TO = search.COUNT_TO
"""Exact counts up to here; beyond it a list says "1000+"."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a search found: the rows with the question they answer, and by customer in which texts its words stand.

    `more` when only the first were fetched; `count` of all, `exact` unless it is more than `COUNT_TO` or not known (then it is
    the least there are); `meaning` is the question in words; `findings` point at what was not understood or is missing.
    """

    query: Query
    rows: tuple[AgendaRow, ...]
    more: bool
    meaning: tuple[Message, ...]
    findings: tuple[Message, ...]
    count: int
    exact: bool
    places: Mapping[int, tuple[Hit, ...]]


def find(
    session: Session,
    line: str,
    limit: int | None = 200,
    stop: Callable[[], bool] | None = None,
    order: Order = BEST,
) -> Result:
    """Run a search line; an empty one means everyone. Raises `Stopped` soon after `stop`, asked again and again, says that
    the result is not wanted any more."""
    query = _query(session, line)
    found, unsorted = sorting.find(session, query, order, limit, stop)
    with session.book.stopping(stop):
        rows = listed.agenda_rows(session.book, found.ids, session.today, session.now)
        hits = _hits(session, query, found.ids[:_PLACED])
    findings = (
        *query.findings,
        *_said_nothing(query),
        *unsorted,
        *indexing.missing(session, bool(search.words_of(query))),
    )
    return Result(query, tuple(rows), found.more, describe(query), findings, found.count, found.exact, hits)


_PLACED = 200
"""Rows that are told where they were found."""


def places_in(session: Session, line: str, customers: Sequence[int]) -> Mapping[int, tuple[Hit, ...]]:
    """In which texts of some customers the words of a search line stand."""
    return _hits(session, _query(session, line), customers)


def _hits(session: Session, query: Query, customers: Sequence[int]) -> Mapping[int, tuple[Hit, ...]]:
    return places.hits(session.book, customers, [word.typed for word in search.words_of(query)])


def ids(session: Session, line: str, limit: int | None, order: Order = BEST) -> tuple[Sequence[int], bool]:
    """The first customers that a search line finds, and whether there are more."""
    found, _unsorted = sorting.find(session, _query(session, line), order, limit)
    return found.ids, found.more


def count(session: Session, line: str, stop: Callable[[], bool] | None = None) -> int:
    """How many customers a search line finds, counted to the end however long it takes. Raises `Stopped` as `find` does."""
    return search.count(session.book, _query(session, line), session.today, session.now, stop)


def has_words(session: Session, line: str) -> bool:
    """Whether a line asks for words, so that how well they match puts its answer in order."""
    return any(term.field == "word" and not term.negated for term in _query(session, line).terms)


def _query(session: Session, line: str) -> Query:
    return parse_query(harmless(line), session.today, session.actor)


def _said_nothing(query: Query) -> tuple[Message, ...]:
    """A word on what says nothing: words without a letter or digit, and a line that is only begun."""
    typed = (query.text[term.start : term.end] for term in query.terms if says_nothing(term))
    nothing = " ".join(dict.fromkeys(typed))
    if nothing:
        return (Message(N_("“{text}” has no letter or digit to search for."), {"text": shortened(nothing)}),)
    if query.text.strip() and not query.terms and not query.findings:
        return (_only_begun(query.text.strip()),)
    return ()


def says_nothing(term: Term) -> bool:
    """Whether a term is a word without a letter or digit, which finds nobody."""
    return term.field == "word" and not any(query_words(str(value)) for value in term.values)


def _only_begun(text: str) -> Message:
    """What a line goes on with that is no more than a mark."""
    shown = {"text": shortened(text)}
    if "#" in fold_width(text):
        return Message(
            N_("“{text}” goes on with a tag ({example}); all are listed as you type."),
            {**shown, "example": Message(N_("#price-sensitive"))},
        )
    if '"' in fold_width(text):
        return Message(
            N_("“{text}” goes on with words to be found just as they are written, such as “deposit paid”."), shown
        )
    return Message(
        N_("“{text}” goes on with what is to be left out, such as -{example}."),
        {**shown, "example": Message(N_("#price-sensitive"))},
    )


class SeveralFound(Problem):
    """More than one customer fits; `rows` are the first of them."""

    def __init__(self, text: str, rows: tuple[AgendaRow, ...]) -> None:
        super().__init__(N_("“{text}” fits several customers. Name one of them, or use its uid."), text=text)
        self.rows = rows


def by_uid(session: Session, uid: str) -> AgendaRow | None:
    """The customer with this uid."""
    found = reading.by_uid(session.book, uid)
    return None if found is None else listed.agenda_rows(session.book, [found], session.today, session.now)[0]


def the_one(session: Session, text: str) -> AgendaRow:
    """The one customer that `text` means: a uid, an exact name, or any search that finds exactly one.

    Raises Problem when there is none, `SeveralFound` when there are several.
    """
    book, text = session.book, harmless(text)
    by_uid = reading.by_uid(book, text.strip())
    if by_uid is not None:
        return listed.agenda_rows(book, [by_uid], session.today, session.now)[0]
    if not text.strip():
        raise Problem(N_("Say which customer: a uid, a name, or a search that finds one."))
    rows = _named(session, text) or find(session, text, 20).rows
    if not rows:
        raise Problem(N_("No customer fits “{text}”. Try part of the name, or crm find."), text=text)
    if len(rows) > 1:
        raise SeveralFound(text, rows)
    return rows[0]


def _named(session: Session, text: str) -> tuple[AgendaRow, ...]:
    """Customers called exactly `text`, which may look like a search (`c:DE Trading`); archived ones only if no other is."""
    name = clean(text).casefold()
    candidates = listed.agenda_rows(
        session.book, reading.by_company_key(session.book, company_key(name)), session.today, session.now
    )
    same = tuple(row for row in candidates if row.name.casefold() == name)
    return tuple(row for row in same if not row.archived) or same


def tags(session: Session) -> list[tuple[str, int]]:
    """Every tag with how many customers carry it, most used first."""
    return [(tag.name, tag.count) for tag in stored_tags.listed(session.book)]
