"""What stands on a customer's card, line by line: next step, fields, people, quotes and samples, what else is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from rich.cells import cell_len

from ..domain.fields import FIELDS, Field
from ..domain.text import visible
from ..domain.values import Contact, Customer, Quote, Sample
from ..i18n import _, country_name, ngettext, short_date, word
from ..usecases.cards import Card
from .widgets.cells import fit
from .widgets.lines import what, when
from .widgets.rowlist import Cells
from .widgets.side import quote_words, sample_words
from .widgets.wrap import wrap

LABEL = 13
"""Cells of the column of labels, its gap included."""
EMPTY = "–"


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line. `kind` and `key` say what Enter acts on: a field or custom field by name, a person by id (0: a new one).

    A line without a kind is only looked at: the cursor passes over it. A line without a label starts at the left; `tail`
    stands behind its text, dimmed.
    """

    text: str
    kind: str = ""
    key: str | int = ""
    label: str | None = None
    look: str = "plain"
    tail: str = ""


def draw(row: object, width: int, _here: bool) -> Cells:
    """A line of the card in `width` cells."""
    assert isinstance(row, CardLine)
    if row.label is not None:
        label = _label_width(width)
        return [(" " + fit(row.label, label - 2) + " ", "dim"), (fit(row.text, width - label), row.look)]
    text = " " + visible(row.text)
    if not row.tail:
        return [(fit(text, width), row.look)]
    text = fit(text, min(cell_len(text), width))
    return [(text, row.look), (fit("  " + row.tail, width - cell_len(text)), "dim")]


def card_lines(card: Card, today: date, width: int, all_fields: bool) -> list[CardLine]:
    """The whole card for a list of this width; without `all_fields`, empty fields of the drawer are folded away."""
    return [line for whole in _whole_lines(card, today, all_fields) for line in _wrapped(whole, width)]


def _label_width(width: int) -> int:
    return min(LABEL, width // 2)


def _wrapped(line: CardLine, width: int) -> list[CardLine]:
    """A line whose value is longer than the list is wide goes on below."""
    if line.label is None:
        return [line]
    first, *rest = wrap(visible(line.text), width - _label_width(width), words=line.key == "tags")
    return [replace(line, text=first), *(replace(line, text=text, label="") for text in rest)]


def _whole_lines(card: Card, today: date, all_fields: bool) -> Iterator[CardLine]:
    yield from _next_step(card, today)
    for field in FIELDS:
        if not field.drawer:
            yield _field(field, card.customer)
        if field.name == "stage":
            yield CardLine(
                " ".join(f"#{tag}" for tag in card.customer.tags) or EMPTY, "field", "tags", _("Tags"), "accent"
            )
    yield from _people(card.customer)
    yield from _quotes([quote for quote in card.trade.quotes if quote.status == "open"])
    yield from _samples(card.trade.samples)
    yield from _drawer(card.customer, all_fields)


def _next_step(card: Card, today: date) -> Iterator[CardLine]:
    step, label = card.step, _("Next")
    if step.due_on is None:
        stage = card.customer.stage
        none = word("stage", stage) if stage in ("lost", "paused") else _("none")
        yield CardLine(_("none: {reason}").format(reason=step.reason) if step.reason else none, "next", label=label)
        return
    late, look = when(card.row, today)
    how = _("promised") if step.by_hand else _("estimated from the sample") if step.estimated else _("by rhythm")
    yield CardLine(f"{short_date(step.due_on)} · {late} · {how}", "next", label=label, look=look)
    yield CardLine(what(card.row), "next", label="", look="strong")


def _field(field: Field, customer: Customer) -> CardLine:
    text = shown_value(field, customer)
    look = customer.temperature if field.name == "temperature" else "plain" if text != EMPTY else "dim"
    return CardLine(text, "field", field.name, _(field.label), look)


def shown_value(field: Field, customer: Customer) -> str:
    """A field's value in the user's language; a dash where there is none."""
    value = str(getattr(customer, field.name))
    if field.name == "country":
        return country_name(value)
    if field.name == "stage":
        return _stage(customer)
    if field.name in ("temperature", "kind", "source") and value:
        return word(field.name, value)
    return value or EMPTY


def _stage(customer: Customer) -> str:
    stage = word("stage", customer.stage)
    if customer.stage == "lost" and customer.lost_reason:
        return f"{stage}: {customer.lost_reason}"
    if customer.stage == "paused" and customer.paused_until:
        return _("{stage} until {day}").format(stage=stage, day=short_date(customer.paused_until))
    return stage


def _people(customer: Customer) -> Iterator[CardLine]:
    yield from _heading(_("People"))
    for person in customer.contacts:
        yield from _person(person)
    yield CardLine(_("+ add a person"), "person", 0, look="dim")


def _person(person: Contact) -> Iterator[CardLine]:
    star = "★ " if person.main else "  "
    yield CardLine(star + (person.name or _("no name")), "person", person.id, tail=person.position)
    for reach in person.reaches:
        yield CardLine(reach.value, "person", person.id, "  " + word("reach", reach.kind))


def _quotes(quotes: list[Quote]) -> Iterator[CardLine]:
    if quotes:
        yield from _heading(_("Open quotes"))
    for quote in quotes:
        words = " · ".join(part for part in (quote_words(quote), quote.product) if part)
        yield CardLine(words, "quote", quote.id, quote.quoted_on.isoformat())


def _samples(samples: tuple[Sample, ...]) -> Iterator[CardLine]:
    if samples:
        yield from _heading(_("Samples"))
    for sample in samples:
        words = " · ".join((sample_words(sample), sample.feedback or _("no feedback yet")))
        yield CardLine(words, "sample", sample.id, sample.shipped_on.isoformat() if sample.shipped_on else "")


def _drawer(customer: Customer, all_fields: bool) -> Iterator[CardLine]:
    """Fields that are seldom needed: those with a value, and on request the empty ones too."""
    drawer = [field for field in FIELDS if field.drawer]
    empty = sum(not getattr(customer, field.name) for field in drawer)
    yield from _heading(_("More"))
    yield from (_field(field, customer) for field in drawer if all_fields or getattr(customer, field.name))
    yield from (CardLine(value, "custom", name, name) for name, value in customer.custom.items() if value)
    if customer.created_on:
        yield CardLine(customer.created_on.isoformat(), "created", label=_("Since"), look="dim")
    if empty:
        shown = (
            _("▾ fold empty fields away") if all_fields else ngettext("▸ {n} empty field", "▸ {n} empty fields", empty)
        )
        yield CardLine(shown, "drawer", look="dim")


def _heading(text: str) -> Iterator[CardLine]:
    yield CardLine("")
    yield CardLine(text, look="accent")
