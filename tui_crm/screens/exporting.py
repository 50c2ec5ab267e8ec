"""Giving out customers as a file: whom, what kind, where to; written beside the keys, then said where it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from ..desktop import opened
from ..domain.messages import Problem
from ..domain.text import visible
from ..i18n import _, ngettext, tell
from ..usecases import exporting
from ..usecases.exporting import KINDS, Exists, Exported
from ..usecases.session import Session
from .ask import Box
from .base import Dialog
from .picker import ListDialog
from .widgets.cells import fit
from .widgets.rowlist import Cells, RowList
from .widgets.sheet_files import typed_path
from .widgets.typing import OneLine
from .working import aside

if TYPE_CHECKING:
    from .base import CrmScreen


_LONGEST_LABEL = 22
"""Cells of what some customers are called."""


@dataclass(frozen=True, slots=True)
class Whom:
    """Some customers that can be given out: what they are called, how many, which they are (None: everything), and the search
    they answer. `name` is the customer's where it is only one."""

    label: str
    count: str
    customers: Callable[[], Sequence[int] | None]
    title: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be written where; `force` replaces a file that is there."""

    whom: Whom
    path: Path
    force: bool


def choose(screen: CrmScreen, whom: Sequence[Whom]) -> None:
    """Ask what is to be given out, write it, and say where it is."""

    def write(wish: Wish) -> None:
        def work() -> Exported:
            customers = wish.whom.customers()
            return exporting.export(screen.session, wish.path, customers, title=wish.whom.title, force=wish.force)

        aside(screen, _("Export"), work, tell_where)

    def tell_where(done: Exported) -> None:
        screen.app.push_screen(Done(done))

    screen.ask(ExportDialog(screen.session, whom), write)


def everything(session: Session) -> Whom:
    """The whole book as something to give out."""
    return Whom(_("everything"), f"{exporting.count_everyone(session):,}", lambda: None)


class ExportDialog(ListDialog[Wish]):
    """Answers what is to be written where."""

    CSS_PATH = ["ask.tcss", "exporting.tcss"]
    BINDINGS = [
        ("left", "turn(-1)", ""),
        ("right", "turn(1)", ""),
        ("tab", "other", ""),
        ("slash", "path('/')", ""),
        ("tilde", "path('~')", ""),
        *((str(at), f"kind({at - 1})", "") for at in range(1, len(KINDS) + 1)),
    ]

    def __init__(self, session: Session, whom: Sequence[Whom]) -> None:
        super().__init__()
        self._session = session
        self._whom = list(whom)
        self._at = 0
        self._agreed: Path | None = None
        self._offered = ""

    def compose(self) -> ComposeResult:
        """Whom, the kinds, the file."""
        with Box(_("Export"), _("←→ whom · digit or ↑↓ kind · Tab file · Enter write · Esc")):
            yield Static(id="whom", markup=False)
            yield RowList(self._draw)
            yield OneLine(id="path")
            yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        """The first of each is chosen: Enter is enough."""
        listed = self.query_one(RowList)
        listed.show(list(KINDS))
        listed.focus()
        self._show_whom()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Another kind: the file's ending follows."""
        self._offer(str(event.row))

    def action_kind(self, at: int) -> None:
        """A digit: that kind."""
        self.query_one(RowList).go_to(at)

    def action_turn(self, by: int) -> None:
        """Left and right: whom."""
        self._at = (self._at + by) % len(self._whom)
        self._show_whom()
        self._offer(str(self.query_one(RowList).current))

    def action_other(self) -> None:
        """Tab: from the list to the file's name and back."""
        path, listed = self.query_one(OneLine), self.query_one(RowList)
        (listed if path.has_focus else path).focus()

    def action_path(self, begun: str) -> None:
        """A path is being typed without Tab."""
        line = self.query_one(OneLine)
        line.value, line.cursor_position = begun, len(begun)
        line.focus()

    def on_input_changed(self) -> None:
        """A complaint stands until the name is mended."""
        self.say("")

    def accept(self) -> None:
        """Answer, if it can be written there; what is there already is replaced after a second Enter."""
        path = typed_path(self.query_one(OneLine).value)
        try:
            exporting.check_target(self._session, path, force=path == self._agreed)
        except Exists:
            self._agreed = path
            self.say(_("{file} is there already. Enter again replaces it.").format(file=path.name), wrong=True)
        except Problem as problem:
            self.refuse(problem)
        else:
            self.dismiss(Wish(self._whom[self._at], path, force=path == self._agreed))

    def _offer(self, kind: str) -> None:
        """Offer a file; a name that was typed only gets another ending."""
        line = self.query_one(OneLine)
        typed = line.value
        if typed in ("", self._offered):
            self._offered = line.value = exporting.offered(self._session.today, kind, self._whom[self._at].name)
        else:
            path = Path(typed)
            line.value = str(path.with_suffix(f".{kind}")) if path.name else typed
        line.cursor_position = len(line.value)

    def _show_whom(self) -> None:
        parts: list[tuple[str, str]] = []
        for at, whom in enumerate(self._whom):
            here = at == self._at
            label = fit(whom.label, min(_LONGEST_LABEL, cell_len(visible(whom.label))))
            parts.append((f" {label} ", "bold $background on $accent" if here else ""))
            parts.append((f" {whom.count}   " if whom.count else "   ", "$dim"))
        self.query_one("#whom", Static).update(Content.assemble(*parts))

    def _draw(self, row: object, width: int, here: bool) -> Cells:
        kind = str(row)
        at = list(KINDS).index(kind) + 1
        look = "strong" if here else "plain"
        return [(f" {at}  ", "accent"), (fit(kind, 7), look), (fit(_(KINDS[kind].title), width - 11), "dim")]


class Done(Dialog[None]):
    """Says where the file is, and opens it."""

    CSS_PATH = ["ask.tcss", "exporting.tcss"]
    BINDINGS = [("o", "open", ""), ("ctrl+g", "open", ""), ("enter", "dismiss(None)", ""), ("q", "dismiss(None)", "")]

    def __init__(self, done: Exported) -> None:
        super().__init__()
        self._done = done

    def compose(self) -> ComposeResult:
        """How many, where, and what there is to know."""
        done = self._done
        with Box(_("Export"), _("o open it · Enter done")):
            count = ngettext("{n:,} customer", "{n:,} customers", done.customers)
            yield Static(Content.assemble(("✓ ", "$success"), _("{count} written to").format(count=count)))
            yield Static(Content.styled(visible(str(done.path)), "bold"), id="where")
            for note in done.notes:
                yield Static(Content.styled("· " + visible(tell(note)), "$soon"))
            yield Static(id="status", markup=False)

    async def action_open(self) -> None:
        """Open it with the program that the desktop has for it."""
        self.say(_("Opening …"))
        if not await asyncio.to_thread(opened, str(self._done.path.absolute())):
            self.say(_("No program here opens it."), wrong=True)
        else:
            self.dismiss(None)
