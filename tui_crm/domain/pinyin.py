"""Chinese by its sound: what a rep types who remembers 深圳 as `shenzhen`, `shenz` or `sz`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise, product
from typing import NamedTuple

SYLLABLES_INDEXED = 3
INITIALS_INDEXED = 4

HAN = "[〇\u4e00-\u9fff]+"
"""A row of Chinese characters. Compiled when first met: a class this wide takes its time."""
_CONSONANTS = re.compile("[b-df-hj-np-tw-z]{5,}")
_LONGEST_SYLLABLE = 6


class Sound(NamedTuple):
    """How one character can be read: syllables without tone, the usual one first, and their first letters."""

    readings: tuple[str, ...]
    initials: tuple[str, ...]


_SILENT = Sound(("",), ("",))


class _Sounds(dict[str, Sound]):
    """Each character is looked up in the table's text once; building a map of all 21,000 would cost every start."""

    def __missing__(self, char: str) -> Sound:
        from .pinyin_table import FURTHER, READINGS  # a start that meets no Chinese does without it

        sound = _SILENT
        if (at := READINGS.find(char)) >= 0:
            start = READINGS.rfind("\n", 0, at) + 1
            usual = READINGS[start : READINGS.index(" ", start)]
            sound = _sound([usual, *FURTHER.get(char, "").split()])
        self[char] = sound
        return sound


def _sound(readings: list[str]) -> Sound:
    # An input method wants lv for 绿, a passport or a foreigner writes lu.
    without_umlaut = [reading.replace("v", "u") for reading in readings]
    every = tuple(dict.fromkeys([*readings, *without_umlaut]))
    return Sound(every, tuple(dict.fromkeys(reading[0] for reading in every)))


_SOUNDS = _Sounds()


def spell(text: str) -> str:
    """Return `text` with each Chinese character replaced by its usual syllable."""
    return text if text.isascii() else re.sub(HAN, _spell_run, text)


def _spell_run(run: re.Match[str]) -> str:
    return "".join(_SOUNDS[char].readings[0] for char in run[0])


def sound_terms(text: str) -> Iterator[str]:
    """Yield what the Chinese in `text` is found by: from each character on, three syllables and four initials."""
    for run in re.findall(HAN, text):
        for start in range(len(run)):
            yield from _syllables_of(run[start : start + SYLLABLES_INDEXED])
        # One initial alone begins its syllable anyway, so the last character needs none.
        for start in range(len(run) - 1):
            yield from _initials_of(run[start : start + INITIALS_INDEXED])


@lru_cache(maxsize=8_192)
def _syllables_of(chars: str) -> tuple[str, ...]:
    return _each_way([_SOUNDS[char].readings for char in chars])


@lru_cache(maxsize=8_192)
def _initials_of(chars: str) -> tuple[str, ...]:
    return _each_way([_SOUNDS[char].initials for char in chars])


def _each_way(readings: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Every way to read characters one after another."""
    if all([len(each) == 1 for each in readings]):  # noqa: C419 -- most of them, and far quicker
        return ("".join([each[0] for each in readings]),)
    return tuple(map("".join, product(*readings)))


def pair_sounds(text: str) -> Iterator[tuple[str, str]]:
    """Yield each two neighbouring characters of the Chinese in `text`, behind the sounds that they may have."""
    for run in re.findall(HAN, text):
        for one, other in pairwise(run):
            for sound in product(_SOUNDS[one].readings, _SOUNDS[other].readings):
                yield "".join(sound), one + other


def as_indexed(word: str, syllables: int = SYLLABLES_INDEXED) -> str:
    """Return the longest beginning of a typed `word` that `sound_terms` (or, of two syllables, `pair_sounds`) can hold,
    should it be meant as pinyin.

    What is cut off only makes the search wider, so a word of another language is still found.
    """
    if _CONSONANTS.fullmatch(word):
        return word[:INITIALS_INDEXED]
    ends = {0}
    for _ in range(syllables):
        ends = {end for start in ends for end in _syllable_ends(word, start)}
    return word[: min((end for end in ends if end < len(word) and _reads_on(word, end)), default=len(word))]


def _syllable_ends(word: str, start: int) -> Iterator[int]:
    ends = range(start + 1, min(start + _LONGEST_SYLLABLE, len(word)) + 1)
    return (end for end in ends if word[start:end] in _syllables())


def _reads_on(word: str, start: int) -> bool:
    """Whether `word` goes on from `start` as a row of syllables, the last one perhaps not typed out."""
    starts = {start}
    for at in range(start, len(word)):
        if at in starts:
            if word[at:] in _beginnings():
                return True
            starts.update(_syllable_ends(word, at))
    return False


@lru_cache(maxsize=256)
def could_sound(word: str) -> bool:
    """Whether a typed word can be meant as pinyin at all: syllables, the last one perhaps not typed out, or initials."""
    return _reads_on(word, 0) or all(letter in _initials() for letter in word)


@cache
def _syllables() -> frozenset[str]:
    from .pinyin_table import READINGS

    spelled = {line.partition(" ")[0] for line in READINGS.splitlines()}
    spelled |= {syllable.replace("v", "u") for syllable in spelled}
    return frozenset(syllable for syllable in spelled if re.search("[aeiouv]", syllable))


@cache
def _initials() -> frozenset[str]:
    return frozenset(syllable[0] for syllable in _syllables())


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(syllable[:length] for syllable in _syllables() for length in range(1, len(syllable) + 1))


def find_sound(text: str, typed: str) -> list[tuple[int, int]]:
    """Return the spans of `text` whose Chinese sounds like `typed` or has it as initials; the last may be cut short."""
    spans: list[tuple[int, int]] = []
    if not could_sound(typed):
        return spans
    for run in re.finditer(HAN, text):
        at = run.start()
        while at < run.end():
            end = _end_of_syllables(text, at, run.end(), typed) or _end_of_initials(text, at, run.end(), typed)
            if end:
                spans.append((at, end))
            at = end or at + 1
    return spans


def _end_of_syllables(text: str, at: int, limit: int, typed: str) -> int:
    if at == limit:
        return 0
    for reading in _SOUNDS[text[at]].readings:
        if reading.startswith(typed):
            return at + 1
        if reading and typed.startswith(reading):
            end = _end_of_syllables(text, at + 1, limit, typed[len(reading) :])
            if end:
                return end
    return 0


def _end_of_initials(text: str, at: int, limit: int, typed: str) -> int:
    end = at + len(typed)
    if end > limit:
        return 0
    fits = all(letter in _SOUNDS[char].initials for letter, char in zip(typed, text[at:end], strict=True))
    return end if fits else 0
