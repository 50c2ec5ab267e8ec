"""Moving a next step: one, three or seven days with one key, or any day in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Input, Static

from ..domain.messages import Problem
from ..domain.text import fold_width
from ..i18n import _, short_date
from .ask import Box
from .picker import ListDialog
from .widgets.cells import fit
from .widgets.rowlist import Cells, RowList

DAYS = ("1", "3", "7")


@dataclass(frozen=True, slots=True)
class Day:
    """A line of the dialog: the phrase that is answered and the day it means; None while it cannot be read.

    `key` is the digit that chooses it at once; the line of the typed phrase has none.
    """

    phrase: str
    day: date | None
    key: str = ""


class DayInput(Input):
    """A line for a date phrase that hands a digit over while the cursor stands on the days of one key."""

    class Digit(Message):
        """The key of a day was pressed."""

        def __init__(self, phrase: str) -> None:
            super().__init__()
            self.phrase = phrase

    at_once = True

    def on_key(self, event: events.Key) -> None:
        """A digit typed first is a choice, not text; a pasted one is text."""
        typed = fold_width(event.character or "")
        if self.at_once and not self.value and typed in DAYS:
            event.stop()
            event.prevent_default()
            self.post_message(self.Digit(typed))


class Snooze(ListDialog[str]):
    """Answers a date phrase. `read` gives the day a phrase means and raises Problem where it means none."""

    CSS_PATH = ["ask.tcss", "picker.tcss", "snooze.tcss"]
    BINDINGS = [("tab", "other_day", "")]

    def __init__(self, name: str, read: Callable[[str], date], today: date) -> None:
        super().__init__()
        self._customer = name
        self._read = read
        self._today = today

    def compose(self) -> ComposeResult:
        """Three days, then what the phrase below them means."""
        keys = _("1 3 7 at once · Tab another day · Enter · Esc")
        with Box(_("Snooze {name}").format(name=self._customer), keys):
            listed = RowList(self._draw)
            listed.can_focus = False
            yield listed
            yield DayInput(placeholder=_("another day: fri, next tue, 2w, 5/6, end of month"), compact=True)
            yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        """One key is enough; typing goes to the line."""
        self.query_one(Input).focus()
        self._show("", 0)

    def on_day_input_digit(self, event: DayInput.Digit) -> None:
        """1, 3 or 7."""
        self._answer(event.phrase)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say at once what is meant."""
        event.stop()
        self.say("")
        self._show(event.value, len(DAYS) if event.value.strip() else 0)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """On the last line digits are text."""
        self.query_one(DayInput).at_once = event.index < len(DAYS)

    def action_other_day(self) -> None:
        """Tab: to the typed day."""
        self.query_one(RowList).go_to(len(DAYS))

    def accept(self) -> None:
        """Answer the line under the cursor."""
        row = self.query_one(RowList).current
        if isinstance(row, Day):
            self._answer(row.phrase)

    def _answer(self, phrase: str) -> None:
        try:
            self._read(phrase)
        except Problem as problem:
            self.refuse(problem)
        else:
            self.dismiss(phrase)

    def _show(self, typed: str, cursor: int) -> None:
        rows = [*(Day(key, self._day(key), key) for key in DAYS), Day(typed, self._day(typed))]
        self.query_one(RowList).show(rows, cursor)

    def _day(self, phrase: str) -> date | None:
        try:
            return self._read(phrase) if phrase.strip() else None
        except Problem:
            return None

    def _draw(self, row: object, width: int, here: bool) -> Cells:
        assert isinstance(row, Day)
        key = f" {row.key or '→'}  "
        if row.day is None:
            words = _("not a day yet") if row.phrase.strip() else _("another day")
            return [(key, "accent"), (fit(words, width - cell_len(key)), "dim")]
        away = fit(_away((row.day - self._today).days), 16)
        look = "strong" if row.key or here else "plain"
        return [(key, "accent"), (away, look), (fit(short_date(row.day), width - cell_len(key) - 16), look)]


def _away(days: int) -> str:
    """How far off a day is, in words."""
    if days < 0:
        return _("{n} d ago").format(n=-days)
    near = {0: _("today"), 1: _("tomorrow"), 7: _("in a week")}
    return near.get(days) or _("in {n} days").format(n=days)
