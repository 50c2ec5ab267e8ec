"""The verb that lists the keys, and says what is wrong with the user's keymap."""

from __future__ import annotations

from collections.abc import Iterator

from ..commands import COMMANDS, Command, key_label
from ..i18n import _, explain
from ..keymap import PRESET_LABELS, PRESETS, Keymap, Mistake, load_keymap, read_keymap
from ..keys_in_force import on_keys
from . import Outside, output
from .arguments import Arguments
from .table import Column, table

_REFUSED = 2


def keys(given: Outside, asked: Arguments) -> int:
    """Every command with its keys, or what is wrong with the keymap: then the exit code is 2."""
    file = given.where.keymap
    keymap = load_keymap(file) if asked.preset is None else read_keymap(f'preset = "{asked.preset}"')
    if asked.check:
        return _check(str(file), keymap)
    now = [on_keys(command, keymap.keys.get(command.id, (*command.keys, *command.twins))) for command in COMMANDS]
    if asked.json:
        output.write_list({"id": each.id, "keys": [*each.keys, *each.twins], "label": _(each.label)} for each in now)
    elif asked.markdown:
        for line in markdown(now):
            output.say(line)
    else:
        output.say(_("Keys: {preset} – {what}").format(preset=keymap.preset, what=_(PRESET_LABELS[keymap.preset])))
        rows = [(each.id, _shown(each), _(each.label), _(each.help)) for each in now]
        table((Column(_("command")), Column(_("keys")), Column(_("name"), 10), Column(_("what it does"), 20)), rows)
        _tell(str(file), keymap.mistakes)
    return 0


def markdown(commands: list[Command]) -> Iterator[str]:
    """Tables of the commands, one for each group."""
    titles, nowhere = (_("command"), _("keys"), _("what it does")), _("command palette")
    for group in dict.fromkeys(command.group for command in commands):
        yield from (f"### {_(group)}", "", f"| {' | '.join(titles)} |", "|---|---|---|")
        for command in commands:
            if command.group == group and not command.id.startswith("view_"):
                shown = " ".join(f"`{key_label(key)}`".replace("|", "\\|") for key in (*command.keys, *command.twins))
                yield f"| `{command.id}` | {shown or nowhere} | {_(command.label)}: {_(command.help)} |"
        yield ""


def _shown(command: Command) -> str:
    return " ".join(map(key_label, (*command.keys, *command.twins))) or "–"


def _check(file: str, keymap: Keymap) -> int:
    _tell(file, keymap.mistakes)
    _tell(file, keymap.notes)
    if not keymap.mistakes:
        output.say(_("{file} is in order. Presets: {presets}").format(file=file, presets=", ".join(PRESETS)))
    return _REFUSED if keymap.mistakes else 0


def _tell(file: str, mistakes: tuple[Mistake, ...]) -> None:
    for mistake in mistakes:
        where = f"{file}:{mistake.line}" if mistake.line else file
        output.complain(f"{where}: {explain(mistake.why)}")
        if mistake.instead:
            output.complain("    " + _("Write: {line}").format(line=mistake.instead))
