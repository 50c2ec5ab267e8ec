"""The real program under a Chinese input method: what terminals send then, byte for byte."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("terminals of Unix", allow_module_level=True)

from tui_crm.terminal import PlainKeys

from .terminal import TODAY, Terminal, verb

ESC, QUIT = "\x1b", "\x11"
F2, F6, ALT_2 = "\x1bOQ", "\x1b[17~", "\x1b2"
KITTY_ESC, KITTY_ESC_UP = "\x1b[27;1:1u", "\x1b[27;1:3u"
KITTY_L, KITTY_L_UP = "\x1b[108;;108u", "\x1b[108;1:3u"
KITTY_COMMITTED = "\x1b[0;;23458:25143u"  # 客户, as a text that belongs to no key
KITTY_WIDE_QUESTION = "\x1b[47:63;2:1;65311u"


def test_every_stream_of_an_input_method_does_what_was_meant(tmp_path: Path) -> None:
    verb(tmp_path, "--today", "2026-10-01", "add", "Acme", "--country", "DE", "--temperature", "hot")
    with Terminal(tmp_path, "--today", TODAY) as crm:
        crm.until("Last entries")
        crm.send("２")  # everybody: Acme stays in sight, whatever is logged
        crm.until("All customers")
        for committed in ("客户", KITTY_COMMITTED):  # letters went to the input method, which wrote this: no command
            crm.send(committed)
            crm.until("An input method is on")
            crm.send(ALT_2)
            crm.until("no answer")
            crm.send("ｕ")
            crm.until("Undone")
        for help_key in ("？", "\x1bOP", KITTY_WIDE_QUESTION):
            crm.send(help_key)
            crm.until("search: a key")
            crm.send(KITTY_ESC + KITTY_ESC_UP)
            crm.without("search: a key")
        crm.send("，。")  # two marks in one read: the views, and one that can do nothing there
        crm.until("─ Views ─")
        crm.send("\x1b[27u")
        crm.without("─ Views ─")
        crm.send("、德国")  # the search key under an input method, and what it writes into the line
        crm.until("德国")
        crm.send(ESC)
        crm.until("All customers")
        crm.send("\x1bl")  # Alt+L locks; of what comes all at once the first character unlocks
        crm.until("crm is locked")
        crm.send("客户")
        crm.until("All customers")
        for logged in ("l你好，谈了价格", KITTY_L + KITTY_L_UP + KITTY_COMMITTED + "，要5000个。", F2 + "ｌ三月下单"):
            crm.send(logged)
            crm.until("Log: Acme")
            crm.send("\r")
            crm.until("Saved: Acme")
            crm.without("Log: Acme")
        crm.send(QUIT)
        assert crm.end() == 0
    notes = [entry["note"] for entry in json.loads(verb(tmp_path, "show", "Acme", "--json").stdout)["activities"]]
    assert sorted(notes) == sorted(["你好，谈了价格", "客户，要5000个。", "ｌ三月下单"])


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("\x1b[108;1:3u", ""),
        ("\x1b[108:76;2:2;76u", "\x1b[108;2;76u"),
        ("\x1b[1078::59;5u", "\x1b[59;5u"),
        ("\x1b[108;1;108:u", "\x1b[108;1;108u"),
        ("\x1b[1;1:3Q\x1b[1;1:1Q", "\x1b[1;1Q"),
        ("\x1b[0;;23458:25143u", "\x1b[0;;23458:25143u"),
        ("l\x1b[1;5C\x1b[<0;3;4M\x1b[3~\x1b", "l\x1b[1;5C\x1b[<0;3;4M\x1b[3~\x1b"),
    ],
)
def test_keys_of_the_kitty_protocol_are_made_plain(typed: str, plain: str) -> None:
    assert PlainKeys().made_plain(typed) == plain
    cut = PlainKeys()
    whole = "".join(map(cut.made_plain, (typed[:3], typed[3:7], typed[7:])))
    assert whole + cut.rest() == plain
