"""Exchange rates, and sums in the user's own currency."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..domain.messages import N_, Message, Problem
from ..domain.money import find_currency
from ..domain.rates import OwnSum as OwnSum
from ..domain.rates import Rate as Rate
from ..domain.rates import added_up, read_rate
from ..domain.text import clean
from ..store import rates as store
from .session import Session


def listed(session: Session) -> list[Rate]:
    """Every rate in the own currency, by currency, the newest of each first."""
    return store.listed(session.book, session.settings.own_currency)


def typed_rate(session: Session, typed: str) -> Rate:
    """The rate that `typed` gives (`USD 7.12`). Raises Problem, also where the user has no own currency yet."""
    own = session.settings.own_currency
    if not own:
        raise Problem(N_("First say which currency is your own."))
    return read_rate(typed, own, session.today)


def put(session: Session, rate: Rate) -> None:
    """Keep a rate, in place of one of the same day."""
    label = Message(
        N_("Rate: 1 {currency} = {rate} {own} since {day}"),
        {"currency": rate.currency, "rate": format(rate.rate, "f"), "own": rate.own, "day": rate.since.isoformat()},
    )
    with session.operation(label):
        store.put(session.book, rate)


def remove(session: Session, rate: Rate) -> None:
    """Take a rate away; undo brings it back."""
    label = Message(
        N_("Removed the rate of {currency} since {day}"), {"currency": rate.currency, "day": rate.since.isoformat()}
    )
    with session.operation(label):
        store.remove(session.book, rate)


def own_currency(typed: str) -> str:
    """The currency meant by a code, sign or word; "" for nothing typed. Raises Problem."""
    text = clean(typed)
    code = find_currency(text) if text else ""
    if code is None:
        raise Problem(N_("“{text}” is no currency. Write its code, like USD."), text=text)
    return code


def in_own(session: Session, sums: Mapping[str, int], on: date) -> OwnSum | None:
    """Sums (minor units by currency) in the user's own currency at the rates of a day; None where no own currency is set or
    there is nothing to add up."""
    own = session.settings.own_currency
    if not own or not sums:
        return None
    known = {rate.currency: rate.rate for rate in reversed(store.listed(session.book, own)) if rate.since <= on}
    return added_up(sums, own, known)
