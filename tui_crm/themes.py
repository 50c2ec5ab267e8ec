"""Themes as files: read, checked key by key, and how well their texts can be read. Nothing here draws."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from .config import shipped_themes
from .config_text import text_of, toml_of
from .domain.messages import N_, Message, Problem
from .domain.spelling import most_like

GROUNDS = ("background", "surface", "panel", "row-cursor")
"""Colours that text stands on."""
INKS = (
    "foreground", "dim", "accent", "late", "soon", "hot", "potential", "cold", "existing", "sample", "primary",
    "secondary", "success", "warning", "error", "tag-red", "tag-orange", "tag-yellow", "tag-green", "tag-cyan",
    "tag-blue", "tag-purple", "tag-gray",
)  # fmt: skip
"""Colours that text has; any may stand on any ground."""
BASE = (
    "primary", "secondary", "accent", "foreground", "background", "surface", "panel", "success", "warning", "error",
)  # fmt: skip
"""Colours named at the top of a theme's file; all others stand under `[variables]`."""
VARIABLES = tuple(name for name in (*GROUNDS, *INKS) if name not in BASE)
ANSI = tuple(
    f"ansi_{bright}{name}"
    for bright in ("", "bright_")
    for name in ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
)
"""The terminal's own colours, beside `ansi_default`."""
READABLE = 4.5
"""Contrast that text needs at least (WCAG 2, AA)."""
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_FLAGS = ("dark", "ansi")
_ALIKE = 0.5


class Palette(NamedTuple):
    """A theme that can be used: every colour of `BASE` and `VARIABLES` by its name. `own` are those its file names, the
    others come from the usual theme of its kind."""

    name: str
    dark: bool
    ansi: bool
    colours: Mapping[str, str]
    own: frozenset[str]


class Remark(NamedTuple):
    """What is to be said of a theme's file, and in which line (0: of the whole). A `serious` one keeps it from being used."""

    line: int
    message: Message
    serious: bool = True


def theme_files(*folders: Path) -> dict[str, Path]:
    """Every theme by name; a later folder wins."""
    return {path.stem: path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.toml"))}


def read_theme(path: Path) -> Palette:
    """A theme that can be used. Raises Problem naming file, line, and what is wrong there."""
    palette, remarks, _text = _read(path)
    if palette is None:
        line, why, _serious = remarks[0]
        raise Problem(N_("The theme {file} cannot be used. {why}"), file=f"{path}:{line}" if line else path, why=why)
    return palette


def look_over(path: Path) -> list[Remark]:
    """All there is to say about a theme's file."""
    palette, remarks, text = _read(path)
    if palette is None:
        return remarks
    return [*_left_out(palette), *(_weak(text, *pair) for pair in weak_pairs(palette))]


def _read(path: Path) -> tuple[Palette | None, list[Remark], str]:
    """The theme, or what is wrong with it, and the text of its file."""
    try:
        text = text_of(path)
    except Problem as error:
        return None, [Remark(0, Message(N_("It cannot be read: {why}"), {"why": error.message}))], ""
    except OSError as error:
        return None, [Remark(0, Message(N_("It cannot be read: {why}"), {"why": error.strerror}))], ""
    try:
        raw = toml_of(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        return None, [Remark(int(at[1]) if at else 0, Message(N_("It is not valid TOML: {why}"), {"why": error}))], text
    faults = [Remark(_line(text, key, inside), message) for key, inside, message in _faults(raw)]
    return (None if faults else _palette(path, raw)), sorted(faults, key=lambda fault: fault.line), text


def _palette(path: Path, raw: Mapping[str, Any]) -> Palette:
    named = {**{key: raw[key] for key in BASE if key in raw}, **raw.get("variables", {})}
    dark, ansi = bool(raw.get("dark", True)), bool(raw.get("ansi", False))
    usual = {} if len(named) == len(BASE) + len(VARIABLES) else _usual(_kind(dark, ansi))
    return Palette(path.stem, dark, ansi, MappingProxyType({**usual, **named}), frozenset(named))


def _kind(dark: bool, ansi: bool) -> str:
    """The theme that lends what another of this kind does not name."""
    return "ansi" if ansi else "dark" if dark else "light"


@cache
def _usual(name: str) -> dict[str, str]:
    """The colours of a theme that comes with the program and names all of them."""
    raw = tomllib.loads((shipped_themes() / f"{name}.toml").read_text(encoding="utf-8"))
    return {**{key: raw[key] for key in BASE}, **raw["variables"]}


# What is wrong -------------------------------------------------------------------------------------------------------


def _faults(raw: Mapping[str, Any]) -> Iterator[tuple[str, bool, Message]]:
    """Each fault with its key, and whether that stands under `[variables]`."""
    ansi = raw.get("ansi") is True
    for key, value in raw.items():
        if key == "variables" and isinstance(value, dict):
            for name, colour in value.items():
                message = _unlike(name, colour, VARIABLES, ansi)
                if message:
                    yield name, True, message
        elif key in _FLAGS:
            if not isinstance(value, bool):
                yield key, False, Message(N_("{key} is true or false, without quotes."), {"key": key})
        elif key == "name":
            if not isinstance(value, str):
                yield key, False, Message(N_("name is a text in quotes; the file's own name counts."))
        else:
            message = _unlike(key, value, BASE, ansi)
            if message:
                yield key, False, message


def _unlike(key: str, value: object, known: tuple[str, ...], ansi: bool) -> Message | None:
    """Why this key, one of those `known` at its place, or its colour cannot be used; None where they can."""
    if key not in known:
        return _unknown(key, known)
    if isinstance(value, str) and (_HEX.fullmatch(value) or value == "ansi_default" or value in ANSI):
        if value.startswith("#") or ansi:
            return None
        return Message(N_("{key} = {colour}: colours of the terminal need ansi = true at the top."), _said(key, value))
    near = most_like(str(value), ANSI, _ALIKE) if ansi else ""
    if near:
        return Message(N_("{key} = {colour} is no colour. Did you mean {near}?"), {**_said(key, value), "near": near})
    return Message(N_('{key} = {colour} is no colour. Write it as "#e0b15e".'), _said(key, value))


def _unknown(key: str, known: tuple[str, ...]) -> Message:
    elsewhere = {*BASE, *VARIABLES} - {*known}
    if key in elsewhere:
        if key in BASE:
            return Message(N_("{key} belongs at the top, before [variables]."), {"key": key})
        return Message(N_("{key} belongs under [variables]."), {"key": key})
    near = most_like(key, (*known, *(_FLAGS if known is BASE else ())), _ALIKE)
    if near:
        return Message(N_("There is no {key}. Did you mean {near}?"), {"key": key, "near": near})
    return Message(N_("There is no {key}. Use: {known}"), {"key": key, "known": ", ".join(known)})


def _said(key: str, value: object) -> dict[str, object]:
    return {"key": key, "colour": repr(value) if not isinstance(value, str) else f'"{value}"'}


def _left_out(palette: Palette) -> Iterator[Remark]:
    missing = [name for name in (*BASE, *VARIABLES) if name not in palette.own]
    if missing:
        told = {"missing": ", ".join(missing), "theme": _kind(palette.dark, palette.ansi)}
        yield Remark(0, Message(N_("Not named, so as in {theme}: {missing}"), told), serious=False)


def _weak(text: str, ink: str, ground: str, ratio: float) -> Remark:
    told = {"ink": ink, "ground": ground, "ratio": f"{ratio:.1f}", "least": READABLE}
    message = Message(N_("{ink} on {ground} is hard to read: contrast {ratio}, {least} is enough."), told)
    return Remark(_line(text, ink, ink in VARIABLES), message, serious=False)


def _line(text: str, key: str, inside: bool) -> int:
    """The line, from 1, that `key` stands in, `inside` the table of variables or before it; 0 where it is not found."""
    entry = re.compile(rf"""\s*(?:variables\s*\.\s*)?["']?{re.escape(key)}["']?\s*=""")
    within = False
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(r"\s*\[", line):
            within = True
        elif entry.match(line) and (within or not inside or "variables" in line):
            return number
    return 0


# Contrast ------------------------------------------------------------------------------------------------------------


def weak_pairs(palette: Palette, least: float = READABLE) -> list[tuple[str, str, float]]:
    """Each ink on each ground that is harder to read than `least`, with its contrast. What the terminal colours is unknown."""
    pairs = [
        (ink, ground, contrast(palette.colours[ink], palette.colours[ground]))
        for ink, ground in product(INKS, GROUNDS)
        if palette.colours[ink].startswith("#") and palette.colours[ground].startswith("#")
    ]
    return [pair for pair in pairs if pair[2] < least]


def contrast(one: str, other: str) -> float:
    """How far two colours (`#rrggbb`) are apart, as WCAG counts it: 1 to 21."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb(colour)]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def rgb(colour: str) -> tuple[float, float, float]:
    """Red, green and blue of `#rrggbb` or `#rgb`, each from 0 to 1."""
    digits = colour.removeprefix("#")
    whole = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    red, green, blue = (int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue
