"""How long it takes from choosing another theme until the whole screen is drawn in it.

    python bench/theme_switch.py [--books FOLDER] [--runs 9]

In the program itself, 160×50, on the agenda, a card and the pipeline of each book: the median of all switches, and the slowest.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from common import SIZES, TODAY, arguments, book_file, median, show
from textual.color import Color

from tui_crm.app import CrmApp
from tui_crm.config import Places, Settings
from tui_crm.usecases.session import Clock, open_session

BUDGET = 200.0
"""Milliseconds a switch may take."""
_PLACES = (("agenda", ("agenda",)), ("card", ("agenda", "open")), ("pipeline", ("agenda", "pipeline")))


def main() -> None:
    """Measure every book there is, on copies."""
    asked = arguments(__doc__, 9)
    rows: list[tuple[object, ...]] = []
    for size in ("1k", "100k"):
        with TemporaryDirectory() as folder:
            book = Path(folder) / "book.db"
            shutil.copy(book_file(asked.books, size), book)
            for place, values in asyncio.run(_measure(book, asked.runs)).items():
                rows.append(
                    (
                        f"{SIZES[size]:,}",
                        place,
                        median(values),
                        max(values),
                        "yes" if median(values) <= BUDGET else "NO",
                    )
                )
    show("Theme switch, milliseconds", ("customers", "screen", "median", "slowest", f"≤ {BUDGET:.0f}"), rows)


async def _measure(book: Path, runs: int) -> dict[str, list[float]]:
    session = open_session(book, Settings(name="bench"), Clock(TODAY))
    app = CrmApp(session, Places(book.parent, book.parent))
    taken: dict[str, list[float]] = {}
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.pause(0.5)
        for place, commands in _PLACES:
            for command in commands:
                screen: Any = app.screen
                await screen.action_do(command)
                await pilot.pause(0.5)
            taken[place] = [await _switch(app, name) for _ in range(runs) for name in ("light", "dark")]
            if len(app.screen_stack) > 1:
                app.pop_screen()
                await pilot.pause(0.2)
    session.close()
    return taken


async def _switch(app: CrmApp, name: str) -> float:
    """Put a theme on, and wait until all of the screen is drawn in it."""
    begun = time.perf_counter()
    app.use_theme(name)
    ground = Color.parse(app.get_css_variables()["background"])
    while app.screen.styles.background != ground or app.screen._dirty_widgets or app.screen._layout_required:
        await asyncio.sleep(0)
    app.screen._compositor.render_strips()
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main()
