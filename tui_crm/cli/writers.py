"""The verbs that write: add, log, snooze, undo, redo. Each says in one line what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from ..domain.messages import N_, Message, Problem
from ..domain.values import Contact, Customer, Reach
from ..i18n import _, short_date, tell, word
from ..usecases import agenda
from . import output
from .console import progress
from .options import CUSTOMER_FIELDS, STANDING, Arguments
from .readers import next_words, the_one

if TYPE_CHECKING:
    from ..domain.values import AgendaRow
    from ..usecases.history import Operation
    from ..usecases.session import Session


def add(session: Session, asked: Arguments) -> None:
    """Add a customer; likely duplicates are named, and the same company again is refused without --force."""
    from ..domain.names import company_key
    from ..usecases.customers import add_customer, likely_duplicates

    fields = {("kind" if name == "type" else name): getattr(asked, name) for name in CUSTOMER_FIELDS}
    given = {name: value for name, value in fields.items() if value.strip()}
    customer = Customer(" ".join(asked.name), **given, tags=tuple(asked.tag), contacts=people(asked.people))
    duplicates = likely_duplicates(session, customer)
    for other in duplicates:
        output.complain(
            _("Perhaps in the book already: {name} ({why}), uid {uid}, owner {owner}").format(
                name=other.name, why=tell(other.why), uid=other.uid, owner=other.owner
            )
        )
    key = company_key(customer.name)
    if not asked.force and any(company_key(other.name) == key for other in duplicates):
        raise Problem(N_("{name} is in the book already; nothing was added. Use --force to add it all the same."),
                      name=customer.name)  # fmt: skip
    added = add_customer(session, customer)
    output.say(_("Added {name}, uid {uid}").format(name=added.name, uid=added.uid))


@dataclass(slots=True)
class _Person:
    name: str = ""
    position: str = ""
    rank: str = ""
    role: str = ""
    reaches: list[Reach] = field(default_factory=list)


def people(words: Iterable[tuple[str, str]]) -> tuple[Contact, ...]:
    """People from (option, value) in the order typed. Each `contact` begins a person that takes what follows; what comes
    before the first belongs to the first."""
    found: list[_Person] = []
    named = False
    for option, value in words:
        if not found or (option == "contact" and named):
            found.append(_Person())
        person = found[-1]
        if option == "contact":
            person.name, named = value, True
        elif option in ("position", *STANDING):
            setattr(person, option, value)
        else:
            person.reaches.append(Reach(option, value))
    return tuple(Contact(p.name, p.position, tuple(p.reaches), rank=p.rank, role=p.role) for p in found)


def set_fields(session: Session, asked: Arguments) -> None:
    """Change fields of a customer, all in one operation; own fields go by the name their users gave them."""
    from ..domain.fields import BY_NAME
    from ..domain.own_fields import PREFIX, in_order
    from ..domain.vocabulary import fold
    from ..usecases import own_fields
    from ..usecases.cards import existing
    from ..usecases.customers import edit_customer

    row = the_one(session, asked.customer)
    customer = existing(session, row.id)
    fields = [field for field in BY_NAME.values() if field.name != "stage"]  # that asks why, or until when
    own = {fold(field.name): PREFIX + field.name for field in in_order(customer, own_fields.defined(session))}
    codes = {field.name: field.name for field in fields} | own
    known = {fold(_(field.label)): field.name for field in fields} | {"type": "kind"} | codes
    typed = {}
    for pair in asked.values:
        name, sign, value = pair.partition("=")
        if not sign or fold(name) not in known:
            raise Problem(N_("“{text}” sets no field. Write FIELD=VALUE; the fields are: {known}."),
                          text=pair, known=", ".join(codes))  # fmt: skip
        typed[known[fold(name)]] = value
    edit_customer(session, row.id, customer.version, typed)
    output.say(_("Saved: {name}").format(name=existing(session, row.id).name))


def attach(session: Session, asked: Arguments) -> None:
    """Keep copies of files with a customer."""
    from pathlib import Path

    from ..usecases import attachments

    row = the_one(session, asked.customer)
    for name in asked.file:
        file = Path(name)
        kept = attachments.attach(session, row.id, file.name, attachments.take_in(session.book.path, file))
        output.say(_("Kept {file} with {name}").format(file=kept.name, name=row.name))


def log(session: Session, asked: Arguments) -> None:
    """Save a quick-log line; marks that could not be read and a vague note are pointed out, not refused."""
    from ..domain.trade_checks import KIND
    from ..record_text import record_text
    from ..usecases import logging
    from ..usecases.cards import existing

    row = the_one(session, asked.customer)
    line = " ".join(asked.line)
    happened_at = _happened(session, asked.when) if asked.when else None
    preview = logging.preview(session, existing(session, row.id), line)
    activity = logging.log(session, row.id, line, happened_at)
    for finding in (*preview.findings, *([preview.question] if preview.question else [])):
        output.complain(tell(finding))
    if activity is None:
        output.say(_("Changed {name}; nothing was noted, so it counts as no contact.").format(name=row.name))
    else:
        output.say(_("Logged {channel} with {name}.").format(channel=word("channel", activity.channel), name=row.name))
    for record in preview.records:
        output.say(_("Saved the {record}: {text}").format(
            record=word("record", KIND[type(record)]), text=record_text(record, preview.trade)))  # fmt: skip
    say_next(session, row.id)


def snooze(session: Session, asked: Arguments) -> None:
    """Move a customer's next step."""
    from ..usecases import planning

    row = the_one(session, asked.customer)
    day = planning.snooze(session, row.id, " ".join(asked.when))
    output.say(_("Snoozed {name} to {day}.").format(name=row.name, day=short_date(day)))


def archive(session: Session, asked: Arguments) -> None:
    """Take a customer off every list, or bring it back."""
    from ..usecases.customers import archive as archive_customer

    row = _archived(session, " ".join(asked.customer)) if asked.back else the_one(session, " ".join(asked.customer))
    if row.archived is not asked.back:
        raise Problem(N_("{name} is not archived.") if asked.back else N_("{name} is archived already."), name=row.name)
    archive_customer(session, row.id, not asked.back)
    output.say(tell(Message(N_("Brought back {name}") if asked.back else N_("Archived {name}"), {"name": row.name})))


def _archived(session: Session, text: str) -> AgendaRow:
    """The archived customer that `text` means; a live one only where no archived one fits."""
    from ..usecases.finding import SeveralFound

    try:
        return the_one(session, f"{text} is:archived")
    except SeveralFound:
        raise
    except Problem:
        return the_one(session, text)


def undo(session: Session, asked: Arguments) -> None:
    """Take back the last operation, or the one that is named."""
    from ..usecases import history

    done = _watched(session, _("undoing"), lambda: history.undo(session, asked.operation))
    output.say(tell(Message(N_("Undone: {what}"), {"what": done.label})))


def redo(session: Session, asked: Arguments) -> None:
    """Bring back what was undone last, or the operation that is named."""
    from ..usecases import history

    whole = session.search_is_whole()
    done = _watched(session, _("redoing"), lambda: history.redo(session, asked.operation))
    output.say(tell(Message(N_("Redone: {what}"), {"what": done.label})))
    if whole and not session.search_is_whole():
        from ..usecases.indexing import rebuild_index

        with progress(_("making the search index")) as tell_how_far:
            rebuild_index(session, tell_how_far, anew=False)


def _watched(session: Session, doing: str, work: Callable[[], Operation]) -> Operation:
    """Work that may be large, with a line on how far it is."""
    with progress(doing) as draw:
        if draw is None:
            return work()
        with session.watched(lambda _what, done, total: draw(done, total), lambda: False):
            return work()


def _happened(session: Session, when: str) -> datetime:
    """The instant meant by a day in the past: noon of it, since nobody said the hour; now if it is today."""
    from ..domain.dates import Look, parse_date

    day = parse_date(when, session.today, Look.BACK)
    return session.now if day == session.today else datetime.combine(day, time(12)).astimezone(UTC)


def say_next(session: Session, customer: int) -> None:
    """The line that says what comes next for a customer."""
    row = agenda.row(session, customer)
    if row is not None:
        output.say(_("Next: {next}").format(next=next_words(row)))
