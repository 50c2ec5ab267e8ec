"""Textual's driver for the terminals of Unix, made to bear what a terminal can send, and to notice when it has gone."""

from __future__ import annotations

import asyncio
import os
from codecs import getincrementaldecoder
from concurrent.futures import Future, wait
from contextlib import suppress
from itertools import chain
from selectors import EVENT_READ, SelectSelector
from time import monotonic
from typing import Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App, ScreenStackError
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.message_pump import MessagePump

_PAUSE = 0.1
"""Seconds after which a lone Esc is taken for the key."""
_PIECE = 4096
_PATIENCE, _LOOK = 6.0, 0.02
"""Seconds that a key may keep the next one waiting, and between two looks whether what is waited for has ended."""

_PICTURE = 0.05
"""Seconds after a key in which what it changes is drawn."""

_BEGIN, _END = "\x1b[200~", "\x1b[201~"
"""What a terminal puts around pasted text."""


class TerminalDriver(LinuxDriver):
    """Bytes that are no UTF-8 become �, sequences nobody knows are passed over, pasted text is text whatever it holds, keys
    act in the order typed however fast they come, and a closed terminal ends the program."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._file: Any = _Lasting(self._file)
        self._acted: Future[None] | None = None
        self._hurry = asyncio.Event()
        self._typing = False

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
                        with suppress(RuntimeError):  # the program has ended before us
                            self._loop.call_soon_threadsafe(self._app.exit)
                        return
                    typed = guard.made_plain(decoder.decode(piece))
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

    def process_message(self, message: Message) -> None:
        """Pass an event on; a key only after the one before has done all it does. Else `l` and the note typed after it,
        arriving in one piece over a slow line, would be so many commands: Textual does not wait for the focus to move."""
        if not isinstance(message, events.Key | events.Paste):
            super().process_message(message)
            return
        typing = isinstance(message, events.Key) and self._goes_into_text(message)
        if not (typing and self._typing):  # letters into a text field come in order by themselves
            self._wait()
        super().process_message(message)
        self._typing = typing
        self._hurry = asyncio.Event()
        self._acted = asyncio.run_coroutine_threadsafe(self._act(self._hurry), self._loop)

    async def _act(self, hurry: asyncio.Event) -> None:
        """Return once a key has done all it does. Looking for that at once would hold up the picture it makes, so it waits
        until that is drawn or the next key is there."""
        with suppress(TimeoutError):
            await asyncio.wait_for(hurry.wait(), _PICTURE)
        await settled(self._app)

    def _goes_into_text(self, key: events.Key) -> bool:
        with suppress(ScreenStackError):
            here = self._app.focused
            return here is not None and here.check_consume_key(key.key, key.character)
        return False

    def _wait(self) -> None:
        patience = monotonic() + _PATIENCE
        if self._acted and not self._acted.done():
            with suppress(RuntimeError):  # the program has ended before us
                self._loop.call_soon_threadsafe(self._hurry.set)
        while self._acted and not self._acted.done() and monotonic() < patience:
            if self.exit_event.is_set() or self._loop.is_closed():
                return
            wait([self._acted], _LOOK)


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


async def settled(app: App[object]) -> None:
    """Return once the last key has gone all the way up, what it opened is there, and the focus is where it belongs; or
    when patience ends, since a program that is being closed answers nobody any more."""
    with suppress(ScreenStackError, TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            for _ in range(_WAYS):
                for node in (app.focused or app.screen).ancestors_with_self:
                    await _idle(node)


_WAYS = 4
"""A key goes up to the app, which acts; what that opens is mounted, and asks the app for the focus; a message of a widget
of ours to its screen takes one more."""


async def _idle(pump: MessagePump) -> None:
    """Return once `pump` has seen to everything it was sent until now."""
    done = asyncio.get_running_loop().create_future()
    if pump.call_later(done.set_result, None):
        while pump.is_running and not done.done():
            await asyncio.wait([done], timeout=_LOOK)


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
