"""What columns of sheets were taken for at earlier imports. No history: it is no part of anybody's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

from ..domain.vocabulary import fold

if TYPE_CHECKING:
    from .book import Book

_ANYWHERE = ""
"""Instead of a set of headers: what a header was taken for last, wherever it stood."""


def recall(book: Book, headers: Sequence[str]) -> dict[str, str]:
    """Header → field, as chosen for a sheet with just these headers, else for that header in any sheet."""
    rows = book.rows(
        "SELECT headers, header, field FROM column_memory WHERE headers IN (?, ?)", (_key(headers), _ANYWHERE)
    )
    fields = {(where == _ANYWHERE, header): field for where, header, field in rows}
    found = {header: fields.get((False, fold(header)), fields.get((True, fold(header)))) for header in headers}
    return {header: field for header, field in found.items() if field is not None}


def remember(book: Book, headers: Sequence[str], chosen: Mapping[str, str]) -> None:
    """Keep what columns of a sheet with these headers were taken for."""
    rows = [(_key(headers), fold(header), field) for header, field in chosen.items()]
    rows += [(_ANYWHERE, header, field) for _, header, field in rows if not header.startswith("[")]
    with book.upkeep():
        book.run_many("INSERT OR REPLACE INTO column_memory VALUES (?, ?, ?)", rows)


def _key(headers: Sequence[str]) -> str:
    folded = sorted({fold(header) for header in headers})
    return blake2b("\x1f".join(folded).encode(), digest_size=16).hexdigest()
