"""The card's timeline, and the card as it was on a day, driven by keys and read as text."""

from __future__ import annotations

from pathlib import Path

from tests.builders import TODAY, a_customer, a_session, days_ago, on_day
from tests.screen import Stage, in_chinese, screen_text
from tui_crm.domain.values import Quote
from tui_crm.i18n import short_date
from tui_crm.screens.card import CardScreen
from tui_crm.usecases import cards, logging, planning, trade
from tui_crm.usecases.session import Session


def a_story(tmp_path: Path) -> tuple[Session, int]:
    session = a_session(tmp_path, days_ago(9))
    customer = a_customer(session, "potential", name="Nordlicht GmbH")
    logging.log(session, customer, "asked for the price list")
    later = on_day(session, days_ago(2))
    trade.add(later, customer, Quote(days_ago(2), "USD", 8600, "FOB", "Ningbo"))
    planning.set_temperature(later, customer, "hot")
    return on_day(session, TODAY), customer


async def test_what_the_timeline_shows_is_chosen_with_one_key(tmp_path: Path) -> None:
    session, customer = a_story(tmp_path)
    app = Stage()
    async with app.run_test(size=(120, 36)) as pilot:
        await app.open(CardScreen(session, customer), pilot)
        await pilot.pause(0.05)
        usual = screen_text(app)
        for part in ("quoted", "FOB Ningbo USD 0.86", "asked for the price list"):
            assert part in usual
        assert "→ hot" not in usual
        shown = []
        for _ in range(4):
            await pilot.press("f")
            await pilot.pause()
            text = screen_text(app)
            shown.append(("asked for" in text, "quoted" in text, "Temperature: potential → hot" in text))
        assert shown == [(True, True, True), (True, False, False), (False, True, False), (False, False, True)]
        with in_chinese():
            await pilot.press("f", "f")
            await pilot.pause()
            assert "温度: 潜力 → 热" in screen_text(app)


async def test_the_card_of_a_past_day_is_looked_at_and_left_again(tmp_path: Path) -> None:
    session, customer = a_story(tmp_path)
    app = Stage()
    async with app.run_test(size=(100, 36)) as pilot:
        await app.open(CardScreen(session, customer), pilot)
        await pilot.pause(0.05)
        await pilot.press("z", *"tomorrow", "enter")
        await pilot.pause()
        assert "has not come yet" in screen_text(app)
        await pilot.press("ctrl+u", *"5", "enter")
        await pilot.pause(0.05)
        then = screen_text(app)
        assert f"as of {short_date(days_ago(5))} · read only" in then
        assert "potential" in then
        assert "FOB Ningbo" not in then
        assert "asked for the price list" in then
        await pilot.press("l", "u")
        await pilot.pause()
        assert "it can only be looked at. Esc goes back to now." in screen_text(app)
        assert cards.existing(session, customer).temperature == "hot"
        await pilot.press("escape")
        await pilot.pause(0.05)
        now = screen_text(app)
        assert "read only" not in now
        assert "FOB Ningbo" in now
        assert isinstance(app.screen, CardScreen)
