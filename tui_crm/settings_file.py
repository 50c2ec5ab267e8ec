"""Writing settings.toml: only what was changed, into the file as it is now.

Comments, order and keys of newer versions stay where they are (tomlkit, loaded only here). A fresh file is written by
tomli-w, which is smaller; so is one that tomlkit cannot change faithfully, after it was kept beside under another name.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from .config import Settings
from .config_text import bytes_of, toml_of
from .domain.messages import N_, Message, Problem
from .domain.views import SavedView
from .settings_rules import Where, leaves
from .whole_files import followed, whole_file

_TRIES = 20
Changes = Mapping[Where, Any]
"""New values by where they stand; None where nothing is to stand any more."""


class _Overtaken(Exception):
    """Another program has written the file since it was read."""


def save_changes(path: Path, before: Settings, after: Settings) -> Message | None:
    """Write what changed between the two; whatever another program or the user wrote meanwhile stays. The file is replaced
    whole or not at all. Returns what the user has to know: that a file which could not be read was put aside. Raises Problem
    if it cannot be written."""
    try:
        path = followed(path)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        for _try in range(_TRIES):
            with _alone(path.parent), suppress(_Overtaken):
                return _write(path, _changes(before, after), after)
        raise Problem(N_("The settings file {file} is being written by another program. Try again."), file=path)
    except OSError as error:
        raise Problem(N_("The settings file {file} cannot be written: {why}"), file=path, why=error) from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other programs of ours from writing meanwhile, where the system can; an editor is found out by looking again."""
    if os.name != "posix":
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write(path: Path, changes: Changes, after: Settings) -> Message | None:
    there = _bytes(path)
    kept: Path | None
    try:
        old = there.decode("utf-8-sig")
        wanted = _applied(toml_of(old), changes)
    except ValueError:  # neither text nor TOML
        wanted = _applied({}, _changes(Settings(), after))
        text, kept = _fresh(wanted), _beside(path, "bad")
    else:
        edited, kept = _edited(old, changes), _beside(path, "before") if old.strip() else None
        if edited is not None and _full(tomllib.loads(edited)) == _full(wanted):
            text, kept = edited, None
        else:
            text = _fresh(wanted)
    if kept is not None:
        with whole_file(kept, replace=False) as copy:
            copy.write(there)
    with whole_file(path) as file:
        file.write(text.encode())
        if _bytes(path) != there:
            raise _Overtaken
    if kept is None:
        return None
    if kept.suffix.startswith(".bad"):
        return Message(
            N_("The settings file could not be read. It is kept as {file}, and a new one is written."), {"file": kept}
        )
    return Message(N_("The settings file was written anew. As it was it is kept as {file}."), {"file": kept})


def _bytes(path: Path) -> bytes:
    """What the file says now, nothing where there is none."""
    try:
        return bytes_of(path)
    except FileNotFoundError:
        return b""
    except Problem as problem:
        raise Problem(
            N_("The settings file {file} cannot be written: {why}"), file=path, why=problem.message
        ) from problem


def _changes(before: Settings, after: Settings) -> dict[Where, Any]:
    """What differs; what is as usual again is not to stand in the file."""
    was, now, usual = leaves(before), leaves(after), leaves(Settings())
    return {
        path: None if _usual(path, usual) == now.get(path) else now.get(path)
        for path in {**was, **now}
        if was.get(path) != now.get(path)
    }


def _usual(path: Where, usual: Mapping[Where, Any]) -> Any:
    """The value that need not be written: a view has none of its own."""
    return getattr(SavedView(), path[-1]) if path[0] == "views" else usual.get(path)


def _applied(raw: dict[str, Any], changes: Changes) -> dict[str, Any]:
    """Plain tables with the changes made; a table that is left empty goes."""
    for path, value in changes.items():
        tables = [raw]
        for part in path[:-1]:
            if not isinstance(tables[-1].get(part), dict):
                if value is None:
                    break
                tables[-1][part] = {}
            tables.append(tables[-1][part])
        if value is not None:
            tables[-1][path[-1]] = value
        elif len(tables) == len(path):
            tables[-1].pop(path[-1], None)
            for outer, part in reversed(list(zip(tables, path[:-1], strict=False))):
                if not outer[part] and not _commented(outer[part]):
                    del outer[part]
    return raw


def _edited(text: str, changes: Changes) -> str | None:
    """The text with the changes made in place; None where that cannot be done."""
    if not text.strip():
        return None
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        _applied(document, changes)
        return document.as_string().rstrip() + "\n"  # a table that goes leaves a blank line behind
    except (TOMLKitError, TypeError, ValueError, KeyError):
        return None


def _commented(table: Any) -> bool:
    """Whether a table of tomlkit has words of the user in it."""
    return hasattr(table, "as_string") and "#" in table.as_string()


def _full(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The tables without empty ones, which say nothing."""
    tables = {key: _full(value) if isinstance(value, dict) else value for key, value in raw.items()}
    return {key: value for key, value in tables.items() if value != {}}


def _fresh(raw: Mapping[str, Any]) -> str:
    import tomli_w

    return tomli_w.dumps(raw)


def _beside(path: Path, why: str) -> Path:
    """A name of its own beside the file, where what it said is kept."""
    return path.with_name(f"{path.name}.{why}-{datetime.now():%Y-%m-%d-%H%M%S-%f}")
