"""Printing from the list and the card: a choice of pages, a private file, and where it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import a_customer, a_session, days_ago
from tests.screen import Stage, screen_text
from tui_crm.screens import paper
from tui_crm.screens.agenda import AgendaScreen


async def test_p_prints_the_card_or_the_marked_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setenv("CRM_HOME", str(tmp_path))
    monkeypatch.setattr(paper, "opened", lambda file: not opened.append(file))
    session = a_session(tmp_path)
    for name in ("Alpha/../GmbH", "Beta"):
        a_customer(session, "hot", name=name, promised=days_ago(1), last_contact=days_ago(3))
    app = Stage()
    async with app.run_test(size=(120, 30)) as pilot:
        await app.open(AgendaScreen(session), pilot)
        await pilot.press("P")
        await pilot.pause()
        shown = screen_text(app)
        assert "The card" in shown
        assert "Today's agenda" in shown
        assert "Open quotes" in shown
        await pilot.press("1")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.2)
        (card,) = map(Path, opened)
        assert card.parent == tmp_path / "paper"
        assert card.stat().st_mode & 0o777 == 0o600
        assert "asked for the drawing" in card.read_text()
        assert f"Opened: {card}" in screen_text(app)
        await pilot.press("*", "P")
        await pilot.pause()
        assert "The marked ones" in screen_text(app)
        await pilot.press("3")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.2)
        assert "Beta" in Path(opened[-1]).read_text()
