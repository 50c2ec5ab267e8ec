"""What crm never writes into a book: values of another kind, triggers and views. Another program, or a hand, has put it there."""

from __future__ import annotations

import re
from collections import deque
from typing import Any

from sqlcipher3 import dbapi2

from . import schema

_KINDS = {"TEXT": ("text", "null"), "INTEGER": ("integer", "null")}
TABLES = (*schema.TRACKED, "op", "change", "standing", "meta")
"""Tables whose values are looked at."""
_DAYS = ("_on", "_at", "_until")
"""How the names of columns end that hold days and instants."""
_JSON = ("custom",)
_A_DAY = "GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]*'"


def lost_tables(connection: Any) -> list[str]:
    """Tables that a book of the present version has and this one has not."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return [table for table in TABLES if table not in there]


def odd_columns(connection: Any) -> list[str]:
    """Columns (`customer.name`) with a value that is no text, number or day where one has to be, or text that is no UTF-8.
    Reads everything: some seconds for a gigabyte."""
    return [f"{table}.{column}" for table in TABLES for column in _odd_in(connection, table)]


def _odd_in(connection: Any, table: str) -> list[str]:
    columns = [(str(row[1]), str(row[2])) for row in connection.execute(f"PRAGMA table_info({table})")]
    looked_at = {name: _is_odd(name, kind) for name, kind in columns if kind in _KINDS}
    if not looked_at:
        return []
    sums = ", ".join(f"max({odd})" for odd in looked_at.values())
    found = connection.execute(f"SELECT {sums} FROM {table}").fetchone()
    odd = [name for name, is_odd in zip(looked_at, found, strict=True) if is_odd]
    texts = [name for name, kind in columns if kind == "TEXT"]
    return odd or (_undecodable(connection, f"SELECT {', '.join(texts)} FROM {table}") if texts else [])


def _is_odd(name: str, kind: str) -> str:
    """An expression that is true for a value that may not stand in this column."""
    odd = [f"typeof({name}) NOT IN {_KINDS[kind]}"]
    if kind == "TEXT" and f"_{name}".endswith(_DAYS):
        odd.append(f"({name} <> '' AND NOT {name} {_A_DAY})")
    if name in _JSON:
        odd.append(f"NOT json_valid({name})")
    return " OR ".join(odd)


def _undecodable(connection: Any, query: str) -> list[str]:
    """The first column that is no UTF-8: the engine's driver decodes all it reads, and says where it cannot."""
    try:
        deque(connection.execute(query), maxlen=0)
    except dbapi2.OperationalError as error:
        named = re.search(r"decode to UTF-8 column '(\w+)'", str(error))
        if named is None:
            raise
        return [named[1]]
    return []


def foreign_parts(connection: Any) -> list[str]:
    """Views, and triggers that are not the ones that write history: they would act on what crm writes, or stand in for what it
    reads. A trigger of history does nothing but add to `change`, in whatever version of the program it was made."""
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')")
    return sorted(str(name) for name, sql in rows if not _WRITES_HISTORY.fullmatch(sql))


_WRITES_HISTORY = re.compile(
    r"CREATE TRIGGER history_\w+ AFTER (?:INSERT|UPDATE|DELETE) ON \w+\s[^;]*?BEGIN\s+INSERT INTO change [^;]*;\s*END",
    re.S,
)
