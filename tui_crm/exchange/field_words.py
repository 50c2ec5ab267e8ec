"""What the fields of a sheet, and the ways to recognise them, are called."""

from __future__ import annotations

from collections.abc import Mapping

from tui_crm.domain.messages import N_
from tui_crm.i18n import _

from .mapping import OWN, SKIP, How

LABELS: Mapping[str, str] = {
    "company": N_("Company"),
    "contact": N_("Person"),
    "first_name": N_("First name"),
    "last_name": N_("Last name"),
    "contact_position": N_("Person / position"),
    "position": N_("Position"),
    "email": N_("E-mail"),
    "phone": N_("Phone"),
    "whatsapp": N_("WhatsApp"),
    "wechat": N_("WeChat"),
    "skype": N_("Skype"),
    "im": N_("Other service"),
    "reach": N_("Addresses"),
    "linkedin": N_("LinkedIn"),
    "website": N_("Website"),
    "country": N_("Country, city"),
    "city": N_("City"),
    "kind": N_("Type"),
    "industry": N_("Industry"),
    "buys": N_("Buys"),
    "source": N_("Source"),
    "grade": N_("Grade"),
    "temperature": N_("Temperature"),
    "stage": N_("Stage"),
    "status": N_("Status"),
    "tags": N_("Tags"),
    "language": N_("Language"),
    "zone": N_("Time zone"),
    "owner": N_("Owner"),
    "competitors": N_("Competitors"),
    "author": N_("Who wrote the entry"),
    "needs": N_("Needs"),
    "remarks": N_("Remarks"),
    "created_on": N_("Customer since"),
    "last_date": N_("Day of contact"),
    "channel": N_("Channel"),
    "note": N_("What was said"),
    "next_date": N_("Next step on"),
    "next_action": N_("Next step"),
    "lost_reason": N_("Why lost"),
    "quote": N_("Quote"),
    "sample": N_("Sample"),
    "number": N_("Row number"),
    OWN: N_("own field"),
    SKIP: N_("left out"),
}
"""Field of `mapping.FIELDS`, `OWN` or `SKIP` → its English name."""

_HOW: Mapping[How, str] = {
    "alias": N_("by its header"),
    "preset": N_("by the program"),
    "content": N_("by its content"),
    "remembered": N_("as last time"),
    "chosen": N_("as you chose"),
    "unknown": N_("not recognised"),
    "count": N_("only numbers the rows"),
}


def field_word(field: str) -> str:
    """The name of a field in the user's language."""
    return _(LABELS.get(field, field))


def how_word(how: How) -> str:
    """How a column was recognised, in the user's language."""
    return _(_HOW[how])
