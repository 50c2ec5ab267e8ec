"""Customers that are probably the same: the whole book is looked through beside the screen, the likeliest pairs first."""

from __future__ import annotations

import time
from dataclasses import dataclass

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from ..domain.messages import N_, Problem
from ..i18n import _, ngettext, tell
from ..keys_in_force import keyed
from ..usecases import duplicates, history
from ..usecases.duplicates import Pair
from ..usecases.session import Session
from .base import CrmScreen
from .duplicate_lines import about_pair, draw, titles
from .keys import bindings
from .picker import MOVES, Moves
from .safety import own
from .widgets.keybar import KeyBar
from .widgets.rowlist import RowList

COMMANDS = (*MOVES, "open", "back", "undo", "redo", "help", "quit")
_TICK = 0.2
"""Seconds between two reports of how far it is."""


class _Stopped(Exception):
    """The screen was left."""


class DuplicatesScreen(Moves, CrmScreen):
    """The list fills while the book is looked through; below it, the pair in hand in full."""

    CSS_PATH = "duplicates.tcss"
    BINDINGS = [
        *bindings(COMMANDS),
        ("x", "do('different')", ""),
        ("delete", "do('different')", ""),
    ]

    class Progressed(Message):
        """So much is done (1: all of it), and these are the best pairs so far."""

        def __init__(self, share: float, pairs: list[Pair]) -> None:
            super().__init__()
            self.share = share
            self.pairs = pairs

    class Failed(Message):
        """The book could not be read."""

        def __init__(self, problem: Problem) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._share = 0.0
        self._pairs: list[Pair] = []
        self._acts: list[Act] = []

    # What is on the screen -----------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Head, titles, list, the pair in hand, a line to speak on, the keys."""
        yield Static(id="head", markup=False)
        yield Static(id="columns", markup=False)
        yield RowList(draw, id="list")
        yield Static(id="about", markup=False)
        yield Static(id="status", markup=False)
        yield KeyBar(
            own(" " + keyed(_("Enter compare and merge · x Del not the same · {undo} undo · Esc back"), "undo"))
        )

    def on_mount(self) -> None:
        """Begin to look."""
        self._list.focus()
        self._show()
        self._look()

    def on_resize(self) -> None:
        """Titles over the columns of the new width."""
        self.call_after_refresh(self._show_titles)

    @property
    def _list(self) -> RowList:
        return self.query_one("#list", RowList)

    def movable(self) -> RowList:
        """The list."""
        return self._list

    @property
    def _shown(self) -> list[Pair]:
        """The pairs that are not settled."""
        return [pair for pair in self._pairs if not any(act.settles(pair) for act in self._acts)]

    def _show(self) -> None:
        """List what is left of the pairs; the cursor stays on its pair, else on its line."""
        here, cursor = self._list.current, self._list.cursor
        pairs = self._shown
        if isinstance(here, Pair) and cursor:
            cursor = next((at for at, pair in enumerate(pairs) if _ids(pair) == _ids(here)), cursor)
        self._list.show(pairs, cursor)
        self._show_titles()
        if not pairs:
            self.say(_("Looking through the book …") if self._share < 1 else _("No two customers look the same."))

    def _show_titles(self) -> None:
        shown = len(self._list.rows)
        every = len(self._pairs) < duplicates.MOST_PAIRS
        found = ngettext("{n} pair", "{n} pairs", shown) if every else _("the first {n} pairs").format(n=shown)
        share = _("looking … {share} %").format(share=int(self._share * 100)) if self._share < 1 else ""
        self.query_one("#head", Static).update(
            Content.assemble((" " + _("Duplicates"), "bold"), (f"   {found}", "$dim"), (f"   {share}", "$accent"))
        )
        width = self._list.scrollable_content_region.width or self.size.width
        self.query_one("#columns", Static).update(titles(max(1, width)))

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Show the pair in hand in full."""
        about = about_pair(event.row, self.size.width - 2) if isinstance(event.row, Pair) else Content("")
        self.query_one("#about", Static).update(about)

    def on_row_list_chosen(self) -> None:
        """A double click."""
        self.call_later(self.action_do, "open")

    # Looking, beside the screen ------------------------------------------------------------------------------------

    @work(thread=True, exclusive=True)
    def _look(self) -> None:
        worker, told = get_current_worker(), 0.0

        def tell_how_far(share: float, pairs: list[Pair]) -> None:
            nonlocal told
            if worker.is_cancelled:
                raise _Stopped
            if time.monotonic() - told >= _TICK:
                told = time.monotonic()
                self.post_message(self.Progressed(share, pairs))

        try:
            self.post_message(self.Progressed(1, duplicates.review(self.session, tell_how_far)))
        except Problem as problem:
            self.post_message(self.Failed(problem))
        except _Stopped:
            return
        except BaseException:  # the program tells of it; nobody is to wait
            self.post_message(self.Progressed(1, self._pairs))
            raise
        finally:
            self.session.close()  # this thread's connection to the book

    def on_duplicates_screen_progressed(self, event: Progressed) -> None:
        """Show what is found so far."""
        self._share = event.share
        if event.share == 1 or event.pairs != self._pairs:
            self._pairs = event.pairs
            self._show()
        else:
            self._show_titles()
        if event.share == 1 and event.pairs:
            self.say("")

    def on_duplicates_screen_failed(self, event: Failed) -> None:
        """Say why not."""
        self._share = 1
        self._show_titles()
        self.refuse(event.problem)

    # Acts ----------------------------------------------------------------------------------------------------------

    def _in_hand(self) -> Pair:
        pair = self._list.current
        if not isinstance(pair, Pair):
            raise Problem(N_("There is no pair on this line."))
        return pair

    def do_open(self) -> None:
        """Compare the two and merge them."""
        from .merge import MergeScreen

        pair = self._in_hand()

        def merged(other: int, text: str) -> None:
            self._acts.append(Merged(other))
            self._show()
            self.say(f"{text}  ·  " + keyed(_("{undo} undoes"), "undo"))

        self.app.push_screen(MergeScreen(self.session, pair.a.id, pair.b.id, merged))

    def do_different(self) -> None:
        """The two are not the same; they do not come back."""
        pair = self._in_hand()
        duplicates.call_different(self.session, pair.a.uid, pair.b.uid)
        self._acts.append(Different(pair))
        self._show()
        self.say(keyed(_("Not the same; {undo} brings the pair back: {a} / {b}"), "undo", a=pair.a.name, b=pair.b.name))

    def do_undo(self) -> None:
        """Take back the last thing done here, else the last operation."""
        act = self._acts[-1] if self._acts else None
        if isinstance(act, Different):
            duplicates.call_different(self.session, act.pair.a.uid, act.pair.b.uid, different=False)
            said = _("Back again: {a} and {b}").format(a=act.pair.a.name, b=act.pair.b.name)
        else:
            said = _("Undone: {what}").format(what=tell(history.undo(self.session).label))
        if act is None:
            self._look()
        else:
            self._acts.pop()
            self._show()
            self._list.go_to(next((at for at, pair in enumerate(self._shown) if act.settles(pair)), self._list.cursor))
        self.say(said)

    def do_redo(self) -> None:
        """Bring back what was undone; what that settles is looked for anew."""
        redone = history.redo(self.session)
        self._look()
        self.say(_("Redone: {what}").format(what=tell(redone.label)))

    def do_back(self) -> None:
        """Back; what is still being looked for is given up."""
        self.dismiss(None)

    def do_quit(self) -> None:
        """Leave the program."""
        self.app.exit()


@dataclass(frozen=True, slots=True)
class Different:
    """A pair was called different."""

    pair: Pair

    def settles(self, pair: Pair) -> bool:
        """Whether this pair is settled by it."""
        return _ids(pair) == _ids(self.pair)


@dataclass(frozen=True, slots=True)
class Merged:
    """A customer was merged into another."""

    other: int

    def settles(self, pair: Pair) -> bool:
        """Whether this pair is settled by it."""
        return self.other in _ids(pair)


Act = Different | Merged


def _ids(pair: Pair) -> tuple[int, int]:
    return pair.a.id, pair.b.id
