"""A page to print and keep in a safe place: how the book is opened if its owner cannot."""

from __future__ import annotations

from ..domain.messages import N_, Problem
from ..exchange.paper import Facts, Page, Ruled
from ..i18n import _
from . import unlocking
from .session import Session


def sheet(session: Session, passphrase: str | None = None) -> Page:
    """The page; with the passphrase on it where one is given, which must be the right one. Raises Problem."""
    book = session.book.path.resolve()
    if not session.encrypted:
        raise Problem(N_("{file} is not encrypted. crm encrypt does that."), file=session.book.path)
    if passphrase is not None and not unlocking.is_passphrase(session, passphrase):
        raise Problem(N_("{file} stays closed: that is not its passphrase."), file=session.book.path)
    opening = Facts((
        (_("With crm"), _("Install crm (pip install tui-crm), put the book file anywhere, run: crm --db FILE")),
        (_("Without crm"), _("The file is a SQLCipher 4 database with its usual settings; DB Browser for SQLCipher opens it.")),
        (_("Backups"), _("They lie in {folder} and open with the passphrase of the day they were made.").format(folder=f"{book}.backups")),
        (_("Lost"), _("Without the passphrase nobody can open the book, the makers of crm included.")),
    ))  # fmt: skip
    about = Facts(((_("Whose"), session.actor), (_("Book"), str(book)), (_("Written on"), session.today.isoformat())))
    said = Ruled(_("Passphrase, by hand"), 2) if passphrase is None else Facts(((_("Passphrase"), passphrase),))
    return Page(
        _("How to open the book"),
        _("Keep this sheet where you keep contracts, not beside the computer."),
        (about, said, opening),
    )
