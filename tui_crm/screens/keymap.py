"""The user's keymap: putting it in force, what a key or a click means, and what is said of keys that do nothing."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from textual import events
from textual.app import App

from ..commands import COMMANDS, key_label
from ..config import Places
from ..i18n import _, explain
from ..keys_in_force import in_force, key_while_typing, keyed, use_keys
from .base import Speaks
from .keys import names, rebound, typed_wide
from .widgets.keybar import DO, PRESS

READ_IN = 20.0
"""Seconds that what is wrong with a file of the user's, or with the book, stays in sight."""
_SHOWN = 4
"""Mistakes told at the start; `crm keys --check` tells all."""


def read_keys(path: Path) -> str:
    """Put commands on the keys of this file, where there is one. Returns what is wrong with it, as lines to show."""
    if not os.path.lexists(path):  # reading TOML is for those who have some
        use_keys({})
        return ""
    from ..keymap import load_keymap

    keymap = load_keymap(path)
    use_keys(keymap.keys)
    lines = [f"{path.name}:"] if keymap.mistakes else []
    for mistake in keymap.mistakes[:_SHOWN]:
        lines.append(said_of(mistake.line, explain(mistake.why), mistake.instead))
    left = len(keymap.mistakes) - _SHOWN
    if left > 0:
        lines.append(_("and {n} more: crm keys --check").format(n=left))
    return "\n".join(
        [*lines, _("Everything else is as written; for these lines the usual keys stay.")] if lines else []
    )


def said_of(line: int, why: str, instead: str) -> str:
    """One line of the file: its number, what is wrong, what to write."""
    where = _("line {line}: {why}").format(line=line, why=why) if line else why
    return where + "  " + _("Write: {line}").format(line=instead) if instead else where


def says_nothing(app: App[None], event: events.Key) -> str:
    """Why a key did nothing here; empty where it did, or is no key to speak of."""
    here = app.focused or app.screen
    if any(event.key in node._bindings.key_to_bindings for node in here.ancestors_with_self):
        return ""
    char = event.character or ""
    if char and unicodedata.east_asian_width(char) == "W":
        if "log" not in getattr(app.screen, "commands", tuple)():
            return _("An input method is on: letters reach no command. Arrows, Enter, Esc and digits do.")
        words = _(
            "An input method is on: letters reach no command. {log} logs, {snooze} snoozes, {palette} finds the rest."
        )
        return words.format(**{name: key_while_typing(name) for name in ("log", "snooze", "palette")})
    if not (char.isprintable() and char) and "+" not in event.key and event.key not in _COMMON:
        return ""
    for command in map(in_force, COMMANDS):
        for key in (*command.keys, *command.twins):
            if event.key in names(key):
                words = _("{key}: “{command}” can do nothing here.")
                return words.format(key=key_label(key), command=_(command.label))
    shown = char if char.isprintable() and char.strip() else key_label(event.key)
    return keyed(_("{key} does nothing here. {help} shows all keys."), "help", key=shown)


_COMMON = frozenset(("insert", "delete", *(f"f{number}" for number in range(1, 13))))
"""Keys without a character of which it is told that they do nothing."""


class Keyed(App[None]):
    """A program whose commands are on the keys of the user's keymap."""

    places: Places

    def follow_keymap(self) -> None:
        """Bind the keys that are in force now."""
        self._bindings = rebound(self._merged_bindings)  # type: ignore[arg-type]

    def read_keymap(self) -> str:
        """Put commands on the keys of the user's keymap, on every screen that is open too. Returns what is wrong with it."""
        told = read_keys(self.places.keymap)
        self.follow_keymap()
        for screen in self.screen_stack:
            if isinstance(screen, Speaks):
                screen.follow_keymap()
        return told

    def use_preset(self, name: str) -> None:
        """Build the keymap on another preset, from now on. Raises Problem when it cannot be written down."""
        from ..keymap import write_preset

        write_preset(self.places.keymap, name)
        if told := self.read_keymap():
            self.notify(told, severity="warning", timeout=READ_IN, markup=False)

    async def on_event(self, event: events.Event) -> None:
        """What an input method made of a key is the key, outside of text."""
        if isinstance(event, events.Key) and not event.is_forwarded and not self._is_text(event):
            event = typed_wide(event)
        await super().on_event(event)

    def _is_text(self, key: events.Key) -> bool:
        here = self.focused
        return here is not None and here.check_consume_key(key.key, key.character)

    def on_click(self, event: events.Click) -> None:
        """A click on a key at the foot of a screen or dialog presses it; one on words that stand for a command runs that."""
        key, command = event.style.meta.get(PRESS), event.style.meta.get(DO)
        if key:
            self.simulate_key(key)
        elif command:
            self.call_later(self.screen.action_do, command)  # type: ignore[attr-defined]

    def on_key(self, event: events.Key) -> None:
        """Tell why a key does nothing."""
        say = getattr(self.screen, "say", None)
        if say is not None and (why := says_nothing(self, event)) and self.screen.query("#status"):
            say(why, wrong=True)
