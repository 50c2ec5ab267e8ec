"""Eight hours of work on the real screens, and what the program holds in the end: `python bench/soak.py`.

Ten thousand acts, picked by a seed, on a book made for it: logging in both languages, one-key outcomes, snoozing, tags, searches,
cards, undo and redo, views, marks, edits, now and then another theme or language. Memory is what the program has after the
first acts, and at the end; with it go objects, open files, threads, and the bytes of the book and its write-ahead log.
"""

from __future__ import annotations

import asyncio
import gc
import os
import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from common import parser, show
from make_book import TODAY
from textual import events
from textual.keys import _character_to_key

from tui_crm.app import CrmApp
from tui_crm.config import Places, Settings
from tui_crm.keystrokes import settled
from tui_crm.usecases.session import Clock, open_session

MOST_MB = 10
"""Megabytes that the program may hold more at the end."""
WARM = 500
"""Acts until everything has been used once."""
SIZE = (120, 36)
_PAGE = os.sysconf("SC_PAGE_SIZE")
NOTES = (
    "asked for the lead time, told 35 days >3d send offer #price-sensitive @wa",
    "PI sent, USD 4,280 – waits for the boss >1w ask about the deposit @email !hot",
    "they compare with two others, our price is 4 % above >5d call again",
    "要LFGB报告，已发两份 >5天 确认收到 @微信",
    "样品收到，颜色可以 >2天 报大货价 #重点",
    "说下月再谈，先不催 >20天 问近况",
)
WORDS = ("sample", "shenzhen", "#haggler", "t:hot", "广州", "deposit", "is:overdue", "zhang", "+49", "nobodyhasthis")


class Rep:
    """Somebody at work: one act after another, each of which ends on the first screen."""

    def __init__(self, app: CrmApp, seed: int) -> None:
        self.app, self.rng = app, random.Random(seed)
        self.done: Counter[str] = Counter()
        self._acts: tuple[tuple[float, Callable[[], Awaitable[None]]], ...] = (
            (15, self.move), (20, self.outcome), (20, self.log), (9, self.snooze), (5, self.rate), (5, self.tag),
            (7, self.search), (8, self.card), (6, self.undo), (4, self.look), (3, self.mark), (2, self.edit),
            (0.15, self.theme), (0.15, self.language),
        )  # fmt: skip

    async def act(self) -> None:
        """One act."""
        (act,) = self.rng.choices([act for _, act in self._acts], [weight for weight, _ in self._acts])
        await act()
        self.done[act.__name__] += 1
        for _ in range(8):
            if len(self.app.screen_stack) == 1 and type(self.app.focused).__name__ == "RowList":
                return
            while type(self.app.screen).__name__ == "Working":  # many are acted on at once
                await asyncio.sleep(0.05)
            await self.press("escape")
        raise AssertionError(f"{act.__name__} did not end: {self.app.screen} {self.app.focused}")

    async def press(self, *keys: str) -> None:
        """Keys, each once the one before has done all it does. Textual's own way waits up to 30 s for what is closed, and holds it
        as long."""
        for key in keys:
            name = _character_to_key(key) if len(key) == 1 else key
            self.app.post_message(events.Key(name, key if len(key) == 1 else None))
            await settled(self.app)

    async def type(self, text: str) -> None:
        """The first letters one by one, the rest at once."""
        await self.press(*text[:2])
        self.app.post_message(events.Paste(text[2:]))
        await settled(self.app)

    async def move(self) -> None:
        await self.press(*self.rng.choices(("j", "k", "pagedown", "pageup", "G", "g"), (20, 8, 3, 2, 1, 2), k=4))

    async def outcome(self) -> None:
        await self.press("j", self.rng.choice("axvr"))

    async def log(self) -> None:
        await self.press("l")
        await self.type(self.rng.choice(NOTES))
        await self.press("enter")

    async def snooze(self) -> None:
        await self.press("s", self.rng.choice("137"))

    async def rate(self) -> None:
        await self.press(self.rng.choice("tc"), self.rng.choice("12345"))

    async def tag(self) -> None:
        await self.press("#")
        await self.type(f"tag{self.rng.randrange(20)}")
        await self.press("enter")

    async def search(self) -> None:
        await self.press("/")
        await self.type(self.rng.choice(WORDS))
        await asyncio.sleep(0.02)
        await self.press("enter", "j")
        if self.rng.random() < 0.5:
            await self.press("enter", "j", "escape")

    async def card(self) -> None:
        await self.press("enter", "j", "j", self.rng.choice(("z", "d", "f", "w", "j")), "escape")

    async def undo(self) -> None:
        await self.press("u", *("U" if self.rng.random() < 0.5 else ""))

    async def look(self) -> None:
        await self.press(self.rng.choice("1234"), "j", "j")
        await self.press(self.rng.choice("12"))

    async def mark(self) -> None:
        await self.press("space", "shift+down", "shift+down", "t", "escape", "escape")

    async def edit(self) -> None:
        await self.press("e", "tab")
        await self.type(f"{self.rng.randrange(1000)}")
        await self.press("ctrl+s")

    async def theme(self) -> None:
        await self.press("T", "j", "enter")

    async def language(self) -> None:
        await self.press("L")


def main() -> None:
    """Work, print what is held on the way, hold the bound."""
    given = parser(__doc__, runs=1)
    given.add_argument("--acts", type=int, default=10_000)
    given.add_argument("--customers", type=int, default=10_000)
    given.add_argument("--seed", type=int, default=1)
    given.add_argument("--every", type=int, default=1_000, help="acts between two looks")
    asked = given.parse_args()
    with TemporaryDirectory() as folder:
        book = Path(folder) / "book.db"
        maker = Path(__file__).with_name(
            "make_book.py"
        )  # in a process of its own: what it took would hide what is held
        subprocess.run([sys.executable, maker, "--customers", str(asked.customers), "--db", str(book)], check=True)
        asyncio.run(_work(book, asked.acts, asked.seed, asked.every))


async def _work(book: Path, acts: int, seed: int, every: int) -> None:
    app = CrmApp(open_session(book, Settings(name="mei"), Clock(TODAY)), Places(book.parent, book.parent))
    table, begun = [], perf_counter()
    async with app.run_test(size=SIZE):
        rep = Rep(app, seed)
        for number in range(1, acts + 1):
            await rep.act()
            if number == WARM or number % every == 0:
                table.append([number, *_held(book), perf_counter() - begun])
                print(*table[-1], flush=True)
        app.exit()
    header = ["acts", "memory MB", "objects", "open files", "threads", "book MB", "log MB", "seconds"]
    show("A day of work", header, table)
    print(dict(rep.done))
    grown = table[-1][1] - table[0][1]
    print(f"grown by {grown:.1f} MB, {grown / (acts - WARM) * 1000:.2f} MB in 1,000 acts")
    left = sorted(file.name for file in book.parent.iterdir() if file.name.endswith(("-wal", "-shm", ".new")))
    assert not left, f"left behind: {left}"
    assert grown <= MOST_MB, "it holds more and more"


def _held(book: Path) -> tuple[float, int, int, int, float, float]:
    """What this process holds: resident megabytes, objects, open files, threads; megabytes of the book and of its log."""
    gc.collect()
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE / 1e6
    files = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    log = Path(f"{book}-wal")
    return (
        resident, len(gc.get_objects()), files, threading.active_count(), book.stat().st_size / 1e6,
        log.stat().st_size / 1e6 if log.exists() else 0.0,
    )  # fmt: skip


if __name__ == "__main__":
    main()
