"""The user's language: translating messages, and the words shown for codes. English is the source, 简体中文 ships along."""

from __future__ import annotations

import gettext as _gettext
import os
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from .domain.country_names import names_of
from .domain.messages import N_, Message, Problem

LANGUAGES = ("en", "zh_CN")
_LOCALE = Path(__file__).parent / "locale"
_catalog: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def use_language(language: str) -> None:
    """Speak `language` (one of `LANGUAGES`) from now on."""
    global _catalog, _language
    _language = language
    if language == "en":
        _catalog = _gettext.NullTranslations()
        return
    with (_LOCALE / language / "crm.mo").open("rb") as file:
        _catalog = _gettext.GNUTranslations(file)


def language() -> str:
    """The language spoken now."""
    return _language


def system_language() -> str:
    """The shipped language nearest to what the environment asks for."""
    wanted = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG") if os.environ.get(name)), ""
    )
    return "zh_CN" if wanted.lower().startswith("zh") else "en"


def _(text: str) -> str:
    """`text` in the user's language."""
    return _catalog.gettext(text) if text else ""


def ngettext(one: str, many: str, n: int) -> str:
    """`one` or `many` in the user's language, with `{n}` filled in."""
    return _catalog.ngettext(one, many, n).format(n=n)


def pgettext(context: str, text: str) -> str:
    """`text` in the user's language where the same English means different things."""
    return _catalog.pgettext(context, text)


@cache
def _chinese() -> _gettext.NullTranslations:
    with (_LOCALE / "zh_CN" / "crm.mo").open("rb") as file:
        return _gettext.GNUTranslations(file)


def twins(text: str, context: str = "") -> tuple[str, ...]:
    """`text` in every language there is, the present one first: what a file says that was written in any of them."""
    chinese = _chinese().pgettext(context, text) if context else _chinese().gettext(text)
    here = pgettext(context, text) if context else _(text)
    return tuple(dict.fromkeys((here, text, chinese)))


def tell(message: Message) -> str:
    """A domain message in the user's language; codes and dates among its values are put into words."""
    values = {name: _value(name, value) for name, value in message.values.items()}
    return _(message.template).format(**values)


def explain(problem: BaseException) -> str:
    """What went wrong, for the user; only a `Problem` carries a translation."""
    return tell(problem.message) if isinstance(problem, Problem) else str(problem)


def _value(name: str, value: object) -> object:
    if isinstance(value, Message):
        return tell(value)
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, str) and name in WORDS:
        return word(name, value)
    if isinstance(value, str) and name == "country":
        return country_name(value)
    if isinstance(value, str) and name == "fields":
        from .domain.fields import BY_NAME

        return ", ".join(_(BY_NAME[field].label) if field in BY_NAME else field for field in value.split(", "))
    return value


WORDS: Mapping[str, Mapping[str, str]] = {
    "temperature": {
        "hot": N_("hot"),
        "potential": N_("potential"),
        "cold": N_("cold"),
        "existing": N_("existing"),
        "sample": N_("sample"),
    },
    "stage": {
        "new": N_("new"),
        "contacted": N_("contacted"),
        "qualified": N_("qualified"),
        "quoted": N_("quoted"),
        "sampling": N_("sampling"),
        "negotiating": N_("negotiating"),
        "ordered": N_("ordered"),
        "repeat": N_("repeat"),
        "lost": N_("lost"),
        "paused": N_("paused"),
    },
    "channel": {
        "email": N_("e-mail"),
        "phone": N_("phone"),
        "whatsapp": N_("WhatsApp"),
        "wechat": N_("WeChat"),
        "linkedin": N_("LinkedIn"),
        "video": N_("video call"),
        "visit": N_("visit"),
        "trade_show": N_("trade show"),
        "sms": N_("SMS"),
        "other": N_("other"),
    },
    "kind": {
        "factory": N_("factory"),
        "agent": N_("agent"),
        "brand": N_("brand"),
        "retailer": N_("retailer"),
        "wholesaler": N_("wholesaler"),
        "trader": N_("trader"),
        "distributor": N_("distributor"),
        "importer": N_("importer"),
        "end_user": N_("end user"),
        "other": N_("other"),
    },
    "source": {
        "trade_show": N_("trade show"),
        "b2b_platform": N_("B2B platform"),
        "referral": N_("referral"),
        "online": N_("online"),
        "own_search": N_("own search"),
        "website": N_("website"),
        "social": N_("social media"),
        "other": N_("other"),
    },
    "outcome": {
        "reached": N_("reached"),
        "no_answer": N_("no answer"),
        "left_message": N_("left a message"),
        "replied": N_("replied"),
    },
    "reach": {
        "email": N_("e-mail"),
        "phone": N_("phone"),
        "whatsapp": N_("WhatsApp"),
        "wechat": N_("WeChat"),
        "linkedin": N_("LinkedIn"),
        "skype": N_("Skype"),
        "website": N_("website"),
        "other": N_("other"),
    },
    "rank": {
        "owner": N_("owner"),
        "executive": N_("executive"),
        "manager": N_("manager"),
        "staff": N_("staff"),
    },
    "role": {
        "decides": N_("decides"),
        "influences": N_("influences"),
        "buys": N_("buys"),
        "uses": N_("uses it"),
        "blocks": N_("is against us"),
    },
    "record": {
        "quote": N_("quote"),
        "sample": N_("sample"),
        "invoice": N_("PI"),
        "order": N_("order"),
        "payment": N_("payment"),
        "shipment": N_("shipment"),
    },
    "status": {
        "open": N_("open"),
        "accepted": N_("accepted"),
        "rejected": N_("rejected"),
        "expired": N_("expired"),
        "approved": N_("approved"),
        "void": N_("void"),
        "done": N_("done"),
        "cancelled": N_("cancelled"),
    },
    "order_kind": {
        "trial": N_("trial order"),
        "regular": N_("regular order"),
    },
    "payment_kind": {
        "deposit": N_("deposit"),
        "balance": N_("balance"),
        "full": N_("full amount"),
        "other": N_("other"),
    },
    "mode": {
        "sea": N_("sea"),
        "air": N_("air"),
        "rail": N_("rail"),
        "road": N_("road"),
        "courier": N_("courier"),
    },
    "custom_kind": {
        "text": N_("text"),
        "number": N_("number"),
        "date": N_("date"),
        "choice": N_("choice"),
        "yes_no": N_("yes or no"),
    },
    "happened": {
        "quoted": N_("quoted"),
        "sample_sent": N_("sample sent"),
        "sample_arrived": N_("sample arrived"),
        "invoiced": N_("PI sent"),
        "ordered": N_("ordered"),
        "paid": N_("paid"),
        "shipped": N_("goods left"),
        "arrived": N_("goods arrived"),
    },
    "table": {
        "customer": N_("customer"),
        "contact": N_("person"),
        "reach": N_("address"),
        "activity": N_("log entry"),
        "next_step": N_("next step"),
        "tag": N_("tag"),
        "customer_tag": N_("tag"),
        "quote": N_("quote"),
        "sample": N_("sample"),
        "invoice": N_("PI"),
        "sales_order": N_("order"),
        "payment": N_("payment"),
        "shipment": N_("shipment"),
        "attachment": N_("file"),
        "custom_field": N_("own field"),
        "exchange_rate": N_("exchange rate"),
        "imported_row": N_("imported row"),
    },
    "found_in": {
        "name": N_("name"),
        "person": N_("person"),
        "address": N_("address"),
        "tag": N_("tag"),
        "details": N_("details"),
        "note": N_("log"),
    },
    "yes_no": {
        "yes": N_("yes"),
        "no": N_("no"),
    },
    "tag_color": {
        "red": N_("red"),
        "orange": N_("orange"),
        "yellow": N_("yellow"),
        "green": N_("green"),
        "cyan": N_("cyan"),
        "blue": N_("blue"),
        "purple": N_("purple"),
        "gray": N_("gray"),
    },
}
"""English display words of the codes, by vocabulary. Translated with the vocabulary as context."""


def word(vocabulary: str, code: str) -> str:
    """The display word of a code, e.g. `word("temperature", "hot")`; an unknown code is shown as it is."""
    english = WORDS[vocabulary].get(code)
    return pgettext(vocabulary, english) if english else code


def country_name(code: str) -> str:
    """The country's name in the user's language; the code itself where it is unknown."""
    names = names_of(code)
    return code if names is None else names[_language == "zh_CN"]


def short_date(day: date) -> str:
    """A day as a list shows it: `Tue 24 Nov`, `11月24日 周二`; with its year unless it is near."""
    if _language == "zh_CN":
        return f"{month_day(day)} 周{'一二三四五六日'[day.weekday()]}"
    return f"{_DAYS[day.weekday()]} {month_day(day)}"


def month_day(day: date) -> str:
    """A day without its weekday: `24 Nov`, `11月24日`; with its year unless that is this year or a few months away."""
    today = date.today()
    other_year = day.year != today.year and abs((day - today).days) > _NEAR
    if _language == "zh_CN":
        return (f"{day.year}年" if other_year else "") + f"{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if other_year else "")


_NEAR = 150
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
