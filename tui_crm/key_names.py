"""Names of keys: what people write for a key, and which keys a terminal can send at all. Pure."""

from __future__ import annotations

import re
import unicodedata

from .domain.messages import N_, Problem
from .domain.spelling import most_like
from .domain.text import fold_width
from .keys_in_force import half_width

_NAMES = {
    "esc": "escape", "return": "enter", "ret": "enter", "cr": "enter", "del": "delete", "ins": "insert",
    "pgup": "pageup", "pgdn": "pagedown", "pgdown": "pagedown", "prior": "pageup", "next": "pagedown",
    "spacebar": "space", "bs": "backspace", "bksp": "backspace", "pos1": "home", "空格": "space", "回车": "enter",
    "↑": "up", "↓": "down", "←": "left", "→": "right",
    "comma": ",", "period": ".", "dot": ".", "full_stop": ".", "slash": "/", "solidus": "/", "backslash": "\\",
    "minus": "-", "dash": "-", "hyphen": "-", "plus": "+", "equals": "=", "colon": ":", "semicolon": ";",
    "question": "?", "hash": "#", "star": "*", "quote": "'", "at": "@", "pipe": "|", "dollar": "$", "less": "<",
    "greater": ">", "underscore": "_", "tilde": "~", "backtick": "`", "percent": "%", "exclamation": "!",
}  # fmt: skip
_MOVING = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown")
_PLAIN = ("escape", "enter", "tab", "backspace", "space", "insert", "delete", *_MOVING)
_MODIFIERS = {
    "ctrl": "ctrl", "control": "ctrl", "strg": "ctrl", "ctl": "ctrl", "⌃": "ctrl", "c": "ctrl",
    "alt": "alt", "option": "alt", "opt": "alt", "meta": "alt", "⌥": "alt", "m": "alt", "a": "alt",
    "shift": "shift", "⇧": "shift", "s": "shift",
    "super": "super", "cmd": "super", "command": "super", "win": "super", "windows": "super", "hyper": "super", "⌘": "super",
}  # fmt: skip
_MODIFIER = re.compile(r"\s*([^\W\d_]{2,}|[⌃⌥⇧⌘])\s*[+-]\s*(?=.)|([CcMmAaSs])-(?=.)")
_SAME = {"i": "tab", "m": "enter", "[": "escape", "h": "backspace"}
"""With Ctrl these letters are other keys: every terminal sends the same byte."""
_WORDWISE = {"f": "ctrl+right", "b": "ctrl+left"}
"""With Alt these letters are other keys, for terminals that send what a shell moves by words with."""
_F_KEYS = {f"f{number}" for number in range(1, 13)}
OPTION = {str(digit): char for digit, char in zip((1, 2, 3, 4, 5, 6, 7, 8, 9, 0), "¡™£¢∞§¶•ªº", strict=True)}
"""What Alt with a digit arrives as where a terminal knows no newer way to send it: what a Mac's Option key would type."""


class NoKey(Problem):
    """A key that cannot be used; `instead` is one to take for it, empty where there is none to name."""

    def __init__(self, template: str, /, instead: str = "", **values: object) -> None:
        super().__init__(template, **values)
        self.instead = instead


def read_key(text: str) -> str:
    """The key people mean, spelt as in the list of commands (`L`, `ctrl+t`, `pagedown`, `,`). Raises NoKey for what is no key
    and for what a terminal cannot send."""
    if text and not text.strip():
        return "space"
    written = half_width(text).strip()
    if not written:
        raise NoKey(N_("A key without a name. To leave a command without a key write []."))
    if len(written) == 1:
        return _character(written)
    if written.startswith("<") and written.endswith(">") and len(written) > 2:
        written = written[1:-1]
    if len(written) == 2 and written[0] == "^":
        written = f"ctrl+{written[1]}"
    modifiers, base = _taken_apart(written)
    key = _base(base, text)
    return _combined(modifiers, key) if modifiers else _character(key) if len(key) == 1 else _alone(key)


def _taken_apart(written: str) -> tuple[set[str], str]:
    """Modifiers and the key they are held with."""
    modifiers = set()
    while match := _MODIFIER.match(written):
        modifier = _MODIFIERS.get((match[1] or match[2]).lower())
        if modifier is None:
            break
        modifiers.add(modifier)
        written = written[match.end() :]
    return modifiers, written.strip()


def _base(name: str, text: str) -> str:
    """The key without modifiers: one character, or a name."""
    if len(name) == 1:
        return _NAMES.get(name, name)
    lower = name.lower().replace(" ", "_")
    for spelt in (lower, lower.replace("_", "")):
        if spelt in _NAMES:
            return _NAMES[spelt]
        if spelt in _PLAIN or re.fullmatch(r"f[1-9]\d?", spelt):
            return spelt
    try:
        return fold_width(unicodedata.lookup(lower.replace("_", " ").upper()))
    except KeyError:
        pass
    if re.fullmatch(r"[^\W_]{2}", name):
        raise NoKey(N_("“{key}” are two keys; a command has single keys. Write one letter, or F2, ctrl+t, alt+1 …"),
                    name[0], key=text)  # fmt: skip
    near = most_like(lower, (*_NAMES, *_PLAIN, *_F_KEYS))
    raise NoKey(
        N_("There is no key “{key}”. Write a letter or a mark, or F2, ctrl+t, alt+1, space, insert, pgdn …"),
        _NAMES.get(near, near),
        key=text,
    )


def _character(char: str) -> str:
    if char == " ":
        return "space"
    if unicodedata.east_asian_width(char) == "W":
        raise NoKey(
            N_("“{key}” is written by an input method, no key sends it. Use a letter, or F2, ctrl+t, alt+1 …"), key=char
        )
    if char in OPTION.values():
        digit = next(digit for digit, typed in OPTION.items() if typed == char)
        raise NoKey(N_("“{key}” is what Alt+{digit} sends."), f"alt+{digit}", key=char, digit=digit)
    if not char.isprintable():
        raise NoKey(N_("“{key}” is no key. Use a letter, or F2, ctrl+t, alt+1 …"), key=ascii(char))
    return char


def _alone(key: str) -> str:
    if key in ("tab", "backspace"):
        raise NoKey(N_("“{key}” is needed by screens and text fields themselves."), key=key)
    if key in _PLAIN or key in _F_KEYS:
        return key
    raise NoKey(
        N_("“{key}” is on no usual keyboard. F1 to F12 are, with Shift and with Ctrl too."),
        f"shift+f{int(key[1:]) % 12 or 12}",
        key=key,
    )


def _combined(modifiers: set[str], key: str) -> str:
    name = "+".join([*(each for each in ("ctrl", "alt", "shift", "super") if each in modifiers), key])
    letter = key.lower() if len(key) == 1 and key.isascii() and key.isalnum() else ""
    if "super" in modifiers:
        raise NoKey(
            N_("“{key}” is kept by the desktop; it does not reach a program in a terminal."),
            _with_alt(letter),
            key=name,
        )
    if len(modifiers) > 1:
        raise NoKey(N_("“{key}” does not reach programs in most terminals: one of Ctrl, Alt and Shift at a time."),
                    f"ctrl+{letter}" if letter.isalpha() and letter not in _SAME and "ctrl" in modifiers else _with_alt(letter), key=name)  # fmt: skip
    (modifier,) = modifiers
    return {"ctrl": _ctrl, "alt": _alt, "shift": _shift}[modifier](key, letter, name)


def _with_alt(letter: str) -> str:
    return f"alt+{letter}" if letter else ""


def _ctrl(key: str, letter: str, name: str) -> str:
    if letter in _SAME or key == "[":
        same = _SAME[letter or key]
        raise NoKey(N_("“{key}” is the same as {same} in a terminal."), _with_alt(letter), key=name, same=same)
    if letter in ("c", "v"):
        raise NoKey(N_("“{key}” copies and pastes text."), _with_alt(letter), key=name)
    if letter.isalpha():
        return f"ctrl+{letter}"
    if key == "space":
        raise NoKey(N_("“{key}” switches input methods on and off."), "space", key=name)
    if key in ("insert", "escape", "enter", "tab", "backspace") or len(key) == 1:
        raise NoKey(
            N_("“{key}” is no key of its own in a terminal. Ctrl goes with letters, arrows and F keys."),
            _with_alt(letter),
            key=name,
        )
    return f"ctrl+{_alone(key)}"


def _alt(key: str, letter: str, name: str) -> str:
    if letter in _WORDWISE:
        raise NoKey(
            N_("“{key}” is the same as {same} in a terminal."), f"ctrl+{letter}", key=name, same=_WORDWISE[letter]
        )
    if letter:
        return f"alt+{letter}"
    if key in _F_KEYS:
        raise NoKey(
            N_("“{key}” is kept by the desktop; it does not reach a program in a terminal."), f"shift+{key}", key=name
        )
    if key in _MOVING:
        return f"alt+{key}"
    raise NoKey(N_("“{key}” is no key of its own in a terminal. Alt goes with letters, digits and arrows."), key=name)


def _shift(key: str, letter: str, name: str) -> str:
    if letter.isalpha():
        return letter.upper()
    if len(key) == 1 and key.isalpha() and len(key.upper()) == 1:
        return key.upper()
    if len(key) == 1:
        raise NoKey(N_("“{key}”: write the mark that this types, such as ! or ?."), key=name)
    if key in ("insert", "pageup", "pagedown"):
        raise NoKey(
            N_("“{key}” is kept by the terminal, to paste or to scroll."),
            f"ctrl+{key}" if key != "insert" else "insert",
            key=name,
        )
    if key in ("enter", "escape", "tab", "backspace", "space"):
        raise NoKey(N_("“{key}” is the same as {same} in a terminal."), key=name, same=key)
    return f"shift+{_alone(key)}"
