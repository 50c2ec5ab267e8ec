"""Why a search finds nobody, and what would find somebody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from ..domain.messages import N_, Message
from ..domain.query import Query, Term, describe, shortened
from ..domain.query_words import FIELD_NAMED
from ..domain.text import fold, fold_width
from ..domain.vocabulary import fold as name_key
from ..store import search
from .completing import Known
from .finding import says_nothing
from .session import Session

Stop = Callable[[], bool] | None

_SHORTEST, _SHORTEST_CHINESE = 3, 2
"""Letters of a word that are worth looking for."""
_ALIKE = 0.6
"""How alike a tag has to be to be meant."""
_MOST = 3
"""Ways on that are shown."""
_OPERATORS = {
    "AND": N_("“{text}” is searched as a word. Leave it out: all words have to be found anyway."),
    "OR": N_(
        "“{text}” is searched as a word. A comma means either: #a,b or t:hot,cold; search for words one after the other."
    ),
    "NOT": N_("“{text}” is searched as a word. A - in front leaves out: -#price-sensitive."),
    "NEAR": N_("“{text}” is searched as a word. Leave it out: words are found wherever they stand."),
}
"""What people write who know other searches."""


def advice(session: Session, query: Query, known: Known, stop: Stop = None) -> tuple[Message, ...]:
    """What is to blame for a search that finds nobody: terms that nobody meets, each with what was probably meant, or, where
    somebody meets each of them, which one to leave out. Raises `Stopped` as `finding.find` does."""
    said = [term for term in query.terms if not says_nothing(term)]
    if query.terms and not said:
        return (Message(N_("Type a name, a phone number, a word of the log, a #tag or a filter such as t:hot.")),)
    query = replace(query, terms=tuple(said))
    wanted = [term for term in said if not (term.negated and term.field == "word")]
    alone = [term for term in wanted if not _count(session, query, (term,), stop)]
    reasons = [
        *_operators(query),
        *(_reason(session, query, term, known, stop) for term in alone if not _operator(term)),
    ]
    if not alone and len(query.terms) > 1:
        reasons += _left_out(session, query, stop)
    return (*[reason for reason in reasons if reason][:_MOST], *_archived(session, query, stop))


def _count(session: Session, query: Query, terms: tuple[Term, ...], stop: Stop) -> int:
    asked = replace(query, terms=terms)
    return search.find(session.book, asked, session.today, session.now, 1, stop).count


def _operators(query: Query) -> Iterator[Message]:
    """A word on each AND, OR, NOT, NEAR of a line."""
    for term in query.terms:
        if operator := _operator(term):
            yield Message(_OPERATORS[operator], {"text": _typed(query, term)})


def _operator(term: Term) -> str:
    """The operator of other searches that a word is; "" where it is none. Small letters are words."""
    word = str(term.values[0]) if term.field == "word" and not term.exact else ""
    head = re.split(r"[(/]", word)[0]
    return head if head in _OPERATORS else ""


def _reason(session: Session, query: Query, term: Term, known: Known, stop: Stop) -> Message | None:
    """Why one term finds nobody by itself. None where the line itself says so."""
    if term.negated:
        return Message(N_("Everybody is left out by “{term}”."), {"term": _typed(query, term)})
    if term.field == "tag":
        return _no_tag(str(term.values[0]), known)
    if term.field == "word" and ":" in str(term.values[0]) and query.findings:
        return _behind_colon(session, query, term, stop)
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


def _behind_colon(session: Session, query: Query, term: Term, stop: Stop) -> Message | None:
    """Whether what stands behind the colon of a filter that does not exist would find somebody."""
    name, _colon, value = fold_width(str(term.values[0])).partition(":")
    if name_key(name) in FIELD_NAMED or len(value) < _SHORTEST_CHINESE:
        return None
    count = _count(session, query, (replace(term, values=(value,)),), stop)
    if not count:
        return None
    return Message(N_("“{near}” alone finds {count}."), {"near": shortened(value), "count": _counted(count)})


def _counted(count: int) -> str:
    return f"{search.COUNT_TO}+" if count >= search.COUNT_TO else str(count)


def _no_word(session: Session, query: Query, term: Term, stop: Stop) -> Message:
    """The longest beginning of the word that finds somebody is what to go on with."""
    word = str(term.values[0])
    least = max(_SHORTEST if word.isascii() else _SHORTEST_CHINESE, len(word) // 2)
    for end in range(min(len(word) - 1, 20), least - 1, -1):
        if sum(map(str.isalnum, word[:end])) < least:
            break
        shorter = replace(term, values=(word[:end],))
        if count := _count(session, query, (shorter,), stop):
            return Message(
                N_("“{word}” is in no name, person, address, tag or log. “{near}” finds {count}."),
                {"word": shortened(word), "near": word[:end], "count": _counted(count)},
            )
    return Message(N_("“{word}” is in no name, person, address, tag or log."), {"word": shortened(word)})


def _left_out(session: Session, query: Query, stop: Stop) -> Iterator[Message]:
    """Which term to leave out so that somebody is found."""
    for at, term in enumerate(query.terms):
        rest = (*query.terms[:at], *query.terms[at + 1 :])
        if count := _count(session, query, rest, stop):
            yield Message(
                N_("Without “{term}” it finds {count}."), {"term": _typed(query, term), "count": _counted(count)}
            )


def _archived(session: Session, query: Query, stop: Stop) -> Iterator[Message]:
    """Whether those who are archived would be found."""
    if any(term.field == "is" for term in query.terms):
        return
    archived = Term("is", "=", ("archived",), False, 0, 0)
    if count := _count(session, query, (*query.terms, archived), stop):
        yield Message(N_("{count} archived would be found: add is:archived."), {"count": count})


def _typed(query: Query, term: Term) -> str:
    return shortened(query.text[term.start : term.end])
