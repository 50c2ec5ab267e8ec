"""A line about an order: its number, sum or pieces, deposit and balance with their days, terms of payment."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from .dates import Look
from .messages import N_, Problem
from .money import find_currency, parse_price, parse_sum, price_total
from .trade_terms import Terms, When
from .trade_words import (
    BALANCE,
    COUNT,
    DEPOSIT,
    FOR,
    FULL_DATE,
    NO_SUM,
    NUMBER,
    PI_NUMBER,
    PO_NUMBER,
    UNIT,
    count_of,
    currency_words,
    joined,
    sum_words,
)
from .values import Order

_ORDER = (
    r"^[\s|]*(?:(?P<trial>(?:trial|sample|first)\s+order(?![a-z])|试订?单|样品单)|(?P<again>(?:repeat|new)\s+order(?![a-z])|返单|翻单)|(?:purchase\s+)?order(?![a-z])|(?:sales\s+)?contract(?![a-z])|正式订单|订单|合同|下单)"
    r"\s*(?:no\.?(?![a-z])|number|编?号)?[\s:#]*"
)
_PLAIN_NUMBER = r"^[\s|]*(?P<number>[0-9]{3,})(?=[\s|,]|$)"
_ORDERED_ON = r"(?<![a-z])(?:ordered|dated)(?![a-z])|下单日期|日期"
_LATER = r"^\s*(?:before|after|against|upon|within|by|on|at)(?![a-z])|[前后时]\s*$"
"""Words about a payment's day that is none on a calendar yet."""


def read_order(terms: Terms) -> tuple[Order, str]:
    """The order a line says, and the number of the PI it names. Raises Problem where it says no sum."""
    ordered = terms.first_day()
    verb = terms.take(_ORDER)
    invoice = terms.take(FOR + PI_NUMBER)
    number = terms.take(PO_NUMBER) or terms.take(_order_number())
    agreed = _take_terms(terms)
    goods = _take_goods(terms)
    ordered = ordered or terms.day(_ORDERED_ON, When(terms.today, look=Look.BACK))
    ahead = When(ordered or terms.today)
    deposit, balance = _take_part(terms, DEPOSIT, ahead), _take_part(terms, BALANCE, ahead)
    ordered = ordered or terms.loose_day(When(terms.today, look=Look.BACK)) or terms.today
    number = number or (terms.take(_PLAIN_NUMBER) if re.search(currency_words(), terms.open, re.I) else None)
    currency, amount = _order_sum(terms, goods, deposit, balance)
    part = deposit.of(amount) or (amount * agreed.share + 50) // 100
    said = "" if balance.due_on and balance.of(amount) in (0, amount - part) else balance.words
    again = terms.typed(verb, "again") if verb else ""
    remarks, product = _remarks_and_product(terms)
    order = Order(
        ordered, currency, amount, joined([number["number"]]) if number else "",
        "trial" if verb and verb["trial"] else "regular", part, ", ".join(agreed.names), deposit.due_on, balance.due_on,
        joined((goods.product, product)), goods.quantity, goods.unit, goods.price, remark=joined((again, said, remarks)),
    )  # fmt: skip
    return order, invoice["number"] if invoice else ""


@cache
def _order_number() -> str:
    """A word with figures right behind "order", which is no sum: HD-2024-11, SO2024."""
    return (
        rf"^[\s|]*(?!(?:{currency_words()})[0-9]|{FULL_DATE})(?P<number>(?=[a-z0-9._/-]*[0-9])[a-z][a-z0-9]*[-_/][a-z0-9._/-]*[a-z0-9]"
        r"|[a-z]{1,4}[0-9]{3,}[a-z0-9-]*|[0-9]{2,}-[a-z0-9-]*[a-z0-9])(?=[\s|,]|$)"
    )


class _Terms(NamedTuple):
    """Terms of payment, and the share of the deposit, in percent, where they say it (T/T 30/70)."""

    names: tuple[str, ...]
    share: int


_TERMS = (
    r"(?:(?<![a-z0-9/.-])(?P<split>10/90|20/80|30/70|40/60|50/50|60/40|70/30)\s*|(?<![a-z0-9]))(?P<name>t/t|l/c|d/p|d/a|o/a|(?-i:TT|LC|DP|DA|OA)|western\s+union|paypal|电汇|信用证|付款交单|承兑交单|赊销|西联)"
    r"(?:\s*(?P<first>[0-9]{1,2})/(?P<last>[0-9]{2})(?![0-9/]))?"
    r"(?P<more>\s+(?:at\s+sight|[0-9]{1,3}\s+days)(?![a-z])|\s*(?:即期|远期)|\s*[0-9]{1,3}天)?(?![a-z0-9])"
)
_TERM_NAMES = {"电汇": "T/T", "信用证": "L/C", "付款交单": "D/P", "承兑交单": "D/A", "赊销": "O/A"}


def _take_terms(terms: Terms) -> _Terms:
    names, share = [], 0
    while found := terms.take(_TERMS):
        name = terms.typed(found, "name")
        short = found["name"].replace("/", "").upper()
        name = f"{short[0]}/{short[1]}" if len(short) == 2 and short.isascii() else _TERM_NAMES.get(name, name)
        split = found["first"] and int(found["first"]) + int(found["last"]) == 100
        share = int(found["first"] if split else found["split"][:2] if found["split"] else share)
        names.append(
            joined(
                (name, "" if split or not found["first"] else f"{found['first']}/{found['last']}", found["more"] or "")
            )
        )
    return _Terms(tuple(names), share)


class _Goods(NamedTuple):
    """Pieces and perhaps their price in ten-thousandths, with its currency where one is written."""

    quantity: int | None = None
    unit: str = ""
    price: int | None = None
    currency: str = ""
    product: str = ""


@cache
def _goods_patterns() -> tuple[str, ...]:
    """`5000 pcs LED bulbs x 0.86`, `USD 0.86/pc x 5000`, a price per piece, and a count alone, the surest first."""
    currency = currency_words()
    price = rf"(?>(?:(?P<before>{currency})\s*)?(?P<price>{NUMBER})(?:\s*(?P<after>{currency})(?!\s*[0-9]))?)"
    per = rf"\s*(?:/|(?<![a-z])per\s+|每)\s*(?P<per>{UNIT}|[a-z]{{1,12}})"
    times = r"\s*(?:×|\*|(?<![a-z])x(?![a-z]))\s*"
    count = rf"(?<![a-z0-9.,/-]){COUNT}"
    at = rf"(?:{times}|\s*@\s*|\s+at\s+)"
    return (
        rf"(?<![a-z0-9.,/-])(?=(?:{currency})|[0-9]+[.,][0-9]){price}(?:{per})?{times}{COUNT}(?![0-9.,]*[0-9])",
        rf"{count}(?P<product>\s+(?:of\s+)?[^|@×*]{{1,60}}?)?{at}{price}(?:{per})?",
        rf"(?<![a-z0-9.,/-]){price}{per}",
    )


_COUNT_ALONE = (
    rf"(?:(?<![a-z])(?:qty|quantity)(?![a-z])|数量)\s*[:=]?\s*{COUNT}",
    rf"(?<![a-z0-9.,/-])(?=[0-9,]+\s*(?:k(?![a-z])|千|万)?\s*{UNIT}){COUNT}",
)


def _take_goods(terms: Terms) -> _Goods:
    """How many pieces at what price."""
    found = next((it for pattern in _goods_patterns() if (it := terms.take(pattern))), None)
    groups = found.groupdict() if found else {}
    counted = (
        found
        if found and groups.get("count")
        else next((it for pattern in _COUNT_ALONE if (it := terms.take(pattern))), None)
    )
    quantity, unit = (count_of(counted), counted["counted"] or "") if counted else (None, "")
    if found is None:
        return _Goods(quantity, unit)
    sign = find_currency(found["before"] or found["after"] or "")
    _currency, price = parse_price(found["price"], terms.currency)
    product = terms.typed(found, "product").removeprefix("of ") if groups.get("product") else ""
    return _Goods(quantity, unit or found["per"] or "", price, sign or "", product)


class _Part(NamedTuple):
    """A part of a sum: a share of it in hundredths of a percent or an amount, when it is due, and its words as typed."""

    share: int = 0
    currency: str = ""
    amount: int = 0
    due_on: date | None = None
    words: str = ""

    def of(self, whole: int) -> int:
        """What this part is of a whole, half a minor unit rounded up; 0 where nothing is said."""
        return self.amount or (whole * self.share + 5_000) // 10_000


_SHARE = r"[0-9]{1,3}(?:\.[0-9]{1,2})?"
_PERCENT = rf"(?P<percent>{_SHARE})\s*%"


@cache
def _part_pattern(label: str) -> str:
    end = r"(?!\s*(?:[%/]|days?|weeks?|months?)|[a-z0-9-]|\s?[天日周月个])"
    return (
        rf"{label}\s*[:=]?\s*(?:of\s+)?(?:{_PERCENT}|(?P<sum>{sum_words()}){end})|(?P<first>{_SHARE})\s*%\s*的?{label}"
    )


def _take_part(terms: Terms, label: str, when: When) -> _Part:
    """A deposit or a balance, with the day it is due where one stands beside it."""
    found = re.compile(_part_pattern(label), re.I).search(terms.open)
    due = None
    if found is None:
        due = terms.day(label, when, r"之?前\s*(?:支?付)?\s*")
        found = re.compile(rf"(?<=\|)\s*(?:支?付|pay)?\s*{_PERCENT}", re.I).search(terms.open) if due else None
    if found is None:
        return _Part(due_on=due)
    terms.mark(*found.span())
    due = due or terms.day_behind(found.end(), when)
    words, groups = terms.text[slice(*found.span())], found.groupdict()
    share = groups.get("percent") or groups.get("first")
    if share:
        whole, _, rest = share.partition(".")
        return _Part(int(whole) * 100 + int(f"{rest}00"[:2]), due_on=due, words=words)
    currency, amount = parse_sum(found["sum"], terms.currency)
    return _Part(0, currency if found["before"] or found["after"] else "", amount, due, words)


def _order_sum(terms: Terms, goods: _Goods, *parts: _Part) -> tuple[str, int]:
    """An order's sum: as written, else the price of its pieces, else all its parts. Raises Problem without one, and where
    currencies differ."""
    written = list(dict.fromkeys(it for it in (goods.currency, *(part.currency for part in parts)) if it))
    terms.currency = written[0] if written else terms.currency
    found = terms.sum()
    if found is None and goods.price and goods.quantity:
        found = terms.currency, price_total(goods.price, goods.quantity, terms.currency)
    if found is None and all(part.amount for part in parts):
        found = terms.currency, sum(part.amount for part in parts)
    if found is None:
        raise Problem(NO_SUM, text=terms.shown)
    others = [it for it in written if it != found[0]]
    if others:
        raise Problem(N_("A sum has one currency, not {first} and {second}."), first=found[0], second=others[0])
    return found


def _remarks_and_product(terms: Terms) -> tuple[str, str]:
    """The words left over: what is said about paying is a remark, the rest names the product."""
    words = [piece for gap in terms.left() if (piece := joined([gap]))]
    remarks = [it for it in words if re.search(rf"%|{BALANCE}|{DEPOSIT}|{_LATER}", it, re.I)]
    return joined(remarks), joined(it for it in words if it not in remarks)
