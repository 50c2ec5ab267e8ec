"""Textual's driver for a browser (`crm serve`), made to bear the same as that for terminals."""

from __future__ import annotations

import os
from codecs import getincrementaldecoder
from contextlib import suppress
from functools import partial
from typing import Any

from textual._xterm_parser import XTermParser
from textual.drivers._byte_stream import ByteStream
from textual.drivers.web_driver import WebDriver, _ExitInput

from .keystrokes import KeysInOrder, PasteGuard


class BrowserDriver(KeysInOrder, WebDriver):
    """Keys act in the order typed, pasted text is text whatever it holds, and the program ends when the server has gone."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._write = partial(_written, self.fileno)

    def run_input_thread(self) -> None:
        """Read keys and the server's messages until the program ends or the server has gone."""
        decoder, guard = getincrementaldecoder("utf-8")("replace"), PasteGuard()
        parser, packets = XTermParser(self._debug), ByteStream()
        with suppress(_ExitInput):
            for data in self._input_reader:
                for kind, payload in packets.feed(data) if data else ():
                    if kind == "D":
                        parser = self._typed(parser, guard.made_plain(decoder.decode(payload)))
                    else:
                        self._on_meta(kind, payload)
                for event in parser.tick():
                    self.process_message(event)
        self._input_reader.close()
        with suppress(RuntimeError):  # the program has ended before us
            self._loop.call_soon_threadsafe(self._app.exit)

    def _typed(self, parser: XTermParser, text: str) -> XTermParser:
        """Pass typed text on; returns the parser for what follows."""
        try:
            for event in parser.feed(text) if text else ():
                self.process_message(event)
        except (ValueError, OverflowError):  # a key code that is no character
            return XTermParser(self._debug)
        return parser


def _written(fileno: int, data: bytes) -> int:
    """Write to the server, if it is still there."""
    with suppress(OSError):
        return os.write(fileno, data)
    return len(data)
