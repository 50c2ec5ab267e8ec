"""Exchange rates: read as people write them, and used to add up sums in several currencies. Never a float."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from .dates import Look, parse_date
from .messages import N_, Problem
from .money import CURRENCIES, find_currency, parse_amount
from .text import clean, fold_width

_LOWEST, _HIGHEST = Decimal("0.000000001"), Decimal(10**9)
# "1 USD = 7.12 CNY", "USD 7.12", "美元:7.12", each perhaps followed by its day.
_RATE = re.compile(r"(?:1\s*)?(?P<currency>[^\d\s=:]+)\s*[=:]?\s*(?P<rate>\d[\d.,]*)(?P<rest>(?:\s*[^\d\s.,].*|\s.*)?)")


@dataclass(frozen=True, slots=True)
class Rate:
    """From `since` on one unit of `currency` is worth `rate` units of `own`."""

    currency: str
    own: str
    rate: Decimal
    since: date
    id: int = 0


@dataclass(frozen=True, slots=True)
class OwnSum:
    """Sums added up in the user's own currency: `amount` in its minor units. What is in the currencies of `missing`, for
    which no rate is known, is not in it."""

    currency: str
    amount: int
    missing: tuple[str, ...] = ()


def read_rate(typed: str, own: str, today: date) -> Rate:
    """The rate that `typed` gives, in the currency `own`: `USD 7.12`, `1 USD = 7.12 CNY`, `美元 7.12 11月1日`; it holds from
    `today` where no day is named. Raises Problem."""
    text = fold_width(clean(typed))
    found = _RATE.fullmatch(text)
    if found is None:
        raise Problem(N_("“{text}” is no rate. Write it like USD 7.12."), text=text)
    currency = _currency(found["currency"])
    named, day = _own_and_day(found["rest"].strip())
    if named not in ("", own):
        raise Problem(N_("Rates are kept in {own}; “{text}” names another currency."), own=own, text=text)
    if currency == own:
        raise Problem(N_("{own} is your own currency. Give the rate of another one, like USD 7.12."), own=own)
    rate = parse_amount(found["rate"])
    if not _LOWEST <= rate <= _HIGHEST:
        raise Problem(N_("“{text}” is no rate. Write it like USD 7.12."), text=text)
    return Rate(currency, own, rate, parse_date(day, today, Look.BACK) if day else today)


def _own_and_day(rest: str) -> tuple[str, str]:
    """What stands behind the number: the currency it is in ("" where none is named), and the day it holds from."""
    first, _, further = rest.partition(" ")
    code = find_currency(first) if first else ""
    return (code, further.strip()) if code else ("", rest)


def _currency(word: str) -> str:
    code = find_currency(word)
    if code is None:
        raise Problem(N_("“{text}” is no currency. Write its code, like USD."), text=word)
    return code


def added_up(sums: Mapping[str, int], own: str, rates: Mapping[str, Decimal]) -> OwnSum:
    """Sums (minor units by currency) as one in `own`, at `rates` (units of `own` for one of the currency); rounded once, a
    half to the even unit."""
    known = {**rates, own: Decimal(1)}
    total = sum(
        (_main_units(sums[currency], currency) * known[currency] for currency in sums if currency in known), Decimal()
    )
    minor = (total * 10 ** _digits(own)).quantize(Decimal(1), ROUND_HALF_EVEN)
    return OwnSum(own, int(minor), tuple(currency for currency in sums if currency not in known))


def _main_units(minor: int, currency: str) -> Decimal:
    return Decimal(minor).scaleb(-_digits(currency))


def _digits(currency: str) -> int:
    return CURRENCIES.get(currency, 2)
