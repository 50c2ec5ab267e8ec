"""Customers as vCards 4.0 (RFC 6350), for the phone and the mail program: a card for each person, or one for a company of
which nobody is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO
from urllib.parse import quote

from tui_crm.domain.phones import check_phone, phone_digits
from tui_crm.domain.reach import link
from tui_crm.domain.values import Contact, Customer, Reach
from tui_crm.i18n import _, country_name

from .content_lines import escaped, folded, harmless
from .outgoing import Outgoing, Written

_GAPS = re.compile(r"(?<=\d)[ ()./-]+|[()]")
_HAN_NAME = re.compile("[\u4e00-\u9fff]{2,4}")
_TWO_SIGNS = re.compile("欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|司徒|夏侯|轩辕|端木|南宫|独孤")
"""Chinese family names of two signs."""


def write(outgoing: Outgoing, stream: BinaryIO) -> Written:
    """Write the cards of everybody who goes out."""
    count = 0
    for found in outgoing.read(False):
        stream.writelines(cards(found.customer, found.changed_at))
        count += 1
    return Written(count)


def cards(customer: Customer, changed_at: datetime | None = None) -> Iterator[bytes]:
    """The cards of one customer; `changed_at` is when it was last changed."""
    for person in customer.contacts or (None,):
        lines = [
            "BEGIN:VCARD", "VERSION:4.0", "PRODID:-//tui-crm//EN",
            *(_who(customer, person) if person else _company(customer)),
            *_where(customer), *_about(customer, person),
            *([f"REV:{changed_at:%Y%m%dT%H%M%SZ}"] if changed_at else ()),
            "END:VCARD",
        ]  # fmt: skip
        yield b"".join(map(folded, lines))


def _company(customer: Customer) -> Iterator[str]:
    yield "KIND:org"
    yield f"UID:{escaped(customer.uid)}"
    yield f"FN:{escaped(customer.name)}"
    yield f"ORG:{escaped(customer.name)}"


def _who(customer: Customer, person: Contact) -> Iterator[str]:
    family, given = name_parts(person.name)
    yield "KIND:individual"
    yield f"UID:{escaped(person.uid)}"
    yield f"FN:{escaped(person.name or customer.name)}"
    yield f"N:{escaped(family)};{escaped(given)};;;"
    yield f"ORG:{escaped(customer.name)}"
    if person.position:
        yield f"TITLE:{escaped(person.position)}"
    phones = {phone_digits(reach.value) for reach in person.reaches if reach.kind == "phone"}
    for reach in person.reaches:
        if reach.kind == "whatsapp" and phone_digits(reach.value) not in phones:
            yield _phone(
                reach, customer.country, "cell,x-whatsapp"
            )  # WhatsApp itself looks for its people among the phones
        yield from _reach(reach, customer.country)


def name_parts(name: str) -> tuple[str, str]:
    """Family name and given name, as far as the way a name is written tells them apart; a single word is a given name."""
    if _HAN_NAME.fullmatch(name):
        at = 2 if len(name) > 2 and _TWO_SIGNS.match(name) else 1
        return name[:at], name[at:]
    before, comma, behind = name.partition(",")
    if comma:
        return before.strip(), behind.strip()
    words = name.split()
    at = next((at for at, word in enumerate(words[1:-1], 1) if word.islower()), len(words) - 1)  # van der Berg
    return (" ".join(words[at:]), " ".join(words[:at])) if len(words) > 1 else ("", name)


def _reach(reach: Reach, country: str) -> Iterator[str]:
    value = harmless(reach.value).replace("\n", " ")
    if reach.kind == "email":
        yield f"EMAIL;TYPE=work:{escaped(value)}"
    elif reach.kind == "phone":
        yield _phone(reach, country, "work,voice")
    elif reach.kind == "whatsapp":
        yield f"IMPP;X-SERVICE-TYPE=WhatsApp:https://wa.me/{phone_digits(value)}"
    elif reach.kind == "wechat":
        yield f"IMPP;X-SERVICE-TYPE=WeChat:weixin:{quote(value, safe='@')}"
    elif reach.kind == "skype":
        yield f"IMPP;X-SERVICE-TYPE=Skype:skype:{quote(value, safe='@')}"
    elif reach.kind == "linkedin":
        yield f"X-SOCIALPROFILE;TYPE=linkedin:{value}"
    elif reach.kind == "website":
        yield f"URL;TYPE=work:{value}"


def _phone(reach: Reach, country: str, types: str) -> str:
    """A number as it is grouped, as far as a tel: address may show that."""
    if link("phone", reach.value, country) is None:
        return f'TEL;VALUE=text;TYPE="{types}":{escaped(reach.value)}'
    number, _, extension = check_phone(reach.value, country).partition(" ext ")
    grouped = _GAPS.sub("-", number).strip("-")
    return f'TEL;VALUE=uri;TYPE="{types}":tel:{grouped}' + (f";ext={extension}" if extension else "")


def _where(customer: Customer) -> Iterator[str]:
    if customer.city or customer.country:
        yield f"ADR;TYPE=work:;;;{escaped(customer.city)};;;{escaped(country_name(customer.country))}"
    if customer.website:
        yield f"URL;TYPE=work:{harmless(customer.website)}"
    if customer.linkedin:
        yield f"X-SOCIALPROFILE;TYPE=linkedin:{harmless(customer.linkedin)}"


def _about(customer: Customer, person: Contact | None) -> Iterator[str]:
    if customer.tags:
        yield f"CATEGORIES:{','.join(map(escaped, customer.tags))}"
    others = [reach.value for reach in person.reaches if reach.kind == "other"] if person else []
    buys = [_("Buys: {what}").format(what=customer.buys)] if customer.buys else []
    note = "\n".join(part for part in (customer.remarks, *buys, *others) if part)
    if note:
        yield f"NOTE:{escaped(note)}"
