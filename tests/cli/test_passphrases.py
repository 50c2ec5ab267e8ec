"""Passphrases come from a terminal or from standard input, and are never said again."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Crm
from tui_crm.store import keys

FIRST, SECOND = "first of all words", "second thoughts 22"


@pytest.fixture
def said(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Answer]]:
    """Run a verb in a process that knows no key yet, with these lines on standard input."""

    def run(*words: str, lines: tuple[str, ...] = ()) -> Answer:
        keys._held.clear()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("".join(f"{line}\n" for line in lines).encode())))
        answer = crm(*words)
        assert not any(line in answer.out + answer.err for line in lines)
        return answer

    yield run
    keys._held.clear()


def test_from_encrypting_to_decrypting(said: Callable[..., Answer], home: Path) -> None:
    assert said("add", "Acme", "--country", "DE").code == 0
    assert said("backup").code == 0
    shown = said("encrypt", "--dry-run")
    assert ".backups" in shown.out
    assert "What stays readable" in shown.out
    assert said("encrypt", lines=("short",)).code == 2
    assert said("encrypt", "--remove-plain-backups", lines=(FIRST,)).code == 0
    (backup,) = (home / "book.db.backups").glob("*.db")
    assert not backup.read_bytes().startswith(b"SQLite")

    assert "--passphrase-stdin" in said("due", lines=(FIRST,)).err
    assert said("due", "--passphrase-stdin", lines=(SECOND,)).code == 2
    assert "Acme" in said("find", "acme", "--passphrase-stdin", lines=(FIRST,)).out

    assert said("passphrase", lines=(FIRST, SECOND)).code == 0
    refused = said("restore", "1", "--yes", "--passphrase-stdin", lines=(SECOND,))
    assert refused.code == 2  # the backup has the first passphrase
    assert said("doctor", "--passphrase-stdin", lines=(SECOND,)).code != 2
    assert said("restore", "1", "--yes", "--passphrase-stdin", lines=(SECOND, FIRST)).code == 0

    assert said("passphrase", "--sheet", str(home / "sheet.html"), lines=(SECOND,)).code == 0
    sheet = (home / "sheet.html").read_text()
    assert str(home / "book.db") in sheet
    assert SECOND not in sheet
    assert said("passphrase", "--sheet", str(home / "other.txt"), "--with-passphrase", lines=(SECOND,)).code == 2

    assert said("decrypt", lines=(SECOND,)).code == 2  # nobody said yes
    assert said("decrypt", "--yes", lines=(SECOND,)).code == 0
    assert "Acme" in said("find", "acme").out


def test_a_wrong_passphrase_never_lets_a_backup_take_the_book_s_place(said: Callable[..., Answer], home: Path) -> None:
    said("add", "Acme", "--country", "DE")
    said("backup")
    said("encrypt", lines=(FIRST,))
    before = (home / "book.db").read_bytes()
    assert said("restore", "1", "--yes", "--passphrase-stdin", lines=(SECOND,)).code == 2
    assert said("restore", "1", "--yes").code == 2
    assert (home / "book.db").read_bytes() == before
