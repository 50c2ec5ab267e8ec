"""What was changed, in words: the name of each field, its value before and after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from textual.content import Content

from ...code_words import WORDS
from ...domain.fields import BY_NAME
from ...domain.messages import N_
from ...domain.text import visible
from ...i18n import _, country_name, short_date, word
from ...usecases.history import FieldChange, RowChange, Value

EVENTS = {"added": N_("{what} added"), "changed": N_("{what} changed"), "removed": N_("{what} taken off")}

_LABELS = {
    "lost_reason": N_("Why lost"),
    "paused_until": N_("Paused until"),
    "archived": N_("Archived"),
    "merged_into": N_("Merged into"),
    "position": N_("Position"),
    "rank": N_("Rank"),
    "role": N_("Role"),
    "main": N_("Main contact"),
    "value": N_("Address"),
    "happened_at": N_("When"),
    "channel": N_("Channel"),
    "note": N_("What"),
    "outcome": N_("Outcome"),
    "contact": N_("Contact"),
    "due_on": N_("Due"),
    "action": N_("What to do"),
    "reason": N_("Reason"),
    "status": N_("Status"),
    "tag": N_("Tag"),
    "color": N_("Colour"),
    "quoted_on": N_("Day"),
    "price": N_("Price"),
    "incoterm": N_("Incoterm"),
    "place": N_("Place"),
    "unit": N_("Unit"),
    "moq": N_("MOQ"),
    "quantity": N_("Quantity"),
    "product": N_("Product"),
    "valid_until": N_("Valid until"),
    "remark": N_("Remark"),
    "number": N_("No."),
    "specs": N_("Specs"),
    "courier": N_("Courier"),
    "tracking": N_("Tracking no."),
    "shipped_on": N_("Shipped"),
    "expected_on": N_("Expected"),
    "arrived_on": N_("Arrived"),
    "feedback": N_("Feedback"),
    "sent_on": N_("Sent"),
    "amount": N_("Amount"),
    "ordered_on": N_("Ordered"),
    "deposit": N_("Deposit"),
    "terms": N_("Terms"),
    "deposit_due_on": N_("Deposit due"),
    "balance_due_on": N_("Balance due"),
    "paid_on": N_("Paid"),
    "mode": N_("By"),
    "from_port": N_("From"),
    "to_port": N_("To"),
    "departs_on": N_("Leaves"),
    "transit_days": N_("Days on the way"),
    "arrives_on": N_("Arrives"),
    "container": N_("Container"),
    "bill": N_("B/L no."),
    "choices": N_("Choices"),
    "currency": N_("Currency"),
    "own": N_("Own currency"),
    "rate": N_("Rate"),
    "since": N_("From the day"),
}
_LABELS_IN = {("contact", "name"): N_("Name"), ("attachment", "name"): N_("File"), ("tag", "name"): N_("Tag"),
              ("custom_field", "name"): N_("Own field")}  # fmt: skip
_VOCABULARIES = {("reach", "kind"): "reach", ("sales_order", "kind"): "order_kind", ("payment", "kind"): "payment_kind",
                 ("custom_field", "kind"): "custom_kind", ("tag", "color"): "tag_color"}  # fmt: skip
_STEPS = {"open": N_("open"), "done": N_("done"), "moved": N_("moved")}


def thing(change: RowChange) -> str:
    """What was changed, at the beginning of a line: `Customer`, `Log entry`, `PI`."""
    words = word("table", change.what)
    return words[:1].upper() + words[1:]


def label(change: RowChange, field: FieldChange) -> str:
    """The name of a field: a person's name is no company, and a field of the users' own has its own name."""
    if field.name:
        return visible(field.name)
    here = _LABELS_IN.get((change.what, field.field))
    known = BY_NAME.get(field.field)
    return _(here or (known.label if known else _LABELS.get(field.field, field.field)))


def before(change: RowChange, field: FieldChange) -> str:
    """The value before, in words; "" where there was none."""
    return _shown(change, field.field, field.old)


def after(change: RowChange, field: FieldChange) -> str:
    """The value after, in words; "" where there is none."""
    return _shown(change, field.field, field.new)


def _shown(change: RowChange, field: str, value: Value) -> str:
    if isinstance(value, datetime):
        at = value.astimezone()
        return f"{short_date(at.date())} {at:%H:%M}"
    if isinstance(value, date):
        return short_date(value)
    if not value:
        return ""
    if field in ("archived", "main"):
        return _("yes")
    if field == "country":
        return country_name(value)
    if (change.what, field) == ("next_step", "status"):
        return _(_STEPS[value])
    vocabulary = _VOCABULARIES.get((change.what, field), field)
    return visible(word(vocabulary, value) if vocabulary in WORDS else value)


def in_short(change: RowChange) -> Iterator[str]:
    """A change as a few words each, for the lines of a timeline: `Temperature: potential → hot`, `#vip`, `Person added: Bob`."""
    if change.what == "customer_tag":
        for field in change.fields:
            yield from (
                f"{sign}#{name}" for sign, name in (("-", before(change, field)), ("", after(change, field))) if name
            )
    elif change.event == "changed":
        yield from (f"{label(change, field)}: {before(change, field) or '–'} → {after(change, field) or '–'}"
                    for field in change.fields)  # fmt: skip
    else:
        words = [after(change, field) or before(change, field) for field in change.fields]
        yield f"{_(EVENTS[change.event]).format(what=thing(change))}: {' · '.join(words)}"


def arrow(change: RowChange, field: FieldChange) -> Content:
    """Before → after; a dash where there is nothing."""
    old, new = before(change, field), after(change, field)
    return Content.assemble((old or "–", "$dim strike" if old else "$dim"), ("  →  ", "$accent"), new or "–")
