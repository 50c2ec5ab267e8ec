"""`crm show`: one customer whole, as a page or as JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..code_words import WORDS
from ..domain.fields import FIELDS
from ..domain.money import format_sum
from ..domain.trade_clocks import expired
from ..domain.trade_totals import Totals, totals
from ..domain.values import Activity, Attachment, Contact, Customer, Trade
from ..i18n import _, country_name, short_date, word
from ..record_text import record_text
from ..usecases.cards import Card, card, card_as_of
from ..usecases.merging import keeper_of
from ..usecases.planning import past_day
from . import output
from .arguments import Arguments
from .readers import next_words, the_one
from .record_rows import trade_object
from .rows import iso, row_object
from .table import Column, table

if TYPE_CHECKING:
    from datetime import date

    from ..usecases.session import Session

EVERY_ENTRY = 1_000_000
ENTRIES_ON_A_PAGE = 20


def show(session: Session, asked: Arguments) -> None:
    """Everything about one customer, now or as of a day; on a page the newest entries of the log, in JSON all of them."""
    row = the_one(session, " ".join(asked.customer), gone=True)
    keeper = keeper_of(session, row.id)
    day = past_day(asked.as_of, session.today) if asked.as_of else None
    most = EVERY_ENTRY if asked.json else ENTRIES_ON_A_PAGE
    found = _as_of(session, row.id, day, most) if day else card(session, row.id, most)
    if asked.json:
        about = {"as_of": iso(day)} if day else {}
        output.write_object({**about, **_card_object(found), "merged_into": keeper.uid if keeper else None})
    else:
        if keeper:
            gone = _("{name} was merged into {keeper}, uid {uid}")
            output.show([(gone.format(name=row.name, keeper=keeper.name, uid=keeper.uid), output.BOLD)])
        if day:
            output.show([(_("As of {day}").format(day=short_date(day)), output.DIM)])
        _page(found, day or session.today)


def _as_of(session: Session, customer: int, day: date, most: int) -> Card:
    found = card_as_of(session, customer, day)
    return replace(found, activities=found.activities[:most], more=len(found.activities) > most)


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
        **trade_object(found.trade),
        "attachments": [_attachment_object(attachment) for attachment in found.attachments],
    }


def _contact_object(contact: Contact) -> dict[str, object]:
    return {
        "uid": contact.uid,
        "name": contact.name,
        "position": contact.position,
        "rank": contact.rank,
        "role": contact.role,
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


def _attachment_object(attachment: Attachment) -> dict[str, object]:
    return {
        "uid": attachment.uid,
        "name": attachment.name,
        "size": attachment.size,
        "sha256": attachment.hash,
        "added_on": iso(attachment.added_on),
    }


# The page ------------------------------------------------------------------------------------------------------------


def _page(found: Card, day: date) -> None:
    who = found.customer
    output.show([(who.name, output.BOLD)])
    table((Column(""), Column("", 20, wraps=True)), _facts(found), margin="  ")
    _section(_("People"), [_person(contact) for contact in who.contacts])
    _trade(found.trade, day)
    _section(_("Files"), [_attachment(attachment) for attachment in found.attachments])
    _section(_("Log"), [_entry(activity) for activity in found.activities])
    if found.more:
        output.say("  " + _("… older entries: crm show --json"))


def _trade(trade: Trade, day: date) -> None:
    quotes = [expired(quote, day) for quote in trade.quotes]
    sections = (
        (_("Quotes"), quotes), (_("Samples"), trade.samples), (_("PIs"), trade.invoices), (_("Orders"), trade.orders),
        (_("Payments"), trade.payments), (_("Shipments"), trade.shipments),
    )  # fmt: skip
    for title, records in sections:
        _section(title, [(record_text(record, trade),) for record in records])
    _section(_("Sums"), [_totals(sums) for sums in totals(trade)])


def _totals(sums: Totals) -> tuple[str, ...]:
    shown = {name: format_sum(amount, sums.currency) for name, amount in sums._asdict().items() if name != "currency"}
    return (
        _("ordered {sum}").format(sum=shown["ordered"]),
        _("paid {sum}").format(sum=shown["paid"]),
        _("unpaid {sum}").format(sum=shown["unpaid"]),
    )


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
    standing = [word("rank", contact.rank), word("role", contact.role)]
    position = " · ".join(part for part in (contact.position, *standing) if part)
    return ("*" if contact.main else "", contact.name, position, reaches)


def _attachment(attachment: Attachment) -> tuple[str, ...]:
    return (attachment.name, f"{attachment.size:,} B", iso(attachment.added_on) or "")


def _entry(activity: Activity) -> tuple[str, ...]:
    said = activity.note or (word("outcome", activity.outcome) if activity.outcome else "")
    return (f"{activity.happened_at.astimezone():%Y-%m-%d}", word("channel", activity.channel), said,
            word("stage", activity.stage) if activity.stage else "", activity.author)  # fmt: skip
