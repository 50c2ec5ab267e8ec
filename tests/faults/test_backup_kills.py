"""A program that is killed while it makes a backup or puts one back leaves no half of either."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import a_customer, a_session
from tui_crm.config import Settings
from tui_crm.store import backups as stored
from tui_crm.usecases import backups, finding
from tui_crm.usecases.session import open_session

from .killing import kill_at_work

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
Property = Callable[[str, object], None]
KILLS = 60 if os.environ.get("CRM_FAULTS_LONG") else 8

BACK_UP = """
import sys; from pathlib import Path; from tui_crm.config import Settings
from tui_crm.usecases import backups; from tui_crm.usecases.session import open_session
session = open_session(Path(sys.argv[1]), Settings())
while True: print(backups.back_up(session).file, flush=True)
"""
PUT_BACK = """
import sys; from pathlib import Path; from tui_crm.config import Settings
from tui_crm.store import backups as stored; from tui_crm.usecases import backups; from tui_crm.usecases.session import open_session
session = open_session(Path(sys.argv[1]), Settings())
both = backups.listed(session)
while True:
    for one in both: print(stored.put_back(session.book, one, session.now), flush=True)
"""


def test_every_backup_there_is_after_a_kill_is_whole(tmp_path: Path, record_property: Property) -> None:
    session = a_session(tmp_path)
    for _ in range(20):
        a_customer(session)
    session.close()
    rng = random.Random(1)
    for _ in range(KILLS):
        kill_at_work(BACK_UP, session.book.path, rng, 0.06)
    there = backups.listed(session)
    assert len(there) >= KILLS
    for backup in there:
        stored.check(backup)
        assert backup.contents.customers == 20
    record_property("done", f"{KILLS} kills")
    record_property("found", f"{len(there)} backups, 0 halves")


def test_a_killed_restore_leaves_the_book_as_it_was_or_as_the_backup(tmp_path: Path, record_property: Property) -> None:
    session = a_session(tmp_path)
    a_customer(session, name="Acme")
    backups.back_up(session)
    for _ in range(20):
        a_customer(session)
    backups.back_up(session)
    session.close()
    rng, seen = random.Random(2), []
    for _ in range(KILLS):
        kill_at_work(PUT_BACK, session.book.path, rng, 0.02)
        found = open_session(session.book.path, Settings())
        seen.append(finding.find(found, "", 50).count)
        assert found.book.value("PRAGMA integrity_check(1)") == "ok"
        found.close()
    assert set(seen) <= {1, 21}
    record_property("done", f"{KILLS} kills")
    record_property("found", f"{seen.count(1)} × one backup, {seen.count(21)} × the other, 0 unusable")
