from __future__ import annotations

import random
from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session, days_ago
from tui_crm.domain.messages import Message
from tui_crm.domain.values import Quote
from tui_crm.domain.vocabulary import GRADES, TEMPERATURES
from tui_crm.store import agenda, rows
from tui_crm.store import trade as store_trade
from tui_crm.usecases.session import Session

COUNTRIES = ("DE", "US", "SA", "CN", "IN", "AE", "NZ")


def a_random_book(tmp_path: Path, seed: int, size: int = 150) -> Session:
    rng, session = random.Random(seed), a_session(tmp_path)
    for _ in range(size):
        customer = a_customer(
            session,
            rng.choice(TEMPERATURES),
            name=f"{rng.choice(['Ärzte', 'Zebra', '深圳', 'abc', 'Abc'])} {rng.randrange(40)}",
            grade=rng.choice((*GRADES, "")),
            country=rng.choice(COUNTRIES),
            owner=rng.choice(("me", "李四")),
            last_contact=days_ago(rng.randrange(90)) if rng.random() < 0.8 else None,
            promised=TODAY + timedelta(rng.randrange(-30, 20)) if rng.random() < 0.3 else None,
        )
        if rng.random() < 0.3:
            with session.operation(Message("quote")):
                store_trade.add(session.book, customer, Quote(TODAY, "USD", 8600))
    return session


def naive(session: Session, owner: str | None = None) -> list[int]:
    """Every due customer, scored and sorted by reading them all."""
    everyone = [row[0] for row in session.book.rows("SELECT id FROM customer")]
    listed = rows.agenda_rows(session.book, everyone, session.today, session.now)
    keys = dict(session.book.rows("SELECT customer_id, name_key FROM standing"))
    due = [r for r in listed if r.due_on is not None and r.due_on <= session.today and owner in (None, r.owner)]
    return [r.id for r in sorted(due, key=lambda r: (-round(r.score * 100), r.due_on, keys[r.id], r.id))]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("small", [0, 10_000])
def test_the_merge_gives_what_sorting_everything_gives(
    tmp_path: Path, seed: int, small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agenda, "SMALL", small)
    session = a_random_book(tmp_path, seed)
    merged = [due.customer for due in agenda.due_customers(session.book, session.today, session.now)]
    assert len(merged) > 30
    assert merged == naive(session)
    backwards = agenda.due_customers(session.book, session.today, session.now, backwards=True)
    assert [due.customer for due in backwards] == merged[::-1]
    mine = [due.customer for due in agenda.due_customers(session.book, session.today, session.now, "李四")]
    assert mine == naive(session, "李四")
    assert agenda.count_due(session.book, session.today, 10_000) == len(merged)
    assert agenda.count_due(session.book, session.today, 10) == 10


def test_the_score_of_the_merge_is_the_score_shown(tmp_path: Path) -> None:
    session = a_random_book(tmp_path, 99, 60)
    for due in islice(agenda.due_customers(session.book, session.today, session.now), 40):
        (row,) = rows.agenda_rows(session.book, [due.customer], session.today, session.now)
        assert due.score == round(row.score * 100) == round(sum(reason.points for reason in row.reasons) * 100)


def test_the_first_page_of_a_large_class_reads_only_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agenda, "SMALL", 0)
    session = a_session(tmp_path)
    for number in range(400):
        a_customer(session, "hot", name=f"Firma {number:03}", last_contact=days_ago(10))
    read = 0
    plain = session.book.rows

    def counting(*args: object) -> list[tuple[object, ...]]:
        nonlocal read
        found = plain(*args)  # type: ignore[arg-type]
        read += len(found)
        return found

    session.book.rows = counting  # type: ignore[method-assign, assignment]
    assert len(list(islice(agenda.due_customers(session.book, session.today, session.now), 5))) == 5
    assert read < 30
