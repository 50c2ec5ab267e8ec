"""Lists of customers however long: rows are read a page at a time where they are looked at, and only the last pages are
kept. A list knows how many it has at once, or finds out when somebody wants to go there."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, overload

from ..domain.columns import BEST, Order
from ..domain.names import sort_key
from ..domain.rows import AgendaRow
from ..store import orders
from ..store import rows as listed
from .session import Session

if TYPE_CHECKING:
    from . import finding

PAGE = 64
_KEPT = 32
"""Pages that are kept at most."""
_GROWN = 1_000
"""Customers that a search reads on to, at least, when the first are not enough."""

Row = AgendaRow | None
"""A row of a list; None where the customer has gone since the list was read."""
Beside = Callable[[Sequence[int]], None]
"""Is told which customers a page holds, to read what is shown beside their rows."""


class Places(Protocol):
    """Customers by their places in an order."""

    @property
    def size(self) -> int:
        """How many are known of."""

    @property
    def whole(self) -> bool:
        """Whether there are no more."""

    def grow(self) -> None:
        """Know of more, or that there are no more."""

    def ids(self, first: int, count: int) -> Sequence[int]:
        """Customers from a place on, at most so many."""

    def everybody(self) -> Sequence[int]:
        """All of them; of a long search a matter of seconds."""

    def place(self, customer: int) -> int | None:
        """Where a customer stands, as far as that is known."""


class LongList(Sequence[Row]):
    """Rows by their places. Its length is what is known of, and grows; `whole` says that there is no more."""

    def __init__(
        self, session: Session, places: Places, beside: Beside | None = None, first: Sequence[AgendaRow] = ()
    ) -> None:
        self._session = session
        self._places = places
        self._beside = beside
        self._expected = 0
        self._pages: dict[int, Sequence[Row]] = {0: first} if len(first) == PAGE or (first and places.whole) else {}

    def __len__(self) -> int:
        return max(self._places.size, self._expected if self.expected else 0)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        page = self._pages.get(at // PAGE) or self._read(at // PAGE)
        return page[at % PAGE] if at % PAGE < len(page) else None

    @property
    def whole(self) -> bool:
        """Whether its length is all there is."""
        return self._places.whole

    @property
    def expected(self) -> bool:
        """Whether its length is that of the list before it."""
        return self._expected > 0 and not self.whole

    @property
    def is_search(self) -> bool:
        """Whether it can only be read from its beginning on."""
        return isinstance(self._places, _Found)

    @property
    def total(self) -> int | None:
        """How many there are, known of or not; None until they are counted."""
        if self.whole or self.expected:
            return len(self)
        return self._places.total if isinstance(self._places, _Found) else None

    @property
    def is_short(self) -> bool:
        """Whether all of it is read in no time."""
        return self.whole or (self.is_search and self.total is not None and self.total <= orders.COUNT_TO)

    def ids(self, first: int, last: int) -> Sequence[int]:
        """The customers from one place to another, both included."""
        return self._places.ids(first, last - first + 1)

    def everybody(self) -> Sequence[int]:
        """All customers of the list, whether known of yet or not; of a long search a matter of seconds. Raises `Stopped`
        where it is watched and stopped (`Session.watched`)."""
        return self._places.everybody()

    def grow(self) -> None:
        """Know of more, or that there are no more; milliseconds."""
        if not self.whole:
            self._places.grow()
            self._forget_ends()

    def count_all(self, stop: Callable[[], bool]) -> None:
        """Count to the end, however long it takes; raises `Stopped` soon after `stop` says so. Can be done on another
        thread."""
        if isinstance(self._places, _Found):
            self._places.count(stop)
        else:
            self.grow()

    def reach(self, place: int) -> None:
        """Know of so many that this place is among them, if there are so many."""
        while not self.whole and place >= (orders.COUNT_TO if self.expected else len(self)):
            self.grow()

    def expect(self, before: LongList) -> None:
        """Take the list for as long as it was `before`, until it is counted: an act changes that by one or so."""
        if before.whole and not self.whole and not self.is_search:
            self._expected = len(before)

    def know(self, everybody: Sequence[int]) -> None:
        """Take over what `everybody` found."""
        if isinstance(self._places, _Found):
            self._places.take(everybody, True)
            self._forget_ends()
        else:
            self.grow()

    def place(self, customer: int) -> int | None:
        """Where a customer stands, as far as that is known."""
        return self._places.place(customer)

    def jump(self, beginning: str) -> int | None:
        """The place of the first name that begins as typed or, in a list by name, of the one where it would stand. Other
        lists are looked through as far as they have been read."""
        if isinstance(self._places, orders.ByName):
            at = self._places.place_of_name(beginning)
            self.reach(at)
            return min(at, len(self) - 1) if len(self) else None
        key = sort_key(beginning)
        seen = range(min(len(self), _GROWN))
        return next((at for at in seen if (row := self[at]) and sort_key(row.name).startswith(key)), None)

    def _forget_ends(self) -> None:
        """A page that ended where the list did may go on now."""
        self._pages = {number: page for number, page in self._pages.items() if len(page) == PAGE}

    def _read(self, number: int) -> Sequence[Row]:
        ids = self._places.ids(number * PAGE, PAGE)
        session = self._session
        found = {
            row.id: row for row in listed.agenda_rows(session.book, ids, session.today, session.now, explained=False)
        }
        if self._beside is not None:
            self._beside(ids)
        if len(self._pages) >= _KEPT:
            del self._pages[next(iter(self._pages))]
        self._pages[number] = [found.get(customer) for customer in ids]
        return self._pages[number]


def due(session: Session, beside: Beside | None = None) -> LongList:
    """Who is due, most urgent first."""
    return LongList(session, orders.ByUrgency(session.book, session.today, session.now), beside)


def everyone(session: Session, order: Order = BEST, beside: Beside | None = None) -> LongList:
    """Everybody in the book by name, from the end if the order is descending."""
    return LongList(session, orders.ByName(session.book, order.descending), beside)


def found(session: Session, line: str, order: Order, result: finding.Result, beside: Beside | None = None) -> LongList:
    """What a search has found, its first rows and those to come."""
    return LongList(session, _Found(session, line, order, result), beside, result.rows[:PAGE])


def these(session: Session, customers: Sequence[int]) -> LongList:
    """These customers, in this order."""
    return LongList(session, _These(customers))


class _These:
    """Customers that are known."""

    whole = True

    def __init__(self, customers: Sequence[int]) -> None:
        self._ids = customers
        self.size = len(customers)

    def grow(self) -> None:
        """There are no more."""

    def ids(self, first: int, count: int) -> Sequence[int]:
        return self._ids[first : first + count]

    def everybody(self) -> Sequence[int]:
        return self._ids

    def place(self, customer: int) -> int | None:
        return self._ids.index(customer) if customer in self._ids else None


class _Found:
    """Customers of a search: the first are known, and it is asked again for more, each time for many more."""

    def __init__(self, session: Session, line: str, order: Order, result: finding.Result) -> None:
        self._session, self._line, self._order = session, line, order
        self._ids = array("q", (row.id for row in result.rows))
        self.whole = not result.more
        self.total = result.count if result.exact else None

    @property
    def size(self) -> int:
        return len(self._ids)

    def count(self, stop: Callable[[], bool]) -> None:
        from . import finding

        self.total = finding.count(self._session, self._line, stop)

    def grow(self) -> None:
        most = max(_GROWN, 4 * self.size)
        from . import finding

        found, more = finding.ids(self._session, self._line, most, self._order)
        self.take(found, not more)

    def take(self, found: Sequence[int], whole: bool) -> None:
        """Know of these as well. What was listed before stays where it is: a longer search may rank more finely."""
        known = set(self._ids)
        self._ids.extend(customer for customer in found if customer not in known)
        self.whole = whole or len(self._ids) == len(known)

    def ids(self, first: int, count: int) -> Sequence[int]:
        return self._ids[first : first + count]

    def everybody(self) -> Sequence[int]:
        from . import finding

        return finding.ids(self._session, self._line, None, self._order)[0]

    def place(self, customer: int) -> int | None:
        return self._ids.index(customer) if customer in self._ids else None
