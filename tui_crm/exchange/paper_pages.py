"""What stands on the pages: a customer's card, the agenda of a day, a list of quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tui_crm.code_words import WORDS
from tui_crm.domain.cadence import usual_action, usual_channel
from tui_crm.domain.fields import FIELDS
from tui_crm.domain.money import format_price, format_sum
from tui_crm.domain.rows import AgendaRow
from tui_crm.domain.trade_clocks import expired, quote_value
from tui_crm.domain.values import Activity, Contact, Customer, NextStep, Quote, Trade
from tui_crm.i18n import _, country_name, full_date, ngettext, short_date, tell, word
from tui_crm.record_text import record_text

from .outgoing import OutCustomer
from .paper import BETWEEN, BOX, BY_HAND, Block, Cell, Column, Facts, Page, Ruled, Table

_ENTRIES = 20
"""Entries of the log on a card."""
_LINES = 6
_LONGEST_NOTE = 160
_TO_CALL = ("phone", "whatsapp", "wechat", "email")


# A customer's card ---------------------------------------------------------------------------------------------------


def card_page(out: OutCustomer, today: date) -> Page:
    """Everything about one customer that is of use away from the screen, and room to write."""
    who = out.customer
    blocks: tuple[Block, ...] = (
        Facts(tuple(_facts(who, out.step))), *_people(who.contacts), *_trade(out.trade, today), *_log(out.activities),
        Ruled(_("Notes"), _LINES),
    )  # fmt: skip
    return Page(who.name, BETWEEN.join((*_standing(who), today.isoformat())), blocks)


def _standing(who: Customer) -> Iterator[str]:
    place = ", ".join(part for part in (who.city, country_name(who.country)) if part)
    if place:
        yield place
    yield word("temperature", who.temperature)
    if who.grade:
        yield _("grade {grade}").format(grade=who.grade)
    yield word("stage", who.stage)
    yield from (f"#{tag}" for tag in who.tags)


_IN_THE_HEAD = frozenset({"name", "country", "city", "temperature", "grade", "stage"})


def _facts(who: Customer, step: NextStep) -> Iterator[tuple[str, str]]:
    yield _("Next"), _next_words(who.temperature, step)
    for field in FIELDS:
        value = str(getattr(who, field.name))
        if value and field.name not in _IN_THE_HEAD:
            yield _(field.label), word(field.name, value) if field.name in WORDS else value
    yield from ((label, value) for label, value in who.custom.items() if value)


def _next_words(temperature: str, step: NextStep) -> str:
    if step.due_on is None:
        return _("no next step") + (f" ({step.reason})" if step.reason else "")
    what = step.action or tell(usual_action(temperature, step.cause))
    return _("{day}, {what}").format(day=short_date(step.due_on), what=what)


def _people(people: Sequence[Contact]) -> Iterator[Table]:
    columns = (Column(_("name"), 28, least=10), Column(_("position"), 27), Column(_("addresses"), 45, least=16))
    if people:
        yield Table(_("People"), columns, tuple(map(_person, people)))


def _person(person: Contact) -> tuple[Cell, ...]:
    standing = [word("rank", person.rank), word("role", person.role)]
    position = BETWEEN.join(part for part in (person.position, *standing) if part)
    reaches = tuple(f"{word('reach', reach.kind)} {reach.value}" for reach in person.reaches)
    return (
        (("★ " if person.main else "") + person.name,),
        (position,),
        ("", *reaches),
    )


def _trade(trade: Trade, today: date) -> Iterator[Table]:
    sections = (
        (_("Quotes"), [expired(quote, today) for quote in trade.quotes]), (_("Samples"), trade.samples),
        (_("PIs"), trade.invoices), (_("Orders"), trade.orders), (_("Payments"), trade.payments),
        (_("Shipments"), trade.shipments),
    )  # fmt: skip
    rows = tuple(((title,), (record_text(record, trade),)) for title, records in sections for record in records)
    if rows:
        yield Table(_("Trade"), (Column("", 14, least=None), Column("", 86)), rows)


def _log(activities: Sequence[Activity]) -> Iterator[Table]:
    rows = tuple(
        ((_day(entry),), (word("channel", entry.channel),), (_said(entry),), (entry.author,))
        for entry in activities[:_ENTRIES]
    )
    columns = (Column("", 13, least=None), Column("", 12, least=None), Column("", 63), Column("", 12))
    older = len(activities) - len(rows)
    foot = (
        (ngettext("{n} older entry is not printed", "{n} older entries are not printed", older),) if older > 0 else ()
    )
    if rows:
        yield Table(_("Log entries"), columns, rows, foot)


def _day(entry: Activity) -> str:
    return f"{entry.happened_at.astimezone():%Y-%m-%d}"


def _said(entry: Activity) -> str:
    return entry.note or (word("outcome", entry.outcome) if entry.outcome else "")


# The day -------------------------------------------------------------------------------------------------------------


def agenda_page(rows: Iterable[tuple[AgendaRow, OutCustomer]], today: date, title: str, left_out: str = "") -> Page:
    """Who to talk to, most urgent first: a box to tick, how to reach whom, what to do, what was last said, and room to write
    down what came of it."""
    columns = (
        Column("", 4, least=None), Column(_("customer"), 34, least=16), Column(_("late"), 6, right=True, least=None),
        Column(_("to do"), 32, least=16), Column(_("note"), 24, least=6),
    )  # fmt: skip
    lines = tuple((BOX, _whom(row, out), (_late(row),), _what(row, out), BY_HAND) for row, out in rows)
    about = (full_date(today), ngettext("{n} customer", "{n} customers", len(lines)))
    return Page(title, BETWEEN.join(about), (Table("", columns, lines),), left_out)


def _whom(row: AgendaRow, out: OutCustomer) -> Cell:
    place = ", ".join(part for part in (row.city, country_name(row.country)) if part)
    standing = BETWEEN.join(part for part in (place, word("temperature", row.temperature), row.grade) if part)
    people = out.customer.contacts
    person = next((one for one in people if one.main), next(iter(people), None))
    return (row.name, standing, *(_called(person, row.channel or usual_channel(row.temperature)) if person else ()))


def _called(person: Contact, channel: str) -> Iterator[str]:
    """A person with the address for the channel to use, and another to fall back on."""
    order = sorted(_TO_CALL, key=lambda kind: kind != channel)
    reaches = [reach.value.replace(" ", "\u00a0") for kind in order for reach in person.reaches if reach.kind == kind]
    yield BETWEEN.join(part for part in (person.name, *dict.fromkeys(reaches[:2])) if part)


def _late(row: AgendaRow) -> str:
    return f"{row.days_late}{'!' if row.overdue else ''}" if row.days_late else ""


def _what(row: AgendaRow, out: OutCustomer) -> Cell:
    what = row.next_action or tell(usual_action(row.temperature, row.cause))
    channel = word("channel", row.channel or usual_channel(row.temperature))
    last = next(iter(out.activities), None)
    said = (_day(last), _short(_said(last))) if last else ()
    return (what, channel, BETWEEN.join(said))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_NOTE else text[:_LONGEST_NOTE].rstrip() + "…"


# Quotes --------------------------------------------------------------------------------------------------------------


def quotes_page(quotes: Iterable[tuple[Customer, Quote]], today: date, title: str, left_out: str = "") -> Page:
    """Quotes that wait for an answer, with their sums by currency."""
    columns = (
        Column(_("customer"), 24, least=12), Column(_("quoted"), 11, least=None), Column(_("terms"), 16, least=8),
        Column(_("price"), 15, right=True, least=None), Column(_("quantity"), 11, right=True, least=6),
        Column(_("product"), 12, least=6), Column(_("valid until"), 11, least=None),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    sums: dict[str, int] = {}
    for customer, stored in quotes:
        quote = expired(stored, today)
        rows.append(_quote(customer, quote))
        if quote.status == "open" and (value := quote_value(quote)):
            sums[quote.currency] = sums.get(quote.currency, 0) + value
    about = BETWEEN.join((today.isoformat(), ngettext("{n} quote", "{n} quotes", len(rows))))
    foot = tuple(_("sum {sum}").format(sum=format_sum(sums[currency], currency)) for currency in sorted(sums))
    return Page(title, about, (Table("", columns, tuple(rows), foot),), left_out)


def _quote(customer: Customer, quote: Quote) -> tuple[Cell, ...]:
    price = (
        ""
        if quote.price is None
        else format_price(quote.price, quote.currency) + (f"/{quote.unit}" if quote.unit else "")
    )
    count = (
        f"{quote.quantity:,}"
        if quote.quantity
        else _("MOQ {count}").format(count=f"{quote.moq:,}")
        if quote.moq
        else ""
    )
    until = (quote.valid_until.isoformat() if quote.valid_until else "",)
    over = (*until, word("status", quote.status)) if quote.status != "open" else until
    return (
        (customer.name, country_name(customer.country)), (quote.quoted_on.isoformat(),),
        (" ".join(part for part in (quote.incoterm, quote.place) if part),), (price,), (count,), (quote.product,), over,
    )  # fmt: skip
