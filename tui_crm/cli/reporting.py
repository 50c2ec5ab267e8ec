"""`crm ics`: the next steps as a calendar file. `crm report`: pages for the printer, as text or HTML."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.messages import N_, Problem
from ..i18n import _, ngettext, tell
from . import output
from .arguments import Arguments

if TYPE_CHECKING:
    from ..exchange.paper import Page
    from ..usecases.session import Session

HTML = (".html", ".htm")
_FILES = (*HTML, ".txt")
"""Endings by which the last word is known to name a file."""


def ics(session: Session, asked: Arguments) -> None:
    """Write the calendar: of the whole book, or of what a search finds."""
    from ..usecases import calendars, exporting

    words = list(asked.words)
    target = Path(words.pop(0)) if words and words[0].lower().endswith(".ics") else None
    if words and target is None:
        raise Problem(N_("Name a file ending in .ics before the search: crm ics hot.ics t:hot"))
    if target is None:  # the feed of the settings is that of the user's own book
        target = session.book.path.with_suffix(".ics") if asked.demo else calendars.feed_file(session)
    if words:
        line = " ".join(words)
        done = exporting.export(session, target, exporting.found(session, line), title=line, force=True)
    else:
        done = calendars.write_feed(session, target)
    output.say(
        _("Wrote {file}: {count}").format(file=target, count=ngettext("{n} event", "{n} events", done.customers))
    )
    for note in done.notes:
        output.complain(tell(note))


def report(session: Session, asked: Arguments) -> None:
    """Print a page, or write it into the file that the last word names."""
    words = list(asked.words)
    target = Path(words.pop()) if words and words[-1].lower().endswith(_FILES) else None
    page = _page(session, asked.what, " ".join(words))
    as_html = asked.html or (target is not None and target.suffix.lower() in HTML)
    if target is None:
        _print(page, as_html)
        return
    write(page, target, as_html, asked.force)


def write(page: Page, target: Path, as_html: bool, force: bool) -> None:
    """Write a page into a file, and say so. Raises Problem where it cannot be written, or is there and not to be replaced."""
    from ..usecases import exporting, printing

    try:
        if as_html:
            printing.save([page], page.title, target, force)
        else:
            from .paper_text import text

            printing.save_text(text(page), target, force)
    except exporting.Exists as there:
        raise Problem(N_("{why} --force replaces it."), why=there.message) from there
    output.say(_("Wrote {file}").format(file=target))


def _page(session: Session, what: str, line: str) -> Page:
    from ..usecases import printing
    from .readers import the_one

    if what == "card":
        return printing.card(session, the_one(session, line, gone=True).id)
    if what == "quotes":
        return printing.quotes(session, line=line)
    if line:
        raise Problem(N_("crm report today takes no search. A file ends in .html or .txt."))
    return printing.today(session)


def _print(page: Page, as_html: bool) -> None:
    if as_html:
        from ..exchange.paper import html

        for piece in html([page], page.title):
            print(piece, end="")
        return
    from .paper_text import text

    for line in text(page):
        output.say(line)
