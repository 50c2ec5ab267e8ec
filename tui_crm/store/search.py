"""Finding customers: the search line's terms as SQL, its words through the two word indexes, the result best first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ..domain.clocks import local_time
from ..domain.names import matches, query_terms
from ..domain.query import Query, Term
from ..domain.vocabulary import fold

if TYPE_CHECKING:
    from .book import Book

CANDIDATES = 2_000
"""How many hits of one word are looked at before ranking; beyond it the search is too vague to rank by reading."""

Sql = tuple[str, list[object]]


@dataclass(frozen=True, slots=True)
class Found:
    """Ids in order, best first; `more` when the search stopped at its cap."""

    ids: tuple[int, ...]
    more: bool


def find(book: Book, query: Query, today: date, now: datetime, limit: int | None = None) -> Found:
    """Customers that satisfy every term; with words the best match first, else the most urgent first, then by name."""
    words = [str(value) for term in query.terms if term.field == "word" and not term.negated for value in term.values]
    where, params = _where(query, today)
    if not words:
        rows = book.rows(_SELECT + where, params)
        ranked = _by_urgency(book, rows, today, now)
        return Found(tuple(ranked if limit is None else ranked[:limit]), limit is not None and len(ranked) > limit)
    ids, more = _word_hits(book, words)
    if ids is None:
        return Found((), False)
    rows = []
    for at in range(0, len(ids), 900):
        chunk = ids[at : at + 900]
        rows += book.rows(f"{_SELECT}{where} AND s.customer_id IN ({','.join('?' * len(chunk))})", [*params, *chunk])
    ranked = _by_match(book, rows, words, today, now)
    return Found(
        tuple(ranked if limit is None else ranked[:limit]), more or (limit is not None and len(ranked) > limit)
    )


_SELECT = (
    "SELECT s.customer_id, c.name, s.temperature, s.weight, s.due_on, s.name_key, s.place "
    "FROM standing s JOIN customer c ON c.id = s.customer_id WHERE "
)


def _urgency(book: Book, row: tuple[Any, ...], today: date, now: datetime) -> tuple[bool, int, str, str]:
    _customer, _name, temperature, weight, due_on, name_key, place = row
    if due_on is None or due_on > today.isoformat():
        return (True, 0, due_on or "9999", name_key)
    late = (today - date.fromisoformat(due_on)).days
    score = weight + book.engine.lateness(temperature, late) + book.engine.clock(local_time(place, now))
    return (False, -score, due_on, name_key)


def _by_urgency(book: Book, rows: list[tuple[Any, ...]], today: date, now: datetime) -> list[int]:
    return [row[0] for row in sorted(rows, key=lambda row: _urgency(book, row, today, now))]


def _by_match(book: Book, rows: list[tuple[Any, ...]], words: list[str], today: date, now: datetime) -> list[int]:
    """Name start before name before anything else, urgency inside each."""

    def place(row: tuple[Any, ...]) -> int:
        spans = matches(row[1], words[0])
        return 2 if not spans else 0 if spans[0][0] == 0 else 1

    return [row[0] for row in sorted(rows, key=lambda row: (place(row), *_urgency(book, row, today, now)))]


def _word_hits(book: Book, words: Sequence[str]) -> tuple[list[int] | None, bool]:
    """Ids of customers that have every word among their own words, in one note, or spread over both. None when the words
    hold nothing to search for."""
    terms = [query_terms(word) for word in words]
    terms = [t for t in terms if t]
    if not terms:
        return None, False
    everything = " AND ".join(term for group in terms for term in group)
    hits = dict.fromkeys(in_customers(book, everything))
    hits |= dict.fromkeys(in_notes(book, everything))
    if len(terms) > 1 and len(hits) < CANDIDATES:
        each = [{*in_customers(book, " AND ".join(group)), *in_notes(book, " AND ".join(group))} for group in terms]
        hits |= dict.fromkeys(sorted(set.intersection(*each)))
    return list(hits), len(hits) >= CANDIDATES


def in_customers(book: Book, match: str) -> list[int]:
    """Customers whose own words (names, people, addresses, tags) match an FTS5 expression, at most `CANDIDATES`."""
    rows = book.rows("SELECT rowid FROM find_customer WHERE find_customer MATCH ? LIMIT ?", (match, CANDIDATES))
    return [row[0] for row in rows]


def in_notes(book: Book, match: str) -> list[int]:
    """Customers with a log entry that matches an FTS5 expression."""
    rows = book.rows(
        "SELECT DISTINCT customer_id FROM activity WHERE id IN (SELECT rowid FROM find_note WHERE find_note MATCH ? LIMIT ?)",
        (match, CANDIDATES),
    )
    return [row[0] for row in rows]


def _where(query: Query, today: date) -> tuple[str, list[object]]:
    """The WHERE clause of every term but the words that are looked up in the indexes."""
    clauses: list[str] = []
    params: list[object] = []
    asks_archived = any(t.field == "is" and "archived" in t.values for t in query.terms)
    if not asks_archived:
        clauses.append("c.archived = 0")
    for term in query.terms:
        if term.field == "word" and not term.negated and not term.exact:
            continue
        sql, values = _CONDITIONS[term.field](term, today)
        clauses.append(f"NOT coalesce({sql}, 0)" if term.negated else sql)
        params += values
    return " AND ".join(clauses) or "1", params


def _one_of(column: str) -> Callable[[Term, date], Sql]:
    def condition(term: Term, _today: date) -> Sql:
        return f"{column} IN ({','.join('?' * len(term.values))})", list(term.values)

    return condition


def _word(term: Term, _today: date) -> Sql:
    """A word that is not to be there is looked for where one that is to be there would be found."""
    if term.exact:
        return _exact(str(term.values[0]))
    match = " AND ".join(t for value in term.values for t in query_terms(str(value)))
    if not match:
        return "0", []
    return (
        "(s.customer_id IN (SELECT rowid FROM find_customer WHERE find_customer MATCH ?) OR s.customer_id IN "
        "(SELECT customer_id FROM activity WHERE id IN (SELECT rowid FROM find_note WHERE find_note MATCH ?)))",
        [match, match],
    )


def _exact(words: str) -> Sql:
    """Words in quotation marks stand together, as they are written, in one text."""
    pattern = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    texts = ["c.name", "c.city", "c.industry", "c.buys", "c.website", "c.needs", "c.remarks", "c.custom"]
    parts = [f"{text} LIKE ? ESCAPE '\\'" for text in texts] + [
        f"EXISTS (SELECT 1 FROM {table} x WHERE x.customer_id = s.customer_id AND x.{column} LIKE ? ESCAPE '\\')"
        for table, column in (("activity", "note"), ("contact", "name"), ("contact", "position"), ("reach", "value"))
    ]
    return f"({' OR '.join(parts)})", [pattern] * len(parts)


def _tag(term: Term, _today: date) -> Sql:
    """A tag means itself; what is no tag yet means every tag that begins so, so that a tag being typed already finds."""
    one = "t.key = ? OR (substr(t.key, 1, length(?)) = ? AND NOT EXISTS (SELECT 1 FROM tag WHERE key = ?))"
    keys = [fold(str(value)) for value in term.values]
    return (
        "s.customer_id IN (SELECT ct.customer_id FROM customer_tag ct JOIN tag t ON t.id = ct.tag_id "
        f"WHERE {' OR '.join([one] * len(keys))})",
        [key for key in keys for _ in range(4)],
    )


def _channel(term: Term, _today: date) -> Sql:
    marks = ",".join("?" * len(term.values))
    return f"EXISTS (SELECT 1 FROM activity a WHERE a.customer_id = s.customer_id AND a.channel IN ({marks}))", list(
        term.values
    )


def _due(term: Term, _today: date) -> Sql:
    return _compared("s.due_on", term.op, term.values[0])


def _late(term: Term, today: date) -> Sql:
    """`late:>7`: the due date lies more than seven days back."""
    return _compared("s.due_on", _MIRRORED[term.op], _before(today, int(str(term.values[0]))))


def _last(term: Term, today: date) -> Sql:
    """`last:>30d`: the last contact lies more than 30 days back, or there never was one."""
    value = term.values[0]
    day = value if isinstance(value, date) else _before(today, int(value))
    op = term.op if isinstance(value, date) else _MIRRORED[term.op]
    sql, params = _compared("s.last_contact_on", op, day)
    return (f"({sql} OR s.last_contact_on IS NULL)", params) if op in ("<", "<=") else (sql, params)


def _before(today: date, days: int) -> date:
    """So many days before today, no further back than the calendar goes."""
    return date.fromordinal(max(1, today.toordinal() - days))


_MIRRORED = {">": "<", "<": ">", ">=": "<=", "<=": ">=", "=": "="}


def _compared(column: str, op: str, value: object) -> Sql:
    assert op in _MIRRORED
    return f"{column} {op} ?", [value.isoformat() if isinstance(value, date) else value]


def _flags(table: dict[str, str]) -> Callable[[Term, date], Sql]:
    def condition(term: Term, today: date) -> Sql:
        parts = [table[str(value)] for value in term.values]
        sql = " OR ".join(parts)
        return f"({sql})", [today.isoformat()] * sql.count("?")

    return condition


_CONDITIONS: dict[str, Callable[[Term, date], Sql]] = {
    "word": _word,
    "tag": _tag,
    "temperature": _one_of("s.temperature"),
    "grade": _one_of("c.grade"),
    "stage": _one_of("c.stage"),
    "country": _one_of("c.country"),
    "owner": _one_of("c.owner"),
    "channel": _channel,
    "due": _due,
    "late": _late,
    "last": _last,
    "quote": _flags({"open": "(s.money & 1) <> 0"}),
    "sample": _flags({"waiting": "(s.money & 4) <> 0"}),
    "no": _flags({"next": "s.by_hand = 0"}),
    "is": _flags({
        "archived": "c.archived = 1",
        "lost": "c.stage = 'lost'",
        "paused": "c.stage = 'paused'",
        "overdue": "(s.latest_on < ?)",
    }),
}  # fmt: skip
