"""Asking how the dates of a column are meant, with dates that stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..domain.dates import parse_sheet_date
from ..domain.messages import Problem
from ..i18n import _, month_day, tell
from .picker import Choice, Movable, Picker
from .widgets.rowlist import RowList

if TYPE_CHECKING:
    from datetime import date

    from ..exchange.date_orders import Likely
    from ..exchange.mapping import Choices
    from ..exchange.plan import Plan


class DateOrderPicker(Picker):
    """Chooses the order of day, month and year; the first letter of each does as well.

    Enter takes the one that is likelier, and says why it is; where nothing tells, only one that the user has moved to.
    """

    BINDINGS = [("d", "order('dmy')", ""), ("m", "order('mdy')", ""), ("y", "order('ymd')", "")]

    def __init__(
        self, sheet: str, header: str, doubtful: Sequence[str], today: date, likely: Likely | None = None
    ) -> None:
        orders = {
            "dmy": _("d  day first"),
            "mdy": _("m  month first"),
            "ymd": _("y  year first"),
        }
        choices: dict[str, Choice] = {}
        for order, label in orders.items():
            meant = _meant(doubtful, order, today)
            if meant and meant not in (choice.hint for choice in choices.values()):
                choices[order] = Choice(order, label, meant)
        self._orders = frozenset(choices)
        super().__init__(_("{sheet}, {header}: how is {dates} meant?").format(
            sheet=sheet, header=header, dates=", ".join(doubtful)),
            list(choices.values()), likely.order if likely else "")  # fmt: skip
        self._likely = likely
        self._pointed = likely is not None

    def on_mount(self) -> None:
        """Say what speaks for one of them; without that no line is in hand."""
        self.query_one(RowList).in_hand = self._pointed
        if self._likely:
            box = self.query_one("#box")
            box.styles.height = len(self._orders) + 6
            likelier = {"dmy": _("Probably day first: {why}."), "mdy": _("Probably month first: {why}.")}
            self.say(likelier[self._likely.order].format(why=tell(self._likely.why)))

    def movable(self) -> Movable:
        """The list, where from now on a line is in hand."""
        listed = self.query_one(RowList)
        self._pointed = listed.in_hand = True
        return listed

    def do_down(self) -> None:
        """The first time to the first line."""
        by = int(self._pointed)
        self.movable().move(by)

    def accept(self) -> None:
        """Enter: the line in hand, if the user or the dates have pointed at one."""
        if self._pointed:
            super().accept()
        else:
            self.say(_("Nothing tells which. Press 1 or 2, or move to a line first."), wrong=True)

    def on_row_list_chosen(self) -> None:
        """A double click points as well."""
        self._pointed = True

    def action_order(self, order: str) -> None:
        """A letter was pressed."""
        if order in self._orders:
            self.dismiss(order)


def _meant(doubtful: Sequence[str], order: str, today: date) -> str:
    """The dates as they would be read, "" where one cannot be."""
    try:
        days = [parse_sheet_date(text, today, order) for text in doubtful]
    except Problem:
        return ""
    return ", ".join(map(month_day, days))


def date_question(plan: Plan, today: date) -> DateOrderPicker | None:
    """The question about the first column whose dates can be read two ways; None where there is none."""
    if not plan.unclear_dates:
        return None
    sheet, header = plan.unclear_dates[0]
    columns = (column for one in plan.sheets if one.table == sheet for column in one.columns)
    doubt = next((column.doubt for column in columns if column.header == header and column.doubt), None)
    if doubt is None:
        return DateOrderPicker(sheet, header, ("5/6/2026",), today)
    return DateOrderPicker(sheet, header, doubt.dates, today, doubt.likely)


def with_order(plan: Plan, choices: Choices, order: str) -> Choices:
    """The choices with an answer to `date_question`, for every sheet with an unclear column of that name."""
    asked = plan.unclear_dates[0][1]
    orders = {(sheet, header): order for sheet, header in plan.unclear_dates if header == asked}
    return replace(choices, orders={**choices.orders, **orders})  # type: ignore[dict-item]  # one of the orders there are
