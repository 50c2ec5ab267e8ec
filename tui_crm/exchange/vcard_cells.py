"""What one card of an address book says, as cells under headers: known ones where there are, else its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import unquote

from tui_crm.domain.countries import find_country
from tui_crm.domain.messages import N_
from tui_crm.domain.text import clean, fold, squash
from tui_crm.i18n import twins

from .columns import meaning
from .facts import in_one_piece
from .vcard_lines import Card, Property, inline_card

_FOR_PROGRAMS = """VERSION PRODID UID REV CLASS SORT-STRING PROFILE MAILER SOURCE NAME CLIENTPIDMAP XML KIND FBURL CALURI CALADRURI CAPURI
    X-ABUID X-ABADR X-ABSHOWAS X-ABORDER X-ABLABEL X-GENERATOR X-EVOLUTION-FILE-AS X-COUCHDB-APPLICATION-ANNOTATIONS
    X-MS-OL-DESIGN X-MS-OL-DEFAULT-POSTAL-ADDRESS X-MS-CARDPICTURE X-ID X-ETAG X-FC-TAGS X-FC-LIST-ID
    X-ADDRESSBOOKSERVER-KIND X-ACCOUNT X-IMAGETYPE X-IMAGEHASH X-WA-LID X-LAST-TIME-CONTACTED X-TIMES-CONTACTED"""
_PHONES = {"cell": "Mobile", "work": "Work phone", "home": "Home phone", "pager": "Pager number"}
_SEVERAL = frozenset({"Company", "Title", "Email", *_PHONES.values(), "Phone", "WhatsApp", "WeChat", "Skype", "LinkedIn",
                      "Contact details"})  # fmt: skip
"""Columns that stand side by side where a card says several things of a kind."""

_ONLY_FOR_PROGRAMS = frozenset(_FOR_PROGRAMS.split())
_FILES = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE"})
_HEADERS = {
    "TITLE": "Title", "ROLE": "Role", "NICKNAME": "Nickname", "GENDER": "Gender", "X-GENDER": "Gender", "LANG": "Language",
    "TZ": "Time zone", "GEO": "Place on the map", "RELATED": "Related", "X-PHONETIC-FIRST-NAME": "Phonetic first name",
    "X-PHONETIC-LAST-NAME": "Phonetic last name", "X-WA-BIZ-NAME": "WhatsApp business name",
    "X-WA-BIZ-DESCRIPTION": "WhatsApp business description",
}  # fmt: skip
_DATES = {"BDAY": "Birthday", "ANNIVERSARY": "Anniversary", "X-ANNIVERSARY": "Anniversary",
          "X-MS-ANNIVERSARY": "Anniversary", "X-EVOLUTION-ANNIVERSARY": "Anniversary",
          "DEATHDATE": "Date of death"}  # fmt: skip
_SERVICES = {
    "whatsapp": "WhatsApp", "wechat": "WeChat", "weixin": "WeChat", "skype": "Skype", "skype-username": "Skype", "qq": "QQ",
    "telegram": "Telegram", "facebook": "Facebook", "instagram": "Instagram", "viber": "Viber", "line": "Line", "linkedin": "LinkedIn",
    "aim": "AIM", "icq": "ICQ", "msn": "MSN", "yahoo": "Yahoo", "ymsgr": "Yahoo", "jabber": "Jabber", "xmpp": "Jabber",
    "gtalk": "Google Talk", "google-talk": "Google Talk", "kakaotalk": "KakaoTalk", "zalo": "Zalo", "signal": "Signal",
    "twitter": "Twitter", "x": "Twitter", "imaddress": "IM address", "tiktok": "TikTok", "weibo": "Weibo",
}  # fmt: skip
_IN_DETAILS = frozenset({"QQ", "Telegram", "Facebook", "Instagram", "Viber", "Line", "Zalo"})
"""Services that a cell of contact details names before the address."""

_USUAL = "work home cell mobile main other homepage workfax homefax otherfax pager iphone internet 工作 住宅 家庭 手机 单位 其他"
_USUAL_LABELS = frozenset(_USUAL.split())
_VENDOR = re.compile(r"^X-(?:MS-|EVOLUTION-|MOZILLA-|AB(?=[A-Z])|GOOGLE-)?")
_ENCODED = re.compile(r"^X-FCENCODED-((?:[0-9A-F]{2})+)$")
_APPLE = re.compile(r"^_\$!<(.*)>!\$_$", re.DOTALL)
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T.*)?")
_YEARLESS = re.compile(r"--(\d\d)-?(\d\d)")
_CHAT = re.compile(r"(?:https?://)?(?:www\.)?(?:wa\.me/|api\.whatsapp\.com/send/?\?phone=)\+?\d+\S*", re.IGNORECASE)


class CardReading:
    """What one card says, cell by cell."""

    def __init__(self, card: Card) -> None:
        self.card = card
        self.left_out: list[str] = []
        self.files = 0
        self._by_name: dict[str, list[Property]] = {}
        for found in card.properties:
            self._by_name.setdefault(found.name, []).append(found)
        self._labels = {found.group: _label(found.text) for found in self._by_name.get("X-ABLABEL", ()) if found.group}
        self.name = self._name()

    @property
    def is_group(self) -> bool:
        """Whether the card only lists other cards."""
        kinds = (*self._by_name.get("KIND", ()), *self._by_name.get("X-ADDRESSBOOKSERVER-KIND", ()))
        return any(kind.text.casefold() == "group" for kind in kinds)

    def cells(self) -> Iterator[tuple[str, str]]:
        """Header and clean text of every cell; the headers of `_SEVERAL` may come several times, others hold all their values."""
        joined: dict[str, dict[str, None]] = {}
        for header, text in (*self._who(), *self._where(), *self._rest()):
            if not (tidy := clean(text, lines=True)):
                continue
            if header in _SEVERAL:
                yield header, tidy
            else:
                joined.setdefault(header, {})[tidy] = None
        if len(pages := list(joined.get("Website", ()))) > 1:
            joined |= {"Website": {pages[0]: None}, "Other websites": dict.fromkeys(pages[1:])}
        yield from ((header, "; ".join(texts)) for header, texts in joined.items())

    def _who(self) -> Iterator[tuple[str, str]]:
        companies = [found.parts[0] for found in self._by_name.get("ORG", ()) if found.parts[0]]
        yield from (("Company", company) for company in dict.fromkeys(companies))
        departments = [" / ".join(filter(None, found.parts[1:])) for found in self._by_name.get("ORG", ())]
        yield from (("Department", department) for department in departments)
        if squash(self.name) not in map(squash, companies):
            yield "Full name", self.name
        for parts in self._named_parts():
            yield "Name in parts", parts

    def _name(self) -> str:
        """The name as it is shown; else put together from its parts, else the first thing to know the person by."""
        shown = next((found.text for found in self._by_name.get("FN", ()) if found.text), "")
        if shown:
            return shown
        for found in self._by_name.get("N", ()):
            family, given, middle, before, behind = [*found.parts, *[""] * 5][:5]
            names = in_one_piece(" ".join(filter(None, (given, middle))), family)
            if full := " ".join(filter(None, (before, names, behind))).replace("\n", " "):
                return full
        others = ("NICKNAME",) if self._by_name.keys() & {"ORG", "EMAIL"} else ("NICKNAME", "TEL")
        return next((f.text for name in others for f in self._by_name.get(name, ()) if f.text), "")

    def _named_parts(self) -> Iterator[str]:
        """The parts of the name where one of them is not in the name as it is shown."""
        known = fold(self.name)
        for found in self._by_name.get("N", ()):
            words = {word for part in found.parts for word in re.split(r"[\s,]+", fold(part))}
            if any(word not in known for word in words):
                yield ", ".join(filter(None, found.parts))

    def _where(self) -> Iterator[tuple[str, str]]:
        """The place of the first address, that at work before others; each whole in a column of its own."""
        addresses = sorted(
            (found for found in self._by_name.get("ADR", ()) if any(found.parts)),
            key=lambda found: ("work" not in found.kinds, "pref" not in found.kinds),
        )
        for number, found in enumerate(addresses):
            parts = [*found.parts, *[""] * 7][:7]
            header = "Other addresses" if number else "Address"
            if number == 0:
                land = parts[6] or next(
                    iter(parts[2].splitlines()[-1:] if find_country(parts[2].split("\n")[-1]) else ()), ""
                )
                yield "Country", land
                yield "City", parts[3]
            if number or any(parts[:3] + parts[4:6]):
                yield header, ", ".join(filter(None, (", ".join(part.split("\n")) for part in parts)))
        known = squash(" ".join(part for found in addresses for part in found.parts))
        for found in self._by_name.get("LABEL", ()):
            if not all(squash(word) in known for word in found.text.split()):
                yield "Other addresses" if addresses else "Address", ", ".join(found.text.split("\n"))

    def _rest(self) -> Iterator[tuple[str, str]]:
        remarks, tags = [], []
        for found in self.card.properties:
            if found.binary or found.name in _FILES:
                self.files += bool(found.value.strip())
            elif found.name in _ONLY_FOR_PROGRAMS:
                self.left_out += (
                    [found.name] if found.value.strip() and found.name not in ("VERSION", "X-ABLABEL", "KIND") else []
                )
            elif found.name == "NOTE":
                buys, said = _parted(found.text)
                yield "Buys", buys
                remarks.append(said)
            elif found.name in ("CATEGORIES", "X-CATEGORIES"):
                tags += found.items
            elif found.name not in ("FN", "N", "ORG", "ADR", "LABEL", "BEGIN", "END"):
                yield from self._of(found)
        for card in self.card.inner:
            yield "Agent", _in_one_line(card)
        yield "Tags", "\n".join(dict.fromkeys(tags))
        yield "Remarks", "\n".join(filter(None, remarks))

    def _of(self, found: Property) -> Iterator[tuple[str, str]]:
        if not found.value.strip():
            return
        label = self._labels.get(found.group, "")
        if found.name in ("TEL", "X-MS-TEL"):
            yield from _phone(found)
        elif found.name == "EMAIL":
            yield "Email", found.text.removeprefix("mailto:")
        elif found.name == "URL":
            yield from _page(found.text)
        elif found.name in ("IMPP", "X-SOCIALPROFILE"):
            yield from _address_at(found)
        elif (service := _SERVICES.get(_VENDOR.sub("", found.name).casefold())) and found.name.startswith("X-"):
            yield from _on(service, found.text)
        elif found.name in _DATES:
            yield _DATES[found.name], _day(found.text)
        elif found.name == "AGENT":
            inner = inline_card(found.value)
            yield "Agent", _in_one_line(inner) if inner else found.text
        elif found.name in ("X-ABDATE", "X-ABRELATEDNAMES"):
            yield _own(label or ("Date" if found.name == "X-ABDATE" else "Related")), _day(found.text)
            return
        else:
            yield _HEADERS.get(found.name) or _own(_readable(found.name)), found.text
        if squash(label) not in _USUAL_LABELS and label:
            yield "Labels of numbers", f"{label}: {found.text}"


def _parted(note: str) -> tuple[str, str]:
    """What the company buys, as our own cards tell it in their notes, and the rest of the note."""
    bought: list[str] = []
    rest: list[str] = []
    for line in note.split("\n"):
        label = next((label for label in _bought() if line.startswith(label)), "")
        (bought if label else rest).append(line[len(label) :])
    return "\n".join(bought), "\n".join(rest)


@cache
def _bought() -> tuple[str, ...]:
    return tuple(text.partition("{what}")[0] for text in twins(N_("Buys: {what}")))


def _phone(found: Property) -> Iterator[tuple[str, str]]:
    number = re.sub(r";ext=", " ext ", found.text.removeprefix("tel:"), flags=re.IGNORECASE)
    if found.text.startswith("tel:"):
        number = number.replace("-", " ")  # in an address there can be no blanks
    if "fax" in found.kinds:
        yield "Contact details", f"Fax: {number}"
        return
    if "x-whatsapp" in found.kinds:
        yield "WhatsApp", number
        return
    if "whatsapp" in found.kinds:
        yield "WhatsApp", number
    yield next((header for kind, header in _PHONES.items() if kind in found.kinds), "Phone"), number
    if chat := found.others.get("WAID", ""):
        yield "WhatsApp", f"+{chat.lstrip('+')}"


def _page(text: str) -> Iterator[tuple[str, str]]:
    if _CHAT.fullmatch(text):
        yield "Contact details", text
    else:
        yield "LinkedIn" if "linkedin." in text.casefold() else "Website", text


def _address_at(found: Property) -> Iterator[tuple[str, str]]:
    """`IMPP:skype:name`, `X-SOCIALPROFILE;TYPE=facebook:https://…`: the service is a parameter, a kind or the scheme."""
    scheme, colon, rest = found.text.partition(":")
    plain = found.text if rest.startswith("//") or not colon else unquote(rest)
    named = (found.others.get("X-SERVICE-TYPE", ""), *sorted(found.kinds), scheme if colon else "")
    known = next((service for name in named if (service := _SERVICES.get(name.casefold()))), "")
    yield from _on(known or _own(found.others.get("X-SERVICE-TYPE") or scheme.capitalize() or "Profile"), plain)


def _on(service: str, text: str) -> Iterator[tuple[str, str]]:
    if service in _IN_DETAILS:
        yield "Contact details", f"{service}: {text}"
    else:
        yield service, text


def _day(text: str) -> str:
    """A day with hyphens, one without a year as month and day; what is no day stays."""
    if day := _DAY.fullmatch(text):
        return "-".join(day.groups())
    yearless = _YEARLESS.fullmatch(text)
    return "-".join(yearless.groups()) if yearless else text


def _label(text: str) -> str:
    apple = _APPLE.match(text)
    return " ".join((apple[1] if apple else text).split())


def _readable(name: str) -> str:
    """`X-EVOLUTION-SPOUSE` as a person would head it: Spouse."""
    if encoded := _ENCODED.match(name):
        name = bytes.fromhex(encoded[1]).decode("utf-8", "replace").removeprefix("X-FC-").rpartition(":")[2]
    words = _VENDOR.sub("", name).replace("-", " ").replace("_", " ").strip()
    return words.capitalize() or name


def _own(header: str) -> str:
    """A header that stays one of the card's own, also where its word means something else above a column."""
    return f"vCard {header}" if meaning(header).field else header


def _in_one_line(card: Card) -> str:
    """The person of a card inside another, as one text."""
    told = (found.text for found in card.properties if found.name in ("FN", "TITLE", "ORG", "TEL", "EMAIL", "NOTE"))
    return ", ".join(dict.fromkeys(filter(None, told)))
