"""Keys that a person presses: from the first start to the first contact logged in the tour, and for a morning of 30 customers.

The program runs in a terminal, from an empty home; text of notes is not counted, every other key is. Promised: at most 25
keys to the first contact, and that within a minute; at most 3 keys for each customer.

python -m bench.keystrokes
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.common import Terminal, show
from tui_crm.screens.tour_steps import STEPS
from tui_crm.screens.welcome import OFFERS

CUSTOMERS = 30
ENTER, ESC, QUIT = "\r", "\x1b", "\x11"
WORDS_A_SECOND = 4.0
"""How fast what stands on the screen is read: 240 words a minute."""
SECONDS_A_KEY = 0.28
"""An average typist, for each key pressed (Card, Moran and Newell)."""

MORNING: Sequence[tuple[str, str, str]] = (
    ("l", "asked for 5000 pcs in matt black, wants FOB price >3d send quote", ENTER),
    ("x", "", ""),
    ("l", "sample arrived, lid too tight, they want a new one >5d send new sample @wa", ENTER),
    ("s", "", "3"),
    ("l", "deposit is on its way, bank needs two days >2d check the bank @email", ENTER),
    ("v", "", ""),
    ("l", "wants 3 % off for 20 000, budget in January !hot >fri answer with the price $FOB Ningbo 2.35/20000", ENTER),
    ("r", "", ""),
    ("x", "", ""),
    ("l", "new buyer, starts next month, send catalogue again #price-sensitive >2w call", ENTER),
)
"""What happens with one customer after another, over and over: keys, text, keys."""


def crm(*arguments: str) -> list[str]:
    """The program, in English."""
    return [sys.executable, "-m", "tui_crm", "--lang", "en", *arguments]


def main() -> None:
    """Both, and the figures."""
    with TemporaryDirectory() as home:
        env = dict(os.environ) | {
            "CRM_HOME": home,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
        }
        keys, typed, seconds = first_contact(env)
        words = sum(len(text.split()) for offer in OFFERS for text in (offer.name, offer.sentence))
        words += sum(len(text.split()) for step in STEPS[:2] for text in (step.title, step.text, step.inside))
        person = seconds + words / WORDS_A_SECOND + (keys + typed) * SECONDS_A_KEY
        rows: list[tuple[str, object, object]] = [
            ("first start to the first contact: keys without text", keys, 25),
            ("  machine, seconds", round(seconds, 1), ""),
            (f"  a person who reads all {words} words, types {typed} letters, seconds", round(person), 60),
        ]
        most, total, due, done = morning(env)
        rows += [
            (f"{CUSTOMERS} customers: keys for each, at most", most, 3),
            (f"{CUSTOMERS} customers: keys in all", total, 3 * CUSTOMERS),
            ("  still due after it, of those due before", due, ""),
            ("  customers spoken with or tried", done, ""),
        ]
    show("Keystrokes", ("what", "measured", "promised"), rows)


def first_contact(env: dict[str, str]) -> tuple[int, int, float]:
    """From an empty home through the welcome into the tour; returns keys, letters of the text, and the machine's seconds."""
    keys, text, begun = 0, STEPS[1].typed, time.perf_counter()
    Path(env["CRM_HOME"]).mkdir(exist_ok=True)
    with Terminal(crm(), env) as terminal:
        terminal.until("Working days", 60)
        for key, then in (("4", "1 of"), ("j", "2 of"), ("l", "sent price list")):
            terminal.press(key)
            terminal.until(then, 90)
            keys += 1
        terminal.press(text)
        terminal.quiet(0.2)
        terminal.press(ENTER)
        terminal.until("Saved")
        return keys + 1, len(text), time.perf_counter() - begun


def morning(env: dict[str, str]) -> tuple[int, int, str, int]:
    """A morning on the example book; returns the most keys for one customer, all keys, who is still due, and contacts."""
    before, _done = standing(env)
    most = total = 0
    with Terminal(crm("--demo"), env) as terminal:
        terminal.until("Agenda", 60)
        terminal.quiet(0.5)
        for at in range(CUSTOMERS):
            first, text, last = MORNING[at % len(MORNING)]
            for piece in filter(None, (first, text, last)):
                terminal.press(piece)
            terminal.until("undoes", 60)
            most, total = max(most, len(first + last)), total + len(first + last)
        terminal.press(QUIT)
        while terminal.process.poll() is None:  # keys act in the order typed, this one last
            terminal.quiet(0.2)
    after, done = standing(env)
    return most, total, f"{after} of {before}", done


def standing(env: dict[str, str]) -> tuple[int, int]:
    """How many are due, and how many contacts were logged today."""
    said = subprocess.run(
        crm("--demo", "due", "--limit", "1"), env=env, capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"of (\d+) due; (\d+) done today", said)
    if found is None:
        sys.exit(f"crm due says something else: {said}")
    return int(found[1]), int(found[2])


if __name__ == "__main__":
    main()
