"""E: whom, what kind, where to; written beside the keys, then said where it is."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.builders import a_customer, a_session, days_ago
from tests.screen import screen_text
from tests.screens.test_agenda import USUAL, at_work, press
from tui_crm.usecases.session import Session


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    monkeypatch.setenv("HOME", str(tmp_path))
    session = a_session(tmp_path)
    for name in ("Ada", "Bosch", "Citroën"):
        a_customer(session, name=name, last_contact=days_ago(20))
    yield session
    session.close()


def companies(file: Path) -> list[str]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return [row["Company"] for row in csv.DictReader(stream)]


async def written(pilot: Pilot[None]) -> str:
    """The screen once the file is written."""
    for _ in range(100):
        if "written to" in (screen := screen_text(pilot.app)):
            return screen
        await pilot.pause(0.05)
    raise AssertionError(screen)


async def test_the_marked_ones_go_out_as_csv_and_an_old_file_stays_until_a_second_enter(
    session: Session, tmp_path: Path
) -> None:
    async with at_work(session, USUAL) as pilot:
        screen = await press(pilot, "space", "space", "E")
        assert "the marked ones  2" in screen and "this list  3" in screen and "everything  3" in screen
        screen = await press(pilot, "2")
        assert "crm-2026-11-18.csv" in screen
        await press(pilot, "enter")
        screen = await written(pilot)
        file = tmp_path / "crm-2026-11-18.csv"
        assert "2 customers written to" in screen
        assert companies(file) == ["Ada", "Bosch"]
        screen = await press(pilot, "enter", "E", "2", "right", "tab", *["backspace"] * len("-2.csv"), *".csv", "enter")
        assert "is there already" in screen
        assert len(companies(file)) == 2
        await press(pilot, "enter")
        assert "3 customers written to" in await written(pilot)
        assert len(companies(file)) == 3


async def test_a_place_that_cannot_be_written_says_so_and_esc_writes_nothing(session: Session, tmp_path: Path) -> None:
    async with at_work(session, USUAL) as pilot:
        before = sorted(tmp_path.iterdir())
        screen = await press(pilot, "E", "tab", "ctrl+u", *"/none/x.csv", "enter")
        assert "There is no folder" in screen
        await press(pilot, "escape")
        assert [path for path in sorted(tmp_path.iterdir()) if path not in before] == []
