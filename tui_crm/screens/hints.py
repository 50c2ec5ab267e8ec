"""One dim line where nothing else is said: the most useful key of the situation that is not known yet. A key that was used a
few times is not mentioned again."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.content import Content
from textual.widgets import Static

from ..domain.messages import N_
from ..i18n import _
from ..usecases import learned
from ..usecases.learned import KNOWN, Learned
from .key_words import with_keys
from .safety import own

if TYPE_CHECKING:
    from textual.screen import Screen

_STANDS = 8.0
"""Seconds that what was said stays, even if work has gone on since."""
AGENDA, FOUND, CARD, MARKED = "agenda", "found", "card", "marked"


class Hint(NamedTuple):
    """A sentence about one command, and the situations in which it is worth saying."""

    command: str
    text: str
    where: tuple[str, ...]


HINTS = (
    Hint("log", N_("{log} writes down what was said, the next step included"), (AGENDA, FOUND, CARD)),
    Hint("no_answer", N_("{no_answer} notes in one key that nobody answered"), (AGENDA,)),
    Hint("undo", N_("{undo} takes back what was done last, whatever it was"), (AGENDA, CARD)),
    Hint("open", N_("{open} opens the card: every field, the people, the trade, the log"), (AGENDA, FOUND)),
    Hint("why", N_("{why} shows why a customer stands where it does"), (AGENDA,)),
    Hint("search", N_("{search} finds by name, pinyin, phone or note"), (AGENDA,)),
    Hint("snooze", N_("{snooze} moves the next step to another day"), (AGENDA, CARD)),
    Hint("edit", N_("{edit} edits the field under the cursor"), (CARD,)),
    Hint("trade", N_("{trade} writes down a quote, a sample or an order in one line"), (CARD,)),
    Hint("mark", N_("{mark} marks a customer: keys then act on all that are marked"), (FOUND, AGENDA)),
    Hint("tag", N_("{tag} gives a tag to all that are marked, {snooze} moves them to another day"), (MARKED,)),
    Hint("export", N_("{export} gives this list out as a sheet"), (FOUND,)),
    Hint("views", N_("{views} shows saved views: overdue, at risk, your own searches"), (FOUND, AGENDA)),
    Hint("repeat", N_("{repeat} does the last act again with this customer"), (AGENDA,)),
    Hint("replied", N_("{replied} notes in one key that the customer replied"), (AGENDA,)),
    Hint("palette", N_("{palette} finds any command by its name"), (AGENDA,)),
)
"""The most useful first."""
_HINTED = frozenset(hint.command for hint in HINTS)


class Hints:
    """Counts what is used by its key, and shows hints. Nothing is read or written while a key is waited for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._learned: Learned | None = None
        self._new: list[str] = []
        self._seen: tuple[int, str, float, int] = (
            0,
            "",
            0.0,
            0,
        )  # screen, what it said, since when, after which command
        self._hinted = ""
        self._commands = 0

    def used(self, command: str) -> None:
        """A command was run by its key."""
        self._commands += 1
        if command in _HINTED:
            self._new.append(command)

    def show(self, screen: Screen[Any]) -> None:
        """Look at the line of the screen, and hint where it is empty or says what is long over."""
        self._count()
        line = next(iter(screen.query("#status").results(Static)), None)
        where = situation(screen)
        if line is None or not where or line.has_class("wrong"):
            return
        said = str(line.content)
        if self._seen[:2] != (id(screen), said):
            self._seen = (id(screen), said, time.monotonic(), self._commands)
        over = self._commands > self._seen[3] and time.monotonic() - self._seen[2] > _STANDS
        if not said or said == self._hinted or over:
            words = self._hint(where)
            self._hinted = words.plain
            if said != self._hinted:
                line.update(words, layout=False)

    def close(self) -> None:
        """The program ends."""
        self._count()

    def _hint(self, where: str) -> Content:
        known = self._known()
        hint = next((each for each in HINTS if where in each.where and not known.knows(each.command)), None)
        return own(with_keys(_(hint.text))) if hint else Content("")

    def _known(self) -> Learned:
        if self._learned is None:
            self._learned = learned.load(self._folder)
        return self._learned

    def _count(self) -> None:
        """Take in what was used since the last look; a file is written only when a count still matters."""
        if not self._new:
            return
        before = self._learned = learned.load(self._folder)  # another window may have counted too
        used = dict(before.used)
        for command in self._new:
            used[command] = min(KNOWN, used.get(command, 0) + 1)
        self._new.clear()
        if used != before.used:
            self._learned = replace(before, used=MappingProxyType(used))
            learned.save(self._folder, self._learned)


def situation(screen: Screen[Any]) -> str:
    """What is going on, as far as hints go; nothing where there are none."""
    name = type(screen).__name__
    if name == "CardScreen":
        return CARD
    if name != "AgendaScreen" or type(screen.focused).__name__ != "RowList":
        return ""
    shown: Any = screen
    if shown.marks:
        return MARKED
    return FOUND if shown.question is not None else AGENDA
