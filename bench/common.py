"""What the benchmarks share: where the books lie, the machine, medians, a table, and a program in a terminal with a stopwatch."""

from __future__ import annotations

import argparse
import compileall
import contextlib
import fcntl
import os
import platform
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from statistics import median as median
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

import tui_crm

TODAY = date(2026, 11, 23)
"""The day the books are made for (`make_book.TODAY`)."""
SIZES = {"1k": 1_000, "100k": 100_000, "1m": 1_000_000}
COLUMNS, LINES = 120, 40
HERE = Path(__file__).parent


def parser(description: str | None, runs: int) -> argparse.ArgumentParser:
    """`--books` and `--runs` of a benchmark, which may add its own."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--books", type=Path, default=HERE / "books", help="folder of 1k.db, 100k.db, 1m.db")
    parser.add_argument("--runs", type=int, default=runs)
    return parser


def arguments(description: str | None, runs: int) -> argparse.Namespace:
    """What such a benchmark was given."""
    return parser(description, runs).parse_args()


def book_file(folder: Path, size: str) -> Path:
    """The book of a size of `SIZES`; ends the benchmark with the command that makes it where there is none."""
    path = folder / f"{size}.db"
    if not path.exists():
        sys.exit(f"missing: python bench/make_book.py --customers {SIZES[size]} --db {path}")
    return path


def machine() -> str:
    """The line that belongs to every figure: processor, cores, Python, day."""
    model = platform.processor() or platform.machine()
    with contextlib.suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), model)
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, {date.today()}"


def p95(values: Sequence[float]) -> float:
    """The 95th percentile."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def show(title: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table with the machine above it."""
    cells = [list(header), *[[f"{c:.2f}" if isinstance(c, float) else str(c) for c in row] for row in rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    print(f"\n{title}\n{machine()}\n")
    for row in cells:
        print("  ".join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))))


def milliseconds(do: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    do()
    return (time.perf_counter() - begun) * 1000


def crm(db: Path, *arguments: str) -> list[str]:
    """The command line of `crm` on a book, in English, on the day the books are made for."""
    return [sys.executable, "-m", "tui_crm", "--db", str(db), "--today", TODAY.isoformat(), "--lang", "en", *arguments]


@contextlib.contextmanager
def environment() -> Iterator[dict[str, str]]:
    """An environment with an empty home of crm's own and a plain modern terminal; all bytecode is made before."""
    compileall.compile_dir(Path(tui_crm.__file__).parent, quiet=2)
    compileall.compile_dir(HERE, quiet=2)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHONDONTWRITE", "TEXTUAL", "NO_COLOR"))}
    with TemporaryDirectory() as home:
        # A day's backup would run beside what is measured.
        (Path(home) / "settings.toml").write_text("[backup]\ndaily = false\n", encoding="utf-8")
        yield kept | {"CRM_HOME": home, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}


class Terminal:
    """A program in a pseudo-terminal. Output is kept as (seconds since the last key or the start, bytes)."""

    def __init__(self, argv: Sequence[str], env: dict[str, str]) -> None:
        self._argv, self._env = argv, env
        self.output: list[tuple[float, bytes]] = []

    def __enter__(self) -> Self:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self._begun = time.perf_counter()
        self.process = subprocess.Popen(
            self._argv, stdin=slave, stdout=slave, stderr=slave, env=self._env, start_new_session=True, close_fds=True
        )
        os.close(slave)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.send_signal(signal.SIGTERM)
        deadline = time.perf_counter() + 5
        while self.process.poll() is None and time.perf_counter() < deadline:
            self._read(0.05)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._master)

    def press(self, keys: str) -> None:
        """Type, and set the stopwatch to zero."""
        self.output = []
        self._begun = time.perf_counter()
        os.write(self._master, keys.encode())

    def until(self, text: str, seconds: float = 20) -> float:
        """Milliseconds until `text` has been written. Ends the benchmark where it never is."""
        wanted, seen = text.encode(), b""
        deadline = time.perf_counter() + seconds
        while time.perf_counter() < deadline:
            if data := self._read(0.1):
                seen = seen[-len(wanted) :] + data
                if wanted in seen:
                    return self.output[-1][0] * 1000
        sys.exit(f"{text!r} never came; the last output was {b''.join(d for _, d in self.output)[-2000:]!r}")

    def quiet(self, seconds: float = 0.3) -> list[tuple[float, bytes]]:
        """All output until nothing has come for some time."""
        while self._read(seconds):
            pass
        return self.output

    def memory(self) -> float:
        """Resident memory of the program, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024

    def _read(self, seconds: float) -> bytes:
        if not select.select([self._master], [], [], seconds)[0]:
            return b""
        try:
            data = os.read(self._master, 1 << 20)
        except OSError:  # the program has ended
            return b""
        self.output.append((time.perf_counter() - self._begun, data))
        return data
