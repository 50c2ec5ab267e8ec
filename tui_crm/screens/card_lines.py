"""What stands on a customer's card, line by line: next step, fields, people, trade, what else is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from ..domain.fields import FIELDS, Field
from ..domain.own_fields import as_field, in_order, own_name, value_of
from ..domain.text import visible
from ..domain.values import Attachment, Contact, Customer, Reach
from ..domain.vocabulary import ROLES
from ..i18n import _, country_name, ngettext, short_date, word
from ..usecases.cards import Card
from .card_line import EMPTY, CardLine, label_width
from .looks import tag_look
from .widgets.lines import size_words, source, what, when
from .widgets.wrap import wrap

_FILES = 5
"""Files listed on the card; the rest is counted."""


def card_lines(card: Card, traded: Iterable[CardLine], today: date, width: int, all_fields: bool) -> list[CardLine]:
    """The whole card for a list of this width, with the lines of its trade; without `all_fields`, empty fields of the drawer
    are folded away."""
    return [line for whole in _whole_lines(card, traded, today, all_fields) for line in _wrapped(whole, width)]


def _wrapped(line: CardLine, width: int) -> list[CardLine]:
    """A line whose value is longer than the list is wide goes on below."""
    if line.label is None or line.mark is not None:
        return [line]
    first, *rest = wrap(visible(line.text), width - label_width(width), words=line.key == "tags")
    return [replace(line, text=first), *(replace(line, text=text, label="") for text in rest)]


def _whole_lines(card: Card, traded: Iterable[CardLine], today: date, all_fields: bool) -> Iterator[CardLine]:
    yield from _next_step(card, today)
    for field in FIELDS:
        if not field.drawer:
            yield _field(field, card.customer)
        if field.name == "stage":
            yield _tags(card)
    yield from _people(card.customer)
    yield from traded
    yield from _files(card.attachments)
    yield from _drawer(card, today, all_fields)


def _next_step(card: Card, today: date) -> Iterator[CardLine]:
    step, label = card.step, _("Next")
    if step.due_on is None:
        stage = card.customer.stage
        none = word("stage", stage) if stage in ("lost", "paused") else _("none")
        yield CardLine(_("none: {reason}").format(reason=step.reason) if step.reason else none, "next", label=label)
        return
    late, look = when(card.row, today)
    yield CardLine(f"{short_date(step.due_on)} · {late} · {source(step)}", "next", label=label, look=look)
    yield CardLine(what(card.row), "next", label="", look="strong")


def _field(field: Field, customer: Customer) -> CardLine:
    text = shown_value(field, customer)
    look = customer.temperature if field.name == "temperature" else "plain" if text != EMPTY else "dim"
    kind = "field" if own_name(field.name) is None else "custom"
    return CardLine(text, kind, field.name, _(field.label), look, reach=_page(field, customer))


def _page(field: Field, customer: Customer) -> Reach | None:
    """The company's own page that a field holds."""
    value = value_of(customer, field.name)
    return Reach(field.name, value) if value and field.name in ("website", "linkedin") else None


def _tags(card: Card) -> CardLine:
    names = " ".join(f"#{tag}" for tag in card.customer.tags)
    looks = {f"#{tag}": tag_look(color, "accent") for tag, color in card.tag_colors.items()}
    return CardLine(names or EMPTY, "field", "tags", _("Tags"), "accent" if names else "dim", looks=looks)


def shown_value(field: Field, customer: Customer) -> str:
    """A field's value in the user's language; a dash where there is none."""
    value = value_of(customer, field.name)
    if field.name == "country":
        return country_name(value) or EMPTY
    if field.name == "stage":
        return _stage(customer)
    return (word(field.words, value) if field.words and value else value) or EMPTY


def _stage(customer: Customer) -> str:
    stage = word("stage", customer.stage)
    if customer.stage == "lost" and customer.lost_reason:
        return f"{stage}: {customer.lost_reason}"
    if customer.stage == "paused" and customer.paused_until:
        return _("{stage} until {day}").format(stage=stage, day=short_date(customer.paused_until))
    return stage


def _people(customer: Customer) -> Iterator[CardLine]:
    yield from _heading(_("People"))
    for person in sorted(customer.contacts, key=_say):
        yield from _person(person)
    yield CardLine(_("+ add a person"), "person", 0, look="dim")


def _say(person: Contact) -> int:
    """Where a person stands among the others: whoever decides comes first, who has no role last."""
    return ROLES.index(person.role) if person.role in ROLES else len(ROLES)


def _person(person: Contact) -> Iterator[CardLine]:
    star = "★ " if person.main else "  "
    standing = " · ".join(filter(None, (word("rank", person.rank), word("role", person.role))))
    name = star + (person.name or _("no name"))
    yield CardLine(name, "person", person.id, tail=person.position, mark=standing)
    for reach in person.reaches:
        yield CardLine(reach.value, "person", person.id, "  " + word("reach", reach.kind), reach=reach)


def _files(files: Sequence[Attachment]) -> Iterator[CardLine]:
    if files:
        yield from _heading(_("Files"))
    for file in files[:_FILES]:
        kept = f"{size_words(file.size)} · {short_date(file.added_on)}"
        yield CardLine(file.name, "file", file.id, mark=kept, mark_look="dim")
    if len(files) > _FILES:
        yield CardLine(_("… and {n} more").format(n=len(files) - _FILES), "files", look="dim")


def _drawer(card: Card, today: date, all_fields: bool) -> Iterator[CardLine]:
    """Fields that are seldom needed, the own ones last: those with a value, and on request the empty ones too."""
    customer = card.customer
    own = [as_field(field, today) for field in in_order(customer, card.own_fields)]
    drawer = [*(field for field in FIELDS if field.drawer), *own]
    empty = sum(not value_of(customer, field.name) for field in drawer)
    yield from _heading(_("More"))
    yield from (_field(field, customer) for field in drawer if all_fields or value_of(customer, field.name))
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
