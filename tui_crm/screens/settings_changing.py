"""How each setting is changed: yes or no at a key, a few by a picker, the rest by a line to type in; more than one value in
a dialog of its own. What was changed is a proposal until it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..config import ListLook, Settings, typed
from ..domain.couriers import OTHER_COURIER_DAYS
from ..domain.messages import N_, Problem
from ..i18n import _, explain
from ..settings_table import Entry, Group, choices, code_word, courier, day_names, shown, usual, value_of
from .ask import Ask
from .picker import Choice, Picker
from .settings_lines import Line, fits, label_width
from .settings_order import TodaysOrder
from .widgets.field_editor import FieldEditor
from .widgets.rowlist import RowList

if TYPE_CHECKING:
    from .base import CrmScreen
    from .reader import Reader

    Base = CrmScreen
else:
    Base = object


class Changing(Base):
    """Mixin for the screen of the settings. `_changes` are those not saved yet, by key; None for one that goes back to its
    default."""

    _changes: dict[str, Any]
    _before: list[dict[str, Any]]  # what the changes were before each of them
    _trial: dict[str, Any]  # what stands in the line being typed in
    _leaving: bool
    _reader: Reader

    def refreshed(self) -> None:
        """Show everything as it is now."""
        raise NotImplementedError

    def wanted(self, trial: Mapping[str, Any] | None = None) -> Settings:
        """The settings as they would be. Raises Problem where what is tried does not fit."""
        raise NotImplementedError

    def go_to(self, group_id: str, entry: Entry) -> None:
        """Put the cursor on a setting."""
        raise NotImplementedError

    @property
    def groups(self) -> RowList:
        """The list of groups."""
        return self.query_one("#groups", RowList)

    @property
    def lines(self) -> RowList:
        """The list of the settings of one group."""
        return self.query_one("#list", RowList)

    @property
    def order(self) -> TodaysOrder:
        """Today's order, beside the settings that decide it."""
        return self.query_one(TodaysOrder)

    @property
    def group(self) -> Group:
        """The group in hand."""
        group = self.groups.current
        assert isinstance(group, Group)
        return group

    @property
    def line(self) -> Line:
        """The setting in hand."""
        line = self.lines.current
        assert isinstance(line, Line)
        return line

    @property
    def program(self) -> Any:
        """The app, with what it can do for settings."""
        return self.app

    # Changing --------------------------------------------------------------------------------------------------------

    async def do_open(self) -> None:
        """Enter: change the setting in hand, in the way that suits it."""
        if self.groups.has_focus:
            self.lines.focus()
            return
        line = self.line
        key = line.entry.key
        if not key or line.entry.command:
            self._lead_on(line.entry)
        elif isinstance(line.value, bool):
            self._stage({key: not line.value})
        elif key == "theme":
            self._pick_theme(line)
        elif key == "workdays" or isinstance(line.value, list):
            self._choose_several(line)
        elif choices(key):
            codes = [Choice(code, shown(line.entry, code)) for code in choices(key)]
            self.ask(Picker(line.label, codes, line.value), lambda code: self._stage({key: code}))
        else:
            await self._type(line)

    def do_toggle(self) -> None:
        """Space: yes becomes no."""
        line = self.line
        if self.groups.has_focus or not isinstance(line.value, bool):
            raise Problem(N_("Space changes what is yes or no; Enter changes everything."))
        self._stage({line.entry.key: not line.value})

    def do_as_usual(self) -> None:
        """Back to the default."""
        line = self.line
        if self.groups.has_focus or not line.entry.key:
            raise Problem(N_("First go to a setting: Enter or →."))
        if line.value == line.usual:
            raise Problem(N_("{name} is as by default."), name=line.label)
        self._stage({line.entry.key: None})

    def do_undo(self) -> None:
        """Take back the last change made here."""
        if not self._before:
            raise Problem(N_("Nothing was changed here yet."))
        self._changes = self._before.pop()
        self.wear(self.wanted().theme)
        self.refreshed()
        self.say(_("Taken back."))

    def do_add(self) -> None:
        """A courier of one's own."""
        if self.group.id != "trade":
            raise Problem(N_("Only couriers are added here. Everything else has a list of its own."))

        def named(text: str) -> None:
            name = _courier_name(text)
            self._stage({f"couriers.{name}": OTHER_COURIER_DAYS})
            self.go_to("trade", courier(name))

        self.ask(Ask(_("New courier"), _("Its name, as you write it in samples and shipments"), _courier_name), named)

    def _stage(self, values: Mapping[str, Any]) -> None:
        """Propose new values. Raises Problem where one does not fit."""
        wanted = self.wanted(values)
        proposed = {**self._changes, **values}
        for key in {*proposed, *_with(values)}:  # a value may have brought another along, or be as it was
            now, then = value_of(self.session.settings, key), value_of(wanted, key)
            if now == then:
                proposed.pop(key, None)
            elif key not in proposed:
                proposed[key] = then
        if proposed != self._changes:
            self._before.append(self._changes)
        self._changes, self._leaving = proposed, False
        self._trial = {}
        self.refreshed()
        self.say(_("Ctrl+S saves.") if self._changes else "")

    # How each is changed ---------------------------------------------------------------------------------------------

    def _lead_on(self, entry: Entry) -> None:
        """Go to where it is changed."""
        if entry.command == "columns":
            from .columns import ColumnsDialog

            look = self.wanted().list

            def chosen(new: ListLook) -> None:
                self._stage({"list.columns": list(new.columns), "list.sort": new.sort})

            self.ask(ColumnsDialog(look), chosen)
        elif entry.command == "views":
            from .views import ViewsDialog

            self.app.push_screen(ViewsDialog(self.session, "", self._reader))
        elif entry.command == "preset":
            self._pick_keys()
        else:
            self.call_later(self.action_do, entry.command)

    def _pick_keys(self) -> None:
        from ..keymap import PRESET_LABELS, PRESETS, preset_of

        def chosen(name: str) -> None:
            self.program.use_preset(name)
            self.refreshed()
            self.say(_("The keys are changed."))

        codes = [Choice(name, _(PRESET_LABELS[name])) for name in PRESETS]
        self.ask(Picker(_("Keys"), codes, preset_of(self.program.places.keymap)), chosen)

    def _pick_theme(self, line: Line) -> None:
        def answered(name: str | None) -> None:
            self.wear(name or line.value)
            if name:
                self._stage({"theme": name})

        from .themes import ThemePicker

        self.program.push_screen(ThemePicker(self.program.theme_names(), line.value, self.program.use_theme), answered)

    def wear(self, theme: str) -> None:
        """Put a theme on, to look at or to take it off again."""
        if self.app.theme != theme:
            try:
                self.program.use_theme(theme)
            except Problem as problem:
                self.refuse(problem)

    def _choose_several(self, line: Line) -> None:
        from .settings_choosing import Several

        key = line.entry.key
        if key == "workdays":
            codes = [Choice(str(n), name) for n, name in enumerate(day_names(), 1)]
        else:
            codes = [Choice(code, code_word(key, code)) for code in usual(key)]

        def chosen(answer: tuple[str, ...]) -> None:
            self._stage({key: "".join(answer) if key == "workdays" else list(answer)})

        self.ask(Several(line.label, codes, line.value), chosen)

    async def _type(self, line: Line) -> None:
        value = f"{line.value:g}" if isinstance(line.value, float) else str(line.value)
        editor = FieldEditor(line.entry.key, line.label, value, label_width(self.lines.size.width) + 3, False)
        editor.at = self.lines.cursor - self.lines.scroll_offset.y
        await self.query_one("#lines").mount(editor)
        self._advise(editor, value)

    def _advise(self, editor: FieldEditor, text: str) -> None:
        """Under the line: what fits, or what is wrong with what is typed."""
        try:
            self._trial = {editor.field: typed(editor.field, text)}
            self.wanted(self._trial)
        except Problem as problem:
            self._trial = {}
            editor.advise(explain(problem), wrong=True)
        else:
            editor.advise(
                "  ·  ".join(
                    part for part in (fits(self.line.entry, self.line.value), _("Enter keeps · Esc leaves it")) if part
                )
            )
            self.order.follow()

    def on_field_editor_changed(self, event: FieldEditor.Changed) -> None:
        """Try what is typed."""
        editor = self._editor()
        if editor is not None:
            self._advise(editor, event.value)

    async def on_field_editor_saved(self, event: FieldEditor.Saved) -> None:
        """Enter: keep it, or say under the line why not."""
        editor = self._editor()
        try:
            self._stage({event.field: typed(event.field, event.value)})
        except Problem as problem:
            if editor is not None:
                editor.advise(explain(problem), wrong=True)
            return
        await self._close_editor()

    async def on_field_editor_left(self) -> None:
        """Esc: as it was."""
        await self._close_editor()

    def _editor(self) -> FieldEditor | None:
        return next(iter(self.query(FieldEditor)), None)

    async def _close_editor(self) -> None:
        self._trial = {}
        await self.query(FieldEditor).remove()
        self.lines.focus()
        self.order.follow()


def _courier_name(text: str) -> str:
    from ..domain.text import clean

    name = clean(text)
    if not name or len(name) > 40:
        raise Problem(N_("Write a name, in 40 characters at most."))
    return name


def _with(values: Mapping[str, Any]) -> set[str]:
    """Keys that may change along with these: the latest day never comes before the ideal one."""
    return {
        key.removesuffix("ideal") + "latest" for key in values if key.startswith("cadence.") and key.endswith(".ideal")
    }
