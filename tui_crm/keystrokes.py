"""What is typed, wherever the terminal is: keys act in the order they come in, and pasted text is text."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future, wait
from contextlib import suppress
from time import monotonic
from typing import Any

from textual import events
from textual.app import App, ScreenStackError
from textual.driver import Driver
from textual.message import Message
from textual.message_pump import MessagePump

_PATIENCE, _LOOK = 6.0, 0.02
"""Seconds that a key may keep the next one waiting, and between two looks whether what is waited for has ended."""

_PICTURE = 0.05
"""Seconds after a key in which what it changes is drawn."""

_BEGIN, _END = "\x1b[200~", "\x1b[201~"
"""What a terminal puts around pasted text."""


class KeysInOrder(Driver):
    """A driver whose keys act in the order typed however fast they come."""

    exit_event: Any

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._acted: Future[None] | None = None
        self._hurry = asyncio.Event()
        self._typing = False

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
