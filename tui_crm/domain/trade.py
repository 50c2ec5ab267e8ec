"""What was traded, read from the prose people write: a quote, a sample. Never a guess: what is unclear is None."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from .couriers import COURIERS, courier_days
from .dates import Look, parse_date
from .messages import Problem
from .money import PRICE_SCALE, find_currency, parse_amount
from .text import fold_width
from .trade_words import (
    COUNT,
    FULL_DATE,
    HAN,
    LONGEST_LINE,
    NUMBER,
    SEPARATORS,
    UNIT,
    blank,
    count_of,
    currency_words,
    gaps,
    joined,
)
from .values import Quote, Sample

INCOTERMS = ("EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP")
"""The eleven rules of Incoterms 2020."""

_MOQ = (
    r"\(?\s*(?:moq|min(?:imum|\.)?(?:\s+(?:order|qty|quantity))*|最小起订量|起订量|起订)\s*[:=]?\s*(?:of\s+)?"
    rf"{COUNT}\s*\)?"
)
_INCOTERM = rf"(?<![a-z])({'|'.join(INCOTERMS)})(?![a-z])"
_PLACE_WORD = r"[^\s,;:|()\[\]0-9]+"
_OTHER_SUM = r"(?<![a-z])(?:PI(?![a-z])|invoice|deposit|balance|paid|payment)|发票|定金|订金|尾款|货款|付款|已付|收款"


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """A quote at the start of a text, and how many of the text's characters belong to it."""

    quote: Quote
    length: int


def parse_quote(text: str, on: date, currency: str = "USD") -> Quote | None:
    """The quote that `text` describes ("FOB Shenzhen USD 0.86/pc, MOQ 5000"), or None without one clear price.

    A full date at the start is the day of the quote, else `on` is; `currency` holds where none is written. Words that
    are nothing else name the product.
    """
    found = leading_quote(text, on, currency) if len(text) <= LONGEST_LINE else None
    if found is None:
        return None
    rest, moq = text[found.length :], found.quote.moq
    late = re.search(_MOQ, fold_width(rest), re.I) if moq is None else None
    if late:
        moq, rest = count_of(late), rest[: late.start()] + " " + rest[late.end() :]
    return replace(found.quote, moq=moq, product=joined((found.quote.product, rest)))


def leading_quote(text: str, on: date, currency: str = "USD") -> FoundQuote | None:
    """The quote at the start of `text`, read as by `parse_quote`, up to its last term (price, place or quantity)."""
    plain = fold_width(text[:LONGEST_LINE])
    quoted_on, start = _leading_day(plain, on)
    masked = re.sub(_MOQ, blank, "|" * start + plain[start:], flags=re.I)
    price = _clear_price(masked)
    if price is None:
        return None
    term = _term_of(price, masked)
    if term is None and re.search(_OTHER_SUM, plain, re.I):
        return None
    place = _place(masked, term, price) if term else None
    spans = [(0, start), *(found.span() for found in (term, place, price) if found)]
    moq = _beside(max(end for _, end in spans), re.finditer(_MOQ, plain, re.I), plain)
    if moq and price["count"]:
        return None
    if moq:
        spans.append(moq.span())
    counted = moq or (price if price["count"] else None)
    quote = Quote(
        quoted_on,
        find_currency(price["before"] or price["after"] or "") or currency,
        _scaled(price["number"]),
        incoterm=term[1].upper() if term else "",
        place=text[slice(*place.span(1))].strip(SEPARATORS) if place else "",
        unit=price["unit"] or (counted and counted["counted"]) or "",
        moq=count_of(counted) if counted else None,
        product=joined(gaps(text, spans)),
    )
    return FoundQuote(quote, max(end for _, end in spans))


def parse_sample(text: str, on: date) -> Sample | None:
    """The sample that `text` describes ("DHL#562729, 3 specs"), or None without a courier and a tracking number.

    It was shipped on the full date at the start, else `on`. Words that are nothing else say what was sent.
    """
    if len(text) > LONGEST_LINE:
        return None
    plain = fold_width(text)
    shipped_on, start = _leading_day(plain, on)
    parcel = find_parcel(plain, start)
    if parcel is None:
        return None
    spans = [(0, start), *parcel.spans, (len(text), len(text))]
    return Sample(joined(gaps(text, spans)), parcel.courier, parcel.tracking, shipped_on)


class Parcel(NamedTuple):
    """A courier (its usual name) and a tracking number, one of which may be empty, and where in a text they stand."""

    courier: str
    tracking: str
    spans: tuple[tuple[int, int], ...]


def find_parcel(plain: str, start: int = 0) -> Parcel | None:
    """The first courier from `start` on with the tracking number behind it, or a tracking number that is called one."""
    courier = re.compile(_courier(), re.I).search(plain, start)
    offset = courier.end() if courier else start
    tracking = re.search(_tracking(bool(courier)), plain[offset:], re.I)
    if not courier and not tracking:
        return None
    found = (courier.span(),) if courier else ()
    if tracking:
        found = (*found, (offset + tracking.start(), offset + tracking.end()))
    return Parcel(COURIERS[courier[0].casefold()] if courier else "", tracking[1] if tracking else "", found)


def estimated_arrival(sample: Sample) -> date | None:
    """When a sample should be there: as expected by hand, else by its courier's usual days; None while it is not shipped."""
    if sample.expected_on is not None:
        return sample.expected_on
    if sample.shipped_on is None:
        return None
    days = timedelta(courier_days(sample.courier))
    return sample.shipped_on + days if sample.shipped_on <= date.max - days else None


def _leading_day(plain: str, otherwise: date) -> tuple[date, int]:
    """The full date (with its year) at the start of `plain` and its length; `otherwise` and 0 without one."""
    found = re.match(rf"\s*({FULL_DATE})", plain)
    if found is None:
        return otherwise, 0
    try:
        return parse_date(found[1], otherwise, Look.BACK), found.end()
    except Problem:
        return otherwise, 0


@cache
def _price_pattern() -> re.Pattern[str]:
    """A number that stands alone or with a currency, then perhaps its unit and, after a slash, the least quantity."""
    currency = currency_words()
    return re.compile(
        r"(?<![a-z0-9_.#/~–—-])(?<![0-9]:)"
        rf"(?:(?P<before>{currency})\s*)?(?P<number>{NUMBER})(?:\s*(?P<after>{currency}))?"
        rf"(?:\s*(?:/|\bper\s+|每)\s*(?P<unit>[a-z]{{1,12}}[²³23]?|{UNIT}))?(?:\s*/\s*{COUNT})?"
        r"(?!\s*/|[a-z0-9%:~–—-])",
        re.I,
    )


def _clear_price(masked: str) -> re.Match[str] | None:
    """The one number in `masked` that says more clearly than any other that it is a price; None when two vie."""
    searched = re.sub(_INCOTERM, blank, masked, flags=re.I)
    signs = {found: _signs(found) for found in _price_pattern().finditer(searched) if _may_be_price(found)}
    best = max(signs, key=lambda found: len(signs[found]), default=None)
    vying = any(not signs[other] < signs[best] for other in signs if other is not best) if best else False
    return None if vying else best


def _may_be_price(found: re.Match[str]) -> bool:
    counts_things = re.match(f"[{HAN}]", found.string[found.end() :]) and not _signs(found)
    return not counts_things and _scaled(found["number"]) is not None


def _signs(found: re.Match[str]) -> frozenset[str]:
    """What makes a number look like a price: a currency, something it is per, decimals."""
    signs = {
        "currency": found["before"] or found["after"],
        "per": found["unit"] or found["count"],
        "decimals": "." in found["number"] or "," in found["number"],
    }
    return frozenset(name for name, present in signs.items() if present)


def _scaled(number: str) -> int | None:
    """A price above nothing in ten-thousandths, or None where `number` is none or finer than that."""
    try:
        scaled = parse_amount(number) * PRICE_SCALE
    except Problem:
        return None
    return int(scaled) if scaled > 0 and scaled == int(scaled) else None


def _term_of(price: re.Match[str], masked: str) -> re.Match[str] | None:
    """The Incoterm of a price: the nearest before it, or the one right after it."""
    terms = list(re.finditer(_INCOTERM, masked, re.I))
    before = [term for term in terms if term.end() <= price.start()]
    return before[-1] if before else _beside(price.end(), terms, masked)


def _beside(end: int, matches: Iterable[re.Match[str]], plain: str) -> re.Match[str] | None:
    """The first match that starts before `end` or is parted from it by separators only."""
    return next((found for found in matches if not plain[end : found.start()].strip(SEPARATORS)), None)


def _place(masked: str, term: re.Match[str], price: re.Match[str]) -> re.Match[str] | None:
    """The named place after an Incoterm (group 1): up to the price, or three words where the price came first."""
    ahead = term.end() <= price.start()
    more = 8 if ahead else 2
    pattern = rf"[\s:]*(?:price|单价|价格|价)?+[\s:]*({_PLACE_WORD}(?:\s+{_PLACE_WORD}){{0,{more}}}|)"
    return re.compile(pattern, re.I).match(masked, term.end(), price.start() if ahead else len(masked))


@cache
def _courier() -> str:
    names = "|".join(sorted(map(re.escape, COURIERS), key=len, reverse=True))
    return rf"(?<![a-z])(?:{names})(?![a-z])"


def _tracking(after_courier: bool) -> str:
    """A tracking number: right after the courier's name, or anywhere after a label."""
    label = r"(?:\s*(?:tracking|waybill|awb|运单号?|快递单号|单号|no\.?|number|[#:]))"
    number = r"\s*([a-z]{0,3}[0-9]{4}(?:\s[0-9]{4})+|(?=[a-z]*[0-9])[a-z0-9]{5,30})(?![a-z0-9])"
    first = "^" if after_courier else "(?:tracking|waybill|awb|运单号?|快递单号|单号)"
    return rf"{first}{label}*{number}"
