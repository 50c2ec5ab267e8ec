"""Two customers made one: which value of each field is taken, and which people are the same person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .fields import FIELDS, LONGEST
from .messages import N_, Problem
from .names import sort_key
from .own_fields import PREFIX, value_of
from .reach import match_key
from .text import fold, squash
from .values import Contact, Customer

KEEP, OTHER, BOTH = "keep", "other", "both"
"""Whose value a field of the kept customer has after the merge."""

_TEXTS = frozenset({"needs", "competitors", "remarks"})
"""Fields of prose, of which both texts are taken unless told otherwise: nothing that was written is lost."""
_BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A field in which the two differ: both values, whose is taken, and whose can be."""

    field: str
    keep: str
    other: str
    taken: str
    can: tuple[str, ...]

    @property
    def value(self) -> str:
        """What the field holds after the merge."""
        return {KEEP: self.keep, OTHER: self.other, BOTH: both(self.keep, self.other)}[self.taken]

    def take(self, whose: str) -> FieldChoice:
        """The same with another choice. Raises Problem for one that there is not."""
        if whose not in self.can:
            raise Problem(N_("“{text}” is no choice for {field}. Use one of: {known}."),
                          text=whose, field=self.field.removeprefix(PREFIX), known=", ".join(self.can))  # fmt: skip
        return replace(self, taken=whose)


def field_choices(keep: Customer, other: Customer) -> tuple[FieldChoice, ...]:
    """The fields in which two customers differ, in the card's order, own ones last. The kept customer's value is taken
    unless it has none; of prose both."""
    own = dict.fromkeys((*keep.custom, *other.custom))
    names = [*(field.name for field in FIELDS), *(PREFIX + name for name in own)]
    return tuple(
        _choice(name, first, second)
        for name in names
        if (first := value_of(keep, name)) != (second := value_of(other, name))
    )


def _choice(field: str, keep: str, other: str) -> FieldChoice:
    """There is nothing to choose where one has nothing."""
    can = tuple(whose for whose, value in ((KEEP, keep), (OTHER, other)) if value)
    joined = both(keep, other)
    if field in _TEXTS and len(can) > 1:
        if joined in (keep, other):
            can = (KEEP,) if joined == keep else (OTHER,)
        elif len(joined) <= LONGEST:
            return FieldChoice(field, keep, other, BOTH, (*can, BOTH))
    return FieldChoice(field, keep, other, can[0], can)


def both(first: str, second: str) -> str:
    """Two texts as one; a text that the other one holds already is not said twice."""
    if second in first:
        return first
    return second if first in second else first + _BETWEEN + second


# People --------------------------------------------------------------------------------------------------------------


def same_person(one: Contact, other: Contact) -> bool:
    """Whether two contacts are one person: an address in common and no two different names, or the same full name."""
    if squash(one.name) and squash(one.name) == squash(other.name):
        return len(fold(one.name).split()) > 1 or not one.name.isascii() or _share_address(one, other)
    return _share_address(one, other) and _names_agree(one.name, other.name)


def _share_address(one: Contact, other: Contact) -> bool:
    return bool(_addresses(one) & _addresses(other))


def _addresses(contact: Contact) -> set[tuple[str, str]]:
    """What only one person has: no web site."""
    keys = ((reach.kind, match_key(reach)) for reach in contact.reaches if reach.kind not in ("website", "other"))
    return {("phone" if kind in ("whatsapp", "sms") else kind, key) for kind, key in keys if key}


def _names_agree(one: str, other: str) -> bool:
    """Whether two names can be of one person: one is missing, or has every word of the other, perhaps as an initial."""
    short, long = sorted((sort_key(one).split(), sort_key(other).split()), key=len)
    return all(any(word.startswith(part) or part.startswith(word) for word in long) for part in short)


def unite(one: Contact, other: Contact) -> Contact:
    """One person of two contacts: what is missing in `one` comes from `other`, the fuller name and every address stay."""
    known = {(reach.kind, match_key(reach)) for reach in one.reaches}
    fresh = tuple(reach for reach in other.reaches if (reach.kind, match_key(reach)) not in known)
    return replace(
        one,
        name=max(one.name, other.name, key=len),
        position=one.position or other.position,
        rank=one.rank or other.rank,
        role=one.role or other.role,
        reaches=(*one.reaches, *fresh),
    )


def match_people(keep: Iterable[Contact], other: Iterable[Contact]) -> Mapping[int, Contact]:
    """The people of the other customer that are people of the kept one too: by their id, whom they are."""
    free = list(keep)
    found: dict[int, Contact] = {}
    for person in other:
        twin = next((one for one in free if same_person(one, person)), None)
        if twin is not None:
            free.remove(twin)
            found[person.id] = twin
    return found
