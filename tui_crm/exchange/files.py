"""The bytes of a file that was handed to an import, once it is sure that they are a whole file of a kind that holds tables."""

from __future__ import annotations

import stat
from pathlib import Path

from tui_crm.domain.messages import N_, Problem
from tui_crm.domain.spelling import most_like
from tui_crm.domain.text import visible

LARGEST_FILE = 500_000_000
"""Bytes. An honest workbook of a million rows unpacks to 313 MB; nothing a sales team keeps is larger."""

_UNFINISHED = (".part", ".crdownload", ".download", ".partial", ".tmp")
_LOCKS = ("~$", ".~lock.")
_POINTER = b"version https://git-lfs.github.com/spec/"
_NOT_A_TABLE = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b": "gzip",
    b"SQLite format 3": "SQLite",
    b"{\\rtf": "RTF",
    b"MIME-Version:": "MHTML",
    b"BEGIN:VCALENDAR": "iCalendar",
}


def content_of(path: Path) -> bytes:
    """The content of a regular file that nobody is writing. Raises Problem for anything else, saying what to do."""
    file = visible(path.name)
    try:
        before = path.stat()
        _refuse_what_is_no_file(before.st_mode, path)
        _refuse_by_name(file)
        if before.st_size > LARGEST_FILE:
            raise Problem(
                N_("{file} is larger than {limit} MB. Split it into smaller files and import them one after another."),
                file=file,
                limit=LARGEST_FILE // 1_000_000,
            )
        data = path.read_bytes()
        after = path.stat()
    except FileNotFoundError as error:
        raise _missing(path) from error
    except OSError as error:
        raise Problem(
            N_("{file} cannot be opened: {why}"), file=visible(str(path)), why=error.strerror or error
        ) from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        raise Problem(N_("{file} is just being written. Wait until it is saved, then import again."), file=file)
    _refuse_by_content(data, file)
    return data


def _missing(path: Path) -> Problem:
    """There is no such file, perhaps one with a name that is much like it."""
    there = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
    near = most_like(path.name, there)
    if not near:
        return Problem(N_("There is no file {file}."), file=visible(str(path)))
    return Problem(N_("There is no file {file}. Did you mean {near}?"), file=visible(str(path)), near=visible(near))


def _refuse_what_is_no_file(mode: int, path: Path) -> None:
    if stat.S_ISDIR(mode):
        raise Problem(N_("{file} is a folder. Choose one of the files in it."), file=visible(str(path)))
    if not stat.S_ISREG(mode):  # reading a pipe or a device may never end
        raise Problem(N_("{file} is no ordinary file. Save it to disk and import that."), file=visible(str(path)))


def _refuse_by_name(file: str) -> None:
    if file.startswith(_LOCKS):
        raise Problem(
            N_("{file} only marks that a workbook is open. Import the workbook itself, without “~$” before its name."),
            file=file,
        )
    if file.casefold().endswith(_UNFINISHED):
        raise Problem(N_("{file} is not downloaded to the end. Wait for it, then import the finished file."), file=file)


def _refuse_by_content(data: bytes, file: str) -> None:
    if not data.strip():
        raise Problem(N_("{file} is empty. Choose the file that holds your customers."), file=file)
    if data.startswith(_POINTER):
        raise Problem(
            N_("{file} only points to a file kept elsewhere (Git LFS). Fetch it with `git lfs pull`, then import it."),
            file=file,
        )
    for start, kind in _NOT_A_TABLE.items():
        if data.startswith(start):
            raise Problem(
                N_("{file} is a {format} file, not a table. Import an .xlsx or CSV file."), file=file, format=kind
            )
    if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") and _is_json(data):
        raise Problem(
            N_("{file} is a {format} file, not a table. Import an .xlsx or CSV file."), file=file, format="JSON"
        )


def _is_json(data: bytes) -> bool:
    import json

    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
