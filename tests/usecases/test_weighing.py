"""Other weights and rhythms tried out: what is shown beforehand is what comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days
from tui_crm.config import Settings, put
from tui_crm.domain.vocabulary import GRADES, TEMPERATURES
from tui_crm.usecases import agenda, pipeline, weighing
from tui_crm.usecases.session import Session

FIRST = 12


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = a_session(tmp_path)
    for number in range(45):
        a_customer(
            session,
            TEMPERATURES[number % 5],
            grade=("", *GRADES)[number % 6],
            country=("DE", "CN", "US")[number % 3],
            last_contact=days_ago(number % 17) if number % 4 else None,
            promised=(TODAY, days_ago(3), in_days(2))[number % 3] if number % 7 == 0 else None,
        )
    return session


CHANGES = (
    {"weights.temperature.cold": 12},
    {"weights.promise": 9, "weights.grade.C": 6},
    {"weights.lateness": 0, "weights.clock": -5},
    {"weights.temperature.hot": -3.5},
    {"cadence.cold.ideal": 2, "cadence.hot.ideal": 9, "weights.grade.S": 0},
    {"waits.quote": 1},
    {},
)


def test_the_order_shown_beforehand_is_the_order_that_comes(session: Session) -> None:
    for changes in CHANGES:
        wanted = put(Settings(name="me"), changes)
        before = [row.id for row in agenda.agenda(session).rows]
        written = session.book.value("SELECT total_changes()")
        shown = weighing.preview(session, weighing.todays(session), wanted, FIRST)
        assert session.book.value("SELECT total_changes()") == written
        weighing.put_in_force(session, wanted)
        session = session.under(wanted)
        after = agenda.agenda(session)
        assert [(place.row.id, place.score) for place in shown.places] == [
            (row.id, row.score) for row in after.rows[:FIRST]
        ]
        assert (shown.due, shown.due_now) == (after.due, len(before))
        assert [place.was for place in shown.places] == [
            before.index(row.id) + 1 if row.id in before else None for row in after.rows[:FIRST]
        ]


def test_new_weights_alone_give_what_working_out_everything_gives(session: Session) -> None:
    wanted = put(session.settings, {"weights.grade.A": 8, "weights.promise": 0.5, "weights.temperature.sample": 1})
    weighing.put_in_force(session, wanted)
    quick = session.book.rows("SELECT * FROM standing ORDER BY customer_id")
    session.book.reweigh(wanted.engine)
    assert session.book.rows("SELECT * FROM standing ORDER BY customer_id") == quick
    assert a_session(session.book.path.parent, settings=wanted).book.engine == wanted.engine


def test_a_stage_not_offered_is_shown_while_somebody_stands_in_it(tmp_path: Path) -> None:
    session = a_session(tmp_path, settings=put(Settings(name="me"), {"stages": ["quoted", "new"]}))
    a_customer(session, stage="negotiating")
    assert pipeline.shown_stages(session) == ("new", "quoted", "negotiating")
