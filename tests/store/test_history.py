from __future__ import annotations

import random
from pathlib import Path

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from tests.builders import TODAY, a_customer, a_session, in_days
from tui_crm.domain.messages import Problem
from tui_crm.domain.values import Contact, Customer, Reach
from tui_crm.domain.vocabulary import STAGES, TEMPERATURES
from tui_crm.store.schema import TRACKED
from tui_crm.usecases import customers, history, logging, planning
from tui_crm.usecases.session import Session

HOSTILE = [
    "123",
    "null",
    "true",
    "1e5",
    "[1,2]",
    '{"a":1}',
    '"q"',
    "O'Brien",
    "\\",
    "深圳",
    "'; drop table customer;--",
    "🙂",
]


def contents(session: Session) -> dict[str, list[tuple[object, ...]]]:
    tables = (*TRACKED, "standing")
    return {table: sorted(session.book.rows(f"SELECT * FROM {table}")) for table in tables}


def a_random_act(session: Session, rng: random.Random) -> None:
    ids = [row[0] for row in session.book.rows("SELECT id FROM customer")]
    text = rng.choice(HOSTILE)
    act = rng.randrange(8) if ids else 0
    if act == 0:
        person = Contact(text, reaches=(Reach("email", "a@b.example"), Reach("other", text)))
        customers.add_customer(session, Customer(f"{text} {rng.randrange(9)}", "DE", remarks=text, contacts=(person,)))
        return
    customer = rng.choice(ids)
    if act == 1:
        logging.log(session, customer, f"{text} >3d call #{rng.randrange(5)} @wa $FOB Ningbo 1.25/100")
    elif act == 2:
        logging.log_outcome(session, customer, "no_answer")
    elif act == 3:
        planning.snooze(session, customer, str(rng.randrange(1, 30)))
    elif act == 4:
        planning.set_temperature(session, customer, rng.choice(TEMPERATURES))
    elif act == 5:
        planning.retag(session, customer, [text], ["1", "2"])
    elif act == 6:
        planning.set_stage(session, customer, rng.choice(STAGES), text, in_days(5))
    else:
        customers.save_contact(session, customer, Contact(text, "buyer", (Reach("wechat", text),), main=True))


@pytest.mark.parametrize("seed", range(3))
def test_undo_all_is_the_start_and_redo_all_is_the_end(tmp_path: Path, seed: int) -> None:
    rng, session = random.Random(seed), a_session(tmp_path)
    a_customer(session)
    start = contents(session)
    acts = 60
    for _ in range(acts):
        a_random_act(session, rng)
    done = session.book.value("SELECT count(*) FROM op WHERE kind = 'do'") - 1
    end = contents(session)
    for _ in range(done):
        history.undo(session)
    assert contents(session) == start
    for _ in range(done):
        history.redo(session)
    assert contents(session) == end
    with pytest.raises(Problem):
        history.redo(session)


def test_undo_then_undo_goes_further_back_and_a_new_act_ends_redo(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "cold")
    planning.set_temperature(session, customer, "hot")
    planning.set_grade(session, customer, "S")
    history.undo(session)
    history.undo(session)
    assert session.book.rows("SELECT temperature, grade FROM customer") == [("cold", "B")]
    history.redo(session)
    assert session.book.rows("SELECT temperature, grade FROM customer") == [("hot", "B")]
    planning.set_grade(session, customer, "C")
    with pytest.raises(Problem, match="nothing to redo"):
        history.redo(session)


def test_a_write_outside_an_operation_is_refused(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    with pytest.raises(IntegrityError):
        session.book.run("UPDATE customer SET name = 'x' WHERE id = ?", (customer,))


def test_an_operation_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    before, ops = contents(session), session.book.value("SELECT count(*) FROM op")
    with pytest.raises(Problem):
        planning.snooze(session, customer, TODAY.isoformat())
    with pytest.raises(Problem):
        customers.edit_customer(session, customer, 999, {"city": "Bonn"})
    assert contents(session) == before
    assert session.book.value("SELECT count(*) FROM op") == ops


def test_every_operation_is_listed_newest_first_with_who_and_what(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, name="Acme")
    logging.log(session, customer, "sent the PI, they check the payment terms >3d call @wa")
    history.undo(session)
    newest, logged, *_ = history.operations(session)
    assert (newest.kind, str(newest.label.values["what"])) == ("undo", "Logged whatsapp with Acme")
    assert (logged.actor, logged.undone, logged.customers) == ("me", True, (customer,))
