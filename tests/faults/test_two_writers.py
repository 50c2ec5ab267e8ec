"""Two programs that have one book open and save as fast as they can: everything is there, and no lock reaches the user."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from tests.builders import a_customer, a_session
from tui_crm.config import Settings
from tui_crm.usecases.session import open_session

SAVES = 1_000 if os.environ.get("CRM_FAULTS_LONG") else 40
PROGRAMS = ("red", "blue")

SAVE = """
import sys; from pathlib import Path; from tui_crm.config import Settings
from tui_crm.store.connecting import Busy
from tui_crm.usecases.logging import log; from tui_crm.usecases.session import open_session
book, colour, saves = sys.argv[1:]
session = open_session(Path(book), Settings())
print("ready", flush=True); sys.stdin.readline()
for number in range(int(saves)):
    while True:
        try: log(session, 1, f"{colour} {number}: needs 5000 pcs, will send the drawing >3d call #vip"); break
        except Busy as told: print(told)
session.close()
"""


def test_two_programs_that_save_at_once_lose_nothing(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    session = a_session(tmp_path)
    a_customer(session, name="Acme")
    session.close()
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", SAVE, str(session.book.path), colour, str(SAVES)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for colour in PROGRAMS
    ]
    for program in programs:
        assert program.stdout
        assert program.stdout.readline() == "ready\n"
    waited = 0
    for program in programs:
        assert program.stdin
        program.stdin.write("go\n")
        program.stdin.flush()
    for program in programs:
        out, err = program.communicate(timeout=600)
        assert (program.returncode, err) == (0, "")
        assert all("Another program is writing" in line for line in out.splitlines()), out
        waited += len(out.splitlines())
    found = open_session(session.book.path, Settings())
    notes = [note.partition(":")[0] for (note,) in found.book.rows("SELECT note FROM activity ORDER BY id")]
    assert sorted(notes) == sorted(f"{colour} {number}" for colour in PROGRAMS for number in range(SAVES))
    assert found.book.value("SELECT count(*) FROM op WHERE label LIKE 'Logged%'") == len(notes)
    assert found.book.value("PRAGMA integrity_check(1)") == "ok"
    found.close()
    turns = sum(one.split()[0] != next_.split()[0] for one, next_ in pairwise(notes))
    assert turns
    record_property("done", f"{len(PROGRAMS)} × {SAVES} saves, taking turns {turns} times")
    record_property("found", f"0 lost, {waited} times “try again in a moment”")
