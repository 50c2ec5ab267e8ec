"""What the rows of a sheet that is laid out are brought to: days counted as everywhere, and colours in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tui_crm.domain.messages import N_, Message
from tui_crm.i18n import _

from .paint import Paint
from .sifting import filled_in
from .tables import Cell, CellNote, Row, row_text
from .taking import Column

if TYPE_CHECKING:
    from .layout import Sheet

_LEGEND = N_("The legend of the colours; not imported.")
_COLOURED = N_(
    "Rows filled with the colour that the legend calls “{text}”: {n}. It was taken for what their own cells leave open."
)
_UNEXPLAINED = N_(
    "Rows filled with colours that no legend explains: {n}. Colours were not read; write red=hot above the table to have them read."
)
_DATED = frozenset({"last_date", "created_on", "next_date"})
_YEARS_1900_TO_1904 = 1462
_FIRST_SERIAL, _LAST_SERIAL = 25_000, 60_000
"""Numbers that are days of our time, in either count."""


def counted_from_1900(rows: Sequence[Row], columns: Sequence[Column]) -> tuple[Row, ...]:
    """The rows of a workbook that counts days from 1904, with numbers in columns of days as other workbooks have them."""
    dated = {column.index for column in columns if column.field in _DATED}

    def counted(at: int, cell: Cell) -> Cell:
        is_serial = isinstance(cell, int | float) and at in dated and _FIRST_SERIAL < cell < _LAST_SERIAL
        return cell + _YEARS_1900_TO_1904 if is_serial and isinstance(cell, int | float) else cell

    return tuple(Row(row.number, tuple(counted(at, cell) for at, cell in enumerate(row.cells))) for row in rows)


def with_colours(sheet: Sheet, paint: Paint) -> Sheet:
    """The sheet with what its legend says of coloured rows, which is told, as are colours that no legend explains."""
    lines = [row for row in sheet.rows if row.number in paint.lines]
    rows = [row for row in sheet.rows if row.number not in paint.lines]
    told = {row.number: said for row in rows if (said := paint.legend.get(paint.rows.get(row.number, "")))}
    notes = [CellNote(sheet.table, row.number, "", row_text(row), Message(_LEGEND)) for row in lines]
    for said, count in Counter(told.values()).items():
        notes.append(CellNote(sheet.table, 0, "", said.text, Message(_COLOURED, {"text": said.text, "n": count})))
    strange = Counter(paint.rows[row.number] for row in rows if row.number in paint.rows and row.number not in told)
    if strange and max(strange.values()) * 3 < len(
        rows
    ):  # a colour of a third of the rows only makes them easier to read
        notes.append(CellNote(sheet.table, 0, "", "", Message(_UNEXPLAINED, {"n": sum(strange.values())})))
    filled, added = filled_in(
        rows, sheet.columns, {row: {said.field: said.text} for row, said in told.items()}, _("(colour)")
    )
    return replace(sheet, rows=filled, columns=sheet.columns + added, notes=(*sheet.notes, *notes))
