"""The keys commands are on now: those of `commands.COMMANDS`, save for what the user's keymap has put elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from .commands import BY_ID, Command, key_label
from .domain.text import fold_width

_moved: dict[str, tuple[str, ...]] = {}
"""The keys of every command that is not on its usual ones."""


_CHINESE_MARKS = str.maketrans("。、￥¥《》‘’“”【】—·…", "./$$<>''\"\"[]-`^")
"""What an input method writes for a mark of the keyboard, where that is not just wider."""


def half_width(text: str) -> str:
    """The keys of the keyboard behind marks and letters that an input method has made wide, one for one."""
    return text if text.isascii() else fold_width(text.translate(_CHINESE_MARKS))


def use_keys(moved: Mapping[str, tuple[str, ...]]) -> None:
    """Have these commands on these keys, and all others on their usual ones."""
    _moved.clear()
    _moved.update(moved)


def moved_keys() -> Mapping[str, tuple[str, ...]]:
    """The keys of every command that is not on its usual ones."""
    return _moved


def reaches_under_ime(key: str) -> bool:
    """Whether a key comes through while a Chinese input method is on."""
    return len(key) > 1 or key.isdigit()


def in_force(command: Command) -> Command:
    """The command with the keys it is on now. Commands that only one screen has stay as they are."""
    moved = _moved.get(command.id)
    return command if moved is None or BY_ID.get(command.id) is not command else on_keys(command, moved)


def on_keys(command: Command, keys: tuple[str, ...]) -> Command:
    """The command on these keys: as `twins` those that work under an input method, as in the list of commands."""
    if set(keys) == {*command.keys, *command.twins}:
        return command
    return command._replace(
        keys=tuple(key for key in keys if not reaches_under_ime(key)), twins=tuple(filter(reaches_under_ime, keys))
    )


def key_of(command: str) -> str:
    """The key to name in a sentence for a command, as people read it: `u`, `Ctrl+Z`. Without any key, the command's own
    name with the key of the command palette: `Ctrl+P undo`."""
    keys, twins = in_force(BY_ID[command])[1:3]
    if keys or twins:
        return key_label((keys or twins)[0])
    return f"{key_of('palette')} {command}"


def key_while_typing(command: str) -> str:
    """The key to name where letters are text, or an input method is on."""
    twins = in_force(BY_ID[command]).twins
    return key_label(twins[0]) if twins else key_of(command)


def all_keys_of(command: str) -> str:
    """All keys of a command: `n F4`."""
    keys, twins = in_force(BY_ID[command])[1:3]
    return " ".join(map(key_label, (*keys, *twins))) or key_of(command)


def keyed(text: str, /, *commands: str, **values: object) -> str:
    """`text` with each `{command}` replaced by the key in force, and its other places by `values`."""
    return text.format(**{command: key_of(command) for command in commands}, **values)
