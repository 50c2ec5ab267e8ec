"""How alike two company names are: by their words, each as telling as it is rare.

Word order, legal forms, plural, usual short forms, typos, initials and blanks make little difference; a word that only one
name has makes some, and words that only this and only that name have make much.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import log10
from typing import NamedTuple

from . import pinyin
from .legal_forms import name_words
from .names import spelled_alike, without_place_sign
from .text import fold

Weigh = Callable[[str], float]
"""How telling a word is, from nearly 0 for one in every name to 1 for one in a single name."""

# The usual word, then what is written for it: short forms, plurals, other languages.
_WRITTEN_FOR = """
academy acad academia akademie
association assn assoc associates
brother brothers bros
center centre centers centres centr ctr cntr cent zentrum centro
child childrens children
chemical chemicals chem
commercial comercial commerce
community comm communities
department dept
development dev devt
distribution distributor distributors distributing distrib dist distribuidora distribuciones
doctor dr
education educational edu
electronic electronics elec electr elektronik electronica
engineering eng engg engr
enterprise enterprises ent entp
equipment equip eqpt
export exports exp exporter exporters exporting
germany deutschland
group grp groups gruppe grupo groupe
holding holdings hldg hldgs
import imports imp importer importers importing importadora
industry industries industrial ind inds indl industria industrias industrie
international intl internacional internationale internazionale
logistics logistic logistik logistica
machine machines machinery mach maschinen
manufacture manufacturing manufacturer manufacturers mfg mfr mfrs
marketing mktg mkt
material materials matl
mount mt mountain
packaging pkg packing
product products prod prods
saint st ste
school schools sch
service services svc svcs serv
solution solutions
supply supplies supplier suppliers
system systems sys
technology technologies technical tech technik tecnologia
trade trading trader traders trdg handel handels
university univ
1 i one
2 ii two
3 iii three
4 iv four
"""
_USUAL: Mapping[str, str] = {
    written: line.split()[0] for line in _WRITTEN_FOR.strip().splitlines() for written in line.split()
}

# Words by which nobody is known: what a company does, where in the world, and the small words between.
_COMMON_WORDS = frozenset(
    """
    academy agency appliance association brand building business center chemical child city commercial community company
    concept construction consulting corporation department design development direct distribution east eastern electric
    electronic energy engineering enterprise equipment europe european export express family fashion first food foundation
    furniture garden general germany gift global great group hardware holding home house household import industry
    international kitchen lighting limited living logistics machine management manufacture market marketing material medical
    metal middle motor national network new north northern office online outdoor packaging partner plastic power product
    project promotion retail sale school service shop solution south southern sport store studio supply system technology
    textile tool toy trade union university usa wholesale west western world
    """.split()  # noqa: SIM905
)
_BETWEEN = frozenset("a of de la le les del der des di da do du dos las los el y e s for in at by to von van".split())  # noqa: SIM905

# The same in Chinese, with what an English name has in its place.
_CHINESE_TRADES: Mapping[str, str] = {
    "进出口": "import export", "国际贸易": "international trade", "国际": "international", "贸易": "trade", "商贸": "trade",
    "外贸": "trade", "科技": "technology", "技术": "technology", "电子": "electronic", "电器": "electric", "实业": "industry",
    "工业": "industry", "集团": "group", "控股": "holding", "五金": "hardware", "塑胶": "plastic", "塑料": "plastic", "制品": "product",
    "用品": "product", "礼品": "gift", "工艺品": "craft", "家居": "home", "家具": "furniture", "服装": "garment", "服饰": "garment",
    "纺织": "textile", "玩具": "toy", "机械": "machine", "设备": "equipment", "化工": "chemical", "材料": "material", "包装": "packaging",
    "印刷": "printing", "灯饰": "lighting", "照明": "lighting", "户外": "outdoor", "体育": "sport", "厨具": "kitchen", "玻璃": "glass",
    "建材": "building", "食品": "food", "物流": "logistics", "发展": "development", "投资": "investment", "商务": "commercial",
    "网络": "network", "跨境电商": "commerce", "制造": "manufacture", "企业": "enterprise", "厂": "factory",
}  # fmt: skip
_CHINESE = "[\u3400-\u9fff]"
_RUN = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
_CHINESE_TRADE = re.compile("|".join(sorted(_CHINESE_TRADES, key=len, reverse=True)))
_COMMON_PAIRS = frozenset("".join(pair) for trade in _CHINESE_TRADES for pair in pairwise(trade))

_USUAL_RATE, _COMMON_RATE = 1 / 4_000, 1 / 60
"""How many names hold a word, unless a book says otherwise."""
_TRUST = 500
"""So many names a book needs for its own counts to weigh as much as what is usual."""
_LEAST, _MOST_RARE = 0.1, 4.0


class NameWords(NamedTuple):
    """A name as it is compared: its words in their usual spelling; of a Chinese name, pairs of characters, and in `spelled`
    how it is written in Latin letters."""

    words: tuple[str, ...]
    spelled: tuple[str, ...] = ()


class Overlap(NamedTuple):
    """What two names share and what only one has, weighed: `rest` is what the one with less, `more` what the one with more
    has of its own; `doubt` counts typos and short forms. The words themselves tell a person why."""

    shared: float
    rest: float
    more: float
    doubt: float
    words: tuple[str, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]


def read_name(name: str) -> NameWords:
    """The words of a company's name, without its legal form."""
    words: list[str] = []
    spelled: list[str] = []
    for word in name_words(name):
        if _RUN.fullmatch(word):
            run = without_place_sign(word)
            words += ["".join(pair) for pair in pairwise(run)] or [run]
            spelled += _in_latin(run)
        else:
            words.append(_usual(spelled_alike(word)))
            spelled.append(words[-1])
    if not words and name.strip():  # nothing but a legal form
        words = [fold(name).strip() or name.strip()]
    return NameWords(tuple(dict.fromkeys(words)), tuple(dict.fromkeys(spelled)) if spelled != words else ())


def _usual(word: str) -> str:
    """The usual word for a short form or a plural."""
    if word in _USUAL:
        return _USUAL[word]
    single = word[:-1] if len(word) > 4 and word[-1] == "s" and word[-2] not in "siu" else word
    return _USUAL.get(single, single)


def _in_latin(run: str) -> Iterator[str]:
    """A run of Chinese as an English name has it: its own part by sound, its trades translated."""
    if re.match(_CHINESE, run) is None:
        return
    own = _CHINESE_TRADE.sub("", run)
    if own:
        yield pinyin.spell(own)
    for trade in _CHINESE_TRADE.findall(run):
        yield from _CHINESE_TRADES[trade].split()


def usual_weight(word: str) -> float:
    """How telling a word is where nothing is known of the other names."""
    return weight(word, 0, 0)


def is_common(word: str) -> bool:
    """Whether nobody is known by this word: a trade, a region, a small word between."""
    return word in _BETWEEN or word in _COMMON_WORDS or word in _COMMON_PAIRS


def weight(word: str, holders: int, names: int) -> float:
    """How telling a word is that `holders` of `names` names have. A small book says little: then what is usual counts."""
    if word in _BETWEEN or (len(word) == 1 and word.isascii() and not word.isdigit()):
        return _LEAST
    usual = _COMMON_RATE if is_common(word) else _USUAL_RATE
    rate = (holders + usual * _TRUST) / (names + _TRUST)
    return max(_LEAST, min(1.0, -log10(rate) / _MOST_RARE))


def overlap(a: NameWords, b: NameWords, weigh: Weigh) -> Overlap:
    """What two names share: the same both ways round, but that `only_first` and `only_second` change places."""
    first, second = _comparable(a, b)
    turned = second < first
    if turned:
        first, second = second, first
    both = [word for word in first if word in second]
    left, right = [word for word in first if word not in second], [word for word in second if word not in first]
    shared = sum(map(weigh, both))
    doubt = 0.0
    if left and right:
        for pairing in (_by_joining, _by_initials, _by_spelling):
            for words, others, quality in pairing(left, right):
                told = min(sum(map(weigh, words)), sum(map(weigh, others)))
                shared += quality * told
                doubt += (1 - quality) * told
                both += words
    rest, more = sorted((sum(map(weigh, left)), sum(map(weigh, right))))
    if turned:
        left, right = right, left
    return Overlap(shared, rest, more, doubt, tuple(both), tuple(left), tuple(right))


def as_read(words: Iterable[str]) -> str:
    """Words on one line; pairs of characters that overlap are put together again."""
    text = ""
    for word in words:
        goes_on = text and _RUN.fullmatch(word) and len(word) == 2 and text[-1] == word[0]
        text += word[1:] if goes_on else f" {word}"
    return text.strip()


def _comparable(a: NameWords, b: NameWords) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both in Latin letters where only one is in Chinese."""
    if bool(a.spelled) == bool(b.spelled):
        return a.words, b.words
    return a.spelled or a.words, b.spelled or b.words


Pairing = Iterator[tuple[list[str], list[str], float]]
"""Words of one name, the words of the other they stand for, and how sure that is. What is paired is taken off both lists."""


def _by_joining(left: list[str], right: list[str]) -> Pairing:
    """`daycare` is `day care`."""
    for words, others in ((left, right), (right, left)):
        for word in [word for word in words if len(word) > 4]:
            parts = _parts(word, others)
            if parts is not None:
                words.remove(word)
                joined = others[parts]
                del others[parts]
                yield [word], joined, 1.0


def _parts(word: str, others: Sequence[str]) -> slice | None:
    """Where among `others` the words stand that make up `word` when they are written together."""
    for start, first in enumerate(others):
        if word.startswith(first):
            whole = first
            for stop in range(start + 1, len(others)):
                whole += others[stop]
                if whole == word:
                    return slice(start, stop + 1)
    return None


def _by_initials(left: list[str], right: list[str]) -> Pairing:
    """`kkp` is `kiddy kare preschool`."""
    for words, others in ((left, right), (right, left)):
        if len(others) > 2:
            for word in [word for word in words if 2 < len(word) <= min(6, len(others)) and word.isascii()]:
                at = "".join(other[0] for other in others).find(word)
                if at >= 0:
                    parts = slice(at, at + len(word))
                    words.remove(word)
                    spelled_out = others[parts]
                    del others[parts]
                    yield [word], spelled_out, 0.7


def _by_spelling(left: list[str], right: list[str]) -> Pairing:
    """Typos and short forms."""
    near = [(x, y, _same_word(x, y)) for x in left for y in right if x[0] == y[0]]
    if near:
        for x, y, quality in sorted(near, key=lambda pair: (-pair[2], pair[:2])):
            if quality and x in left and y in right:
                left.remove(x)
                right.remove(y)
                yield [x], [y], quality


_SHORT_FORM, _TYPO = 0.8, 0.9


def _same_word(x: str, y: str) -> float:
    """How sure it is that two words that begin alike are one: 0 if not at all. Numbers are never mistyped."""
    if len(x) > len(y):
        x, y = y, x
    if len(x) < 3 or x.isdigit() or y.isdigit():
        return 0
    if y.startswith(x):
        return _SHORT_FORM
    most = 1 if len(x) < 8 else 2
    return _TYPO if len(x) > 3 and typos(x, y, most) <= most else 0


def typos(x: str, y: str, most: int) -> int:
    """How many letters are missing, too many, wrong or swapped; `most` + 1 stands for any larger number."""
    if abs(len(x) - len(y)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(y) + 1))
    for i, letter in enumerate(x, 1):
        above, row = row, [i]
        for j, other in enumerate(y, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == y[j - 2] and x[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most and min(above) > most:
            return most + 1
        before = above
    return min(row[-1], most + 1)
