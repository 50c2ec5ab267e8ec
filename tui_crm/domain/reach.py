"""Ways to reach a person: what kinds there are, their check, and how to read the ones people note in one cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote, urlsplit

from .addresses import check_email as check_email
from .addresses import check_linkedin as check_linkedin
from .addresses import check_url as check_url
from .addresses import domain_of as domain_of
from .addresses import is_free_mail as is_free_mail
from .messages import N_, Problem
from .phones import check_phone as check_phone
from .phones import phone_digits as phone_digits
from .text import REPLACEMENT, clean, fold_width, squash
from .values import Reach
from .vocabulary import fold

KINDS = ("email", "phone", "whatsapp", "wechat", "linkedin", "skype", "website", "other")

NUMBERS = ("phone", "whatsapp", "sms")
"""Kinds that are phone numbers."""

_LONGEST_HANDLE = 200


def match_key(reach: Reach) -> str:
    """What two spellings of one address share: a phone's last nine digits, everything else folded."""
    return phone_digits(reach.value)[-9:] if reach.kind in NUMBERS else fold(reach.value)


def check_whatsapp(text: str, country_code: str = "") -> str:
    """Return a WhatsApp number as `check_phone` does; it must have its country code, and no extension."""
    number = check_phone(text, country_code)
    if not number.startswith("+") or " ext " in number:
        raise Problem(
            N_("“{text}” is no WhatsApp number: it needs the country code (+86 …) and no extension."), text=clean(text)
        )
    return number


def check_handle(text: str) -> str:
    """Return a name on a service with no form of its own: WeChat, Skype, any other. Raises Problem if too long."""
    handle = clean(text)
    if len(handle) > _LONGEST_HANDLE:
        raise Problem(
            N_("An address has at most {most} characters; “{text}…” has more."), most=_LONGEST_HANDLE, text=handle[:20]
        )
    return handle


_CHECKS: dict[str, Callable[[str], str]] = {"email": check_email, "linkedin": check_linkedin, "website": check_url}
_NUMBER_CHECKS: dict[str, Callable[[str, str], str]] = {"phone": check_phone, "whatsapp": check_whatsapp}


def check_reach(kind: str, text: str, country_code: str = "") -> str:
    """Return `text` in the stored form of its `kind` (one of KINDS). Raises Problem where it is none."""
    if kind in _NUMBER_CHECKS:
        return _NUMBER_CHECKS[kind](text, country_code)
    return _CHECKS.get(kind, check_handle)(text)


def link(kind: str, value: str, country_code: str = "") -> str | None:
    """The address to open for writing, calling or looking: mailto:, tel: or https:; None where there is none (WeChat, Skype)
    or what is stored is no such address. Nothing gets into it but what `check_reach` lets pass."""
    try:
        return _LINKS[kind](check_reach(kind, value, country_code)) if kind in _LINKS else None
    except Problem:
        return None


def _dialled(number: str) -> str:
    number, _, extension = number.partition(" ext ")
    plus = "+" if number.startswith("+") else ""
    return f"tel:{plus}{phone_digits(number)}" + (f";ext={extension}" if extension else "")


def _secure(address: str) -> str | None:
    """A web address by https. One with a port of its own speaks what it speaks, so that of http is not opened."""
    split = urlsplit(address)
    if split.scheme == "http" and split.port is not None:
        return None
    return split._replace(scheme="https").geturl()


_LINKS: Mapping[str, Callable[[str], str | None]] = {
    "email": lambda address: "mailto:" + quote(address, safe="@"),
    "phone": _dialled,
    "whatsapp": lambda number: "https://wa.me/" + phone_digits(number),
    "linkedin": _secure,
    "website": _secure,
}


# What people write before an address.
_LABELS_OF_KINDS = {
    "email": "email e-mail mail 邮箱 邮件 电邮 电子邮箱 电子邮件",
    "phone": "phone tel telephone mobile mob cell office t m p 电话 手机 座机 固话 联系电话 手机号 电话号码 联系方式",
    "whatsapp": "whatsapp whats wa wsapp",
    "wechat": "wechat weixin wx vx 微信 微信号",
    "linkedin": "linkedin 领英",
    "skype": "skype",
    "website": "website web url homepage 网站 网址 官网 公司网站",
    "other": "fax 传真 qq telegram tg line viber zalo facebook instagram",
}
_LABELS = {squash(label): kind for kind, labels in _LABELS_OF_KINDS.items() for label in labels.split()}
_ANY_LABEL = "(?:" + "|".join(sorted(" ".join(_LABELS_OF_KINDS.values()).split(), key=len, reverse=True)) + ")"
# Strings, compiled by `re` when first met: only an import needs them, and they would slow every start.
_LABELLED = rf"(?is)({_ANY_LABEL}(?:\s*[/&+和]\s*{_ANY_LABEL})*)(?:\s*:\s*|\s+|(?<=[\u4e00-\u9fff]))(.+)"
_BETWEEN = (
    rf"(?i)[\n;；|,，、]+|\s*:::\s*|\s+/\s+(?!{_ANY_LABEL}\s*[:：])"
    rf"|(?<![/&+])\s+(?={_ANY_LABEL}(?:/{_ANY_LABEL})*\s*[:：])"
)

# "+86 138 0013 8000 (WhatsApp)", "13800138000 微信同号": what stands behind says what else the number is good for.
_NOTED = re.compile(r"(\+?[\d ()./-]*\d)\s*[(\s]\s*([^\W\d][^\d()]*?)\s*\)?")
_SAME_NUMBER = re.compile("同号|same(?: number)?", re.IGNORECASE)

# A link into WhatsApp holds the whole number, only without its +.
_CHAT_LINK = re.compile(r"(?:https?://)?(?:wa\.me/|api\.whatsapp\.com/send/?\?phone=)\+?(\d+)\b\S*", re.IGNORECASE)

# What an address looks like without a label. A bare host needs an ending as usual as .com, else it is a person's name.
_FORMS = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"([^@\s]+@[^@\s]+|[^@]*<[^@\s]+@[^@\s]+>)", "email"),
        (r"((?:https?://)?(?:[a-z]+\.)?linkedin\.\S+)", "linkedin"),
        (
            r"(https?://\S+|www\.\S+|(?:[^\W_][\w-]*\.)+(?:[a-z]{2,3}|info|shop|online|store|group|asia)(?:/\S*)?)",
            "website",
        ),
        (r"(wxid_\w+)", "wechat"),
        (
            r"(?!(?:19|20)\d\d[-./]\d\d?[-./]\d\d?$)((?=(?:\D*\d){7})\+?[\d ()./-]+(?:\s*(?:ext\.?|x|转)\s*\d+)?)",
            "phone",
        ),
    )
)


def classify(text: str, country_code: str = "") -> tuple[str, str] | None:
    """Return kind and stored form of one address as people note it ("WhatsApp: +86 ..."), None if it is none.

    `country_code` (ISO alpha-2) completes a phone number that has none.
    """
    return next(iter(_readings(text, country_code)), None)


def _readings(text: str, country_code: str) -> list[tuple[str, str]]:
    """All that one noted address stands for: "电话/微信: 138..." is two."""
    text = _CHAT_LINK.sub(r"WhatsApp: +\1", fold_width(clean(text)).strip(f" .·•–—-{REPLACEMENT}"))
    if labelled := re.fullmatch(_LABELLED, text):
        return _of_kinds(_kinds(labelled[1]), labelled[2], text, country_code) or _by_form(labelled[2], country_code)
    if noted := _NOTED.fullmatch(text):
        kinds = _kinds(_SAME_NUMBER.sub("", noted[2]))
        also = ["phone"] if kinds and _SAME_NUMBER.search(noted[2]) else []
        return _of_kinds([*also, *kinds], noted[1], text, country_code)
    return _by_form(text, country_code)


def _kinds(labels: str) -> list[str]:
    kinds = (_LABELS.get(squash(label), "") for label in re.split("[/&+和]", labels))
    return [kind for kind in dict.fromkeys(kinds) if kind]


def _by_form(text: str, country_code: str) -> list[tuple[str, str]]:
    for pattern, kind in _FORMS:
        if formed := pattern.fullmatch(text):
            return _of_kinds([kind], formed[1], text, country_code)
    return []


def _of_kinds(kinds: list[str], value: str, whole: str, country_code: str) -> list[tuple[str, str]]:
    """What `value` is stored as in each of `kinds` that takes it; an unknown service keeps its label."""
    found = [(kind, _stored(kind, whole if kind == "other" else value, country_code)) for kind in kinds]
    return [(kind, stored) for kind, stored in found if stored]


def _stored(kind: str, value: str, country_code: str) -> str:
    try:
        return check_reach(kind, value, country_code)
    except Problem:
        return ""


_INSIDE = re.compile(r"[^\s<>()（）:：/@]+@[^\s<>()（）:：/]+|https?://\S+|www\.\S+|\+\d[\d ()./-]{5,}\d")
_NOTHING = frozenset({"", "na", "none", "null", "nil", "无", "没有", "暂无", "未知"})


def split_reaches(text: str, country_code: str = "") -> list[tuple[str, str]]:
    """Return kind and stored form of every address in one cell, in order; what is none is kept as "other".

    `country_code` (ISO alpha-2) completes phone numbers that have none.
    """
    pieces = (piece.strip() for piece in re.split(_BETWEEN, clean(text, lines=True)))
    found = [reach for piece in pieces if squash(piece) not in _NOTHING for reach in _of_piece(piece, country_code)]
    return list(dict.fromkeys(found))


def _of_piece(piece: str, country_code: str) -> list[tuple[str, str]]:
    readings = _readings(piece, country_code)
    if readings:
        return readings
    parts = _INSIDE.findall(piece)
    if parts:
        parts.append(_INSIDE.sub(" ", piece).strip(f" :：()（）/-<>{REPLACEMENT}"))
    else:
        parts = piece.split("/")
    of_parts = [_readings(part, country_code) or [("other", part.strip())] for part in parts if part.strip()]
    return [reach for found in of_parts for reach in found]
