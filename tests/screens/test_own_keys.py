"""Keys of the user's own: what the screens say and do with them; and the last act once more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import a_customer, a_session, days_ago
from tests.screens.test_agenda import at_work, press, said
from tui_crm.screens.keymap import read_keys
from tui_crm.usecases import finding
from tui_crm.usecases.session import Session


@pytest.fixture
def three(tmp_path: Path) -> Session:
    session = a_session(tmp_path)
    for name, late in (("Alfa", 9), ("Bravo", 8), ("Carlo", 7)):
        a_customer(session, "hot", name=name, last_contact=days_ago(20), promised=days_ago(late))
    return session


def tags(session: Session, name: str) -> tuple[str, ...]:
    return finding.the_one(session, name).tags


async def test_screens_say_and_obey_the_keys_in_force(three: Session, tmp_path: Path) -> None:
    keys = 'log = ["W", "shift+f2"]\nundo = "Z"\nsnooze = "ctrl+1"\nnew = "F2"\n'
    (tmp_path / "keymap.toml").write_text(keys, encoding="utf-8")
    async with at_work(three) as pilot:
        assert "line 3: “ctrl+1” is no key of its own" in read_keys(tmp_path / "keymap.toml")
        foot = (await press(pilot, "j")).splitlines()[-1]
        assert all(key in foot for key in ("W Log", "s Snooze", "F2 New", "Z Undo"))
        assert said(await press(pilot, "l")).startswith("l does nothing here. ? shows all keys.")
        assert "Z undoes" in said(await press(pilot, "x"))
        assert "Undone" in said(await press(pilot, "Ｚ"))
        assert "─ Log: " in await press(pilot, "W", "w", "e")
        assert "Shift+F2" in await press(pilot, "escape", "?", *"write down")
        assert "New customer" in await press(pilot, "escape", "f2")
        pilot.app.use_preset("fkeys")  # type: ignore[attr-defined]
        assert (tmp_path / "keymap.toml").read_text(encoding="utf-8") == 'preset = "fkeys"\n' + keys
        assert "Undo" in await press(pilot, "escape", "f1", *"undo the last")
        assert "Alt+2 No answer" in (await press(pilot, "escape", "down")).splitlines()[-1]
        assert "can do nothing here" in said(await press(pilot, "ctrl+d"))


async def test_the_last_act_once_more(three: Session) -> None:
    async with at_work(three) as pilot:
        assert "nothing to do again yet" in said(await press(pilot, "."))
        assert said(await press(pilot, "s", "3")).startswith("Alfa: moved to Sat 21 Nov")
        assert said(await press(pilot, "。")).startswith("Again: Bravo: moved to Sat 21 Nov")
        assert said(await press(pilot, "#", *"vip", "enter")).startswith("Carlo: #vip")
        await press(pilot, "2", "g", "space", "space")
        assert "2 will change" in await press(pilot, ".")
        await press(pilot, "enter")
        assert [tags(three, name) for name in ("Alfa", "Bravo")] == [("vip",), ("vip",)]
        await press(pilot, "g", "x", "space")
        assert "done with one customer" in said(await press(pilot, "."))
        await press(pilot, "escape", "g", "l", *"asked about payment terms", "enter")
        screen = await press(pilot, "j", ".")
        assert "Log: Bravo" in screen
        assert "asked about payment terms" in screen
        assert "The last line again" in screen
