"""Several customers at once: marked, changed, spread; and lists longer than what is read of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session, days_ago
from tests.screen import screen_text
from tests.screens.test_agenda import USUAL, at_work, press, said, stored, write
from tui_crm.config import Settings
from tui_crm.domain.messages import Message
from tui_crm.domain.values import Contact, Customer
from tui_crm.store import writing
from tui_crm.usecases import agenda, finding
from tui_crm.usecases.session import Session

NAMES = ("Ada", "Bosch", "Citroën", "Dai", "Ek")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = a_session(tmp_path, settings=Settings(name="me", capacity=2))
    yield session
    session.close()


@pytest.fixture
def five(session: Session) -> Session:
    """Five that are due, in order of the alphabet."""
    for number, name in enumerate(NAMES):
        a_customer(session, "potential", name=name, last_contact=days_ago(20 - number))
    return session


@pytest.fixture
def crowd(session: Session) -> Session:
    """1,100 customers, which is more than are counted at once."""
    with session.operation(Message("test")):
        for number in range(1_100):
            customer = Customer(name=f"Firma {number:04}", country="DE", temperature="cold", owner="me",
                                contacts=(Contact("Anna"),), created_on=days_ago(200))  # fmt: skip
            writing.add_customer(session.book, customer, session.today)
    return session


def temperatures(session: Session) -> str:
    """The initials of the temperatures of the five, in order of their names."""
    return "".join(stored(session, name).customer.temperature[0] for name in NAMES)


def head(screen: str) -> str:
    return screen.splitlines()[0]


async def test_an_act_on_marked_customers_is_shown_first_and_undone_as_one(five: Session) -> None:
    async with at_work(five, USUAL) as pilot:
        screen = await press(pilot, "space", "space", "space")
        assert "3 marked" in head(screen)
        assert screen.count("●") == 3
        keys = screen.splitlines()[-1]
        assert keys.startswith(" s Snooze  t Temperature  c Grade  = Stage  # Tag  O Responsible  - Archive")
        assert "done with one customer" in said(await press(pilot, "x"))
        screen = await press(pilot, "t", "1")
        assert "3 will change" in screen
        assert "potential      → hot" in screen
        assert "3 marked" in head(await press(pilot, "escape"))
        assert temperatures(five) == "ppppp"
        screen = await press(pilot, "t", "1", "enter")
        assert said(screen) == "3 customers are now hot  ·  u undoes"
        assert "marked" not in head(screen)
        assert screen.splitlines()[-1].startswith(" Enter Card  l Log")
        assert temperatures(five) == "hhhpp"
        await press(pilot, "u")
        assert temperatures(five) == "ppppp"


async def test_a_range_and_marks_from_two_searches(five: Session) -> None:
    async with at_work(five) as pilot:
        assert "2 marked" in head(await press(pilot, "j", "V", "j", "V"))
        assert "4 marked" in head(await press(pilot, "shift+down", "shift+down"))
        assert "3 marked" in head(await press(pilot, "shift+up"))
        await press(pilot, "/")
        await write(pilot, "ada", "enter")
        screen = await press(pilot, "insert")
        assert "4 marked" in head(screen)
        await press(pilot, "l")
        screen = await write(pilot, "sent the new catalogue @email >14d", "enter")
        assert "with 4 customers" in screen
        assert said(await press(pilot, "enter")) == "Logged with 4 customers  ·  u undoes"
        assert "No one is marked any more." in said(await press(pilot, "1", "space", "escape"))
    assert [len(stored(five, name).activities) for name in NAMES] == [2, 2, 2, 2, 1]


async def test_all_of_a_list_beyond_what_is_read(crowd: Session) -> None:
    async with at_work(crowd) as pilot:
        assert any(
            f"{count} due" in screen_text(pilot.app) for count in ("1000+", "1,100")
        )  # counted to the end in an idle moment
        screen = await press(pilot, "2", "G")
        assert "1,100 found" in head(screen)
        assert "Firma 1099" in screen
        assert "Firma 0000" in await press(pilot, "home")
        screen = await press(pilot, "'", *"firma 07")
        assert said(screen) == "Firma 0700"
        assert "Firma 0701" in await press(pilot, "enter", "j")
        await press(pilot, "/")
        await write(pilot, "10", "enter")
        assert "100 marked" in head(await press(pilot, "*"))
        await press(pilot, "#")
        screen = await write(pilot, "fair", "enter", "enter")
        assert said(screen) == "Tagged 100 customers #fair  ·  u undoes"
    assert finding.find(crowd, "#fair").count == 100


async def test_a_full_day_is_spread(five: Session) -> None:
    async with at_work(five, USUAL) as pilot:
        screen = await press(pilot, "B")
        assert "5 due · 2 a day   2 stay · 3 move" in head(screen)
        assert [line.split()[-1] for line in screen.splitlines()[1:4]] == ["2", "2", "1"]
        assert "nothing to spread" in said(await press(pilot, "+", "+", "+"))
        assert "4 stay · 1 move" in head(screen_text(pilot.app))
        screen = await press(pilot, "-", "enter")
        assert said(screen) == "2 customers moved to the coming days  ·  u undoes"
        assert "3 due" in head(screen)
        assert "5 due" in head(await press(pilot, "u"))
        assert "There is nobody" in said(await press(pilot, "/", *"nobody", "enter", "*"))
    assert {row.due_on > TODAY for row in agenda.agenda(five).rows if row.due_on} == {False}
