"""Dialogs around one list: choosing with a digit, with the arrows, or by typing a part of the name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.widgets import Input, Static

from ..domain.messages import Problem
from ..domain.names import matches
from ..domain.text import fold
from ..i18n import _
from .ask import Box
from .base import Answer, Dialog
from .keys import bindings
from .widgets.cells import fit
from .widgets.rowlist import Cells, RowList

if TYPE_CHECKING:
    from textual.screen import Screen

    Base = Screen[object]
else:
    Base = object

Row = TypeVar("Row")

MOVES = ("down", "up", "page_down", "page_up", "first", "last")
_FAR = 10**9
_DIGITS = "1234567890"
"""The keys of the first ten choices."""


class Movable(Protocol):
    """What the movement commands move: a list's cursor, or a page that scrolls."""

    def move(self, by: int) -> None:
        """Move by so many lines; stops at either end."""

    def page(self) -> int:
        """How many lines one screen is."""


class Moves(Base):
    """Mixin for screens that hold one thing to move in."""

    def movable(self) -> Movable:
        """What is moved: the screen's list."""
        return self.query_one(RowList)

    def do_down(self) -> None:
        """One line down."""
        self.movable().move(1)

    def do_up(self) -> None:
        """One line up."""
        self.movable().move(-1)

    def do_page_down(self) -> None:
        """One screen further."""
        self.movable().move(self.movable().page())

    def do_page_up(self) -> None:
        """One screen back."""
        self.movable().move(-self.movable().page())

    def do_first(self) -> None:
        """To the first line."""
        self.movable().move(-_FAR)

    def do_last(self) -> None:
        """To the last line."""
        self.movable().move(_FAR)


class ListDialog(Moves, Dialog[Answer]):
    """A dialog with a list, and perhaps a line to type in above it. Enter accepts the line under the cursor."""

    BINDINGS = bindings((*MOVES, "open", "back"))

    def accept(self) -> None:
        """Answer with the row under the cursor."""
        raise NotImplementedError

    def do_open(self) -> None:
        """Enter while the list has the focus."""
        self.accept()

    def do_back(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter while typing."""
        event.stop()
        self.accept()

    def on_row_list_chosen(self) -> None:
        """A double click."""
        self.accept()


class Narrowing(ListDialog[Answer]):
    """A dialog whose list follows what is typed above it."""

    def narrow(self, typed: str) -> None:
        """List what fits; at first nothing is typed."""
        raise NotImplementedError

    def draw(self, row: object, width: int, here: bool) -> Cells:
        """One line of the list."""
        raise NotImplementedError

    def line_and_list(self, placeholder: str) -> ComposeResult:
        """What goes into the box: the line, which keeps the keys, the list, a line to speak on."""
        yield Input(placeholder=placeholder, compact=True)
        listed = RowList(self.draw)
        listed.can_focus = False
        yield listed
        yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one(Input).focus()
        self.narrow("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Follow what is typed."""
        event.stop()
        self.narrow(event.value)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: the code answered, the words shown and their look, and a quieter hint beside them."""

    code: str
    label: str
    hint: str = ""
    look: str = "strong"


class Picker(ListDialog[str]):
    """Chooses one code. Up to ten choices have a digit each; where there are more, typing narrows the list.

    `on_move` is told each code the cursor comes to, so that a choice can be tried on; it may raise Problem.
    """

    CSS_PATH = ["ask.tcss", "picker.tcss"]
    BINDINGS = [(digit, f"choose({at})", "") for at, digit in enumerate(_DIGITS)]

    def __init__(
        self, title: str, choices: Sequence[Choice], current: str = "", on_move: Callable[[str], None] | None = None
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = list(choices)
        self._current = current
        self._on_move = on_move
        self._tried = current
        self._typed = len(self._choices) > len(_DIGITS)
        self._label_width = min(40, max((cell_len(choice.label) for choice in self._choices), default=1))

    def compose(self) -> ComposeResult:
        """The choices, under a line to type in where there are many."""
        keys = (
            _("type to narrow · Enter choose · Esc cancel") if self._typed else _("digit or Enter choose · Esc cancel")
        )
        with Box(self._title, keys) as box:
            box.styles.width = max(self._width(), cell_len(keys) + 6, cell_len(self._title) + 6)
            box.styles.height = min(20, len(self._choices) + 4 + self._typed)
            if self._typed:
                yield Input(placeholder=_("a part of the name"), compact=True)
            yield RowList(self._draw)
            yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        """The cursor stands on the present choice."""
        listed = self.query_one(RowList)
        if self._typed:
            listed.can_focus = False
            self.query_one(Input).focus()
        else:
            listed.focus()
        self._show(self._choices)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        event.stop()
        found = best(event.value, ((choice, (choice.label, choice.code)) for choice in self._choices))
        self._show(found)
        self.say("" if found else _("Nothing fits; delete a letter."))

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Try on the choice under the cursor."""
        if self._on_move is None or not isinstance(event.row, Choice) or event.row.code == self._tried:
            return
        self._tried = event.row.code
        try:
            self._on_move(self._tried)
        except Problem as problem:
            self.refuse(problem)
        else:
            self.say("")

    def on_key(self, event: events.Key) -> None:
        """A choice that is a single letter is chosen by it: the grade A by a."""
        letter = fold(event.character or "")
        at = next((at for at, choice in enumerate(self._choices) if fold(choice.label) == letter), None)
        if at is not None and not self._typed:
            event.stop()
            self.action_choose(at)

    def action_choose(self, at: int) -> None:
        """A digit was pressed."""
        if at < len(self._choices):
            self.dismiss(self._choices[at].code)

    def accept(self) -> None:
        """Answer the code under the cursor."""
        row = self.query_one(RowList).current
        if isinstance(row, Choice):
            self.dismiss(row.code)

    def _show(self, choices: Sequence[Choice]) -> None:
        here = next((at for at, choice in enumerate(choices) if choice.code == self._current), 0)
        self.query_one(RowList).show(choices, here)

    def _width(self) -> int:
        hint = max((cell_len(choice.hint) for choice in self._choices), default=0)
        return 3 + 2 + self._label_width + (2 + hint if hint else 0) + 6

    def _draw(self, row: object, width: int, _here: bool) -> Cells:
        assert isinstance(row, Choice)
        digit = "" if self._typed else fit(f" {_DIGITS[self._choices.index(row)]}", 3)
        mark = "● " if row.code == self._current else "  "
        label = fit(row.label, min(self._label_width, width - len(digit) - 2))
        rest = width - len(digit) - 2 - cell_len(label)
        return [(digit, "accent"), (mark, "accent"), (label, row.look), (fit(f"  {row.hint}", rest), "dim")]


def best(typed: str, rows: Iterable[tuple[Row, Sequence[str]]]) -> list[Row]:
    """Rows whose texts hold every word typed, as written or by sound: equal ones first, then those that begin with it."""
    words = fold(typed).split()
    ranked = ((row, [_rank(word, texts) for word in words]) for row, texts in rows)
    found = [(max(ranks, default=0), row) for row, ranks in ranked if _NOWHERE not in ranks]
    return [row for _rank_of_row, row in sorted(found, key=lambda pair: pair[0])]


_IS, _BEGINS, _HOLDS, _NOWHERE = range(4)


def _rank(word: str, texts: Sequence[str]) -> int:
    return min((_rank_in(word, text) for text in texts), default=_NOWHERE)


def _rank_in(word: str, text: str) -> int:
    folded = fold(text)
    if folded == word:
        return _IS
    at = folded.find(word)
    if at < 0 and not text.isascii():
        at = next((start for start, _end in matches(text, word)), -1)
    return _NOWHERE if at < 0 else _HOLDS if at else _BEGINS
