"""The shim of `shim.c`: building it, running a program under it, and what a power cut would have left of its files."""

from __future__ import annotations

import ast
import os
import random
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
"""Bytes that a disk writes whole or not at all."""
_HEAD = struct.Struct("<cIqq")
_SOURCE = Path(__file__).with_name("shim.c")


def is_possible() -> bool:
    """Whether the shim can be built here."""
    return sys.platform == "linux" and shutil.which("cc") is not None


def build(folder: Path) -> Path:
    """Compile the shim into `folder`."""
    made = folder / "shim.so"
    subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", str(made), str(_SOURCE), "-ldl"], check=True)
    return made


def run(shim: Path, script: str, home: Path, log: Path) -> subprocess.CompletedProcess[str]:
    """Run a Python script on the files in `home`, and write down what it does to them."""
    environment = _environment(shim, home) | {"CRM_FAULT_LOG": str(log)}
    command = [sys.executable, "-c", script, str(home)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def _environment(shim: Path, folder: Path) -> dict[str, str]:
    asked = {"CRM_FAULT_DIR": str(folder), "LD_PRELOAD": str(shim), "PYTHONDONTWRITEBYTECODE": "1"}
    return {**os.environ, **asked}


_FORKING = """
import contextlib, ctypes, io, os, sys, traceback
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
    sys.argv = ["", sys.argv[1]]; exec(SCRIPT)
arm = ctypes.CDLL(None).crm_fault_arm
for line in sys.stdin:
    at, error, go_on, home = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if not child:
        arm(int(at), int(go_on), int(error)); sys.argv[1] = home
        said, code = io.StringIO(), 0
        with contextlib.redirect_stdout(said):
            try: exec(SCRIPT, {})
            except SystemExit: pass
            except BaseException: code = 1; traceback.print_exc(file=said)
        os.write(1, repr((code, said.getvalue())).encode() + b"\\n"); os._exit(0)
    os.waitpid(child, 0)
"""
"""Runs the script once, which loads all it needs, and then again and again in forks of itself, each with its own failing call."""


class Failing:
    """Runs of a Python script in which one writing, syncing or truncating call fails, or all from then on. Use it in a `with`."""

    def __init__(self, shim: Path, script: str, trial: Path) -> None:
        """`trial` is a folder of files to run it on once without any failure; all others are to lie beside it."""
        command = [sys.executable, "-c", f"SCRIPT = {script!r}\n{_FORKING}", str(trial)]
        self._process = subprocess.Popen(
            command, env=_environment(shim, trial.parent), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Failing:
        return self

    def __exit__(self, *raised: object) -> None:
        self._process.kill()
        self._process.communicate()

    def run(self, home: Path, at: int, error: int, go_on: bool) -> tuple[int, str]:
        """One run on the files in `home` in which call number `at` fails: exit code, and what was printed."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{at}\t{error}\t{int(go_on)}\t{home}\n")
        self._process.stdin.flush()
        code, said = ast.literal_eval(self._process.stdout.readline())
        return int(code), str(said)


@dataclass(frozen=True, slots=True)
class Event:
    """One call: `w`rite, `t`runcate, `s`ync or `u`nlink of a file."""

    kind: str
    file: str
    offset: int
    data: bytes


def events(log: Path) -> list[Event]:
    """What was done, in order."""
    return list(_read(log.read_bytes()))


def _read(raw: bytes) -> Iterator[Event]:
    at = 0
    while at < len(raw):
        kind, name, offset, length = _HEAD.unpack_from(raw, at)
        at += _HEAD.size
        file = raw[at : at + name].decode()
        at += name
        yield Event(kind.decode(), Path(file).name, offset, raw[at : at + length])
        at += length


@dataclass(slots=True)
class Disk:
    """What is safely on the disk of each file, and what the system may or may not have written yet."""

    safe: dict[str, bytearray] = field(default_factory=dict)
    pending: dict[str, list[Event]] = field(default_factory=dict)

    def do(self, event: Event) -> None:
        """One more call. A sync brings everything of its file to the disk; an unlink is there at once."""
        if event.kind == "s":
            self.safe[event.file] = _after(self.safe.get(event.file, bytearray()), self.pending.pop(event.file, []))
        elif event.kind == "u":
            self.safe.pop(event.file, None)
            self.pending.pop(event.file, None)
        else:
            self.pending.setdefault(event.file, []).append(event)

    def cut(self, rng: random.Random, folder: Path) -> None:
        """The power fails: write what is left into `folder`. Of what was not synced some was written, in any order; the
        last of it perhaps only in part."""
        for file in {*self.safe, *self.pending}:
            waiting = self.pending.get(file, [])
            done = [event for event in waiting if rng.random() < rng.choice((0.0, 0.5, 1.0))]
            if rng.random() < 0.3:
                rng.shuffle(done)
            if done and done[-1].kind == "w" and rng.random() < 0.5:
                last = done.pop()
                whole = rng.randrange(len(last.data) // SECTOR + 1) * SECTOR
                done.append(Event("w", file, last.offset, last.data[:whole]))
            left = _after(self.safe.get(file, bytearray()), done)
            if file in self.safe or done:
                (folder / file).write_bytes(left)


def _after(content: bytearray, done: Sequence[Event]) -> bytearray:
    content = bytearray(content)
    for event in done:
        if event.kind == "t":
            del content[event.offset :]
            content.extend(bytes(event.offset - len(content)))
            continue
        content.extend(bytes(max(0, event.offset - len(content))))
        content[event.offset : event.offset + len(event.data)] = event.data
    return content
