"""From the list of commands to Textual's key bindings."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding
from textual.content import Content

from ..commands import BY_ID, Command, key_label
from ..i18n import _
from .safety import own

_NAMES = {
    "/": ("slash", "fullwidth_solidus"),
    "?": ("question_mark", "fullwidth_question_mark"),
    ":": ("colon", "fullwidth_colon"),
    "#": ("number_sign", "fullwidth_number_sign"),
    "=": ("equals_sign", "fullwidth_equals_sign"),
    ",": ("comma", "fullwidth_comma"),
    "-": ("minus", "fullwidth_hyphen_minus", "em_dash"),
    "*": ("asterisk", "fullwidth_asterisk"),
    "'": ("apostrophe", "fullwidth_apostrophe", "left_single_quotation_mark", "right_single_quotation_mark"),
    "space": ("space", "ideographic_space"),
    "|": ("vertical_line", "fullwidth_vertical_line"),
    "$": ("dollar_sign", "fullwidth_dollar_sign", "fullwidth_yen_sign"),
    "<": ("less_than_sign", "fullwidth_less_than_sign", "left_double_angle_bracket"),
    ">": ("greater_than_sign", "fullwidth_greater_than_sign", "right_double_angle_bracket"),
    # Without the kitty protocol a terminal sends Alt and a digit as Esc and the digit, which Textual takes for what
    # a Mac's Option key would type.
    "alt+1": ("alt+1", "inverted_exclamation_mark"),
    "alt+2": ("alt+2", "trade_mark_sign"),
    "alt+3": ("alt+3", "pound_sign"),
    "alt+4": ("alt+4", "cent_sign"),
}
"""Textual's names of keys: marks with the full-width form a Chinese input method sends, Alt with a digit."""


def bindings(ids: Iterable[str], priority: bool = False) -> list[Binding | tuple[str, str] | tuple[str, str, str]]:
    """Key bindings for these commands: every key and every twin calls `action_do` with the command's id."""
    return bound(map(BY_ID.__getitem__, ids), priority)


def bound(
    commands: Iterable[Command], priority: bool = False
) -> list[Binding | tuple[str, str] | tuple[str, str, str]]:
    """The same for commands that only one screen has."""
    return [
        Binding(name, f"do('{command.id}')", show=False, priority=priority, id=f"{command.id}.{name}")
        for command in commands
        for key in (*command.keys, *command.twins)
        for name in _NAMES.get(key, (key,))
    ]


def key_line(commands: Iterable[Command], width: int | None = None) -> Content:
    """The line at the foot of a screen: keys and what they do; with a `width`, as many as fit into it whole."""
    line = Content("")
    for command in commands:
        key = key_label((command.keys or command.twins)[0])
        longer = line + Content.assemble((f" {key}", "$accent bold"), f" {_(command.label)} ")
        if width is not None and longer.cell_length > width:
            break
        line = longer
    return own(line)
