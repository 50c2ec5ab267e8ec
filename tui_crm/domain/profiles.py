"""What of a customer is compared to find out whether two are one: names, addresses and places, however they are spelled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from . import pinyin
from .addresses import domain_of, is_free_mail
from .name_likeness import NameWords, read_name, typos
from .names import company_key
from .reach import NUMBERS, match_key
from .text import fold, squash
from .values import Customer


class Street(NamedTuple):
    """A street address as it is compared: the house number, every number, and what else there is but `street` and the like."""

    number: str = ""
    numbers: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


class Profile(NamedTuple):
    """What of a customer is compared. Addresses (e-mail, phone, …) are in the form that two spellings share."""

    key: str
    words: NameWords
    country: str = ""
    city: str = ""
    street: Street = Street()
    postcode: str = ""
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    handles: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()


_STREET_FIELDS = frozenset("address street streetaddress companyaddress 地址 公司地址 详细地址 街道".split())  # noqa: SIM905
_POSTCODE_FIELDS = frozenset("zip zipcode postcode postalcode plz 邮编 邮政编码".split())  # noqa: SIM905
_STREET_WORDS = frozenset(
    """
    street st strasse str avenue ave av road rd boulevard blvd drive dr lane ln place pl court ct square sq parkway pkwy highway
    hwy way rue via calle avenida rua ulica ul n s e w north south east west no nr number suite ste room rm floor fl unit building
    bldg block tower po box zone district
    """.split()  # noqa: SIM905
)
_WORD = re.compile(r"[^\W_]+")
_ADDRESS_WORD = re.compile(r"([0-9]+)(?:st|nd|rd|th)?|[^\W\d_]+")
_CHINESE_PLACE = re.compile("[省市区县镇村路街道巷弄号栋幢楼层室座]+")
# Whoever has a page there shares the host with everybody else.
_SHARED_HOSTS = frozenset(
    """
    facebook.com fb.com instagram.com linkedin.com twitter.com x.com youtube.com tiktok.com pinterest.com wa.me t.me linktr.ee
    alibaba.com 1688.com taobao.com tmall.com made-in-china.com globalsources.com dhgate.com aliexpress.com amazon.com amazon.de
    amazon.co.uk ebay.com etsy.com shopee.com indiamart.com tradeindia.com europages.com kompass.com wixsite.com weebly.com
    blogspot.com wordpress.com sites.google.com google.com maps.google.com yelp.com tradekey.com ec21.com ecplaza.net
    """.split()  # noqa: SIM905
)
_GENERIC_LABELS = frozenset("co com net org gov edu ac or ne".split())  # noqa: SIM905


def profile(customer: Customer) -> Profile:
    """What of a customer is compared; a street address and a postcode are looked for among the fields users have added."""
    reaches = [reach for contact in customer.contacts for reach in contact.reaches]
    return Profile(
        company_key(customer.name),
        read_name(customer.name),
        customer.country,
        _city_key(customer.city),
        street_of(customer.custom, customer.city),
        _postcode_of(customer.custom),
        frozenset(match_key(reach) for reach in reaches if reach.kind == "email"),
        frozenset(filter(None, (match_key(reach) for reach in reaches if reach.kind in NUMBERS))),
        frozenset(match_key(reach) for reach in reaches if reach.kind not in _NOT_HANDLES),
        frozenset(
            filter(is_own_domain, map(domain_of, [customer.website, *(r.value for r in reaches if r.kind in _WEB)]))
        ),
        frozenset(" ".join(sorted(words)) for c in customer.contacts if len(words := _WORD.findall(fold(c.name))) > 1),
    )


_WEB = ("email", "website")
_NOT_HANDLES = frozenset((*NUMBERS, *_WEB, "other"))


def _city_key(city: str) -> str:
    """The same for 深圳市 as for Shenzhen."""
    return squash(pinyin.spell(city.strip().removesuffix("市")))


def is_own_domain(domain: str) -> bool:
    """Whether a domain can belong to one company: no free mail, no marketplace."""
    return bool(domain) and domain not in _SHARED_HOSTS and not is_free_mail(domain)


def brands(side: Profile) -> set[str]:
    """The names of a customer's domains: `acmetools` of mail.acme-tools.co.uk."""
    return {brand for domain in side.domains if len(brand := _brand(domain)) > 3}


def _brand(domain: str) -> str:
    labels = domain.split(".")[:-1]
    while len(labels) > 1 and labels[-1] in _GENERIC_LABELS:
        labels.pop()
    return labels[-1].replace("-", "") if labels else ""


def street_of(custom: Mapping[str, str], city: str = "") -> Street:
    """The street address among the fields users have added; the city in it is no part of the street."""
    return street(next((value for name, value in custom.items() if squash(name) in _STREET_FIELDS), ""), city)


def _postcode_of(custom: Mapping[str, str]) -> str:
    return squash(next((value for name, value in custom.items() if squash(name) in _POSTCODE_FIELDS), ""))


def street(address: str, city: str = "") -> Street:
    """A street address as it is compared. The first number is the house's."""
    found = list(_ADDRESS_WORD.finditer(fold(_CHINESE_PLACE.sub(" ", address))))
    numbers = [word[1] for word in found if word[1]]
    others = {word[0] for word in found if not word[1]} - _STREET_WORDS - set(fold(city).split())
    return Street(numbers[0] if numbers else "", frozenset(numbers), frozenset([*numbers[1:], *others]))


def place(a: Street, b: Street) -> str:
    """How two street addresses stand to each other: same, near, number, street, other, or "" where one is unknown."""
    if not a.words or not b.words:
        return ""
    same_street = bool(a.words & b.words) or any(near_word(x, y) for x in a.words for y in b.words)
    if not a.number or not b.number:
        return ""
    if a.number in b.numbers or b.number in a.numbers:
        return "same" if same_street else "number"
    if same_street:
        return "near" if abs(int(a.number[:9]) - int(b.number[:9])) <= _NEXT_DOOR else "street"
    return "other"


_NEXT_DOOR = 10


def near_word(x: str, y: str) -> bool:
    """Whether two words are one but for a typo, or a short form such as `hauptstr`."""
    if min(len(x), len(y)) < 4:
        return False
    return typos(x, y, 1) < 2 or x.startswith(y) or y.startswith(x)
