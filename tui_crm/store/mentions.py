"""Where a person stands in a book: as a contact, in texts, and in history."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..domain.messages import N_
from ..domain.values import Reach
from .files import is_encrypted
from .rows import marks

if TYPE_CHECKING:
    from pathlib import Path

    from ..domain.traces import Traces
    from .book import Book

TEXTS: Mapping[str, tuple[str, ...]] = {
    "customer": ("city", "industry", "buys", "website", "linkedin", "needs", "competitors", "remarks", "lost_reason", "custom"),
    "contact": ("position",),
    "activity": ("note", "contact"),
    "next_step": ("action", "reason"),
    "quote": ("place", "product", "remark"),
    "sample": ("specs", "tracking", "feedback"),
    "invoice": ("number", "remark"),
    "sales_order": ("number", "terms", "product", "remark"),
    "payment": ("remark",),
    "shipment": ("from_port", "to_port", "container", "bill", "remark"),
    "attachment": ("name",),
}  # fmt: skip
"""Where people write what they like, and so about people too."""

_OWNED = ("name", "company_key", "position", "rank", "role", "value", "match_key")
"""Columns of a person's own rows that say something of them, besides those of `TEXTS`."""
_DERIVED = ("company_key", "match_key")
_PIECE = 1 << 24


class PastRow(NamedTuple):
    """A row as history keeps it: its table, and what of it is a person's data, column by column."""

    table: str
    data: tuple[tuple[str, str], ...]


class Target(NamedTuple):
    """Who is erased: the ids of the person's contacts, of the customers that are the person (erased whole) and of all where
    the person was, and the traces that are left elsewhere."""

    contacts: Collection[int]
    whole: Collection[int]
    near: Sequence[int]
    traces: Traces

    def out(self, text: str, customer: int | None) -> str:
        """A text of a customer with the traces blacked out."""
        return self.traces.blacked_out(text, customer in self.near)

    def owns(self, table: str, row_id: int, row: Mapping[str, Any]) -> bool:
        """Whether a row is about the person and nobody else."""
        if table == "customer":
            return row_id in self.whole
        return (
            row_id in self.contacts if table == "contact" else table == "reach" and row["contact_id"] in self.contacts
        )


class Mention(NamedTuple):
    """A text of the book that has a trace of a person: where it stands, and what it says."""

    table: str
    row: int
    customer: int
    column: str
    text: str


def without(table: str, row_id: int, customer: int | None, row: dict[str, Any], target: Target) -> dict[str, Any]:
    """A row of history without the person: of the person's own rows nothing but where they belonged is left."""
    if target.owns(table, row_id, row):
        emptied = {column: "" for column in (*_OWNED, *TEXTS["customer"]) if column in row}
        emptied |= {column: target.traces.mark for column in ("name", "value") if column in row}
        return row | emptied | ({"custom": "{}"} if "custom" in row else {})
    return row | {column: target.out(row[column], customer) for column in TEXTS.get(table, ()) if row.get(column)}


def people_at(book: Book, key: str, name: str) -> list[tuple[int, int]]:
    """Contacts (customer, contact) with this address, by its match key, or with exactly this name in any case."""
    rows = book.rows(
        "SELECT customer_id, contact_id FROM reach WHERE match_key = ?1 AND ?1 <> '' "
        "UNION SELECT customer_id, id FROM contact WHERE name = ?2 COLLATE NOCASE AND ?2 <> '' ORDER BY 1, 2",
        (key, name),
    )
    return [(customer, contact) for customer, contact in rows]


def people_once(book: Book, key: str, name: str) -> list[dict[str, Any]]:
    """As `people_at`, of contacts that are no longer in the book: their last rows, as history has them."""
    rows = book.rows(
        "SELECT CASE tbl WHEN 'contact' THEN row_id ELSE coalesce(new, old) ->> 'contact_id' END AS contact FROM change "
        "WHERE tbl = 'reach' AND coalesce(new, old) ->> 'match_key' = ?1 AND ?1 <> '' "
        "OR tbl = 'contact' AND coalesce(new, old) ->> 'name' = ?2 COLLATE NOCASE AND ?2 <> '' GROUP BY contact",
        (key, name),
    )
    last = "SELECT coalesce(new, old) FROM change WHERE tbl = 'contact' AND row_id = ? ORDER BY id DESC LIMIT 1"
    found = (book.value(last, row) for row in rows if book.value("SELECT 1 FROM contact WHERE id = ?", row) is None)
    return [json.loads(text) for text in found if text]


def related(book: Book, customers: Sequence[int]) -> list[int]:
    """These customers, in the book or not, those that were merged into them, and those they were merged into."""
    here = f"({marks(customers)})"
    rows = book.rows(
        f"SELECT id FROM customer WHERE id IN {here} OR merged_into IN {here} "
        f"OR id IN (SELECT merged_into FROM customer WHERE id IN {here}) ORDER BY id",
        [*customers] * 3,
    )
    return sorted({*customers, *(row[0] for row in rows)})


def once_called(book: Book, near: Sequence[int], contacts: Collection[int]) -> tuple[list[str], list[Reach]]:
    """The names and addresses that these contacts of the customers have or ever had."""
    names: dict[str, None] = {}
    reaches: dict[Reach, None] = {}
    for table, row_id, *texts in book.rows(
        f"SELECT tbl, row_id, old, new FROM change WHERE customer_id IN ({marks(near)}) AND tbl IN ('contact', 'reach')",
        near,
    ):
        for row in (json.loads(text) for text in texts if text):
            if table == "contact" and row_id in contacts:
                names[row["name"]] = None
            elif table == "reach" and row["contact_id"] in contacts:
                reaches[Reach(row["kind"], row["value"])] = None
    return list(names), list(reaches)


def past_contacts(book: Book, near: Sequence[int], names: Sequence[str], keys: Sequence[str]) -> set[int]:
    """Contacts that these customers have or once had, with one of these names, or addresses by their match key."""
    rows = book.rows(
        "SELECT CASE tbl WHEN 'contact' THEN row_id ELSE coalesce(new, old) ->> 'contact_id' END FROM change "
        f"WHERE customer_id IN ({marks(near)}) AND (tbl = 'contact' AND (old ->> 'name' IN ({marks(names)}) "
        f"OR new ->> 'name' IN ({marks(names)})) OR tbl = 'reach' AND coalesce(new, old) ->> 'match_key' IN ({marks(keys)}))",
        (*near, *names, *names, *keys),
    )
    return {row[0] for row in rows}


def mentions(book: Book, target: Target) -> Iterator[Mention]:
    """Every text with a trace, but for the rows that go as a whole."""
    needles, near = target.traces.needles(), target.near
    for at, (table, columns) in enumerate(TEXTS.items()):
        book.tell(N_("looking through the book"), at, len(TEXTS))
        owner = "id" if table == "customer" else "customer_id"
        far = "".join(f" OR {column} LIKE ? ESCAPE '\\'" for column in columns for _needle in needles)
        likes = [like(needle) for _column in columns for needle in needles]
        for row, customer, *texts in book.rows(
            f"SELECT id, {owner}, {', '.join(columns)} FROM {table} WHERE {owner} IN ({marks(near)}){far} ORDER BY id",
            (*near, *likes),
        ):
            if row not in {"customer": target.whole, "contact": target.contacts}.get(table, ()):
                for column, text in zip(columns, texts, strict=True):
                    if target.out(text, customer) != text:
                        yield Mention(table, row, customer, column, text)


def like(needle: str) -> str:
    """The pattern that finds a text anywhere in another; to be used with ESCAPE '\\'."""
    return "%" + needle.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def history_of(book: Book, target: Target) -> dict[int, list[PastRow]]:
    """By operation, oldest first, what of the person's data stands in its history, each once."""
    found: dict[int, dict[PastRow, None]] = {}
    for op, table, row_id, customer, *texts in book.rows(
        "SELECT op_id, tbl, row_id, customer_id, old, new FROM change "
        f"WHERE customer_id IN ({marks(target.near)}) ORDER BY id",
        target.near,
    ):
        for row in (json.loads(text) for text in texts if text):
            left = without(table, row_id, customer, row, target)
            data = tuple((name, value) for name, value in row.items() if left[name] != value and name not in _DERIVED)
            if data:
                found.setdefault(op, {})[PastRow(table, data)] = None
    return {op: list(rows) for op, rows in found.items()}


def entries(book: Book, ids: Sequence[int]) -> list[tuple[int, str, str]]:
    """Log entries: id, instant as stored, channel."""
    found: list[tuple[int, str, str]] = []
    for at in range(0, len(ids), 500):
        chunk = ids[at : at + 500]
        found += book.rows(f"SELECT id, happened_at, channel FROM activity WHERE id IN ({marks(chunk)})", chunk)
    return found


def holds(path: Path, needles: Sequence[str]) -> bool:
    """Whether one of these texts stands in a file, byte for byte. One that is encrypted or cannot be read is taken to."""
    if is_encrypted(path):
        return True
    wanted = [needle.encode() for needle in needles]
    most = max(map(len, wanted), default=1)
    try:
        with path.open("rb") as stream:
            tail = b""
            while piece := stream.read(_PIECE):
                if any(needle in tail + piece for needle in wanted):
                    return True
                tail = piece[-most:]
    except OSError:
        return True
    return False


def merged_into(book: Book, customer: int) -> list[int]:
    """The customers that were merged into this one."""
    return [row[0] for row in book.rows("SELECT id FROM customer WHERE merged_into = ? ORDER BY id", (customer,))]
