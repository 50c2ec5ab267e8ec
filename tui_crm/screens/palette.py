"""Finding a command by its name, in either language, by sound, or by some of its letters."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import ComposeResult

from ..commands import COMMANDS, MOVE, Command, key_label
from ..domain.text import fold
from ..domain.views import VIEW_KEYS
from ..i18n import _
from ..keys_in_force import in_force
from .ask import Box
from .picker import Narrowing, best
from .widgets.cells import fit
from .widgets.rowlist import OPEN, Cells, RowList

_KEYS = 14


class Palette(Narrowing[str]):
    """Answers the id of a command out of `ids`, or of one of the `others`. Mere cursor movements are not offered."""

    CSS_PATH = ["ask.tcss", "picker.tcss", "palette.tcss"]

    def __init__(self, ids: Sequence[str], others: Sequence[Command] = ()) -> None:
        super().__init__()
        moves = {command.id for command in COMMANDS if command.group == MOVE and not command.footer}
        digits = {f"view_{key}" for key in VIEW_KEYS}  # a view is offered by its name
        offered = set(ids) - moves - digits - {"palette"}
        self._commands = [*(command for command in COMMANDS if command.id in offered), *others]
        self._label_width = max((cell_len(_(command.label)) for command in self._commands), default=1) + 2

    def compose(self) -> ComposeResult:
        """A line to type in, and the commands that fit."""
        with Box(_("Commands"), _("type to find · ↑ ↓ · Enter run · Esc cancel")):
            yield from self.line_and_list(_("a part of the name"))

    def narrow(self, typed: str) -> None:
        """The commands that fit; all, until something is typed."""
        found = self._found(typed)
        self.query_one(RowList).show(found)
        self.say("" if found else _("No command is called so."))

    def accept(self) -> None:
        """Answer the command under the cursor."""
        row = self.query_one(RowList).current
        if isinstance(row, Command):
            self.dismiss(row.id)

    def _found(self, typed: str) -> list[Command]:
        """By name first; failing that by what it does, or by its letters in order."""
        by_name = best(typed, ((command, _names(command)) for command in self._commands))
        by_help = best(typed, ((command, (_(command.help), command.help)) for command in self._commands))
        by_letters = [command for command in self._commands if _in_order(typed, command)]
        return by_name or by_help or by_letters

    def draw(self, row: object, width: int, _here: bool) -> Cells:
        """A command: its name, its keys, what it does."""
        assert isinstance(row, Command)
        label = fit(f" {_(row.label)}", min(self._label_width, width))
        _id, letters, twins, *_rest = in_force(row)
        keys = fit(" ".join(map(key_label, (*letters, *twins))), _KEYS) if width >= 30 else ""
        rest = max(0, width - cell_len(label) - len(keys))
        seen = OPEN if row in COMMANDS else ""  # a view has the name its user gave it
        return [(label, "strong" + seen), (keys, "accent" + seen), (fit(_(row.help), rest), "dim" + seen)]


def _names(command: Command) -> tuple[str, ...]:
    return (_(command.label), command.label, command.id)


def _in_order(typed: str, command: Command) -> bool:
    """Whether the letters typed stand in the command's English name in this order (`nans` in No answer)."""
    letters = iter(fold(command.label))
    return all(letter in letters for letter in fold("".join(typed.split())))
