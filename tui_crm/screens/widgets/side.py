"""The pane beside the list: what was said last, what comes next, why the customer is here."""

from __future__ import annotations

from datetime import date

from rich.cells import cell_len
from textual.content import Content

from ...domain.cadence import Waits
from ...domain.text import visible
from ...domain.trade_clocks import awaits_feedback, claims
from ...domain.values import Activity, AgendaRow
from ...i18n import _, country_name, short_date, tell, word
from ...keys_in_force import keyed
from ...usecases.cards import Card
from ..looks import tag_look
from .cells import fit
from .lines import joined, source, what
from .trade_words import State, record_words, state, unpaid_words

Part = str | tuple[str, str] | Content


_CAUSES = 4
"""Reasons shown; where there are more, the last line is what the others come to."""


def brief(card: Card, today: date, waits: Waits, width: int) -> Content:
    """A customer in brief, top down in the order a rep needs it before calling."""
    customer, row = card.customer, card.row
    lines: list[list[Part]] = [[(visible(customer.name), "bold")]]
    place = [visible(customer.city), country_name(customer.country)]
    standing = [word("temperature", customer.temperature), customer.grade, word("stage", customer.stage)]
    lines.append([joined([p for p in (*place, *standing) if p], width)])
    people = [p for p in customer.contacts if p.main] or list(customer.contacts)
    if people:
        role = word("role", people[0].role)
        lines.append([(joined([visible(p) for p in (people[0].name, people[0].position, role) if p], width), "$dim")])
        lines.append([(joined([visible(reach.value) for reach in people[0].reaches], width), "$primary")])
    if customer.tags:
        lines.append([(visible(f"#{tag} "), _tag_look(card, tag)) for tag in customer.tags])
    lines += [[], [(_("Next"), "$dim")], step_line(card)]
    lines += _traded(card, today, waits, width)
    if row.due_on is not None:
        lines += [[], [(_("Why here"), "$dim"), (f"  {row.score:.2f}", "bold")]]
        lines += reason_lines(row)
    lines += [[], [(_("Last entries"), "$dim")], *log_lines(card.activities)]
    if not card.activities:
        lines.append([(_("nothing logged yet"), "$dim")])
    return Content("\n").join(Content.assemble(*line) for line in lines)


def reason_lines(row: AgendaRow) -> list[list[Part]]:
    """The weightiest reasons; what is shown adds up to the score."""
    found = sorted((each for each in row.reasons if each.points), key=lambda each: -abs(each.points))
    shown = found if len(found) <= _CAUSES else found[: _CAUSES - 1]
    said = [(each.points, visible(tell(each.message))) for each in shown]
    if len(shown) < len(found):
        rest = sum(each.points for each in found[len(shown) :])
        said.append((rest, keyed(_("the rest; {why} shows all"), "why")))
    return [[(f"{points:>+6.2f}  ".replace("-", "−"), "$dim"), text] for points, text in said]


def _tag_look(card: Card, tag: str) -> str:
    return f"${tag_look(card.tag_colors.get(tag, ''), 'accent')}"


def step_line(card: Card) -> list[Part]:
    """The next step in words: when, what, and whether a person promised it or the rhythm set it."""
    step = card.step
    if step.due_on is None:
        if step.reason:
            return [_("none: {reason}").format(reason=visible(step.reason))]
        return [word("stage", card.customer.stage) if card.customer.stage in ("lost", "paused") else _("none")]
    return [(short_date(step.due_on), "bold"), f"  {visible(what(card.row))}  ", (source(step), "$dim")]


def _traded(card: Card, today: date, waits: Waits, width: int) -> list[list[Part]]:
    """What is open in trade, a line each: quotes, the sample waited for, what is unpaid, goods on the way."""
    trade, owed = card.trade, claims(card.trade, waits)
    quotes = [quote for quote in trade.quotes if quote.status == "open"][:2]
    samples = [sample for sample in trade.samples if awaits_feedback(sample)][:1]
    shipments = [shipment for shipment in trade.shipments if shipment.arrived_on is None][:2]
    facts: list[tuple[str, str, State]] = [
        *(("quote", record_words(quote), state(quote, owed, today, waits)) for quote in quotes),
        *(("sample", record_words(sample), state(sample, owed, today, waits)) for sample in samples),
        *(("payment", "", unpaid) for unpaid in unpaid_words(owed, today)),
        *(("shipment", record_words(shipment), state(shipment, owed, today, waits)) for shipment in shipments),
    ]
    label = max((cell_len(word("record", kind)) + 2 for kind, _words, _stands in facts), default=0)
    return [_fact(fit(word("record", kind), label), words, stands, width - label) for kind, words, stands in facts]


def _fact(label: str, words: str, stands: State, width: int) -> list[Part]:
    text, look = stands
    room = max(0, width - cell_len(text) - 2)
    words = f"{fit(words, min(room, cell_len(words))).rstrip()}  " if words and room > 3 else ""
    return [(label, "$dim"), words, (text, "" if look == "plain" else f"${look}")]


def log_lines(activities: tuple[Activity, ...]) -> list[list[Part]]:
    """Log entries, newest first: day, channel, what was said."""
    return [
        [
            (f"{short_date(entry.happened_at.astimezone().date())}  ", "$dim"),
            (f"{word('channel', entry.channel)}  ", "$dim"),
            entry_words(entry),
        ]
        for entry in activities
    ]


def entry_words(entry: Activity) -> str:
    """What an entry says; a one-key entry says its outcome."""
    return visible(entry.note) or (word("outcome", entry.outcome) if entry.outcome else "–")
