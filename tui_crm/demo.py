"""The example book: 120 invented customers dated relative to today, made through the verbs a user has."""

from __future__ import annotations

import os
import random
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from . import demo_data as data
from .config import Settings
from .domain.cadence import Rhythm
from .domain.countries import country
from .domain.messages import Message, N_, Problem
from .domain.trade import COURIER_DAYS
from .domain.values import Contact, Customer, Reach, Sample
from .domain.vocabulary import PIPELINE, STAGE_ALIASES, TEMPERATURE_ALIASES
from .store import writing
from .usecases import customers, logging, planning
from .usecases.session import Clock, Session, open_session

SEED = 20_260
MOST_ENTRIES = 12

Text = tuple[str, str]
"""The same in English and in Chinese."""
_Due = tuple[int | None, ...]

# Temperature, stages in turn, and for each customer the day it is due, counted from today.
_FATES: tuple[tuple[str, tuple[str, ...], _Due], ...] = (
    ("potential", ("new",), (-2, -1, -1)),
    ("hot", ("quoted", "negotiating", "qualified"), (-9, -4, -3, -2, -1, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 5, 6, 8, 10, 12)),
    (
        "potential",
        ("contacted", "qualified", "quoted"),
        (-26, -12, -6, -3, -1, 0, 0, 0, 1, 1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 5, 6, 6, 6, 7, 8, 9, 11, 13, 16),
    ),
    (
        "cold",
        ("contacted", "quoted"),
        (-41, -18, -7, 0, 0, 1, 2, 2, 3, 4, 5, 5, 6, 7, 8, 9, 9, 10, 11, 12, 13, 13, 14, 21, 28),
    ),
    ("existing", ("ordered", "repeat"), (-33, -10, -2, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 17, 24)),
    ("sample", ("sampling",), (-8, -3, 0, 0, 1, 2, 3, 4, 5, 6)),
    ("cold", ("lost",), (None,) * 8),
    ("potential", ("paused",), (7, 18, 32, 60, None)),
)
_GRADE_ODDS = {"hot": (3, 8, 6, 2, 1), "existing": (4, 7, 6, 3, 0), "cold": (0, 1, 5, 7, 6)}
_ENTRIES_PER_STAGE = {1: (3, 5), 2: (2, 4), 3: (1, 4), 4: (1, 3)}


class Act(NamedTuple):
    """Something done at an instant to one customer, which is named by its place in the list."""

    at: datetime
    customer: int
    do: Callable[[Session, int], object]


@dataclass(frozen=True)
class _StoppedClock(Clock):
    """A clock that stands at one instant of the past."""

    at: datetime = field(kw_only=True)

    def today(self) -> date:
        return self.at.astimezone().date()

    def now(self) -> datetime:
        return self.at


@dataclass(frozen=True, slots=True)
class _Plan:
    """One customer's company and fate; `due` counts days from today."""

    number: int
    company: data.Company
    temperature: str
    stage: str
    due: int | None


def ensure_demo(path: Path, settings: Settings, clock: Clock) -> None:
    """Have an example book of the clock's day at `path`: one of another day is made anew, changes in it included.

    Raises Problem when the file there is no example book, is in use, or cannot be written.
    """
    today = clock.today()
    if path.exists() and _day_of(path, settings) == today.isoformat():
        return
    fresh = path.with_name(f".{path.name}.{os.getpid()}.demo")
    try:
        _make(fresh, settings, today)
        _put_in_place(fresh, path)
    finally:
        for leftover in _files(fresh):
            leftover.unlink(missing_ok=True)


def acts(today: date, rhythms: Mapping[str, Rhythm]) -> tuple[list[Customer], list[Act]]:
    """The customers and all that happens to them up to yesterday, in order of time; the same for the same day."""
    rng = random.Random(SEED)
    plans = _plans(rng)
    people = [_customer(plan, rng) for plan in plans]
    happened = [act for plan in plans for act in _life(plan, today, rhythms, rng)]
    return people, sorted(happened, key=lambda act: act.at)


def _make(path: Path, settings: Settings, today: date) -> None:
    session = open_session(path, settings)
    try:
        session.book.run("PRAGMA synchronous = off")  # a thousand small operations; the whole file is synced once
        people, happened = acts(today, settings.cadence)
        ids: dict[int, int] = {}
        for act in happened:
            then = replace(session, clock=_StoppedClock(at=act.at))
            if act.customer not in ids:
                ids[act.customer] = customers.add_customer(then, people[act.customer]).id
            act.do(then, ids[act.customer])
        session.book.run("INSERT INTO meta VALUES ('example_day', ?)", (today.isoformat(),))
    finally:
        session.close()
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _day_of(path: Path, settings: Settings) -> str:
    session = open_session(path, settings)
    try:
        day: str | None = session.book.value("SELECT value FROM meta WHERE key = 'example_day'")
    finally:
        session.close()
    if day is None:
        raise Problem(N_("{file} is not the example book; nothing in it was touched. Move it away first."), file=path)
    return day


def _put_in_place(fresh: Path, path: Path) -> None:
    """Swap the files. A write-ahead log left behind would be read into the new book, so it goes first."""
    try:
        for old in _files(path)[1:]:
            old.unlink(missing_ok=True)
        fresh.replace(path)
    except OSError as error:
        raise Problem(N_("The example book {file} cannot be renewed; is it open in another window?"), file=path) from error


def _files(path: Path) -> list[Path]:
    return [path, Path(f"{path}-wal"), Path(f"{path}-shm")]


def _plans(rng: random.Random) -> list[_Plan]:
    fates = [
        (temperature, stages[i % len(stages)], due)
        for temperature, stages, days in _FATES
        for i, due in enumerate(days)
    ]
    companies = rng.sample(data.COMPANIES, len(fates))
    return [_Plan(i, company, *fate) for i, (company, fate) in enumerate(zip(companies, fates, strict=True))]


# Who ----------------------------------------------------------------------------------------------------------------


def _customer(plan: _Plan, rng: random.Random) -> Customer:
    company = plan.company
    odds = _GRADE_ODDS.get(plan.temperature, (1, 4, 7, 5, 2))
    language = int(company.chinese or rng.random() < 0.4)
    return Customer(
        name=company.name,
        country=company.country,
        city=company.city,
        kind=company.kind,
        buys=rng.choice(data.PRODUCTS)[language],
        website=f"https://www.{company.slug}.example",
        source=rng.choice(data.SOURCES),
        grade=rng.choices(("S", "A", "B", "C", "E"), odds)[0] if plan.stage != "new" else "",
        language="中文" if company.chinese else data.LANGUAGES.get(company.country, "English"),
        needs=rng.choice(data.NEEDS)[language],
        tags=tuple(tag[language] for tag in rng.sample(data.TAGS, rng.choice((0, 1, 1, 2)))),
        contacts=(_contact(company, rng),),
    )


def _contact(company: data.Company, rng: random.Random) -> Contact:
    phone = _phone(company.country, rng)
    reaches = [Reach("email", f"{_mailbox(company.person)}@{company.slug}.example"), Reach("phone", phone)]
    if company.chinese:
        reaches.append(Reach("wechat", f"{company.slug.replace('-', '_')}_{rng.randint(10, 99)}"))
    elif rng.random() < 0.6:
        reaches.append(Reach("whatsapp", phone))
    return Contact(company.person, company.position, tuple(reaches), main=True)


def _mailbox(person: str) -> str:
    plain = unicodedata.normalize("NFKD", person).encode("ascii", "ignore").decode().lower().replace("'", "")
    return ".".join(plain.replace(".", " ").split()) or "purchasing"


def _phone(code: str, rng: random.Random) -> str:
    land = country(code)
    dial = land.dial if land else "49"
    if dial == "1":
        return f"+1 {rng.choice((212, 303, 415, 503, 617))} 555 01{rng.randint(10, 99)}"
    return f"+{dial} {rng.randint(20, 89)} 5550 {rng.randint(1000, 9999)}"


# What happened ------------------------------------------------------------------------------------------------------


class _Beat(NamedTuple):
    """One log entry to be: at which stage, what was said, what follows."""

    stage: str
    said: Text
    next: Text


def _life(plan: _Plan, today: date, rhythms: Mapping[str, Rhythm], rng: random.Random) -> Iterator[Act]:
    """Everything that happens to one customer, ending so that it stands today as planned."""
    if plan.stage == "new":
        yield _act(plan, today + timedelta(plan.due or 0), _nothing, rng)
        return
    ideal = rhythms[plan.temperature].ideal
    arrival = today + timedelta((plan.due or 0) - ideal) if plan.temperature == "sample" else None
    last, by_hand = _last_contact(plan, today, ideal, arrival, rng)
    beats = _beats(plan, rng)
    days = _days(last, len(beats), 6 if plan.temperature == "hot" else 14, rng)
    due = today + timedelta(plan.due) if by_hand and plan.due is not None else None
    yield _act(plan, days[0], _nothing, rng, time(8, rng.randint(0, 59)))
    for at, line in zip(days, _lines(plan, beats, [*days[1:], due], days, rng), strict=True):
        yield _act(plan, at, partial(_log, line=line), rng)
    yield from _beside(plan, beats, days, today, arrival, rng)


def _last_contact(
    plan: _Plan, today: date, ideal: int, arrival: date | None, rng: random.Random
) -> tuple[date, bool]:
    """The day of the newest entry, and whether it has to promise the due day because the rhythm would not give it."""
    yesterday = today - timedelta(1)
    if arrival:
        return min(arrival - timedelta(COURIER_DAYS["DHL"]), yesterday), False
    if plan.due is None or plan.stage == "paused":
        return today - timedelta(rng.randint(6, 50)), False
    due = today + timedelta(plan.due)
    by_rhythm = due - timedelta(ideal)
    if by_rhythm <= yesterday and rng.random() > 0.3:
        return by_rhythm, False
    return min(due - timedelta(rng.randint(2, 8)), yesterday), True


def _beats(plan: _Plan, rng: random.Random) -> list[_Beat]:
    stage = plan.stage if plan.stage in PIPELINE else rng.choice(("qualified", "quoted", "negotiating"))
    path = PIPELINE[1 : PIPELINE.index(stage) + 1]
    least, most = _ENTRIES_PER_STAGE.get(len(path), (1, 2))
    beats = []
    for at in path:
        lines = _paired(at)
        beats += [_Beat(at, *line) for line in rng.sample(lines, min(len(lines), rng.randint(least, most)))]
    if plan.temperature == "cold":
        beats += [_Beat(stage, *line) for line in rng.sample(_paired("cold"), rng.randint(2, 4))]
    return beats[-MOST_ENTRIES:]


def _paired(stage: str) -> list[tuple[Text, Text]]:
    english, chinese = data.LINES[stage]
    return [((e[0], c[0]), (e[1], c[1])) for e, c in zip(english, chinese, strict=True)]


def _days(last: date, count: int, longest: int, rng: random.Random) -> list[date]:
    days = [last]
    while len(days) < count:
        days.append(days[-1] - timedelta(rng.randint(2, longest)))
    return days[::-1]


def _lines(
    plan: _Plan, beats: Sequence[_Beat], following: Sequence[date | None], days: Sequence[date], rng: random.Random
) -> Iterator[str]:
    """The quick-log lines as the rep types them, in either language."""
    words = _words(plan, days, rng)
    mostly = plan.company.chinese or rng.random() < 0.45
    stage = "new"
    for i, (beat, day, then) in enumerate(zip(beats, days, following, strict=True)):
        language = int(mostly if rng.random() < 0.85 else not mostly)
        marks = [f"@{_channel(plan.company, rng)[language]}"]
        if beat.stage != stage:
            marks.append(f"={(beat.stage, STAGE_ALIASES[beat.stage][0])[language]}")
            stage = beat.stage
            if stage == "quoted":
                marks.append(f"${words['terms'][language]}")
        if i == max(0, len(beats) - 2) and plan.temperature != "potential":
            marks.append(f"!{(plan.temperature, TEMPERATURE_ALIASES[plan.temperature][0])[language]}")
        if rng.random() < 0.12:
            marks.append(f"#{rng.choice(data.TAGS)[language]}")
        last = i == len(beats) - 1
        if then and (last or rng.random() < 0.6):
            marks.append(f">{(then - day).days}{'d天'[language]} {beat.next[language]}")
        yield " ".join([beat.said[language], *marks]).format_map({k: v[language] for k, v in words.items()})


def _channel(company: data.Company, rng: random.Random) -> Text:
    return rng.choice(data.CHINESE_CHANNELS if company.chinese else data.CHANNELS)


def _words(plan: _Plan, days: Sequence[date], rng: random.Random) -> dict[str, Text]:
    """What fills the places of a customer's lines."""
    product, other = rng.sample(data.PRODUCTS, 2)
    quantity, price = rng.choice((1000, 2000, 3000, 5000, 8000, 12000)), rng.randint(120, 690)
    least = rng.choice((500, 1000, 3000))
    amount = quantity * price // 100
    person = plan.company.person.split()[0]
    pi = f"{days[len(days) * 2 // 3]:%Y%m%d}-A"
    terms = (f"FOB Ningbo {price / 100:.2f}/{least}", f"FOB 宁波 {price / 100:.2f}/{least}")
    same = {
        "qty": f"{quantity:,}",
        "moq": f"{least:,}",
        "amount": f"{amount:,}",
        "deposit": f"{amount * 3 // 10:,}",
        "pi": pi,
        "person": person,
        "city": plan.company.city,
    }
    return {"product": product, "product2": other, "terms": terms} | {k: (v, v) for k, v in same.items()}


# What happens beside the log ----------------------------------------------------------------------------------------


def _beside(
    plan: _Plan, beats: Sequence[_Beat], days: Sequence[date], today: date, arrival: date | None, rng: random.Random
) -> Iterator[Act]:
    """People, samples, missed calls, and how it ended."""
    language = int(plan.company.chinese or rng.random() < 0.45)
    if rng.random() < 0.25:
        yield _act(plan, days[1], partial(_add_accounts, slug=plan.company.slug, chinese=plan.company.chinese), rng)
    if plan.temperature == "cold" and len(days) > 1:
        yield _act(plan, days[-1] - timedelta(1), partial(_outcome, outcome="no_answer"), rng)
    if arrival:
        arrived = arrival if arrival < today else None
        shipped = arrival - timedelta(COURIER_DAYS["DHL"])
        yield _act(plan, arrived or days[-1], partial(_send, sample=_sample(shipped, arrived, "", rng)), rng)
    elif any(beat.stage == "sampling" for beat in beats) and rng.random() < 0.7:
        feedback = rng.choice(data.FEEDBACK)[language] if rng.random() < 0.6 else ""
        sample = _sample(days[-1] - timedelta(6), days[-1], feedback, rng)
        yield _act(plan, days[-1], partial(_send, sample=sample), rng, time(18, 30))
    if plan.stage == "lost":
        ending = partial(_end, stage="lost", reason=rng.choice(data.LOST)[language])
        yield _act(plan, days[-1] + timedelta(2), ending, rng)
    if plan.stage == "paused":
        until = today + timedelta(plan.due) if plan.due else None
        yield _act(plan, days[-1] + timedelta(2), partial(_end, stage="paused", until=until), rng)


def _sample(shipped: date, arrived: date | None, feedback: str, rng: random.Random) -> Sample:
    specs = f"{rng.randint(2, 5)} pcs, {rng.choice(('matt black', 'mint', 'steel', 'navy', 'sand'))}"
    return Sample(specs, "DHL", str(rng.randint(10**9, 10**10 - 1)), shipped, arrived, feedback)


def _act(
    plan: _Plan, day: date, do: Callable[[Session, int], object], rng: random.Random, at: time | None = None
) -> Act:
    at = at or time(rng.randint(9, 17), rng.randint(0, 59))
    return Act(datetime.combine(day, at).astimezone(UTC), plan.number, do)


def _nothing(_session: Session, _customer: int) -> None:
    """Only make the customer known."""


def _log(session: Session, customer: int, line: str) -> None:
    logging.log(session, customer, line)


def _outcome(session: Session, customer: int, outcome: str) -> None:
    logging.log_outcome(session, customer, outcome)


def _end(session: Session, customer: int, stage: str, reason: str = "", until: date | None = None) -> None:
    planning.set_stage(session, customer, stage, reason, until)


def _add_accounts(session: Session, customer: int, slug: str, chinese: bool) -> None:
    name, position = ("财务", "付款") if chinese else ("Accounts", "Accounting")
    customers.save_contact(session, customer, Contact(name, position, (Reach("email", f"accounts@{slug}.example"),)))


def _send(session: Session, customer: int, sample: Sample) -> None:
    with session.operation(Message(N_("Sent a sample by {courier}"), {"courier": sample.courier})):
        writing.add_sample(session.book, customer, sample)
