"""What rows of logs and of trade are known again by: the record, and a sum of each cell, which tells where one was changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from zlib import crc32

from tui_crm.domain.messages import N_, Message
from tui_crm.i18n import twins

from .tables import Cell, CellNote, Row, shown

LOG_HEADS = (N_("Date"), N_("Channel"), N_("What was said"), N_("Stage"), N_("Contact"), N_("Written by"))
"""What stands above the columns of a customer's log, and of its trade below it."""
LISTED_HEADS = (N_("Company"), *LOG_HEADS)
"""The same where the logs of all stand in one sheet."""
TRADE_HEADS = (
    N_("Company"), N_("Kind"), N_("Date"), N_("Number"), N_("Product"), N_("Quantity"), N_("Unit"), N_("Price"), N_("Amount"),
    N_("Currency"), N_("Status"), N_("Details"),
)  # fmt: skip

_HEADS = {len(heads): heads for heads in (LOG_HEADS, LISTED_HEADS, TRADE_HEADS)}
_IDENTITY = re.compile(r"[^#$@\s]+([#$])((?:[0-9a-f]{3})+)")
_MEMO, _SHORT = 20_000, 40
_ENTRY_STAYS = N_("What is in the log stays as it was written. For a new entry write a new row without crm-id.")
_RECORD_STAYS = N_("Trade is not changed by a sheet. Change this record on the customer's card.")


def entry_identity(uid: str, cells: Iterable[object]) -> str:
    """What the row of a log entry is known again by; its `cells` in the order of the heads, days as days."""
    return f"{uid}#{''.join([_SUMS[cell] for cell in cells])}"


def record_identity(uid: str, cells: Iterable[object]) -> str:
    """The same for the row of a trade record."""
    return f"{uid}${''.join([_SUMS[cell] for cell in cells])}"


def changed_cells(table: str, told: str, heads: Sequence[str], row: Row) -> Iterator[CellNote]:
    """What was changed in the row of a log entry or a trade record since it was written: none of it is taken."""
    found = _IDENTITY.fullmatch(told)
    if found is None:
        return
    sums = [found[2][at : at + 3] for at in range(0, len(found[2]), 3)]
    message = _RECORD_STAYS if found[1] == "$" else _ENTRY_STAYS
    for place, known in zip(_places(tuple(heads), len(sums)), sums, strict=False):
        cell = row.cells[place] if 0 <= place < len(row.cells) else None
        if place >= 0 and _SUMS[cell] != known:
            yield CellNote(table, row.number, heads[place], shown(cell), Message(message))


@lru_cache(64)
def _places(heads: tuple[str, ...], count: int) -> tuple[int, ...]:
    """Where each of so many heads stands; -1 for one that was taken out."""
    return tuple(
        next((at for at, head in enumerate(heads) if head in _called(wanted)), -1) for wanted in _HEADS.get(count, ())
    )


@cache
def _called(head: str) -> tuple[str, ...]:
    return tuple(twins(head))


class _Sums(dict[object, str]):
    """The sums of cells; a log says the same few words over and over."""

    def __missing__(self, cell: object) -> str:
        text = _same(cell)
        found = f"{crc32(text.encode('utf-8', 'replace')) & 0xFFF:03x}"
        if len(text) <= _SHORT:
            if len(self) >= _MEMO:
                self.clear()
            self[cell] = found
        return found


_SUMS = _Sums()


def _same(cell: object) -> str:
    """A cell as text that stays the same whatever form a spreadsheet gives to blanks and numbers."""
    text = " ".join(_text(cell).split())
    if text[:1].isdecimal() or text[:1] == "-":
        with suppress(InvalidOperation):
            return format(Decimal(text.replace(",", "")).normalize(), "f") if len(text) <= _SHORT else text
    return text


def _text(cell: object) -> str:
    return shown(cell) if isinstance(cell, Cell) else str(cell)
