"""The exports of well-known programs: how each is recognised by its headers, and what these mean."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from unicodedata import normalize

from tui_crm.domain.messages import N_, Problem
from tui_crm.domain.spelling import most_like

from .columns import meaning
from .days import Order
from .preset_programs import PROGRAMS
from .preset_words import WORDS


@dataclasses.dataclass(frozen=True, slots=True)
class Preset:
    """One program's way to write its contacts, companies or deals.

    `name` is what the user types, `title` what its maker calls it. `signs` are sets of headers, each of which is enough to know it by.
    `fields` leads from a folded header to a field of `columns.ALIASES`, "" being a field of its own and "skip" nothing at all; a header
    that is not there means what it means everywhere. `order` is how it writes 5/6/2026, None where that depends on the user's settings. `words`: for a
    field what a folded word means where it is not what it means here; "" says nothing and is left out (under the field "" for columns of their own). A `closed` preset names every
    column by its header: nothing is guessed from the cells.
    """

    name: str
    title: str
    signs: tuple[frozenset[str], ...]
    fields: Mapping[str, str]
    order: Order | None = None
    words: Mapping[str, Mapping[str, str]] = dataclasses.field(default_factory=dict)
    closed: bool = False

    def field(self, header: str) -> str | None:
        """The field under `header`, None where the preset has no say. `Phone 3 - Value` means what `Phone 1 - Value` does."""
        plain = folded(header)
        found = self.fields.get(plain, self.fields.get(_NUMBER.sub("1", plain)))
        return meaning(header).field if found is None and self.closed else found


def recognise(headers: Sequence[str]) -> Preset | None:
    """The program that writes these headers, None if it is none of those known."""
    present = {folded(header) for header in headers if header}
    return next((preset for preset in presets() if any(sign <= present for sign in preset.signs)), None)


def by_name(name: str) -> Preset:
    """The preset of that name or title. Raises Problem naming those there are."""
    wanted = folded(name)
    for preset in presets():
        if wanted in (preset.name, folded(preset.title)):
            return preset
    raise Problem(
        N_("There is no preset “{name}”. Did you mean {near}? Use one of: {known}."),
        name=name, near=most_like(wanted, NAMES, 0.0), known=", ".join(NAMES),
    )  # fmt: skip


def folded(header: str) -> str:
    """A header for comparing: case, width, blanks and the star of a required column do not matter."""
    return " ".join(normalize("NFKC", header).casefold().replace("*", " ").split())


_NUMBER = re.compile(r"\d+")


def _split(headers: str) -> Iterable[str]:
    return (folded(header) for header in headers.split("|"))


NAMES = tuple(program.name for program in PROGRAMS)
"""What a preset can be called by."""


@cache
def presets() -> tuple[Preset, ...]:
    """All presets, in the order they are tried."""
    return tuple(
        Preset(
            program.name,
            program.title,
            tuple(frozenset(_split(sign)) for sign in program.signs),
            {header: field for field, headers in program.fields.items() for header in _split(headers)},
            words=WORDS.get(program.name, {}),
            closed=program.closed,
        )
        for program in PROGRAMS
    )
