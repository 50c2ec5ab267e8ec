"""Why a search finds nobody, and what would find somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from ..domain.messages import N_, Message
from ..domain.query import Query, Term, describe
from ..domain.text import fold
from ..store import search
from .completing import Known
from .session import Session

Stop = Callable[[], bool] | None

_SHORTEST, _SHORTEST_CHINESE = 3, 2
"""Letters of a word that are worth looking for."""
_ALIKE = 0.6
"""How alike a tag has to be to be meant."""
_MOST = 3
"""Ways on that are shown."""


def advice(session: Session, query: Query, known: Known, stop: Stop = None) -> tuple[Message, ...]:
    """What is to blame for a search that finds nobody: terms that nobody meets, each with what was probably meant, or, where
    somebody meets each of them, which one to leave out. Raises `Stopped` as `finding.find` does."""
    wanted = [term for term in query.terms if not (term.negated and term.field == "word")]
    alone = [term for term in wanted if not _count(session, query, (term,), stop)]
    read = [term for term in alone if not (query.findings and ":" in str(term.values[0]))]  # the others are pointed out
    reasons = [_reason(session, query, term, known, stop) for term in read]
    if not alone and len(query.terms) > 1:
        reasons = list(_left_out(session, query, stop))
    return (*reasons[:_MOST], *_archived(session, query, stop))


def _count(session: Session, query: Query, terms: tuple[Term, ...], stop: Stop) -> int:
    asked = replace(query, terms=terms)
    return search.find(session.book, asked, session.today, session.now, 1, stop).count


def _reason(session: Session, query: Query, term: Term, known: Known, stop: Stop) -> Message:
    """Why one term finds nobody by itself."""
    if term.negated:
        return Message(N_("Everybody is left out by “{term}”."), {"term": _typed(query, term)})
    if term.field == "tag":
        return _no_tag(str(term.values[0]), known)
    if term.field == "word" and not term.exact:
        return _no_word(session, query, term, stop)
    return Message(N_("There is no such customer: {meaning}."), {"meaning": describe(replace(query, terms=(term,)))[0]})


def _no_tag(tag: str, known: Known) -> Message:
    near = max(((_likeness(tag, name), -at, name) for at, (name, _count) in enumerate(known.tags)), default=(0, 0, ""))
    if near[0] >= _ALIKE:
        return Message(N_("No customer has the tag #{tag}. Did you mean #{near}?"), {"tag": tag, "near": near[2]})
    return Message(N_("No customer has the tag #{tag}. # alone lists all tags."), {"tag": tag})


def _likeness(typed: str, name: str) -> float:
    """How alike the letters of two tags are, or those of one and the beginning of the other: from 0 to 1."""
    from difflib import SequenceMatcher

    typed, name = fold(typed), fold(name)
    return max(SequenceMatcher(None, typed, part).ratio() for part in (name, name[: len(typed)]))


def _no_word(session: Session, query: Query, term: Term, stop: Stop) -> Message:
    """The longest beginning of the word that finds somebody is what to go on with."""
    word = str(term.values[0])
    least = max(_SHORTEST if word.isascii() else _SHORTEST_CHINESE, len(word) // 2)
    for end in range(min(len(word) - 1, 20), least - 1, -1):
        shorter = replace(term, values=(word[:end],))
        if count := _count(session, query, (shorter,), stop):
            found = f"{search.COUNT_TO}+" if count >= search.COUNT_TO else count
            return Message(
                N_("“{word}” is in no name, person, address, tag or log. “{near}” finds {count}."),
                {"word": word, "near": word[:end], "count": found},
            )
    return Message(N_("“{word}” is in no name, person, address, tag or log."), {"word": word})


def _left_out(session: Session, query: Query, stop: Stop) -> Iterator[Message]:
    """Which term to leave out so that somebody is found."""
    for at, term in enumerate(query.terms):
        rest = (*query.terms[:at], *query.terms[at + 1 :])
        if count := _count(session, query, rest, stop):
            found = f"{search.COUNT_TO}+" if count >= search.COUNT_TO else count
            yield Message(N_("Without “{term}” it finds {count}."), {"term": _typed(query, term), "count": found})


def _archived(session: Session, query: Query, stop: Stop) -> Iterator[Message]:
    """Whether those who are archived would be found."""
    if any(term.field == "is" for term in query.terms):
        return
    archived = Term("is", "=", ("archived",), False, 0, 0)
    if count := _count(session, query, (*query.terms, archived), stop):
        yield Message(N_("{count} archived would be found: add is:archived."), {"count": count})


def _typed(query: Query, term: Term) -> str:
    return query.text[term.start : term.end][:40]
