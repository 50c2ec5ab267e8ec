"""The values of a book as JSON: each check returns what may be stored, or raises Problem that says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from tui_crm.domain.countries import country
from tui_crm.domain.messages import N_, Problem
from tui_crm.domain.text import clean, visible

Check = Callable[[Any], Any]

_LARGEST = 10**15
"""Of numbers; money stays far below it, and the book's engine takes it."""
_UID = re.compile(r"[0-9A-Za-z._:-]{1,64}")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_CURRENCY = re.compile(r"[A-Z]{3}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_YEARS = range(1900, 2200)


def any_text(value: Any) -> str:
    """Text, cleaned as everywhere; line breaks stay."""
    if value == "":
        return ""
    if not isinstance(value, str):
        raise Problem(N_("{value} is no text"), value=said(value))
    return clean(value, lines=True)


def some_text(value: Any) -> str:
    """Text that says something."""
    text = any_text(value)
    if not text:
        raise Problem(N_("it is empty"))
    return text


def _matching(pattern: re.Pattern[str], wanted: str) -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise Problem(wanted, value=said(value))
        return value

    return check


uid = _matching(_UID, N_("{value} is no uid: up to 64 letters and digits"))
currency = _matching(_CURRENCY, N_("{value} is no currency; write its code, like USD"))
sha256 = _matching(_SHA256, N_("{value} is no SHA-256"))


def uid_or_none(value: Any) -> str | None:
    """A uid, or nothing."""
    return None if value is None else str(uid(value))


def code(codes: Sequence[str]) -> Check:
    """A check for one of these codes."""

    def check(value: Any) -> str:
        if value not in codes:
            raise Problem(N_("{value} is not known; use one of: {known}"), value=said(value), known=" ".join(codes))
        return str(value)

    return check


def country_code(value: Any) -> str:
    """The two letters of a country, or nothing."""
    if not isinstance(value, str) or (value and country(value) is None):
        raise Problem(N_("{value} is no country; write its two letters, like DE"), value=said(value))
    return value


def whole(value: Any) -> int:
    """A whole number that the book's engine takes."""
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _LARGEST:
        raise Problem(N_("{value} is no whole number"), value=said(value))
    return value


def counted(value: Any) -> int:
    """A whole number from 1."""
    if whole(value) < 1:
        raise Problem(N_("{value} is no whole number from 1"), value=said(value))
    return int(value)


def or_none(check: Check) -> Check:
    """The check, or nothing."""
    return lambda value: None if value is None else check(value)


def flag(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Problem(N_("{value} is neither true nor false"), value=said(value))
    return value


def day(value: Any) -> str:
    """A day, in the one form there is."""
    try:
        read = date.fromisoformat(value)
    except (TypeError, ValueError):
        read = None
    if read is None or read.isoformat() != value or read.year not in _YEARS:
        raise Problem(N_("{value} is no day; write it like 2026-11-21"), value=said(value))
    return str(value)


def instant(value: Any) -> str:
    """An instant as the book stores it: UTC, to the millisecond."""
    try:
        good = _INSTANT.fullmatch(value) is not None and datetime.fromisoformat(value).year in _YEARS
    except (TypeError, ValueError):
        good = False
    if not good:
        raise Problem(N_("{value} is no instant; write it in UTC like 2026-11-21T08:30:00.000Z"), value=said(value))
    return str(value)


def rate(value: Any) -> str:
    """An exchange rate: a decimal number as text."""
    try:
        good = isinstance(value, str) and 0 < Decimal(value) < _LARGEST
    except InvalidOperation:
        good = False
    if not good:
        raise Problem(N_('{value} is no rate; write it as text, like "7.12"'), value=said(value))
    return str(value)


def own_values(value: Any) -> dict[str, str]:
    """Texts by the names of fields that users have added."""
    if not isinstance(value, dict):
        raise Problem(N_("{value} is no object of names and texts"), value=said(value))
    return {some_text(name): any_text(text) for name, text in value.items()}


def texts(value: Any) -> list[str]:
    """Texts that say something, each once."""
    if not isinstance(value, list):
        raise Problem(N_("{value} is no list"), value=said(value))
    return list(dict.fromkeys(some_text(text) for text in value))


def said(value: object) -> str:
    """What stands in the file, for a sentence: harmless and short."""
    text = visible(value if isinstance(value, str) else repr(value)[:200])
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"
