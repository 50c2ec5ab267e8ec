"""Whatever happens to the machine while an entry is saved: what was called saved is there, and the book is sound.

Short here; `make faults` runs every point and hundreds of cuts.
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import a_customer, a_session
from tui_crm.config import Settings
from tui_crm.domain.messages import Problem
from tui_crm.usecases.session import open_session

from . import shim

Property = Callable[[str, object], None]
LONG = bool(os.environ.get("CRM_FAULTS_LONG"))
KILLS, CUTS = (500, 400) if LONG else (6, 60)
POINTS = 24
WAYS = ((errno.EIO, False), (errno.ENOSPC, False), (errno.EIO, True), (errno.ENOSPC, True))
"""How a call can fail: with which error, and whether all later ones fail too."""
SAVES = 12

SAVE = f"""
import sys; from pathlib import Path; from tui_crm.config import Settings
from tui_crm.domain.messages import Problem
from tui_crm.usecases.logging import log; from tui_crm.usecases.session import open_session
home = Path(sys.argv[1])
try: session = open_session(home / "book.db", Settings())
except Problem as problem: print("refused", problem); sys.exit()
acks = open(home / "acks", "ab", buffering=0)
forever = len(sys.argv) > 2
number = int(session.book.value("SELECT count(*) FROM activity"))
last = number + {SAVES}
print("ready", flush=True)
while forever or number < last:
    number += 1
    try: log(session, 1, f"entry {{number}}: needs 5000 pcs, will send the drawing >3d call #vip")
    except Problem as problem: print("refused", problem, flush=True); continue
    acks.write(b"%d\\n" % number)
session.close()
"""

linux_with_a_compiler = pytest.mark.skipif(not shim.is_possible(), reason="needs Linux and a C compiler")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    made.mkdir()
    session = a_session(made)
    a_customer(session, name="Acme")
    session.close()
    return made


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shim.build(tmp_path_factory.mktemp("shim"))


def check(home: Path, acknowledged: set[int]) -> None:
    """The book opens, is sound, has every acknowledged entry once, and no half of any."""
    session = open_session(home / "book.db", Settings())
    assert session.book.value("PRAGMA integrity_check(1)") == "ok"
    notes = [row[0] for row in session.book.rows("SELECT note FROM activity")]
    numbers = [int(note.split()[1].rstrip(":")) for note in notes]
    assert acknowledged <= set(numbers)
    assert len(numbers) == len(set(numbers))
    whole = (
        "SELECT count(*) FROM op WHERE label LIKE 'Logged%' AND id IN (SELECT op_id FROM change WHERE tbl = 'activity')"
    )
    assert session.book.value(whole) == len(numbers)
    assert session.book.value("SELECT op_id FROM op_now") is None
    session.close()


def acks(file: Path) -> set[int]:
    """What was called saved; a line that was cut off does not count."""
    text = file.read_bytes() if file.exists() else b""
    return {int(line) for line in text[: text.rfind(b"\n") + 1].split()}


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_saved_entries_survive_the_death_of_the_program(home: Path, record_property: Property) -> None:
    rng = random.Random(3)
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", SAVE, str(home), "forever"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        enough = len(acks(home / "acks")) + rng.randrange(1, 12)
        while len(acks(home / "acks")) < enough and process.poll() is None:
            time.sleep(0.002)
        time.sleep(rng.uniform(0, 0.01))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        check(home, acks(home / "acks"))
    saved = len(acks(home / "acks"))
    assert saved >= KILLS
    record_property("done", f"{KILLS} kills")
    record_property("found", f"{saved:,} entries saved, 0 lost, 0 halves")


@linux_with_a_compiler
def test_saved_entries_survive_a_power_cut(
    home: Path, library: Path, tmp_path: Path, record_property: Property
) -> None:
    log = tmp_path / "log"
    before = {file.name: bytearray(file.read_bytes()) for file in home.iterdir()}
    done = shim.run(library, SAVE, home, log)
    assert done.returncode == 0, done.stderr
    history = shim.events(log)
    rng = random.Random(4)
    for cut in range(CUTS):
        at = rng.randrange(len(history))
        disk = shim.Disk(safe={name: bytearray(content) for name, content in before.items()})
        said: list[bytes] = []
        for event in history[:at]:
            if event.file == "acks":
                said.append(event.data)
            elif not event.file.endswith("-shm"):  # made anew at the next start
                disk.do(event)
        left = tmp_path / f"cut{cut}"
        left.mkdir()
        disk.cut(rng, left)
        check(left, {int(number) for number in b"".join(said).split()})
        shutil.rmtree(left)
    record_property("done", f"{CUTS} cuts among {len(history):,} calls")
    record_property("found", "0 lost, 0 unsound")


@linux_with_a_compiler
def test_every_failing_call_is_told_and_costs_at_most_what_was_not_saved(
    home: Path, library: Path, tmp_path: Path, record_property: Property
) -> None:
    log = tmp_path / "log"
    trial = shutil.copytree(home, tmp_path / "trial")
    shim.run(library, SAVE, trial, log)
    calls = sum(event.kind in "wst" and event.file != "acks" for event in shim.events(log))
    ways = [(point, *way) for point in range(1, calls + 1) for way in WAYS]
    tried = ways if LONG else random.Random(5).sample(ways, POINTS)
    refused = 0
    with shim.Failing(library, SAVE, shutil.copytree(home, tmp_path / "warm")) as failing:
        for point, error, go_on in tried:
            there = shutil.copytree(home, tmp_path / f"point{point}-{error}-{go_on}")
            code, said = failing.run(there, point, error, go_on)
            assert code == 0, said
            refused += "refused" in said
            check(there, acks(there / "acks"))
            shutil.rmtree(there)
    record_property("done", f"{SAVES} saves, {calls} calls, {len(tried):,} runs")
    record_property("found", f"told in {refused:,} runs, borne in the others; 0 lost, 0 unsound")


def test_a_full_disk_still_reads_and_goes_on_when_there_is_room(home: Path) -> None:
    session = open_session(home / "book.db", Settings())
    most = session.book.value("PRAGMA page_count")
    session.book.value(f"PRAGMA max_page_count = {most}")
    from tui_crm.usecases.logging import log

    with pytest.raises(Problem, match="full"):
        for _ in range(2000):
            log(session, 1, "needs 5000 pcs, will send the drawing " * 20 + ">3d call")
    saved = session.book.value("SELECT count(*) FROM activity")
    session.book.value("PRAGMA max_page_count = 1000000")
    log(session, 1, "there is room again, they need 5000 pcs >3d call")
    assert session.book.value("SELECT count(*) FROM activity") == saved + 1
    session.close()
