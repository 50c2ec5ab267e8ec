"""Lines about goods, each read as one record: a quote, a sample, a shipment."""

from __future__ import annotations

import re
from datetime import date, timedelta

from .dates import Look
from .messages import N_, Problem
from .money import PRICE_SCALE
from .trade import INCOTERMS, Parcel, find_parcel, leading_quote, parse_quote
from .trade_terms import A_SEASON, Terms, When, refuse_spaced, take_number
from .trade_words import COUNT, DAY, FULL_DATE, HAN, RECORD_NUMBER, count_of, currency_words, joined
from .values import Quote, Sample, Shipment

# Quotes --------------------------------------------------------------------------------------------------------------

_VALID = r"(?<![a-z])valid(?:ity)?(?![a-z])(?:\s+(?:for|until|till|to|through))?|(?:报价)?有效期?(?:至|到)?"
_QUANTITY = rf"(?:(?<![a-z])(?:qty|quantity)(?![a-z])|数量)\s*[:=]?\s*{COUNT}"
_ANSWERS = {"accepted": r"(?<![a-z])accepted(?![a-z])|已?接受", "rejected": r"(?<![a-z])rejected(?![a-z])|已?拒绝"}
_FORMER_TERMS = {"C&F": "CFR", "CNF": "CFR", "DDU": "DAP", "DAF": "DAP", "DES": "DAP", "DAT": "DPU", "DEQ": "DPU"}
_NO_PRICE = N_("“{text}” says no single price: it needs one, above nothing, with no more than four decimals.")


def read_quote(terms: Terms) -> Quote:
    """The quote a line says. Raises Problem without one clear price, and for what looks like an Incoterm and is none."""
    if not re.search("[0-9]", terms.open):
        raise Problem(_NO_PRICE, text=terms.shown)
    _refuse_unknown_incoterm(terms)
    refuse_spaced(terms.open, 0, len(terms.open))
    quoted_on = terms.first_day(FULL_DATE) or terms.today
    until = terms.day(_VALID, When(quoted_on))
    quantity = terms.take(_QUANTITY)
    answer = None if terms.sentence else next((code for code, words in _ANSWERS.items() if terms.take(words)), None)
    text = "".join("|" if shown == "|" else typed for typed, shown in zip(terms.text, terms.open, strict=True))
    found, quote = leading_quote(text, quoted_on, terms.currency), parse_quote(text, quoted_on, terms.currency)
    if found is None or quote is None:
        raise Problem(_NO_PRICE, text=terms.shown)
    whole = quote.price is not None and quote.price % PRICE_SCALE == 0
    if not quote.incoterm and quote.moq and whole and _is_only_a_day(terms.open):
        raise Problem(_NO_PRICE, text=terms.shown)
    terms.mark(0, found.length)
    return Quote(
        quoted_on, quote.currency, quote.price, quote.incoterm, quote.place, quote.unit, quote.moq, quote.product,
        answer or "open", quantity=count_of(quantity) if quantity else None, valid_until=until,
    )  # fmt: skip


def _is_only_a_day(plain: str) -> bool:
    """Whether 11/12 is no price and its quantity but a day: it stands there without a currency."""
    return not re.search(currency_words(), plain, re.I) and re.search(DAY, plain, re.I) is not None


def _refuse_unknown_incoterm(terms: Terms) -> None:
    """Where no Incoterm stands, a first word that is nearly one was meant as one."""
    if re.search(rf"(?<![a-z])(?:{'|'.join(INCOTERMS)})(?![a-z])", terms.open, re.I):
        return
    first = re.match(r"[|\s,]*([A-Za-z]{3}|[Cc]&[Ff])(?![A-Za-z0-9])\s*(\S?)", terms.open)
    near = _nearest_incoterm(first[1], first[2]) if first else None
    if first and near:
        raise Problem(N_("“{text}” is no Incoterm: did you mean {near}? A product stands behind the price."),
                      text=first[1], near=near)  # fmt: skip


def _nearest_incoterm(word: str, then: str) -> str | None:
    """The Incoterm that a word of three letters was meant as: a former one, two letters swapped, or one letter wrong where
    the word is in capitals and a name (beginning with `then`) follows."""
    upper = word.upper()
    if upper in _FORMER_TERMS and (word == upper or upper == "C&F"):
        return _FORMER_TERMS[upper]
    swapped = {upper[1] + upper[0] + upper[2:], upper[0] + upper[:0:-1]}
    near = next((term for term in INCOTERMS if term in swapped), None)
    if near is None and word == upper and then.isalpha() and not then.islower():
        near = next((term for term in INCOTERMS if sum(a != b for a, b in zip(term, upper, strict=False)) == 1), None)
    return near


# Samples -------------------------------------------------------------------------------------------------------------

_FEEDBACK = r"(?:(?<![a-z])(?<!no )feedback|(?<![无没])(?:客户)?(?<![无没])反馈)\s*[:=]?\s*(?P<words>[^|]*[^|\s])"
_SAMPLE_NUMBER = rf"(?:samples?\s*(?:no\.?|number|#)|样品编号|样品号|样号|编号)\s*[:#]?\s*(?P<number>{RECORD_NUMBER})"
_SENT = r"(?<![a-z])(?:shipped|sent|dispatched)(?![a-z])|已?寄出|已?发出|已寄|寄于"
_EXPECTED = r"(?<![a-z])(?:expected|eta|due)(?![a-z])|预计(?:到达|送达|到)?"
_ARRIVED = r"(?<![a-z])(?:arrived|delivered|received)(?![a-z])|已?签收|已?到达|已到|收到|到了"
_VERDICTS = {
    "approved": r"(?<![a-z])approved(?![a-z])|已?确认合格|合格",
    "rejected": r"(?<![a-z])rejected(?![a-z])|不合格",
}


def read_sample(terms: Terms) -> Sample:
    """The sample a line says. Raises Problem where it names neither a parcel nor what is in it."""
    parcel = _parcel(terms)
    number = terms.take(_SAMPLE_NUMBER)
    terms.take(r"^[\s|]*(?:samples?(?![a-z])|样品|寄样|快递)")
    back = When(terms.today, look=Look.BACK)
    shipped = terms.first_day() or terms.day(_SENT, back)
    arrived = terms.day(_ARRIVED, When(shipped, A_SEASON) if shipped else back)
    arrived = arrived or _just_now(terms, _ARRIVED)
    expected = terms.day(_EXPECTED, When(shipped or terms.today))
    feedback = terms.take(_FEEDBACK)
    verdict = next((code for code in ("rejected", "approved") if terms.take(_VERDICTS[code], weak=True)), None)
    shipped = shipped or terms.loose_day(back) or (terms.today if parcel and not arrived else None)
    specs = terms.rest()
    if not (parcel or specs or number or arrived or feedback or verdict):
        raise Problem(N_("“{text}” names neither a parcel nor what is in it."), text=terms.shown)
    return Sample(
        specs, parcel.courier if parcel else "", parcel.tracking if parcel else "", shipped, arrived,
        terms.typed(feedback, "words"), number=number["number"] if number else "", expected_on=expected,
        status=verdict or "open",
    )  # fmt: skip


def _just_now(terms: Terms, label: str) -> date | None:
    """Today, where a line of its own ends with words like "arrived" and names no day."""
    if terms.sentence or not terms.take(rf"(?<!not )(?<!yet )(?<!never )(?<![没未])(?:{label})[\s了。.!！|]*$"):
        return None
    return terms.today


def _parcel(terms: Terms) -> Parcel | None:
    """A courier and its tracking number, taken out of the line."""
    parcel = find_parcel(terms.open)
    for start, end in parcel.spans if parcel else ():
        terms.mark(start, end)
    if parcel:
        terms.take(r"(?<![a-z])(?:tracking|waybill|awb)(?:\s*(?:no\.?|number|#))?[\s:]*(?=\|)")
    return parcel


# Shipments -----------------------------------------------------------------------------------------------------------

_LEAVING = r"(?:(?:goods|cargo)\s+)?(?<![a-z])(?:shipped|sent|left)(?![a-z])|已?(?:发货|出货|出运|装船)"
_SHIPPING = r"(?:(?P<left>" + _LEAVING + r")|(?<![a-z])(?:shipment|shipping|ship)(?![a-z])|发运|运输)"
_BY = r"(?<![a-z])(?:(?:by|via)\s+)?"
_FREIGHT = r"(?:[\s-]?freight|[\s-]?mail)?(?![a-z])"
_MODES = {
    "sea": rf"{_BY}(?:sea|ocean){_FREIGHT}|海运|走海",
    "air": rf"{_BY}air{_FREIGHT}|空运",
    "rail": rf"{_BY}(?:rail(?:way)?|train){_FREIGHT}|铁路(?:运输)?|铁运|中欧班列|班列",
    "road": rf"{_BY}(?:road|truck){_FREIGHT}|陆运|汽运|卡车|卡航",
    "courier": rf"{_BY}(?:courier|express)(?![a-z])|快递",
}
_DEPARTS = r"(?<![a-z])(?:etd|depart(?:s|ed|ure|ing)?|leaves?|leaving|left|sail(?:s|ed|ing)?)(?![a-z])|离港|开船|启运|起运|起飞|发车|开航|出发|(?<=[0-9日号])走(?![海空])"
_ARRIVES = (
    r"(?<![a-z])(?:eta|arriv(?:es?|al|ing)|due)(?![a-z])|预计(?:到港|到达|抵达|抵港)|到港|抵港|抵达|(?<=[0-9日号])到"
)
_IS_THERE = r"(?:(?:goods|cargo)\s+)?(?<![a-z])arrived(?![a-z])|(?:货物?)?已(?:到港|抵港|到达|抵达|到)|货物?到(?:港|了)"
_TRANSIT = (
    r"(?:(?<![a-z])transit(?:\s+time)?\s*:?\s*|航程|全程|约)?(?<![0-9./-])(?P<days>[0-9]{1,3})\s*(?:d(?![a-z])|days?(?![a-z])|天)"
    r"(?:\s*(?:at\s+sea|by\s+(?:sea|air|rail|road)|in\s+transit|transit|sailing)(?![a-z])|航程|左右)?"
)
_CONTAINER = (
    r"(?:(?<![a-z])(?:container|cntr|ctnr)(?![a-z])|柜号|箱号|集装箱号?)\s*(?:no\.?|number|号)?\s*[:#]?\s*(?P<labelled>[a-z]{4}\s?[0-9]{6,7}|"
    rf"{RECORD_NUMBER})|(?<![a-z0-9])(?P<bare>[a-z]{{3}}u\s?[0-9]{{7}})(?![a-z0-9])"
)
_BILL = (
    r"(?:(?<![a-z])(?:b/l|bl|bill(?:\s+of\s+lading)?|m?awb|air\s?waybill|waybill|tracking)(?![a-z])|提单号?|运单号?|单号)"
    rf"\s*(?:no\.?|number|号)?\s*[:#]?\s*(?P<bill>{RECORD_NUMBER})"
)
_WORD = r"[^\s,;:|()\[\]0-9→>~–—到至-]+"
_HYPHEN = rf"\s+-{{1,2}}>?\s+|\s*->\s*|(?<=[{HAN}])\s*-\s*|\s*-\s*(?=[{HAN}])|-(?=(?-i:[A-Z]))"
_ARROW = rf"{_HYPHEN}|\s*(?:–|—|→|=>|~|至|到)\s*|\s+to\s+"
_NAME = rf"{_WORD}(?:\s(?-i:[A-Z]){_WORD}){{0,2}}"
_WAY = (
    rf"(?:(?<![a-z])from\s+|从|自)?(?P<start>{_WORD}(?:\s{_WORD}){{0,2}}?)(?:{_ARROW})"
    rf"(?P<goal>{_WORD}(?:\s{_WORD}){{0,2}}(?=\s*(?:$|[,;|()]))|{_NAME})"
)
_ONE_END = rf"(?:(?<![a-z])from\s+|从|自)(?P<start>{_NAME})|(?:(?<![a-z])to\s+|至|到|去|发往)(?P<goal>{_NAME})"
_LONG_PAST = 60
"""Days back to which a departure without its year may lie."""


def read_shipment(terms: Terms) -> tuple[Shipment, str]:
    """The shipment a line says, and the number of the order it names; ETA follows from ETD and the days on the way.

    Raises Problem where it says nothing of a way.
    """
    verb = terms.take(_SHIPPING, weak=True)
    mode = next((code for code, words in _MODES.items() if terms.take(words)), "")
    container, bill = terms.take(_CONTAINER), terms.take(_BILL)
    parcel = _parcel(terms) if mode in ("", "courier") else None
    about = take_number(terms)
    near = When(terms.today, _LONG_PAST)
    departs = terms.day(_DEPARTS, near)
    there = terms.day(_IS_THERE, When(terms.today, look=Look.BACK)) or _just_now(terms, _IS_THERE)
    arrives = terms.day(_ARRIVES, When(departs, A_SEASON) if departs else near)
    days = terms.take(_TRANSIT)
    departs = departs or terms.loose_day(near) or (terms.today if verb and verb["left"] else None)
    way = terms.take(_WAY) or terms.take(_ONE_END)
    if not (mode or way or departs or arrives or there or container or bill or parcel):
        raise Problem(N_("“{text}” says neither how goods travel, nor where, nor when."), text=terms.shown)
    transit = int(days["days"]) if days else None
    carrier = joined((parcel.courier, parcel.tracking)) if parcel else ""
    shipment = Shipment(
        mode or ("courier" if parcel else ""), terms.typed(way, "start"), terms.typed(way, "goal"),
        departs, transit, arrives or _after(departs, transit), there,
        "".join((container["labelled"] or container["bare"]).split()).upper() if container else "",
        bill["bill"].upper() if bill else carrier, remark=terms.rest(),
    )  # fmt: skip
    return shipment, about


def _after(departs: date | None, days: int | None) -> date | None:
    return departs + timedelta(days) if departs and days is not None else None
