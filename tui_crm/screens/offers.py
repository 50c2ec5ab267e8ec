"""What a field with a fixed set of values offers while something is typed, and which value is meant by it."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from ..domain.countries import Country, find_country, suggest_countries
from ..domain.fields import Field
from ..domain.vocabulary import Vocabulary, fold
from ..i18n import country_name, word


@dataclass(frozen=True, slots=True)
class Offer:
    """One value: the code stored, the word shown, and the digit that stands for it (empty past nine)."""

    code: str
    label: str
    digit: str = ""


def is_fixed(field: Field) -> bool:
    """Whether the field takes only certain values."""
    return field.choices is not None or field.name == "country"


def offers(field: Field, typed: str) -> list[Offer]:
    """The values that what was typed may become, the likeliest first; all of a vocabulary for nothing typed."""
    if field.choices is None:
        return [_land(land) for land in suggest_countries(typed)] if is_fixed(field) else []
    every = _vocabulary(field, field.choices)
    if not typed.strip():
        return every
    by_digit = [offer for offer in every if offer.digit == typed.strip()]
    found = {field.choices.find(typed)} & set(field.choices.codes) or set(field.choices.starting(typed))
    return by_digit or [o for o in every if o.code in found or fold(o.label).startswith(fold(typed))]


def meant(field: Field, typed: str) -> Offer | None:
    """The value meant by what was typed: exactly, by its digit, or by its beginning. None where it fits nothing."""
    if not typed.strip():
        return None
    if field.name == "country" and (land := find_country(typed)):
        return _land(land)
    found = offers(field, typed)
    return next((offer for offer in found if fold(offer.label) == fold(typed)), found[0] if found else None)


def code_meant(field: Field, typed: str) -> str:
    """The code of the value meant by what was typed; the text itself where it fits none."""
    offer = meant(field, typed)
    return offer.code if offer else typed


def label_of(field: Field, code: str) -> str:
    """The word shown for a stored value."""
    if not code or not is_fixed(field):
        return code
    return country_name(code) if field.name == "country" else _label(field, code)


def _land(land: Country) -> Offer:
    return Offer(land.code, country_name(land.code))


def _vocabulary(field: Field, choices: Vocabulary) -> list[Offer]:
    codes = enumerate(choices.codes, start=1)
    return [Offer(code, _label(field, code), str(number) if number < 10 else "") for number, code in codes]


def _label(field: Field, code: str) -> str:
    return word(field.words, code) if field.words else code


def help_line(field: Field, typed: str, width: int) -> Content:
    """The values that what was typed may become, all of them once it is one; the one meant stands out."""
    chosen = meant(field, typed)
    whole = chosen is not None and chosen.label == typed
    return in_lines(offers(field, "" if whole else typed), chosen, width)


def in_lines(found: list[Offer], chosen: Offer | None, width: int) -> Content:
    """Values side by side, none broken at the end of a line; the one chosen stands out."""
    parts: list[str | tuple[str, str] | Content] = []
    used = 0
    for offer in found:
        digit = f"{offer.digit} " if offer.digit else ""
        size = cell_len(digit + offer.label)
        if used and used + size > width:
            parts.append("\n")
            used = 0
        parts += [(digit, "$dim"), (offer.label, "$accent bold" if offer == chosen else "$foreground"), "  "]
        used += size + 2
    return Content.assemble(*parts)
