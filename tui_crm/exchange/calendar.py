"""Next steps as a calendar (RFC 5545): one event for each customer, the same event wherever its next step moves.

What somebody promised, and what a trade fact calls for, stands at an hour and rings; what only the rhythm proposes is an entry
for the whole day, which neither rings nor blocks any time. Nothing depends on the clock: the same book gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import BinaryIO
from zoneinfo import ZoneInfo

from tui_crm.config import CalendarLook
from tui_crm.domain.cadence import usual_action, usual_channel
from tui_crm.domain.clocks import OPENS, place_of
from tui_crm.domain.text import visible
from tui_crm.domain.values import Contact
from tui_crm.i18n import _, country_name, tell, word

from .content_lines import escaped, folded
from .outgoing import OutCustomer

_LONGEST_NOTE = 300
_YEARS = range(1970, 2200)
"""A step beyond them is none that a calendar could show."""
_LASTS = timedelta(minutes=15)
_REACHED_BY = ("phone", "whatsapp", "wechat", "email")
"""Ways to reach a person that are told, in this order; the one to use comes first."""


def write(customers: Iterable[OutCustomer], look: CalendarLook, stream: BinaryIO) -> tuple[int, int]:
    """Write the calendar of these customers; returns how many events it has, and how many customers have no next step."""
    for line in _head():
        stream.write(folded(line))
    events = without = 0
    for found in customers:
        if found.step.due_on is None or found.step.due_on.year not in _YEARS:
            without += 1
            continue
        stream.write(b"".join(map(folded, event(found, found.step.due_on, look))))
        events += 1
    stream.write(folded("END:VCALENDAR"))
    return events, without


def _head() -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tui-crm//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    title = escaped(_("Next steps"))
    yield f"NAME:{title}"
    yield f"X-WR-CALNAME:{title}"
    yield "REFRESH-INTERVAL;VALUE=DURATION:PT1H"
    yield "X-PUBLISHED-TTL:PT1H"


def event(found: OutCustomer, due_on: date, look: CalendarLook) -> Iterator[str]:
    """The lines of the event for a customer's next step on the day `due_on`."""
    customer, step = found.customer, found.step
    what = step.action or tell(usual_action(customer.temperature, step.cause))
    about = f"{customer.name}: {what}"
    at_hour = (step.by_hand or bool(step.cause)) and look.hour >= 0
    changed = found.changed_at or datetime.combine(customer.created_on or due_on, time(), UTC)
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(customer.uid)}.next@tui-crm"
    yield f"DTSTAMP:{_instant(changed)}"
    yield f"LAST-MODIFIED:{_instant(changed)}"
    yield f"SEQUENCE:{found.changed_op}"
    yield from _at_hour(due_on, look.hour) if at_hour else _whole_day(due_on)
    yield f"SUMMARY:{escaped(about)}"
    yield f"DESCRIPTION:{escaped(chr(10).join(_description(found, due_on)))}"
    where = ", ".join(part for part in (customer.city, country_name(customer.country)) if part)
    if where:
        yield f"LOCATION:{escaped(where)}"
    yield f"CATEGORIES:{escaped(word('temperature', customer.temperature))}"
    if at_hour and look.alarm_minutes >= 0:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(about)}")
        yield from (f"TRIGGER:-PT{look.alarm_minutes}M", "END:VALARM")
    yield "END:VEVENT"


def _at_hour(day: date, hour: int) -> Iterator[str]:
    """From that hour on this machine's wall clock on, told as an instant: right on both sides of a change of the clocks."""
    begins = datetime.combine(day, time(hour)).astimezone(UTC)
    yield f"DTSTART:{_instant(begins)}"
    yield f"DTEND:{_instant(begins + _LASTS)}"


def _whole_day(day: date) -> Iterator[str]:
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(1):%Y%m%d}"
    yield "TRANSP:TRANSPARENT"


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _description(found: OutCustomer, due_on: date) -> Iterator[str]:
    """What one wants to know before calling: how to reach whom, when they are in, and what was last said."""
    customer, step = found.customer, found.step
    channel = step.channel or usual_channel(customer.temperature)
    yield _("by {channel}").format(channel=word("channel", channel))
    person = next((one for one in customer.contacts if one.main), next(iter(customer.contacts), None))
    if person:
        yield from _reached_at(person, channel)
    yield from _their_morning(customer.country, customer.city, customer.zone, due_on)
    if found.activities:
        last = found.activities[0]
        said = last.note or (word("outcome", last.outcome) if last.outcome else "")
        short = said if len(said) <= _LONGEST_NOTE else said[:_LONGEST_NOTE].rstrip() + "…"
        day, how = f"{last.happened_at.astimezone():%Y-%m-%d}", word("channel", last.channel)
        yield visible(_("Last {day}, {channel}: {note}").format(day=day, channel=how, note=short))


def _reached_at(person: Contact, channel: str) -> Iterator[str]:
    yield " · ".join(part for part in (person.name, person.position) if part)
    order = sorted(_REACHED_BY, key=lambda kind: kind != channel)
    for kind in order:
        yield from (f"{word('reach', kind)}: {reach.value}" for reach in person.reaches if reach.kind == kind)


@lru_cache(maxsize=4096)
def _their_morning(country: str, city: str, zone: str, day: date) -> tuple[str, ...]:
    """When their office opens, by this machine's clock, where that is another time."""
    try:
        there = ZoneInfo(place_of(country, city, zone).partition(" ")[2])
    except (KeyError, ValueError, OSError):
        return ()
    opens = datetime.combine(day, time(OPENS), there)
    here = opens.astimezone()
    if here.time() == opens.time():
        return ()
    return (_("{there} there is {here} here").format(there=f"{opens:%H:%M}", here=f"{here:%H:%M}"),)
