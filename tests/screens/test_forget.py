"""Erasing a person from the card, and bringing a JSON book in from the import screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.builders import a_customer, a_session
from tests.screen import HOSTILE, Stage, in_chinese, is_harmless, screen_text
from tui_crm.domain.values import Contact, Reach
from tui_crm.screens.card import CardScreen
from tui_crm.screens.importing import ImportScreen
from tui_crm.usecases import cards, exporting
from tui_crm.usecases.session import Session

ANNA = Contact("Anna Zwetschge", "CEO", (Reach("email", "anna@nord.example"),), True)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = a_session(tmp_path)
    yield session
    session.close()


async def settled(app: Stage, pilot: Pilot[None]) -> None:
    """Wait until work beside the keys is done and shown."""
    await app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


async def test_the_name_has_to_be_typed_before_a_person_is_erased(session: Session) -> None:
    nord = a_customer(session, name="Nord GmbH", contacts=(ANNA, Contact("Bob")), remarks="Anna likes tea")
    app = Stage()
    async with app.run_test(size=(100, 30)) as pilot:
        await app.open(CardScreen(session, nord), pilot)
        await app.screen.action_do("forget")  # type: ignore[attr-defined]
        await pilot.pause()
        assert "the customer itself" in screen_text(app)
        await pilot.press("1")
        await settled(app, pilot)
        shown = screen_text(app)
        for words in ("Goes for good", "Anna Zwetschge at Nord GmbH", "customer: Anna likes tea", "There is no undo"):
            assert words in shown
        await pilot.press(*"anna", "enter")
        await pilot.pause()
        assert "That is not the name" in screen_text(app)
        assert len(cards.card(session, nord).customer.contacts) == 2
        await pilot.press("space", *"zwetschge", "enter")
        await settled(app, pilot)
        shown = screen_text(app)
        assert "Erased for good" in shown
        assert "Zwetschge" not in shown
        assert "[erased] likes tea" in shown
    assert [person.name for person in cards.card(session, nord).customer.contacts] == ["Bob"]


async def test_what_goes_is_shown_in_chinese_and_harmless(session: Session) -> None:
    people = tuple(Contact(name[:90], reaches=(Reach("other", name[:80]),)) for name in HOSTILE)
    nord = a_customer(
        session, name="[/nope] Nord\x1b[2J", contacts=people, remarks="\x1b]0;pwned\x07 [@click=app.quit]x[/]"
    )
    with in_chinese():
        app = Stage()
        async with app.run_test(size=(80, 24)) as pilot:
            await app.open(CardScreen(session, nord), pilot)
            await app.screen.action_do("forget")  # type: ignore[attr-defined]
            await pilot.pause()
            await pilot.press("2")
            await settled(app, pilot)
            assert is_harmless(screen_text(app))
            assert "彻底删除" in screen_text(app)
            await pilot.press("escape")
            await pilot.pause()
            assert isinstance(app.screen, CardScreen)


async def test_a_json_book_is_shown_and_brought_in(session: Session, tmp_path: Path) -> None:
    a_customer(session, name="Nord GmbH", contacts=(ANNA,))
    file = tmp_path / "book.json"
    exporting.export(session, file)
    other = a_session(tmp_path, name="other.db")
    app = Stage()
    async with app.run_test(size=(100, 30)) as pilot:
        await app.open(ImportScreen(other, str(file)), pilot)
        await settled(app, pilot)
        assert "1 customer in the file" in screen_text(app)
        assert other.book.value("SELECT count(*) FROM customer") == 0
        await pilot.press("enter")
        await settled(app, pilot)
        assert "Brought in: 1 new" in screen_text(app)
    assert other.book.value("SELECT name FROM customer") == "Nord GmbH"
    other.close()
