"""Commands of the first list that a screen opened from it offers too: leave the screen, then do it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.views import VIEW_KEYS
from .base import CrmScreen

if TYPE_CHECKING:
    Base = CrmScreen
else:
    Base = object

_VIEWS = tuple(f"view_{key}" for key in VIEW_KEYS)
ELSEWHERE = ("search", "agenda", "customers", "pipeline", "trades", "views", *_VIEWS, "new", "import")


class Leaves(Base):
    """Mixin for screens over the first list. A screen that is one of these views itself overrides that command."""

    async def action_do(self, command: str) -> None:
        """Run a command; a view is shown in the list."""
        await (self._elsewhere(command) if command in _VIEWS else super().action_do(command))

    def do_back(self) -> None:
        """Back to what is below."""
        self.app.pop_screen()

    async def do_search(self) -> None:
        """Leave and search."""
        await self._elsewhere("search")

    async def do_agenda(self) -> None:
        """Leave for the agenda."""
        await self._elsewhere("agenda")

    async def do_customers(self) -> None:
        """Leave for the list of everyone."""
        await self._elsewhere("customers")

    async def do_pipeline(self) -> None:
        """Leave for the pipeline."""
        await self._elsewhere("pipeline")

    async def do_trades(self) -> None:
        """Leave for everything open in trade."""
        await self._elsewhere("trades")

    async def do_views(self) -> None:
        """Leave and choose a view."""
        await self._elsewhere("views")

    async def do_new(self) -> None:
        """Leave and add a customer."""
        await self._elsewhere("new")

    async def do_import(self) -> None:
        """Leave and bring in a sheet."""
        await self._elsewhere("import")

    async def _elsewhere(self, command: str) -> None:
        self.app.pop_screen()
        if isinstance(self.app.screen, CrmScreen):
            await self.app.screen.action_do(command)
