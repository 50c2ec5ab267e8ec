"""The search index, made whole beside the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.worker import get_current_worker

from ..domain.messages import Problem
from ..i18n import _

if TYPE_CHECKING:
    from .base import CrmScreen

    Base = CrmScreen
else:
    Base = object


class Indexing(Base):
    """Mixin for the screen that is there as long as the program is."""

    _indexing = False

    def finish_index(self) -> None:
        """Make the search index whole where it is not: that of an older book, or after a large import."""
        if not self._indexing and not self.session.search_is_whole():
            self._indexing = True
            self._make_index()

    @work(thread=True)
    def _make_index(self) -> None:
        """Do that beside the work; closing the program interrupts it without harm."""
        from ..usecases import indexing

        worker = get_current_worker()
        try:
            words = _(
                "The search index is being made beside your work; until it is whole, words find only part of the book."
            )
            self.app.call_from_thread(self.say, words)
            if indexing.rebuild_index(self.session, stop=lambda: worker.is_cancelled, anew=False):
                self.app.call_from_thread(self.say, _("The search index is whole: words find everybody."))
        except Problem as problem:
            self.app.call_from_thread(self.refuse, problem)
        finally:
            self._indexing = False
            self.session.close()
