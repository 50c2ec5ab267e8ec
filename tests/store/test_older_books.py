"""A book of every earlier version opens with all its rows, and what was done in it can still be undone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_session
from tui_crm.store import migrations, schema
from tui_crm.store.book import VERSION
from tui_crm.store.connecting import connect
from tui_crm.usecases import agenda, cards, finding, history, trade

ROWS = {
    "customer": {"id": 1, "uid": "c1", "name": "Acme", "company_key": "acme", "country": "DE", "temperature": "hot",
                 "stage": "quoted", "owner": "me", "custom": '{"Credit": "30 days"}', "created_on": "2026-10-01"},
    "contact": {"id": 1, "uid": "p1", "customer_id": 1, "name": "Anna", "position": "CEO", "main": 1},
    "reach": {"id": 1, "customer_id": 1, "contact_id": 1, "kind": "email", "value": "a@acme.de", "match_key": "a@acme.de"},
    "activity": {"id": 1, "uid": "a1", "customer_id": 1, "happened_at": "2026-11-10T04:00:00+00:00", "channel": "email",
                 "note": "asked for 5000 pcs", "stage": "quoted", "author": "me"},
    "next_step": {"id": 1, "customer_id": 1, "due_on": "2026-11-20", "action": "call", "author": "me"},
    "tag": {"id": 1, "name": "vip", "key": "vip"},
    "customer_tag": {"id": 1, "customer_id": 1, "tag_id": 1},
    "quote": {"id": 1, "uid": "q1", "customer_id": 1, "quoted_on": "2026-11-10", "currency": "USD", "price": 8600,
              "incoterm": "FOB", "place": "Shenzhen", "moq": 5000},
    "sample": {"id": 1, "uid": "s1", "customer_id": 1, "specs": "3 specs", "courier": "DHL", "tracking": "562729",
               "shipped_on": "2026-11-12"},
}  # fmt: skip
"""One row of each table, as the first version wrote them."""


def write(connection: Any, number: int, label: str, statements: list[tuple[str, tuple[object, ...]]]) -> None:
    """One operation, as every version writes it."""
    connection.execute(
        "INSERT INTO op (id, uid, actor, at, kind, label) VALUES (?, ?, 'me', '2026-11-12T04:00:00+00:00', 'do', ?)",
        (number, f"op{number}", label),
    )
    connection.execute("UPDATE op_now SET op_id = ?", (number,))
    for sql, params in statements:
        connection.execute(sql, params)
    connection.execute("UPDATE op_now SET op_id = NULL")


@pytest.fixture
def first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book of the first version with a row in every table, written in two operations."""
    with monkeypatch.context() as then:
        then.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        migrations.create(tmp_path / "book.db")
    connection = connect(tmp_path / "book.db")
    inserts: list[tuple[str, tuple[object, ...]]] = [
        (f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))
        for table, row in ROWS.items()
    ]
    write(connection, 1, "Added Acme", inserts)
    write(connection, 2, "Acme is now cold", [("UPDATE customer SET temperature = 'cold', version = 2", ())])
    connection.close()
    return tmp_path


def test_a_book_of_the_first_version_opens_whole(first: Path) -> None:
    session = a_session(first)
    assert session.book.value("PRAGMA user_version") == VERSION
    for table, row in ROWS.items():
        kept = {name: value for name, value in row.items() if (table, name) != ("customer", "temperature")}
        (found,) = session.book.rows(f"SELECT {', '.join(kept)} FROM {table}")
        assert found == tuple(kept.values()), table

    card = cards.card(session, 1)
    assert (card.customer.temperature, card.customer.tags, dict(card.customer.custom)) == (
        "cold",
        ("vip",),
        {"Credit": "30 days"},
    )
    assert (card.step.action, card.activities[0].note) == ("call", "asked for 5000 pcs")
    assert (card.trade.quotes[0].status, card.trade.samples[0].status) == ("open", "open")
    assert card.step.due_on == date(2026, 11, 20), "a promise keeps its day"
    assert [row.name for row in finding.find(session, "#vip quote:open acme").rows] == ["Acme"]

    trade.add_line(session, 1, "PI-1 USD 4300")
    assert trade.of(session, 1).invoices[0].quote_id == 1
    assert (first / "book.before-v2.db").exists()


def test_what_was_done_in_the_first_version_can_be_undone(first: Path) -> None:
    session = a_session(first)
    history.undo(session)
    assert cards.existing(session, 1).temperature == "hot"
    history.undo(session)
    assert agenda.row(session, 1) is None
    history.redo(session)
    history.redo(session)
    assert cards.existing(session, 1).temperature == "cold"
    assert [quote.uid for quote in trade.of(session, 1).quotes] == ["q1"]
