"""Pages for a printer: cards, the day's agenda, quotes that wait for an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from ..config import paper_folder
from ..domain.attachments import safe_name
from ..domain.columns import BEST, Order
from ..domain.messages import N_, Problem
from ..domain.values import Customer, Quote
from ..exchange.new_file import new_file
from ..exchange.outgoing import Outgoing, Written
from ..exchange.paper import Page, html
from ..exchange.paper_pages import agenda_page, card_page, quotes_page
from ..i18n import _
from ..whole_files import own_folder
from . import agenda, exporting, finding, long_lists
from .session import Session

MOST = 300
"""Customers or quotes of a list on paper; more nobody reads."""
_LONGEST_TITLE = 60
"""Characters of a title that go into the name of a file."""


def write(session: Session, outgoing: Outgoing, stream: BinaryIO) -> Written:
    """Write the cards of everybody who goes out, one to a page."""
    _put((card_page(out, outgoing.today) for out in outgoing.read(True)), outgoing.title or _("Customers"), stream)
    return Written(outgoing.count)


def card(session: Session, customer: int) -> Page:
    """The card of one customer."""
    (out,) = exporting.chunks(session, [customer], True)
    return card_page(out, session.today)


def today(session: Session) -> Page:
    """The agenda of today, its first `MOST` customers."""
    due = long_lists.due(session)
    while not due.whole:
        due.grow()
    return _list(session, due.ids(0, MOST - 1), _("Agenda"), len(due))


def found(session: Session, line: str, order: Order = BEST) -> Page:
    """What a search line finds as a list to work through, the first `MOST`. Raises Problem where nobody is found."""
    customers, more = finding.ids(session, line, MOST, order)
    if not customers:
        raise Problem(N_("Nobody is found, so there is nothing to print."))
    return _list(session, customers, line or _("Customers"), finding.count(session, line) if more else len(customers))


def listed(session: Session, customers: Sequence[int], title: str) -> Page:
    """These customers as a list to work through, the first `MOST` of them."""
    return _list(session, customers[:MOST], title, len(customers))


def _list(session: Session, customers: Sequence[int], title: str, count: int) -> Page:
    rows = {row.id: row for row in agenda.rows(session, customers)}
    pairs = [(rows[out.customer.id], out) for out in exporting.chunks(session, customers, False)]
    return agenda_page(pairs, session.today, title, _left_out(len(pairs), count))


def _left_out(shown: int, count: int) -> str:
    if not count:
        return _("Nobody is due today.")
    if count <= shown:
        return ""
    return _("The first {shown} of {many}.").format(shown=shown, many=f"{count:,}")


def quotes(session: Session, customers: Sequence[int] | None = None, line: str = "") -> Page:
    """The open quotes of these customers, else of those that a search line finds; the first `MOST`. Raises Problem where there
    is none."""
    if customers is None:
        customers = finding.ids(session, f"{line} quote:open".strip(), None)[0]
    waiting = list(islice(_open_quotes(session, customers), MOST + 1))
    if not waiting:
        raise Problem(N_("There is no open quote here, so nothing to print."))
    title = _("Open quotes") + (f" · {line}" if line else "")
    left_out = _("The first {shown}; there are more.").format(shown=MOST) if len(waiting) > MOST else ""
    return quotes_page(waiting[:MOST], session.today, title, left_out)


def _open_quotes(session: Session, customers: Sequence[int]) -> Iterator[tuple[Customer, Quote]]:
    for out in exporting.chunks(session, customers, False):
        yield from ((out.customer, quote) for quote in out.trade.quotes if quote.status == "open")


def for_desktop(session: Session, page: Page) -> Path:
    """Write a page where the desktop's programs may read it, in place of the same page of before; returns the file. Raises
    Problem."""
    folder = paper_folder()
    try:
        own_folder(folder)
    except OSError as error:
        raise Problem(N_("The folder {folder} cannot be made: {why}"), folder=folder, why=error.strerror) from error
    title = " ".join(page.title.split())[:_LONGEST_TITLE]
    file = folder / safe_name(f"{title} {session.today.isoformat()}.html".replace("/", "_").replace("\\", "_"))
    save([page], page.title, file, force=True)
    return file


def save(pages: Iterable[Page], title: str, target: Path, force: bool = False) -> None:
    """Write pages into an HTML file, readable by its owner only. Raises Problem, `exporting.Exists` for one that is there
    unless `force`."""
    with new_file(target, force) as stream:
        _put(pages, title, stream)


def save_text(lines: Iterable[str], target: Path, force: bool = False) -> None:
    """Write lines into a text file, as `save` does."""
    with new_file(target, force) as stream:
        stream.writelines(f"{line}\n".encode() for line in lines)


def _put(pages: Iterable[Page], title: str, stream: BinaryIO) -> None:
    for piece in html(pages, title):
        stream.write(piece.encode("utf-8"))
