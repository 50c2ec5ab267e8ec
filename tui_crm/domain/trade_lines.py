"""One line is one trade record, as people write it: `PI20240517-A USD 4280`, `收到定金 USD 1290`, `海运 宁波-汉堡 6/20离港 30天`.

Quotes, samples and shipments are read in `trade_goods`, orders in `trade_orders`, PIs and payments in `trade_money`. Words that
are no term become the product, the specs or the remark of the record: nothing is dropped. What is unclear is refused with an
example, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from .couriers import COURIERS
from .messages import N_, Message, Problem
from .text import fold_width
from .trade import INCOTERMS
from .trade_checks import refuse
from .trade_goods import read_quote, read_sample, read_shipment
from .trade_money import read_invoice, read_payment
from .trade_orders import read_order
from .trade_terms import Terms
from .trade_words import DAY, LONGEST_LINE, NAMED_DAY, PI_NUMBER, PO_NUMBER, SEPARATORS, currency_words
from .values import Record

EXAMPLES: Mapping[str, str] = {
    "quote": N_("FOB Shenzhen 0.86/pc MOQ 5000 valid 30d"),
    "sample": N_("DHL 562729 3 specs grey board shipped 5/15"),
    "invoice": N_("PI20240517-A USD 4280"),
    "order": N_("order PO-77 5000 pcs x 0.86 deposit 30% T/T balance 7/1"),
    "payment": N_("paid USD 1290 deposit for PO-77"),
    "shipment": N_("by sea Ningbo - Hamburg ETD 6/20 30d"),
}
"""A line of each kind."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A record as a line says it. `about` is the number of the order or PI it belongs to, as typed; `length` is how many
    characters of the text are the record's own."""

    record: Record
    about: str = ""
    length: int = 0


_READERS: Mapping[str, Callable[[Terms], Record | tuple[Record, str]]] = {
    "quote": read_quote,
    "sample": read_sample,
    "invoice": read_invoice,
    "order": read_order,
    "payment": read_payment,
    "shipment": read_shipment,
}


def parse_record(line: str, today: date, currency: str, kind: str | None = None) -> Reading:
    """Read a line as one record, of `kind` (a code of the vocabulary `record`) where that is given.

    `currency` holds where none is written. Raises Problem saying what cannot be read or cannot be, with an example of that
    kind.
    """
    if len(line) > LONGEST_LINE:
        raise Problem(
            N_("A record is one line of at most {most} characters; the rest belongs in a note."), most=LONGEST_LINE
        )
    return _read(line, today, currency, kind or kind_of(line))[0]


def leading_record(text: str, today: date, currency: str) -> Reading:
    """Read the record that a text begins with, up to its last term; what follows is prose again.

    Raises Problem like `parse_record`.
    """
    return _leading(text, today, currency, kind_of(text[:LONGEST_LINE]))


def leading_as(text: str, today: date, currency: str, kind: str) -> Reading:
    """`leading_record` of a given kind (a code of the vocabulary `record`)."""
    return _leading(text, today, currency, kind)


def told_record(text: str, today: date, currency: str) -> Reading | None:
    """The record that a note begins with so plainly that it needs no mark: a courier with its tracking number, a PI with
    its sum, an Incoterm with its price. None for every other text."""
    plain = fold_width(text[:LONGEST_LINE])
    kind = next((kind for kind, pattern in _told() if pattern.match(plain)), None)
    if kind is None:
        return None
    try:
        reading = _leading(text, today, currency, kind)
    except Problem:
        return None
    # A whole number without currency or unit may be a year, a size, a count.
    plainly_priced = kind != "quote" or re.search(
        rf"[0-9][.,][0-9]|/|{currency_words()}", plain[: reading.length], re.I
    )
    return reading if plainly_priced else None


def kind_of(text: str) -> str:
    """The kind of record that a line is by its first words; a quote unless they say otherwise."""
    plain = fold_width(text)
    return next((kind for kind, pattern in _beginnings() if pattern.match(plain)), "quote")


def _read(text: str, today: date, currency: str, kind: str, sentence: bool = False) -> tuple[Reading, Terms]:
    terms = Terms(text, today, currency, sentence)
    try:
        found = _READERS[kind](terms)
        record, about = found if isinstance(found, tuple) else (found, "")
        refuse(record)
    except Problem as problem:
        raise Problem(N_("{why} Example: {example}"), why=problem.message, example=Message(EXAMPLES[kind])) from problem
    return Reading(record, about, len(text)), terms


def _leading(text: str, today: date, currency: str, kind: str) -> Reading:
    """Clause by clause, as long as the next one begins with a term of the same record."""
    best: Terms | None = None
    refused: Problem | None = None
    last = 0
    for stop in _clauses(text[:LONGEST_LINE]):
        try:
            _reading, terms = _read(text[:stop], today, currency, kind, sentence=True)
        except Problem as problem:
            refused = refused or problem
            if best:
                break
            continue
        if best and not _goes_on(terms, last, kind):
            break
        best, last = terms, stop
    if best is None:
        assert refused
        raise refused
    end = last if kind == "sample" else best.end
    reading, _terms = _read(text[:end].rstrip(), today, currency, kind, sentence=True)
    return reading


def _goes_on(terms: Terms, at: int, kind: str) -> bool:
    """Whether the clause at `at` belongs to the record: it begins with a term, or counts what a sample holds."""
    return terms.covers(at) or (kind == "sample" and re.match(r"[\s,，、]*[0-9]", terms.text[at:]) is not None)


_MOST_CLAUSES = 6


def _clauses(text: str) -> Iterator[int]:
    """Where the clauses of the first sentence of a text end, the sentence's own end last."""
    full_stop = re.search(r"[。；;!！?？]|\.(?=\s|$)(?<!no\.)", text)
    end = full_stop.start() if full_stop else len(text)
    commas = [found.start() for found in re.finditer(r"[,，、](?![0-9])", text[:end])]
    yield from commas[: _MOST_CLAUSES - 1]
    yield end


# What a line begins with ---------------------------------------------------------------------------------------------

_ORDER = r"(?:(?:trial|sample|first|new|repeat|purchase)\s+)?order(?![a-z])|(?:sales\s+)?contract(?![a-z])|正式订单|订单|合同|试订?单|样品单|下单|返单|翻单"
_PAYMENT = (
    r"(?:full\s+)?(?:paid|payment|received|prepaid|deposit|down\s?payment|balance)(?![a-z])"
    r"|收到了?(?!样)|已收|收款|付款|已付|到账|定金|订金|尾款|余款|全款|货款|预付"
)
_SHIPMENT = (
    r"(?:goods|cargo)\s+(?:have\s+)?arrived(?![a-z])|货物?已?到|已(?:到港|抵港)|(?:(?:goods|cargo)\s+)?(?:shipped|shipment|shipping|ship)(?![a-z])|(?:by|via)\s+(?:sea|ocean|air|rail|train|road|truck|courier|express)(?![a-z])"
    r"|(?:sea|ocean|air|rail|train|road|truck)[\s-]?(?:freight)?(?![a-z])|(?:etd|eta|b/l)(?![a-z])|海运|空运|铁路|铁运|中欧班列|班列|陆运|汽运"
    r"|卡航|已?发货|已?出货|已?出运|已?装船|发运"
)


@cache
def _beginnings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    sample = (
        rf"(?:(?:shipped|sent|dispatched|已?寄出|已寄|寄|快递)\s*)?(?:samples?(?!\s+order)(?![a-z])|样品(?!单)|寄样"
        rf"|feedback(?![a-z])|(?:客户)?反馈|已?签收|(?:{_couriers()})(?![a-z])|tracking(?![a-z])|快递单号|运单号?|单号)"
    )
    kinds = (
        ("sample", sample), ("order", f"{_ORDER}|{PO_NUMBER}"), ("invoice", PI_NUMBER), ("payment", _PAYMENT), ("shipment", _SHIPMENT),
    )  # fmt: skip
    start = rf"[\s{re.escape(SEPARATORS)}]*(?:{DAY}|{NAMED_DAY})?[\s{re.escape(SEPARATORS)}]*"
    return tuple((kind, re.compile(f"{start}(?:{words})", re.I)) for kind, words in kinds)


@cache
def _told() -> tuple[tuple[str, re.Pattern[str]], ...]:
    currency = currency_words()
    amount = rf"(?:(?:{currency})\s*[0-9]|[0-9][0-9.,'’]*\s*(?:{currency})|[0-9]{{3,}}(?![0-9a-z%/])|[0-9][0-9,]*\.[0-9]{{2}}(?![0-9]))"
    kinds = (
        ("sample", rf"(?:{_couriers()})(?:\s*(?:tracking|awb|单号|no\.?|[#:]))*\s*(?=[a-z]*[0-9])[a-z0-9]{{5,30}}(?![a-z0-9])"),
        ("invoice", rf"{PI_NUMBER}[\s,:]+{amount}"),
        ("quote", rf"(?:{'|'.join(INCOTERMS)})(?![a-z])[^,，。;；]*[0-9]"),
    )  # fmt: skip
    return tuple((kind, re.compile(rf"\s*{words}", re.I)) for kind, words in kinds)


def _couriers() -> str:
    return "|".join(sorted(map(re.escape, COURIERS), key=len, reverse=True))
