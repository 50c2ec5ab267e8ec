"""Everything that can be set: groups at the left, their settings at the right, today's order beside the weights.

What is changed here stays a proposal until it is saved, all of it at once; leaving without saving drops it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.widgets import Static

from ..commands import BY_ID, Command
from ..config import Settings, put
from ..domain.messages import N_, Problem
from ..domain.text import visible
from ..i18n import _, ngettext
from ..settings_table import Entry, Group, changed_count, groups, usual, value_of
from ..usecases import weighing
from ..usecases.session import Session
from .base import CrmScreen
from .keys import bindings, bindings_as, bound, key_line
from .picker import MOVES, Moves
from .program_commands import ProgramCommands
from .reader import Reader
from .safety import own
from .settings_changing import Changing
from .settings_lines import Line, about, drawn
from .settings_order import TodaysOrder
from .widgets.cells import fit
from .widgets.keybar import KeyBar
from .widgets.rowlist import OPEN, Cells, RowList
from .working import aside

NARROW = 100
"""Columns below which today's order stands under the settings, not beside them."""
_WEIGHING = ("order", "rhythm", "waits")
"""Groups that decide today's order."""
_OWN_KEYS = (
    Command("open", (), ("enter",), N_("Change"), "", ""),
    Command("save", (), ("ctrl+s",), N_("Save"), "", ""),
    Command("as_usual", (), ("delete",), N_("Default"), "", ""),
    Command("toggle", (), ("space",), N_("Yes or no"), "", ""),
)


class SettingsScreen(Changing, Moves, ProgramCommands, CrmScreen):
    """The settings."""

    CSS_PATH = ["settings.tcss", "editor.tcss"]
    BINDINGS = [
        *bindings((*MOVES, "left", "right", "open", "back", "search", "undo", "help", "palette", "quit")),
        *bindings_as("edit", "open"), *bindings_as("new", "add"), *bound(_OWN_KEYS[1:]),
        ("tab", "do('over')", ""), ("backspace", "do('as_usual')", ""),
    ]  # fmt: skip

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._changes: dict[str, Any] = {}
        self._before: list[dict[str, Any]] = []  # what the changes were before each of them
        self._trial: dict[str, Any] = {}  # what stands in the line being typed in
        self._leaving = False
        self._reader = Reader()

    # What is on the screen -------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Groups, settings, today's order; what the one in hand does; a line to speak on; keys."""
        yield Static(id="head", markup=False)
        with Horizontal(id="body"):
            yield RowList(self._draw_group, id="groups")
            with Horizontal(id="right"):
                with Container(id="lines"):
                    yield RowList(self._draw_line, id="list")
                yield TodaysOrder(self._reader, self._tried)
        yield Static(id="about", markup=False)
        yield Static(id="status", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """The first group."""
        self._begin()

    def _begin(self) -> None:
        self.groups.show(self._all_groups())
        self.groups.focus()
        self.refreshed()

    def on_unmount(self) -> None:
        """Nobody waits for an order any more."""
        self._reader.close(self.session)

    def on_resize(self, event: events.Resize) -> None:
        """The order stands beside the settings, or under them."""
        self.set_class(event.size.width < NARROW, "narrow")
        self.call_after_refresh(self._show_frame)

    def on_screen_resume(self) -> None:
        """Back from what is set elsewhere."""
        super().on_screen_resume()
        if self.groups.rows:
            self.refreshed()

    def heading(self) -> str:
        """What this screen is called."""
        return _("Settings")

    def movable(self) -> RowList:
        """The list that has the focus."""
        return self.groups if self.groups.has_focus else self.lines

    def refreshed(self) -> None:
        """Show everything as it is now."""
        group, at = self.group, self.lines.cursor
        self.groups.show(self._all_groups(), self.groups.cursor)
        self._show_group(group, at)
        self._show_frame()

    def _all_groups(self) -> list[Group]:
        return [group for group, _entries in groups(self.wanted())]

    def wanted(self, trial: Mapping[str, Any] | None = None) -> Settings:
        """The settings as they would be. Raises Problem where what is tried does not fit."""
        return put(self.session.settings, {**self._changes, **(trial or {})})

    def _tried(self) -> tuple[Session, Settings] | None:
        """What today's order is to be worked out for, while it is in sight."""
        return (self.session, self.wanted(self._trial)) if self.group.id in _WEIGHING else None

    def _show_group(self, group: Group, at: int = 0) -> None:
        wanted = self.wanted()
        held = next(entries for each, entries in groups(wanted) if each.id == group.id)
        self.lines.show([self._line_of(entry, wanted) for entry in held], at)
        self.set_class(group.id in _WEIGHING, "weighing")
        self.order.follow()

    def _line_of(self, entry: Entry, wanted: Settings) -> Line:
        if not entry.key:
            return Line(entry, None, None, told=self._told(entry))
        return Line(entry, value_of(wanted, entry.key), usual(entry.key), entry.key in self._changes)

    def _told(self, entry: Entry) -> str:
        """What is said of things that are set elsewhere."""
        if entry.command == "preset":
            from ..keymap import PRESET_LABELS, preset_of

            return _(PRESET_LABELS[preset_of(self.program.places.keymap)])
        if entry.command == "views":
            saved = len(self.session.settings.views)
            return ngettext("{n} of your own", "{n} of your own", saved) if saved else ""
        return ""

    def _draw_group(self, row: object, width: int, _here: bool) -> Cells:
        assert isinstance(row, Group)
        held = next(entries for group, entries in groups(self.wanted()) if group.id == row.id)
        changed = any(entry.key in self._changes for entry in held)
        differs = any(entry.key and value_of(self.session.settings, entry.key) != usual(entry.key) for entry in held)
        mark, look = (" ● ", "accent") if changed else (" • ", "soon") if differs else ("   ", "dim")
        strong = self.groups.cursor == self.groups.rows.index(row)
        return [(mark, look + OPEN), (fit(_(row.label), max(0, width - 3)), ("strong" if strong else "plain") + OPEN)]

    def _draw_line(self, row: object, width: int, _here: bool) -> Cells:
        assert isinstance(row, Line)
        return drawn(row, width)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Another group shows its settings; another setting says what it does."""
        event.stop()
        if isinstance(event.row, Group):
            self.groups.redraw()
            if not self.lines.rows or event.row.id != self._shown_group():
                self._show_group(event.row)
        self._show_frame()

    def _shown_group(self) -> str:
        entry = self.line.entry
        return next(group.id for group, held in groups(self.wanted()) if entry in held)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """A double click: change it."""
        event.stop()
        self.call_later(self.action_do, "open")

    def on_descendant_focus(self) -> None:
        """Only the list that has the keys shows its cursor in full."""
        self._show_frame()

    def _show_frame(self) -> None:
        """Head, what the setting in hand does, keys."""
        if not self.lines.rows:
            return
        head = Content.assemble((_("Settings"), "bold"), (f"  {visible(_(self.group.label))}", "$dim"))
        if self._changes:
            head += Content.styled("   ● " + changed_count(len(self._changes)), "$accent")
        self.query_one("#head", Static).update(own(head))
        self.query_one("#about", Static).update(about(self.line, self.size.width - 2))
        self.query_one("#keys", Static).update(self._key_line())
        self.lines.in_hand = not self.groups.has_focus
        self.lines.redraw()

    def _key_line(self) -> Content:
        own_keys = [*_OWN_KEYS[:1], *([_OWN_KEYS[1]] if self._changes else []), _OWN_KEYS[2]]
        if self.group.id == "trade":
            own_keys.append(BY_ID["new"]._replace(label=N_("New courier")))
        there = [BY_ID[name]._replace(label=label) for name, label in (("search", N_("Find")), ("undo", N_("Undo")))]
        return key_line([*own_keys, *there, BY_ID["help"], BY_ID["back"]], self.size.width)

    # Moving ----------------------------------------------------------------------------------------------------------

    def do_left(self) -> None:
        """To the groups."""
        self.groups.focus()

    def do_right(self) -> None:
        """To the settings of the group."""
        self.lines.focus()

    def do_over(self) -> None:
        """To the other list."""
        (self.lines if self.groups.has_focus else self.groups).focus()

    def do_search(self) -> None:
        """Find a setting by a word."""
        from .settings_choosing import FindSetting

        def found(answer: tuple[Group, Entry]) -> None:
            group, entry = answer
            self.go_to(group.id, entry)

        self.ask(FindSetting(self.wanted()), found)

    def go_to(self, group_id: str, entry: Entry) -> None:
        """Put the cursor on a setting."""
        at = next(n for n, group in enumerate(self._all_groups()) if group.id == group_id)
        self.groups.go_to(at)
        held = next(entries for group, entries in groups(self.wanted()) if group.id == group_id)
        self._show_group(self.group, held.index(entry))
        self.lines.focus()
        self._show_frame()

    def do_back(self) -> None:
        """Leave; what is not saved is dropped, after a word about it."""
        if self._changes and not self._leaving:
            self._leaving = True
            self.say(
                _("{changes} not saved. Ctrl+S saves, Esc again drops.").format(
                    changes=changed_count(len(self._changes))
                ),
                wrong=True,
            )
            return
        self.wear(self.session.settings.theme)
        self.dismiss(None)

    # Saving ----------------------------------------------------------------------------------------------------------

    def do_save(self) -> None:
        """Save all that was changed: the file at one stroke, and every customer's place where weights or rhythms are others."""
        if not self._changes:
            raise Problem(N_("Nothing was changed here yet."))
        before, after = self.session.settings, self.wanted()
        if before.engine == after.engine:
            self._keep(before, after)
            return
        session = self.session

        def weigh() -> None:
            weighing.put_in_force(session, after)

        aside(
            self,
            _("New order"),
            weigh,
            lambda _done: self._keep(before, after),
            quick=weighing.is_quick(session, after),
        )

    def _keep(self, before: Settings, after: Settings) -> None:
        """Write it down. Where that cannot be done, everybody stands as before."""
        count = len(self._changes)
        try:
            self.program.keep_settings(after)
        except Problem:
            weighing.put_in_force(self.session, before)
            raise
        self._before = [{key: value_of(before, key) for key in self._changes}]
        self._changes = {}
        if before.language != after.language:
            self.call_later(self._speak)
            return
        self.refreshed()
        self.say(ngettext("{n} setting saved.", "{n} settings saved.", count))

    async def _speak(self) -> None:
        """Everything in the other language."""
        self.lines.show(())
        await self.recompose()
        self._begin()
        self.say(ngettext("{n} setting saved.", "{n} settings saved.", len(self._before[0])))
