"""A book from before the present search index is searched as any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import FixedClock
from tui_crm.config import Settings
from tui_crm.store import book, migrations, reindexing, schema
from tui_crm.usecases import finding, indexing
from tui_crm.usecases.session import Session, open_session


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book of version 4 with one customer and one entry."""
    path = tmp_path / "book.db"
    with monkeypatch.context() as then:
        then.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:4])
        for module in (book, migrations):
            then.setattr(module, "VERSION", 4)
        old = book.Book(path, Settings().engine)
        for sql in (
            "INSERT INTO op (id, uid, actor, at, kind, label) VALUES (1, 'u', 'me', '2026-11-01T03:00:00.000Z', 'do', 'x')",
            "UPDATE op_now SET op_id = 1",
            "INSERT INTO customer (uid, name, company_key, country, temperature, stage, created_on) "
            "VALUES ('c', '深圳永盛', 'x', 'CN', 'hot', 'new', '2026-11-01')",
            "INSERT INTO activity (uid, customer_id, happened_at, channel, note) "
            "VALUES ('a', 1, '2026-11-01T03:00:00.000Z', 'email', '问付款方式')",
            "UPDATE op_now SET op_id = NULL",
        ):
            old.run(sql)
        old.close()
    return path


def found(session: Session) -> list[int]:
    lines = ("shenzhen", "付款", "fukuan 永盛", "t:hot ch:email", "c:CN")
    return [len(finding.find(session, line).rows) for line in lines]


def test_a_small_one_is_indexed_when_it_is_opened(older: Path) -> None:
    session = open_session(older, Settings(name="me"), FixedClock())
    assert found(session) == [1, 1, 1, 1, 1]
    assert not indexing.index_is_stale(session)
    assert older.with_name("book.before-v5.db").exists()


def test_a_large_one_says_that_words_are_missing_until_it_is_indexed(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reindexing, "SMALL", 0)
    session = open_session(older, Settings(name="me"), FixedClock())
    assert found(session) == [0, 0, 0, 1, 1]
    assert "0 of 1" in str(finding.find(session, "shenzhen").findings[0])
    assert finding.find(session, "c:CN").findings == ()
    assert indexing.rebuild_index(session, anew=False)
    assert found(session) == [1, 1, 1, 1, 1]
