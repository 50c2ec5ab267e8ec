"""Files kept with a customer: private, whole, each content once."""

import os
from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session
from tui_crm.domain.messages import Problem
from tui_crm.store import attachments as store
from tui_crm.usecases import attachments, cards, history
from tui_crm.usecases.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return a_session(tmp_path)


def a_file(folder: Path, name: str = "Quotation.pdf", content: bytes = b"%PDF hello") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def keep(session: Session, customer: int, file: Path) -> attachments.Attachment:
    return attachments.attach(session, customer, file.name, attachments.take_in(session.book.path, file))


def stored(session: Session) -> list[Path]:
    return [path for path in store.folder_of(session.book.path).rglob("*") if path.is_file()]


def test_a_file_is_kept_whole_and_private(session: Session, tmp_path: Path) -> None:
    customer = a_customer(session)
    kept = keep(session, customer, a_file(tmp_path))
    (file,) = stored(session)
    assert (file.name, file.parent.name, file.read_bytes()) == (kept.hash, kept.hash[:2], b"%PDF hello")
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
        assert {path.stat().st_mode & 0o777 for path in (file.parent, file.parent.parent)} == {0o700}
    assert cards.card(session, customer).attachments == (kept,)
    assert (kept.name, kept.size, kept.added_on) == ("Quotation.pdf", 10, TODAY)


def test_the_same_content_is_stored_once(session: Session, tmp_path: Path) -> None:
    first, second = a_customer(session), a_customer(session)
    keep(session, first, a_file(tmp_path, "a.pdf"))
    keep(session, second, a_file(tmp_path, "b.pdf"))
    with pytest.raises(Problem, match="already"):
        keep(session, first, a_file(tmp_path, "a.pdf"))
    assert len(stored(session)) == 1


def test_taking_off_and_undoing_leave_the_content(session: Session, tmp_path: Path) -> None:
    customer = a_customer(session)
    kept = keep(session, customer, a_file(tmp_path))
    attachments.remove(session, customer, kept)
    assert attachments.of(session, customer) == ()
    history.undo(session)
    assert attachments.of(session, customer) == (kept,)
    history.undo(session)
    history.redo(session)
    copy = attachments.copy_to_open(session.book.path, kept)
    assert (copy.name, copy.read_bytes()) == ("Quotation.pdf", b"%PDF hello")
    copy.write_bytes(b"changed")
    assert attachments.copy_to_open(session.book.path, kept).read_bytes() == b"%PDF hello"


def test_what_is_no_file_to_keep_is_refused(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LARGEST", 20)
    book = session.book.path
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    os.mkfifo(tmp_path / "pipe")
    for path, why in {
        tmp_path / "none.pdf": "There is no file",
        tmp_path: "is a folder",
        tmp_path / "loop": "cannot be read",
        tmp_path / "pipe": "no ordinary file",
        Path("/dev/zero"): "no ordinary file",
        a_file(tmp_path, "large.pdf", b"x" * 21): "larger than",
        tmp_path / "a\0b": "cannot be read",
    }.items():
        with pytest.raises(Problem, match=why):
            attachments.take_in(book, path)
    assert stored(session) == []


def test_a_program_a_damaged_and_a_missing_file_are_not_opened(session: Session, tmp_path: Path) -> None:
    customer, book = a_customer(session), session.book.path
    program = keep(session, customer, a_file(tmp_path, "setup.pdf.exe"))
    with pytest.raises(Problem, match=program.hash):
        attachments.copy_to_open(book, program)
    kept = keep(session, customer, a_file(tmp_path))
    store.path_of(book, kept.hash).write_bytes(b"damaged")
    with pytest.raises(Problem, match="is damaged"):
        attachments.copy_to_open(book, kept)
    store.path_of(book, kept.hash).unlink()
    with pytest.raises(Problem, match="is missing"):
        attachments.copy_to_open(book, kept)
    keep(session, a_customer(session), a_file(tmp_path))  # keeping it again mends it
    assert attachments.copy_to_open(book, kept).read_bytes() == b"%PDF hello"


def test_no_room_keeps_nothing(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_ROOM", 1 << 62)
    with pytest.raises(Problem, match="not enough room"):
        attachments.take_in(session.book.path, a_file(tmp_path))
    assert stored(session) == []
