"""Countries and cities as reps write them, found by code, name or sound, with their dialling codes and clocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from . import pinyin
from .country_names import weekend_of
from .country_table import CITIES, COUNTRIES, MAIN_MARKETS
from .text import fold, fold_width, squash


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO 3166-1 alpha-2 `code`, names, `dial` code (digits only), IANA `zone` of its main city.

    `weekend` holds weekday numbers, Monday being 0.
    """

    code: str
    en: str
    zh: str
    dial: str
    zone: str
    weekend: tuple[int, ...]


def country(code: str) -> Country | None:
    """Return the country of an alpha-2 code in upper case, None for any other text."""
    return _by_code().get(code)


@cache
def _by_code() -> dict[str, Country]:
    return {land.code: land for land, _ in _rows()}


def _rows() -> Iterator[tuple[Country, list[str]]]:
    """Yield each country with everything it is called: codes, names, aliases."""
    for row in COUNTRIES.replace("\n|", "|").splitlines():
        code, alpha3, dial, zone, en, zh, *aliases = row.split("|")
        yield Country(code, en, zh, dial, zone, weekend_of(code)), [code, alpha3, en, zh, *aliases]


_LITTLE_WORDS = frozenset({"the", "of", "and"})
_KIND_OF_STATE = re.compile("^(?:republic|kingdom|state|sultanate|commonwealth)")


def _key(text: str) -> str:
    """What stays the same of a country's name however it is written: "St. X & Y" is "Saint X and Y"."""
    words = re.findall(r"[^\W_]+", fold(text))
    telling = [word for word in words if word not in _LITTLE_WORDS]
    return "".join("saint" if word == "st" else word for word in telling or words)


@cache
def _by_name() -> dict[str, Country]:
    return {_key(name): land for land, names in _rows() for name in names}


def find_country(text: str) -> Country | None:
    """Return the country meant by `text`: a code, an English, Chinese or native name, a usual alias. None if unsure."""
    key = _key(text)
    return _by_name().get(key) or _by_name().get(_KIND_OF_STATE.sub("", key))


def suggest_countries(text: str, limit: int = 8) -> list[Country]:
    """Return up to `limit` countries whose code, name or pinyin begins with `text`, the likeliest first."""
    typed = _key(text)
    if not typed:
        return []
    return (_ranked(typed) or _ranked(pinyin.as_indexed(typed)))[:limit]


_EXACT, _BEGINS, _WORD_BEGINS, _NO_MATCH = range(4)


def _ranked(typed: str) -> list[Country]:
    ranked = [(min(_rank(spelling, typed) for spelling in spellings), land) for land, spellings in _spelled()]
    found = [(rank, _market_rank(land.code), land.en, land) for rank, land in ranked if rank < _NO_MATCH]
    return [land for *_, land in sorted(found, key=lambda entry: entry[:3])]


def _rank(spelling: tuple[str, int], typed: str) -> int:
    name, rank = spelling
    if not name.startswith(typed):
        return _NO_MATCH
    return _EXACT if name == typed and rank == _BEGINS else rank


@cache
def _spelled() -> list[tuple[Country, list[tuple[str, int]]]]:
    """Each country with the spellings it can be typed by, and how good a match their beginning is."""
    return [(land, list(dict.fromkeys(_spellings(land, names)))) for land, names in _rows()]


def _spellings(land: Country, names: list[str]) -> Iterator[tuple[str, int]]:
    yield from ((_key(name), _BEGINS) for name in names)
    yield squash(pinyin.spell(land.zh)), _BEGINS
    yield from ((sound, _WORD_BEGINS) for sound in pinyin.sound_terms(land.zh))
    yield from ((_key(word), _WORD_BEGINS) for name in names for word in name.split()[1:])


_ONE_DIGIT_CODES = "17"
_TWO_DIGIT_CODES = (
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 "
    "90 91 92 93 94 95 98"
)


def dial_length(digits: str) -> int:
    """Return how many of the first `digits` of an international number (without + or 00) are the country's code.

    No code begins like another, so the number itself says it. The +1 of North America counts as one digit.
    """
    if digits[:1] in _ONE_DIGIT_CODES:
        return min(1, len(digits))
    return 2 if digits[:2] in _TWO_DIGIT_CODES.split() else 3


@cache
def _market_ranks() -> dict[str, int]:
    return {code: rank for rank, code in enumerate(MAIN_MARKETS.split())}


def _market_rank(code: str) -> int:
    return _market_ranks().get(code, len(_market_ranks()))


_MOST_CITY_WORDS = 3
_LONGEST_CHINESE_NAME = 12
_HAN = "[\u4e00-\u9fff]+"
_STATE = re.compile("[A-Za-z]{2}")


def zone_for(code: str, city: str = "") -> str:
    """Return the IANA zone of `city` in the country `code`; of its main city where the city is not known.

    Empty where the country is not known either.
    """
    land = country(code)
    if land is None:
        return ""
    cities = _zones().get(code, {})
    return next((cities[name] for name in _city_names(city) if name in cities), land.zone) if cities else land.zone


@cache
def _zones() -> dict[str, dict[str, str]]:
    """By country code, the zone of each city and state, where they do not all share one."""
    zones: dict[str, dict[str, str]] = {}
    for row in CITIES.replace("\n  ", " ").splitlines():
        place, _, cities = row.partition(":")
        code, zone = place.split()
        zones.setdefault(code, {}).update({_city_key(city): zone for city in cities.split(",")})
    return zones


def _city_key(city: str) -> str:
    return squash(city).removesuffix("市")


def _city_names(city: str) -> Iterator[str]:
    """Yield what in `city` may be a name the table knows: all of it, then from the last part on ("Portland, ME")."""
    yield _city_key(city)
    for part in reversed(re.split(r"[,/;()]+", fold_width(city))):
        words = part.split()
        for length in range(min(_MOST_CITY_WORDS, len(words)), 0, -1):
            for start in range(len(words) - length, -1, -1):
                name = _city_key("".join(words[start : start + length]))
                if len(name) > 2 or start + length == len(words):
                    yield name
    for run in re.findall(_HAN, city):
        for length in range(_LONGEST_CHINESE_NAME, 1, -1):
            yield from (run[start : start + length] for start in range(len(run) - length + 1))


# How a cell sets a country apart from a city, the surest way first.
_SEPARATORS = (
    re.compile(r"\s*[/／,，、|｜;；:：()（）>\n]+\s*"),
    re.compile(r"\s+[-–—·]\s+"),
    re.compile(r"[-–—·]"),
)
_BLANK = re.compile(r"\s+")
# Between blanks alone, these make a country's name part of another: "New Jersey", "Santiago de Chile", "Kuwait City".
_LEADS_INTO_NAME = frozenset({"new", "north", "south", "east", "west", "port", "saint", "st", "st.", "de", "of", "the"})
_ENDS_NAME = frozenset({"city"})


def split_country_city(text: str) -> tuple[Country | None, str]:
    """Return country and city of one cell: "美国 / 洛杉矶", "Germany, Berlin", "德国柏林", "Dubai".

    The country is None, and the city all of `text`, where the text names no country or could mean two.
    """
    text = text.strip().strip("/／,，、;；")
    land = find_country(text)
    if land:
        return land, ""
    return _of_known_city(text) or _separated(text) or _chinese_in_front(text) or (None, text)


def _of_known_city(text: str) -> tuple[Country, str] | None:
    codes = [code for code, cities in _zones().items() if _is_city(text, cities) or _is_in_state(text, cities)]
    return (_by_code()[codes[0]], text) if codes else None


def _is_city(text: str, cities: Mapping[str, str]) -> bool:
    return _city_key(text) in cities and not _STATE.fullmatch(text.strip())


def _is_in_state(text: str, cities: Mapping[str, str]) -> bool:
    """Whether `text` is a known city and its state, as "San Jose, CA", which is not in Canada."""
    city, _, state = fold_width(text).rpartition(",")
    return bool(_STATE.fullmatch(state.strip())) and _city_key(state) in cities and _city_key(city) in cities


def _separated(text: str) -> tuple[Country, str] | None:
    return next((found for separator in _SEPARATORS if (found := _at_an_end(text, separator))), None) or _worded(text)


def _at_an_end(text: str, separator: re.Pattern[str]) -> tuple[Country, str] | None:
    for head, tail in _divisions(text, separator):
        if land := find_country(head):
            return land, tail
        if (land := find_country(tail)) and not _may_be_state(tail):
            return land, head
    return None


def _worded(text: str) -> tuple[Country, str] | None:
    """As `_at_an_end`, where only blanks divide: names may have several words, and short words are no codes."""
    for head, tail in _divisions(text, _BLANK):
        before, after = fold(head).split(), fold(tail).split()
        if _ENDS_NAME.isdisjoint(after[:1]) and (land := _by_word(head)):
            return land, tail
        if _LEADS_INTO_NAME.isdisjoint(before[-1:]) and (land := _by_word(tail)):
            return land, head
    return None


def _by_word(name: str) -> Country | None:
    is_a_word = len(name) > 3 or not name.isascii() or (name.isupper() and not _may_be_state(name))
    return find_country(name) if is_a_word else None


def _divisions(text: str, separator: re.Pattern[str]) -> list[tuple[str, str]]:
    parts = ((text[: found.start()].strip(), text[found.end() :].strip(" )）")) for found in separator.finditer(text))
    return [(head, tail) for head, tail in parts if head and tail]


def _may_be_state(text: str) -> bool:
    """Whether `text` is a code that means an American state as well as a country: CA, DE, IN."""
    key = _city_key(text)
    return bool(_STATE.fullmatch(text)) and any(key in _zones()[code] for code in ("US", "CA"))


def _chinese_in_front(text: str) -> tuple[Country, str] | None:
    run = re.match(_HAN, text)
    for length in range(min(_LONGEST_CHINESE_NAME, len(run[0]) - 1) if run else 0, 1, -1):
        land = find_country(text[:length])
        if land:
            return land, text[length:].strip()
    return None
