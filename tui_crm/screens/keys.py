"""From the list of commands to Textual's key bindings, and to the keys that are in force."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual.binding import Binding, BindingsMap
from textual.content import Content
from textual.keys import _character_to_key

from ..commands import BY_ID, Command, key_label
from ..i18n import _
from ..keys_in_force import half_width, in_force, moved_keys
from .safety import own

_ARRIVES_AS = {
    # Without the kitty protocol a terminal sends Alt and a digit as Esc and the digit, which Textual takes for what
    # a Mac's Option key would type.
    f"alt+{digit}": (f"alt+{digit}", name)
    for digit, name in {
        "1": "inverted_exclamation_mark", "2": "trade_mark_sign", "3": "pound_sign", "4": "cent_sign", "5": "infinity",
        "6": "section_sign", "7": "pilcrow_sign", "8": "bullet", "9": "ª", "0": "º",
    }.items()
}  # fmt: skip

Bindings = list[Binding | tuple[str, str] | tuple[str, str, str]]


def bindings(ids: Iterable[str], priority: bool = False) -> Bindings:
    """Key bindings for these commands: every key and every twin calls `action_do` with the command's id."""
    return [each for name in ids for each in _bound(BY_ID[name], name, priority, name)]


def bindings_as(command: str, action: str) -> Bindings:
    """The keys of a command for what it means on one screen: `do_<action>`."""
    return _bound(BY_ID[command], action, False, command)


def bound(commands: Iterable[Command]) -> Bindings:
    """The same for commands that only one screen has."""
    return [each for command in commands for each in _bound(command, command.id, False, None)]


def _bound(command: Command, action: str, priority: bool, binding: str | None) -> Bindings:
    return [
        Binding(name, f"do('{action}')", show=False, priority=priority, id=binding)
        for key in (*command.keys, *command.twins)
        for name in names(key)
    ]


def names(key: str) -> tuple[str, ...]:
    """Textual's names of a key as the list of commands spells it."""
    return _ARRIVES_AS.get(key) or (_character_to_key(key) if len(key) == 1 else key,)


def rebound(usual: BindingsMap) -> BindingsMap:
    """The bindings of a screen with the keys in force. What a screen has of its own is left alone."""
    moved = moved_keys()
    if not moved:
        return usual.copy()
    kept: dict[str, list[Binding]] = {}
    elsewhere: dict[str, Binding] = {}
    for key, here in usual.key_to_bindings.items():
        stay = [binding for binding in here if binding.id not in moved]
        elsewhere |= {str(binding.id): binding for binding in here if binding.id in moved}
        if stay:
            kept[key] = stay
    for command, binding in elsewhere.items():
        for name in (name for key in moved[command] for name in names(key)):
            kept.setdefault(name, [binding.with_key(name)])
    return BindingsMap.from_keys(kept)


def typed_wide(event: events.Key) -> events.Key:
    """The key event that was meant, where an input method made its mark or letter wide."""
    char = event.character
    if char is None or char.isascii():
        return event
    half = half_width(char)
    return event if half == char else events.Key(names("space" if half == " " else half)[0], half)


def key_line(commands: Iterable[Command], width: int | None = None) -> Content:
    """The line at the foot of a screen: keys and what they do; with a `width`, as many as fit into it whole."""
    line = Content("")
    for command in map(in_force, commands):
        keys = command.keys or command.twins
        if not keys:
            continue
        longer = line + Content.assemble((f" {key_label(keys[0])}", "$accent bold"), f" {_(command.label)} ")
        if width is not None and longer.cell_length > width:
            break
        line = longer
    return own(line)
