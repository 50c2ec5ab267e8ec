"""The backups: when each was made and what is in it; one more now, or one put back."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from ..commands import PROGRAM, Command
from ..domain.messages import N_, Problem
from ..domain.text import visible
from ..i18n import _, ngettext, short_date, tell
from ..keys_in_force import all_keys_of, keyed
from ..usecases import backups
from ..usecases.backups import Backup, Preview
from .ask import Box
from .base import Dialog
from .keys import bindings
from .list_screen import ListScreen
from .widgets.cells import fit
from .widgets.rowlist import Cells
from .working import aside

_WHEN, _NUMBER = 24, 18


_OWN_KEYS = (
    Command("new", ("n",), ("f4",), N_("Back up"), N_("Make a backup now, and check it"), PROGRAM),
    Command("open", (), ("enter",), N_("Put back"), N_("See what putting this backup back would change, then do it"), PROGRAM),
)  # fmt: skip


class BackupsScreen(ListScreen):
    """The newest first. Enter shows what putting one back would change."""

    OWN_KEYS = _OWN_KEYS
    BINDINGS = bindings(("new",))

    def heading(self) -> str:
        """What this screen is called."""
        return _("Backups")

    def about(self) -> str:
        """Where they lie."""
        return str(backups.folders(self.session)[0])

    def keys(self) -> str:
        """The keys and what they do."""
        return keyed(_("{new} back up now · Enter put back, after a look · Esc back"), new=all_keys_of("new"))

    def nothing(self) -> str:
        """How to begin."""
        return keyed(_("There is no backup yet; {new} makes one. The program makes one each day it is opened."), "new")

    def rows(self) -> list[Backup]:
        """Every backup."""
        return backups.listed(self.session)

    def draw(self, row: object, width: int, here: bool) -> Cells:
        """When it was made, what is in it, how large it is."""
        assert isinstance(row, Backup)
        found = row.contents
        customers = ngettext("{n} customer", "{n} customers", found.customers).format(n=f"{found.customers:,}")
        entries = ngettext("{n} entry", "{n} entries", found.entries).format(n=f"{found.entries:,}")
        rest = max(0, width - _WHEN - 2 * _NUMBER)
        return [(fit(f" {when(row)}", _WHEN), "strong"), (fit(customers, _NUMBER), "plain"), (fit(entries, _NUMBER), "plain"),
                (fit(f"{row.size / 1e6:,.1f} MB", rest), "dim")]  # fmt: skip

    def do_new(self) -> None:
        """Back up now."""

        def made(backup: Backup) -> None:
            self.read()
            self.say(_("Backed up and checked: {file}").format(file=backup.file.name))

        aside(self, _("Back up"), lambda: backups.back_up(self.session), made)

    def do_open(self) -> None:
        """Enter: show what would change, and ask."""
        chosen = self.listing.current
        if not isinstance(chosen, Backup):
            raise Problem(N_("There is no backup on this line."))
        self.ask(PutBack(backups.preview(self.session, chosen)), lambda _yes: self._put_back(chosen))

    def _put_back(self, chosen: Backup) -> None:
        def done(_present: Backup) -> None:
            app: Any = self.app
            app.reopen(self.session.book.path)
            app.notify(_("The backup of {when} is put back. The book as it was before is the newest backup now.").format(
                when=when(chosen)), markup=False)  # fmt: skip
            self.dismiss(None)

        aside(self, _("Put back"), lambda: backups.restore(self.session, chosen), done)


class PutBack(Dialog[bool]):
    """What putting a backup back would change. Y answers yes; Enter alone does not, since it is what opened this."""

    CSS_PATH = "ask.tcss"
    BINDINGS = [*bindings(("back",)), ("y", "accept", ""), ("f2", "accept", ""), ("enter", "hesitate", "")]

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self._preview = preview

    def compose(self) -> ComposeResult:
        """The numbers of both, and what would be gone."""
        shown = self._preview
        there, now = shown.backup.contents, shown.present
        lines: list[Content] = [
            Content.assemble((fit(" ", 12), ""), (fit(_("in the backup"), 18), "$dim"), (_("in the book now"), "$dim")),
            _numbers(_("Customers"), there.customers, now.customers),
            _numbers(_("entries"), there.entries, now.entries),
            Content(""),
        ]
        if shown.since is None:
            lines.append(Content.styled(_("It has another history than this book."), "$late"))
        elif not shown.since:
            lines.append(Content(_("Nothing was done since.")))
        else:
            gone = ngettext("{n} operation since would be gone from the book:", "{n} operations since would be gone from the book:",
                            shown.since)  # fmt: skip
            lines.append(Content.styled(gone.format(n=f"{shown.since:,}"), "$late"))
            lines += [Content(f"  {visible(tell(label))}") for label in shown.newest]
            lines += [Content("  …")] if shown.since > len(shown.newest) else []
        if shown.erased:
            lines += [Content(""), Content.styled(tell(shown.erased), "$late")]
        lines += [Content(""), Content.styled(_("The book as it is now is backed up first."), "$dim")]
        with Box(
            _("Put back the backup of {when}?").format(when=when(shown.backup)), _("y F2 put it back · Esc leave it")
        ):
            yield Static(Content("\n").join(lines), markup=False)
            yield Static(id="status", markup=False)

    def action_accept(self) -> None:
        """Yes."""
        self.dismiss(True)

    def action_hesitate(self) -> None:
        """Enter: not by the key that opened this."""
        self.say(_("y or F2 puts it back; Esc leaves it."))

    def do_back(self) -> None:
        """No."""
        self.dismiss(None)


def when(backup: Backup) -> str:
    """The day and minute it was made, on this machine's clock."""
    local = backup.made_at.astimezone()
    return f"{short_date(local.date())} {local:%H:%M}"


def _numbers(what: str, there: int, now: int) -> Content:
    return Content.assemble((fit(what, 12), "$dim"), fit(f"{there:,}", 18), f"{now:,}")
