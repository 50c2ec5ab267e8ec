"""Every screen and dialog, opened once by its command and resized while it is open: whole lines, whole characters, the cursor in
sight, no text that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.style import Style
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from tests.builders import a_customer, a_session, days_ago
from tests.screen import HOSTILE, in_chinese
from tui_crm.app import CrmApp
from tui_crm.config import Places
from tui_crm.domain.values import Contact, Reach
from tui_crm.screens.widgets.rowlist import RowList
from tui_crm.themes import contrast
from tui_crm.usecases.session import Session

USUAL = (120, 36)
OTHERS = [(80, 24), (160, 50), (80, 60), (100, 30), (60, 20)]
"""Every screen opens at one of these, is made tiny, and then grows to the next one."""
TINY = (40, 12)
ON_AGENDA = (
    "customers", "search", "log", "trade", "why", "snooze", "tag", "new", "merge", "attach", "history", "spread",
    "pipeline", "trades", "views", "duplicates", "tags", "import", "export", "paper",
    "forget", "backups", "theme", "settings", "help", "palette",
)  # fmt: skip
ON_CARD = ("edit", "as_of", "filter")
NAMES = (
    *HOSTILE,
    "深圳市汇通国际贸易有限公司",
    "👩‍👧 Töchter & Co. 🎁",
    "O’Brien e\u0301\u0301 Ltd",
    "สยามขวดน้ำ จำกัด",
    "מתנות גליל",
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = a_session(tmp_path)
    for at, name in enumerate(NAMES):
        person = Contact(name[:60], name[:60], (Reach("email", f"someone{at}@nowhere.example"),), True)
        a_customer(session, ("hot", "cold", "sample")[at % 3], name=f"{name} {at}", last_contact=days_ago(40 * at % 99),
                   contacts=(person,), tags=(f"tag-{at}", "价敏感"), action=name)  # fmt: skip
    yield session
    session.close()


async def test_every_screen_at_every_size(session: Session) -> None:
    app = CrmApp(session, Places(session.book.path.parent, session.book.path.parent))
    seen: set[str] = set()
    wrong: list[str] = []
    async with app.run_test(size=USUAL) as pilot:
        await pilot.pause(0.15)
        wrong += await faults(pilot, "agenda", [*OTHERS, TINY, USUAL])
        for command in ON_AGENDA:
            await opened(pilot, command, seen, wrong)
        await app.screen.action_do("agenda")  # type: ignore[attr-defined]
        await app.screen.action_do("open")  # type: ignore[attr-defined]
        wrong += await faults(pilot, "card", [*OTHERS, TINY, USUAL])
        for command in ON_CARD:
            await opened(pilot, command, seen, wrong, bottom=2)
    assert wrong == []
    assert len(seen) >= 20, seen


async def test_chinese_at_the_sizes_most_used(session: Session) -> None:
    app = CrmApp(session, Places(session.book.path.parent, session.book.path.parent))
    wrong: list[str] = []
    with in_chinese():
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause(0.15)
            for command in ("customers", "pipeline", "trades", "help"):
                await opened(pilot, command, set(), wrong)
    assert wrong == []


async def opened(pilot: Pilot[None], command: str, seen: set[str], wrong: list[str], bottom: int = 1) -> None:
    """Open what a command opens, look at it at every size, note what is `wrong`, and close it."""
    app = pilot.app
    await app.screen.action_do(command)  # type: ignore[attr-defined]
    await pilot.pause(0.02)
    seen.add(type(app.screen).__name__)
    wrong += await faults(pilot, command, [TINY, OTHERS[len(seen) % len(OTHERS)]])
    while len(app.screen_stack) > bottom:
        app.screen.dismiss(None)
        await pilot.pause()
    for panel in app.screen.query("#quicklog, #searchbar, FieldEditor"):
        await panel.remove()


async def faults(pilot: Pilot[None], what: str, sizes: list[tuple[int, int]]) -> list[str]:
    """What is wrong with the present screen at these sizes."""
    told: list[str] = []
    for width, height in sizes:
        await pilot.resize_terminal(width, height)
        await pilot.pause(0)
        strips = pilot.app.screen._compositor.render_strips()
        here = [f"{len(strips)} lines"] if len(strips) != height else []
        here += [strip.text for strip in strips if sum(cell_len(segment.text) for segment in strip) != width]
        here += out_of_sight(pilot.app.screen)
        told += [f"{what} at {width}×{height}: {each}" for each in here]
    return told + [f"{what}: {text!r} has a contrast of {ratio:.1f}" for text, ratio in unreadable(pilot.app)]


def out_of_sight(screen: Screen[Any]) -> list[str]:
    """Lists whose cursor is not in sight."""
    return [
        f"cursor of {listed!r} out of sight"
        for listed in screen.query(RowList)
        if listed.display and listed.size.height and listed.rows and listed.in_hand
        and not 0 <= listed.cursor - listed.scroll_offset.y < listed.size.height
    ]  # fmt: skip


def unreadable(app: App[Any]) -> Iterator[tuple[str, float]]:
    """Texts of the present screen, a dialog's own only, whose contrast is under AA."""
    box = next(iter(app.screen.query("#box")), None) if app.screen.is_modal else app.screen
    if box is None:
        return
    x, y, width, height = box.region
    for strip in app.screen._compositor.render_strips()[y : y + height]:
        for text, style, _control in strip.crop(x, x + width):
            if text.strip() and any(map(str.isalnum, text)) and (pair := _colours(style)) and contrast(*pair) < 4.5:
                yield text, contrast(*pair)


def _colours(style: Style | None) -> tuple[str, str] | None:
    if style is None or style.color is None or style.bgcolor is None:
        return None
    ink, ground = style.color.triplet, style.bgcolor.triplet
    return None if ink is None or ground is None else (ink.hex, ground.hex)
