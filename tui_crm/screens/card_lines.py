"""What stands on a customer's card, line by line: the next step, the fields, the people, quotes and samples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..domain.fields import FIELDS, Field
from ..domain.text import visible
from ..domain.values import Contact, Customer
from ..i18n import _, country_name, ngettext, short_date, word
from ..usecases.cards import Card
from .widgets.cells import fit
from .widgets.rowlist import Cells
from .widgets.side import quote_words, sample_words
from .widgets.wrap import wrap

LABEL = 13
"""Cells of the column of labels, the gap included."""
LOOKS = {"temperature": None, "name": "strong"}
"""Fields whose value does not look plain; None: the look is named like the value."""


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line. `kind` and `key` say what Enter acts on: a field by its name, a person by id, a drawer.

    A line with an empty kind is only looked at, and the cursor passes over it.
    """

    text: str
    kind: str = ""
    key: str | int = ""
    label: str = ""
    look: str = "plain"


def draw(row: object, width: int, _here: bool) -> Cells:
    """A line of the card in `width` cells."""
    assert isinstance(row, CardLine)
    if row.kind == "" and row.look == "strong":
        return [(fit(row.text, width), "accent")]
    label = min(LABEL, width // 2)
    return [(" " + fit(row.label, label - 1), "dim"), (fit(row.text, width - label), row.look)]


def card_lines(card: Card, today: date, width: int, drawer_open: bool) -> list[CardLine]:
    """The whole card for a list of this width."""
    room = max(8, width - min(LABEL, width // 2) - 1)
    lines = [
        *_next(card, room),
        *_fields(card.customer, room, drawer=False),
        *_drawer(card.customer, room, drawer_open),
        CardLine(""),
        CardLine(_("People"), look="strong"),
        *(line for person in card.customer.contacts for line in _person(person, room)),
        CardLine("+ " + _("add a person"), "person", 0, look="dim"),
    ]
    quotes = [quote_words(quote) for quote in card.quotes if quote.status == "open"]
    quoted_on = [quote.quoted_on for quote in card.quotes if quote.status == "open"]
    if quotes:
        lines += [CardLine(""), CardLine(_("Open quotes"), look="strong")]
        for day, text in zip(quoted_on, quotes, strict=True):
            lines += _wrapped(CardLine(text, label=_past(day, today)), room)
    if card.samples:
        lines += [CardLine(""), CardLine(_("Samples"), look="strong")]
        for sample in card.samples:
            waiting = "" if sample.feedback else " · " + _("no feedback yet")
            text = sample_words(sample) + (f" · {visible(sample.feedback)}" if sample.feedback else waiting)
            label = _past(sample.shipped_on, today) if sample.shipped_on else ""
            lines += _wrapped(CardLine(text, label=label), room)
    return lines
