"""The clock, who acts, and what two sessions on one book see of each other."""

from __future__ import annotations

import getpass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import a_customer, a_session
from tests.store.test_history import contents
from tui_crm.config import Settings
from tui_crm.domain.messages import Message
from tui_crm.usecases import cards, history, logging, planning
from tui_crm.usecases.session import Clock, login_name, open_session


def test_the_clock_is_the_machines() -> None:
    before = datetime.now(UTC)
    now = Clock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is UTC
    assert Clock().today() in (before.astimezone().date(), now.astimezone().date())


@pytest.mark.parametrize("day", [date(2026, 2, 28), date(2024, 2, 29), date(2031, 7, 1)])
def test_a_pretended_day_has_the_present_time_of_day(day: date) -> None:
    clock = Clock(day)
    assert clock.today() == day
    pretended, really = clock.now().astimezone(), datetime.now().astimezone()
    assert pretended.date() == day
    apart = timedelta(hours=pretended.hour - really.hour, minutes=pretended.minute - really.minute)
    assert abs(apart) <= timedelta(minutes=1) or abs(apart) >= timedelta(hours=23)


def test_what_is_done_on_a_pretended_day_happened_there(tmp_path: Path) -> None:
    day = date(2026, 3, 2)
    session = open_session(tmp_path / "book.db", Settings(name="me"), Clock(day))
    customer = a_customer(session, "hot")
    entry = logging.log(session, customer, "asked for prices")
    assert entry is not None
    assert entry.happened_at.astimezone().date() == day
    assert cards.card(session, customer).step.due_on == date(2026, 3, 4)


def test_who_acts_is_named_in_the_settings_or_logged_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert a_session(tmp_path, settings=Settings(name="李四")).actor == "李四"
    assert a_session(tmp_path, settings=Settings()).actor == login_name()

    def nobody() -> str:
        raise OSError("no such user")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert login_name() == "me"


def test_an_operation_that_fails_half_way_leaves_nothing_and_the_next_one_works(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "cold")
    before, done = contents(session), history.operations(session)
    for error in (RuntimeError, KeyboardInterrupt):
        with pytest.raises(error), session.operation(Message("half")):
            session.book.run("UPDATE customer SET name = 'half'")
            raise error
        assert (contents(session), history.operations(session)) == (before, done)
    planning.set_temperature(session, customer, "hot")
    assert cards.existing(session, customer).temperature == "hot"


def test_one_session_sees_that_another_has_written_and_what(tmp_path: Path) -> None:
    mine, theirs = a_session(tmp_path), a_session(tmp_path)
    customer = a_customer(mine, "cold")
    seen = mine.book_version()
    assert mine.book_version() == seen
    planning.set_temperature(mine, customer, "potential")
    assert mine.book_version() == seen, "its own changes it knows"
    planning.set_temperature(theirs, customer, "hot")
    assert mine.book_version() != seen
    assert cards.existing(mine, customer).temperature == "hot"


def test_a_note_of_the_program_stays_and_is_no_history(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    assert session.note("seen") is None
    session.keep_note("seen", "1")
    session.keep_note("seen", "深圳 '2'")
    session.close()
    again = a_session(tmp_path)
    assert (again.note("seen"), history.operations(again)) == ("深圳 '2'", [])
