"""Choosing what a list of customers shows, from left to right, and by what it is sorted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from ..config import ListLook
from ..domain.columns import BEST, COLUMN_CODES, COLUMNS, ORDERS, Order, order_named
from ..domain.messages import N_, Problem
from ..i18n import _
from .ask import Box
from .picker import ListDialog
from .searching import Question
from .widgets.cells import fit
from .widgets.rowlist import Cells, RowList

if TYPE_CHECKING:
    from .base import CrmScreen
    from .widgets.table import TableLine

    Base = CrmScreen
else:
    Base = object

_LABELS = {column.code: column.label for column in COLUMNS}
_LABEL = 26


class Columned(Base):
    """Mixin for the screen with the list: the key that chooses its columns and its order."""

    question: Question | None
    order: Callable[[str], Order]
    _table: TableLine

    def do_columns(self) -> None:
        """Choose columns and order."""
        if self.question is None:
            raise Problem(N_("The agenda is always in order of urgency. 2 shows everyone, in columns of your choice."))
        look = ListLook(self.session.settings.list.columns, str(self.order(self.question.line)))
        self.ask(ColumnsDialog(look), self._look_so)

    def on_click(self, event: events.Click) -> None:
        """A click on the title of a column sorts by it, the next one the other way round."""
        titles = self.query_one("#columns").region
        if self.question is None or not titles.contains(event.screen_x, event.screen_y):
            return
        code, now = self._table.column_at(event.screen_x - titles.x - 1), self.order(self.question.line)
        if code in ORDERS:
            order = Order(code, now.by == code and not now.descending)
            self._look_so(ListLook(self.session.settings.list.columns, str(order)))
        elif code:
            self.say(_("A list cannot be sorted by this column."))

    def _look_so(self, look: ListLook) -> None:
        """Words come best match first the next time again; everything else stays as chosen."""
        from ..usecases.finding import has_words

        app: Any = self.app
        assert self.question is not None
        if has_words(self.session, self.question.line):
            self.question = self.question._replace(order=order_named(look.sort))
            look = ListLook(look.columns, self.session.settings.list.sort)
        app.keep_setting(list=look)
        self.refreshed()

    def refreshed(self) -> None:
        """Show the list anew."""
        raise NotImplementedError


class _Line(NamedTuple):
    """A column in the dialog, and whether it is shown."""

    code: str
    shown: bool


class ColumnsDialog(ListDialog[ListLook]):
    """Answers how the list shall look. The columns shown stand first, in their order."""

    CSS_PATH = ["ask.tcss", "picker.tcss", "columns.tcss"]
    BINDINGS = [
        ("space", "do('toggle')", ""), ("s", "do('sort')", ""), ("f2", "do('sort')", ""),
        ("shift+up", "do('earlier')", ""), ("K", "do('earlier')", ""), ("left", "do('earlier')", ""),
        ("shift+down", "do('later')", ""), ("J", "do('later')", ""), ("right", "do('later')", ""),
        ("r", "do('usual')", ""), ("f4", "do('usual')", ""),
    ]  # fmt: skip

    def __init__(self, look: ListLook) -> None:
        super().__init__()
        self._order = order_named(look.sort)
        self._lines = _lines(look.columns)

    def compose(self) -> ComposeResult:
        """The columns, and a line to speak on."""
        with Box(_("Columns and order"), _("Space show · ← → move · s sort · r as usual · Enter done · Esc")):
            yield RowList(self._draw)
            yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        """Every column, those shown first."""
        self.query_one(RowList).focus()
        self._show(0)
        self.say(self._sorted_by())

    def accept(self) -> None:
        """Enter."""
        self.dismiss(ListLook(tuple(line.code for line in self._lines if line.shown), str(self._order)))

    def do_toggle(self) -> None:
        """Show the column, or do not. The name always is."""
        at = self.query_one(RowList).cursor
        line = self._lines[at]
        if line.code == "name":
            raise Problem(N_("A list without names would be of no use."))
        self._lines[at] = line._replace(shown=not line.shown)
        self._lines.sort(key=lambda each: not each.shown)
        self._show(at)

    def do_earlier(self) -> None:
        """One place to the left in the list."""
        self._move(-1)

    def do_later(self) -> None:
        """One place to the right in the list."""
        self._move(1)

    def do_sort(self) -> None:
        """Sort by this column; again: the other way round; once more: as usual."""
        code = self._lines[self.query_one(RowList).cursor].code
        if code not in ORDERS:
            known = ", ".join(_(_LABELS[by]) for by in ORDERS if by != BEST.by)
            raise Problem(N_("A list is not sorted by this. Sorted can be by: {known}."), known=known)
        self._order = Order(code) if self._order.by != code else BEST if self._order.descending else Order(code, True)
        self.query_one(RowList).redraw()
        self.say(self._sorted_by())

    def do_usual(self) -> None:
        """As it was before anybody chose."""
        self._lines, self._order = _lines(ListLook().columns), BEST
        self._show(0)
        self.say(self._sorted_by())

    def _move(self, by: int) -> None:
        rows = self.query_one(RowList)
        at, to = rows.cursor, rows.cursor + by
        shown = sum(line.shown for line in self._lines)
        if not self._lines[at].shown:
            raise Problem(N_("Space shows this column; then it can be moved."))
        if 0 <= to < shown:
            self._lines[at], self._lines[to] = self._lines[to], self._lines[at]
            self._show(to)

    def _show(self, cursor: int) -> None:
        self.query_one(RowList).show(tuple(self._lines), cursor)

    def _sorted_by(self) -> str:
        if self._order == BEST:
            return _("Sorted as usual: everyone by name, words by how well they match, filters by urgency.")
        column = _(_LABELS[self._order.by])
        words = _("Sorted by {column}, downwards.") if self._order.descending else _("Sorted by {column}, upwards.")
        return words.format(column=column)

    def _draw(self, row: object, width: int, _here: bool) -> Cells:
        assert isinstance(row, _Line)
        sign = ("↓" if self._order.descending else "↑") if row.code == self._order.by else ""
        can = "" if sign or row.code not in ORDERS else _("s sorts by it")
        label = min(_LABEL, max(1, width - 5))
        return [
            (" ● " if row.shown else "   ", "accent"),
            (fit(_(_LABELS[row.code]), label), "strong" if row.shown else "dim"),
            (fit(sign, 2), "found" if sign else "dim"),
            (fit(can, max(0, width - 5 - label)), "dim"),
        ]


def _lines(columns: Sequence[str]) -> list[_Line]:
    """Every column: those shown first, then the others as they come."""
    shown = dict.fromkeys((*columns, *(() if "name" in columns else ("name",))))
    return [_Line(code, True) for code in shown] + [_Line(code, False) for code in COLUMN_CODES if code not in shown]
