"""`crm show`: one customer whole, as a page or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.fields import FIELDS
from ..domain.values import Activity, Contact, Customer, Quote, Sample
from ..i18n import WORDS, _, country_name, short_date, word
from ..usecases.cards import Card, card
from . import output
from .arguments import Arguments
from .readers import next_words, the_one
from .rows import iso, row_object
from .table import Column, table

if TYPE_CHECKING:
    from ..usecases.session import Session

EVERY_ENTRY = 1_000_000
ENTRIES_ON_A_PAGE = 20


def show(session: Session, asked: Arguments) -> None:
    """Everything about one customer; on a page the newest entries of the log, in JSON all of them."""
    row = the_one(session, " ".join(asked.customer))
    found = card(session, row.id, EVERY_ENTRY if asked.json else ENTRIES_ON_A_PAGE)
    if asked.json:
        output.write_object(_card_object(found))
    else:
        _page(found)


def _card_object(found: Card) -> dict[str, object]:
    who = found.customer
    return {
        **row_object(found.row),
        **{field.name: getattr(who, field.name) for field in FIELDS},
        "lost_reason": who.lost_reason,
        "paused_until": iso(who.paused_until),
        "archived": who.archived,
        "created_on": iso(who.created_on),
        "custom": dict(who.custom),
        "next_step": {
            "due_on": iso(found.step.due_on),
            "action": found.step.action,
            "channel": found.step.channel,
            "by_hand": found.step.by_hand,
            "estimated": found.step.estimated,
            "latest_on": iso(found.step.latest_on),
            "reason": found.step.reason,
        },
        "contacts": [_contact_object(contact) for contact in who.contacts],
        "activities": [_activity_object(activity) for activity in found.activities],
        "quotes": [_quote_object(quote) for quote in found.trade.quotes],
        "samples": [_sample_object(sample) for sample in found.trade.samples],
    }


def _contact_object(contact: Contact) -> dict[str, object]:
    return {
        "uid": contact.uid,
        "name": contact.name,
        "position": contact.position,
        "main": contact.main,
        "reaches": [{"kind": reach.kind, "value": reach.value} for reach in contact.reaches],
    }


def _activity_object(activity: Activity) -> dict[str, object]:
    return {
        "uid": activity.uid,
        "happened_at": activity.happened_at.isoformat(),
        "channel": activity.channel,
        "note": activity.note,
        "stage": activity.stage,
        "outcome": activity.outcome,
        "contact": activity.contact,
        "author": activity.author,
    }


def _quote_object(quote: Quote) -> dict[str, object]:
    return {
        "uid": quote.uid,
        "quoted_on": iso(quote.quoted_on),
        "currency": quote.currency,
        "price": _price(quote),
        "incoterm": quote.incoterm,
        "place": quote.place,
        "unit": quote.unit,
        "moq": quote.moq,
        "product": quote.product,
        "status": quote.status,
    }


def _sample_object(sample: Sample) -> dict[str, object]:
    return {
        "uid": sample.uid,
        "specs": sample.specs,
        "courier": sample.courier,
        "tracking": sample.tracking,
        "shipped_on": iso(sample.shipped_on),
        "arrived_on": iso(sample.arrived_on),
        "feedback": sample.feedback,
    }


def _price(quote: Quote) -> str | None:
    """The price as decimal text: money is never a binary fraction. At least two places, four where they are used."""
    if quote.price is None:
        return None
    whole, rest = divmod(quote.price, 10_000)
    places = f"{rest:04}"
    return f"{whole}.{places[:2]}{places[2:].rstrip('0')}"


# The page ------------------------------------------------------------------------------------------------------------


def _page(found: Card) -> None:
    who = found.customer
    output.show([(who.name, output.BOLD)])
    table((Column(""), Column("", 20, wraps=True)), _facts(found), margin="  ")
    _section(_("People"), [_person(contact) for contact in who.contacts])
    _section(_("Quotes"), [_quote(quote) for quote in found.trade.quotes])
    _section(_("Samples"), [_sample(sample) for sample in found.trade.samples])
    _section(_("Log"), [_entry(activity) for activity in found.activities])
    if found.more:
        output.say("  " + _("… older entries: crm show --json"))


def _facts(found: Card) -> list[tuple[str, str]]:
    who = found.customer
    facts = [(_("Next"), next_words(found.row) + (f" ({found.step.reason})" if found.step.reason else ""))]
    facts += [(_(field.label), _shown(who, field.name)) for field in FIELDS if field.name != "name"]
    facts += [(_("Lost because"), who.lost_reason), (_("Tags"), " ".join(f"#{tag}" for tag in who.tags))]
    facts += [*who.custom.items(), ("uid", who.uid)]
    return [(label, value) for label, value in facts if value]


def _shown(who: Customer, name: str) -> str:
    value = str(getattr(who, name))
    if name == "country":
        return f"{country_name(value)} ({value})" if value else ""
    return word(name, value) if name in WORDS else value


def _section(title: str, lines: list[tuple[str, ...]]) -> None:
    if lines:
        output.show([("", ""), (title, output.BOLD)])
        table([Column("", 10, wraps=True) for _part in lines[0]], lines, margin="  ")


def _person(contact: Contact) -> tuple[str, ...]:
    reaches = ", ".join(f"{word('reach', reach.kind)} {reach.value}" for reach in contact.reaches)
    return ("*" if contact.main else "", contact.name, contact.position, reaches)


def _quote(quote: Quote) -> tuple[str, ...]:
    price = " ".join(part for part in (quote.currency, _price(quote)) if part)
    terms = " ".join(part for part in (quote.incoterm, quote.place) if part)
    return (short_date(quote.quoted_on), terms, price + (f"/{quote.unit}" if quote.unit else ""),
            f"MOQ {quote.moq}" if quote.moq else "", quote.product, quote.status)  # fmt: skip


def _sample(sample: Sample) -> tuple[str, ...]:
    return (sample.specs, f"{sample.courier} {sample.tracking}".strip(), iso(sample.shipped_on) or "",
            iso(sample.arrived_on) or "", sample.feedback)  # fmt: skip


def _entry(activity: Activity) -> tuple[str, ...]:
    said = activity.note or (word("outcome", activity.outcome) if activity.outcome else "")
    return (f"{activity.happened_at.astimezone():%Y-%m-%d}", word("channel", activity.channel), said,
            word("stage", activity.stage) if activity.stage else "", activity.author)  # fmt: skip
