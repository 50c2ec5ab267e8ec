"""What each column of a sheet is taken for, and why: by its header, its content, what was chosen before, or the user's word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tui_crm.domain.messages import N_, Problem
from tui_crm.domain.spelling import most_like
from tui_crm.domain.vocabulary import fold

from .columns import ALIASES
from .date_orders import Doubt
from .days import Order

OWN = ""
"""Instead of a field: kept under its header as a field of its own."""
SKIP = "skip"
"""Instead of a field: left out."""
NO_HEADER = 0
"""Instead of the number of the header row: the sheet has none."""

_ANY = 0.0  # there are so few that the likeliest is worth naming

How = Literal["alias", "preset", "content", "remembered", "chosen", "unknown", "count"]
"""How a column was recognised: by its header, by the program that wrote the file, by its cells, as at the last import, by the user;
not at all; or as one that only numbers the rows."""

_SETTLED_ELSEWHERE = frozenset({"customer", "name", "date", "notes", "number", "paper"})
"""Meanings of headers that become one of the others once the whole sheet is known."""
FIELDS: tuple[str, ...] = tuple(name for name in ALIASES if name not in _SETTLED_ELSEWHERE)
"""What a column can be taken for."""

Recall = Callable[[Sequence[str]], Mapping[str, str]]
"""Header → field as chosen at earlier imports, for the headers of a sheet."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user says of a file: (sheet, header) → field, `OWN` or `SKIP`; sheets that stay out; by sheet the number of its
    header row; by (sheet, header) how dates like 5/6/2026 are meant. `preset` names the program that wrote it. `sheet_wins` are the
    cells (sheet, row, header) of an exported sheet that count although the book has changed as well."""

    columns: Mapping[tuple[str, str], str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    header_rows: Mapping[str, int] = field(default_factory=dict)
    orders: Mapping[tuple[str, str], Order] = field(default_factory=dict)
    preset: str = ""
    sheet_wins: frozenset[tuple[str, int, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Guide:
    """What laying out a file goes by besides the file itself."""

    choices: Choices = field(default_factory=Choices)
    recall: Recall = lambda headers: {}


@dataclass(frozen=True, slots=True)
class TakenColumn:
    """One column as it was taken: `field` is one of `FIELDS`, `OWN` or `SKIP`. `samples` are the first values of it; `doubt`
    tells of dates that can be read two ways."""

    header: str
    field: str
    how: How
    samples: tuple[str, ...] = ()
    doubt: Doubt | None = None


def check_field(typed: str) -> str:
    """The field that a user names: its name, any header that means it, `own` or `skip`. Raises Problem naming the nearest."""
    from .columns import meaning

    word = typed.strip().casefold()
    if word in FIELDS or word in (OWN, SKIP):
        return word
    if word == "own":
        return OWN
    found = meaning(typed).field
    settled = {"customer": "company", "name": "company", "date": "last_date", "notes": "remarks"}.get(found, found)
    if settled in FIELDS:
        return settled
    raise Problem(
        N_("There is no field “{field}”. Did you mean {near}? Use one of: {known}."),
        field=typed, near=most_like(word, FIELDS, _ANY), known=", ".join((*FIELDS, "own", SKIP)),
    )  # fmt: skip


def check_header(typed: str, headers: Sequence[str]) -> str:
    """The header of the file that a user names, whatever its case. Raises Problem naming the nearest."""
    known = {fold(header).strip(): header for header in reversed(headers)}
    if fold(typed).strip() in known:
        return known[fold(typed).strip()]
    near = known.get(most_like(fold(typed).strip(), known, _ANY), "")
    raise Problem(
        N_("The file has no column “{column}”. Did you mean “{near}”? Its columns: {known}."),
        column=typed, near=near, known=", ".join(dict.fromkeys(headers)),
    )  # fmt: skip


def check_sheet(typed: str, sheets: Sequence[str]) -> str:
    """The sheet that a user names, whatever its case. Raises Problem naming the nearest."""
    known = {fold(sheet).strip(): sheet for sheet in reversed(sheets)}
    if fold(typed).strip() in known:
        return known[fold(typed).strip()]
    near = known.get(most_like(fold(typed).strip(), known, _ANY), "")
    raise Problem(
        N_("The file has no sheet “{sheet}”. Did you mean “{near}”? Its sheets: {known}."),
        sheet=typed, near=near, known=", ".join(dict.fromkeys(sheets)),
    )  # fmt: skip
