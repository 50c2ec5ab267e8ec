"""The sheets of a file that is brought in: which come in, and in which row their headers stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from ..i18n import _, ngettext, tell
from .ask import Box
from .import_columns import ColumnsScreen
from .picker import Choice, ListDialog, Picker
from .widgets.cells import fit
from .widgets.rowlist import Cells, RowList

if TYPE_CHECKING:
    from ..exchange.grouping import SheetSummary
    from ..exchange.mapping import Choices
    from ..exchange.plan import Plan
    from ..exchange.tables import Table

_HEADERS_WITHIN = 40
"""Rows of a sheet that are offered as its header row."""


class SheetsScreen(ListDialog["Choices"]):
    """Answers the choices as they stand when it is left; nothing is lost by Esc."""

    CSS_PATH = ["ask.tcss", "import_choices.tcss"]
    BINDINGS = [
        ("space", "turn_off", ""),
        ("ideographic_space", "turn_off", ""),
        ("insert", "turn_off", ""),
        ("h", "header_row", ""),
        ("right", "header_row", ""),
        ("f6", "header_row", ""),
    ]

    def __init__(self, plan: Plan, tables: Sequence[Table], choices: Choices) -> None:
        super().__init__()
        self._plan = plan
        self._tables = {table.name: table for table in tables}
        self._choices = choices

    def compose(self) -> ComposeResult:
        """The sheets, and why the one in hand is not recognised."""
        with Box(_("Sheets"), _("Space in or out · Enter columns · h header row · Esc back")):
            yield Static(id="about", markup=False)
            yield RowList(self._draw)
            yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        """Ready."""
        listed = self.query_one(RowList)
        listed.focus()
        listed.show(self._plan.sheets)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Say why a sheet does not come in, and what its headers are."""
        event.stop()
        sheet = self._sheet()
        if sheet is None:
            return
        said = tell(sheet.reason) if sheet.reason else ", ".join(column.header for column in sheet.columns)
        self.query_one("#about", Static).update(fit(said, self.size.width - 8))

    def _draw(self, row: object, width: int, _here: bool) -> Cells:
        from ..exchange.grouping import SheetSummary
        from ..exchange.layout import SheetKind
        from ..exchange.report import kind_word

        assert isinstance(row, SheetSummary)
        out = row.table in self._choices.left_out
        unknown = row.kind is SheetKind.UNKNOWN
        header = self._choices.header_rows.get(row.table, row.header)
        name, kind = max(12, width * 28 // 100), 30
        numbers = [ngettext("{n} row", "{n} rows", row.rows)]
        numbers += [ngettext("{n} column", "{n} columns", len(row.columns))] if width >= 90 else []
        said = _("header row {row}").format(row=header) if header else _("no header row")
        what = _("left out") if out else kind_word(replace(row, off=False))
        again = " " + _("(to be read again)") if header != row.header else ""
        return [
            (" ○ " if out else " ● ", "dim" if out or unknown else "accent"),
            (fit(row.table, name - 1) + " ", "gone" if out else "dim" if unknown else "strong"),
            (fit(what, kind - 1) + " ", "dim" if out else "soon" if unknown else "plain"),
            (fit(" · ".join((*numbers, said + again)), width - 3 - name - kind), "dim"),
        ]

    def action_turn_off(self) -> None:
        """Space: leave the sheet out, or take it in again."""
        sheet = self._sheet()
        if sheet is not None:
            self._choices = replace(self._choices, left_out=self._choices.left_out ^ {sheet.table})
            self.query_one(RowList).redraw()
            self.query_one(RowList).move(1)

    def action_header_row(self) -> None:
        """Choose the row in which the headers stand."""
        from ..exchange.tables import shown

        sheet = self._sheet()
        if sheet is None:
            return
        rows = self._tables[sheet.table].rows[:_HEADERS_WITHIN]
        choices = [
            Choice(str(row.number), f"{row.number:>3}  " + " | ".join(filter(None, map(shown, row.cells))))
            for row in rows
        ]
        header = self._choices.header_rows.get(sheet.table, sheet.header)
        none = Choice("0", _("no header row; every row is data"))
        title = _("In which row of {sheet} do the headers stand?").format(sheet=sheet.table)

        picker = Picker(title, [*choices, none], str(header))
        self.app.push_screen(picker, lambda code: None if code is None else self._take_header(sheet.table, int(code)))

    def _take_header(self, table: str, row: int) -> None:
        self._choices = replace(self._choices, header_rows={**self._choices.header_rows, table: row})
        self.query_one(RowList).redraw()

    def accept(self) -> None:
        """Enter: the columns of the sheet."""
        sheet = self._sheet()
        if sheet is None:
            return
        if sheet.table in self._choices.left_out or not sheet.columns:
            self.say(_("This sheet does not come in; Space takes it in, h says where its headers are."), wrong=True)
            return
        columns = ColumnsScreen(self._plan, self._choices, sheet.table)
        self.app.push_screen(columns, lambda choices: self._take(choices or self._choices))

    def _take(self, choices: Choices) -> None:
        self._choices = choices

    def do_back(self) -> None:
        """Esc: back, with what was chosen."""
        self.dismiss(self._choices)

    def _sheet(self) -> SheetSummary | None:
        from ..exchange.grouping import SheetSummary

        row = self.query_one(RowList).current
        return row if isinstance(row, SheetSummary) else None
