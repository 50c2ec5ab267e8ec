"""How a search line could go on: tags with their use, countries, codes in both languages, owners, fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ..code_words import WORDS
from ..domain.countries import suggest_countries
from ..domain.names import matches
from ..domain.query import Typing, complete, describe, parse_query
from ..domain.query_nearest import nearest
from ..domain.query_words import CONDITION, FIELDS, LACKING, QUOTE_STATE, SAMPLE_STATE, SearchField
from ..domain.text import fold, fold_width
from ..domain.vocabulary import CHANNEL, GRADE, STAGE, TEMPERATURE, Vocabulary
from ..i18n import _, country_name, tell, word
from ..store import completing as store
from ..store import tags as stored_tags
from .session import Session


class Offer(NamedTuple):
    """One way to go on: what the line gets, and a word on it: a tag's use, a code's meaning."""

    text: str
    hint: str


class Completion(NamedTuple):
    """What can stand in the line from `start` up to the cursor, best first; `typed` stands there now, and is one of the
    offers itself if `whole`. `kind` is that of `query.Typing`, or `mend` for what a filter that cannot be read may have
    meant."""

    kind: str
    start: int
    typed: str
    offers: tuple[Offer, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What of the book the line can go on with: tags with how many customers carry each, most used first; who is responsible
    for customers; the countries they are in."""

    tags: tuple[tuple[str, int], ...] = ()
    owners: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


def known(session: Session, stop: Callable[[], bool] | None = None) -> Known:
    """Read once for a whole line: it takes a moment in a large book. Raises `Stopped` as `finding.find` does."""
    book = session.book
    with book.stopping(stop):
        tags = tuple((tag.name, tag.count) for tag in stored_tags.listed(book) if tag.count)
        return Known(tags, store.owners(book), tuple(sorted(store.countries(book), key=country_name)))


def completions(known: Known, line: str, cursor: int, today: date, limit: int = 50) -> Completion:
    """How `line` could go on at `cursor`."""
    typing = complete(line, cursor)
    every = tuple(_offers(known, typing, line, today))
    offers = tuple(offer for offer in every if fold(offer.text) != fold(typing.prefix))
    start = _value_start(line, typing) if typing.kind in _DAYS else typing.start
    begin = _term_start(line, typing)
    if not offers and typing.prefix and (meant := _meant(line[begin:cursor], today)):
        return Completion("mend", begin, typing.prefix, (Offer(meant, _meaning(meant, today)),))
    whole = len(offers) < len(every)
    if whole and typing.kind != "tag":  # a tag may go on, a country's code is done
        offers = ()
    return Completion(typing.kind, start, line[start:cursor], offers[:limit], whole)


def _meant(term: str, today: date) -> str | None:
    """What a filter that cannot be read may have meant, if that can be read."""
    meant = nearest(term)
    understood = meant and meant != fold_width(term) and not parse_query(meant, today).findings
    return meant if understood else None


def _offers(known: Known, typing: Typing, line: str, today: date) -> Iterator[Offer]:
    kind, typed = typing.kind, typing.prefix.lstrip('"')
    chinese = not line[_term_start(line, typing) : typing.start + len(typing.prefix)].isascii()
    if kind == "tag":
        yield from _tags(known, typed)
    elif kind == "country":
        codes = (land.code for land in suggest_countries(typed)) if typed else iter(known.countries)
        yield from (Offer(code, country_name(code)) for code in codes)
    elif kind == "owner":
        owners = [Offer("me", _("yourself")), *(Offer(_quoted(name), "") for name in known.owners if name != "me")]
        yield from (offer for offer in owners if _begins(offer.text.strip('"'), typed))
    elif kind in _DAYS:
        said = line[_value_start(line, typing) : typing.start + len(typing.prefix)]
        days = (text for text in _DAYS[kind][chinese] if text.startswith(said))
        yield from (Offer(text, _meaning(f"{kind}:{text}", today)) for text in days)
    elif kind in _CODES:
        yield from _codes(kind, typed, chinese, today)
    elif kind == "field" and typed:
        yield from _fields(typed)
        if len(typed) > 1:
            yield from (offer._replace(text=f"#{offer.text}") for offer in _tags(known, typed))


def _tags(known: Known, typed: str) -> Iterator[Offer]:
    """Tags that begin as typed before those that hold it."""
    found = [(name, count, matches(name, typed)) for name, count in known.tags]
    fitting = [each for each in found if not typed or each[2]]
    for name, count, _spans in sorted(fitting, key=lambda each: bool(each[2]) and each[2][0][0] > 0):
        yield Offer(_quoted(name), str(count))


def _quoted(value: str) -> str:
    """A value as one piece of the line."""
    return f'"{value}"' if any(char in " ,\u3000" for char in value) else value


def _codes(kind: str, typed: str, chinese: bool, today: date) -> Iterator[Offer]:
    """The codes of a field, in Chinese where the line is in Chinese."""
    for code in _CODES[kind].codes:
        shown = word(kind, code) if kind in WORDS else _meaning(f"{kind}:{code}", today) if kind != "grade" else ""
        other = shown if _CODES[kind].find(shown) == code and not shown.isascii() else _in_chinese(_CODES[kind], code)
        if _begins(code, typed) or _begins(shown, typed) or _begins(other, typed):
            yield Offer(other, code) if chinese and other else Offer(code, shown if shown != code else other)


def _in_chinese(codes: Vocabulary, code: str) -> str:
    return next((alias for alias, meant in codes.words.items() if meant == code and not alias.isascii()), "")


def _fields(typed: str) -> Iterator[Offer]:
    begun = ((field, _named(field, typed)) for field in FIELDS)
    yield from (Offer(f"{name}:", _(field.example)) for field, name in begun if name)


def _named(field: SearchField, typed: str) -> str:
    return next((name for name in field.names if _begins(name, typed)), "")


def _begins(text: str, typed: str) -> bool:
    return fold(text).startswith(fold(typed)) or any(start == 0 for start, _end in matches(text, typed))


def _meaning(line: str, today: date) -> str:
    return " · ".join(tell(message) for message in describe(parse_query(line, today)))


def _term_start(line: str, typing: Typing) -> int:
    """Where the term begins whose end is being typed."""
    before = max(line.rfind(blank, 0, typing.start) for blank in " \u3000") + 1
    return before + line.startswith("-", before)


def _value_start(line: str, typing: Typing) -> int:
    return max(line.rfind(colon, 0, typing.start) for colon in ":：") + 1


_CODES = {
    "temperature": TEMPERATURE, "grade": GRADE, "stage": STAGE, "channel": CHANNEL, "quote": QUOTE_STATE,
    "sample": SAMPLE_STATE, "no": LACKING, "is": CONDITION,
}  # fmt: skip
_DAYS: dict[str, tuple[Iterable[str], Iterable[str]]] = {
    "due": (("today", "<=today", "tomorrow", "<=7d", ">30d"), ("今天", "<=今天", "明天", "<=7天", "<=月底")),
    "late": ((">7", ">30", ">90"), (">7", ">30", ">90")),
    "last": ((">30d", ">90d", ">12m", "<7d"), (">30天", ">90天", ">12个月", "<7天")),
}
"""What may stand behind a field that takes a day or a number of them, in English and in Chinese."""
