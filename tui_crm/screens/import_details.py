"""All that an import would write of one customer, field by field: what was, what it becomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from ..domain.fields import BY_NAME
from ..domain.text import visible
from ..i18n import _, country_name, ngettext, short_date, word
from ..record_text import record_text
from .help import hang
from .widgets.cells import fit
from .widgets.side import Part, entry_words

if TYPE_CHECKING:
    from ..domain.trade_prose import Told
    from ..domain.values import Contact, Customer, NextStep, Record
    from ..exchange.planned import PlannedCustomer

_LABEL = 14
"""Cells of the names of fields."""
_PLAIN = frozenset({"email", "phone", "other"})
"""Addresses that show by themselves what they are."""
_SKIPPED = frozenset({"name", "contacts", "tags", "custom", "id", "uid", "version", "archived", "merged_into"})


def details(
    planned: PlannedCustomer,
    before: Customer | None,
    told: Sequence[Told],
    width: int,
    *,
    takes_trade: bool,
    left_out: bool,
) -> Content:
    """The customer in hand in full. `before` is how the book has it; `told` are the records found in its notes."""
    lines = [_head(planned, left_out)]
    if planned.verdict == "same":
        lines.append([(_("The book has all of it."), "$dim")])
    else:
        lines += [
            *_conflicts(planned),
            *_fields(planned, before),
            *_people(planned.contacts),
            *_log(planned),
            *_trade(planned, told, takes_trade),
        ]
    head, *facts = lines
    hung = (piece for label, *said in facts for piece in hang(Content.assemble(label), Content.assemble(*said), width))
    return Content("\n").join((Content.assemble(*head), *hung))


def _head(planned: PlannedCustomer, left_out: bool) -> list[Part]:
    sheet, row = planned.where
    out: list[Part] = [("   " + _("left out; Space takes it in"), "$soon")] if left_out else []
    return [(visible(planned.customer.name), "bold"), (f"  {visible(sheet)}:{row}", "$dim"), *out]


def _fields(planned: PlannedCustomer, before: Customer | None) -> Iterator[list[Part]]:
    after = planned.customer
    names = planned.changes if planned.verdict != "new" else type(after).__dataclass_fields__
    for name in names:
        if name in _SKIPPED:
            continue
        old = _said(name, getattr(before, name)) if before else ""
        new = _said(name, getattr(after, name))
        if new and new != old:
            yield _field(_label(name), old, _added(old, new) if name == "remarks" else new)
    known = set(before.tags) if before else set()
    tags = [f"#{visible(tag)}" for tag in after.tags if tag not in known]
    if tags:
        yield _field(_("Tags"), "", " ".join(tags))
    for header, text in after.custom.items():
        old = before.custom.get(header, "") if before else ""
        if text != old:
            yield _field(header, old, text)


def _conflicts(planned: PlannedCustomer) -> Iterator[list[Part]]:
    """Cells that were changed in the sheet and in the book."""
    for one in planned.conflicts:
        yield [(fit(f"≠ {one.header}", _LABEL - 1) + " ", "$hot"), (_("sheet") + " ", "$dim"), visible(one.sheet) or "–",
               ("  " + _("book") + " ", "$dim"), visible(one.book) or "–"]  # fmt: skip
    gone = [*(f"#{visible(tag)}" for tag in planned.gone_tags), *([_("next step")] if planned.ends_step else [])]
    gone += [ngettext("{n} person", "{n} persons", len(planned.gone_people))] if planned.gone_people else []
    if gone:
        yield [(fit(_("Taken away"), _LABEL - 1) + " ", "$dim"), ", ".join(gone)]


def _field(label: str, old: str, new: str) -> list[Part]:
    was: list[Part] = [(visible(" ".join(old.split())), "$dim strike"), (" → ", "$dim")] if old else []
    return [(fit(label, _LABEL - 1) + " ", "$dim"), *was, visible(" ".join(new.split()))]


def _label(name: str) -> str:
    if name in BY_NAME:
        return _(BY_NAME[name].label)
    return {"created_on": _("Since"), "lost_reason": _("Why lost"), "paused_until": _("Paused until")}.get(name, name)


def _said(name: str, value: object) -> str:
    if name == "country":
        return country_name(str(value))
    if name in BY_NAME and BY_NAME[name].words:
        return word(BY_NAME[name].words, str(value))
    return "" if value is None else str(value)


def _added(old: str, new: str) -> str:
    """Of remarks only what comes behind those there are."""
    return f"… {new[len(old) :].strip()}" if old and new.startswith(old) else new


def _people(contacts: Sequence[Contact]) -> Iterator[list[Part]]:
    for person in contacts:
        said = " · ".join(visible(part) for part in (person.name, person.position) if part)
        reaches: list[Part] = []
        for at, reach in enumerate(person.reaches):
            kind = "" if reach.kind in _PLAIN else word("reach", reach.kind) + " "
            reaches += [" · " if said or at else "", (kind, "$dim"), visible(reach.value)]
        yield [(fit(_("Person"), _LABEL - 1) + " ", "$dim"), said, *reaches]


def _log(planned: PlannedCustomer) -> Iterator[list[Part]]:
    for entry in planned.activities:
        day = entry.happened_at.astimezone().date()
        by = f" ({visible(entry.author)})" if entry.author else ""
        yield [
            (f"{fit(day.isoformat(), _LABEL - 1)} {word('channel', entry.channel)}{by}  ", "$dim"),
            entry_words(entry),
        ]
    if planned.next_step:
        yield [(fit(_("Next"), _LABEL - 1) + " ", "$dim"), _step(planned.next_step)]


def _step(step: NextStep) -> str:
    day = short_date(step.due_on) if step.due_on else _("the rhythm decides the day")
    return f"{day}  {visible(step.action)}"


def _trade(planned: PlannedCustomer, told: Sequence[Told], takes: bool) -> Iterator[list[Part]]:
    known: tuple[Record, ...] = (*planned.quotes, *planned.samples)
    for record in known:
        yield [(fit(_kind(record), _LABEL - 1) + " ", "$dim"), visible(record_text(record))]
    for one in told:
        sign: Part = ("✓ ", "$success") if takes else ("? ", "$soon")
        yield [(fit(_kind(one.reading.record), _LABEL - 1) + " ", "$dim"), sign, visible(record_text(one.reading.record)),
               ("  “" + visible(one.words) + "”", "$dim")]  # fmt: skip


def _kind(record: Record) -> str:
    from ..domain.trade_checks import KIND

    return word("record", KIND[type(record)])
