"""Pages to print: chosen in a small dialog, written into a file, and shown by the program that prints them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..desktop import opened
from ..domain.columns import BEST, Order
from ..exchange.paper import Page
from ..i18n import _, ngettext
from ..usecases import printing
from .picker import Choice, Picker
from .working import aside

if TYPE_CHECKING:
    from ..domain.rows import AgendaRow
    from ..usecases.session import Session
    from .base import CrmScreen


class Shown(NamedTuple):
    """What a screen shows: some customers, else what a search line finds in an order, else (None) today's agenda."""

    customers: Sequence[int] = ()
    line: str | None = None
    order: Order = BEST


class _Paper(NamedTuple):
    """One page that can be printed: what it is called, what it is about, and how it is made."""

    label: str
    hint: str
    make: Callable[[], Page]


def choose(screen: CrmScreen, row: AgendaRow | None, shown: Shown) -> None:
    """Ask what is to be printed of the customer in hand and of what is shown; write it, and open it."""
    papers = list(_papers(screen.session, row, shown))
    choices = [Choice(str(at), paper.label, paper.hint) for at, paper in enumerate(papers)]

    def make(code: str) -> None:
        def write() -> Path:
            return printing.for_desktop(screen.session, papers[int(code)].make())

        def show(file: Path) -> None:
            screen.run_worker(_open(screen, file), group="paper")

        aside(screen, _("Print"), write, show)

    screen.ask(Picker(_("Print"), choices), make)


def _papers(session: Session, row: AgendaRow | None, shown: Shown) -> Iterator[_Paper]:
    if row is not None:
        yield _Paper(_("The card"), row.name, lambda: printing.card(session, row.id))
    yield _Paper(_("Today's agenda"), "", lambda: printing.today(session))
    if shown.customers:
        customers = tuple(shown.customers)
        whom = row.name if row and customers == (row.id,) else ngettext("{n} customer", "{n} customers", len(customers))
        if len(customers) > 1:
            yield _Paper(_("The marked ones"), whom, lambda: printing.listed(session, customers, _("To do")))
        yield _Paper(_("Open quotes"), whom, lambda: printing.quotes(session, customers))
        return
    line = shown.line or ""
    whom = line or _("everyone")
    if shown.line is not None:
        yield _Paper(_("This list"), whom, lambda: printing.found(session, line, shown.order))
    yield _Paper(_("Open quotes"), whom, lambda: printing.quotes(session, line=line))


async def _open(screen: CrmScreen, file: Path) -> None:
    if await asyncio.to_thread(opened, str(file)):
        screen.say(_("Opened: {file}").format(file=file))
    else:
        screen.say(_("Ready to print, but no program here opens it: {file}").format(file=file))
