"""Phone numbers as people write them: checked, given their country code, never regrouped."""

from __future__ import annotations

import re
import unicodedata

from .countries import country
from .messages import N_, Problem
from .text import REPLACEMENT, clean, fold_width

_EXTENSION = re.compile(r"\s*(?:ext(?:ension)?\.?|x|转|分机|#)\s*(\d{1,6})$", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d ()./-]+")
_FEWEST_DIGITS, _MOST_DIGITS = 5, 15

# What is dialled before the area code inside a country, and is left out from abroad.
_TRUNK = {"HU": r"0\D*6", "RU": "8", "KZ": "8", "BY": r"8\D*0?", "TM": "8"}
_USUAL_TRUNK = "0"
_NO_TRUNK = frozenset({"BJ", "BW", "CG", "CI", "GA", "IT", "MO", "NC", "NE", "SM", "SZ", "TO", "VA"})
_NORTH_AMERICAN_DIGITS = 10
_FEWEST_AFTER_CODE = 7


def check_phone(text: str, country_code: str = "") -> str:
    """Return a phone number as "+CC ..." with the writer's own grouping, and " ext 371" for an extension.

    A number without country code gets that of `country_code` (ISO alpha-2), if given. Raises Problem.
    """
    shown = clean(text)
    # Phones pasted from a chat come wrapped in direction marks, which `clean` has made visible.
    number = _ascii_digits(fold_width(shown)).strip(f" {REPLACEMENT}").removeprefix("tel:")
    extension = _EXTENSION.search(number)
    number = " ".join(number[: extension.start() if extension else None].split()).replace("(0)", "")
    number = re.sub(r"^\(\s*\+\s*(\d+)\s*\)", r"+\1 ", number)
    number = re.sub(r"^(?:\+\s*|00\s*)(?=[1-9(])", "+", number)
    if not _PHONE.fullmatch(number):
        raise Problem(
            N_("“{text}” is no phone number: write digits, blanks, + ( ) - . / and perhaps “ext 5”."), text=shown
        )
    number = " ".join(_with_country(number, country_code).split())
    count = len(_digits(number))
    if not _FEWEST_DIGITS <= count <= _MOST_DIGITS:
        raise Problem(
            N_("“{text}” has {count} digits; a phone number has {least} to {most}."),
            text=shown,
            count=count,
            least=_FEWEST_DIGITS,
            most=_MOST_DIGITS,
        )
    return f"{number} ext {extension[1]}" if extension else number


def _ascii_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def _digits(text: str) -> str:
    return re.sub("[^0-9]", "", text)


def _with_country(number: str, country_code: str) -> str:
    land = country(country_code)
    if number.startswith("+") or land is None:
        return number
    if land.dial.startswith("1"):
        return _north_american(number, land.dial)
    if _has_code(number, land.dial):
        return "+" + number.lstrip("(")
    if country_code not in _NO_TRUNK:
        number = re.sub(rf"^(\(?){_TRUNK.get(country_code, _USUAL_TRUNK)}", r"\1", number)
    return f"+{land.dial} {number}"


def _north_american(number: str, dial: str) -> str:
    digits = _digits(number)
    if len(digits) == _NORTH_AMERICAN_DIGITS:
        return f"+1 {number}"
    if len(digits) == _NORTH_AMERICAN_DIGITS + 1 and digits.startswith("1"):
        return "+" + number.lstrip("(")
    return f"+{dial} {number}" if len(dial) + len(digits) == _NORTH_AMERICAN_DIGITS + 1 else number


def _has_code(number: str, dial: str) -> bool:
    """Whether the number already begins with the country's code, only without the +: set apart, or by its length."""
    digits = _digits(number)
    set_apart = re.match(rf"\(?{dial}[ ).-]", number) and len(digits) - len(dial) >= _FEWEST_AFTER_CODE
    return bool(set_apart) or (digits.startswith(dial) and len(digits) - len(dial) > _FEWEST_AFTER_CODE + 1)


def phone_digits(text: str) -> str:
    """Return the digits of a phone number alone: no extension, no + or 00 before the country code."""
    number = _ascii_digits(fold_width(text)).strip()
    return _digits(_EXTENSION.sub("", number).replace("(0)", "")).removeprefix("00")
