"""Reading the book beside the keys: on a thread of its own, the newest question first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from ..usecases.session import Session, Stopped

Answer = TypeVar("Answer")
Stop = Callable[[], bool]


class Reader:
    """One thread with a connection of its own. A question that was asked before the last one is not answered any more: it is
    stopped where it is being read, and not begun where it still waits."""

    def __init__(self) -> None:
        self._thread: ThreadPoolExecutor | None = None
        self._newest: object = None

    async def ask(self, read: Callable[[Stop], Answer]) -> Answer | None:
        """What `read` returns, None once something newer was asked. It is given a function to ask whether to stop, and raises
        `Stopped` then."""
        mine = self._newest = object()

        def stop() -> bool:
            return self._newest is not mine

        def run() -> Answer | None:
            return None if stop() else read(stop)

        self._thread = self._thread or ThreadPoolExecutor(1)
        try:
            answer = await asyncio.get_running_loop().run_in_executor(self._thread, run)
        except Stopped:
            return None
        return None if stop() else answer

    def forget(self) -> None:
        """Stop what is being read: nobody waits for it any more."""
        self._newest = None

    def close(self, session: Session) -> None:
        """Stop, and close the thread's connection to the book."""
        self.forget()
        if self._thread is not None:
            self._thread.submit(session.close)
            self._thread.shutdown(wait=True)
            self._thread = None
