"""What the filters of a search line ask: of a row of `standing`, of the index, and of the walk in order of urgency."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from ..domain.priority import Money, Standing
from ..domain.query import Query, Term
from ..domain.rows import NextStep
from ..domain.vocabulary import STAGE, fold
from .agenda import Class
from .documents import facet
from .rows import QUOTE, SAMPLE, marks

if TYPE_CHECKING:
    from .book import Book

Params = tuple[object, ...]


class Window(NamedTuple):
    """The days, as stored, between which a column of `standing` has to lie."""

    first: str = ""
    last: str = "9999-12-31"

    @property
    def bounded(self) -> bool:
        """Whether it leaves anything out."""
        return self != Window()


@dataclass(frozen=True, slots=True)
class Filters:
    """All filters of a line together.

    `sql` with `params` is what a row `s` of `standing` has to meet, and is the truth. The index answers `match` with every such
    customer, `among` with those that answer another question too; `rest` is what it cannot tell of them: nothing where they
    are `facts` only. `due` are the days between which the next step lies, `planned` says that there has to be one at all;
    `last` is what is asked of the last contact. `stages` are those of `standing` that can be met, `classes` those of the
    agenda. `asks` for anything at all?
    """

    sql: str
    params: Params
    match: str
    facets: tuple[str, ...]
    unwanted: tuple[str, ...]
    rest: tuple[str, Params]
    due: Window
    last: tuple[str, Params] | None
    planned: bool
    stages: tuple[str, ...]
    classes: Callable[[Class], bool]
    asks: bool

    def among(self, match: str) -> str:
        """The same, of customers that answer `match` too."""
        return _expression((f"({match})", *self.facets), self.unwanted)

    @property
    def facts(self) -> bool:
        """Whether the index knows all that is asked."""
        return self.rest[0] == "1"


class _Part(NamedTuple):
    """One filter: its condition, the terms of the index any of which it means, and the days it bounds."""

    sql: str
    params: Params = ()
    facets: tuple[str, ...] = ()
    due: Window = Window()
    last: tuple[str, Params] | None = None
    planned: bool = False
    stages: frozenset[str] = frozenset((*STAGE.codes, ""))


def filters_of(book: Book, query: Query, today: date) -> Filters:
    """The filters of a line: every term but its words."""
    terms = [term for term in query.terms if term.field != "word"]
    wanted = [(_PARTS[term.field](book, term, today), term.negated) for term in terms]
    asks_archived = any(term.field == "is" and "archived" in term.values for term in terms)
    shown = [] if asks_archived else [(_LIVE, False)]
    met = [part for part, negated in (*wanted, *shown) if not negated]
    facets, unwanted = (
        tuple(_any(part.facets) for part, negated in wanted if part.facets and negated == which)
        for which in (False, True)
    )
    gone, everybody = ((), _EVERYBODY) if asks_archived else ((_any((facet("archived"),)),), _any((facet("live"),)))
    return Filters(
        *_condition([*wanted, *shown]),
        _expression(facets, (*gone, *unwanted)) if facets else _expression((everybody,), unwanted),
        facets,
        (*gone, *unwanted),
        _condition([(part, negated) for part, negated in wanted if not part.facets]),
        _narrowed(part.due for part in met),
        next((part.last for part in met if part.last), None),
        any(part.planned for part in met),
        tuple(stage for stage in (*STAGE.codes, "") if all(stage in part.stages for part in met)),
        _classes(book, terms),
        bool(terms),
    )


def _condition(wanted: Sequence[tuple[_Part, bool]]) -> tuple[str, Params]:
    sql = " AND ".join(f"NOT coalesce({part.sql}, 0)" if negated else part.sql for part, negated in wanted)
    return sql or "1", tuple(value for part, _ in wanted for value in part.params)


def _expression(asked: Sequence[str], unwanted: Sequence[str]) -> str:
    """Who is archived is among the unwanted: the few of them are left out quicker than everybody else is met."""
    return " NOT ".join([f"({' AND '.join(asked)})", *unwanted])


def _any(terms: Iterable[str]) -> str:
    return "(" + " OR ".join(f'"{term}"' for term in terms) + ")"


_EVERYBODY = _any((facet("live"), facet("archived")))
_LIVE = _Part("s.stage <> ''", stages=frozenset(STAGE.codes))


def _narrowed(windows: Iterable[Window]) -> Window:
    every = [Window(), *windows]
    return Window(max(window.first for window in every), min(window.last for window in every))


_WEIGHED = ("temperature", "grade", "quote", "sample", "no")


def _classes(book: Book, terms: Sequence[Term]) -> Callable[[Class], bool]:
    """Which classes of the agenda can hold anybody: temperature and owner are theirs, and only certain weights come about
    with certain grades, promises and money."""
    met = [term for term in terms if not term.negated]
    owners = [set(term.values) for term in met if term.field == "owner"]
    temperatures = [set(term.values) for term in met if term.field == "temperature"]
    weights = _weights(book, met) if any(term.field in _WEIGHED[1:] for term in met) else None

    def takes(kind: Class) -> bool:
        return (
            all(kind.owner in values for values in owners)
            and all(kind.temperature in values for values in temperatures)
            and (weights is None or (kind.temperature, kind.weight) in weights)
        )

    return takes


def _weights(book: Book, terms: Sequence[Term]) -> set[tuple[str, int]]:
    asked = {term.field: term.values for term in terms}
    weighed = book.engine.weights
    temperatures = [str(value) for value in asked.get("temperature", tuple(weighed.temperature))]
    grades = [str(value) for value in asked.get("grade", ("", *weighed.grade))]
    either = (False, True)
    by_hand = (False,) if "no" in asked else either
    quote, sample = ((True,) if name in asked else either for name in ("quote", "sample"))
    return {
        (t, book.engine.weight(Standing(t, g, NextStep(None, by_hand=promised), Money(*money))))
        for t, g, promised, *money in product(temperatures, grades, by_hand, quote, either, sample)
    }


# Each filter ---------------------------------------------------------------------------------------------------------


def _one_of(kind: str, sql: str) -> Callable[[Book, Term, date], _Part]:
    def part(_book: Book, term: Term, _today: date) -> _Part:
        facets = tuple(facet(kind, value) for value in term.values)
        return _Part(sql.format(marks=marks(term.values)), term.values, facets)

    return part


_OF_CUSTOMER = "(SELECT c.{column} FROM customer c WHERE c.id = s.customer_id) IN ({{marks}})"


def _stage(book: Book, term: Term, today: date) -> _Part:
    """An archived customer has a stage too, which its standing does not tell."""
    part = _one_of("s", _OF_CUSTOMER.format(column="stage"))(book, term, today)
    return part._replace(stages=frozenset((*map(str, term.values), "")))


def _country(_book: Book, term: Term, _today: date) -> _Part:
    """A place begins with its country, and stands in the index of the agenda."""
    codes = [str(value) for value in term.values]
    either = " OR ".join("s.place >= ? AND s.place < ?" for _ in codes)
    return _Part(
        f"({either})",
        tuple(bound for code in codes for bound in (f"{code} ", f"{code}!")),
        tuple(facet("c", code) for code in codes),
    )


def _tag(book: Book, term: Term, _today: date) -> _Part:
    """A tag means itself; what is no tag yet means every tag that begins so, so that a tag being typed already finds."""
    one = "key = ? OR (substr(key, 1, length(?)) = ? AND NOT EXISTS (SELECT 1 FROM tag WHERE key = ?))"
    keys = [fold(str(value)) for value in term.values]
    tags = [row[0] for row in book.rows(
        f"SELECT id FROM tag WHERE {' OR '.join([one] * len(keys))}", [key for key in keys for _ in range(4)]
    )]  # fmt: skip
    carries = "EXISTS (SELECT 1 FROM customer_tag ct WHERE ct.customer_id = s.customer_id AND ct.tag_id IN ({}))"
    return _Part(carries.format(marks(tags)), tuple(tags), tuple(facet("k", tag) for tag in tags) or (facet("k"),))


def _due(_book: Book, term: Term, _today: date) -> _Part:
    return _Part(
        *_compared("s.due_on", term.op, str(term.values[0])), due=_window(term.op, term.values[0]), planned=True
    )


def _late(_book: Book, term: Term, today: date) -> _Part:
    """`late:>7`: the due date lies more than seven days back."""
    day, op = _before(today, int(str(term.values[0]))), _MIRRORED[term.op]
    return _Part(*_compared("s.due_on", op, str(day)), due=_window(op, day), planned=True)


def _last(_book: Book, term: Term, today: date) -> _Part:
    """`last:>30d`: the last contact lies more than 30 days back, or there never was one."""
    value = term.values[0]
    day = value if isinstance(value, date) else _before(today, int(value))
    op = term.op if isinstance(value, date) else _MIRRORED[term.op]
    sql, params = _compared("s.last_contact_on", op, str(day))
    if op in ("<", "<="):
        sql = f"({sql} OR s.last_contact_on IS NULL)"
    return _Part(sql, params, last=(sql, params))


def _before(today: date, days: int) -> date:
    """So many days before today, no further back than the calendar goes."""
    return date.fromordinal(max(1, today.toordinal() - days))


_MIRRORED = {">": "<", "<": ">", ">=": "<=", "<=": ">=", "=": "="}


def _compared(column: str, op: str, value: str) -> tuple[str, Params]:
    assert op in _MIRRORED
    return f"{column} {op} ?", (value,)


def _window(op: str, value: object) -> Window:
    day = str(value)
    return Window(day if op in ("=", ">", ">=") else "", day if op in ("=", "<", "<=") else "9999-12-31")


def _is(book: Book, term: Term, today: date) -> _Part:
    parts = [_STATES[str(value)](book, today) for value in term.values]
    every = all(part.facets for part in parts)
    return _Part(
        f"({' OR '.join(part.sql for part in parts)})",
        tuple(value for part in parts for value in part.params),
        tuple(term for part in parts for term in part.facets) if every else (),
        Window(last=max(part.due.last for part in parts)),
        planned=all(part.planned for part in parts),
        stages=frozenset().union(*(part.stages for part in parts)),
    )


def _overdue(_book: Book, today: date) -> _Part:
    return _Part("s.latest_on < ?", (str(today),), due=Window(last=str(today)), planned=True)


def _at_risk(book: Book, today: date) -> _Part:
    """Past the latest date by more than the rhythm's longest wait once again, and worth a call: hot, existing, S or A."""
    waits = [(name, str(_before(today, rhythm.latest))) for name, rhythm in book.engine.rhythms.items()]
    cases = " ".join("WHEN ? THEN ?" for _ in waits)
    valued = f"(s.temperature IN ('hot', 'existing') OR {_OF_CUSTOMER.format(column='grade').format(marks=repr('S') + ',' + repr('A'))})"
    return _Part(
        f"(s.latest_on < CASE s.temperature {cases} END AND {valued})",
        tuple(value for wait in waits for value in wait),
        due=Window(last=str(today - timedelta(1))),
        planned=True,
    )


def _in_stage(stage: str) -> Callable[[Book, date], _Part]:
    def part(_book: Book, _today: date) -> _Part:
        sql = _OF_CUSTOMER.format(column="stage").format(marks="?")
        return _Part(sql, (stage,), (facet("s", stage),), stages=frozenset((stage, "")))

    return part


_STATES: dict[str, Callable[[Book, date], _Part]] = {
    "archived": lambda _book, _today: _Part("s.stage = ''", (), (facet("archived"),), stages=frozenset(("",))),
    "lost": _in_stage("lost"),
    "paused": _in_stage("paused"),
    "overdue": _overdue,
    "risk": _at_risk,
}


def _flag(sql: str, kind: str) -> Callable[[Book, Term, date], _Part]:
    return lambda _book, _term, _today: _Part(sql, (), (facet(kind),))


_PARTS: dict[str, Callable[[Book, Term, date], _Part]] = {
    "tag": _tag,
    "temperature": _one_of("t", "s.temperature IN ({marks})"),
    "grade": _one_of("g", _OF_CUSTOMER.format(column="grade")),
    "stage": _stage,
    "country": _country,
    "owner": _one_of("o", "s.owner IN ({marks})"),
    "channel": _one_of(
        "h", "EXISTS (SELECT 1 FROM activity a WHERE a.customer_id = s.customer_id AND a.channel IN ({marks}))"
    ),
    "due": _due,
    "late": _late,
    "last": _last,
    "quote": _flag(f"(s.money & {QUOTE}) <> 0", "quote"),
    "sample": _flag(f"(s.money & {SAMPLE}) <> 0", "sample"),
    "no": _flag("s.by_hand = 0", "nonext"),
    "is": _is,
}
