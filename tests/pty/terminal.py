"""The real program in a real pseudo-terminal: keys in, an emulated screen and every raw byte out."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import pyte

CRM = (sys.executable, "-m", "tui_crm")
ROOT = Path(__file__).parents[2]
TODAY = "2026-11-18"
"""The Wednesday on which `builders` dates its books."""

_QUERY = re.compile(
    rb"\x1b\[0?(?P<attributes>c)|\x1b\[(?P<status>[56])n|\x1b\[\?(?P<mode>\d+)\$p"
    rb"|\x1b\](?P<colour>1[01]);\?(?:\x07|\x1b\\)|\x1b\[>0?(?P<version>q)"
)
_STATUS = {b"5": b"\x1b[0n", b"6": b"\x1b[1;1R"}
# What pyte would print instead of obeying it.
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<=>][0-9;]*[A-Za-z]|\x1b\[\?[0-9;]*\$p|\x1b[P_\]^X][^\x07\x1b]*(?:\x07|\x1b\\)")
# A sequence at the end of what was read whose rest is still to come.
_UNFINISHED = re.compile(rb"\x1b(?:[P_\]^X][^\x07\x1b]*\x1b?|\[[0-9;?<=>$ ]*)?\Z")

_CONTROL = re.compile(
    r"\x1b\[(?P<csi>[0-?]*[ -/]*[@-~])"
    r"|\x1b(?P<string>[P_\]^X])(?P<body>[^\x07\x1b]*)(?:\x07|\x1b\\|\Z)"
    r"|\x1b(?P<short>[ -/]*[0-~])"
)
BRACKETS = "\x1b[200~", "\x1b[201~"
"""What a terminal puts around what it pastes."""
_BLINK, _BREATH = 0.5, 0.01
_STEPS = 0.02
"""Seconds between two looks at a process that is to end."""


class Output(NamedTuple):
    """What was written to the terminal, taken apart as a terminal does: `controls` are whole sequences, `text` the rest."""

    controls: frozenset[str]
    text: str


def taken_apart(raw: bytes) -> Output:
    """Split what was written into control sequences and text. Bytes that are no UTF-8 stand in the text as surrogates."""
    written = raw.decode("utf-8", "surrogateescape")
    return Output(frozenset(match[0] for match in _CONTROL.finditer(written)), _CONTROL.sub("\n", written))


class Terminal:
    """A program on a terminal of `columns` × `rows`; use it in a `with`, which ends whatever still runs.

    Without `controlling` nobody tells the program that the terminal has gone, as in a container or under `setsid`.
    """

    def __init__(
        self,
        home: Path,
        *words: str,
        program: Sequence[str] = CRM,
        columns: int = 100,
        rows: int = 28,
        controlling: bool = True,
    ) -> None:
        self.raw = bytearray()
        self._carry = b""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process = subprocess.Popen(
            [*program, *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=ROOT,
            env=environment(home),
            start_new_session=True,
            preexec_fn=_take_terminal if controlling else None,
        )
        os.close(theirs)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.hang_up()

    # Keys ------------------------------------------------------------------------------------------------------------

    def send(self, keys: str | bytes) -> None:
        """Type: what these characters are on the wire, all at once."""
        os.write(self._ours, keys.encode("utf-8", "surrogatepass") if isinstance(keys, str) else keys)

    def paste(self, text: str) -> None:
        """Paste as a terminal does that brackets what it pastes."""
        self.send(text.join(BRACKETS))

    # Screen ----------------------------------------------------------------------------------------------------------

    @property
    def shown(self) -> str:
        """The screen, line by line."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def output(self) -> Output:
        """Everything written so far, taken apart."""
        return taken_apart(bytes(self.raw))

    def until(self, wanted: str | Callable[[str], object], seconds: float = 15) -> str:
        """Wait until a text is on the screen, or until the screen is as wanted; returns the screen."""
        fits = (lambda shown: wanted in shown) if isinstance(wanted, str) else wanted
        end = time.monotonic() + seconds
        while not fits(self.shown):
            if not self._read(end - time.monotonic()):
                raise AssertionError(f"{wanted!r} did not come up. The screen:\n{self.shown}")
            while self._read(_BREATH):  # looking at the screen costs more than what is written meanwhile
                pass
        return self.shown

    def without(self, text: str) -> str:
        """Wait until a text is gone from the screen."""
        return self.until(lambda shown: text not in shown)

    def settle(self, seconds: float = 0.25) -> str:
        """Wait until nothing has been written for a while, shorter than the cursor blinks; returns the screen."""
        assert seconds < _BLINK
        while self._read(seconds):
            pass
        return self.shown

    def _read(self, seconds: float) -> bool:
        """Take in one piece of output; False when none came in time or the program has ended."""
        if seconds <= 0 or not select.select([self._ours], [], [], seconds)[0]:
            return False
        try:
            piece = os.read(self._ours, 65536)
        except OSError:  # Linux says so when the last writer has gone
            return False
        self.raw += piece
        self._answer(piece)
        self._emulate(piece)
        return bool(piece)

    def _answer(self, piece: bytes) -> None:
        """Answer what a program asks its terminal."""
        for query in _QUERY.finditer(piece):
            if query["attributes"]:
                answer = b"\x1b[?62;22c"
            elif query["status"]:
                answer = _STATUS[query["status"]]
            elif query["mode"]:
                answer = b"\x1b[?%b;%c$y" % (query["mode"], b"2" if query["mode"] == b"2026" else b"0")
            elif query["colour"]:
                answer = b"\x1b]%b;rgb:1111/1111/1111\x1b\\" % query["colour"]
            else:
                answer = b"\x1bP>|test 1\x1b\\"
            os.write(self._ours, answer)

    def _emulate(self, piece: bytes) -> None:
        piece = self._carry + piece
        unfinished = _UNFINISHED.search(piece)
        self._carry = unfinished[0] if unfinished else b""
        whole = piece[: len(piece) - len(self._carry)]
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", whole))

    # The end ---------------------------------------------------------------------------------------------------------

    def end(self, seconds: float = 10) -> int:
        """Wait for the program to end; returns its exit code, negative for the signal that ended it."""
        until = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < until:
            if self._ours >= 0:
                self._read(_STEPS)
            else:
                time.sleep(_STEPS)
        if self._ours >= 0:
            self.settle(_STEPS)
        if self.process.poll() is None:
            raise AssertionError(f"still running. The screen:\n{self.shown}")
        return self.process.returncode

    def kill(self, by: signal.Signals) -> int:
        """Send a signal and wait for the end."""
        self.process.send_signal(by)
        return self.end()

    def hang_up(self) -> None:
        """Close the window."""
        if self._ours >= 0:
            os.close(self._ours)
            self._ours = -1


def verb(home: Path, *words: str, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    """A verb, outside any terminal; `before` runs in the child first."""
    return subprocess.run(
        [*CRM, *words],
        cwd=ROOT,
        env=environment(home),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=30,
        check=False,
        preexec_fn=before,
    )


def environment(home: Path) -> dict[str, str]:
    """What a program on `home` is started with: nothing of the terminal that the tests run on."""
    foreign: Iterable[str] = ("COLUMNS", "LINES", "NO_COLOR", "LANGUAGE", "LC_MESSAGES", "TERM_PROGRAM")
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return kept | {"CRM_HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}


def _take_terminal() -> None:
    """In the child: make standard input the terminal that governs it."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
