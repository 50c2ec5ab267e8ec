"""A program that is killed while it brings an older book up to date leaves every row, and no half of the copy it keeps."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.test_older_books import ROWS, write
from tui_crm.config import Settings
from tui_crm.store import migrations, schema
from tui_crm.store.book import VERSION
from tui_crm.store.connecting import connect
from tui_crm.usecases import finding, history
from tui_crm.usecases.session import open_session

from .killing import kill_at_work

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
KILLS = 120 if os.environ.get("CRM_FAULTS_LONG") else 4
CUSTOMERS = 200

UPGRADE = """
import shutil, sys; from pathlib import Path; from tui_crm.config import Settings
from tui_crm.usecases.session import open_session
old = Path(sys.argv[1])
number = len(list(old.parent.glob("copy*")))
while True:
    number += 1
    print(number, flush=True)
    home = old.parent / f"copy{number}"
    home.mkdir()
    shutil.copyfile(old, home / "half")
    (home / "half").rename(home / "book.db")
    open_session(home / "book.db", Settings()).close()
"""
"""Bring copies of an old book up to date, one after another."""
OPEN = UPGRADE.partition("old =")[0] + "open_session(Path(sys.argv[1]), Settings()).close()"


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of the first version with many rows in every table, written in two operations."""
    path = tmp_path_factory.mktemp("old") / "old.db"
    with pytest.MonkeyPatch.context() as then:
        then.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        migrations.create(path)
    connection = connect(path)
    write(connection, 1, "Added all", [_insert(table, number) for number in range(CUSTOMERS) for table in ROWS])
    write(connection, 2, "All are cold", [("UPDATE customer SET temperature = 'cold', version = 2", ())])
    connection.close()
    return path


def _insert(table: str, number: int) -> tuple[str, tuple[object, ...]]:
    """A row of the first version, of the customer with that number."""
    own = {"uid", "name", "company_key", "key", "value", "match_key"} if table != "contact" else {"uid"}
    row = {
        name: number + 1
        if name.endswith("id") and isinstance(value, int)
        else f"{value}{number}"
        if name in own
        else value
        for name, value in ROWS[table].items()
    }
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())


def versions(home: Path) -> Iterator[int]:
    """Of the book and of each copy that was kept of it before a step: its version, once it is found to be sound and whole."""
    for file in home.glob("*.db"):
        with closing(sqlite3.connect(file)) as connection:
            assert connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",), file
            for table in ROWS:
                assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (CUSTOMERS,), (file, table)
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        kept = file.stem.partition(".before-v")[2]
        assert not kept or version == int(kept) - 1
        yield version


def test_a_killed_upgrade_leaves_every_row(old: Path, record_property: Callable[[str, object], None]) -> None:
    rng, seen, before = random.Random(6), [], None
    for _ in range(KILLS):
        kill_at_work(UPGRADE, old, rng, 0.4)
        home = max(old.parent.glob("copy*"), key=lambda folder: int(folder.name[4:]), default=None)
        if home in (before, None) or not (home / "book.db").exists():  # not yet begun with the next
            continue
        before = home
        with closing(sqlite3.connect(home / "book.db")) as connection:
            left = int(connection.execute("PRAGMA user_version").fetchone()[0])
        seen.append(left)
        session = open_session(home / "book.db", Settings())
        assert finding.find(session, "acme", 5).count == CUSTOMERS
        history.undo(session)
        assert session.book.value("SELECT count(*) FROM customer WHERE temperature = 'hot'") == CUSTOMERS
        session.close()
        assert max(versions(home)) == VERSION
    between = sum(version < VERSION for version in seen)
    assert seen
    record_property("done", f"{len(seen)} kills, {between} of them in the middle")
    record_property("found", "no row lost, no half copy")


def test_programs_that_upgrade_a_book_at_once_do_it_once(old: Path, tmp_path: Path) -> None:
    book = tmp_path / "book.db"
    book.write_bytes(old.read_bytes())
    programs = [
        subprocess.Popen([sys.executable, "-c", OPEN, str(book)], stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    for program in programs:
        assert (program.communicate(timeout=60)[1], program.returncode) == ("", 0)
    found = sorted(versions(tmp_path))  # who comes between two steps keeps the book of that step too
    assert (found[0], found[-1], found.count(1), found.count(VERSION)) == (1, VERSION, 1, 1)
