"""Timers that only act on a widget that is whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.timer import Timer

if TYPE_CHECKING:
    from textual.widget import Widget as Base
else:
    Base = object

_AGAIN = 0.05


class Timed(Base):
    """A widget whose timers pass it over while it is put together anew or taken away: they would not find its parts."""

    _in_pieces = False

    def set_timer(self, delay: float, callback: Callable[[], Any] | None = None, **rest: Any) -> Timer:
        """Call once after `delay` seconds, or as soon after them as the widget is whole."""

        def call() -> Any:
            if callback is None or self._goes():
                return None
            if self._in_pieces:
                self.set_timer(_AGAIN, callback, **rest)
                return None
            return callback()

        return super().set_timer(delay, call, **rest)

    def set_interval(self, interval: float, callback: Callable[[], Any] | None = None, **rest: Any) -> Timer:
        """Call every `interval` seconds, but for the times when the widget is not whole."""

        def call() -> Any:
            return None if callback is None or self._in_pieces or self._goes() else callback()

        return super().set_interval(interval, call, **rest)

    async def recompose(self) -> None:
        """Put it together anew."""
        self._in_pieces = True
        try:
            await super().recompose()
        finally:
            self._in_pieces = False

    def _goes(self) -> bool:
        return self._pruning or not self.is_attached
