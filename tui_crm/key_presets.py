"""Sets of keys to choose from. A preset says only what differs from the list of commands. Pure data."""

from __future__ import annotations

from collections.abc import Mapping

from .commands import COMMANDS
from .domain.messages import N_

DEFAULT = "default"

_VIM: dict[str, tuple[str, ...]] = {
    "left": ("h", "left"),
    "right": ("l", "right"),
    "log": ("i", "f2"),
    "import": ("I", "f11"),
    "new": ("o", "f4"),
    "reach": ("@", "ctrl+g"),
    "redo": ("ctrl+r", "U"),
    "as_of": ("z", "ctrl+y"),
    "page_down": ("ctrl+f", "pagedown"),
    "page_up": ("ctrl+b", "pageup"),
    "search": ("/", "alt+s"),
    "settings": ("S", "alt+t"),
    "views": (",", "alt+w"),
    "mark": ("v", "space", "insert"),
    "left_message": ("M", "alt+3"),
}
"""The hands of vim: hjkl, i writes, o a new one, v and V mark, Ctrl+R does again, Ctrl+F and Ctrl+B a screen."""

PRESETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    DEFAULT: {},
    "vim": _VIM,
    "fkeys": {command.id: command.twins for command in COMMANDS if command.keys and command.twins},
}

PRESET_LABELS = {
    DEFAULT: N_("Letters, each with an F or Ctrl key beside it"),
    "vim": N_("Like vim: h j k l move, i writes, o adds, v marks"),
    "fkeys": N_("Arrows, F, Ctrl and Alt keys; no letter does anything"),
}
"""What a preset is like, in a few words."""
