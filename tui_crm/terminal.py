"""Textual's driver for the terminals of Unix, made to bear what a terminal can send, and to notice when it has gone."""

from __future__ import annotations

import os
import re
from codecs import getincrementaldecoder
from contextlib import suppress
from itertools import chain
from selectors import EVENT_READ, SelectSelector
from typing import Any

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from .keystrokes import KeysInOrder, PasteGuard

_PAUSE = 0.1
"""Seconds after which a lone Esc is taken for the key."""
_PIECE = 4096
_REPORT = re.compile(r"\x1b\[([\d:]+)(?:;([\d:]*))?(?:;([\d:]*))?([u~A-HPQRS])")
_BEGUN = re.compile(r"\x1b(?:\[[\d:;]*)?\Z")
_RELEASED = "3"
"""A key reported by the kitty protocol; the beginning of one; the kind of event that a key let go is."""


class TerminalDriver(KeysInOrder, LinuxDriver):
    """Bytes that are no UTF-8 become �, sequences nobody knows are passed over, pasted text is text whatever it holds, keys
    act in the order typed however fast they come, and a closed terminal ends the program."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._file: Any = _Lasting(self._file)

    def run_input_thread(self) -> None:
        """Read keys until the program ends or the terminal has gone."""
        decoder, guard, plainer = getincrementaldecoder("utf-8")("replace"), PasteGuard(), PlainKeys()
        parser = XTermParser(self._debug)
        with SelectSelector() as selector:
            selector.register(self.fileno, EVENT_READ)
            while not self.exit_event.is_set():
                typed = ""
                if selector.select(_PAUSE):
                    piece = self._read()
                    if not piece:  # the window is closed, and in a container no signal says so
                        with suppress(RuntimeError):  # the program has ended before us
                            self._loop.call_soon_threadsafe(self._app.exit)
                        return
                    typed = plainer.made_plain(guard.made_plain(decoder.decode(piece)))
                else:
                    typed = plainer.rest()
                try:
                    for event in chain(parser.feed(typed) if typed else (), parser.tick()):
                        self.process_message(event)
                except (ValueError, OverflowError):  # a key code that is no character
                    parser = XTermParser(self._debug)

    def _sigcont_application(self, *given: Any) -> None:
        """Start anew after a stop. The same signal comes with a hang-up, when there is nothing left to start on, and Textual
        would wait for a second reader of keys for ever."""
        if not self._must_signal_resume:
            if not os.isatty(self.fileno):
                return
            self.suspend_application_mode()
        super()._sigcont_application(*given)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, _PIECE)
        except OSError:
            return b""


class _Lasting:
    """A stream that takes what is written even when the terminal has gone: Textual's writer would die of the error, and the
    program then wait for ever for somebody to write its last words."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.fileno = stream.fileno

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


class PlainKeys:
    """Takes out of keys reported by the kitty protocol what Textual cannot read: the layouts they could be on, and whether they
    were pressed or repeated. Keys that are let go are left out. Text may come in pieces, cut anywhere."""

    def __init__(self) -> None:
        self._begun = ""

    def made_plain(self, typed: str) -> str:
        """The next piece as it may be passed on; the beginning of a key at its end waits for more."""
        typed = self._begun + typed
        begun = _BEGUN.search(typed)
        self._begun = begun[0] if begun and len(begun[0]) > 1 else ""  # a lone Esc waits in Textual's parser
        return _REPORT.sub(_plain_key, typed[: len(typed) - len(self._begun)])

    def rest(self) -> str:
        """What waited in vain."""
        rest, self._begun = self._begun, ""
        return rest


def _plain_key(report: re.Match[str]) -> str:
    if ":" not in report[0]:
        return report[0]
    key, held, text, end = report.groups()
    modifiers, _sep, kind = (held or "").partition(":")
    if kind == _RELEASED:
        return ""
    said = ":".join(filter(None, (text or "").split(":")))
    layouts = key.split(":")
    shortcut = modifiers.isdigit() and (int(modifiers) - 1) & 0b110
    usual = layouts[2] if shortcut and len(layouts) > 2 else ""  # Ctrl+ж is Ctrl+; of a Latin keyboard
    fields = [usual or layouts[0], modifiers, *([said] if said else [])]
    return f"\x1b[{';'.join(fields) if modifiers or said else fields[0]}{end}"
