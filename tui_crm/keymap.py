"""The user's keymap: `keymap.toml`, one line for each command that is to be on other keys.

A line says all keys of its command: `log = "w"` or `log = ["w", "f2"]`. A line that cannot be used is told with its number and
with what to write instead, and leaves exactly that command on the keys of the preset. Enter, Esc, the arrows, Home, End, PgUp,
PgDn and Ctrl+Q stay what they are.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .commands import BY_ID, COMMANDS, key_label
from .config_text import text_of, toml_of
from .domain.messages import N_, Problem
from .domain.spelling import most_like
from .key_presets import DEFAULT, PRESET_LABELS, PRESETS
from .key_rules import OWN_KEYS, STAY, Keys, Wrong, line_of, read_keys
from .keys_in_force import half_width, reaches_under_ime
from .whole_files import whole_file

__all__ = ["PRESETS", "PRESET_LABELS", "Keymap", "Mistake", "load_keymap", "preset_of", "read_keymap", "write_preset"]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a line of the file: its number, why, and a line to write instead, empty where there is none."""

    line: int
    why: Problem
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Keymap:
    """The keys of every command that is not on its usual ones; what could not be used; what is as written but worth knowing."""

    preset: str
    keys: Mapping[str, Keys]
    mistakes: tuple[Mistake, ...] = ()
    notes: tuple[Mistake, ...] = ()


def load_keymap(path: Path) -> Keymap:
    """The keymap of a file; the usual keys where there is none. Never fails: what is wrong is told in `mistakes`."""
    try:
        text = text_of(path)
    except FileNotFoundError:
        return Keymap(DEFAULT, {})
    except Problem as error:
        why = Problem(N_("The file cannot be read: {why}"), why=error.message)
        return Keymap(DEFAULT, {}, (Mistake(0, why),))
    return read_keymap(text)


def preset_of(path: Path) -> str:
    """The preset that a keymap file builds on."""
    return load_keymap(path).preset


def of_preset(name: str) -> dict[str, Keys]:
    """The keys of every command in a preset."""
    return {command.id: PRESETS[name].get(command.id, (*command.keys, *command.twins)) for command in COMMANDS}


def read_keymap(text: str) -> Keymap:
    """Read the text of a keymap file."""
    reading = _Reading()
    for line, said in _statements(text):
        reading.take(line, said)
    return reading.result()


def write_preset(path: Path, name: str) -> None:
    """Have a keymap file build on a preset; every other line stays as it is. Raises Problem when it cannot be written."""
    try:
        before = text_of(path) if path.exists() else ""
        numbers = [line for line, said in _statements(before) if isinstance(said, tuple) and said[0] == "preset"]
        lines = before.splitlines()
        said_so = f'preset = "{name}"'
        if numbers:
            lines[numbers[0] - 1] = said_so
        else:
            lines.insert(0, said_so)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with whole_file(path) as file:
            file.write(("\n".join(lines) + "\n").encode())
    except Problem as error:
        raise Problem(N_("{file} cannot be written: {why}"), file=path, why=error.message) from error
    except OSError as error:
        raise Problem(N_("{file} cannot be written: {why}"), file=path, why=error) from error


# Lines ---------------------------------------------------------------------------------------------------------------

_Said = tuple[str, object] | str
"""A line as id and value, or as it stands where it cannot be read."""


def _statements(text: str) -> Iterator[tuple[int, _Said]]:
    """The statements of a file with the numbers of the lines they begin in; one that is no TOML spoils no other."""
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        first, whole = at, lines[at]
        at += 1
        if not whole.strip() or whole.lstrip().startswith(("#", "＃")):
            continue
        said = _said(whole)
        while said is None and _is_open(whole) and at < len(lines):
            whole += "\n" + lines[at]
            at += 1
            said = _said(whole)
        if said is None and at - first > 1:  # a bracket never closed must not swallow the lines below
            at, whole = first + 1, lines[first]
        yield first + 1, said if said is not None else whole.strip()


def _said(whole: str) -> tuple[str, object] | None:
    """Id and value; what an input method writes in place of the marks of TOML is understood too."""
    for text in (whole, half_width(whole)):
        try:
            raw = toml_of(text)
        except tomllib.TOMLDecodeError:
            continue
        if len(raw) == 1 and not text.lstrip().startswith("["):
            return next(iter(raw.items()))
    return None


def _is_open(whole: str) -> bool:
    return whole.count("[") > whole.count("]")


# From lines to keys --------------------------------------------------------------------------------------------------


class _Reading:
    """What has been understood of a file so far."""

    def __init__(self) -> None:
        self.preset, self._preset_line = DEFAULT, 0
        self.lines: dict[str, tuple[int, Keys]] = {}
        self.mistakes: list[Mistake] = []

    def take(self, line: int, said: _Said) -> None:
        """One statement."""
        try:
            if isinstance(said, str):
                raise Wrong(N_("This is no line of a keymap: command, =, key in quotation marks."), _mended(said))
            command, value = said
            if command == "preset":
                self._take_preset(line, value)
                return
            self._check_command(line, command)
            keys = read_keys(command, value)
            self.lines[command] = line, (*keys, *(key for key in STAY.get(command, ()) if key not in keys))
        except Wrong as wrong:
            self.mistakes.append(Mistake(line, wrong, wrong.instead))

    def _take_preset(self, line: int, value: object) -> None:
        if self._preset_line:
            raise Wrong(N_("preset stands in line {other} already."), other=self._preset_line)
        if value not in PRESETS:
            raise Wrong(
                N_("There is no preset {name}. There are: {known}."),
                f'preset = "{_near(str(value), PRESETS) or DEFAULT}"',
                name=repr(value), known=", ".join(PRESETS),
            )  # fmt: skip
        self.preset, self._preset_line = str(value), line

    def _check_command(self, line: int, command: str) -> None:
        if command.startswith("view_") and command in BY_ID:
            raise Wrong(N_("The digits 5 to 0 belong to saved views; give a view its digit in the list of views."))
        if command not in BY_ID:
            near = _near(command, BY_ID)
            raise Wrong(
                N_("There is no command {name}. crm keys lists them all."), f"{near} = …" if near else "", name=command
            )
        if command in self.lines:
            raise Wrong(N_("{name} stands in line {other} already."), name=command, other=self.lines[command][0])

    def result(self) -> Keymap:
        """Everything that can be used, once no key has two commands."""
        usual = of_preset(self.preset)
        while clash := self._clash(usual):
            command, key, other = clash
            line = self.lines.pop(command)[0]
            self.mistakes.append(self._clashing(line, command, key, other, usual))
        keys = usual | {command: keys for command, (_line, keys) in self.lines.items()}
        moved = {
            command.id: keys[command.id] for command in COMMANDS if keys[command.id] != (*command.keys, *command.twins)
        }
        return Keymap(self.preset, moved, tuple(sorted(self.mistakes, key=lambda it: it.line)), tuple(self._notes()))

    def _clash(self, usual: Mapping[str, Keys]) -> tuple[str, str, str] | None:
        """A command whose line takes a key that another has: of two lines the later one."""
        holders = {key: name for name, keys in usual.items() if name not in self.lines for key in keys}
        for command, (_line, keys) in sorted(self.lines.items(), key=lambda item: item[1][0]):
            for key in keys:
                if key in holders:
                    return command, key, holders[key]
                holders[key] = command
        return None

    def _clashing(self, line: int, command: str, key: str, other: str, usual: Mapping[str, Keys]) -> Mistake:
        now = {**usual, **{name: keys for name, (_line, keys) in self.lines.items()}}
        free = _free({each for keys in now.values() for each in keys}, command, other)
        taken_line = self.lines.get(other)
        if taken_line:
            why = Problem(
                N_("{key} is on {other} already, in line {line}."), key=key_label(key), other=other, line=taken_line[0]
            )
            return Mistake(line, why, f'{command} = "{free}"')
        why = Problem(
            N_("{key} is on {other} already. Put that on another key first."), key=key_label(key), other=other
        )
        rest = [free, *(each for each in now[other] if each != key)]
        return Mistake(line, why, line_of(other, rest))

    def _notes(self) -> Iterator[Mistake]:
        """Commands that a line takes off every key that works under an input method."""
        for command, (line, keys) in self.lines.items():
            twins = BY_ID[command].twins
            if twins and not any(map(reaches_under_ime, keys)):
                why = Problem(
                    N_("{name} has no key left that works while a Chinese input method is on; the command palette reaches it."),
                    name=command,
                )  # fmt: skip
                yield Mistake(line, why, line_of(command, [*keys, *twins[:1]]))


def _free(taken: set[str], command: str, other: str) -> str:
    """A key that nothing is on yet; a letter of one of the two names where there is one."""
    letters = [letter for name in (other, command) for letter in name if letter.isalpha()]
    candidates = [*letters, *map(str.upper, letters), *(f"alt+{letter}" for letter in (*letters, *"cdghijkmnquxyz"))]
    unfit = {*OWN_KEYS, "alt+f", "alt+b"}
    return next(key for key in candidates if key not in taken and key not in unfit)


def _near(text: str, known: Iterable[str]) -> str:
    labels = {BY_ID[name].label.lower(): name for name in known if name in BY_ID}
    wanted = text.lower().strip().replace("-", "_")
    near = most_like(wanted, known) or most_like(wanted.replace("_", " "), labels)
    return labels.get(near, near)


def _mended(line: str) -> str:
    """What a line without quotation marks, or with a colon, probably means."""
    name, _sep, rest = half_width(line).replace(":", "=", 1).partition("=")
    name = name.strip().strip("\"'")
    written = [each.strip(" \t\"'[]") for each in rest.split(",")]
    if name not in BY_ID or not any(written):
        return ""
    try:
        return line_of(name, read_keys(name, [key for key in written if key]))
    except Wrong as wrong:
        return wrong.instead
