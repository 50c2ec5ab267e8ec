"""Naming a file, a sheet to import or any other: what a typed, pasted or dropped path means, how it can go on, and what is
found lying near."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

SHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".vcf", ".json"})
_NEAR = (".", "~/Downloads", "~/下载", "~/Desktop", "~/桌面", "~/Documents", "~/文档")
_MOST_SEEN = 2_000
"""Entries of one folder that are looked at."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A sheet or a folder that can be chosen; `changed` is seconds since 1970, `size` bytes."""

    path: Path
    is_folder: bool
    changed: float = 0
    size: int = 0


def typed_path(text: str) -> Path:
    """The path meant by what was typed, or dropped on the terminal: quoted, with escaped blanks, or as a file: address."""
    text = text.strip()
    plain = _path(text)
    if not text or is_there(plain):
        return plain
    if text.startswith("file://"):
        from urllib.request import url2pathname  # which knows drives, and takes a while to load

        return Path(url2pathname(urlsplit(text).path))
    if text[0] == text[-1] and text[0] in "'\"" and len(text) > 1 and text[0] not in text[1:-1]:
        return _path(text[1:-1])
    if os.name == "posix" and any(mark in text for mark in "\\'\""):
        try:
            words = shlex.split(text)
        except ValueError:
            return plain
        return _path(words[0]) if len(words) == 1 else plain
    return plain


def is_there(path: Path) -> bool:
    """Whether there is such a file or folder; a name that no system takes is not there."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _path(text: str) -> Path:
    try:
        return Path(text.replace("\0", "")).expanduser()
    except RuntimeError:  # ~nobody
        return Path(text)


def continuations(text: str, sheets: bool = True) -> list[Entry]:
    """Folders and sheets (or all files) that begin with what was typed, files first."""
    if text in (".", "..", "~") or text.endswith("/.."):
        text += "/"
    folder, beginning = os.path.split(text)
    found = [entry for entry in _entries(_path(folder or "."), sheets) if _begins(entry.path.name, beginning)]
    return sorted(found, key=lambda entry: (entry.is_folder, entry.path.name.casefold()))


def _begins(name: str, beginning: str) -> bool:
    return name.casefold().startswith(beginning.casefold()) and (not name.startswith(".") or beginning.startswith("."))


def completed(text: str, entries: list[Entry]) -> str:
    """What was typed, gone on as far as all `entries` agree; a folder ends in a slash."""
    if not entries:
        return text
    names = [entry.path.name for entry in entries]
    agreed = 0
    while all(len(name) > agreed and name[agreed].casefold() == names[0][agreed].casefold() for name in names):
        agreed += 1
    folder = text[: max(text.rfind("/"), text.rfind(os.sep)) + 1]
    return folder + names[0][:agreed] + ("/" if len(entries) == 1 and entries[0].is_folder else "")


def near(sheets: bool = True, most: int = 12) -> list[Entry]:
    """Workbooks and CSV files (or all files) in the present folder and where downloads usually lie, the newest first."""
    folders = dict.fromkeys(_path(folder).resolve() for folder in _NEAR)
    found = [entry for folder in folders for entry in _entries(folder, sheets) if not entry.is_folder]
    unlikely = {".txt"} if sheets else set()
    kept = (
        entry for entry in found
        if entry.path.suffix.lower() not in unlikely and not entry.path.name.startswith((".", "~$"))
    )  # fmt: skip
    return sorted(kept, key=lambda entry: -entry.changed)[:most]


def _entries(folder: Path, sheets: bool) -> list[Entry]:
    try:
        with os.scandir(folder) as listed:
            return list(_usable(listed, sheets))
    except (OSError, ValueError):
        return []


def _usable(listed: Iterable[os.DirEntry[str]], sheets: bool) -> Iterator[Entry]:
    for _, found in zip(range(_MOST_SEEN), listed, strict=False):
        try:
            if found.is_dir():
                yield Entry(Path(found.path), True)
            elif (not sheets or Path(found.name).suffix.lower() in SHEETS) and found.is_file():
                seen = found.stat()
                yield Entry(Path(found.path), False, seen.st_mtime, seen.st_size)
        except OSError:
            continue
