"""The list of views: how many each finds, showing one, saving the present search as one, giving it a digit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.widgets import Static

from ..commands import VIEW as GROUP
from ..commands import Command
from ..domain.messages import N_, Problem
from ..domain.text import visible
from ..domain.views import VIEW_KEYS, SavedView
from ..i18n import _
from ..keys_in_force import keyed
from ..usecases import views
from ..usecases.session import Session
from ..usecases.views import View
from .ask import Ask, Box
from .keys import bindings
from .picker import ListDialog
from .reader import Reader
from .searching import Question
from .widgets.cells import fit
from .widgets.rowlist import Cells, RowList

if TYPE_CHECKING:
    from ..usecases import finding
    from .base import CrmScreen

    Base = CrmScreen
else:
    Base = object

_KEY, _NAME, _COUNT = 3, 30, 7
"""Cells of the columns of digits, names and counts."""
PREFIX = "view/"
"""Before a view's id where it stands among commands."""


class Viewing(Base):
    """Mixin for the screen with the list: the keys that show views."""

    question: Question | None
    _reader: Reader

    async def ask_for(self, question: Question | None) -> None:
        """Make the list about something else."""
        raise NotImplementedError

    def do_views(self) -> None:
        """Choose a view."""
        line = self.question.line if self.question and not self.question.view else ""
        self.ask(ViewsDialog(self.session, line, self._reader), self._show_named)

    async def do_view_6(self) -> None:
        """The view with this digit."""
        await self._show_key("6")

    async def do_view_7(self) -> None:
        """The view with this digit."""
        await self._show_key("7")

    async def do_view_8(self) -> None:
        """The view with this digit."""
        await self._show_key("8")

    async def do_view_9(self) -> None:
        """The view with this digit."""
        await self._show_key("9")

    async def do_view_0(self) -> None:
        """The view with this digit."""
        await self._show_key("0")

    def other_commands(self) -> list[Command]:
        """Every view, for the command palette."""
        return [
            Command(
                PREFIX + view.id, (view.key,) if view.key else (), (), visible(view.name), visible(view.line), GROUP
            )
            for view in views.every(self.session.settings.views)
        ]

    async def action_do(self, command: str) -> None:
        """Run a command; one that is a view shows it."""
        if command.startswith(PREFIX):
            self._show_named(command.removeprefix(PREFIX))
        else:
            await super().action_do(command)

    async def _show_key(self, key: str) -> None:
        await self._show(views.by_key(self.session.settings.views, key))

    def _show_named(self, name: str) -> None:
        self.call_later(self._show, next(view for view in views.every(self.session.settings.views) if view.id == name))

    async def _show(self, view: View) -> None:
        await self.ask_for(Question(view.line, view.name))


class ViewsDialog(ListDialog[str]):
    """Answers the id of the view to show. `line` is the present search, which can be saved."""

    CSS_PATH = ["ask.tcss", "picker.tcss", "views.tcss"]
    BINDINGS = [
        *((digit, f"put_on('{digit}')", "") for digit in VIEW_KEYS),
        ("s", "do('save')", ""), ("f2", "do('save')", ""), *bindings(("edit", "undo")),
        ("r", "do('rename')", ""), ("f4", "do('rename')", ""), ("delete", "do('remove')", ""),
    ]  # fmt: skip

    def __init__(self, session: Session, line: str, reader: Reader) -> None:
        super().__init__()
        self._session = session
        self._present = line
        self._reader = reader
        self._counts: dict[str, str] = {}
        self._before: Mapping[str, SavedView] | None = None

    def compose(self) -> ComposeResult:
        """The views, and a line to speak on."""
        keys = _("Enter show · 6–0 key · s save search · {edit} edit · r rename · Del · Esc")
        with Box(_("Views"), keyed(keys, "edit")):
            yield RowList(self._draw)
            yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        """The names at once, the counts as they are found."""
        self.query_one(RowList).focus()
        self._show()
        if self._present:
            self.say(_("s saves the present search: {line}").format(line=self._present))
        self.run_worker(self._count())

    def on_unmount(self) -> None:
        """Nobody waits for counts any more."""
        self._reader.forget()

    async def _count(self) -> None:
        for view in views.every(self._session.settings.views):
            found = await self._reader.ask(partial(self._found, view.line))
            if found is None or not self.query(RowList):
                return
            self._counts[view.line] = str(found.count) if found.exact else f"{found.count}+"
            self.query_one(RowList).redraw()

    def _found(self, line: str, stop: Callable[[], bool]) -> finding.Result:
        from ..usecases import finding

        return finding.find(self._session, line, 1, stop)

    # Acting ----------------------------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Show the view under the cursor."""
        self.dismiss(self._in_hand().id)

    def do_save(self) -> None:
        """Save the present search under a name."""
        views.new_line(self._present)
        question = _("A name for {line}").format(line=self._present)
        self._ask(question, partial(views.new_name, self._session), "", self._save)

    def do_rename(self) -> None:
        """Call the view otherwise."""
        view = self._own()
        check = partial(views.new_name, self._session, instead=view.id)
        self._ask(_("New name"), check, view.name, partial(self._rename, view))

    def do_edit(self) -> None:
        """Change what the view searches for."""
        view = self._own()
        self._ask(
            view.name, views.new_line, view.line, lambda line: self._keep(views.reword(self._session, view, line))
        )

    def do_remove(self) -> None:
        """Take the view away; u brings it back."""
        view = self._own()
        self._keep(views.remove(self._session, view))
        self.say(_("Taken away: {name}").format(name=view.name) + "  ·  " + keyed(_("{undo} brings it back"), "undo"))

    def do_undo(self) -> None:
        """Bring back the views as they were before the last change here."""
        if self._before is None:
            raise Problem(N_("Nothing was changed here yet."))
        self._keep(self._before)

    def action_put_on(self, key: str) -> None:
        """Give the view a digit, or take it off."""
        view = self._in_hand()
        try:
            self._keep(views.put_on(self._session, view, key))
        except Problem as problem:
            self.refuse(problem)
            return
        words = _("{key} shows no view any more.") if view.key == key else _("{key} shows: {name}")
        self.say(words.format(key=key, name=view.name))

    def _save(self, name: str) -> None:
        self._keep(views.save(self._session, name, self._present))
        rows = self.query_one(RowList)
        rows.go_to(len(rows.rows) - 1)
        self.say(_("Saved: {name}. 6 to 0 give it a key.").format(name=name))

    def _rename(self, view: View, name: str) -> None:
        self._keep(views.rename(self._session, view, name))

    def _in_hand(self) -> View:
        row = self.query_one(RowList).current
        assert isinstance(row, View)
        return row

    def _own(self) -> View:
        view = self._in_hand()
        if not view.own:
            raise Problem(N_("This view comes with the program. Show it, change the search, and save that."))
        return view

    def _ask(self, question: str, check: Callable[[str], object], initial: str, then: Callable[[str], None]) -> None:
        def answered(text: str | None) -> None:
            if text is None:
                return
            try:
                then(text)
            except Problem as problem:
                self.refuse(problem)

        self.app.push_screen(Ask(_("Views"), question, check, initial), answered)

    def _keep(self, saved: Mapping[str, SavedView]) -> None:
        app: Any = self.app
        self._before = self._session.settings.views
        app.keep_setting(views=saved)
        self._session = app.session
        self._show()
        self.run_worker(self._count())

    # Showing ---------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        rows = self.query_one(RowList)
        rows.show(views.every(self._session.settings.views), rows.cursor)

    def _draw(self, row: object, width: int, _here: bool) -> Cells:
        assert isinstance(row, View)
        name = min(_NAME, max(8, width - _KEY - _COUNT - 2))
        rest = max(0, width - _KEY - name - _COUNT)
        return [
            (fit(f" {row.key}", _KEY), "accent"),
            (fit(row.name, name), "strong" if row.own else "plain"),
            (fit(self._counts.get(row.line, "…"), _COUNT, right=True), "plain"),
            (fit(f"   {row.line}", rest), "dim"),
        ]
