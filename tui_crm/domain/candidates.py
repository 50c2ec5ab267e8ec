"""Which of many customers are worth comparing, so that not all are compared with all.

Each customer stands in a few blocks: its name's own words, each telling word, pairs of them where one alone is too common.
Members of a block are compared; in a large one, neighbours only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from .name_likeness import NameWords, Weigh, is_common, typos

SMALL = 12
"""Up to this size, all members of a block of like names are compared with each other."""
_WINDOW = 2
"""In a larger one each is compared with so many that follow it."""
_MOST_WORDS = 3
"""So many of a name's words, the most telling ones, open blocks."""
_SHORTEST_TYPO = 4
_RARE_FOR_TYPO = 4
"""A typo is looked for in words that so many names hold at most: the one with the typo is rare by nature."""

Pair = tuple[int, int]
"""Two customers, the lower id first."""


def pairs_of(block: Sequence[int], small: int = SMALL) -> Iterator[Pair]:
    """The pairs of a block worth comparing: all of them up to the size `small`, else neighbours in the block's order."""
    if len(block) <= small:
        yield from ((min(pair), max(pair)) for pair in combinations(block, 2))
        return
    for at, one in enumerate(block):
        yield from ((min(one, other), max(one, other)) for other in block[at + 1 : at + 1 + _WINDOW])


def by_name(names: Mapping[int, NameWords], weigh: Weigh) -> Iterator[list[int]]:
    """Blocks of customers whose names share what is telling."""
    yield from _blocks((customer, own) for customer, name in names.items() if (own := _own(name)))
    telling = {customer: _telling(name, weigh) for customer, name in names.items()}
    words: dict[str, list[int]] = defaultdict(list)
    for customer, most in telling.items():
        for word in most:
            words[word].append(customer)
    typed_wrong = list(_typos(words))
    yield from (block for block in words.values() if 1 < len(block) <= SMALL)
    yield from ([*words[x], *words[y]] for x, y in typed_wrong)
    common = {word for word, block in words.items() if len(block) > SMALL}
    yield from _blocks(
        (customer, two)
        for customer, own in telling.items()
        for two in combinations(sorted(common.intersection(own)), 2)
    )


def _own(name: NameWords) -> str:
    """A name without the words that many have, in one piece, Chinese by its sound."""
    return "".join(word for word in name.spelled or name.words if not is_common(word))


def _telling(name: NameWords, weigh: Weigh) -> tuple[str, ...]:
    return tuple(sorted(name.words, key=lambda word: (-weigh(word), word))[:_MOST_WORDS])


def _blocks(keyed: Iterable[tuple[int, Hashable]]) -> Iterator[list[int]]:
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for customer, key in keyed:
        blocks[key].append(customer)
    return (block for block in blocks.values() if len(block) > 1)


def _typos(words: Mapping[str, Sequence[int]]) -> Iterator[tuple[str, str]]:
    """Pairs of rare words that one typo makes the same: two that lose one letter each then have something in common."""
    rare = [word for word, block in words.items() if len(block) <= _RARE_FOR_TYPO and len(word) >= _SHORTEST_TYPO]
    shortened: dict[int, str] = {}
    seen: set[tuple[str, str]] = set()
    for word in rare:
        for form in {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
            other = shortened.setdefault(hash(form), word)
            pair = (min(word, other), max(word, other))
            if other != word and pair not in seen and not word.isdigit() and typos(word, other, 1) == 1:
                seen.add(pair)
                yield pair
