"""A program that is killed while it encrypts a book, changes its key or decrypts it leaves one whole book."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import a_customer, a_session
from tui_crm.config import Settings
from tui_crm.store import encrypting, keys
from tui_crm.usecases.session import is_encrypted, open_session

from .killing import kill_at_work

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
KILLS = 60 if os.environ.get("CRM_FAULTS_LONG") else 8
KEYS = [keys.Key(bytes([number]) * 32, bytes([number]) * 16) for number in (1, 2)]

REWRITE = """
import sys; from pathlib import Path; from tui_crm.store import encrypting, keys
both = [keys.Key(bytes([number]) * 32, bytes([number]) * 16) for number in (1, 2)]
for key in both: keys.hold(key)
while True:
    for key in (*both, None): encrypting.rewrite(Path(sys.argv[1]), key); print("done", flush=True)
"""


def test_a_killed_change_leaves_one_whole_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    for key in KEYS:
        monkeypatch.setitem(keys._held, key.salt, key)
    session = a_session(tmp_path)
    for _ in range(20):
        a_customer(session)
    session.close()
    book, rng, seen = session.book.path, random.Random(3), set()
    for _ in range(KILLS):
        kill_at_work(REWRITE, book, rng, 0.25)
        seen.add(keys.salt_of(book) if is_encrypted(book) else None)
        found = open_session(book, Settings())
        assert found.book.value("SELECT count(*) FROM customer") == 20
        assert found.book.value("PRAGMA integrity_check(1)") == "ok"
        assert not found.book.encrypted or not found.book.rows("PRAGMA cipher_integrity_check")
        found.close()
    assert len(seen) > 1
    encrypting.rewrite(book, None)
    assert [file.name for file in tmp_path.iterdir()] == [book.name]
    record_property("done", f"{KILLS} kills")
    record_property("found", f"{len(seen)} of 3 states seen, 0 bad")
