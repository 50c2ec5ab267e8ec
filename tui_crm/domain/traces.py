"""The traces a person leaves in texts: the name, its single words, and addresses; and how they are blacked out.

At the person's own customers single words of the name count as well; anywhere else only what means nobody else: a whole name
of two words, or of three Chinese characters, and addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from .reach import NUMBERS, phone_digits
from .text import clean, fold
from .values import Reach

_CJK = "\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[^\W\d_{_CJK}]+|[{_CJK}]+")
_SHORTEST_WORD, _SHORTEST_HANDLE, _SHORTEST_NUMBER = 3, 4, 7
_LAST_DIGITS = 9

# Words of names that are everyday words too: they count only where they begin with a capital, as a name does.
_EVERYDAY = frozenset({
    "will", "may", "mark", "art", "bill", "rob", "grant", "frank", "hope", "rose", "grace", "faith", "summer",
    "june", "april", "august", "sue", "pat", "dean", "page", "price", "young", "long", "small", "green", "brown",
    "white", "black", "king", "fair", "sales", "buyer", "manager", "office", "info", "rich", "gene", "jack",
    "miles", "chase", "drew", "dot", "bob", "van", "von", "der", "den", "del", "san", "dos", "das", "les",
})  # fmt: skip


@dataclass(frozen=True)
class Traces:
    """What gives a person away: whole `names`, single `words` of them that mean nobody else at the person's customers, and
    `addresses` in the form they are stored in; `mark` is what stands in their place once they are erased."""

    names: tuple[str, ...]
    words: tuple[str, ...]
    addresses: tuple[Reach, ...]
    mark: str

    @cached_property
    def _near(self) -> re.Pattern[str] | None:
        return _pattern([*map(_address, self._telling), *map(_name, self._whole), *map(_single, self.words)])

    @cached_property
    def _anywhere(self) -> re.Pattern[str] | None:
        return _pattern([*map(_address, self._telling), *map(_name, self._whole)])

    @property
    def _whole(self) -> list[str]:
        return [name for name in self.names if _means_one(name)]

    @property
    def _telling(self) -> list[Reach]:
        return [reach for reach in self.addresses if _tells(reach)]

    def blacked_out(self, text: str, near: bool) -> str:
        """`text` with the mark for every trace; `near` at the person's own customers."""
        pattern = self._near if near else self._anywhere
        return text if pattern is None or not text else pattern.sub(self.mark, text)

    def needles(self) -> list[str]:
        """Texts one of which stands in whatever has a trace far from the person's customers, as stored, in any case."""
        return list(dict.fromkeys([*self._whole, *(reach.value for reach in self._telling)]))


def traces(names: Iterable[str], reaches: Iterable[Reach], others: Iterable[str], mark: str) -> Traces:
    """The traces of a person with these names and addresses; words that also stand in `others`, such as the names of
    companies and colleagues, do not count as the person's."""
    whole = tuple(dict.fromkeys(name for name in map(clean, names) if name))
    taken = {fold(word) for text in others for word in _WORD.findall(text)}
    words: dict[str, None] = {}
    for name in whole:
        for word in _WORD.findall(name):
            given = word[1:] if _is_cjk(word) and len(word) == 3 else word  # the name without the family's
            if fold(given) not in taken and (len(given) >= _SHORTEST_WORD or (_is_cjk(given) and len(given) > 1)):
                words[given] = None
    return Traces(whole, tuple(words), tuple(dict.fromkeys(reaches)), mark)


def _is_cjk(text: str) -> bool:
    return re.fullmatch(rf"[{_CJK}]+", text) is not None


def _means_one(name: str) -> bool:
    return len(_WORD.findall(name)) > 1 or (_is_cjk(name) and len(name) > 2)


def _tells(reach: Reach) -> bool:
    if reach.kind == "website":
        return False  # of the company
    if reach.kind in NUMBERS:
        return len(phone_digits(reach.value)) >= _SHORTEST_NUMBER
    return len(reach.value) >= _SHORTEST_HANDLE


def _pattern(parts: Sequence[str]) -> re.Pattern[str] | None:
    """One of these, the first that fits: an address goes before the name in it."""
    return re.compile("|".join(dict.fromkeys(parts)), re.IGNORECASE) if parts else None


def _name(name: str) -> str:
    return _bounded(r"[\s._,·-]+".join(map(re.escape, re.split(r"[\s._,·-]+", name))), name)


def _single(word: str) -> str:
    if word.lower() in _EVERYDAY:
        return rf"(?-i:(?<!\w)(?:{re.escape(word.capitalize())}|{re.escape(word.upper())})(?!\w))"
    return _bounded(re.escape(word), word)


def _bounded(pattern: str, text: str) -> str:
    """Whole words only; Chinese has no blanks between them."""
    before = "" if re.match(f"[{_CJK}]", text) else rf"(?<![^\W{_CJK}])"
    after = "" if re.search(f"[{_CJK}]$", text) else rf"(?![^\W{_CJK}])"
    return before + pattern + after


def _address(reach: Reach) -> str:
    if reach.kind in NUMBERS:
        digits = phone_digits(reach.value)[-_LAST_DIGITS:]
        return r"(?<!\d)(?:[+(\d][\d\s()/+.-]{0,9}?)?" + r"[\s()/.-]{0,3}".join(digits) + r"(?!\d)"
    return rf"(?<![\w.+-]){re.escape(reach.value)}(?![\w-])"
