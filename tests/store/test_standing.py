"""What is derived is at any time what would be derived anew."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days, noon
from tests.store.test_history import HOSTILE, a_random_act
from tui_crm.domain.cadence import Rhythm
from tui_crm.domain.messages import Message, Problem
from tui_crm.domain.values import Activity, Contact, Customer, Reach, Sample
from tui_crm.store import standing, writing
from tui_crm.usecases import agenda, cards, customers, finding, history, indexing, trade
from tui_crm.usecases.session import Session

Derived = dict[str, list[tuple[object, ...]]]
_TABLES = ("standing", "open_money", "open_trade")


def derived(session: Session) -> Derived:
    """All that is derived: where each customer stands, what is open with it, and every word that it and its log are found by."""
    found = {table: sorted(session.book.rows(f"SELECT * FROM {table}")) for table in _TABLES}
    for index in ("find_customer", "find_note"):
        words = f"words_of_{index}"
        session.book.run(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{words} USING fts5vocab(main, {index}, instance)")
        found[index] = session.book.rows(f"SELECT DISTINCT doc, term FROM temp.{words} ORDER BY 1, 2")
    return found


def rebuild(session: Session) -> None:
    """Derive anew from nothing at all."""
    book = session.book
    with book.upkeep():
        for table in _TABLES:
            book.run(f"DELETE FROM {table}")
        standing.rebuild(book)
    assert indexing.rebuild_index(session)


def act(session: Session, rng: random.Random) -> None:
    """Anything a user does, undo and redo among it."""
    ids = [row[0] for row in session.book.rows("SELECT id FROM customer")]
    kind = rng.randrange(12)
    try:
        if kind < 6 or not ids:
            a_random_act(session, rng)
        elif kind == 6:
            history.undo(session)
        elif kind == 7:
            history.redo(session)
        elif kind == 8:
            text = rng.choice(HOSTILE)
            known = cards.existing(session, rng.choice(ids))
            typed = {"name": f"{text} {rng.randrange(9)}", "country": rng.choice(("DE", "SA", "US")), "needs": text}
            customers.edit_customer(session, known.id, known.version, typed)
        elif kind == 9:
            customers.archive(session, rng.choice(ids), rng.random() < 0.5)
        elif kind == 10:
            arrived = rng.choice((None, days_ago(rng.randrange(9))))
            sample = Sample(courier="DHL", shipped_on=days_ago(rng.randrange(9, 20)), arrived_on=arrived)
            trade.add(session, rng.choice(ids), sample)
        else:
            known = cards.existing(session, rng.choice(ids))
            customers.remove_contact(session, known.id, rng.choice(known.contacts).id)
    except Problem:
        pass


@pytest.mark.parametrize("seed", range(4))
def test_after_anything_done_it_equals_what_is_derived_anew(tmp_path: Path, seed: int) -> None:
    rng, session = random.Random(seed), a_session(tmp_path)
    for temperature in ("hot", "sample"):
        a_customer(session, temperature, last_contact=days_ago(9))
    for _ in range(4):
        for _ in range(20):
            act(session, rng)
        before = derived(session)
        assert not indexing.index_is_stale(session)
        rebuild(session)
        assert derived(session) == before
        assert len(before["standing"]) == session.book.value("SELECT count(*) FROM customer")


def test_the_words_of_what_is_gone_are_gone(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(
        session, name="Alpha", contacts=(Contact("Berta", reaches=(Reach("phone", "+49 170 1234567"),)),)
    )
    customers.edit_customer(session, customer, 1, {"name": "Gamma"})
    (berta,) = cards.existing(session, customer).contacts
    customers.save_contact(session, customer, Contact("Delta"))
    customers.remove_contact(session, customer, berta.id)
    for word, hits in (("alpha", 0), ("berta", 0), ("1234567", 0), ("gamma", 1), ("delta", 1)):
        assert len(finding.find(session, word).rows) == hits, word


def test_deriving_anew_changes_nothing_of_the_users(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    a_customer(session, "hot", last_contact=days_ago(9))
    done = history.operations(session)
    changed = session.book.value("SELECT count(*) FROM change")
    session.book.reweigh(session.book.engine)
    assert history.operations(session) == done
    assert session.book.value("SELECT count(*) FROM change") == changed


def test_other_rhythms_are_in_force_for_the_whole_book_at_once(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    with session.operation(Message("more than one portion of a refresh")):
        for number in range(1200):
            customer = writing.add_customer(session.book, Customer(f"Firma {number}", "DE"), TODAY)
            writing.add_activity(session.book, customer, Activity(noon(days_ago(8)), "email", "asked"))
    assert agenda.agenda(session, None).due == 1200
    engine = session.book.engine
    session.book.reweigh(replace(engine, rhythms={**engine.rhythms, "potential": Rhythm(30, 40)}))
    assert agenda.agenda(session, None).due == 0
    assert len(finding.find(session, f"due:{in_days(22).isoformat()}", None).rows) == 1200
