"""What was typed and not saved outlives everything but saving it."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from tests.builders import a_customer, a_session
from tests.store.test_history import contents
from tui_crm.usecases import cards, drafts
from tui_crm.usecases.session import Session

HOSTILE = (
    "\x1b[2J\x1b]0;pwned\x07", "a\x00b", "\ud800x", "\u202egnp.exe", "👨‍👩‍👧‍👦", "e" + "\u0301" * 200, "'; drop table customer;--",
    '{"a": 1}', "\\", '"', "line\nbreak", "null", "深圳，问付款 >3天", " spaces ", "x" * 50_000,
)  # fmt: skip


def file_of(session: Session) -> Path:
    (file,) = session.book.path.parent.glob("*.drafts.json")
    return file


def test_a_draft_is_there_again_in_the_next_session_and_gone_when_saved(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    drafts.keep(session, "uid1", "half a sent")
    drafts.keep(session, "uid1", "half a sentence >3d")
    drafts.keep(session, "uid2", "另一个")
    session.close()

    again = a_session(tmp_path)
    assert drafts.kept(again, "uid1") == "half a sentence >3d"
    assert drafts.all_kept(again) == {"uid1": "half a sentence >3d", "uid2": "另一个"}
    drafts.keep(again, "uid1", "")
    assert (drafts.kept(again, "uid1"), drafts.kept(again, "uid2")) == ("", "另一个")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_was_typed_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    session = a_session(tmp_path)
    drafts.keep(session, "uid", text)
    drafts.keep(session, text, "under a strange name")
    assert (drafts.kept(session, "uid"), drafts.kept(session, text)) == (text, "under a strange name")
    assert b"\x1b" not in file_of(session).read_bytes()


def test_the_newest_are_last_and_the_oldest_go(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    for number in range(60):
        drafts.keep(session, f"uid{number}", f"text {number}")
    drafts.keep(session, "uid30", "again")
    kept = drafts.all_kept(session)
    assert len(kept) == 50
    assert "uid9" not in kept
    assert list(kept.items())[-1] == ("uid30", "again")


def test_keeping_what_is_kept_already_writes_nothing(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    drafts.keep(session, "uid", "text")
    os.utime(file_of(session), (1, 1))
    drafts.keep(session, "uid", "text")
    drafts.keep(session, "other", "")
    assert file_of(session).stat().st_mtime == 1


def test_drafts_are_no_part_of_the_book(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    before = contents(session)
    drafts.keep(session, cards.existing(session, customer).uid, "not saved")
    assert contents(session) == before
    assert drafts.all_kept(a_session(tmp_path, name="other.db")) == {}


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'"x"', b"\xff\xfe", b'{"uid": 3}', b"null"])
def test_a_damaged_file_of_drafts_stops_nothing(tmp_path: Path, content: bytes) -> None:
    session = a_session(tmp_path)
    drafts.keep(session, "uid", "text")
    file_of(session).write_bytes(content)
    assert set(drafts.all_kept(session)) <= {"uid"}
    drafts.keep(session, "uid", "typed on")
    assert drafts.kept(session, "uid") == "typed on"


def test_a_draft_that_cannot_be_written_is_given_up_silently(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    (tmp_path / "book.drafts.json").mkdir()
    drafts.keep(session, "uid", "text")
    assert drafts.kept(session, "uid") == ""
    assert list(tmp_path.glob(".*.new")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="rights of Unix")
def test_only_the_user_can_read_drafts(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    drafts.keep(session, "uid", "their price limit")
    assert stat.S_IMODE(file_of(session).stat().st_mode) == 0o600
    assert json.loads(file_of(session).read_text(encoding="utf-8")) == {"uid": "their price limit"}
