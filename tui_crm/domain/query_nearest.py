"""What was probably meant by a filter that cannot be read: `tmp:hot`, `t:hto`, `c:Germny`."""

from __future__ import annotations

from functools import lru_cache

from .query_words import FIELD_NAMED, SearchField
from .spelling import most_like
from .text import fold_width
from .vocabulary import fold

_ALIKE = 0.65
"""How alike two words have to be, as `difflib` counts."""
_LONGEST = 40
_SHORTEST_BEGINNING = 3


@lru_cache(256)
def nearest(term: str) -> str | None:
    """The filter most like one that is not understood, as it could be typed; None where nothing is like it."""
    name, colon, value = fold_width(term[:_LONGEST]).partition(":")
    if not colon:
        return None
    field = FIELD_NAMED.get(fold(name))
    if field is None:
        near = most_like(fold(name), FIELD_NAMED, _ALIKE)
        return f"{near}:{value}" if near else None
    meant = [_value(field, part) for part in value.split(",")]
    return f"{name}:{','.join(filter(None, meant))}" if any(meant) else None


def _value(field: SearchField, text: str) -> str | None:
    if field.name == "country":
        from .countries import suggest_countries

        beginnings = (text[:end] for end in range(len(text), _SHORTEST_BEGINNING - 1, -1))
        return next((land[0].code for part in beginnings if (land := suggest_countries(part, 1))), None)
    return most_like(fold(text), field.values, _ALIKE)
