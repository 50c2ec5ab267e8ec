"""What the headers of a sheet say together: which person a phone belongs to, and which contact of several side by side a note is of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .columns import REACHES, meaning
from .ordinals import is_follow_up, ordinal, period

_DATES = frozenset({"date", "last_date"})
_WORDS = frozenset({"note", "notes", "channel"})
_OF_AN_ENTRY = _DATES | _WORDS | {"author", "next_date", "next_action"}
_OF_A_PERSON = REACHES | {"position"}
_TRADE = frozenset({"quote", "sample", "paper"})
_NEXT = {"date": "next_date", "last_date": "next_date", "next_date": "next_date"} | dict.fromkeys(
    ("note", "notes", "next_action"), "next_action"
)
_PERSON = re.compile(r"contact|person|联系|对接|采购")
_SETTLED = {"date": "last_date", "notes": "note"}


@dataclass(frozen=True, slots=True)
class Head:
    """A header of one column, and the group that it stands under ("" for none)."""

    group: str
    name: str

    @property
    def text(self) -> str:
        """Both, as the column is called."""
        return f"{self.group} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Saying:
    """What a header says: the field, whose it is (from 1), which contact of several in one row it tells of (from 1), and the month or
    day that it names itself (`ordinals.period`)."""

    field: str
    person: int = 1
    entry: int = 1
    when: str = ""


def sayings(heads: Sequence[Head]) -> list[Saying]:
    """What each of the headers of a sheet says, seen beside the others."""
    said = [_in_group(head, heads) if head.group else Saying(*_alone(head.name)) for head in heads]
    return _periods(heads, _people(_entries(heads, said)))


def _alone(name: str) -> tuple[str, int]:
    found = meaning(name)
    return found.field, found.person


def _in_group(head: Head, heads: Sequence[Head]) -> Saying:
    """A name under a group: 跟进 over 时间 is 跟进时间; a day of samples or orders is none of contacts."""
    counted = ordinal(head.group)
    group = counted[1] if counted else head.group
    blank = " " if group.isascii() and head.name.isascii() else ""
    if field := meaning(f"{group}{blank}{head.name}").field:
        return Saying(field)
    over, own = meaning(group).field, meaning(head.name)
    if over in ("next_date", "next_action"):
        return Saying(_NEXT.get(own.field, ""))
    if over in _TRADE or (
        own.field in _DATES and not is_follow_up(group) and not _tells_of_contacts(head.group, heads)
    ):
        return Saying("")
    if own.field == "name" and (over == "contact" or _PERSON.search(group)):
        return Saying("contact")
    return Saying(own.field, own.person)


def _tells_of_contacts(group: str, heads: Sequence[Head]) -> bool:
    return any(meaning(head.name).field in _WORDS for head in heads if head.group == group)


def _entries(heads: Sequence[Head], said: list[Saying]) -> list[Saying]:
    """Number the contacts that stand side by side: groups, headers with ordinals, or the same headers again."""
    keys = list(_keys(heads, said))
    fields: dict[object, dict[int, str]] = {}
    for at, key in enumerate(keys):
        field = said[at].field if key is None or heads[at].group else _counted_field(heads[at], said[at])
        if field in _OF_AN_ENTRY:
            fields.setdefault(key, {})[at] = field
    for found in fields.values():  # `2nd follow-up date` beside `2nd follow-up notes` is no date to come
        if (
            not _DATES & {*found.values()}
            and _WORDS & {*found.values()}
            and any(f == "next_date" for f in found.values())
        ):
            found.update(
                {at: "last_date" for at, field in found.items() if field == "next_date" and keys[at] is not None}
            )
    whole = [key for key, found in fields.items() if _DATES & {*found.values()} and _WORDS & {*found.values()}]
    if len(whole) < 2:
        return said
    result = list(said)
    for number, key in enumerate(whole, 1):
        for at, field in fields[key].items():
            result[at] = Saying(_SETTLED.get(field, field), entry=number)
    return result


def _keys(heads: Sequence[Head], said: Sequence[Saying]) -> Iterator[object]:
    """By column, what tells the contacts of one row apart; None for columns of the row itself."""
    times = Counter[str]()
    names = Counter(head.text for head in heads)
    numbers = [ordinal(head.name) for head in heads]
    rests = Counter(counted[1] for counted in numbers if counted)
    for head, own, counted in zip(heads, said, numbers, strict=True):
        times[head.text] += 1
        if head.group:
            yield head.group, times[head.text]
        elif counted and (own.person > 1 or rests[counted[1]] > 1 or not own.field):
            yield counted[0]
        elif names[head.text] > 1:
            yield times[head.text]
        else:
            yield None


def _counted_field(head: Head, own: Saying) -> str:
    counted = ordinal(head.name)
    return (meaning(counted[1]).field if counted else "") or own.field


def _people(said: list[Saying]) -> list[Saying]:
    """`联系人 | 电话 | 对接人 | 电话`: the second name begins a second person where what follows it has been said of the first."""
    starts = [at for at, own in enumerate(said) if own.field in ("contact", "contact_position")]
    if len(starts) < 2 or any(said[at].person > 1 for at in starts):
        return said
    ends = [*starts[1:], len(said)]
    blocks = [
        {said[at].field for at in range(start, end)} & _OF_A_PERSON for start, end in zip(starts, ends, strict=True)
    ]
    if not all(blocks[0] & block for block in blocks[1:]):
        return said
    result = list(said)
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        for at in range(start, end):
            if at == start or said[at].field in _OF_A_PERSON:
                result[at] = replace(said[at], person=number)
    return result


def _periods(heads: Sequence[Head], said: list[Saying]) -> list[Saying]:
    """Columns headed by months or days, where there are several: what stands in them was said then."""
    found = [period(head.group + head.name) or period(head.name) for head in heads]
    if sum(map(bool, found)) < 2:
        return said
    return [Saying("note", entry=1, when=when) if when else own for own, when in zip(said, found, strict=True)]
