"""What is derived from a customer's rows: where it stands in the agenda. What it is found by is derived from that (`index`).

Brought up to date inside each operation, for exactly the customers its history says were touched; rebuilt at will.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any

from ..domain.cadence import Situation, next_step
from ..domain.clocks import place_of
from ..domain.messages import N_
from ..domain.names import sort_key
from ..domain.priority import Engine, Money, Standing
from ..domain.trade import estimated_arrival
from ..domain.trade_clocks import awaits_feedback, claims, clocks, open_money
from ..domain.values import NextStep, Sample, Trade
from . import index, open_trade, trade
from .book import instant, instant_text
from .derived import renew
from .rows import QUOTE, SAMPLE, UNPAID, day, marks

if TYPE_CHECKING:
    from .book import Book

_CHUNK = 500


def refresh_touched(book: Book, op_id: int) -> None:
    """Refresh every customer that the operation's history names, and what it is found by."""
    touched = "SELECT DISTINCT customer_id FROM change WHERE op_id = ? AND customer_id IS NOT NULL ORDER BY 1"
    customers = [row[0] for row in book.rows(touched, (op_id,))]
    many = index.count_in(book, customers)
    with index.writing(book, many):
        index.refresh(book, _refreshed(book, op_id, customers), many)


def _refreshed(book: Book, op_id: int, customers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Bring the standings of touched customers up to date, and the words of their logs; those of a portion whose documents are
    to be written anew."""
    elsewhere = f"SELECT 1 FROM change WHERE op_id = ? AND tbl NOT IN ({marks(_NOT_WEIGHED)}) LIMIT 1"
    weighed = bool(book.rows(elsewhere, (op_id, *_NOT_WEIGHED)))
    for at in range(0, len(customers), _CHUNK):
        book.tell(N_("bringing the lists up to date"), at, len(customers))
        chunk = customers[at : at + _CHUNK]
        before = index.shown(book, chunk)
        if weighed:
            _refresh_chunk(book, [customer for customer in chunk if customer not in book.stood])
        yield index.refresh_touched(book, op_id, chunk, before, part=len(customers) > _CHUNK)


_NOT_WEIGHED = ("contact", "reach", "tag", "customer_tag", "custom_field", "attachment", "imported_row")
"""Tables on which no standing rests."""


def put(book: Book, rows: Sequence[tuple[Any, ...]]) -> None:
    """Inside an operation: write the standings, as `standing_row` gives them, of new customers that have neither trade nor a standing."""
    book.run_many(f"INSERT INTO standing ({', '.join(_COLUMNS)}) VALUES ({marks(_COLUMNS)})", rows)
    _keep_places(book, {row[6] for row in rows})
    book.stood.update(row[0] for row in rows)


def _keep_places(book: Book, places: Iterable[str]) -> None:
    book.run_many("INSERT OR IGNORE INTO place VALUES (?)", [(place,) for place in places])


def rebuild(book: Book) -> None:
    """Derive everything anew, for the whole book."""
    refresh(book, [row[0] for row in book.rows("SELECT id FROM customer")])


def reweigh(book: Book) -> None:
    """Bring every weight up to date; nothing else rests on the weights."""
    kinds = book.rows(
        "SELECT DISTINCT s.temperature, c.grade, s.by_hand, s.money FROM standing s JOIN customer c ON c.id = s.customer_id"
    )
    book.run("CREATE TEMP TABLE IF NOT EXISTS weighed (temperature, grade, by_hand, money, weight, "
             "PRIMARY KEY (temperature, grade, by_hand, money))")  # fmt: skip
    book.run("DELETE FROM weighed")
    book.run_many(
        "INSERT INTO weighed VALUES (?, ?, ?, ?, ?)", [(*kind, weight_of(book.engine, *kind)) for kind in kinds]
    )
    book.go_on()
    book.run(
        "UPDATE standing SET weight = w.weight FROM customer c, weighed w WHERE c.id = customer_id AND "
        "w.temperature = standing.temperature AND w.grade = c.grade AND w.by_hand = standing.by_hand AND "
        "w.money = standing.money AND standing.weight <> w.weight"
    )


def weight_of(engine: Engine, temperature: str, grade: str, by_hand: int, money: int) -> int:
    """The weight of a customer that stands so; `money` as `standing` has it."""
    table = Money(bool(money & QUOTE), bool(money & UNPAID), bool(money & SAMPLE))
    return engine.weight(Standing(temperature, grade, NextStep(None, by_hand=bool(by_hand)), table))


def refresh(book: Book, customers: Sequence[int]) -> None:
    """Bring the standings of these customers up to date."""
    for at in range(0, len(customers), _CHUNK):
        book.tell(N_("bringing the lists up to date"), at, len(customers))
        _refresh_chunk(book, customers[at : at + _CHUNK])


_FACTS = """
SELECT c.id, c.name, c.country, c.city, c.zone, c.owner, c.grade, c.temperature, c.stage, c.archived, c.paused_until,
  c.created_on, n.due_on, n.action, n.channel, n.reason, n.id IS NOT NULL,
  (SELECT max(happened_at) FROM activity a WHERE a.customer_id = c.id), n.set_on
FROM customer c
LEFT JOIN next_step n ON n.customer_id = c.id AND n.status = 'open'
WHERE c.id IN ({marks})
"""


_COLUMNS = (
    "customer_id", "owner", "temperature", "weight", "due_on", "name_key", "place", "latest_on", "by_hand", "estimated",
    "action", "channel", "money", "last_contact_on", "cause", "cause_on", "stage",
)  # fmt: skip
"""Of `standing`, as `standing_row` gives them."""


def _refresh_chunk(book: Book, customers: Sequence[int]) -> None:
    if not customers:
        return
    standings, places = [], set()
    listed: list[tuple[int, Trade, bool]] = []
    traded = trade.of_customers(book, customers)
    for row, standing in _worked_out(book, book.engine, customers, traded):
        customer, trades = row[0], traded.get(row[0], Trade())
        standings.append(standing)
        places.add(standings[-1][6])
        stage = standings[-1][-1]
        if stage:  # not one who is archived
            listed.append((customer, trades, stage == "lost"))
    renew(book, "standing", _COLUMNS, 1, customers, standings)
    _keep_places(book, places)
    money = ((customer, *each) for customer, facts in traded.items() for each in open_money(facts).items())
    renew(book, "open_money", ("customer_id", "currency", "amount"), 2, customers, money)
    open_trade.refresh(book, customers, listed)


def _worked_out(
    book: Book, engine: Engine, customers: Sequence[int], traded: Mapping[int, Trade]
) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """The row of `_FACTS` and the standing of each customer, as this engine has it."""
    for row in book.rows(_FACTS.format(marks=marks(customers)), customers):
        trades = traded.get(row[0], Trade())
        yield row, standing_row(engine, row, trades, partial(contacts_since_arrival, book, row[0]))


def under(book: Book, engine: Engine) -> Iterator[tuple[Any, ...]]:
    """Temperature, grade, by hand, money, place, due date, name key and id of every customer with a next step, as another
    engine would have them; nothing is written."""
    every = [row[0] for row in book.rows("SELECT id FROM customer WHERE NOT archived")]
    for at in range(0, len(every), _CHUNK):
        chunk = every[at : at + _CHUNK]
        for facts, row in _worked_out(book, engine, chunk, trade.of_customers(book, chunk)):
            if row[4] is not None:
                yield row[2], facts[6], row[8], row[12], row[6], row[4], row[5], row[0]


def standing_row(
    engine: Engine, row: tuple[Any, ...], traded: Trade, answered: Callable[[Sample], int]
) -> tuple[Any, ...]:
    """The row of `standing` that follows from a row of `_FACTS` and a customer's trade; `answered` counts the contacts since
    a sample arrived."""
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
        answered=answered(sample) if temperature == "sample" and sample else 0,
        paused_until=day(paused_until),
        archived=bool(archived),
        clocks=clocks(traded, engine.waits),
    )
    step = next_step(situation, engine.rhythms)
    money = Money(
        any(quote.status == "open" for quote in traded.quotes),
        bool(claims(traded)),
        sample is not None and awaits_feedback(sample),
    )
    weight = engine.weight(Standing(temperature, grade, step, money))
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


def local_day(instant_utc: str | None) -> date | None:
    """The day, on this machine's calendar, of a stored instant."""
    return instant(instant_utc).astimezone().date() if instant_utc else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
