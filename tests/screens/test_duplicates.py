"""Finding duplicates, comparing two, merging them, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.builders import a_customer, a_session
from tests.screen import HOSTILE, Stage, in_chinese, is_harmless, screen_text
from tui_crm.domain.values import Contact, Reach
from tui_crm.screens.agenda import AgendaScreen
from tui_crm.screens.duplicates import DuplicatesScreen
from tui_crm.usecases import agenda, cards
from tui_crm.usecases.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = a_session(tmp_path)
    yield session
    session.close()


def twins(session: Session) -> tuple[int, int]:
    anna = Contact("Anna Schmidt", "CEO", (Reach("email", "anna@acme.example"),), main=True)
    first = a_customer(session, "hot", name="Acme Werkzeuge GmbH", city="Bonn", contacts=(anna,), remarks="pays late")
    second = a_customer(session, "cold", name="Acme Werkzeug", city="Köln", contacts=(anna,), remarks="wants samples")
    return first, second


async def found(app: Stage, pilot: Pilot[None]) -> None:
    """Wait until the whole book is looked through."""
    await app.workers.wait_for_complete()
    await pilot.pause()


async def test_a_pair_is_compared_merged_and_brought_back(session: Session) -> None:
    keep, other = twins(session)
    app = Stage()
    async with app.run_test(size=(100, 30)) as pilot:
        await app.open(DuplicatesScreen(session), pilot)
        await found(app, pilot)
        shown = screen_text(app)
        for words in (
            "1 pair",
            "Acme Werkzeuge GmbH",
            "Acme Werkzeug",
            "same address anna@acme.example",
            "−12 other city",
        ):
            assert words in shown
        await pilot.press("enter", "down", "right")
        shown = screen_text(app)
        assert "○ Bonn" in shown
        assert "● Köln" in shown
        assert "● pays late" in shown
        assert "● wants samples" in shown
        assert "Anna Schmidt = Anna Schmidt, one person" in shown
        await pilot.press("G", "enter")
        await pilot.pause()
        assert "Merged Acme Werkzeug into Acme Werkzeuge GmbH  ·  u undoes" in screen_text(app)
        who = cards.existing(session, keep)
        assert (who.city, who.temperature, who.remarks) == ("Köln", "hot", "pays late; wants samples; Acme Werkzeug")
        await pilot.press("u")
        assert cards.existing(session, other).merged_into is None
        assert "1 pair" in screen_text(app)


async def test_the_other_one_can_be_kept(session: Session) -> None:
    keep, other = twins(session)
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        with in_chinese():
            await app.open(DuplicatesScreen(session), pilot)
            await found(app, pilot)
            await pilot.press("enter", "right", "tab")
            assert "保留：Acme Werkzeug " in screen_text(app)
            await pilot.press("ctrl+s")
            await pilot.pause()
            assert "已把 Acme Werkzeuge GmbH 并入 Acme Werkzeug" in screen_text(app)
    assert cards.existing(session, keep).merged_into == other
    assert cards.existing(session, other).temperature == "cold"


async def test_a_pair_called_different_returns_only_when_it_is_brought_back(session: Session) -> None:
    twins(session)
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(DuplicatesScreen(session), pilot)
        await found(app, pilot)
        await pilot.press("x")
        assert "0 pairs" in screen_text(app)
        await pilot.press("u")
        assert "1 pair" in screen_text(app)
        await pilot.press("delete", "escape")
        await app.open(DuplicatesScreen(session), pilot)
        await found(app, pilot)
        assert "No two customers look the same." in screen_text(app)
        await pilot.press("enter")
        assert "There is no pair on this line." in screen_text(app)


async def test_from_a_list_the_likely_ones_are_offered_and_anyone_can_be_found(session: Session) -> None:
    _keep, other = twins(session)
    a_customer(session, name="Bolt Ltd")
    app = Stage()
    async with app.run_test(size=(100, 30)) as pilot:
        await app.open(AgendaScreen(session), pilot)
        await pilot.press("m")
        await pilot.pause()
        shown = screen_text(app)
        assert "Merge Acme Werkzeuge GmbH with …" in shown
        assert "Acme Werkzeug " in shown
        assert "same address" in shown
        await pilot.press(*"bolt", "enter")
        await pilot.pause()
        assert "goes: Bolt Ltd" in screen_text(app)
        await pilot.press("escape", "m")
        await pilot.pause()
        await pilot.press("enter", "ctrl+s")
        await pilot.pause()
        assert "Merged Acme Werkzeug into Acme Werkzeuge GmbH" in screen_text(app)
        assert agenda.row(session, other).archived  # type: ignore[union-attr]
        await pilot.press("u")
        assert not agenda.row(session, other).archived  # type: ignore[union-attr]


async def test_no_text_from_data_steers_the_terminal(session: Session) -> None:
    for text in HOSTILE:
        a_customer(session, name=text, remarks=text, city=text, custom={text: text})
        a_customer(session, name=text, needs=text, contacts=(Contact(text),))
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(DuplicatesScreen(session), pilot)
        await found(app, pilot)
        assert "8 pairs" in screen_text(app)
        assert is_harmless(screen_text(app))
        for _pair in HOSTILE:
            await pilot.press("enter")
            assert is_harmless(screen_text(app))
            await pilot.press("escape", "down")
