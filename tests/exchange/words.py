"""Where the words of a sheet went: every text that a plan would write or tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime

from tests.exchange.sheets import ZONE
from tui_crm.exchange.plan import Plan


def words_of(made: Plan) -> str:
    """All of it as one text, each piece on a line of its own."""
    sheets = (text for summary in made.sheets for text in (*summary.titles, *summary.left_out))
    return "\n".join((*_texts(made.customers), *(note.text for note in made.notes), *sheets))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, datetime):
        yield value.astimezone(ZONE).isoformat(" ")
    elif isinstance(value, date):
        yield value.isoformat()
    elif isinstance(value, dict):
        for key, held in value.items():
            yield from _texts((key, held))
    elif isinstance(value, Sequence):
        for held in value:
            yield from _texts(held)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _texts(getattr(value, each.name))
    elif value is not None:
        yield str(value)
