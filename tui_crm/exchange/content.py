"""What a column holds, by its cells alone: for columns whose header says nothing, or something else than what stands there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from unicodedata import normalize

from tui_crm.domain.countries import find_country
from tui_crm.domain.legal_forms import has_legal_form
from tui_crm.domain.text import fold_width
from tui_crm.domain.vocabulary import GRADE, KIND, STAGE, TEMPERATURE, YES_OR_NO, Vocabulary

from .tables import Cell, shown

LOOKED_AT = 60
"""Filled cells of a column that are looked at."""

_MOST = 0.8
"""The share of cells that have to look like one thing."""
_SOME = 0.4
"""The share of names that have to end in a legal form: many companies are written without."""
_DIFFERENT = 0.5
"""The share of different values an address column has: one that repeats a few is of colleagues, not of customers."""
_FEWEST = 2
_LONGEST_HEADER = 40

_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[a-z]{2,}", re.IGNORECASE)
_URL = re.compile(
    r"(?:https?://|www\.)\S+|(?:[a-z0-9][a-z0-9-]*\.)+(?:com|net|org|de|fr|it|es|nl|pl|uk|eu|us|cn|in|br|mx|ru|tr|ae|info|biz|co)(?:\.[a-z]{2})?(?:/\S*)?",
    re.IGNORECASE,
)
_LINKEDIN = re.compile(r"(?:https?://)?(?:[a-z]+\.)?linkedin\.com/\S+", re.IGNORECASE)
_PHONE = re.compile(
    r"(?:\+|00)\s?[\d ()./-]{6,22}\d|\(?0[\d ()./-]{7,20}\d|1[3-9]\d{9}|\(\d{3}\)\s?\d{3}[-.\s]\d{4}|\d{3}-\d{3,4}-\d{4}"
)
_DATE = re.compile(
    r"(?:19|20)\d\d[-/.年]\d\d?[-/.月]\d\d?日?(?:[T\s].*)?|\d\d?[-/.]\d\d?[-/.](?:19|20)?\d\d|\d\d?月\d\d?[日号]"
)
_LABELS = re.compile(
    r"(?:e-?mails?|邮箱|邮件|tel(?:ephone)?|phone|mobile|mob|cell|手机|电话|whats ?app|wa|wechat|微信|qq|skype|web|网址)(?![a-z])|[\W\d_]+",
    re.IGNORECASE,
)
_SURELY = re.compile(r"\S@\S+\.[a-z]{2}|(?:^|[^\d])(?:\+|00)[1-9]\d[\d ()./-]{5,}", re.IGNORECASE)
_FEW_WORDS = 2
"""Words beside addresses that are names and numbers of other services, not prose."""
_SEVERAL = re.compile(r"[;,，；、\n]+|\s/\s")

_YES = "√✓✔☑●■"
_TICKS = re.compile(f"[{_YES}×✗✘☒○□][\ufe0e\ufe0f]?")

_NOT_THEIRS = re.compile(
    r"owner|sales|state|province|lang|currency|created|modified|author|user|agent|our|from|sender|cc\b|fax|vat|tax|zip|postal|account|iban|bank|invoice"
    r"|负责|责任|业务|创建|跟进|录入|我方|传真|税|邮编|账|银行|发票|原产|产地|origin|birth|生日|省|州|币|语",
    re.IGNORECASE,
)
"""Headers of columns that hold addresses or countries which are not the customer's."""

_CONTRADICTED: Mapping[str, frozenset[str]] = {
    "email": frozenset({"phone", "website", "whatsapp", "linkedin"}),
    "phone": frozenset({"email", "website", "linkedin"}),
    "whatsapp": frozenset({"email", "website", "linkedin"}),
    "website": frozenset({"email", "phone", "linkedin"}),
    "country": frozenset({"email", "phone", "website", "last_date"}),
    "contact": frozenset({"email", "phone"}),
    "note": frozenset({"email", "phone", "reach"}),
    "city": frozenset({"email", "phone"}),
    "grade": frozenset({"temperature", "stage", "kind"}),
    "temperature": frozenset({"grade", "stage"}),
    "status": frozenset({"country", "email", "phone"}),
    "stage": frozenset({"temperature", "country", "email", "phone"}),
    "kind": frozenset({"country", "stage", "temperature"}),
    "last_date": frozenset({"email", "phone", "country"}),
    "next_date": frozenset({"email", "phone", "country"}),
}
"""By what the header says: what the cells may be instead, against their header."""


def sample(cells: Iterable[Cell]) -> list[str]:
    """The first cells with something in them, as text."""
    found = []
    for cell in cells:
        if cell is not None:
            found.append(shown(cell).strip())
            if len(found) == LOOKED_AT:
                break
    return found


def field_of(cells: Sequence[str], header: str, taken: Iterable[str], *, said: str = "") -> str:
    """The field that `cells` are, or "" where they do not tell. `said` is what the header names, which the cells have to
    contradict; `taken` are the fields that other columns of the sheet hold."""
    if len(cells) < _FEWEST:
        return ""
    there = set(taken)
    allowed = _CONTRADICTED.get(said, frozenset()) if said else _ANY
    if said and said in _LOOKS and _share(cells, _LOOKS[said]) >= 1 - _MOST:
        return ""
    for field, looks in _LOOKS.items():
        if field not in allowed or (field in there and field not in _REPEATED) or _share(cells, looks) < _MOST:
            continue
        if field in _ADDRESSES and _NOT_THEIRS.search(header):
            continue
        if not (_differ(cells) if field in _REACHES else len(set(cells)) > 1 or field not in _WORDS):
            continue
        return field
    return ""


def is_value(text: str) -> bool:
    """Whether a cell is plainly data, and so no header: an address, a day, a country, the name of a company, a number."""
    plain = text.strip()
    looks = any(_LOOKS[field](plain) for field in ("email", "linkedin", "website", "phone", "last_date", "country"))
    return looks or has_legal_form(plain) or not any(map(str.isalpha, plain)) or len(plain) > _LONGEST_HEADER


def ticked(text: str, header: str) -> bool | None:
    """Whether a cell is a tick (√, 已寄样 √ under 已寄样) or a cross; None for anything else."""
    if header.startswith(("是否", "已")) and (answer := YES_OR_NO.find(text)):
        return answer == "yes"
    words = _TICKS.sub("", text).strip(" :：")
    if words and words.casefold() != header.strip().casefold():
        return None
    signs = _TICKS.findall(text)
    return signs[0][0] in _YES if len(signs) == 1 else None


def is_ticked(cells: Sequence[str], header: str) -> bool:
    """Whether a column only ticks off what its header says."""
    found = [ticked(text, header) for text in cells]
    return True in found and None not in found


def is_company(cells: Sequence[str]) -> bool:
    """Whether a column without a telling header holds names of companies: many different ones, not few with a legal form."""
    if len(cells) < _FEWEST or not _differ(cells):
        return False
    return _share(cells, has_legal_form) >= _SOME and _share(cells, lambda text: len(text) > 80) == 0


def _share(cells: Sequence[str], looks: Callable[[str], bool]) -> float:
    return sum(map(looks, cells)) / len(cells)


def _differ(cells: Sequence[str]) -> bool:
    return len(cells) < 4 or len(set(cells)) / len(cells) >= _DIFFERENT


def _each(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """Whether every part of a cell has this form."""

    def looks(text: str) -> bool:
        plain = fold_width(text).strip()
        if pattern.fullmatch(plain):
            return True
        parts = [part.strip() for part in _SEVERAL.split(plain) if part.strip()]
        return len(parts) > 1 and all(map(pattern.fullmatch, parts))

    return looks


def _is_reach(text: str) -> bool:
    """Whether a cell holds addresses of several kinds, and beside them no more than what each is."""
    plain = fold_width(text)
    rest = _PHONE.sub(" ", _URL.sub(" ", _EMAIL.sub(" ", plain)))
    return _SURELY.search(plain) is not None and len(_LABELS.sub(" ", rest).split()) <= _FEW_WORDS


def _word_of(vocabulary: Vocabulary) -> Callable[[str], bool]:
    return lambda text: len(text) <= 30 and vocabulary.find(normalize("NFKC", text)) is not None


def _is_country(text: str) -> bool:
    return 2 <= len(text) <= 40 and not text.isdecimal() and find_country(text) is not None


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(fold_width(text)):
        return False
    try:
        return date.fromisoformat(text[:10]) is not None
    except ValueError:
        return True


_LOOKS: Mapping[str, Callable[[str], bool]] = {
    "email": _each(_EMAIL),
    "linkedin": _each(_LINKEDIN),
    "website": _each(_URL),
    "phone": _each(_PHONE),
    "last_date": _is_date,
    "country": _is_country,
    "temperature": _word_of(TEMPERATURE),
    "stage": _word_of(STAGE),
    "grade": _word_of(GRADE),
    "kind": _word_of(KIND),
    "reach": _is_reach,
}
"""By field, how a cell of it looks; the first that fits is taken."""
_ANY = frozenset(_LOOKS) - {"last_date"}
"""What a column may be taken for without any word: which day a bare day is, only its header can say."""
_REACHES = frozenset({"email", "phone", "website", "linkedin", "reach"})
_ADDRESSES = _REACHES | {"country"}
_REPEATED = frozenset({"email", "phone"})
_WORDS = frozenset({"temperature", "stage", "grade", "kind"})
