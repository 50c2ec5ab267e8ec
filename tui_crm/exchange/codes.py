"""The words that fill the columns of a sheet: the codes they mean, and the tags of a cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from tui_crm.domain.vocabulary import GRADE, KIND, SOURCE, STAGE, TEMPERATURE, Vocabulary

VOCABULARIES: Mapping[str, Vocabulary] = {
    "temperature": TEMPERATURE,
    "stage": STAGE,
    "grade": GRADE,
    "kind": KIND,
    "source": SOURCE,
}
AXES: Mapping[str, tuple[str, ...]] = {name: (name,) for name in VOCABULARIES} | {"status": ("stage", "temperature")}
"""Which vocabularies a column speaks; a status may tell the stage, the temperature, or both (in-contract, 老客户)."""

_ASIDE = re.compile(r"[(（\[【].*?[)）\]】]")
_LEADING_SIGNS = re.compile(r"^[^\w]+")
_HARD_TAG_BREAK = re.compile(r"[、,，;；|\n]+|\s*:::\s*|\s+(?=#)")


@dataclass(frozen=True, slots=True)
class Code:
    """A code of the vocabulary `name`; `exact` where the whole text is a word for it."""

    name: str
    code: str
    exact: bool


@lru_cache(maxsize=4096)
def codes_of(field: str, text: str) -> tuple[Code, ...]:
    """What a word means in a column of `AXES`, also with signs before it (🟢A) or an explanation behind (A（重点客户）)."""
    plain = normalize("NFKC", text)
    core = _LEADING_SIGNS.sub("", _ASIDE.sub("", plain))
    found = []
    for name in AXES[field]:
        whole = VOCABULARIES[name].find(plain)
        if code := whole or VOCABULARIES[name].find(core):
            found.append(Code(name, code, bool(whole)))
    return tuple(found)


def split_tags(text: str) -> list[str]:
    """The tags of a cell. Blanks part them only in Chinese or before `#`: `price sensitive` is one tag, `潜力大 小单` two."""
    parts = [part.strip().lstrip("#＃").strip() for part in _HARD_TAG_BREAK.split(text)]
    return [tag for part in parts for tag in (part.split() if not part.isascii() else [part]) if tag]
