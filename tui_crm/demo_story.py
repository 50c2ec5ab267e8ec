"""What happens in the example book: who the customers are and the acts, in order of time, that bring each to where it stands."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import NamedTuple

from . import demo_data as data
from . import demo_trade
from .demo_trade import Deal
from .domain.cadence import Rhythm
from .domain.countries import country
from .domain.couriers import COURIER_DAYS
from .domain.values import Contact, Customer, Reach, Sample
from .domain.vocabulary import PIPELINE, STAGE_ALIASES, TEMPERATURE_ALIASES
from .usecases import customers, logging, planning, trade
from .usecases.session import Session

_SEED = 20_260
_MOST_ENTRIES = 11  # and perhaps a missed call
_DAYS_ON_THE_WAY = COURIER_DAYS["DHL"]

Text = tuple[str, str]
"""The same in English and in Chinese."""
_Due = tuple[int | None, ...]

# Temperature, stages in turn, and for each customer the day it is due, counted from today.
_FATES: tuple[tuple[str, tuple[str, ...], _Due], ...] = (
    ("potential", ("new",), (-2, -1, -1)),
    (
        "hot",
        ("quoted", "negotiating", "qualified"),
        (-9, -4, -3, -2, -1, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 5, 6, 8, 10, 12),
    ),
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
_EVENT = {"quoted": 0, "sampling": -1, "negotiating": -1}
_ENTRIES_PER_STAGE = {1: (3, 5), 2: (2, 4), 3: (1, 4), 4: (1, 3)}


class Act(NamedTuple):
    """Something done at an instant to one customer, which is named by its place in the list."""

    at: datetime
    customer: int
    do: Callable[[Session, int], object]


@dataclass(frozen=True, slots=True)
class _Plan:
    """One customer's company and fate; `due` counts days from today, `language` is 1 where notes are mostly Chinese."""

    number: int
    company: data.Company
    language: int
    temperature: str
    stage: str
    due: int | None


def acts(today: date, rhythms: Mapping[str, Rhythm]) -> tuple[list[Customer], list[Act]]:
    """The customers and all that happens to them up to yesterday, in order of time; the same for the same day."""
    rng = random.Random(_SEED)
    plans = _plans(rng)
    people = [_customer(plan, rng) for plan in plans]
    happened = [act for plan in plans for act in _life(plan, today, rhythms, rng)]
    return people, sorted(happened, key=lambda act: act.at)


def _plans(rng: random.Random) -> list[_Plan]:
    fates = [
        (temperature, stages[i % len(stages)], due)
        for temperature, stages, days in _FATES
        for i, due in enumerate(days)
    ]
    companies = rng.sample(data.COMPANIES, len(fates))
    return [
        _Plan(i, company, int(company.chinese or rng.random() < 0.4), *fate)
        for i, (company, fate) in enumerate(zip(companies, fates, strict=True))
    ]


# Who ----------------------------------------------------------------------------------------------------------------


def _customer(plan: _Plan, rng: random.Random) -> Customer:
    company, language = plan.company, plan.language
    odds = _GRADE_ODDS.get(plan.temperature, (1, 4, 7, 5, 2))
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
        uid=f"{rng.getrandbits(64):016x}",
    )


def _contact(company: data.Company, rng: random.Random) -> Contact:
    phone = _phone(company.country, rng)
    reaches = [Reach("email", f"{_mailbox(company.person)}@{company.slug}.example"), Reach("phone", phone)]
    if company.chinese:
        reaches.append(Reach("wechat", f"{company.slug.replace('-', '_')}_{rng.randint(10, 99)}"))
    elif rng.random() < 0.6:
        reaches.append(Reach("whatsapp", phone))
    rank, role = next(
        (
            standing
            for words, standing in _STANDING.items()
            if any(word in company.position for word in words.split("|"))
        ),
        ("staff", "buys"),
    )
    return Contact(company.person, company.position, tuple(reaches), main=True, rank=rank, role=role)


_STANDING = {
    "CEO|Owner|Founder|Managing|President|老板|总经理|社長": ("owner", "decides"),
    "Director|Head|总监|Chief": ("executive", "influences"),
    "Manager|经理|主管": ("manager", "buys"),
}
"""Rank and role by words in a person's position."""


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
    """One log entry to be, and at which stage."""

    stage: str
    line: data.Line


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
    deal = _deal(beats, days, rng)
    for at, line in zip(days, _lines(plan, beats, days, due, deal, rng), strict=True):
        yield _act(plan, at, partial(_log, line=line), rng)
    yield from _beside(plan, beats, days, today, arrival, rng)
    said = [(day, beat.stage, beat.line) for day, beat in zip(days, beats, strict=True)]
    for at, do in demo_trade.dealings(said, deal, plan.company.city, today, rng):
        yield _act(plan, at, do, rng, time(18, 59))


def _last_contact(plan: _Plan, today: date, ideal: int, arrival: date | None, rng: random.Random) -> tuple[date, bool]:
    """The day of the newest entry, and whether it has to promise the due day because the rhythm would not give it."""
    yesterday = today - timedelta(1)
    if arrival:
        return min(arrival - timedelta(_DAYS_ON_THE_WAY), yesterday), False
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
    beats = [_Beat(at, line) for at in path for line in _some(data.LINES[at], rng.randint(least, most), at, rng)]
    if plan.temperature == "cold":
        beats += [_Beat(stage, line) for line in _some(data.LINES["cold"], rng.randint(2, 4), stage, rng)]
    return beats[-_MOST_ENTRIES:]


def _some(lines: Sequence[data.Line], count: int, stage: str, rng: random.Random) -> list[data.Line]:
    """Some of the lines in their own order, never without the one that brought the customer to the stage."""
    chosen = rng.sample(lines, min(count, len(lines)))
    if stage in _EVENT and lines is data.LINES[stage] and lines[_EVENT[stage]] not in chosen:
        chosen[0] = lines[_EVENT[stage]]
    return [line for line in lines if line in chosen]


def _days(last: date, count: int, longest: int, rng: random.Random) -> list[date]:
    days = [last]
    while len(days) < count:
        days.append(days[-1] - timedelta(rng.randint(2, longest)))
    return days[::-1]


def _lines(
    plan: _Plan, beats: Sequence[_Beat], days: Sequence[date], due: date | None, deal: Deal, rng: random.Random
) -> Iterator[str]:
    """The quick-log lines as the rep types them, in either language."""
    words = _words(plan, deal, rng)
    stage = "new"
    for i, (beat, day, then) in enumerate(zip(beats, days, [*days[1:], due], strict=True)):
        language = plan.language if rng.random() < 0.85 else 1 - plan.language
        marks = [f"@{_channel(plan.company, rng)[language]}"]
        if beat.stage != stage:
            marks.append(f"={(beat.stage, STAGE_ALIASES[beat.stage][0])[language]}")
            stage = beat.stage
            if stage == "quoted":
                marks.append(f"${words['terms'][language]}")
        if i == max(0, len(beats) - 2) and plan.temperature != "potential":
            marks.append(f"!{(plan.temperature, TEMPERATURE_ALIASES[plan.temperature][0])[language]}")
        if rng.random() < 0.12:
            marks.append(f"#{rng.choice(data.TAGS)[plan.language]}")
        last = i == len(beats) - 1
        if then and (last or rng.random() < 0.6):
            marks.append(f">{(then - day).days}{'d天'[language]} {beat.line.next[language]}")
        yield " ".join([beat.line.said[language], *marks]).format_map({k: v[language] for k, v in words.items()})


def _channel(company: data.Company, rng: random.Random) -> Text:
    return rng.choice(data.CHINESE_CHANNELS if company.chinese else data.CHANNELS)


def _deal(beats: Sequence[_Beat], days: Sequence[date], rng: random.Random) -> Deal:
    """What the talk is about; the proforma invoice carries the day on which it was agreed."""
    agreed = [day for beat, day in zip(beats, days, strict=True) if beat.stage == "negotiating"]
    return Deal(
        rng.choice(data.PRODUCTS)[0],
        rng.choice((1000, 2000, 3000, 5000, 8000, 12000)),
        rng.randint(120, 690),
        f"{(agreed or days)[-1]:%Y%m%d}-A",
    )


def _words(plan: _Plan, deal: Deal, rng: random.Random) -> dict[str, Text]:
    """What fills the places of a customer's lines."""
    product = next(both for both in data.PRODUCTS if both[0] == deal.product)
    other = rng.choice([both for both in data.PRODUCTS if both != product])
    least = rng.choice((500, 1000, 3000))
    terms = (f"FOB Ningbo {deal.price / 100:.2f}/{least}", f"FOB 宁波 {deal.price / 100:.2f}/{least}")
    same = {
        "qty": f"{deal.quantity:,}",
        "moq": f"{least:,}",
        "amount": f"{deal.amount:,}",
        "deposit": f"{deal.deposit:,}",
        "balance": f"{deal.amount - deal.deposit:,}",
        "pi": deal.number,
        "person": plan.company.person.split()[0],
        "city": plan.company.city,
    }
    return {"product": product, "product2": other, "terms": terms} | {k: (v, v) for k, v in same.items()}


# What happens beside the log ----------------------------------------------------------------------------------------


def _beside(
    plan: _Plan, beats: Sequence[_Beat], days: Sequence[date], today: date, arrival: date | None, rng: random.Random
) -> Iterator[Act]:
    """People, samples, missed calls, and how it ended."""
    company, language = plan.company, plan.language
    if rng.random() < 0.25:
        yield _act(plan, days[1], partial(_add_accounts, slug=company.slug, chinese=company.chinese), rng)
    if plan.temperature == "cold":
        yield _act(plan, days[-1] - timedelta(1), partial(_outcome, outcome="no_answer"), rng)
    sent = [day for beat, day in zip(beats, days, strict=True) if beat.stage == "sampling"]
    if sent:
        arrival = arrival or sent[-1] + timedelta(_DAYS_ON_THE_WAY)
        arrived = arrival if arrival < today else None
        told = arrived and plan.temperature != "sample" and rng.random() < 0.7
        sample = _sample(arrival, arrived, rng.choice(data.FEEDBACK)[language] if told else "", rng)
        yield _act(plan, arrived or sent[-1], partial(trade.add, record=sample), rng, time(18, rng.randint(0, 59)))
    if plan.stage == "lost":
        ending = partial(_end, stage="lost", reason=rng.choice(data.LOST)[language])
        yield _act(plan, days[-1] + timedelta(2), ending, rng)
    if plan.stage == "paused":
        until = today + timedelta(plan.due) if plan.due else None
        yield _act(plan, days[-1] + timedelta(2), partial(_end, stage="paused", until=until), rng)


def _sample(arrival: date, arrived: date | None, feedback: str, rng: random.Random) -> Sample:
    specs = f"{rng.randint(2, 5)} pcs, {rng.choice(('matt black', 'mint', 'steel', 'navy', 'sand'))}"
    shipped = arrival - timedelta(_DAYS_ON_THE_WAY)
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
