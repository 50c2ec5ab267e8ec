"""Reading a small file that a user writes by hand: settings, keymap, themes. Whatever stands in its place, reading it ends."""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path
from typing import Any

from .domain.messages import N_, Problem

LARGEST = 500_000
"""Bytes of such a file; written by hand it has a few thousand."""
_LONGEST_LINE = 20_000
_QUIETLY = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


def bytes_of(path: Path) -> bytes:
    """The content of a small ordinary file. Raises FileNotFoundError where there is none, Problem saying why it cannot be
    read in words that go behind the file's name."""
    try:
        if path.is_dir():  # Windows opens no folder
            raise Problem(N_("it is a folder"))
        handle = os.open(path, os.O_RDONLY | _QUIETLY)
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):  # reading a pipe or a device may never end
                raise Problem(N_("it is no ordinary file"))
            if found.st_size > LARGEST:
                raise Problem(N_("it is larger than {most} KB"), most=LARGEST // 1000)
            return file.read(LARGEST)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise Problem(N_("{why}"), why=error.strerror or error) from error


def text_of(path: Path) -> str:
    """The text of a small file. Raises as `bytes_of`."""
    data = bytes_of(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Problem(N_("line {line} is not in UTF-8; save the file as UTF-8"), line=line) from error
    for number, line_text in enumerate(text.split("\n"), 1):
        if len(line_text) > _LONGEST_LINE:
            raise Problem(N_("line {line} is longer than {most} characters"), line=number, most=_LONGEST_LINE)
    return text


def toml_of(text: str) -> dict[str, Any]:
    """What TOML says. Raises tomllib.TOMLDecodeError, also for what ends the parser in other ways."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError:
        raise tomllib.TOMLDecodeError("Brackets too deep inside each other") from None
    except ValueError as error:  # a number of thousands of digits
        raise tomllib.TOMLDecodeError(str(error)) from None
