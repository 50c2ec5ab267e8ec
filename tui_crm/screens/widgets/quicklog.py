"""The quick log: one line of text under the list, read back as what it will save."""

from __future__ import annotations

from rich.highlighter import Highlighter
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from ...domain.quicklog import parse_line
from ...domain.text import visible
from ...domain.trade_checks import KIND
from ...i18n import _, short_date, tell, word
from ...record_text import record_text
from ...usecases import drafts, logging
from ...usecases.cards import Card
from ...usecases.session import Session
from .lines import source
from .side import Part, log_lines
from .timed import Timed
from .typing import OneLine

_LOOKS = {
    "next": "accent",
    "tag": "sample",
    "channel": "cold",
    "temperature": "hot",
    "stage": "existing",
    "trade": "soon",
    "told": "soon",
    "problem": "late",
}


_RESTING = 0.03
"""Seconds without a key before the line is read back and kept: once for a burst of typing."""


class MarkHighlighter(Highlighter):
    """Colours the marks of a quick-log line while it is typed."""

    def __init__(self, session: Session, colours: dict[str, str]) -> None:
        self._session = session
        self._colours = colours

    def highlight(self, text: Text) -> None:
        """Colour each mark that is understood, and those that are not."""
        for span in parse_line(text.plain, self._session.today).spans:
            colour = self._colours.get(_LOOKS.get(span.kind, ""), "")
            if colour:
                text.stylize(colour, span.start, span.end)


class QuickLog(Timed, Vertical):
    """The panel. Enter posts `Saved` with the line; Esc closes it and keeps what was typed."""

    BINDINGS = [("escape", "leave", "")]

    class Saved(Message):
        """The line is to be saved for this customer."""

        def __init__(self, panel: QuickLog, card: Card, line: str) -> None:
            super().__init__()
            self.panel = panel
            self.card = card
            self.line = line

    class Left(Message):
        """The panel was closed without saving."""

    def __init__(self, session: Session, card: Card, show_entries: bool) -> None:
        super().__init__(id="quicklog")
        self.border_title = Content(_("Log: {name}").format(name=visible(card.customer.name)))
        self._session = session
        self._card = card
        self._show_entries = show_entries
        self._accepted = ""
        self._text = drafts.kept(session, card.customer.uid)

    def compose(self) -> ComposeResult:
        """Last entries where the side pane is folded, the line, what it will save."""
        if self._show_entries and self._card.activities:
            lines = [Content.assemble(*line) for line in log_lines(self._card.activities[:3])]
            yield Static(Content("\n").join(lines), id="entries")
        yield OneLine(
            self._text,
            _("what happened  >3d next step  #tag @channel !temperature =stage $quote"),
            highlighter=MarkHighlighter(self._session, self.app.theme_variables),
            keys=_("Enter save · Esc close, the line is kept"),
        )
        yield Static("", id="preview", markup=False)

    def on_mount(self) -> None:
        """Ready to type, with the draft read back."""
        self._rest = self.set_interval(_RESTING, self._typed, pause=True)
        self.query_one(Input).focus()
        self._show_preview()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep the draft and read the line back, once for a burst of keys."""
        event.stop()
        self._text = event.value
        self._rest.reset()
        self._rest.resume()

    def on_unmount(self) -> None:
        """The program is being closed: keep what is in the line."""
        self._keep()

    def _typed(self) -> None:
        self._rest.pause()
        self._keep()
        self._show_preview()

    def _keep(self) -> None:
        drafts.keep(self._session, self._card.customer.uid, self._text)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save; a vague note is questioned once, a second Enter accepts it."""
        event.stop()
        self._rest.pause()
        line = event.value
        seen = logging.preview(self._session, self._card.customer, line)
        if seen.question is not None and self._accepted != line:
            self._accepted = line
            self._tell([[(tell(seen.question), "$soon")], [(_("Enter again saves it as it is."), "$dim")]])
            return
        self.post_message(self.Saved(self, self._card, line))

    def forget(self) -> None:
        """The line is saved: it is no draft any more."""
        self._text = ""
        self._keep()

    def action_leave(self) -> None:
        """Close; the draft stays."""
        self.post_message(self.Left())

    def complain(self, text: str) -> None:
        """Show why the line cannot be saved; it stays as typed."""
        self._tell([[(text, "$late")]])

    def _show_preview(self) -> None:
        if not self._text.strip():
            self._tell([[(_("Enter saves · Esc closes and keeps what you typed"), "$dim")]])
            return
        self._tell(preview_lines(logging.preview(self._session, self._card.customer, self._text)))

    def _tell(self, lines: list[list[Part]]) -> None:
        self.query_one("#preview", Static).update(Content("\n").join(Content.assemble(*line) for line in lines))


def preview_lines(seen: logging.Preview) -> list[list[Part]]:
    """What a line will save, in words: the entry, the next step, everything that changes; what was not understood or does
    not fit; what was traded."""
    entry, step, said = seen.entry, seen.step, ""
    first: list[Part] = [(word("channel", seen.channel), "bold"), "  ", visible(entry.note) or "–"]
    if step.due_on is None:
        stage = entry.stage if entry.stage in ("lost", "paused") else ""
        said = "" if step.reason else stage
        after = step.reason or ((word("stage", stage) + _reason(entry.lost_reason)) if stage else _("none"))
        second: list[Part] = [(_("next") + "  ", "$dim"), (visible(after), "bold")]
    else:
        second = [
            (_("next") + "  ", "$dim"), (short_date(step.due_on), "bold"), f"  {visible(step.action)}  ",
            (source(step), "$dim"),
        ]  # fmt: skip
    changes = [f"#{tag}" for tag in entry.tags] + [f"-#{tag}" for tag in entry.untag]
    changes += [word("temperature", entry.temperature)] if entry.temperature else []
    changes += [word("stage", entry.stage)] if entry.stage and entry.stage != said else []
    if changes:
        second += [("   " + visible(" · ".join(changes)), "$accent")]
    traded: list[list[Part]] = [
        [(word("record", KIND[type(record)]) + "  ", "$dim"), (visible(record_text(record, seen.trade)), "$soon")]
        for record in seen.records
    ]
    findings: list[list[Part]] = [[(tell(finding), "$late")] for finding in seen.findings]
    return [first, second, *findings, *traded]


def _reason(why: str) -> str:
    return f" – {why}" if why else ""
