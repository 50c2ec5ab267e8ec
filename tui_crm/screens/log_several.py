"""One line logged with several customers: what the quick log takes, except trade, which concerns one."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from ..domain import notelint
from ..domain.messages import Problem
from ..i18n import _, explain, tell
from ..usecases import bulk, drafts
from ..usecases.session import Session
from .ask import Box
from .base import Dialog
from .bulk import entry_lines
from .widgets.quicklog import MarkHighlighter
from .widgets.typing import OneLine

DRAFT = "/several"
"""The key under which a line that is not saved is kept."""


class LogSeveral(Dialog[str]):
    """Answers a line that can be logged. Esc keeps what was typed."""

    CSS_PATH = ["ask.tcss", "log_several.tcss"]

    def __init__(self, session: Session, whom: str) -> None:
        super().__init__()
        self._session = session
        self._whom = whom
        self._questioned = ""

    def compose(self) -> ComposeResult:
        """The line, and how it is read."""
        keys = _("Enter on to the preview · Esc closes and keeps what you typed")
        with Box(_("Log: {name}").format(name=self._whom), keys):
            yield OneLine(
                drafts.kept(self._session, DRAFT),
                _("what happened  >3d next step  #tag @channel !temperature =stage"),
                highlighter=MarkHighlighter(self._session, self.app.theme_variables),
            )
            yield Static(id="reading", markup=False)
            yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one(Input).focus()
        self._show(self.query_one(Input).value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep what is typed and read it back."""
        event.stop()
        drafts.keep(self._session, DRAFT, event.value)
        self._show(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer; a vague note is questioned once."""
        event.stop()
        try:
            entry = bulk.plan_log(self._session, (), event.value).entry
        except Problem as problem:
            self.refuse(problem)
            return
        question = notelint.question(entry.note)
        if question is not None and self._questioned != event.value:
            self._questioned = event.value
            self.say(f"{tell(question)}  {_('Enter again saves it as it is.')}")
            return
        self.dismiss(event.value)

    def _show(self, line: str) -> None:
        self.say("")
        reading = self.query_one("#reading", Static)
        if not line.strip():
            reading.update(
                Content.styled(_("One line for all of them, for example: sent the new catalogue @email >14d"), "$dim")
            )
            return
        try:
            reading.update(Content("\n").join(entry_lines(bulk.plan_log(self._session, (), line))))
        except Problem as problem:
            reading.update(Content.styled(explain(problem), "$late"))
