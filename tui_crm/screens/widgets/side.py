"""The pane beside the list: what was said last, what comes next, why the customer is here."""

from __future__ import annotations

from textual.content import Content

from ...domain.money import format_price
from ...domain.text import visible
from ...domain.trade import estimated_arrival
from ...domain.values import Activity, Quote, Sample
from ...i18n import _, country_name, short_date, tell, word
from ...usecases.cards import Card
from .lines import joined, what

Part = str | tuple[str, str] | Content


def brief(card: Card, width: int) -> Content:
    """A customer in brief, top down in the order a rep needs it before calling."""
    customer, row = card.customer, card.row
    lines: list[list[Part]] = [[(visible(customer.name), "bold")]]
    place = [visible(customer.city), country_name(customer.country)]
    standing = [word("temperature", customer.temperature), customer.grade, word("stage", customer.stage)]
    lines.append([joined([p for p in (*place, *standing) if p], width)])
    people = [p for p in customer.contacts if p.main] or list(customer.contacts)
    if people:
        lines.append([(joined([visible(p) for p in (people[0].name, people[0].position) if p], width), "$dim")])
        lines.append([(joined([visible(reach.value) for reach in people[0].reaches], width), "$primary")])
    if customer.tags:
        lines.append([(visible(" ".join(f"#{tag}" for tag in customer.tags)), "$accent")])
    lines += [[], [(_("Next"), "$dim")], step_line(card)]
    lines += [[f"  {quote_words(quote)}"] for quote in card.trade.quotes[:2] if quote.status == "open"]
    lines += [[f"  {sample_words(sample)}"] for sample in card.trade.samples[:1] if not sample.feedback]
    if row.due_on is not None:
        lines += [[], [(_("Why here"), "$dim"), (f"  {row.score:.2f}", "bold")]]
        best = sorted(row.reasons, key=lambda reason: -abs(reason.points))[:3]
        lines += [[(f"{reason.points:>+6.2f}  ", "$dim"), visible(tell(reason.message))] for reason in best]
    lines += [[], [(_("Last entries"), "$dim")], *log_lines(card.activities)]
    if not card.activities:
        lines.append([(_("nothing logged yet"), "$dim")])
    return Content("\n").join(Content.assemble(*line) for line in lines)


def step_line(card: Card) -> list[Part]:
    """The next step in words: when, what, and whether a person promised it or the rhythm set it."""
    step = card.step
    if step.due_on is None:
        if step.reason:
            return [_("none: {reason}").format(reason=visible(step.reason))]
        return [word("stage", card.customer.stage) if card.customer.stage in ("lost", "paused") else _("none")]
    how = _("promised") if step.by_hand else _("estimated from the sample") if step.estimated else _("by rhythm")
    return [(short_date(step.due_on), "bold"), f"  {visible(what(card.row))}  ", (how, "$dim")]


def quote_words(quote: Quote) -> str:
    """A quote on one line: `FOB Shenzhen USD 0.86 / pc, MOQ 5000`."""
    price = format_price(quote.price, quote.currency) if quote.price is not None else quote.currency
    text = " ".join(p for p in (quote.incoterm, visible(quote.place), price) if p)
    text += f"/{visible(quote.unit)}" if quote.unit else ""
    return text + (f", MOQ {quote.moq}" if quote.moq else "")


def sample_words(sample: Sample) -> str:
    """A sample on one line, with its arrival or the estimate of it."""
    parts = [_("sample"), visible(sample.courier), visible(sample.tracking), visible(sample.specs)]
    estimate = estimated_arrival(sample)
    if sample.arrived_on:
        parts.append(_("arrived {day}").format(day=short_date(sample.arrived_on)))
    elif estimate:
        parts.append(_("arrives about {day}").format(day=short_date(estimate)))
    return " ".join(p for p in parts if p)


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
