"""The tour, walked from end to end with the keys it asks for; the user's own book is not touched."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.builders import a_customer, a_session, days_ago
from tests.screen import in_chinese, screen_text, shows
from tests.screens.test_agenda import press, write
from tui_crm.app import CrmApp
from tui_crm.commands import BY_ID
from tui_crm.config import Places, Settings
from tui_crm.i18n import _
from tui_crm.screens.key_words import with_keys
from tui_crm.screens.tour_steps import STEPS
from tui_crm.usecases import history
from tui_crm.usecases.session import Clock, Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = a_session(tmp_path)
    a_customer(session, "hot", name="Hotel Nord", last_contact=days_ago(4))
    a_customer(session, "hot", name="Own Customer", last_contact=days_ago(3))
    yield session
    session.close()


def small_example(path: Path, _settings: Settings, _clock: Clock) -> None:
    """Made in no time: a few customers do where the example book itself is not looked at."""
    session = a_session(path.parent, name=path.name)
    for name in ("Maple", "Scheldt"):
        a_customer(session, "hot", name=name, last_contact=days_ago(4))
    session.close()


@asynccontextmanager
async def on_tour(session: Session) -> AsyncIterator[Pilot[None]]:
    """The program with the cursor on the second customer of its own, and the first step of the tour."""
    folder = session.book.path.parent
    app = CrmApp(session, Places(folder, folder))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.15)
        await press(pilot, "j")
        app.do_tour()
        await shows(pilot, "1 of 12")
        yield pilot


async def test_the_whole_tour_is_learned_by_doing(session: Session) -> None:
    before = history.operations(session, 1)
    async with on_tour(session) as pilot:
        assert "Own Customer" not in screen_text(pilot.app)
        await press(pilot, "T", "escape", "T", "escape")  # any key works; the step says what it waits for
        await shows(pilot, "This step waits for j or ↓.")
        for keys, line, then in (
            (["j"], "", "2 of 12"),
            (["l"], "", "Type  sent price list >3d call"),
            (["enter"], "sent price list >3d call", "3 of 12"),
            (["x"], "", "4 of 12"),
            (["u"], "", "5 of 12"),
            (["w"], "", "what was promised"),
            (["escape"], "", "6 of 12"),
            (["s", "3"], "", "7 of 12"),
            (["enter"], "", "Enter on a field edits it"),
            (["escape"], "", "8 of 12"),
            (["/"], "", "everybody in Germany"),
            (["enter"], "c:de", "9 of 12"),
            (["space", "space"], "", "10 of 12"),
            (["#"], "", "Type  fair"),
            (["enter", "enter"], "fair", "11 of 12"),
            (["1"], "", "12 of 12"),
            (["?"], "", "only what fits stays"),
            (["escape"], "", "That was the tour."),
        ):
            if line:
                await write(pilot, line)
            await press(pilot, *keys)
            await shows(pilot, then)
        screen = await shows(pilot, "Back in your own book.")
        assert "Own Customer" in screen
        assert "i brings in your own sheet" in screen
        assert pilot.app.session.book.path == session.book.path  # type: ignore[attr-defined]
        assert pilot.app.screen.target().name == "Own Customer"  # type: ignore[attr-defined]
        assert "That was the tour." not in await press(pilot, "k")
    assert history.operations(session, 1) == before


async def test_a_step_is_skipped_and_esc_on_the_list_leaves(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui_crm.demo.ensure_demo", small_example)
    async with on_tour(session) as pilot:
        await press(pilot, "alt+n", "alt+n")
        await shows(pilot, "3 of 12")
        await press(pilot, "enter", "escape")  # from the card only back to the list
        await shows(pilot, "3 of 12")
        assert "3 of 12" in await press(pilot, "escape")  # one too many is told
        await press(pilot, "escape")
        screen = await shows(pilot, "You have left the tour")
        assert "Own Customer" in screen
        assert "of 12" not in screen
        assert pilot.app.is_running


def texts() -> None:
    for step in STEPS:
        assert step.command in BY_ID
        for text in (step.text, step.inside):
            assert "{" not in with_keys(_(text), _(step.typed)).plain
            assert len(with_keys(_(text), _(step.typed)).wrap(76)) <= 2


def test_every_step_names_keys_there_are_and_fits_a_small_screen() -> None:
    texts()
    with in_chinese():
        texts()
