"""Names as people search, sort and compare them, in any script and by sound.

What `index_terms` puts into the search index and what `query_terms` asks of it belong together: the index (FTS5,
tokenizer `unicode61 remove_diacritics 2`, `detail=none`) answers whole tokens and their beginnings, never phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from . import pinyin
from .countries import dial_length
from .legal_forms import strip_chinese_form, strip_legal_form
from .text import fold, squash

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
_DIGRAPH = re.compile("([aou])e")

_NUMBER = re.compile(r"(?:\+ ?)?\(?\d[\d ()./-]{5,}\d")
_EXTENSION = re.compile(r"\s*(?:ext\.?|x|转|分机)\s*\d+\s*$")
_SHORTEST_NUMBER = 7

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
    key = re.sub(_PROVINCE_OR_CITY, r"\1", _DIGRAPH.sub(r"\1", strip_legal_form(name)))
    return key or squash(name) or fold(name).strip() or name


def index_terms(text: str) -> str:
    """Return the words by which `text` can be found, for the search index: as written, by sound, by number."""
    folded = fold(text)
    terms = dict.fromkeys(_text_terms(text, folded))
    for number in _NUMBER.findall(folded):
        terms.update(dict.fromkeys(_number_terms(number)))
    return " ".join(terms)


def _text_terms(text: str, folded: str) -> Iterator[str]:
    for piece in re.finditer(_PIECE, folded):
        if piece["paired"]:
            yield from _pairs(piece[0])
            yield piece[0][-1]
            yield from pinyin.sound_terms(strip_chinese_form(piece[0]))
        else:
            word = piece[0][:_LONGEST_WORD]
            yield word
            yield _DIGRAPH.sub(r"\1", word)
    spelled_out = text if text.isascii() else text.translate(_SPELLED_OUT)
    if spelled_out != text:
        yield from (piece[0][:_LONGEST_WORD] for piece in re.finditer(_PIECE, fold(spelled_out)) if not piece["paired"])


def _pairs(run: str) -> Iterable[str]:
    return map("".join, pairwise(run))


def phone_terms(phone: str) -> str:
    """Return the digits by which a phone number can be found: whole, national, from each group on, last 7 and 4."""
    return " ".join(dict.fromkeys(_number_terms(fold(phone))))


def _number_terms(number: str) -> Iterator[str]:
    number = _EXTENSION.sub("", number).replace("(0)", "")
    groups = re.findall("[0-9]+", number)
    digits = "".join(groups)
    yield from groups
    # No further than a search reads: else a pasted table of figures would fill gigabytes.
    yield from ("".join(groups[at : at + _LONGEST_WORD])[:_LONGEST_WORD] for at in range(len(groups)))
    if len(digits) < _SHORTEST_NUMBER:
        return
    abroad = digits.removeprefix("00")
    if number.lstrip(" (").startswith("+") or abroad != digits:
        national = abroad[dial_length(abroad) :]
        yield from (abroad, "00" + abroad, national, "0" + national)
    yield from (digits[-7:], digits[-4:])


def query_terms(text: str) -> tuple[str, ...]:
    """Return the FTS5 terms of a typed search, each quoted and safe whatever was typed; all of them must match.

    Words match by their beginnings. Nothing to search for gives ().
    """
    terms: dict[str, None] = {}
    for piece in re.finditer(_PIECE, fold(text[:_LONGEST_QUERY])):
        terms.update(dict.fromkeys(_terms_of(piece)))
        if len(terms) >= _MOST_TERMS:
            break
    return tuple(terms)[:_MOST_TERMS]


def _terms_of(piece: re.Match[str]) -> Iterator[str]:
    if piece["paired"] and len(piece[0]) > 1:
        yield from (f'"{pair}"' for pair in _pairs(piece[0]))
    else:
        yield f'"{pinyin.as_indexed(piece[0][:_LONGEST_WORD])}"*'


def matches(text: str, query: str) -> list[tuple[int, int]]:
    """Return the spans (start, end) of `text` that a typed `query` is found in, in order, none touching another."""
    folded, origin = _fold_with_origin(text)
    spans: list[tuple[int, int]] = []
    for piece in re.finditer(_PIECE, fold(query[:_LONGEST_QUERY])):
        sought = re.escape(piece[0]) if piece["paired"] else rf"(?<![^\W_{_PAIRED}]){re.escape(piece[0])}"
        found = [(origin[hit.start()], origin[hit.end() - 1] + 1) for hit in re.finditer(sought, folded)]
        spans += found or pinyin.find_sound(text, piece[0])
    return _merge(spans)


def _fold_with_origin(text: str) -> tuple[str, list[int]]:
    """Return `text` folded, and for each folded character the place it comes from."""
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
