"""What is derived from a customer's rows: where it stands in the agenda, and the words it is found by.

Brought up to date inside each operation, for exactly the customers its history says were touched; rebuilt at will.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from ..domain.cadence import Situation, next_step
from ..domain.clocks import place_of
from ..domain.names import index_terms, phone_terms, sort_key
from ..domain.priority import Money, Standing
from ..domain.trade import estimated_arrival
from ..domain.trade_clocks import awaits_feedback, claims, clocks, open_money
from ..domain.values import NextStep, Sample, Trade
from . import trade
from .book import instant, instant_text
from .rows import QUOTE, SAMPLE, UNPAID, day

if TYPE_CHECKING:
    from .book import Book

_CHUNK = 500


def refresh_touched(book: Book, op_id: int) -> None:
    """Refresh every customer and note that the operation's history names."""
    customers = [
        row[0]
        for row in book.rows(
            "SELECT DISTINCT customer_id FROM change WHERE op_id = ? AND customer_id IS NOT NULL", (op_id,)
        )
    ]
    notes = [
        row[0] for row in book.rows("SELECT DISTINCT row_id FROM change WHERE op_id = ? AND tbl = 'activity'", (op_id,))
    ]
    renamed = [
        row[0]
        for row in book.rows(
            "SELECT DISTINCT ct.customer_id FROM change JOIN customer_tag ct ON ct.tag_id = change.row_id WHERE op_id = ? AND tbl = 'tag'",
            (op_id,),
        )
    ]
    refresh(book, sorted({*customers, *renamed}))
    refresh_notes(book, notes)


def rebuild(book: Book) -> None:
    """Derive everything anew, for the whole book."""
    refresh(book, [row[0] for row in book.rows("SELECT id FROM customer")])


def refresh(book: Book, customers: Sequence[int]) -> None:
    """Bring the standings and search words of these customers up to date."""
    for at in range(0, len(customers), _CHUNK):
        _refresh_chunk(book, customers[at : at + _CHUNK])


_FACTS = """
SELECT c.id, c.name, c.country, c.city, c.zone, c.owner, c.grade, c.temperature, c.stage, c.archived, c.paused_until,
  c.created_on, n.due_on, n.action, n.channel, n.reason, n.id IS NOT NULL,
  (SELECT max(happened_at) FROM activity a WHERE a.customer_id = c.id), n.set_on
FROM customer c
LEFT JOIN next_step n ON n.customer_id = c.id AND n.status = 'open'
WHERE c.id IN ({marks})
"""


def _refresh_chunk(book: Book, customers: Sequence[int]) -> None:
    marks = ",".join("?" * len(customers))
    standings, places = [], set()
    traded = trade.of_customers(book, customers)
    for row in book.rows(_FACTS.format(marks=marks), customers):
        standings.append(_standing_row(book, row, traded.get(row[0], Trade())))
        places.add(standings[-1][6])
    book.run(f"DELETE FROM standing WHERE customer_id IN ({marks})", customers)
    book.run_many(f"INSERT INTO standing VALUES ({','.join('?' * 17)})", standings)
    book.run_many("INSERT OR IGNORE INTO place VALUES (?)", [(place,) for place in places])
    book.run(f"DELETE FROM open_money WHERE customer_id IN ({marks})", customers)
    book.run_many(
        "INSERT INTO open_money VALUES (?, ?, ?)",
        [(customer, *money) for customer, facts in traded.items() for money in open_money(facts).items()],
    )
    book.run(f"DELETE FROM find_customer WHERE rowid IN ({marks})", customers)
    book.run_many("INSERT INTO find_customer (rowid, terms) VALUES (?, ?)", _search_words(book, customers, marks))


def _standing_row(book: Book, row: tuple[Any, ...], traded: Trade) -> tuple[object, ...]:
    (customer, name, country, city, zone, owner, grade, temperature, stage, archived, paused_until, created_on,
     due_on, action, channel, reason, promised, last_at, set_on) = row  # fmt: skip
    sample = next(iter(traded.samples), None)
    last_on = local_day(last_at)
    situation = Situation(
        temperature=temperature,
        stage=stage,
        created_on=date.fromisoformat(created_on),
        last_contact_on=last_on,
        promise=NextStep(day(due_on), action, channel, due_on is not None, reason=reason, set_on=day(set_on))
        if promised
        else None,
        sample=sample,
        answered=contacts_since_arrival(book, customer, sample) if temperature == "sample" and sample else 0,
        paused_until=day(paused_until),
        archived=bool(archived),
        clocks=clocks(traded, book.engine.waits),
    )
    step = next_step(situation, book.engine.rhythms)
    money = Money(
        any(quote.status == "open" for quote in traded.quotes),
        bool(claims(traded)),
        sample is not None and awaits_feedback(sample),
    )
    weight = book.engine.weight(Standing(temperature, grade, step, money))
    return (customer, owner, temperature, weight, _iso(step.due_on), sort_key(name), place_of(country, city, zone),
            _iso(step.latest_on), step.by_hand, step.estimated, step.action, step.channel,
            QUOTE * money.open_quote + UNPAID * money.unpaid + SAMPLE * money.sample_waiting, _iso(last_on),
            step.cause, _iso(step.cause_on), "" if archived else stage)  # fmt: skip


def contacts_since_arrival(book: Book, customer: int, sample: Sample, unsaved: date | None = None) -> int:
    """Log entries on or after the day a sample arrived, or is thought to have arrived; one on the day `unsaved` counts
    as if it were saved already."""
    arrival = sample.arrived_on or estimated_arrival(sample)
    if arrival is None:
        return 0
    since = instant_text(datetime.combine(arrival, time()).astimezone(UTC))
    saved = int(
        book.value("SELECT count(*) FROM activity WHERE customer_id = ? AND happened_at >= ?", (customer, since))
    )
    return saved + (unsaved is not None and unsaved >= arrival)


def _search_words(book: Book, customers: Sequence[int], marks: str) -> list[tuple[int, str]]:
    """The text each customer is found by: names, people, addresses, tags, and what they buy and need."""
    found: dict[int, list[str]] = {}
    for customer, custom, *texts in book.rows(
        f"SELECT id, custom, name, city, industry, buys, website, needs, remarks FROM customer WHERE id IN ({marks})",
        customers,
    ):
        found[customer] = [t for t in texts if t] + [v for v in json.loads(custom).values() if v]
    for customer, *texts in book.rows(
        f"SELECT customer_id, name, position FROM contact WHERE customer_id IN ({marks})", customers
    ):
        found[customer] += [t for t in texts if t]
    for customer, name in book.rows(
        f"SELECT ct.customer_id, t.name FROM customer_tag ct JOIN tag t ON t.id = ct.tag_id WHERE ct.customer_id IN ({marks})",
        customers,
    ):
        found[customer].append(name)
    terms = {customer: [index_terms(" \n ".join(texts))] for customer, texts in found.items()}
    for customer, kind, value in book.rows(
        f"SELECT customer_id, kind, value FROM reach WHERE customer_id IN ({marks})", customers
    ):
        if customer in terms:
            terms[customer].append(phone_terms(value) if kind in ("phone", "whatsapp") else index_terms(value))
    return [(customer, " ".join(words)) for customer, words in terms.items()]


def refresh_notes(book: Book, notes: Iterable[int]) -> None:
    """Bring the search words of these log entries up to date."""
    ids = list(notes)
    for at in range(0, len(ids), _CHUNK):
        chunk = ids[at : at + _CHUNK]
        marks = ",".join("?" * len(chunk))
        book.run(f"DELETE FROM find_note WHERE rowid IN ({marks})", chunk)
        rows = book.rows(f"SELECT id, note FROM activity WHERE id IN ({marks})", chunk)
        book.run_many(
            "INSERT INTO find_note (rowid, terms) VALUES (?, ?)", [(i, index_terms(note)) for i, note in rows]
        )


def local_day(instant_utc: str | None) -> date | None:
    """The day, on this machine's calendar, of a stored instant."""
    return instant(instant_utc).astimezone().date() if instant_utc else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
