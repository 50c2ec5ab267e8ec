"""Textual's driver for the terminals of Unix, made to bear what a terminal can send, and to notice when it has gone."""

from __future__ import annotations

import os
from codecs import getincrementaldecoder
from itertools import chain
from selectors import EVENT_READ, SelectSelector

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

_PAUSE = 0.1
"""Seconds after which a lone Esc is taken for the key."""
_PIECE = 4096

_BEGIN, _END = "\x1b[200~", "\x1b[201~"
"""What a terminal puts around pasted text."""


class TerminalDriver(LinuxDriver):
    """Bytes that are no UTF-8 become �, sequences nobody knows are passed over, pasted text is text whatever it holds, and
    a closed terminal ends the program."""

    def run_input_thread(self) -> None:
        """Read keys until the program ends or the terminal has gone."""
        decoder, guard = getincrementaldecoder("utf-8")("replace"), PasteGuard()
        parser = XTermParser(self._debug)
        with SelectSelector() as selector:
            selector.register(self.fileno, EVENT_READ)
            while not self.exit_event.is_set():
                typed = ""
                if selector.select(_PAUSE):
                    piece = self._read()
                    if not piece:  # the window is closed, and in a container no signal says so
                        self._loop.call_soon_threadsafe(self._app.exit)
                        return
                    typed = guard.made_plain(decoder.decode(piece))
                try:
                    for event in chain(parser.feed(typed) if typed else (), parser.tick()):
                        self.process_message(event)
                except (ValueError, OverflowError):  # a key code that is no character
                    parser = XTermParser(self._debug)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, _PIECE)
        except OSError:
            return b""


class PasteGuard:
    """Shows an Esc inside pasted text as ␛: behind one, Textual takes the text for keys, and keys are commands.

    Text may come in pieces, cut anywhere.
    """

    def __init__(self) -> None:
        self._inside = False
        self._before = ""  # outside: the end of what was passed on; inside: what may be the first half of _END

    def made_plain(self, typed: str) -> str:
        """The next piece as it may be passed on."""
        passed = ""
        while typed:
            passed_now, typed = self._inner(typed) if self._inside else self._outer(typed)
            passed += passed_now
        return passed

    def _outer(self, typed: str) -> tuple[str, str]:
        """Pass everything on at once, up to and with the mark that begins a paste."""
        known = len(self._before)
        at = (self._before + typed).find(_BEGIN)
        self._inside = at >= 0
        end = at + len(_BEGIN) - known if self._inside else len(typed)
        self._before = "" if self._inside else (self._before + typed)[1 - len(_BEGIN) :]
        return typed[:end], typed[end:]

    def _inner(self, typed: str) -> tuple[str, str]:
        """Pass pasted text on without any Esc, up to and with the mark that ends it."""
        text, mark, rest = (self._before + typed).partition(_END)
        self._inside, self._before = not mark, ""
        if not mark:
            half = next((n for n in range(len(_END) - 1, 0, -1) if text.endswith(_END[:n])), 0)
            text, self._before = text[: len(text) - half], text[len(text) - half :]
        return text.replace("\x1b", "\u241b") + mark, rest
