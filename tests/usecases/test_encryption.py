"""An encrypted book: nothing of it is readable without the passphrase, nothing is lost, and copies stay encrypted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlcipher3 import dbapi2

from tests.builders import a_customer, a_session, in_days
from tui_crm.config import Settings
from tui_crm.domain import passphrases
from tui_crm.domain.messages import Problem
from tui_crm.store import keys
from tui_crm.usecases import backups, doctor, drafts, encryption, finding, history, planning, unlocking
from tui_crm.usecases.session import Session, is_encrypted, open_session

WORDS = "walnut déjà 外贸 harbour"
NAME = "Österreichische Kaffeerösterei"


@pytest.fixture(autouse=True)
def forgotten() -> None:
    keys._held.clear()


def a_book(tmp_path: Path) -> Session:
    session = a_session(tmp_path)
    customer = a_customer(session, "hot", name=NAME, promised=in_days(1))
    planning.snooze(session, customer, "3")
    drafts.keep(session, "somebody", "half a note about Kaffeerösterei")
    return session


def everything(session: Session) -> object:
    return [
        session.book.rows(f"SELECT * FROM {table}") for table in ("customer", "activity", "op", "change", "standing")
    ]


def test_a_book_goes_into_encryption_and_out_of_it_whole(tmp_path: Path) -> None:
    session = a_book(tmp_path)
    before = everything(session)
    encryption.encrypt(session, WORDS)
    assert b"Kaffee" not in b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    keys._held.clear()
    with pytest.raises(Problem, match="passphrase has not been given"):
        open_session(session.book.path, Settings())
    assert not unlocking.unlock(session.book.path, "walnut")
    assert unlocking.unlock(session.book.path, WORDS)
    opened = open_session(session.book.path, Settings())
    assert everything(opened) == before
    assert finding.find(opened, "kaffeer", 5).rows[0].name == NAME
    assert drafts.kept(opened, "somebody") == "half a note about Kaffeerösterei"
    history.undo(opened)
    assert {
        found.state for found in doctor.examine(opened) if found.check in ("file", "tables", "search", "encryption")
    } == {doctor.State.SOUND}
    before = everything(opened)
    encryption.decrypt(opened)
    plain = open_session(session.book.path, Settings())
    assert everything(plain) == before
    assert drafts.kept(plain, "somebody") == "half a note about Kaffeerösterei"
    plain.close()


def test_any_tool_for_such_files_opens_it_with_the_passphrase(tmp_path: Path) -> None:
    session = a_book(tmp_path)
    encryption.encrypt(session, WORDS)
    other = dbapi2.connect(str(session.book.path))
    other.execute(f"PRAGMA key = '{WORDS}'")
    assert other.execute("SELECT name FROM customer").fetchall() == [(NAME,)]
    other.close()


def test_backups_are_encrypted_and_never_mixed_with_plain_ones(tmp_path: Path) -> None:
    session = a_book(tmp_path)
    plain = backups.back_up(session)
    encryption.encrypt(session, WORDS)
    session = open_session(session.book.path, Settings())
    left = encryption.left_open(session)
    assert encryption.paths(left) == [plain.file]
    kept = backups.back_up(session)
    assert is_encrypted(kept.file)
    with pytest.raises(Problem, match="not encrypted"):
        backups.restore(session, plain)
    a_customer(session, name="later")
    backups.restore(session, kept)
    session.close()
    encryption.change(open_session(session.book.path, Settings()), "another passphrase")
    session = open_session(session.book.path, Settings())
    assert encryption.paths(encryption.left_open(session))[-1:] == [plain.file]
    backups.restore(session, kept)  # its passphrase is still known to this process
    assert session.book.value("SELECT count(*) FROM customer") == 1
    session.close()
    encryption.decrypt(open_session(session.book.path, Settings()))
    session = open_session(session.book.path, Settings())
    with pytest.raises(Problem, match="is encrypted, but the book is not"):
        backups.restore(session, kept)
    assert encryption.remove(left) == 1
    assert not plain.file.exists()
    session.close()


def test_a_book_that_is_open_elsewhere_is_left_alone(tmp_path: Path) -> None:
    session = a_book(tmp_path)
    other = open_session(session.book.path, Settings())
    with pytest.raises(Problem, match="another window"):
        encryption.encrypt(session, WORDS)
    assert other.book.value("SELECT count(*) FROM customer") == 1
    assert not is_encrypted(session.book.path)
    other.close()


def test_one_changed_byte_is_found_and_the_backup_can_still_be_put_back(tmp_path: Path) -> None:
    session = a_book(tmp_path)
    encryption.encrypt(session, WORDS)
    session = open_session(session.book.path, Settings())
    kept = backups.back_up(session)
    page = session.book.value("SELECT rootpage FROM sqlite_master WHERE name = 'change'")
    session.close()
    whole = session.book.path.read_bytes()
    at = 4096 * page - 2000
    session.book.path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    found = next(doctor.examine(open_session(session.book.path, Settings())))
    assert (found.check, found.state) == ("file", doctor.State.ATTENTION)
    session.book.path.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    keys._held.clear()
    assert unlocking.unlock(session.book.path, WORDS)
    with pytest.raises(Problem, match="damaged"):
        open_session(session.book.path, Settings())
    backups.restore_unreadable(session.book.path, kept, session.clock)
    assert open_session(session.book.path, Settings()).book.value("SELECT count(*) FROM customer") == 1


@pytest.mark.parametrize(
    "bad", ["", "short", "with\0zero bytes", "two\nlines of it", "x'" + "0" * 64 + "'", "X'abcdef12'"]
)
def test_what_cannot_be_a_passphrase_is_refused(tmp_path: Path, bad: str) -> None:
    session = a_book(tmp_path)
    with pytest.raises(Problem):
        encryption.encrypt(session, bad)
    assert not is_encrypted(session.book.path)


def test_weak_passphrases_get_advice() -> None:
    assert passphrases.advice("20261118")
    assert passphrases.advice("aaaabbbbaaaabbbbaaaa")
    assert passphrases.advice("Kaffee2026")
    assert passphrases.advice("walnut harbour seven lamps") is None


def test_a_keyring_keeps_the_key_and_never_the_passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[tuple[str, str], str] = {}
    keyring = SimpleNamespace(
        get_password=lambda *whose: kept.get(whose),
        set_password=lambda service, user, secret: kept.update({(service, user): secret}),
        delete_password=lambda *whose: kept.pop(whose),
    )
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    session = a_book(tmp_path)
    book = session.book.path
    encryption.encrypt(session, WORDS)
    assert unlocking.keep_in_keyring(book)
    assert "walnut" not in str(kept)
    keys._held.clear()
    assert unlocking.unlock_by_keyring(book)
    encryption.change(open_session(book, Settings()), "another passphrase")
    keys._held.clear()
    assert not unlocking.unlock_by_keyring(book)  # what it has is stale: the passphrase is asked for
    unlocking.drop_from_keyring(book)
    unlocking.drop_from_keyring(book)
    assert not kept


@pytest.mark.skipif(sys.platform == "win32", reason="core dumps")
def test_an_open_encrypted_book_leaves_no_core_and_no_key_in_print(tmp_path: Path) -> None:
    session = a_book(tmp_path)
    encryption.encrypt(session, WORDS)
    look = (
        "import resource, sys; from pathlib import Path; from tui_crm.store import keys; from tui_crm.usecases import unlocking\n"
        "book = Path(sys.argv[1]); unlocking.unlock(book, sys.stdin.read()); print(resource.getrlimit(resource.RLIMIT_CORE)[0], keys.held(book))"
    )
    said = subprocess.run([sys.executable, "-c", look, str(session.book.path)], input=WORDS, capture_output=True,
                          text=True, check=True, env={**os.environ, "PYTHONUTF8": "1"})  # fmt: skip
    assert said.stdout == "0 Key(…)\n"
    assert said.stderr == ""
