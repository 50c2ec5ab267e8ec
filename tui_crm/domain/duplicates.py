"""When two customers are probably one: evidence for and against, as a sum of points that explains itself.

Like the priority engine, one table (`TERMS`) both computes and explains. Points are whole numbers; from `LIKELY` on two
customers are worth a look.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import log2
from typing import NamedTuple

from .messages import N_, Message
from .name_likeness import Overlap, Weigh, as_read, overlap, usual_weight
from .profiles import Profile, brands, near_word, place
from .rows import Reason

LIKELY = 50
"""Points from which two customers are probably one."""


class Weights(NamedTuple):
    """How much each piece of evidence counts, in points; below 0 it speaks against. Those of names, phones and streets were
    tried on listings whose true identity is known (docs/benchmarks.md), the others are reasoned."""

    email: int = 70
    """One mailbox is read by one company, whatever it is called: enough by itself, even under two names."""
    handle: int = 60
    """So is a WeChat or Skype name, but for a seller's own agent."""
    name: int = 60
    """Names that say the same are enough, unless something speaks against it."""
    phone: int = 40
    """One number may ring for a group, an agent, a building: with half a name it is enough."""
    domain: int = 40
    """One domain may serve a group."""
    brand: int = 25
    """acme.de and acme.com are often one company, and sometimes rivals."""
    street: int = 40
    """Many stand in one office tower: with half a name it is enough."""
    next_door: int = 5
    postcode: int = 8
    city: int = 5
    person: int = 15
    """People change jobs, and many are called John Smith."""
    other_name: int = -20
    """For each telling word that the one and another that the other name has alone: Bosch Shanghai is not Bosch Beijing."""
    other_number: int = -15
    """Plant 2 is not plant 3, though all else is the same."""
    other_domain: int = -10
    other_street: int = -35
    other_house: int = -20
    same_number: int = -10
    """One house number in two streets; perhaps the street was misread."""
    other_postcode: int = -15
    other_city: int = -12
    """Companies have branches, and cities are spelled in many ways."""
    other_country: int = -40
    """Companies of one name in two countries are two customers, even where one owns the other."""


WEIGHTS = Weights()
_ALONE: Mapping[str, int] = {"email": 30, "handle": 30, "phone": 30, "domain": 30, "name": WEIGHTS.name}
"""Points of a single reason for which a customer about to be added is asked about, whatever speaks against it."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The customers two are compared among: how telling a word is, and how many customers have an address or domain where
    that is more than two."""

    weigh: Weigh = usual_weight
    holders: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two customers are: the points of `reasons` add up to `score`."""

    score: int
    reasons: tuple[Reason, ...]


class Comparison:
    """Two customers side by side; what takes long is worked out when first asked for."""

    def __init__(self, a: Profile, b: Profile, among: Surroundings) -> None:
        self.a, self.b, self.among = a, b, among

    @cached_property
    def names(self) -> Overlap:
        """What the names share."""
        return overlap(self.a.words, self.b.words, self.among.weigh)

    @cached_property
    def place(self) -> str:
        """How the street addresses stand to each other."""
        return place(self.a.street, self.b.street)


CIRCUMSTANTIAL = WEIGHTS.postcode + WEIGHTS.city + WEIGHTS.person
"""Points that all but names, addresses, domains and streets give at most."""


def most_points(key: str) -> int:
    """The points that an address or a domain two customers have in common gives at most."""
    if " " in key:  # a house and its street, which others may live in
        return 0
    return WEIGHTS.email if "@" in key else WEIGHTS.phone if key.isdigit() or "." in key else WEIGHTS.handle


class Term(NamedTuple):
    """One piece of evidence: its points, below 0 where it speaks against, and the sentence that explains them."""

    name: str
    points: Callable[[Comparison], int]
    explain: Callable[[Comparison], Message]


def _fading(points: int, shared: frozenset[str], among: Surroundings) -> int:
    """Points for what both have; the fewer, the more others have it too: a switchboard, an agent, a fair's office."""
    if not shared:
        return 0
    holders = min(among.holders.get(key, 2) for key in shared)
    return round(points / (1 + log2(holders / 2) / 4))


def _name(it: Comparison) -> int:
    """All of it for names that say the same; less for what only one has, and for what both have but many have too."""
    names = it.names
    if not names.shared:
        return 0
    fit = names.shared / (names.shared + 1.5 * names.rest + 0.7 * names.more + names.doubt)
    telling = 1.0 if it.a.key == it.b.key else min(1.0, 0.3 + 0.8 * names.shared)
    return round(WEIGHTS.name * fit * telling)


def _explain_name(it: Comparison) -> Message:
    if it.a.key == it.b.key:
        return Message(N_("same company name"))
    if not it.names.only_first and not it.names.only_second:
        return Message(N_("nearly the same company name"))
    return Message(N_("both names have {words}"), {"words": as_read(it.names.words)})


def _other_name(it: Comparison) -> int:
    return 0 if it.a.key == it.b.key else round(WEIGHTS.other_name * min(1.5, it.names.rest))


def _explain_other_name(it: Comparison) -> Message:
    own = {"first": as_read(it.names.only_first), "second": as_read(it.names.only_second)}
    return Message(N_("names differ: {first} / {second}"), own)


def _number(it: Comparison) -> int:
    a, b = (frozenset(filter(str.isdigit, side.words.words)) for side in (it.a, it.b))
    return WEIGHTS.other_number if a and b and not a & b else 0


def _email(it: Comparison) -> int:
    return _fading(WEIGHTS.email, it.a.emails & it.b.emails, it.among)


def _handle(it: Comparison) -> int:
    return _fading(WEIGHTS.handle, it.a.handles & it.b.handles, it.among)


def _phone(it: Comparison) -> int:
    return _fading(WEIGHTS.phone, it.a.phones & it.b.phones, it.among)


def _domain(it: Comparison) -> int:
    """An equal mailbox says it already."""
    shared = it.a.domains & it.b.domains
    return _fading(WEIGHTS.domain, shared, it.among) if not it.a.emails & it.b.emails else 0


def _other_domain(it: Comparison) -> int:
    """Each has a domain of its own; the same name under another ending speaks for one company."""
    if not it.a.domains or not it.b.domains or it.a.domains & it.b.domains:
        return 0
    return WEIGHTS.brand if brands(it.a) & brands(it.b) else WEIGHTS.other_domain


def _explain_other_domain(it: Comparison) -> Message:
    shared = brands(it.a) & brands(it.b)
    if shared:
        return Message(N_("same domain name {domain}"), {"domain": min(shared)})
    return Message(N_("other domains: {first} / {second}"), {"first": min(it.a.domains), "second": min(it.b.domains)})


def _person(it: Comparison) -> int:
    return WEIGHTS.person if it.a.people & it.b.people else 0


def _street(it: Comparison) -> int:
    return _PLACES[it.place][0] if it.place else 0


_PLACES: Mapping[str, tuple[int, str]] = {
    "same": (WEIGHTS.street, N_("same street address")),
    "near": (WEIGHTS.next_door, N_("nearly the same street address")),
    "number": (WEIGHTS.same_number, N_("other street")),
    "street": (WEIGHTS.other_house, N_("other house number")),
    "other": (WEIGHTS.other_street, N_("other street address")),
}


def _postcode(it: Comparison) -> int:
    if not it.a.postcode or not it.b.postcode:
        return 0
    return WEIGHTS.postcode if it.a.postcode == it.b.postcode else WEIGHTS.other_postcode


def _city(it: Comparison) -> int:
    if not it.a.city or not it.b.city or it.a.country != it.b.country:
        return 0
    same = it.a.city == it.b.city or near_word(it.a.city, it.b.city)
    return WEIGHTS.city if same else WEIGHTS.other_city


def _country(it: Comparison) -> int:
    return WEIGHTS.other_country if it.a.country and it.b.country and it.a.country != it.b.country else 0


_SAME_ADDRESS = N_("same address {address}")

TERMS: tuple[Term, ...] = (
    Term("email", _email, lambda it: Message(_SAME_ADDRESS, {"address": min(it.a.emails & it.b.emails)})),
    Term("handle", _handle, lambda it: Message(_SAME_ADDRESS, {"address": min(it.a.handles & it.b.handles)})),
    Term("name", _name, _explain_name),
    Term("phone", _phone, lambda it: Message(N_("same phone number …{digits}"), {"digits": min(it.a.phones & it.b.phones)})),
    Term("domain", _domain, lambda it: Message(N_("same domain {domain}"), {"domain": min(it.a.domains & it.b.domains)})),
    Term("street", _street, lambda it: Message(_PLACES[it.place][1])),
    Term("person", _person, lambda _it: Message(N_("same contact person"))),
    Term("postcode", _postcode, lambda it: Message(N_("same postcode") if _postcode(it) > 0 else N_("other postcode"))),
    Term("city", _city, lambda it: Message(N_("same city") if _city(it) > 0 else N_("other city"))),
    Term("other domain", _other_domain, _explain_other_domain),
    Term("number", _number, lambda _it: Message(N_("other number in the name"))),
    Term("other name", _other_name, _explain_other_name),
    Term("country", _country, lambda _it: Message(N_("other country"))),
)  # fmt: skip

_BY_NAME = tuple(term for term in TERMS if term.name in ("name", "other name", "number", "country"))


def score_by_name(a: Profile, b: Profile, among: Surroundings) -> int:
    """The points that two customers' names and countries give: a part of their likeness that is quickly known."""
    it = Comparison(a, b, among)
    return sum(term.points(it) for term in _BY_NAME)


def likeness(a: Profile, b: Profile, among: Surroundings | None = None) -> Likeness:
    """How alike two customers are, and why: the same both ways round."""
    it = Comparison(a, b, among or Surroundings())
    counted = [(term, points) for term in TERMS if (points := term.points(it))]
    return Likeness(
        sum(points for _term, points in counted),
        tuple(Reason(term.name, points, term.explain(it)) for term, points in counted),
    )


def worth_asking(found: Likeness) -> bool:
    """Whether somebody who adds a customer should look at the other one first: asking costs less than chasing one twice."""
    return found.score >= LIKELY or any(reason.points >= _ALONE.get(reason.term, LIKELY) for reason in found.reasons)


def main_reason(found: Likeness) -> Message:
    """What speaks most for two customers being one."""
    return max(found.reasons, key=lambda reason: reason.points).message
