"""Money as people write it: amounts, currencies and unit prices.

Sums are whole minor units, prices ten-thousandths of the main unit (`values.Quote.price`); a float never holds money.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from unicodedata import normalize

from .messages import N_, Problem
from .text import fold_width, visible

if TYPE_CHECKING:
    from decimal import Decimal

_NO_DIGITS = "CLP ISK JPY KRW PYG UGX VND XAF XOF"
_THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"
_TWO_DIGITS = (
    "AED AMD AOA ARS AUD AZN BAM BDT BGN BOB BRL BYN CAD CDF CHF CNY COP CRC CZK DKK DOP DZD EGP ETB EUR FJD GBP GEL "
    "GHS GTQ HKD HNL HUF IDR ILS INR IRR JMD KES KGS KHR KZT LAK LBP LKR MAD MDL MGA MKD MMK MNT MOP MUR MXN MYR MZN "
    "NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SDG SEK SGD SYP THB TJS TMT TRY TTD TWD TZS "
    "UAH USD UYU UZS VES YER ZAR ZMW"
)

CURRENCIES: Mapping[str, int] = {
    **dict.fromkeys(_TWO_DIGITS.split(), 2),
    **dict.fromkeys(_NO_DIGITS.split(), 0),
    **dict.fromkeys(_THREE_DIGITS.split(), 3),
}
"""ISO 4217 codes in use between traders, with the digits of their minor unit (USD 2, JPY 0, KWD 3)."""

CURRENCY_ALIASES: Mapping[str, str] = {
    "$": "USD",
    "us$": "USD",
    "usd$": "USD",
    "dollar": "USD",
    "dollars": "USD",
    "美元": "USD",
    "美金": "USD",
    "€": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "欧元": "EUR",
    "¥": "CNY",
    "rmb": "CNY",
    "cn¥": "CNY",
    "元": "CNY",
    "人民币": "CNY",
    "£": "GBP",
    "英镑": "GBP",
    "hk$": "HKD",
    "港币": "HKD",
    "港元": "HKD",
    "jp¥": "JPY",
    "日元": "JPY",
    "a$": "AUD",
    "澳元": "AUD",
    "c$": "CAD",
    "加元": "CAD",
    "r$": "BRL",
    "s$": "SGD",
    "nt$": "TWD",
    "台币": "TWD",
    "₹": "INR",
    "卢比": "INR",
    "₽": "RUB",
    "卢布": "RUB",
    "₩": "KRW",
    "韩元": "KRW",
    "₺": "TRY",
    "₫": "VND",
    "₱": "PHP",
    "₦": "NGN",
    "₴": "UAH",
    "zł": "PLN",
}
"""Signs and words for currencies. These users mean the US dollar by a lone `$` and the renminbi by a lone `¥`."""

PRICE_SCALE = 10_000
"""Parts of the main unit in which a unit price is counted."""

# Thousands, or the Indian way: 12,34,567.
_GROUPED = r"[0-9]+|[0-9]{1,3}(?:([ \u00a0\u202f.,'’])[0-9]{3}(?:\1[0-9]{3})*|(?:,[0-9]{2})+,[0-9]{3})"
_LONGEST_AMOUNT = 40
_MOST_WHOLE_DIGITS = 12
_TIMES = {"k": 1_000, "千": 1_000, "万": 10_000}
_SUM = (
    r"(?P<before>[^0-9]*?)\s*(?P<digits>[0-9](?:[0-9 \u00a0\u202f.,'’]*[0-9])?)\s*(?:(?P<times>k|千|万)(?![a-z]))?\s*"
    r"(?P<after>[^0-9]*)"
)


def find_currency(word: str) -> str | None:
    """The ISO 4217 code that a code, sign or currency word means, in any case and width; None when unknown."""
    plain = normalize("NFKC", word).strip()
    code = plain.upper()
    return code if code in CURRENCIES else CURRENCY_ALIASES.get(plain.casefold())


def parse_amount(text: str) -> Decimal:
    """The amount that `text` (digits and separators only) says, never negative.

    Where both `.` and `,` occur, the later one is the decimal sign; one that occurs twice groups thousands. A single
    comma before exactly three digits groups (`1,234` is 1234), because Chinese and English writers mean that; any other
    single comma, and any single dot, is the decimal sign (`12,5` is 12.5, `1.234` is 1.234). Spaces and apostrophes
    group.

    Raises Problem for anything else: `NaN`, `1e9`, signs, letters, groups of the wrong size, past 12 whole digits.
    """
    from decimal import Decimal

    plain = fold_width(text[: _LONGEST_AMOUNT + 1]).strip()
    number = _decimal_point_only(plain) if len(plain) <= _LONGEST_AMOUNT else None
    if number is None or len(number.partition(".")[0]) > _MOST_WHOLE_DIGITS:
        raise Problem(N_("“{text}” is not an amount. Write it like 1234.56 or 1,234.56."), text=plain)
    return Decimal(number)


def _decimal_point_only(plain: str) -> str | None:
    """`plain` with its grouping removed and `.` as decimal sign, or None when it is no amount."""
    if not re.fullmatch(r"[0-9][0-9 \u00a0\u202f.,'’]*", plain):
        return None
    sign = _decimal_sign(plain)
    whole, _, part = plain.rpartition(sign) if sign else (plain, "", "")
    if sign and not re.fullmatch(r"[0-9]+", part):
        return None
    grouped = re.fullmatch(_GROUPED, whole)
    if grouped is None or grouped[1] == sign != "":
        return None
    digits = re.sub(r"[^0-9]", "", whole).lstrip("0") or "0"
    return f"{digits}.{part}" if part else digits


def _decimal_sign(plain: str) -> str:
    """Which of `.` and `,` in `plain` separates the decimals; empty when none does."""
    last = plain[max(plain.rfind("."), plain.rfind(","))]
    if last not in ".," or plain.count(last) > 1:
        return ""
    groups = last == "," and "." not in plain and re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", plain)
    return "" if groups else last


def format_price(price: int, currency: str) -> str:
    """A price in ten-thousandths as text, `USD 0.86`: as many decimals as it has, at least those of the currency."""
    whole, part = divmod(price, PRICE_SCALE)
    fewest = CURRENCIES.get(currency, 2)
    decimals = f"{part:04}"
    shown = decimals[:fewest] + decimals[fewest:].rstrip("0")
    code = visible(currency)
    return f"{code} {whole:,}.{shown}" if shown else f"{code} {whole:,}"


def parse_sum(text: str, currency_default: str) -> tuple[str, int]:
    """The currency and the minor units of a sum as people write it: `USD 4280`, `4.280,50 €`, `￥1,234`, `1.2万美元`.

    `currency_default` holds where none is written. Raises Problem for an unknown currency, a sum below nothing or of 10^12
    and more, more decimals than the currency has, and for whatever is no amount.
    """
    currency, amount = _written(text)
    currency = currency or currency_default
    digits = CURRENCIES.get(currency, 2)
    minor = amount.scaleb(digits)
    if minor != int(minor) or _may_be_thousands(amount, digits):
        raise Problem(
            N_("“{text}” has more decimals than {currency} has ({most}). Thousands are written 1234 or 1,234."),
            text=text.strip(),
            currency=currency,
            most=digits,
        )
    return currency, int(minor)


def _may_be_thousands(amount: Decimal, digits: int) -> bool:
    """Whether three noughts stand behind the decimal sign of a currency with fewer: `5.000` is five thousand to half of Europe."""
    return amount.as_tuple().exponent == -3 and digits < 3


def parse_price(text: str, currency_default: str) -> tuple[str, int]:
    """The currency and the ten-thousandths of a unit price as people write it. Raises Problem like `parse_sum`."""
    currency, amount = _written(text)
    price = amount * PRICE_SCALE
    if price != int(price):
        raise Problem(N_("“{text}” has more than the four decimals a price can have."), text=text.strip())
    return currency or currency_default, int(price)


def _written(text: str) -> tuple[str | None, Decimal]:
    """The currency, if any, and the amount that are written. Raises Problem."""
    from decimal import Decimal

    plain = fold_width(text[:_LONGEST_AMOUNT]).strip()
    if not re.search("[0-9]", plain):
        raise Problem(N_("“{text}” says no sum. Write it like USD 4,280.00 or 4280."), text=plain)
    parts = re.fullmatch(_SUM, plain, re.I) if len(text) <= _LONGEST_AMOUNT else None
    number = _decimal_point_only(parts["digits"]) if parts else None
    if parts is None or number is None:
        raise Problem(N_("“{text}” is not an amount. Write it like 1234.56 or 1,234.56."), text=plain)
    before, after = parts["before"].strip(), parts["after"].strip()
    if re.search("[-−–]", before + after):
        raise Problem(N_("“{text}” is less than nothing. Write the sum without a minus."), text=plain)
    amount = Decimal(number)
    if parts["times"]:
        amount = (amount * _TIMES[parts["times"].lower()]).normalize()
    if amount >= 10**_MOST_WHOLE_DIGITS:
        raise Problem(N_("“{text}” is too much: a sum has at most {most} digits before the decimal sign."),
                      text=plain, most=_MOST_WHOLE_DIGITS)  # fmt: skip
    return _currency_of(before, after), amount


def _currency_of(before: str, after: str) -> str | None:
    """The one currency written before or behind a sum, None without any. Raises Problem when it is unknown, or there are two."""
    found = {word: find_currency(word) for word in (before, after) if word}
    for word, code in found.items():
        if code is None:
            raise Problem(N_("“{text}” is no currency known here. Write one of {known}."), text=word, known=_like(word))
    if len(set(found.values())) > 1:
        raise Problem(N_("A sum has one currency, not {first} and {second}."), first=before, second=after)
    return next(iter(found.values()), None)


def _like(word: str) -> str:
    """Codes of currencies that are written nearly like `word`, then the ones most in use."""
    from difflib import get_close_matches

    near = get_close_matches(word.upper()[:10], CURRENCIES, 3)
    return ", ".join(dict.fromkeys([*near, "USD", "EUR", "CNY"]))


def sum_text(minor: int, currency: str, group: str = "") -> str:
    """A sum in minor units as plain decimal text, `4280.00`, with the decimals of its currency; `group` parts thousands."""
    digits = CURRENCIES.get(currency, 2)
    whole, part = divmod(abs(minor), 10**digits)
    shown = f"{whole:,}".replace(",", group) + (f".{part:0{digits}}" if digits else "")
    return f"-{shown}" if minor < 0 else shown


def format_sum(minor: int, currency: str) -> str:
    """A sum in minor units for people: `USD 4,280.00`."""
    return f"{visible(currency)} {sum_text(minor, currency, ',')}"


def price_total(price: int, count: int, currency: str) -> int:
    """`count` times a price in ten-thousandths, in minor units of the currency, half a unit rounded up."""
    scale: int = PRICE_SCALE // 10 ** CURRENCIES.get(currency, 2)
    return (price * count + scale // 2) // scale
