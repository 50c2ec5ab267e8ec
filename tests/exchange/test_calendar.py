"""The calendar: right hours on both sides of a change of the clocks, stable, and private."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days, on_day
from tui_crm import app
from tui_crm.config import CalendarLook, Places, Settings, load_settings
from tui_crm.domain.messages import Problem
from tui_crm.usecases import calendars, logging, planning
from tui_crm.usecases.session import EXAMPLE_DAY, Session

Event = dict[str, str]


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def events(file: Path) -> list[Event]:
    """The events by property, alarms by `ALARM`."""
    text = file.read_bytes().decode().replace("\r\n ", "")
    found = []
    for part in text.split("BEGIN:VEVENT\r\n")[1:]:
        body, alarm, ring = part.partition("BEGIN:VALARM")
        event = dict(line.split(":", 1) for line in body.split("\r\n") if ":" in line)
        found.append(event | ({"ALARM": ring.split("TRIGGER:")[1].split("\r\n")[0]} if alarm else {}))
    return found


def fed(session: Session, file: Path) -> list[Event]:
    calendars.write_feed(session, file)
    return events(file)


@pytest.mark.usefixtures("berlin")
def test_a_promise_stands_at_nine_on_the_wall_summer_and_winter(tmp_path: Path) -> None:
    session = on_day(a_session(tmp_path), date(2027, 10, 20))
    a_customer(session, name="Summer", promised=date(2027, 10, 30), action="call; ask")
    a_customer(session, name="Winter", promised=date(2027, 10, 31))
    summer, winter = fed(session, tmp_path / "a.ics")
    assert (summer["DTSTART"], summer["DTEND"]) == ("20271030T070000Z", "20271030T071500Z")
    assert winter["DTSTART"] == "20271031T080000Z"
    assert summer["SUMMARY"] == r"Summer: call\; ask"
    assert summer["ALARM"] == "-PT10M"


def test_what_only_the_rhythm_proposes_takes_no_time_and_does_not_ring(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    a_customer(session, "cold", last_contact=days_ago(3))
    (event,) = fed(session, tmp_path / "a.ics")
    assert event["DTSTART;VALUE=DATE"] == "20261129"
    assert event["TRANSP"] == "TRANSPARENT"
    assert "ALARM" not in event


def test_it_says_how_to_reach_whom_and_what_was_last_said(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    a_customer(session, "hot", last_contact=days_ago(1), promised=in_days(1), action="call")
    (event,) = fed(session, tmp_path / "a.ics")
    assert "Anna Schmidt · CEO" in event["DESCRIPTION"]
    assert r"Last 2026-11-17\, e-mail: asked for the drawing\, they need 5000 pcs" in event["DESCRIPTION"]
    assert event["CATEGORIES"] == "hot"


def test_the_same_book_gives_the_same_bytes_and_a_moved_step_is_the_same_event(tmp_path: Path) -> None:
    session, file = a_session(tmp_path), tmp_path / "a.ics"
    customer = a_customer(session, promised=in_days(1))
    a_customer(session, stage="lost")
    (before,) = fed(session, file)
    octets = file.read_bytes()
    fed(on_day(session, in_days(2)), file)
    assert file.read_bytes() == octets
    assert file.stat().st_mode & 0o777 == 0o600
    planning.snooze(session, customer, "5d")
    (after,) = fed(session, file)
    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    logging.log(session, customer, "sent PI")
    (logged,) = fed(session, file)
    assert int(logged["SEQUENCE"]) > int(after["SEQUENCE"])


def test_of_a_large_book_promises_and_the_nearest_days_go_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = a_session(tmp_path)
    monkeypatch.setattr(calendars, "MOST", 2)
    a_customer(session, "cold", name="Far", last_contact=TODAY)
    a_customer(session, "hot", name="Near", last_contact=days_ago(2))
    a_customer(session, name="Promised", promised=in_days(300))
    done = calendars.write_feed(session, tmp_path / "a.ics")
    assert [event["SUMMARY"].split(":")[0] for event in events(tmp_path / "a.ics")] == ["Near", "Promised"]
    assert "3" in str(done.notes[0])


def test_the_hour_and_the_alarm_are_settings(tmp_path: Path) -> None:
    settings = Settings(name="me", calendar=CalendarLook(hour=-1))
    session = a_session(tmp_path, settings=settings)
    a_customer(session, promised=in_days(1))
    assert "ALARM" not in fed(session, tmp_path / "a.ics")[0]
    wrong = tmp_path / "settings.toml"
    for text in ("hour = 24", "alarm_minutes = -2", "on_close = 1", "hour = true"):
        wrong.write_text(f"[calendar]\n{text}\n")
        with pytest.raises(Problem):
            load_settings(wrong)


def test_closing_writes_it_and_says_so_only_when_it_cannot(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    places = Places(tmp_path, tmp_path)

    def closed(look: CalendarLook, name: str = "book.db") -> str:
        session = a_session(tmp_path, name=name, settings=Settings(name="me", calendar=look))
        if name == "demo.db":
            session.keep_note(EXAMPLE_DAY, "2026-11-18")
        app._keep_calendar(app.CrmApp(session, places))
        session.close()
        return capsys.readouterr().err

    assert closed(CalendarLook()) == ""
    assert not (tmp_path / "book.ics").exists()
    assert closed(CalendarLook(on_close=True)) == ""
    assert (tmp_path / "book.ics").exists()
    assert "calendar" in closed(CalendarLook(str(tmp_path / "none" / "a.ics"), on_close=True))
    closed(CalendarLook(on_close=True), "demo.db")
    assert not (tmp_path / "demo.ics").exists()


def test_it_never_takes_the_place_of_anything_but_a_calendar(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    with pytest.raises(Problem):
        calendars.write_feed(session, session.book.path)
