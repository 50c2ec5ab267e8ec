"""What others may see of the screen: nothing of the book while it is hidden, nothing at all while it is locked."""

from __future__ import annotations

import asyncio
from pathlib import Path
from threading import Event

import pytest
from textual.widgets import Input

from tests.builders import a_customer, a_session, days_ago
from tests.screen import Stage, screen_text
from tui_crm.domain.values import Contact, Reach
from tui_crm.screens.agenda import AgendaScreen
from tui_crm.screens.keys import bindings
from tui_crm.screens.safety import Guarded
from tui_crm.screens.working import Working
from tui_crm.store import keys
from tui_crm.usecases import encryption
from tui_crm.usecases.session import Session, open_session

SECRETS = ("Kaffeerösterei", "Mark", "深圳", "4280", "4,280", "drawing", "0171")
WORDS = "walnut lamp harbour"


class Program(Guarded, Stage):  # type: ignore[misc]
    """The stage with the guards of the program."""

    BINDINGS = bindings(("privacy", "lock"), priority=True)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session


def a_book(tmp_path: Path) -> Session:
    from tui_crm.usecases import trade

    session = a_session(tmp_path)
    customer = a_customer(
        session, "hot", name="Kaffeerösterei 深圳", promised=days_ago(1), last_contact=days_ago(3),
        contacts=(Contact("Mark", "CEO", (Reach("phone", "0171 5551234"),), True),),
    )  # fmt: skip
    trade.add_line(session, customer, "PI PI20240517-A USD 4280")
    return session


async def test_hidden_on_every_screen_until_shown_again(tmp_path: Path) -> None:
    app = Program(a_book(tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await app.open(AgendaScreen(app.session), pilot)
        await pilot.pause(0.2)
        assert "Kaffeerösterei" in screen_text(app)
        await pilot.press("ctrl+x")
        for press in ([], ["enter"], ["q", "H"], ["q", "l"], ["escape", "4"], ["3"], ["1", "/", "k"], ["escape", "w"],
                      ["escape", "?"]):  # fmt: skip
            await pilot.press(*press)
            await pilot.pause(0.05)
            shown = screen_text(app)
            assert [secret for secret in SECRETS if secret in shown] == [], (press, shown)
            assert "hidden" in shown or app.screen.is_modal
        await pilot.press("escape")
        assert "Snooze" in screen_text(app)  # the program's own words stay
        await pilot.press("ctrl+x")
        await pilot.pause()
        assert "Kaffeerösterei" in screen_text(app)
        assert "hidden" not in screen_text(app)


async def test_an_encrypted_book_is_locked_until_its_passphrase_is_said(tmp_path: Path) -> None:
    plain = a_book(tmp_path)
    encryption.encrypt(plain, WORDS)
    app = Program(open_session(plain.book.path, plain.settings, plain.clock))
    done = Event()
    async with app.run_test(size=(120, 40)) as pilot:
        await app.open(AgendaScreen(app.session), pilot)
        await pilot.press("l", *"typed")
        app.push_screen(Working(app.session, "Import", done.wait))
        await pilot.press("alt+l")
        await pilot.pause(0.1)
        done.set()  # what was at work ends under the lock, and must not take the lock away
        await pilot.pause(0.3)
        app.notify("Kaffeerösterei was saved")
        for press in (["escape"], ["ctrl+x"], [*"walnut", "enter"]):
            await pilot.press(*press)
            await pilot.pause(0.1)
            assert app.locked
            shown = screen_text(app)
            assert "Kaffee" not in shown
            assert "typed" not in shown
        while "not the passphrase" not in screen_text(app):
            await asyncio.sleep(0.05)
        app.screen.query_one(Input).value = WORDS
        await pilot.press("ctrl+x", "enter")
        while app.locked:
            await asyncio.sleep(0.05)
        await pilot.pause(0.2)
        assert isinstance(app.screen, AgendaScreen)
        assert "typed" in screen_text(app)
    keys._held.clear()


async def test_a_plain_book_is_only_hidden_and_left_alone_it_locks_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from tui_crm.config import EncryptionHabits
    from tui_crm.screens import safety

    monkeypatch.setattr(safety, "_LOOKS_EVERY", 0.05)
    session = a_book(tmp_path)
    app = Program(replace(session, settings=replace(session.settings, encryption=EncryptionHabits(lock_minutes=1))))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(AgendaScreen(app.session), pilot)
        await pilot.pause(0.15)
        assert not app.locked
        app._touched -= 61
        await pilot.pause(0.15)
        assert "only hides" in screen_text(app)
        await pilot.press("j")
        await pilot.pause()
        assert "Kaffeerösterei" in screen_text(app)
