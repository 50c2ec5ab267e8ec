"""Killing a program in the middle of what it does over and over."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path


def kill_at_work(script: str, book: Path, rng: random.Random, longest: float) -> None:
    """Run a script on a book that prints a line whenever it has done its work once more; let it, one to three times, and
    kill it within `longest` seconds of the next."""
    process = subprocess.Popen([sys.executable, "-c", script, str(book)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    for _ in range(rng.randrange(1, 4)):
        assert process.stdout.readline()
    time.sleep(rng.uniform(0.001, longest))
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
