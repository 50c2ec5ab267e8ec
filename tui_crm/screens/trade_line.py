"""One line for one trade record, read back while it is typed as what will be saved."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from ..domain.messages import Problem
from ..domain.text import visible
from ..domain.trade_checks import KIND
from ..domain.trade_lines import EXAMPLES
from ..domain.values import Customer, Record
from ..i18n import _, explain, tell, word
from ..usecases import drafts, trade
from ..usecases.session import Session
from ..usecases.trade import Line
from .ask import Box
from .base import Dialog
from .trade_fields import Reader, blank
from .widgets.cells import fit
from .widgets.trade_words import record_words
from .widgets.typing import OneLine

_RESTING = 0.03
"""Seconds without a key before the line is read: once for a burst of typing."""
_KIND = 10
"""Cells of the column of kinds before the examples."""


def draft_key(customer: Customer) -> str:
    """Under which an unsaved line of a customer is kept."""
    return customer.uid + drafts.TRADE


class TradeLine(Dialog[str | Record]):
    """Answers what was saved, in words, or a record to be looked at in its form first."""

    CSS_PATH = ["ask.tcss", "trade.tcss"]
    BINDINGS = [
        ("escape", "leave", ""),
        ("tab", "next_kind(1)", ""),
        ("shift+tab", "next_kind(-1)", ""),
        ("f3", "form", ""),
    ]

    def __init__(self, session: Session, customer: Customer) -> None:
        super().__init__()
        self._session = session
        self._customer = customer
        self._reader = Reader(trade.of(session, customer.id), session.today, session.settings.currency)
        self._kind: str | None = None
        self._text = drafts.kept(session, draft_key(customer))

    def compose(self) -> ComposeResult:
        """The kinds, the line, what it says."""
        keys = _("Enter save · Tab kind · F3 form · Esc close, the line is kept")
        with Box(_("Trade · {name}").format(name=self._customer.name), keys):
            yield Static(id="kinds", markup=False)
            yield OneLine(self._text, _("quote, sample, PI, order, payment or shipment in one line"))
            yield Static(id="preview", markup=False)
            yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        """Ready to type, with the line kept last time read back."""
        self._rest = self.set_interval(_RESTING, self._typed, pause=True)
        self.query_one(Input).focus()
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep the line and read it back, once for a burst of keys."""
        event.stop()
        self._text = event.value
        self.say("")
        self._rest.reset()
        self._rest.resume()

    def on_unmount(self) -> None:
        """The program is being closed: keep what is in the line."""
        self._keep()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save."""
        event.stop()
        try:
            saved = trade.add_line(self._session, self._customer.id, event.value, self._kind)
        except Problem as problem:
            self.refuse(problem)
            return
        self._text = ""
        self.dismiss(_("Saved: {name}").format(name=f"{word('record', _kind(saved))} {record_words(saved.record)}"))

    def action_leave(self) -> None:
        """Close; the line stays for the next time."""
        self.dismiss(None)

    def action_next_kind(self, by: int) -> None:
        """Say which kind it is where the line is taken for another; once around it is left to the line again."""
        kinds = [None, *KIND.values()]
        self._kind = kinds[(kinds.index(self._kind) + by) % len(kinds)]
        self._show()

    def action_form(self) -> None:
        """All of it in the form, where what the line does not say can be added."""
        read = self._read()
        if isinstance(read, Problem) and self._text.strip():
            self.refuse(read)
        elif isinstance(read, Problem):
            self.dismiss(blank(self._kind or "quote", self._session.today, self._session.settings.currency))
        else:
            self.dismiss(read.record)

    def _typed(self) -> None:
        self._rest.pause()
        self._keep()
        self._show()

    def _keep(self) -> None:
        drafts.keep(self._session, draft_key(self._customer), self._text)

    def _read(self) -> Line | Problem:
        try:
            return trade.read_line(self._session, self._customer.id, self._text, self._kind)
        except Problem as problem:
            return problem

    # Showing -------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        preview = self.query_one("#preview", Static)
        if not self._text.strip():
            self._show_kinds(self._kind)
            preview.update(_examples(self._kind))
            return
        read = self._read()
        self._show_kinds(self._kind if isinstance(read, Problem) else _kind(read))
        width = preview.content_size.width or 70
        preview.update(Content.styled(explain(read), "$late") if isinstance(read, Problem) else self._said(read, width))

    def _show_kinds(self, kind: str | None) -> None:
        parts = [(word("record", each), "$accent bold" if each == kind else "$dim") for each in KIND.values()]
        spaced = [piece for part in parts for piece in (part, "  ")]
        self.query_one("#kinds", Static).update(Content.assemble(*spaced))

    def _said(self, read: Line, width: int) -> Content:
        lines = list(_pairs(self._reader.facts(read.record), width))
        lines += [Content.styled(f"▲ {visible(tell(finding))}", "$soon") for finding in read.findings]
        return Content("\n").join(lines)


def _kind(read: Line) -> str:
    return KIND[type(read.record)]


def _examples(kind: str | None) -> Content:
    """How a line of each kind looks."""
    return Content("\n").join(
        Content.assemble((fit(word("record", each), _KIND), "$accent" if each == kind else "$dim"), (_(line), "$dim"))
        for each, line in EXAMPLES.items()
    )


def _pairs(facts: Iterable[tuple[str, str]], width: int) -> Iterable[Content]:
    """Labels and values side by side, none broken at the end of a line unless it is longer than one."""
    line: list[tuple[str, str]] = []
    used = 0
    for label, text in facts:
        size = cell_len(label) + cell_len(visible(text)) + 4
        if line and used + size > width:
            yield Content.assemble(*line)
            line, used = [], 0
        line += [(f"{label} ", "$dim"), (f"{visible(text)}   ", "$foreground")]
        used += size
    if line:
        yield Content.assemble(*line)
