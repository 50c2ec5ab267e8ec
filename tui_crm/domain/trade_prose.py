"""Trade records inside longer prose: found by the words that lines about trade begin with, and read by the same grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from .couriers import COURIERS
from .messages import Problem
from .text import fold_width
from .trade import INCOTERMS
from .trade_lines import Reading, leading_as
from .trade_words import DAY, FULL_DATE, LONGEST_LINE, NUMBER, PI_NUMBER, currency_words
from .values import Invoice, Order, Payment, Quote, Record, Sample, Shipment

_LONGEST_PROSE = 4_000
"""Characters looked through; a pasted mail thread is longer and mostly quotation."""
_BEFORE = 24
"""Characters before a record that are looked at."""
_NEAR = 400
"""Days between a text and the day in the number of a PI that it tells of."""
_KINDS = ("quote", "sample", "order", "payment", "shipment", "invoice")
_ASIDE = re.compile(
    r"(?:n[o']t|never|will|shall|would|to\s+be|please|pls|before|after|if|when|until|once|wait(?:ing)?(?:\s+for)?|expects?|expected|plans?\s+to"
    r"|want(?:s|ed)?\s+to|ask(?:s|ed)?\s+for|needs?\s+to|尚?未|没有?|待|等|请|催|将|会|要|想|如果?|若|预计|计划|准备|考虑|打算|能否|是否)\s*(?:be\s+|have\s+|been\s+)?$",
    re.IGNORECASE,
)
"""Words right before a record that make it a wish, a condition or a plan."""


@dataclass(frozen=True, slots=True)
class Told:
    """A record that a text tells of in passing: what was read, and the words it was read from."""

    reading: Reading
    words: str


def told_records(text: str, today: date, currency: str) -> tuple[Told, ...]:
    """The records that a text tells of as plainly as one can: prices with their Incoterm, parcels with their number, PIs, orders and
    payments with a sum and its currency, goods on their way with a day. `today` is the day of the text."""
    return tuple(_told(text[:_LONGEST_PROSE], today, currency)) if re.search("[0-9０-９]", text) else ()


def can_tell(text: str) -> bool:
    """Whether a text can tell of a record: it has the words that one begins with, and the figures that it needs."""
    if re.search("[0-9０-９]", text) is None:
        return False
    plain = fold_width(text[:_LONGEST_PROSE])
    return any(
        _has_figures(plain[max(0, found.start() - _BEFORE) :][: _BEFORE + LONGEST_LINE], found)
        for found in _anchors().finditer(plain)
    )


def _has_figures(words: str, found: re.Match[str]) -> bool:
    """Whether words, of which those `found` may begin a record, hold the sum or the price that a record of that kind needs."""
    if found["quote"]:
        return _priced().search(words) is not None
    return bool(found["sample"] or found["shipment"]) or _summed().search(words) is not None


def _told(text: str, today: date, currency: str) -> Iterator[Told]:
    plain = fold_width(text)
    end = 0
    for found in _anchors().finditer(plain):
        start = _with_day(plain, found.start())
        if start < end or _ASIDE.search(plain[max(0, start - _BEFORE) : start]):
            continue
        kind = next(kind for kind in _KINDS if found[kind])
        try:
            reading = leading_as(text[start : start + LONGEST_LINE], today, currency, kind)
        except Problem:
            continue
        words = text[start : start + reading.length].strip()
        if _is_plain(reading.record, fold_width(words)):
            end = start + reading.length
            yield Told(replace(reading, record=_dated(reading.record, today)), words)


def _with_day(plain: str, start: int) -> int:
    """Where a record begins whose first word stands at `start`: at the day before that, if there is one."""
    ahead = max(0, start - _BEFORE)
    day = _day_before().search(plain[ahead:start])
    return ahead + day.start() if day else start


def _is_plain(record: Record, words: str) -> bool:
    """Whether the words leave no doubt: a sum with its currency, a price with it, a number to follow a parcel by, a day."""
    match record:
        case Quote():
            return record.price is not None and bool(record.incoterm) and _priced().search(words) is not None
        case Sample():
            return bool(record.tracking)
        case Payment() if record.remark:
            return False  # "received your mail about USD 500"
        case Invoice() | Payment() | Order():
            return _summed().search(words) is not None
        case Shipment():
            moves = record.mode or record.from_port or record.bill or record.container
            return bool(moves and (record.departs_on or record.arrives_on))


def _dated(record: Record, today: date) -> Record:
    """A PI without a day of its own is of the day in its number (PI20240517-A)."""
    if not isinstance(record, Invoice) or record.sent_on != today:
        return record
    written = re.search(r"(20\d\d)(\d\d)(\d\d)(?!\d)", record.number)
    try:
        day = date(int(written[1]), int(written[2]), int(written[3])) if written else today
    except ValueError:
        return record
    return replace(record, sent_on=day) if abs((day - today).days) <= _NEAR else record


@cache
def _priced() -> re.Pattern[str]:
    currency = currency_words()
    return re.compile(rf"(?:{currency})\s*[0-9]|[0-9]\s*(?:{currency})|[0-9]\s*/\s*[a-z\u3400-\u9fff]", re.I)


@cache
def _summed() -> re.Pattern[str]:
    currency = currency_words()
    return re.compile(rf"(?:{currency})\s*[0-9]|{NUMBER}\s*(?:k|千|万)?\s*(?:{currency})", re.I)


@cache
def _day_before() -> re.Pattern[str]:
    return re.compile(rf"(?:{FULL_DATE}|{DAY})[\s,:]*$", re.I)


@cache
def _anchors() -> re.Pattern[str]:
    """The words that a record may begin with; the group that matched is its kind."""
    couriers = "|".join(sorted(map(re.escape, COURIERS), key=len, reverse=True))
    kinds = (
        ("quote", rf"(?:{'|'.join(INCOTERMS)})(?![a-z])"),
        ("sample", rf"(?:{couriers})(?![a-z])[^,，。;；]{{0,24}}?[0-9]{{4}}"),
        ("order", r"(?:trial\s+order|first\s+order|repeat\s+order|order(?:ed)?|正式订单|试订?单|订单|下单|返单)(?![a-z])"),
        ("payment", r"(?:paid|payment\s+received|received|prepaid|收到了?(?:定金|订金|尾款|余款|全款|货款|预付款?)?|已收(?:到|定金|尾款)?|已付|到账)(?![a-z])"),
        ("shipment", r"(?:(?:goods\s+)?shipped|by\s+(?:sea|air|rail)|sea\s+freight|etd|海运|空运|中欧班列|已?发货|已?出运|已?装船)(?![a-z])"),
        ("invoice", rf"(?=p|形|发)(?:{PI_NUMBER})"),
    )  # fmt: skip
    words = "|".join(f"(?P<{kind}>{words})" for kind, words in kinds)
    return re.compile(rf"(?<![a-z0-9])(?:{words})", re.I)
