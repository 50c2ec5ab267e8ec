"""Write a large seeded book: `python bench/make_book.py --customers 100000 --db bench/books/100k.db`.

The rows are those a user's work would leave behind, and everything derived (standings, both word indexes) is made by the
store's own functions. Only the history differs: its triggers are taken off while the book is filled and put back at the
end, so the book's history begins with a single operation that says so. The same arguments give the same book.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import book_words as names

from tui_crm import demo_data as words
from tui_crm.config import Settings
from tui_crm.domain.cadence import RHYTHMS
from tui_crm.domain.countries import country
from tui_crm.domain.messages import N_, Message
from tui_crm.domain.names import company_key
from tui_crm.domain.values import Reach
from tui_crm.domain.vocabulary import KINDS, OUTCOMES, RANKS, ROLES, SOURCES, fold
from tui_crm.store import index, standing
from tui_crm.store.book import Book
from tui_crm.store.migrations import install_history
from tui_crm.store.writing import match_key
from tui_crm.usecases.session import open_session

TODAY = date(2026, 11, 23)
"""The day a book is made for unless another is named, so that it does not depend on when it was made."""

_BATCH = 5_000
_NOTES = 4_000
_OWNER = "mei"
_CHINESE_SHARE, _DUE_SHARE, _OUT_SHARE = 0.45, 0.32, 0.06

_FILLING = {
    "journal_mode": "off",
    "synchronous": "off",
    "secure_delete": "off",
    "foreign_keys": "off",
    "temp_store": "file",
    "cache_size": -400_000,
}
_COLUMNS = {
    "customer": "id uid name company_key country city kind buys website source grade temperature stage owner lost_reason"
    " paused_until archived created_on",
    "contact": "id uid customer_id name position main rank role",
    "reach": "customer_id contact_id kind value match_key",
    "activity": "id uid customer_id happened_at channel note stage outcome author",
    "next_step": "customer_id due_on action author set_on",
    "customer_tag": "customer_id tag_id",
    "quote": "uid customer_id quoted_on currency price incoterm place moq status",
    "sample": "uid customer_id specs courier tracking shipped_on arrived_on feedback",
    "invoice": "id uid customer_id number sent_on currency amount status",
    "sales_order": "id uid customer_id number kind ordered_on currency amount deposit terms balance_due_on product invoice_id status",
    "payment": "uid customer_id paid_on currency amount kind order_id",
    "shipment": "uid customer_id mode from_port to_port departs_on transit_days arrives_on arrived_on order_id",
}

_SCATTERED = (
    "customer_company_key",
    "reach_match_key",
    "standing_agenda",
    "standing_last",
    "standing_name",
    "standing_stage",
)
"""Indexes whose entries come in no order; they are built at the end, which is faster and leaves them compact."""

# Temperature, share, and the stages it goes with.
_MIX = (
    ("hot", 0.08, ("qualified", "quoted", "negotiating")),
    ("sample", 0.05, ("sampling",)),
    ("potential", 0.32, ("contacted", "qualified", "quoted")),
    ("existing", 0.20, ("ordered", "repeat")),
    ("cold", 0.35, ("contacted", "contacted", "quoted")),
)
_SHARES = [share for _temperature, share, _stages in _MIX]
_GRADES, _GRADE_SHARES = ("S", "A", "B", "C", "E", ""), (2, 10, 25, 35, 18, 10)


class Note(NamedTuple):
    """A log entry as it comes back again and again."""

    channel: str
    text: str
    stage: str
    outcome: str


class Place(NamedTuple):
    """Where customers are, the end of their names, and the beginning of their phone numbers."""

    country: str
    city: str
    form: str
    dial: str


class _Fate(NamedTuple):
    """How a customer stands on the day of the book: when it was last contacted, and what is promised."""

    temperature: str
    stage: str
    last: date
    promised: date | None
    paused_until: date | None


def main() -> None:
    """Read the arguments, write the book, say how long each part took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, required=True)
    parser.add_argument("--db", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--activities", type=int, default=10, help="log entries of each customer")
    parser.add_argument("--today", type=date.fromisoformat, default=TODAY, help=f"the day it is made for ({TODAY})")
    given = parser.parse_args()
    if given.db.exists():
        sys.exit(f"{given.db} exists already; remove it first")
    make_book(given.db, given.customers, given.activities, given.today, given.seed)


def make_book(path: Path, customers: int, activities: int = 10, today: date = TODAY, seed: int = 1) -> None:
    """Write a book of this many customers to `path`, which must not exist yet."""
    begun = time.perf_counter()
    open_session(path, Settings()).close()  # else the first to open it would weigh everybody anew
    book = Book(path, Settings().engine)
    for name, value in _FILLING.items():
        book.rows(f"PRAGMA {name} = {value}")
    indexes = _take_off(book)
    _fill(book, random.Random(seed), customers, activities, today)
    index.optimize(book)
    for sql in indexes:
        book.run(sql)
    install_history(book.connection)
    book.close()  # the settings for filling go with the connection
    morning = datetime.combine(today, datetime.min.time(), UTC)
    with book.operation(_OWNER, morning, Message(N_("Filled with {count} customers"), {"count": customers})):
        pass
    book.close()
    print(f"{path}: {path.stat().st_size / 1e6:,.0f} MB in {time.perf_counter() - begun:,.0f} s")


def _take_off(book: Book) -> list[str]:
    """Drop the history triggers and the scattered indexes; returns the SQL of the indexes."""
    for (trigger,) in book.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        book.run(f"DROP TRIGGER {trigger}")
    taken = [book.value("SELECT sql FROM sqlite_master WHERE name = ?", (name,)) for name in _SCATTERED]
    for name in _SCATTERED:
        book.run(f"DROP INDEX {name}")
    return taken


def _fill(book: Book, rng: random.Random, customers: int, activities: int, today: date) -> None:
    notes = sample_notes(rng)
    chinese, others = sample_places(rng)
    tags = [tag for pair in words.TAGS for tag in pair]
    book.run_many("INSERT INTO tag (id, name, key) VALUES (?, ?, ?)", [(i, t, fold(t)) for i, t in enumerate(tags, 1)])
    for first in range(1, customers + 1, _BATCH):
        ids = range(first, min(first + _BATCH, customers + 1))
        rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in _COLUMNS}
        for customer in ids:
            place = rng.choice(chinese if rng.random() < _CHINESE_SHARE else others)
            fate = _fate(rng, today)
            _who(rows, rng, customer, place, fate, len(tags), activities)
            _log(rows, rng, customer, fate, notes, activities)
            _trade(rows, rng, customer, fate)
        book.run("BEGIN")
        for table, columns in _COLUMNS.items():
            names = columns.split()
            marks = ",".join("?" * len(names))
            book.run_many(f"INSERT INTO {table} ({','.join(names)}) VALUES ({marks})", rows[table])
        standing.refresh(book, ids)
        index.refresh(book, [ids], len(ids))
        index.add_notes(book, _said(rows["activity"]))
        book.run("COMMIT")
        if first // 100_000 != (first + _BATCH) // 100_000:
            print(f"{ids.stop - 1:,} customers", flush=True)


# What there is to choose from ---------------------------------------------------------------------------------------


def sample_places(rng: random.Random) -> tuple[list[Place], list[Place]]:
    """Chinese places, and places in 35 countries elsewhere."""
    chinese = [Place(text[:2], text[2:], names.CHINESE_FORM, _dial(text[:2])) for text in names.CHINESE_PLACES]
    elsewhere = {c.country: c for c in words.COMPANIES if not c.chinese}
    others = [Place(c.country, c.city, names.FORMS.get(c.country, "Ltd"), _dial(c.country)) for c in elsewhere.values()]
    return chinese, rng.sample(others, 35)


def _dial(code: str) -> str:
    land = country(code)
    assert land
    return land.dial


def sample_notes(rng: random.Random) -> list[Note]:
    """The entries all logs are made of: a quarter are one-key outcomes without a word."""
    notes = []
    for _ in range(_NOTES):
        if rng.random() < 0.25:
            notes.append(Note("phone", "", "contacted", rng.choice(OUTCOMES)))
            continue
        stage = rng.choice(list(words.LINES))
        language = rng.randrange(2)
        text = rng.choice(words.LINES[stage]).said[language].format_map(_fillings(rng, language))
        channel = rng.choice(("email", "email", "whatsapp", "wechat", "phone", "video", "linkedin"))
        notes.append(Note(channel, text, "contacted" if stage == "cold" else stage, ""))
    return notes


def _fillings(rng: random.Random, language: int) -> dict[str, str]:
    quantity = rng.choice((500, 1000, 3000, 5000, 12000))
    company = rng.choice(words.COMPANIES)
    return {
        "product": rng.choice(words.PRODUCTS)[language],
        "product2": rng.choice(words.PRODUCTS)[language],
        "qty": f"{quantity:,}",
        "moq": f"{quantity // 5:,}",
        "amount": f"{rng.randrange(900, 90_000):,}",
        "deposit": f"{rng.randrange(300, 30_000):,}",
        "balance": f"{rng.randrange(600, 60_000):,}",
        "pi": f"{TODAY - timedelta(rng.randrange(400)):%Y%m%d}-A",
        "person": company.person.split()[0],
        "city": company.city,
    }


# One customer -------------------------------------------------------------------------------------------------------

Rows = dict[str, list[tuple[object, ...]]]


def _fate(rng: random.Random, today: date) -> _Fate:
    """Due today or late by up to some months for three in ten, later for the rest; some are lost or paused."""
    temperature, _share, stages = rng.choices(_MIX, _SHARES)[0]
    out = rng.random()
    if out < _OUT_SHARE:
        last = today - timedelta(rng.randrange(5, 200))
        paused = out < _OUT_SHARE / 3
        return _Fate(temperature, "paused" if paused else "lost", last, None, today + timedelta(20) if paused else None)
    late = rng.random() < _DUE_SHARE
    due = today + timedelta(-min(int(rng.expovariate(1 / 12)), 180) if late else 1 + int(rng.expovariate(1 / 9)))
    last = due - timedelta(RHYTHMS[temperature].ideal)
    if last >= today or rng.random() < 0.3:
        return _Fate(temperature, rng.choice(stages), min(due, today) - timedelta(rng.randrange(1, 9)), due, None)
    return _Fate(temperature, rng.choice(stages), last, None, None)


def _who(rows: Rows, rng: random.Random, customer: int, place: Place, fate: _Fate, tags: int, activities: int) -> None:
    chinese = place.form == names.CHINESE_FORM
    name, site = _company(rng, customer, place, chinese)
    rows["customer"].append((
        customer, f"{customer:016x}", name, company_key(name), place.country, place.city, rng.choice(KINDS),
        rng.choice(words.PRODUCTS)[chinese], f"https://www.{site}", rng.choice(SOURCES),
        rng.choices(_GRADES, _GRADE_SHARES)[0], fate.temperature, fate.stage, _OWNER,
        "price" if fate.stage == "lost" else "", fate.paused_until and fate.paused_until.isoformat(), rng.random() < 0.02,
        (fate.last - timedelta(14 * activities)).isoformat(),
    ))  # fmt: skip
    person, mailbox = sample_person(rng, chinese)
    position, rank, role = "采购" if chinese else "Buyer", rng.choice(("", *RANKS)), rng.choice(("", "", *ROLES))
    rows["contact"].append((customer, f"{customer:016x}", customer, person, position, 1, rank, role))
    phone = f"+{place.dial} {rng.randrange(20, 90)} 5550 {customer % 10_000:04}"
    for reach in (Reach("email", f"{mailbox}@{site}"), Reach("phone", phone)):
        rows["reach"].append((customer, customer, reach.kind, reach.value, match_key(reach)))
    for tag in rng.sample(range(1, tags + 1), rng.choice((0, 1, 1, 2, 3))):
        rows["customer_tag"].append((customer, tag))


def _company(rng: random.Random, customer: int, place: Place, chinese: bool) -> tuple[str, str]:
    """A name, most of them different, and a web address, each different."""
    if chinese:
        brand = rng.choice(names.CHINESE_BRAND) + rng.choice(names.CHINESE_BRAND)
        city = f"{place.city}市" if place.country == "CN" else place.city
        return f"{city}{brand}{rng.choice(names.CHINESE_TRADES)}{place.form}", f"brand{customer}.example"
    first, second = rng.choice(names.ADJECTIVES), rng.choice(names.NOUNS)
    return f"{first} {second} {rng.choice(names.LAST_NAMES)} {place.form}", f"{first}{second}{customer}.example".lower()


def sample_person(rng: random.Random, chinese: bool) -> tuple[str, str]:
    """A name, and what stands before the @."""
    if chinese:
        return "".join(map(rng.choice, (names.CHINESE_FAMILY, names.CHINESE_GIVEN, names.CHINESE_GIVEN))), "sales"
    first, last = rng.choice(names.FIRST_NAMES), rng.choice(names.LAST_NAMES)
    return f"{first} {last}", f"{first}.{last}".lower()


def _log(rows: Rows, rng: random.Random, customer: int, fate: _Fate, notes: list[Note], activities: int) -> None:
    """The log up to the last contact, oldest first, and what was promised then."""
    first = (customer - 1) * activities + 1
    day = fate.last - timedelta(14 * (activities - 1))
    for number in range(first, first + activities):
        note = notes[int(rng.random() * len(notes))]
        at = f"{day.isoformat()}T{1 + number % 8:02}:{number % 60:02}:00.000Z"
        rows["activity"].append(
            (number, f"{number:016x}", customer, at, note.channel, note.text, note.stage, note.outcome, _OWNER)
        )
        day += timedelta(14)
    if fate.promised:
        rows["next_step"].append(
            (
                customer,
                fate.promised.isoformat(),
                "send offer" if customer % 2 else "寄样品",
                _OWNER,
                fate.last.isoformat(),
            )
        )


def _said(entries: list[tuple[object, ...]]) -> list[tuple[int, list[str]]]:
    """By customer the notes that say something."""
    said: dict[int, list[str]] = {}
    for _number, _uid, customer, _at, _channel, note, *_rest in entries:
        if note:
            said.setdefault(int(str(customer)), []).append(str(note))
    return list(said.items())


def _trade(rows: Rows, rng: random.Random, customer: int, fate: _Fate) -> None:
    uid, quoted = f"{customer:016x}", fate.last - timedelta(rng.randrange(1, 20))
    if fate.stage in ("quoted", "negotiating") or rng.random() < 0.1:
        price = rng.randrange(5_000, 90_000, 100)
        status = "open" if fate.stage in ("quoted", "negotiating") else "expired"
        rows["quote"].append((uid, customer, quoted.isoformat(), "USD", price, "FOB", "Ningbo", 1000, status))
    if fate.temperature == "sample":
        shipped = (fate.last + timedelta(1)).isoformat()
        arrived = (fate.last + timedelta(6)).isoformat() if rng.random() < 0.6 else None
        feedback = "colour is fine, lid too tight" if arrived and rng.random() < 0.4 else ""
        rows["sample"].append((uid, customer, "3 pcs", "DHL", f"{customer:010}", shipped, arrived, feedback))
    if fate.stage in ("ordered", "repeat"):
        _order(rows, rng, customer, fate)


def _order(rows: Rows, rng: random.Random, customer: int, fate: _Fate) -> None:
    """An order with its PI; deposit and balance are paid and the goods have arrived, for most."""
    uid, ordered = f"{customer:016x}", fate.last - timedelta(rng.randrange(20, 90))
    amount = rng.randrange(90_000, 9_000_000, 100)
    deposit, leaves = amount * 3 // 10, ordered + timedelta(35)
    arrives = leaves + timedelta(30)
    settled = leaves < fate.last and rng.random() < 0.9
    rows["invoice"].append((customer, uid, customer, f"PI{ordered:%Y%m%d}", ordered.isoformat(), "USD", amount, "open"))
    rows["sales_order"].append((
        customer, uid, customer, f"{ordered:%y%m}-{customer}", rng.choice(("trial", "regular")), ordered.isoformat(), "USD",
        amount, deposit, "T/T", leaves.isoformat(), rng.choice(words.PRODUCTS)[0], customer, "open",
    ))  # fmt: skip
    paid = [(ordered + timedelta(5), deposit, "deposit")] + [(leaves, amount - deposit, "balance")] * settled
    rows["payment"] += [
        (f"{uid}{kind}", customer, day.isoformat(), "USD", sum_, kind, customer) for day, sum_, kind in paid
    ]
    if settled:
        arrived = arrives.isoformat() if arrives < fate.last else None
        rows["shipment"].append((uid, customer, "sea", "Ningbo", "Hamburg", leaves.isoformat(), 30, arrives.isoformat(), arrived,
                                 customer))  # fmt: skip


if __name__ == "__main__":
    main()
