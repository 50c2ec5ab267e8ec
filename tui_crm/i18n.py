"""The user's language: translating messages, and the words shown for codes. English is the source; every other language is a
catalogue in `locale`."""

from __future__ import annotations

import gettext as _gettext
import os
import sys
from datetime import date
from functools import cache

from .code_words import WORDS
from .domain.country_names import names_of
from .domain.messages import Key, Message, Problem
from .domain.text import visible
from .languages import LOCALE, languages

LANGUAGES = languages()
_catalog: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def use_language(language: str) -> None:
    """Speak `language` (one of `LANGUAGES`) from now on."""
    global _catalog, _language
    _language = language
    _catalog = _catalogue(language)


def language() -> str:
    """The language spoken now."""
    return _language


def system_language() -> str:
    """The shipped language nearest to what the environment asks for."""
    wanted = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG") if os.environ.get(name)), ""
    )
    wanted = wanted or _windows_language()
    near = [code for code in LANGUAGES if code.lower() == wanted.lower().partition(".")[0]]
    return next(iter(near or [code for code in LANGUAGES if code[:2] == wanted.lower()[:2]]), "en")


def _windows_language() -> str:
    """The language of Windows, which says it in no variable; empty anywhere else."""
    if sys.platform != "win32":
        return ""
    import ctypes
    import locale

    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")


def language_name(language: str) -> str:
    """What a language calls itself: `English`, `简体中文`."""
    return _catalogue(language).pgettext("language", "English")


def next_language() -> str:
    """The language that comes after the present one."""
    return LANGUAGES[(LANGUAGES.index(_language) + 1) % len(LANGUAGES)]


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
def _catalogue(language: str) -> _gettext.NullTranslations:
    if language == "en":
        return _gettext.NullTranslations()
    with (LOCALE / language / "crm.mo").open("rb") as file:
        return _gettext.GNUTranslations(file)


def twins(text: str, context: str = "") -> tuple[str, ...]:
    """`text` in every language there is, the present one first: what a file says that was written in any of them."""
    catalogues = (_catalog, *map(_catalogue, LANGUAGES))
    return tuple(dict.fromkeys(each.pgettext(context, text) if context else each.gettext(text) for each in catalogues))


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
    if name == "day" and isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        return short_date(date.fromisoformat(value))  # as an operation keeps it
    if isinstance(value, Key):
        from .keys_in_force import key_of

        return key_of(value.command)
    if isinstance(value, str) and name in WORDS:
        return word(name, value)
    if isinstance(value, str) and name == "country":
        return country_name(value)
    if isinstance(value, str) and name == "fields":
        from .domain.fields import BY_NAME

        return ", ".join(_(BY_NAME[field].label) if field in BY_NAME else field for field in value.split(", "))
    return visible(value, lines=True) if isinstance(value, str) else value


def word(vocabulary: str, code: str) -> str:
    """The display word of a code, e.g. `word("temperature", "hot")`; an unknown code is shown as it is."""
    english = WORDS[vocabulary].get(code)
    return pgettext(vocabulary, english) if english else visible(code)


def country_name(code: str) -> str:
    """The country's name in the user's language; the code itself where it is unknown."""
    names = names_of(code)
    return visible(code) if names is None else names[_language.startswith("zh")]


def short_date(day: date) -> str:
    """A day as a list shows it: `Tue 24 Nov`, `11月24日 周二`; with its year unless it is near."""
    return _with_weekday(day, month_day(day))


def full_date(day: date) -> str:
    """A day that may be read long after: `Tue 24 Nov 2026`, `2026年11月24日 周二`."""
    return _with_weekday(day, _with_year(day))


def month_day(day: date) -> str:
    """A day without its weekday: `24 Nov`, `11月24日`; with its year unless that is this year or a few months away."""
    today = date.today()
    far = day.year != today.year and abs((day - today).days) > _NEAR
    return _with_year(day) if far else _of_month(day)


def _of_month(day: date) -> str:
    return pgettext("date", "{day} {month}").format(day=day.day, month=word("month", str(day.month)))


def _with_year(day: date) -> str:
    return pgettext("date", "{date} {year}").format(date=_of_month(day), year=day.year)


def _with_weekday(day: date, shown: str) -> str:
    return pgettext("date", "{weekday} {date}").format(weekday=word("weekday", str(day.isoweekday())), date=shown)


_NEAR = 150
