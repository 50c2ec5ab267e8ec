"""Themes: colours from TOML, checked before they are put on, since a bad colour would end the program later."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

from textual.app import App
from textual.theme import Theme

from ..domain.messages import N_, Problem

DEFAULTS = {
    "row-cursor": "#2d3a48",
    "dim": "#8b98a5",
    "late": "#e5786d",
    "soon": "#e0b15e",
    "hot": "#f2826b",
    "potential": "#e0b15e",
    "cold": "#7fb2e5",
    "existing": "#8fbf7f",
    "sample": "#c79be0",
    "tag-red": "#ef8f84",
    "tag-orange": "#e89a5b",
    "tag-yellow": "#dcc36a",
    "tag-green": "#8fbf7f",
    "tag-cyan": "#6fc3c3",
    "tag-blue": "#7fb2e5",
    "tag-purple": "#c79be0",
    "tag-gray": "#a3aeb9",
}
"""Our own colour names, until a theme is put on that names them."""

_KNOWN = {f.name for f in fields(Theme)}


def tag_look(color: str, otherwise: str) -> str:
    """The look of a tag of this colour (a code of `TAG_COLORS`), `otherwise` for one without."""
    return f"tag-{color}" if color else otherwise


def theme_files(*folders: Path) -> dict[str, Path]:
    """Every theme by name; a later folder wins."""
    return {path.stem: path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.toml"))}


def load_theme(path: Path) -> Theme:
    """Read one theme. Raises Problem naming the file and what is wrong."""
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise Problem(N_("The theme {file} cannot be read: {why}"), file=path, why=error) from error
    unknown = set(raw) - _KNOWN
    if unknown:
        raise Problem(N_("The theme {file} has an unknown entry: {entry}"), file=path, entry=sorted(unknown)[0])
    raw["name"] = path.stem
    if not isinstance(raw.get("dark", True), bool) or not isinstance(raw.get("variables", {}), dict):
        raise Problem(N_("The theme {file} has an unknown entry: {entry}"), file=path, entry="dark / variables")
    try:
        return Theme(**raw)
    except TypeError as error:
        raise Problem(N_("The theme {file} cannot be read: {why}"), file=path, why=error) from error


def put_on(app: App[Any], theme: Theme) -> None:
    """Register a theme that has been checked, and use it."""
    app.register_theme(theme)
    app.theme = theme.name


def check_theme(app: App[Any], theme: Theme) -> None:
    """Try a theme without using it: a bad colour would end the program once it is on. Raises Problem."""
    try:
        variables = {**theme.to_color_system().generate(), **app.get_theme_variable_defaults(), **theme.variables}
        trial = app.stylesheet.copy()
        trial.set_variables(variables)
        trial.reparse()
    except Exception as error:  # the parser raises many kinds
        raise Problem(N_("The theme {name} has a colour that is none: {why}"), name=theme.name, why=error) from error
