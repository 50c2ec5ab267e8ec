"""Customers that are probably the same: looked for in the whole book, or for one customer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from sys import intern

from ..domain.addresses import domain_of
from ..domain.candidates import Pair as Ids
from ..domain.candidates import by_name, pairs_of
from ..domain.duplicates import (
    CIRCUMSTANTIAL,
    LIKELY,
    WEIGHTS,
    Likeness,
    Surroundings,
    likeness,
    most_points,
    score_by_name,
)
from ..domain.name_likeness import NameWords, is_common, read_name, weight
from ..domain.profiles import Profile, is_own_domain, profile, street_of
from ..domain.rows import AgendaRow, Reason
from ..domain.text import clean
from ..domain.values import Customer
from ..store import duplicates as store
from ..store import reading, search
from ..store import rows as listed
from .cards import existing
from .session import Session

MOST_PAIRS = 500
"""Pairs that `review` names unless told otherwise."""
_NAMES_WORTH = 25
"""Points that name and country have to give before two customers without a common address are compared in full."""
_SHARERS = 40
"""Up to so many customers with one address are all compared with each other."""
_CHUNK = 500
"""Pairs compared between two reports of progress."""
_TELL_EVERY = 2_000
"""Customers read, or pairs looked at, between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two customers that are probably one, and why; the points of `reasons` add up to `score`."""

    a: AgendaRow
    b: AgendaRow
    score: int
    reasons: tuple[Reason, ...]


Progress = Callable[[float, list[Pair]], None]
"""Told how much is done (0 to 1) and the best pairs so far; may raise to stop."""


def review(
    session: Session, progress: Progress | None = None, limit: int = MOST_PAIRS, least: int = LIKELY
) -> list[Pair]:
    """The pairs of customers in the whole book that are probably the same, best first. Archived customers and pairs said
    to be different are left out."""
    return _Review(session, progress, limit, least).run()


def near(session: Session, customer: Customer) -> list[tuple[Customer, Likeness]]:
    """Customers that may be the same as one, stored or not, the likeliest first; archived ones too. Who was merged into
    another stands for that one. Looked up by name, addresses and domain: a matter of milliseconds."""
    own = profile(customer)
    found: dict[int, Likeness] = {}
    into: dict[int, int] = {}
    for other in store.compared(session.book, _candidates(session, customer, own)):
        into[other.id] = other.merged_into or other.id
        likely = likeness(own, profile(other))
        if into[other.id] != customer.id and likely.score > found.get(into[other.id], _NOT_ALIKE).score:
            found[into[other.id]] = likely
    who = store.compared(session.book, list(found))
    return sorted(((one, found[one.id]) for one in who), key=lambda pair: (-pair[1].score, pair[0].id))


def of_one(session: Session, customer_id: int, limit: int) -> list[Pair]:
    """Pairs of a customer with those that may be the same, the likeliest first. Archived ones, and those said to be
    different, are left out."""
    customer = existing(session, customer_id)
    different = store.different(session.book)
    found = {
        one.id: likely
        for one, likely in near(session, customer)
        if likely.score > 0 and frozenset((one.uid, customer.uid)) not in different
    }
    rows = _rows(session, [customer_id, *found])
    pairs = [Pair(rows[customer_id], rows[other], likely.score, likely.reasons) for other, likely in found.items()]
    return [pair for pair in pairs if not pair.b.archived][:limit]


_NOT_ALIKE = Likeness(-1_000, ())
_MOST_CANDIDATES = 200
"""A search that finds more is too vague to compare all it found."""


def _candidates(session: Session, customer: Customer, own: Profile) -> list[int]:
    """Ids of customers that share the name, an address, a domain, or telling words of the name."""
    book = session.book
    ids = dict.fromkeys(reading.by_company_key(book, own.key) if clean(customer.name) else ())
    for key in (*own.emails, *own.phones, *own.handles):
        ids |= dict.fromkeys(reading.by_match_key(book, key))
    for searched in (*own.domains, *_name_searches(own)):
        hits = search.in_customers(book, searched, _MOST_CANDIDATES + 1)
        ids |= dict.fromkeys(hits if len(hits) <= _MOST_CANDIDATES else ())
    return list(ids)


def _name_searches(own: Profile) -> list[str]:
    """The words of a name by which it is looked for: each telling one, and all of them together."""
    telling = [word for word in own.words.words if not is_common(word)]
    return [*telling, " ".join(telling)] if len(telling) > 1 else telling


def call_different(session: Session, first: str, second: str, different: bool = True) -> None:
    """Remember of two customers (uids) that they are not the same, or forget it. It is no change of theirs: no history."""
    session.keep_note(store.different_key(first, second), "1" if different else "")


def _interned(name: NameWords) -> NameWords:
    """The same with every word held once for all customers."""
    return NameWords(tuple(map(intern, name.words)), tuple(map(intern, name.spelled)))


class _Weights(dict[str, float]):
    """How telling each word is in a book, worked out when first asked for."""

    def __init__(self, holders: Mapping[str, int], names: int) -> None:
        self._holders, self._names = holders, names

    def __missing__(self, word: str) -> float:
        self[word] = found = weight(word, self._holders[word], self._names)
        return found


def _of_several(keyed: Iterable[tuple[str, int]]) -> dict[str, set[int]]:
    """What more than one customer has, with these customers. Most have it alone, so only the first is kept of them."""
    first: dict[str, int] = {}
    several: dict[str, set[int]] = {}
    for key, customer in keyed:
        if first.setdefault(key, customer) != customer:
            several.setdefault(key, {first[key]}).add(customer)
    return several


class _Review:
    """One look through the book. Of all customers name and country are held; the rest is read for pairs that need it."""

    def __init__(self, session: Session, progress: Progress | None, limit: int, least: int) -> None:
        self._session = session
        self._book = session.book
        self._progress = progress
        self._limit, self._least = limit, least
        self._names: dict[int, Profile] = {}
        self._placed: set[int] = set()
        self._among = Surroundings()
        self._different = store.different(session.book)
        self._found: dict[Ids, Likeness] = {}
        self._rows: dict[int, AgendaRow] = {}

    def run(self) -> list[Pair]:
        """Read, pick the pairs worth comparing, compare them."""
        self._read_names()
        wanted = self._wanted(self._shared())
        for at in range(0, len(wanted), _CHUNK):
            self._tell(0.7 + 0.3 * at / len(wanted))
            self._compare(wanted[at : at + _CHUNK])
        return self._best()

    def _read_names(self) -> None:
        holders: Counter[str] = Counter()
        count = store.count(self._book)
        for customer, name, key, country in store.names(self._book):
            self._names[customer] = found = Profile(key, _interned(read_name(name)), country)
            holders.update(found.words.words)
            if len(self._names) % _TELL_EVERY == 0:
                self._tell(0.3 * len(self._names) / count)
        self._among = Surroundings(_Weights(holders, len(self._names)).__getitem__, {})

    def _shared(self) -> dict[Ids, int]:
        """Pairs with addresses or domains in common, and the points that those give at most."""
        holders: dict[str, int] = {}
        pairs: Counter[Ids] = Counter()
        for key, ids in (*store.shared_addresses(self._book), *self._domains(), *self._streets()):
            holders[key] = len(ids)
            for pair in pairs_of(sorted(self._names.keys() & set(ids)), _SHARERS):
                pairs[pair] += most_points(key)
        self._among = Surroundings(self._among.weigh, {key: n for key, n in holders.items() if n > 2})
        return pairs

    def _domains(self) -> Iterator[tuple[str, set[int]]]:
        self._tell(0.3)
        hosts = ((domain_of(address), customer) for customer, address in store.web_addresses(self._book))
        return ((domain, ids) for domain, ids in _of_several(hosts).items() if is_own_domain(domain))

    def _streets(self) -> Iterable[tuple[str, set[int]]]:
        return _of_several(self._doors()).items()

    def _doors(self) -> Iterator[tuple[str, int]]:
        """House number and a word of the street, for every customer with a street address."""
        for customer, own in store.own_fields(self._book):
            address = street_of(own)
            if address.number and address.words:
                self._placed.add(customer)
                yield from ((f"{address.number} {word}", customer) for word in address.words)

    def _wanted(self, shared: Mapping[Ids, int]) -> list[Ids]:
        """The pairs that can be likely at all, by what is known of them so far."""
        self._tell(0.5)
        wanted = [
            pair for pair, most in shared.items() if self._by_name(pair) + most + self._beside(pair) >= self._least
        ]
        seen = set(shared)
        blocks = by_name({customer: found.words for customer, found in self._names.items()}, self._among.weigh)
        for number, pair in enumerate(pair for block in blocks for pair in pairs_of(block)):
            if number % _TELL_EVERY == 0:
                self._tell(0.6)
            if pair not in seen and self._same_country(pair):
                seen.add(pair)
                if self._by_name(pair) >= _NAMES_WORTH:
                    wanted.append(pair)
        return wanted

    def _by_name(self, pair: Ids) -> int:
        return score_by_name(self._names[pair[0]], self._names[pair[1]], self._among)

    def _beside(self, pair: Ids) -> int:
        """The points that all but names and addresses give at most."""
        return CIRCUMSTANTIAL + WEIGHTS.street * (pair[0] in self._placed and pair[1] in self._placed)

    def _same_country(self, pair: Ids) -> bool:
        """Names alone never make two customers in two countries likely."""
        one, other = self._names[pair[0]].country, self._names[pair[1]].country
        return one == other or not one or not other

    def _compare(self, pairs: Iterable[Ids]) -> None:
        ids = sorted({customer for pair in pairs for customer in pair})
        known = {customer.id: (customer.uid, profile(customer)) for customer in store.compared(self._book, ids)}
        for a, b in pairs:
            if a in known and b in known and frozenset((known[a][0], known[b][0])) not in self._different:
                found = likeness(known[a][1], known[b][1], self._among)
                if found.score >= self._least:
                    self._found[(a, b)] = found

    def _tell(self, share: float) -> None:
        if self._progress:
            self._progress(share, self._best())

    def _best(self) -> list[Pair]:
        best = nsmallest(self._limit, self._found.items(), key=lambda found: (-found[1].score, found[0]))
        self._rows |= _rows(self._session, {customer for pair, _found in best for customer in pair} - self._rows.keys())
        return [
            Pair(self._rows[a], self._rows[b], found.score, found.reasons)
            for (a, b), found in best
            if a in self._rows and b in self._rows
        ]


def _rows(session: Session, customers: Iterable[int]) -> dict[int, AgendaRow]:
    found = listed.agenda_rows(session.book, list(customers), session.today, session.now, explained=False)
    return {row.id: row for row in found}
