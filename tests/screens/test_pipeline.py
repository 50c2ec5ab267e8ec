"""The pipeline as a user sees it."""

from __future__ import annotations

from pathlib import Path

from tests.builders import TODAY, a_customer, a_session
from tests.screen import HOSTILE, Stage, is_harmless, screen_text
from tui_crm.domain.values import Quote
from tui_crm.screens.pipeline import PipelineScreen
from tui_crm.usecases import cards, trade


async def test_a_customer_is_moved_on_lost_and_brought_back(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, stage="quoted", name="Acme GmbH", promised=TODAY)
    trade.add(session, customer, Quote(TODAY, "USD", 8600, moq=5000))
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(PipelineScreen(session, "quoted"), pilot)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "USD 4,300.00 open" in screen_text(app)
        await pilot.press(">")
        assert cards.existing(session, customer).stage == "sampling"
        assert "Nobody at this stage." in screen_text(app)
        await pilot.press("right", "less_than_sign")
        assert cards.existing(session, customer).stage == "quoted"
        await pilot.press("left", "equals_sign", "9", *"price", "enter")
        assert cards.existing(session, customer).lost_reason == "price"
        await pilot.press("u")
        assert cards.existing(session, customer).stage == "quoted"


async def test_names_from_data_steer_nothing_and_columns_keep_their_width(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    for text in HOSTILE:
        a_customer(session, stage="new", name=text)
    app = Stage()
    async with app.run_test(size=(120, 30)) as pilot:
        await app.open(PipelineScreen(session), pilot)
        shown = screen_text(app)
        assert is_harmless(shown)
        assert "new  8" in shown
        await pilot.press("left")
        await pilot.press("less_than_sign")
        assert "no stage further" in screen_text(app)
