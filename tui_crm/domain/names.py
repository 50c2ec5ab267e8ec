"""Names as people search, sort and compare them, in any script and by sound.

What `index_terms` and its kin put into the search index and what `query_words` asks of it belong together: the index
(FTS5, tokenizer `unicode61 remove_diacritics 2`, `detail=none`) answers whole tokens and their beginnings, never phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from . import pinyin
from .legal_forms import strip_chinese_form, strip_legal_form
from .text import fold, squash

IN_NAME, BACKWARDS = "\ue000", "\ue002"
"""Letters of private use, which no text has: in front of a term of a company's own name, and of digits read backwards."""

SORT_KEY_LENGTH = 24
_LONGEST_WORD = 40
_LONGEST_QUERY = 500
_MOST_TERMS = 16

# Scripts written without blanks between words are indexed in overlapping pairs of characters.
_PAIRED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\U00020000-\U0003134f"
)
# Letters to Python that SQLite's older tables take for separators: they would turn one word into a phrase.
_UNKNOWN_TO_INDEX = (
    "\u0c5c\u1980-\u19df\u1c80-\u1c8f\u1cd0-\u1cff\ua7c0-\ua7ff\U00010000-\U0001ffff\U00031350-\U0010ffff"
)
# A string, compiled by `re` when first met: so wide a class would cost every start some milliseconds.
_PIECE = rf"(?P<paired>(?:(?![\W_])[{_PAIRED}])+)|[^\W_{_PAIRED}{_UNKNOWN_TO_INDEX}]+"

# Müller is also written Mueller, and Muller by those who have no ü on their keyboard.
_SPELLED_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "Ä": "ae", "Ö": "oe", "Ü": "ue", "Å": "aa", "Ø": "oe"}
)
_SPELLED_OUT_LETTERS = frozenset(map(chr, _SPELLED_OUT))
_DIGRAPH = re.compile("([aou])e")
_SPELLED_ALIKE = "[aou]e|aa"

_NUMBER = re.compile(r"(?:\+ ?)?\(?\d[\d ()./-]{5,}\d")
_EXTENSION = re.compile(r"\s*(?:ext\.?|x|转|分机)\s*\d+\s*$")
_SHORTEST_GROUP, _SHORTEST_ENDING = 2, 4

_PROVINCE_OR_CITY = "^([一-鿿]{2,3}?)[省市](?=.)"


def sort_key(name: str) -> str:
    """Return what lists order `name` by: folded words, Chinese by its sound; at most 24 characters."""
    words = re.findall(r"[^\W_]+", pinyin.spell(fold(name)))
    return (" ".join(words) or fold(name).strip())[:SORT_KEY_LENGTH]


def company_key(name: str) -> str:
    """Return the same key for names that mean the same company.

    Width, case, accents, punctuation, legal form and the 市 after a city make no difference. Empty only for an empty
    name.
    """
    key = without_place_sign(spelled_alike(strip_legal_form(name)))
    return key or squash(name) or fold(name).strip() or name


def spelled_alike(folded: str) -> str:
    """Return the same for Mueller as for Muller, which is Müller folded."""
    return _DIGRAPH.sub(r"\1", folded)


def without_place_sign(name: str) -> str:
    """Return a Chinese `name` without the 省 or 市 after the place it begins with."""
    return re.sub(_PROVINCE_OR_CITY, r"\1", name)


def index_terms(text: str) -> str:
    """Return the words by which `text` can be found, for the search index: as written, by sound, by number."""
    return " ".join(_index_terms(text, by_sound=True))


def found_by(text: str, by_sound: bool = True) -> dict[str, None]:
    """Return the words of `index_terms`, or those of `note_terms` where not `by_sound`, each once and in order."""
    return _index_terms(text, by_sound)


def note_terms(text: str) -> str:
    """Return the words by which a longer text can be found: as written and by number. By sound, and by the second character
    of a pair, it is found through the pairs it has (`pinyin.pair_sounds`): that halves the words."""
    return " ".join(_index_terms(text, by_sound=False))


def _index_terms(text: str, by_sound: bool) -> dict[str, None]:
    folded = fold(text)
    plain = text.isascii()
    terms = dict.fromkeys(_plain_terms(folded) if plain else _text_terms(text, folded, by_sound))
    for number in _NUMBER.findall(folded):
        terms.update(dict.fromkeys(_number_terms(number)))
    return terms


def _plain_terms(folded: str) -> list[str]:
    """What `_text_terms` yields for letters without accents and digits, in a third of the time."""
    return [term for word in re.findall("[a-z0-9]+", folded) for term in _spellings(word[:_LONGEST_WORD])]


@lru_cache(maxsize=8_192)
def _spellings(word: str) -> tuple[str, ...]:
    return (word, spelled_alike(word)) if "e" in word else (word,)


def _text_terms(text: str, folded: str, by_sound: bool) -> Iterator[str]:
    for piece in re.finditer(_PIECE, folded):
        if piece["paired"]:
            yield from _run_terms(piece[0], by_sound)
        else:
            yield from _spellings(piece[0][:_LONGEST_WORD])
    if _SPELLED_OUT_LETTERS.intersection(text):
        spelled_out = text.translate(_SPELLED_OUT)
        yield from (piece[0][:_LONGEST_WORD] for piece in re.finditer(_PIECE, fold(spelled_out)) if not piece["paired"])


@lru_cache(maxsize=4_096)
def _run_terms(run: str, by_sound: bool) -> tuple[str, ...]:
    """Of characters without blanks between them."""
    terms = [*_pairs(run)]
    if by_sound or len(run) == 1 or re.fullmatch(pinyin.HAN, run[-2:]) is None:
        terms.append(run[-1])
    if by_sound:
        terms += pinyin.sound_terms(strip_chinese_form(run))
    return tuple(terms)


def _pairs(run: str) -> Iterable[str]:
    return map("".join, pairwise(run))


def phone_terms(phone: str) -> str:
    """Return the digits by which a phone number can be found: each group, the national number, and that backwards."""
    return " ".join(dict.fromkeys(_number_terms(fold(phone))))


def _number_terms(number: str) -> Iterator[str]:
    number = _EXTENSION.sub("", number).replace("(0)", "")
    groups = re.findall("[0-9]+", number)
    # No further than a search reads: else a pasted table of figures would fill gigabytes.
    yield from (group[:_LONGEST_WORD] for group in groups)
    whole = "".join(groups)
    digits = whole.lstrip("0")
    if number.lstrip(" (").startswith("+") or whole.startswith("00"):
        digits = digits[_dialled(digits) :].lstrip("0")
    if len(digits) < _SHORTEST_ENDING:
        return
    yield digits[:_LONGEST_WORD]
    yield BACKWARDS + digits[: -_LONGEST_WORD - 1 : -1]


class Sought(NamedTuple):
    """One spelling that a typed word may have in the index: a term, or where not `whole` the beginning of some."""

    term: str
    whole: bool = False

    def __str__(self) -> str:
        return f'"{self.term}"' if self.whole else f'"{self.term}"*'


class Word(NamedTuple):
    """One thing to find: as it was typed, folded, and the spellings of which any will do."""

    typed: str
    spellings: tuple[Sought, ...]


def query_words(text: str) -> tuple[Word, ...]:
    """Return what a typed search has to find, all of it, whatever was typed. Words match by their beginnings, digits by
    their end too, a row of Chinese characters by each pair of them. Nothing to search for gives ()."""
    words: dict[Word, None] = {}
    for piece in re.finditer(_PIECE, fold(text[:_LONGEST_QUERY])):
        words.update(dict.fromkeys(_words_of(piece)))
        if len(words) >= _MOST_TERMS:
            break
    return tuple(words)[:_MOST_TERMS]


def _words_of(piece: re.Match[str]) -> Iterator[Word]:
    typed = piece[0]
    if piece["paired"] and len(typed) > 1:
        yield from (Word(pair, (Sought(pair, whole=True),)) for pair in _pairs(typed))
    elif typed.isdecimal() and typed.isascii():
        yield Word(typed[:_LONGEST_WORD], tuple(map(Sought, dict.fromkeys(_numbers_meant(typed[:_LONGEST_WORD])))))
    else:
        yield Word(typed[:_LONGEST_WORD], (Sought(pinyin.as_indexed(typed[:_LONGEST_WORD])),))


def _dialled(digits: str) -> int:
    """How many of the digits are a country's code."""
    from .countries import dial_length  # a start asks for no number

    return dial_length(digits)


def _numbers_meant(digits: str) -> Iterator[str]:
    """What a typed number may stand as in the index: as it is; without the zeros and the country's code that go before the
    national number; backwards, when it is the last digits of one."""
    yield digits
    national = digits.lstrip("0")
    if len(national) >= _SHORTEST_GROUP:
        yield national
    abroad = national[_dialled(national) :]
    if len(abroad) > _SHORTEST_ENDING:
        yield abroad
    if len(digits) >= _SHORTEST_ENDING:
        yield BACKWARDS + digits[::-1]


def matches(text: str, query: str) -> list[tuple[int, int]]:
    """Return the spans (start, end) of `text` that a typed `query` is found in, in order, none touching another."""
    return _merge([span for piece in re.finditer(_PIECE, fold(query[:_LONGEST_QUERY])) for span in _found(text, piece)])


def _found(text: str, piece: re.Match[str]) -> list[tuple[int, int]]:
    word, folded = piece[0], fold(text)
    if word in folded:
        found = _find_word(*_fold_with_origin(text), word, bool(piece["paired"]))
        if found:
            return found
    if piece["paired"]:
        return []
    if not text.isascii() and (sounding := pinyin.find_sound(text, word)):
        return sounding
    if word.isdecimal():
        return _find_digits(*_fold_with_origin(text), word)
    spelled_out = re.search(_SPELLED_ALIKE, word) or re.search(_SPELLED_ALIKE, folded)
    return _find_alike(*_fold_with_origin(text), word) if spelled_out else []


def _find_word(folded: str, origin: Sequence[int], word: str, paired: bool = False) -> list[tuple[int, int]]:
    sought = re.escape(word) if paired else rf"(?<![^\W_{_PAIRED}]){re.escape(word)}"
    return [(origin[hit.start()], origin[hit.end() - 1] + 1) for hit in re.finditer(sought, folded)]


def _find_alike(folded: str, origin: Sequence[int], word: str) -> list[tuple[int, int]]:
    """Mueller in Müller, Aarhus in Århus, and the other way round."""
    dropped = {found.start() + 1 for found in re.finditer(_SPELLED_ALIKE, folded)}
    kept = [at for at in range(len(folded)) if at not in dropped]
    alike = re.sub(_SPELLED_ALIKE, lambda found: found[0][0], word)
    return _find_word("".join(folded[at] for at in kept), [origin[at] for at in kept], alike)


def _find_digits(folded: str, origin: Sequence[int], word: str) -> list[tuple[int, int]]:
    """A number inside one that is written in groups."""
    if not (word.isdecimal() and word.isascii() and len(word) >= _SHORTEST_ENDING):
        return []
    places = [at for at, char in enumerate(folded) if char in "0123456789"]
    digits = "".join(folded[at] for at in places)
    meant = (number for number in _numbers_meant(word) if not number.startswith(BACKWARDS))
    for at, number in ((digits.find(number), number) for number in meant):
        if at >= 0:
            return [(origin[places[at]], origin[places[at + len(number) - 1]] + 1)]
    return []


def reads(text: str, query: str) -> bool:
    """Whether all words of a typed `query` stand in `text` as they are typed: quick, and no word on where."""
    folded = fold(text)
    return all(
        piece[0] in folded and (piece["paired"] or re.search(rf"(?<![^\W_{_PAIRED}]){re.escape(piece[0])}", folded))
        for piece in re.finditer(_PIECE, fold(query))
    )


def _fold_with_origin(text: str) -> tuple[str, Sequence[int]]:
    """Return `text` folded, and for each folded character the place it comes from."""
    if text.isascii():
        return text.lower(), range(len(text))
    folded = [(part, at) for at, char in enumerate(text) for part in fold(char)]
    return "".join(part for part, _ in folded), [at for _, at in folded]


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
