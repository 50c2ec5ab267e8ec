"""The example book: believable, dated from today, and never in anybody's way."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tui_crm import demo_data
from tui_crm.config import Settings
from tui_crm.demo import ensure_demo
from tui_crm.demo_story import acts
from tui_crm.domain.messages import Problem
from tui_crm.domain.vocabulary import GRADES, STAGES, TEMPERATURES
from tui_crm.usecases import agenda, cards, finding, history, logging
from tui_crm.usecases.session import Clock, Session, open_session

TODAY = date(2026, 11, 23)
SETTINGS = Settings(name="mei")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "home" / "demo.db"
    ensure_demo(path, SETTINGS, Clock(TODAY))
    return path


@pytest.fixture
def session(demo: Path) -> Iterator[Session]:
    session = open_session(demo, SETTINGS, Clock(TODAY))
    yield session
    session.close()


def everyone(session: Session) -> list[cards.Card]:
    return [cards.card(session, row.id, 100) for row in finding.find(session, "", None).rows]


def test_the_morning_shows_a_day_of_work(session: Session) -> None:
    morning = agenda.agenda(session, None)
    assert 25 <= len(morning.rows) <= 35
    assert morning.done == 0
    assert any(row.days_late > 30 for row in morning.rows)
    assert 5 <= sum(row.overdue for row in morning.rows) <= 20
    assert {row.temperature for row in morning.rows} == set(TEMPERATURES)
    assert any(row.by_hand for row in morning.rows)
    assert not all(row.by_hand for row in morning.rows)


def test_the_days_after_have_work_too(session: Session) -> None:
    due = Counter((row.due_on - TODAY).days for row in finding.find(session, "", None).rows if row.due_on)
    assert all(due[day] for day in range(1, 8))


def test_every_kind_of_customer_is_there(session: Session) -> None:
    customers = [card.customer for card in everyone(session)]
    assert len(customers) == 121
    assert {c.temperature for c in customers} == set(TEMPERATURES)
    assert {c.grade for c in customers} >= set(GRADES)
    assert {c.stage for c in customers} == set(STAGES)
    assert len({c.country for c in customers}) > 40
    assert {c.owner for c in customers} == {"mei"}
    names = " ".join(c.name for c in customers)
    assert all(part in names for part in ("深圳市", "GmbH", "株式会社", "ООО", "شركة", "Pvt Ltd"))
    tags = {tag for c in customers for tag in c.tags}
    assert {"价敏感", "price-sensitive"} <= tags


def test_every_address_is_an_invented_one(session: Session) -> None:
    for card in everyone(session):
        assert card.customer.contacts
        for reach in (reach for contact in card.customer.contacts for reach in contact.reaches):
            if reach.kind == "email":
                assert reach.value.endswith(".example")
            if reach.kind in ("phone", "whatsapp"):
                assert "555" in reach.value


def test_the_logs_are_worth_reading(session: Session) -> None:
    shown = everyone(session)
    for card in shown:
        assert len(card.activities) >= 3 or card.customer.stage == "new", card.customer.name
        assert len(card.activities) <= 12
        days = [activity.happened_at for activity in card.activities]
        assert days == sorted(days, reverse=True)
        notes = [activity.note for activity in card.activities if activity.note]
        assert len(set(notes)) == len(notes)
    written = " ".join(activity.note for card in shown for activity in card.activities)
    assert "{" not in written
    assert "sent" in written
    assert "报价" in written


def test_samples_are_on_the_way_arrived_and_answered(session: Session) -> None:
    samples = [sample for card in everyone(session) for sample in card.trade.samples]
    assert any(sample.arrived_on is None for sample in samples)
    assert any(sample.arrived_on and not sample.feedback for sample in samples)
    assert any(sample.feedback for sample in samples)
    assert all(sample.shipped_on and sample.shipped_on < TODAY for sample in samples)
    assert sum(bool(card.trade.quotes) for card in everyone(session)) > 30


def test_quick_log_lines_are_read_whole(session: Session) -> None:
    """Each line shows the grammar at its best: nothing is pointed out, no note is called vague."""
    customer = next(card.customer for card in everyone(session) if not card.trade.quotes)
    _, happened = acts(TODAY, SETTINGS.cadence)
    lines = [act.do.keywords["line"] for act in happened if "line" in getattr(act.do, "keywords", {})]
    assert len(lines) > 500
    for line in lines:
        read = logging.preview(session, customer, line)
        assert (read.findings, read.question) == ((), None), line


@pytest.mark.parametrize("today", [TODAY + timedelta(n) for n in range(7)] + [date(2027, 1, 1), date(2028, 2, 29)])
def test_nothing_happens_today_or_later(today: date) -> None:
    _, happened = acts(today, SETTINGS.cadence)
    assert max(act.at.astimezone().date() for act in happened) < today


def test_slower_rhythms_move_the_last_contacts_back() -> None:
    slower = {name: replace(r, ideal=r.ideal + 5, latest=r.latest + 5) for name, r in SETTINGS.cadence.items()}
    assert acts(TODAY, slower) != acts(TODAY, SETTINGS.cadence)


def test_the_history_reads_like_a_users(session: Session) -> None:
    newest = history.operations(session, 200)
    assert [op.at for op in newest] == sorted((op.at for op in newest), reverse=True)
    assert {op.actor for op in newest} == {"mei"}


def test_the_same_day_keeps_what_was_tried(demo: Path) -> None:
    before = demo.stat().st_ino
    ensure_demo(demo, SETTINGS, Clock(TODAY))
    assert demo.stat().st_ino == before
    assert {file.name for file in demo.parent.iterdir()} == {"demo.db", "demo.db.files"}


def test_the_next_day_makes_it_anew(demo: Path, tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    shutil.copy(demo, path)
    tried = open_session(path, SETTINGS, Clock(TODAY))
    first = agenda.agenda(tried, 1).rows[0]
    logging.log(tried, first.id, "tried the log, wants blue >30d call")
    tried.close()
    tomorrow = Clock(TODAY + timedelta(1))
    ensure_demo(path, SETTINGS, tomorrow)
    renewed = open_session(path, SETTINGS, tomorrow)
    again = agenda.agenda(renewed, None)
    renewed.close()
    assert first.uid in {row.uid for row in again.rows}
    assert 25 <= len(again.rows) <= 35


def test_a_users_book_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    open_session(path, SETTINGS, Clock(TODAY)).close()
    before = path.read_bytes()
    with pytest.raises(Problem, match="not the example book"):
        ensure_demo(path, SETTINGS, Clock(TODAY))
    assert path.read_bytes() == before


def test_companies_are_all_different() -> None:
    assert len({company.name for company in demo_data.COMPANIES}) == 120
    assert len({company.slug for company in demo_data.COMPANIES}) == 120
