"""Old and open workbooks (.xls, .ods, .xlsb): read by another process, so that a hostile one cannot take this one along."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import IO, Any

from tui_crm.domain.messages import N_, Message, Problem
from tui_crm.domain.text import clean, visible

from .archives import refuse_damaged
from .tables import MAX_COLUMNS, MAX_ROWS, Cell, CellNote, Progress, Row, Table, fill_down, shown, trimmed

LARGEST = 100_000_000
"""Bytes. A full sheet of Excel 97 (65,536 rows of 40 columns) has 40 MB."""

SILENCE = 20.0
"""Seconds for opening the workbook, and between two rows, after which it is given up."""

_LOOK_EVERY = 0.5
_MOST_CELLS = 10_000_000
_MOST_SHARED = 20_000
_PACKAGE = Path(__file__).parents[2]
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# In the stream of an .xls: the record that begins the workbook, and the one that says how it is encrypted right behind it.
_FILE_PASS = re.compile(rb"\x09\x08[\x08\x10]\x00.{8,16}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
_PROTECTED = N_("{file} is protected with a password. Open it, remove the password, save it, and import again.")
_TOO_MUCH = N_(
    "{file} takes more time or memory to open than a customer list may. Open it, save it as CSV, and import that."
)


def read_old_workbook(data: bytes, file: str, progress: Progress | None = None) -> list[Table]:
    """Every sheet that has cells. Raises Problem where the workbook cannot be read, is protected, or asks for too much."""
    if _is_protected(data):
        raise Problem(_PROTECTED, file=file)
    if len(data) > LARGEST:
        raise Problem(_TOO_MUCH, file=file)
    reading = _Reading(file, progress)
    with _child(data) as lines:
        for line in lines:
            reading.take(*json.loads(line))
    if not reading.whole:
        raise Problem(_TOO_MUCH, file=file)
    return reading.tables


def _is_protected(data: bytes) -> bool:
    """Whether a password is needed, which calamine says of some formats only."""
    if data.startswith(b"PK"):
        unreadable = (KeyError, ValueError, OSError, RuntimeError, zipfile.BadZipFile, zlib.error)
        with suppress(*unreadable), zipfile.ZipFile(io.BytesIO(data)) as archive:
            return b"manifest:encryption-data" in archive.read("META-INF/manifest.xml")
        return False
    return _ENCRYPTED in data or _FILE_PASS.search(data) is not None


@contextmanager
def _child(data: bytes) -> Iterator[Iterator[bytes]]:
    """The lines that the other process writes about `data`; it is ended with the block, or when its time is over."""
    known = os.pathsep.join(filter(None, (str(_PACKAGE), os.environ.get("PYTHONPATH", ""))))
    process = subprocess.Popen(
        [sys.executable, "-m", "tui_crm.exchange.calamine_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": known},
    )
    assert process.stdin is not None and process.stdout is not None
    heard = _Heard()
    feeding = Thread(target=_feed, args=(process.stdin, data), daemon=True)
    watching = Thread(target=_watch, args=(process, heard), daemon=True)
    feeding.start()
    watching.start()
    try:
        yield _told(process.stdout, heard)
    finally:
        heard.over.set()
        process.kill()
        process.wait()
        feeding.join()
        watching.join()
        process.stdout.close()


@dataclass(slots=True)
class _Heard:
    """When the other process last told something (monotonic seconds), and whether it is over."""

    at: float = field(default_factory=monotonic)
    over: Event = field(default_factory=Event)


def _told(stream: IO[bytes], heard: _Heard) -> Iterator[bytes]:
    for line in stream:
        heard.at = monotonic()
        yield line
        heard.at = monotonic()


def _watch(process: subprocess.Popen[bytes], heard: _Heard) -> None:
    """End the other process when it has been silent for too long."""
    while not heard.over.wait(_LOOK_EVERY):
        if monotonic() - heard.at > SILENCE:
            process.kill()


def _feed(stream: IO[bytes], data: bytes) -> None:
    with suppress(OSError), stream:
        stream.write(data)


class _Reading:
    """What the other process has told so far."""

    def __init__(self, file: str, progress: Progress | None) -> None:
        self.file, self.progress = file, progress
        self.tables: list[Table] = []
        self.whole = False
        self._title = ""
        self._rows: dict[int, list[Cell]] = {}
        self._notes: list[CellNote] = []
        self._read = self._cells = 0
        self._shared: dict[str, str] = {}

    def take(self, what: str, *words: Any) -> None:
        """One line. Raises Problem where it is an error, or where it is too much."""
        if what == "row":
            self._take_row(*words)
        elif what == "sheet":
            self._title, self._rows, self._notes = visible(words[0]), {}, []
        elif what == "merged":
            self._finish(words[0])
        elif what == "error":
            if words[0] == "PasswordError":
                raise Problem(_PROTECTED, file=self.file)
            if words[0] == "MemoryError" or "limit exceeded" in words[1]:
                raise Problem(_TOO_MUCH, file=self.file)
            refuse_damaged(self.file, f"{words[0]}: {words[1]}")
        elif what == "end":
            self.whole = True

    def _take_row(self, number: int, cells: list[list[Any]]) -> None:
        if number > MAX_ROWS:
            return
        self._cells += len(cells)
        if self._cells > _MOST_CELLS:
            raise Problem(_TOO_MUCH, file=self.file)
        row: list[Cell] = []
        for column, told in cells:
            value = self._cell(told)
            if column > MAX_COLUMNS:
                message = N_("A cell far to the right, where no customer list reaches; left out.")
                self._notes.append(CellNote(self._title, number, str(column), shown(value), Message(message)))
                continue
            row.extend([None] * (column - len(row)))
            row[column - 1] = value
        self._rows[number] = row
        self._read += 1
        if self.progress and self._read % 1000 == 0:
            self.progress(self._read)

    def _cell(self, told: Any) -> Cell:
        if isinstance(told, list):
            kind, text = told
            made = {"D": datetime.fromisoformat, "d": date.fromisoformat, "t": time.fromisoformat, "s": clean}[kind](
                text
            )
            return made if isinstance(made, date | time | str) else None
        if not isinstance(told, str):
            return told if isinstance(told, bool | int | float) else None
        known = self._shared.get(told)
        if known is None:
            known = clean(told, lines=True)
            if len(self._shared) < _MOST_SHARED:
                self._shared[told] = known
        return known

    def _finish(self, merged: list[list[int]]) -> None:
        fill_down(self._rows, ((first, last, column) for first, last, column in merged))
        rows = (Row(number, trimmed(cells)) for number, cells in self._rows.items())
        table = Table(self._title, tuple(row for row in rows if row.cells), tuple(self._notes))
        if table.rows or table.notes:
            self.tables.append(table)
