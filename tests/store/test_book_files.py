"""A file that is no book, may not be written, or has no room: a clear sentence, exit code 2, and nothing touched."""

from __future__ import annotations

import ctypes
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("rights and devices of Unix", allow_module_level=True)

from tests.pty.terminal import Terminal, verb

CHINESE = ("--lang", "zh_CN")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with one customer, closed in order."""
    home = tmp_path_factory.mktemp("book")
    assert verb(home, "add", "Acme", "--country", "DE", "--today", "2026-10-01").returncode == 0
    return home / "book.db"


@pytest.fixture
def home(book: Path, tmp_path: Path) -> Path:
    shutil.copy2(book, tmp_path / "book.db")
    return tmp_path


def bytes_of(home: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in home.iterdir() if file.is_file()}


# What is no book -----------------------------------------------------------------------------------------------------


def other_program(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()


def newer_program(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = delete")
    connection.execute("PRAGMA user_version = 99")
    connection.close()


def cut_short(path: Path) -> None:
    os.truncate(path, 9000)


def with_lost_pages(path: Path) -> None:
    """All but the first page, which says what the file is."""
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\0" * (len(whole) - 4096))


def with_a_broken_head(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:16] + b"\xff" * 4000)


WRONG: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "empty": (lambda path: path.write_bytes(b""), "is empty", "空文件"),
    "random": (lambda path: path.write_bytes(os.urandom(5000)), "is not a book", "不是本程序的数据文件"),
    "text": (lambda path: path.write_bytes(b"name,country\n"), "is not a book", "不是本程序的数据文件"),
    "only a head": (lambda path: path.write_bytes(b"SQLite format 3\0"), "is damaged", "坏"),
    "broken head": (with_a_broken_head, "is damaged", "坏"),
    "cut short": (cut_short, "is damaged", "坏"),
    "pages lost": (with_lost_pages, "is damaged", "坏"),
    "other program": (lambda path: (path.unlink(), other_program(path)), "another program", "别的程序"),
    "newer program": (newer_program, "newer crm (book version 99, this one knows", "99"),
    "folder": (lambda path: (path.unlink(), path.mkdir()), "is a folder", "文件夹"),
    "pipe": (lambda path: (path.unlink(), os.mkfifo(path)), "is not a book", "不是本程序的数据文件"),
    "link to nothing": (lambda path: (path.unlink(), path.symlink_to("gone")), "cannot be opened", "打不开"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_no_book_is_left_alone(home: Path, kind: str) -> None:
    spoil, english, chinese = WRONG[kind]
    spoil(home / "book.db")
    before = bytes_of(home)
    for words, said in (((), english), (CHINESE, chinese)):
        refused = verb(home, "due", *words)
        assert refused.returncode == 2
        assert refused.stdout == ""
        assert len(refused.stderr.splitlines()) == 1
        assert str(home / "book.db") in refused.stderr
        assert said in refused.stderr
    assert bytes_of(home) == before
    assert {file.name for file in home.iterdir()} == {"book.db"}


@pytest.mark.parametrize("kind", ["other program", "cut short", "pages lost"])
def test_the_program_itself_says_so_too(home: Path, kind: str) -> None:
    spoil, english, _ = WRONG[kind]
    spoil(home / "book.db")
    before = bytes_of(home)
    with Terminal(home) as crm:
        assert crm.end() == 2
    assert english in crm.output.text
    assert "Traceback" not in crm.output.text
    assert bytes_of(home) == before


@pytest.mark.parametrize("name", ["x" * 300, "book.db/inner.db"], ids=["too long", "under a file"])
def test_a_name_that_cannot_be(home: Path, name: str) -> None:
    before = bytes_of(home)
    refused = verb(home, "due", "--db", str(home / name))
    assert (refused.returncode, len(refused.stderr.splitlines())) == (2, 1)
    assert bytes_of(home) == before


# Rights --------------------------------------------------------------------------------------------------------------

_DROP_FROM_BOUNDING_SET, _RIGHTS_TO_EVERYTHING = 24, (1, 2)  # prctl; CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


def without_privileges() -> None:
    """In the child: let the rights of files hold for root too."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for right in _RIGHTS_TO_EVERYTHING:
            libc.prctl(_DROP_FROM_BOUNDING_SET, right, 0, 0, 0)


@pytest.fixture
def rights(tmp_path: Path) -> Iterator[Path]:
    """A folder whose rights hold, and are given back at the end."""
    probe = tmp_path / "probe"
    probe.touch(0o000)
    reads = subprocess.run(["cat", probe], capture_output=True, check=False, preexec_fn=without_privileges)
    if reads.returncode == 0:
        pytest.skip("this user may read and write everything")
    probe.unlink()
    yield tmp_path
    for folder, _, files in os.walk(tmp_path):
        Path(folder).chmod(0o700)
        for file in files:
            (Path(folder) / file).chmod(0o600)


FORBIDDEN = {
    "unreadable file": (0o700, 0o000, "due", "cannot be opened: Permission denied"),
    "read-only folder": (0o500, 0o600, "log", "only be read"),
    "read-only file": (0o700, 0o400, "log", "only be read"),
    "read-only both": (0o500, 0o400, "log", "only be read"),
    "closed folder": (0o000, 0o600, "due", "Permission denied"),
}


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_what_may_not_be_done_is_said(home: Path, rights: Path, kind: str) -> None:
    of_folder, of_file, word, said = FORBIDDEN[kind]
    words = (word,) if word == "due" else (word, "acme", "they want 5000 pcs")
    before = bytes_of(home)
    (home / "book.db").chmod(of_file)
    home.chmod(of_folder)
    refused = verb(home, *words, before=without_privileges)
    assert refused.returncode == 2
    assert said in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    for file in (home, home / "book.db"):
        file.chmod(0o700)
    assert bytes_of(home)["book.db"] == before["book.db"]


def test_no_book_is_made_where_nothing_may_be_written(rights: Path) -> None:
    rights.chmod(0o500)
    for words, said in (
        ((), "No book can be made in"),
        (("--lang", "zh_CN"), "换个地方"),
        (("--demo",), "No book can be made in"),
    ):
        refused = verb(rights, "due", *words, before=without_privileges)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert said in refused.stderr
    assert list(rights.iterdir()) == []


def test_everything_is_private(home: Path) -> None:
    """Whatever the umask, nobody else reads the book or what the program keeps beside it."""
    (home / "book.db").unlink()
    verb(home, "add", "Acme", "--country", "DE", "--today", "2026-10-01")
    with Terminal(home, "--today", "2026-11-18") as crm:
        crm.until("Last entries")
        crm.send("l")
        crm.until("Log: Acme")
        crm.send("they want blue boxes")
        crm.until("e-mail  they want blue boxes")
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in home.iterdir()}
    assert modes == dict.fromkeys(("book.db", "book.db-wal", "book.db-shm", "book.drafts.json"), 0o600)


# A full disk ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if (
        sys.platform != "linux"
        or shutil.which("mount") is None
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("no small disk can be mounted here (needs root on Linux)")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def fill(disk: Path) -> Path:
    """Take all the room there is."""
    filling = disk / "filling"
    with filling.open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * 4096):
                pass
        except OSError:
            return filling
    raise AssertionError


def test_a_full_disk_still_shows_the_book_and_saves_again_later(book: Path, small_disk: Path) -> None:
    shutil.copy2(book, small_disk / "book.db")
    assert verb(small_disk, "log", "acme", "they want 5000 pcs").returncode == 0
    before = (small_disk / "book.db").read_bytes()
    filling = fill(small_disk)

    for words in (("find", ""), ("show", "acme"), ("due",), ("history",)):
        read = verb(small_disk, *words)
        assert (read.returncode, read.stderr) == (0, "")
    for words, said in (((), "The disk is full: nothing was saved."), (CHINESE, "磁盘满了")):
        refused = verb(small_disk, "log", "acme", "they want blue boxes", *words)
        assert refused.returncode == 2
        assert refused.stderr.startswith(said)
    assert (small_disk / "book.db").read_bytes() == before

    filling.unlink()
    assert verb(small_disk, "log", "acme", "they want blue boxes").returncode == 0
    shown = verb(small_disk, "show", "acme").stdout
    assert "they want 5000 pcs" in shown
    assert "they want blue boxes" in shown


def test_a_disk_that_fills_up_under_the_program(book: Path, small_disk: Path) -> None:
    shutil.copy2(book, small_disk / "book.db")
    with Terminal(small_disk, "--today", "2026-11-18") as crm:
        crm.until("Last entries")
        crm.send("l")
        crm.until("Log: Acme")
        filling = fill(small_disk)
        crm.send("they want blue boxes\r")
        crm.until("The disk is full: nothing was saved.")
        filling.unlink()
        crm.send("\r")
        crm.until("Saved: Acme")
        crm.send("\x11")
        assert crm.end() == 0
    assert verb(small_disk, "show", "acme").stdout.count("they want blue boxes") == 1


def test_no_book_is_made_on_a_full_disk(small_disk: Path) -> None:
    fill(small_disk)
    refused = verb(small_disk, "due")
    assert refused.returncode == 2
    assert "disk is full" in refused.stderr
    assert [file.name for file in small_disk.iterdir()] == ["filling"]
