"""The pictures of the documents, taken of the program itself on the example book.

python -m tests.pictures              write docs/images/*.svg
python -m tests.pictures NAME …       only these
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import monotonic
from typing import NamedTuple
from xml.sax.saxutils import escape

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.pilot import Pilot
from textual.widgets import Input

from tests.builders import FixedClock
from tests.picture_sheets import Sheet, edited_on_both_sides, enquiries, follow_up
from tui_crm import i18n
from tui_crm.app import CrmApp
from tui_crm.config import Places, Settings
from tui_crm.demo import ensure_demo
from tui_crm.screens.importing import ImportScreen
from tui_crm.usecases.session import open_session

IMAGES = Path(__file__).parent.parent / "docs" / "images"
BOOK = "demo.db"
CLOCK = FixedClock(date(2026, 11, 23), 8)
SIZE = (120, 34)
STILL = 0.6
"""Seconds without a change after which a screen is taken to be done."""
_W, _H, _BASE, _EDGE = 8.4, 18.0, 13.5, 12.0
"""Width and height of a cell, the line that letters stand on in it, and the rim of the picture."""
_FONTS = "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', 'Microsoft YaHei', monospace"


class Scene(NamedTuple):
    """A picture: its name, the keys that lead to it, what is typed in each language, a sheet to import, keys behind that."""

    name: str
    keys: tuple[str, ...] = ()
    typed: tuple[str, str] = ("", "")
    sheet: Sheet | None = None
    then: tuple[str, ...] = ()


SCENES = (
    Scene("agenda", ("down", "up")),
    Scene("quicklog", ("down", "l"), ("sent PI, asked about payment >3d send sample #price-sensitive @wa !hot",
                                      "发PI，问付款 >3天 寄样品 #价敏感 @微信 !热")),
    Scene("search", ("/",), ("t:hot late:>1", "t:热 late:>1")),
    Scene("card", ("down", "enter")),
    Scene("why", ("w",)),
    Scene("marks", ("space", "down", "space", "t")),
    Scene("pipeline", ("3",)),
    Scene("trades", ("4",)),
    Scene("help", ("?",)),
    Scene("settings", ("S",), then=("down", "tab", "tab")),
    Scene("themes", ("T",), then=("down", "down")),
    Scene("import", sheet=follow_up, then=("down", "down")),
    Scene("import-columns", sheet=follow_up, then=("c",)),
    Scene("import-dates", sheet=enquiries),
    Scene("import-conflicts", sheet=edited_on_both_sides, then=("b",)),
)  # fmt: skip


async def take(scene: Scene, language: str, home: Path) -> str:
    """The picture of a scene, as SVG. `home` holds the example book, and whatever the scene needs."""
    place = home / scene.name
    place.mkdir()
    book = Path(shutil.copy(home / BOOK, place))
    session = open_session(book, _settings(language), CLOCK)
    sheet = scene.sheet and scene.sheet(session, language, place)
    app = CrmApp(session, Places(place, place))
    try:
        async with app.run_test(size=SIZE) as pilot:
            await _settled(pilot)
            if sheet:
                app.push_screen(ImportScreen(session, str(sheet)))
                await _settled(pilot)
            await _press(pilot, scene.keys)
            if typed := scene.typed[language != "en"]:
                app.screen.query_one(Input).insert_text_at_cursor(typed)
                await _settled(pilot)
            await _press(pilot, scene.then)
            return _drawn(app)
    finally:
        session.close()


async def _press(pilot: Pilot[None], keys: tuple[str, ...]) -> None:
    if keys:
        await pilot.press(*keys)
        await _settled(pilot)


async def _settled(pilot: Pilot[None]) -> None:
    """Wait until the screen has not changed for a while: readers and child processes work beside it."""
    before, since = None, monotonic()
    while monotonic() - since < STILL:
        await pilot.pause(0.05)
        for line in pilot.app.screen.query(Input):
            line.cursor_blink = False
        now = pilot.app.screen._compositor.render_strips()
        if now != before:
            before, since = now, monotonic()


def _settings(language: str) -> Settings:
    return replace(Settings(), language=language, name="Mei", theme="dark", hints=False)


def _drawn(app: CrmApp) -> str:
    """The screen as SVG: every piece of text at its cell and as wide as its cells, in whatever font the reader has."""
    size = app.size
    usual = app.theme_variables["background"]
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size.width * _W + 2 * _EDGE:g} {size.height * _H + 2 * _EDGE:g}"'
        f' font-family="{_FONTS}" font-size="14" style="white-space:pre">',
        f'<rect width="100%" height="100%" rx="8" fill="{usual}"/>',
    ]
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            out += _piece(segment, x, y, (app.theme_variables["foreground"], usual))
            x += cell_len(segment.text)
    return "\n".join([*out, "</svg>\n"])


def _piece(segment: Segment, x: int, y: int, usual: tuple[str, str]) -> Iterator[str]:
    style = segment.style or Style()
    ink, ground = _rgb(style.color) or usual[0], _rgb(style.bgcolor) or usual[1]
    if style.reverse:
        ink, ground = ground, ink
    top, width = _EDGE + y * _H, cell_len(segment.text) * _W
    if width and ground.lower() != usual[1].lower():
        yield f'<rect x="{_EDGE + x * _W:g}" y="{top:g}" width="{width:g}" height="{_H:g}" fill="{ground}"/>'
    look = f' fill="{ink}"' + ' font-weight="bold"' * bool(style.bold) + ' opacity=".6"' * bool(style.dim)
    for text in re.findall(r"[\x21-\x7e]+(?: [\x21-\x7e]+)*|[^ -~]+|\s+", segment.text):
        cells = cell_len(text)
        if text.strip():
            squeezed = "" if text.isascii() else ' lengthAdjust="spacingAndGlyphs"'
            place = f'x="{_EDGE + x * _W:g}" y="{top + _BASE:g}" textLength="{cells * _W:g}"'
            yield f"<text {place}{squeezed}{look}>{escape(text)}</text>"
        x += cells


def _rgb(color: Color | None) -> str | None:
    return color.get_truecolor().hex if color and not color.is_default else None


async def take_all(names: list[str], language: str, ending: str) -> None:
    """Take the pictures of a language."""
    i18n.use_language(language)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        ensure_demo(home / BOOK, _settings(language), CLOCK)
        for scene in SCENES:
            if not names or scene.name in names:
                svg = await take(scene, language, home)
                if folder in svg:
                    raise SystemExit(f"{scene.name} shows where it was taken")
                (IMAGES / f"{scene.name}-{ending}.svg").write_text(svg, encoding="utf-8")
                print(scene.name, ending, flush=True)


def main(names: list[str]) -> None:
    """Take those that are asked for, or all; each language in a process of its own."""
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", TZ="Asia/Shanghai")
    IMAGES.mkdir(exist_ok=True)
    spawning = multiprocessing.get_context("spawn")
    languages = [spawning.Process(target=_run, args=(names, *language)) for language in (("en", "en"), ("zh_CN", "zh"))]
    for process in languages:
        process.start()
    for process in languages:
        process.join()
    sys.exit(any(process.exitcode for process in languages))


def _run(names: list[str], language: str, ending: str) -> None:
    asyncio.run(take_all(names, language, ending))


if __name__ == "__main__":
    main(sys.argv[1:])
