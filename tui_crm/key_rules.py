"""Which keys a command can be on: what stays, what screens need themselves, and what to write instead. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .commands import BY_ID, COMMANDS, MOVE, key_label
from .domain.messages import N_, Problem
from .domain.views import VIEW_KEYS
from .key_names import NoKey, read_key
from .keys_in_force import reaches_under_ime

Keys = tuple[str, ...]

STAY: dict[str, Keys] = {
    **{command.id: command.twins for command in COMMANDS if command.group == MOVE and command.id != "jump"},
    "quit": ("ctrl+q",),
}
"""Keys that mean the same everywhere, text fields and dialogs included; their commands keep them."""
_STAYING = {key: command for command, keys in STAY.items() for key in keys}
_DIGITS = ("agenda", "customers", "pipeline", "trades")
"""The commands that may be on a digit; the others choose in lists and show saved views."""
_WHILE_TYPING = ("privacy", "lock")
"""Commands that act in text fields too, where letters are text."""
_FEW = frozenset(("backspace", "delete", "ctrl+s", "c", "f8"))
_MORE = _FEW | frozenset(
    ("R", "b", "d", "f2", "f3", "f4", "f5", "f6", "f7", "f9", "insert", "left", "right", "r", "s", "t", "x", "y")
)
OWN_KEYS = _MORE | frozenset((
    "tab", "shift+tab", "space", "up", "down", "shift+up", "shift+down", "enter", "escape", "ctrl+g", "ctrl+r", "ctrl+z", "h", "m", "o",
    "q", "u", "J", "K", "+", "-", "=", "/", "~", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "alt+n", "alt+q",
))  # fmt: skip
"""The keys that single screens and dialogs have of their own."""
BESIDE_OTHERS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        ("down", "up", "page_down", "page_up", "first", "last", "open", "back", "help", "quit", *_WHILE_TYPING),
        OWN_KEYS,
    ),
    **dict.fromkeys(("undo", "redo", "edit"), _MORE),
    **dict.fromkeys(("new", "merge", "attach", "search", "palette", "left", "right", "language"), _FEW),
}
"""Commands that act on such screens too, with the keys they leave to them."""


class Wrong(Problem):
    """Why a line cannot be used, and what to write in its place."""

    def __init__(self, template: str, /, instead: str = "", **values: object) -> None:
        super().__init__(template, **values)
        self.instead = instead


def read_keys(command: str, value: object) -> Keys:
    """The keys that a line gives its command. Raises Wrong for what cannot be used."""
    if isinstance(value, int) and not isinstance(value, bool):
        fits = command in _DIGITS and str(value) not in ("5", *VIEW_KEYS)
        raise Wrong(
            N_("A key stands in quotation marks."), line_of(command, [str(value)]) if fits else _usual_line(command)
        )
    written = [value] if isinstance(value, str) else value
    if not isinstance(written, list) or not all(isinstance(key, str) for key in written):
        raise Wrong(N_("A key stands in quotation marks, several in brackets."), line_of(command, ["x", "f2"]))
    keys: list[str] = []
    for text in written:
        try:
            key = read_key(text)
        except NoKey as no:
            free = no.instead and no.instead not in _all_usual(command)
            instead = [no.instead if each is text else each for each in written]
            raise _wrong(no, line_of(command, instead) if free else _usual_line(command)) from no
        _check_key(command, key)
        if key not in keys:
            keys.append(key)
    if command == "palette" and not any(map(reaches_under_ime, keys)):
        raise Wrong(
            N_("The command palette needs a key that works while an input method is on."),
            line_of(command, [*keys, "ctrl+p"]),
        )
    return tuple(keys)


def _check_key(command: str, key: str) -> None:
    """Refuse a key that means something of its own where the command acts."""
    label, usual = key_label(key), (*BY_ID[command].keys, *BY_ID[command].twins)
    stays = _STAYING.get(key)
    if stays is not None and stays != command:
        raise Wrong(N_("{key} means {other} everywhere and stays so."), _usual_line(command), key=label, other=stays)
    if key.isdigit() and not (command in _DIGITS and key not in ("5", *VIEW_KEYS)):
        raise Wrong(N_("Digits choose in lists and show views; take another key."), _usual_line(command))
    if command in _WHILE_TYPING and (len(key) == 1 or key == "space"):
        raise Wrong(N_("{name} works while you type, too, so it cannot be on a letter or a mark."),
                     _usual_line(command), name=command)  # fmt: skip
    if key not in usual and key in BESIDE_OTHERS.get(command, ()):
        raise Wrong(N_("Some screens on which {name} works use {key} for something of their own."),
                     _usual_line(command), name=command, key=label)  # fmt: skip
    if key == "space" and command != "mark":
        raise Wrong(N_("The space bar marks and chooses, on many screens; take another key."), _usual_line(command))


def _wrong(no: NoKey, instead: str) -> Wrong:
    return Wrong(no.message.template, instead, **no.message.values)


def line_of(command: str, keys: Sequence[str]) -> str:
    """A line of the file that puts a command on these keys."""
    quoted = [f"'{key}'" if key in ('"', "\\") else f'"{key}"' for key in keys]
    return f"{command} = {quoted[0]}" if len(quoted) == 1 else f"{command} = [{', '.join(quoted)}]"


def _usual_line(command: str) -> str:
    usual = BY_ID[command]
    return line_of(command, (*usual.keys, *usual.twins))


def _all_usual(but: str) -> set[str]:
    return {key for command in COMMANDS if command.id != but for key in (*command.keys, *command.twins)}
