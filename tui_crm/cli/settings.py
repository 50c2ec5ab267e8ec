"""The verb that lists the settings and sets one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..config import load_settings, put, shipped_themes, typed
from ..domain.messages import N_, Problem
from ..i18n import _
from ..settings_rules import path_of
from ..settings_table import entries, shown, usual, value_of, words_of
from . import output
from .arguments import Arguments
from .table import Column, table

if TYPE_CHECKING:
    from . import Outside


def settings(outside: Outside, asked: Arguments) -> None:
    """List the settings, or those of a key; with a value, set it."""
    if outside.unreadable is not None:
        raise outside.unreadable
    if asked.value or asked.default:
        _set(outside, asked)
    else:
        _list(outside, asked)


def _list(outside: Outside, asked: Arguments) -> None:
    present = outside.settings
    found = [
        (group, entry)
        for group, entry in entries(present)
        if asked.key is None or entry.key == asked.key or entry.key.startswith(f"{asked.key}.")
    ]
    if not found:
        put(present, {asked.key: None})  # says which key is meant
        raise Problem(N_("{key} is no setting of its own. crm settings lists them all."), key=asked.key)
    if asked.json:
        output.write_list(
            {"key": entry.key, "group": group.id, "name": words_of(entry)[0], "value": value_of(present, entry.key),
             "default": usual(entry.key), "changed": value_of(present, entry.key) != usual(entry.key),
             "meaning": words_of(entry)[1]}
            for group, entry in found
        )  # fmt: skip
        return
    columns = (
        Column(""), Column(_("setting")), Column(_("value"), 10), Column(_("default"), 10), Column(_("what it does"), 20),
    )  # fmt: skip
    rows = []
    for _group, entry in found:
        value, default = value_of(present, entry.key), usual(entry.key)
        changed = value != default
        usually = "–" if default is None else shown(entry, default)
        rows.append(
            ("•" if changed else "", entry.key, shown(entry, value), usually if changed else "", words_of(entry)[1])
        )
    table(columns, rows)
    output.say()
    output.say(_("The file: {file}").format(file=outside.where.settings))


def _set(outside: Outside, asked: Arguments) -> None:
    from ..i18n import tell
    from ..settings_file import save_changes

    file, text = outside.where.settings, " ".join(asked.value)
    before = load_settings(file, lambda _problem: None)
    value = None if asked.default else typed(asked.key, text)
    if asked.key == "theme" and value is not None:
        _check_theme(outside, text)
    if path_of(asked.key)[0] == "views":
        raise Problem(N_("Views are saved in the program, with the list of views."))
    after = put(before, {asked.key: value})
    if value_of(after, asked.key) is None and not asked.default:
        raise Problem(N_("{key} is no setting of its own. crm settings lists them all."), key=asked.key)
    told = save_changes(file, before, after)
    if told is not None:
        output.complain(tell(told))
    if value_of(after, asked.key) is None:
        output.say(_("{key} is as by default.").format(key=asked.key))
        return
    entry = next(entry for _group, entry in entries(after) if entry.key == asked.key)
    output.say(f"{asked.key} = {shown(entry, value_of(after, asked.key))}")


def _check_theme(outside: Outside, name: str) -> None:
    from ..themes import theme_files

    known = theme_files(shipped_themes(), outside.where.themes)
    if name not in known:
        raise Problem(N_("There is no theme {name}. Use one of: {known}"), name=name, known=" ".join(known))
