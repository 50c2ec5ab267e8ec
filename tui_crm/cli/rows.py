"""Customers as scripts read them: the keys of these objects are a promise."""

from __future__ import annotations

from datetime import date

from ..domain.cadence import usual_action, usual_channel
from ..domain.values import AgendaRow
from ..i18n import tell


def row_object(row: AgendaRow) -> dict[str, object]:
    """A list row. The points of `reasons` add up to `score`; days are ISO dates or null, codes are never translated."""
    return {
        "uid": row.uid,
        "name": row.name,
        "country": row.country,
        "city": row.city,
        "owner": row.owner,
        "temperature": row.temperature,
        "grade": row.grade,
        "stage": row.stage,
        "tags": list(row.tags),
        "due_on": iso(row.due_on),
        "days_late": row.days_late,
        "overdue": row.overdue,
        "by_hand": row.by_hand,
        "estimated": row.estimated,
        "next_action": what_to_do(row),
        "channel": row.channel or usual_channel(row.temperature),
        "last_contact_on": iso(row.last_contact_on),
        "score": row.score,
        "reasons": [{"term": r.term, "points": r.points, "text": tell(r.message)} for r in row.reasons],
    }


def what_to_do(row: AgendaRow) -> str:
    """The promised action, or what is usual at the customer's temperature."""
    return row.next_action or tell(usual_action(row.temperature, row.cause))


def iso(day: date | None) -> str | None:
    """A day for a script."""
    return day.isoformat() if day else None
