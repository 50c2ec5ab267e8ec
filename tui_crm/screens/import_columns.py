"""The columns of a sheet that is brought in: what each was taken for, and choosing something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from ..domain.text import visible
from ..i18n import _, ngettext
from .ask import Box
from .picker import Choice, ListDialog, Picker
from .widgets.cells import fit
from .widgets.rowlist import Cells, RowList

if TYPE_CHECKING:
    from ..exchange.grouping import SheetSummary
    from ..exchange.mapping import Choices, How, TakenColumn
    from ..exchange.plan import Plan

_SIGNS = {"alias": ("✓", "dim"), "preset": ("✓", "dim"), "content": ("≈", "soon"), "remembered": ("↺", "accent"),
          "chosen": ("●", "accent"), "unknown": ("?", "soon"), "count": ("#", "dim")}  # fmt: skip
"""Sign and look of each way to recognise a column."""
_FEWEST = 12
"""Cells of the narrowest column of the list."""


class ColumnsScreen(ListDialog["Choices"]):
    """Answers the choices as they stand when it is left; nothing is lost by Esc."""

    CSS_PATH = ["ask.tcss", "import_choices.tcss"]
    BINDINGS = [
        ("right", "do('open')", ""),
        ("backspace", "take('')", ""),
        ("delete", "take('')", ""),
        ("x", "take('skip')", ""),
        ("f6", "take('skip')", ""),
        ("u", "untake", ""),
        ("ctrl+z", "untake", ""),
        ("tab", "turn(1)", ""),
        ("shift+tab", "turn(-1)", ""),
    ]

    def __init__(self, plan: Plan, choices: Choices, sheet: str = "") -> None:
        super().__init__()
        self._sheets = [one for one in plan.sheets if one.columns and one.table not in choices.left_out]
        self._at = next((at for at, one in enumerate(self._sheets) if one.table == sheet), 0)
        self._choices = choices
        self._before: list[tuple[Choices, int, int]] = []

    def compose(self) -> ComposeResult:
        """The sheet, its columns, what can be done."""
        keys = _("Enter field · Backspace own · x leave out · u undo · Esc back")
        if len(self._sheets) > 1:
            keys = _("Tab next sheet") + " · " + keys
        with Box("", keys):
            yield Static(id="about", markup=False)
            yield RowList(self._draw)
            yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        """The first column that was not recognised is in hand."""
        self.query_one(RowList).focus()
        doubtful = (at for at, column in enumerate(self._sheet.columns) if column.how in ("unknown", "content"))
        self._show(next(doubtful, 0))

    @property
    def _sheet(self) -> SheetSummary:
        return self._sheets[self._at]

    def _show(self, cursor: int) -> None:
        from ..exchange.report import kind_word

        sheet = self._sheet
        place = f" {self._at + 1}/{len(self._sheets)}" if len(self._sheets) > 1 else ""
        self.query_one("#box", Box).border_title = Content(visible(f"{_('Columns')}{place} · {sheet.table}"))
        said = [kind_word(sheet), ngettext("{n} row", "{n} rows", sheet.rows)]
        said.append(_("header row {row}").format(row=sheet.header) if sheet.header else _("no header row"))
        said += [_("written by {program}").format(program=sheet.preset)] if sheet.preset else []
        self.query_one("#about", Static).update(visible(" · ".join(said)))
        self.query_one(RowList).show(sheet.columns, cursor)

    def field_of(self, column: TakenColumn) -> tuple[str, How]:
        """What a column is taken for now, and how it was recognised."""
        chosen = self._choices.columns.get((self._sheet.table, column.header))
        return (column.field, column.how) if chosen is None else (chosen, "chosen")

    def _draw(self, row: object, width: int, _here: bool) -> Cells:
        from ..exchange.field_words import field_word, how_word
        from ..exchange.mapping import OWN, SKIP, TakenColumn

        assert isinstance(row, TakenColumn)
        field, how = self.field_of(row)
        is_open = how == "chosen" and (self._sheet.table, row.header) not in self._choices.columns
        said, by = (_("(to be read again)"), "") if is_open else (field_word(field), how_word(how))
        sign, look = _SIGNS[how]
        header = max(_FEWEST, width * 26 // 100)
        label, why = max(_FEWEST, width * 22 // 100), 19 if width >= 90 else 0
        plain = {OWN: "soon" if how == "unknown" else "dim", SKIP: "gone"}.get(field, "strong")
        samples = " | ".join(" ".join(text.split()) for text in row.samples)
        return [
            (f" {sign} ", look),
            (fit(row.header, header - 1) + " ", "gone" if field == SKIP else "plain"),
            (fit(said, label - 1) + " ", "dim" if is_open else plain),
            (fit(by, why - 1) + " " if why else "", "dim"),
            (fit(samples, width - 3 - header - label - why), "dim"),
        ]

    def accept(self) -> None:
        """Enter: choose a field."""
        from ..exchange.field_words import field_word
        from ..exchange.mapping import FIELDS, OWN, SKIP

        column = self._column()
        if column is None:
            return
        choices = [Choice(name, field_word(name)) for name in (OWN, SKIP, *FIELDS)]
        title = _("“{header}” is").format(header=column.header)
        picker = Picker(title, choices, self.field_of(column)[0])
        self.app.push_screen(picker, lambda field: None if field is None else self.action_take(field))

    def action_take(self, field: str) -> None:
        """Take the column in hand for `field`, in every sheet with the same headers."""
        column = self._column()
        if column is None:
            return
        alike = self._alike()
        chosen = {(table, column.header): field for table in alike}
        self._before.append((self._choices, self._at, self.query_one(RowList).cursor))
        self._choices = replace(self._choices, columns={**self._choices.columns, **chosen})
        self.query_one(RowList).redraw()
        self.query_one(RowList).move(1)
        if len(alike) > 1:
            self.say(_("Taken so in {n} sheets with the same headers.").format(n=len(alike)))

    def action_untake(self) -> None:
        """Take back the last choice made here, else that for the column in hand: it is recognised anew."""
        if self._before:
            self._choices, self._at, cursor = self._before.pop()
            self._show(cursor)
            return
        column = self._column()
        if column is None:
            return
        chosen = {(table, column.header) for table in self._alike()}
        if not chosen & self._choices.columns.keys():
            self.say(_("You have chosen nothing for this column."))
            return
        kept = {place: field for place, field in self._choices.columns.items() if place not in chosen}
        self._choices = replace(self._choices, columns=kept)
        self.query_one(RowList).redraw()

    def _alike(self) -> Sequence[str]:
        """The sheets with the same headers."""
        headers = _headers(self._sheet)
        return [sheet.table for sheet in self._sheets if _headers(sheet) == headers]

    def action_turn(self, by: int) -> None:
        """Another sheet."""
        if len(self._sheets) > 1:
            self._at = (self._at + by) % len(self._sheets)
            self._show(0)

    def do_back(self) -> None:
        """Esc: back, with what was chosen."""
        self.dismiss(self._choices)

    def _column(self) -> TakenColumn | None:
        from ..exchange.mapping import TakenColumn

        row = self.query_one(RowList).current
        return row if isinstance(row, TakenColumn) else None


def _headers(sheet: SheetSummary) -> Sequence[str]:
    return [column.header for column in sheet.columns]
