"""The commands that do not depend on a customer, the same in every list and on the card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..commands import COMMANDS, Command
from ..domain.messages import Problem
from ..i18n import _, next_language, tell
from ..keys_in_force import keyed

if TYPE_CHECKING:
    from .base import CrmScreen

    Base = CrmScreen
else:
    Base = object

ANYWHERE = ("undo", "redo", "history", "help", "palette", "theme", "settings", "quit")


class ProgramCommands(Base):
    """Mixin for screens that show the book (`refreshed`)."""

    def refreshed(self) -> None:
        """Show the book as it is now, after an act."""
        raise NotImplementedError

    # What holds for every customer ---------------------------------------------------------------------------------

    def do_tags(self) -> None:
        """Every tag: colours, new names, merging."""
        from .all_tags import AllTags

        self.app.push_screen(AllTags(self.session))

    def do_fields(self) -> None:
        """The fields that users add to every card."""
        from .own_fields import OwnFieldsScreen

        self.app.push_screen(OwnFieldsScreen(self.session))

    def do_rates(self) -> None:
        """Exchange rates, and the own currency."""
        from .rates import RatesScreen

        self.app.push_screen(RatesScreen(self.session))

    def do_backups(self) -> None:
        """The backups of this book."""
        from .backups import BackupsScreen

        self.app.push_screen(BackupsScreen(self.session))

    # Everything else -----------------------------------------------------------------------------------------------

    def do_undo(self) -> None:
        """Take back the last operation."""
        from ..usecases import history
        from .working import aside

        def undone(operation: history.Operation) -> None:
            self.refreshed()
            back = keyed(_("{redo} brings it back"), "redo")
            self.say(_("Undone: {what}").format(what=tell(operation.label)) + f"  ·  {back}")

        quick = not history.is_large(self.session)
        aside(self, _("Undo"), lambda: history.undo(self.session), undone, quick=quick)

    def do_redo(self) -> None:
        """Bring back what was undone."""
        from ..usecases import history
        from .working import aside

        def redone(operation: history.Operation) -> None:
            self.refreshed()
            self.say(_("Redone: {what}").format(what=tell(operation.label)))

        quick = not history.is_large(self.session, redo=True)
        aside(self, _("Redo"), lambda: history.redo(self.session), redone, quick=quick)

    def do_history(self) -> None:
        """Every operation, newest first."""
        from .history import HistoryScreen

        self.app.push_screen(HistoryScreen(self.session))

    def do_tour(self) -> None:
        """Learn the program on an example book."""
        self.app.do_tour()  # type: ignore[attr-defined]

    def do_palette(self) -> None:
        """Find a command by name."""
        from .palette import Palette

        def run(command: str) -> None:
            self.call_later(self.action_do, command)

        self.ask(Palette(self.commands(), self.other_commands()), run)

    def do_privacy(self) -> None:
        """Hide names, notes and amounts, or show them again."""
        self.app.do_privacy()  # type: ignore[attr-defined]

    def do_lock(self) -> None:
        """Lock the screen."""
        self.app.do_lock()  # type: ignore[attr-defined]

    def do_theme(self) -> None:
        """Choose the colours; the screen shows each while choosing, and Esc brings back what was there."""
        from .themes import ThemePicker

        app: Any = self.app
        app.refuse_themes()
        before = app.theme

        def answered(name: str | None) -> None:
            try:
                app.use_theme(name or before)
                if name:
                    app.keep_setting(theme=name)
            except Problem as problem:
                self.refuse(problem)

        app.push_screen(ThemePicker(app.theme_names(), before, app.use_theme), answered)

    def do_settings(self) -> None:
        """Everything that can be set."""
        from .settings import SettingsScreen

        self.app.push_screen(SettingsScreen(self.session))

    def do_language(self) -> None:
        """The next language."""
        app: Any = self.app
        app.speak(next_language())

    def do_quit(self) -> None:
        """Leave; everything is saved."""
        self.app.exit()

    def other_commands(self) -> Sequence[Command]:
        """What the palette offers beside the commands there always are."""
        return ()

    def heading(self) -> str:
        """What this screen is called."""
        return "crm"

    def commands(self) -> list[str]:
        """The commands this screen can do."""
        return [command.id for command in COMMANDS if hasattr(self, f"do_{command.id}")]
