"""Whether a cell still says what we wrote into it, whatever a spreadsheet made of it meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, tzinfo
from decimal import Decimal, InvalidOperation

from tui_crm.code_words import WORDS
from tui_crm.domain.country_names import names_of
from tui_crm.domain.messages import Problem
from tui_crm.domain.phones import phone_digits
from tui_crm.domain.vocabulary import fold
from tui_crm.i18n import twins

from .days import Order, past_moment
from .outgoing import OutCustomer
from .sheet_columns import WORDED, SheetColumn, getter
from .tables import Cell, shown
from .xlsx_file import pieces

DATED = frozenset({"last_date", "next_date", "created_on"})
"""Columns of days."""
LISTED = frozenset({"email", "phone", "whatsapp", "wechat", "addresses"})
"""Columns of addresses, several in one cell parted by semicolons."""

_TAG_BREAK = re.compile(r"[、,，;；|\n]+")
_ADDRESS_BREAK = re.compile(r"[;；\n]+")
_NUMERIC = frozenset("0123456789-")
_ROUNDED = re.compile(r"(\d)(?:[.,](\d+))?E\+?(\d{1,3})", re.IGNORECASE)


def forms(column: SheetColumn, out: OutCustomer, op: int) -> Iterator[str]:
    """Every text that a cell of the column can have had for this customer, in any language."""
    value = getter(column, op)(out)
    if column.key == "country":
        yield from (out.customer.country, *(names_of(out.customer.country) or ()))
    elif column.key in WORDED and not column.own:
        code = getattr(out.customer, column.key)
        yield from twins(WORDS[WORDED[column.key]].get(code, code), WORDED[column.key])
    elif column.key == "channel":
        code = out.activities[0].channel if out.activities else ""
        yield from twins(WORDS["channel"].get(code, code), "channel") if code else ("",)
    elif isinstance(value, date):
        yield value.isoformat()
    else:
        text = value or ""
        yield text
        yield next(pieces(text))


def says(cell: Cell, column: SheetColumn, texts: Iterator[str]) -> bool:
    """Whether the cell says one of the texts."""
    said = plain(cell)
    return any(said == " ".join(text.split()) or _alike(said, text, column) for text in texts)


def plain(cell: Cell) -> str:
    """What a cell says, with single blanks."""
    return " ".join(shown(cell).split())


def day_of(cell: Cell, today: date, order: Order | None, zone: tzinfo) -> date | None:
    """The day that a cell names, None for an empty one. Raises Problem."""
    return past_moment(cell, today, order, zone).day if shown(cell).strip() else None


def says_day(cell: Cell, days: set[date | None], today: date, order: Order | None, zone: tzinfo) -> bool:
    """Whether the cell names one of the days, in whatever order it may be written."""
    for one in (order, "dmy", "mdy"):
        try:
            if day_of(cell, today, one, zone) in days:
                return True
        except Problem:
            continue
    return False


def tags_of(text: str) -> list[str]:
    """The tags of a cell."""
    return [tag for part in _TAG_BREAK.split(text) if (tag := part.strip().lstrip("#＃").strip())]


def addresses_of(text: str) -> list[str]:
    """The addresses of a cell."""
    return [part.strip() for part in _ADDRESS_BREAK.split(text) if part.strip()]


def _alike(said: str, text: str, column: SheetColumn) -> bool:
    if column.key == "tags" and sorted(map(fold, tags_of(said))) == sorted(map(fold, tags_of(text))):
        return True
    if column.key in LISTED:
        ours, theirs = addresses_of(text), addresses_of(said)
        if len(ours) == len(theirs) and all(
            fold(one) == fold(other) or _same_number(other, one) for one, other in zip(ours, theirs, strict=True)
        ):
            return True
    return _same_number(said, text) or _lost_letters(said, " ".join(text.split()))


def _lost_letters(said: str, text: str) -> bool:
    """Whether `said` is `text` saved in a coding that lacks some of its letters, which leaves question marks."""
    if "?" not in said or text.isascii():
        return False
    halves = "".join(char * (1 + (char > "\uffff")) for char in text)
    return any(
        len(one) == len(said) and all(a == b or (a == "?" and b > "\x7f") for a, b in zip(said, one, strict=True))
        for one in (text, halves)
    )


def _same_number(said: str, text: str) -> bool:
    """Whether `said` is what a spreadsheet makes of `text` when it takes it for a number: no +, no noughts in front, no blanks,
    or only the first digits."""
    if said[:1] in _NUMERIC and text[:1] in _NUMERIC:
        with suppress(InvalidOperation):
            if Decimal(said) == Decimal(text):
                return True
    digits = phone_digits(text) if text.startswith(("+", "0")) and any(map(str.isdigit, text)) else text
    if said.isdecimal() and digits.isdecimal():
        return said.lstrip("0") == digits.lstrip("0")
    rounded = _ROUNDED.fullmatch(said)
    if rounded is None or not digits.isdecimal():
        return False
    first = (rounded[1] + (rounded[2] or "")).rstrip("0")
    length = int(rounded[3]) + 1
    return len(digits.lstrip("0")) == length and digits.lstrip("0").startswith(first[:-1])
