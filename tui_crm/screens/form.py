"""A dialog of labelled lines: every mistake is shown under its line, and what was typed survives anything."""

from __future__ import annotations

import json
from collections.abc import Mapping

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from ..domain.messages import Problem
from ..domain.text import visible
from ..i18n import _, explain
from ..usecases import drafts
from ..usecases.session import Session
from .ask import Box
from .base import Answer, Dialog
from .widgets.typing import OneLine

Typed = dict[str, str]
"""What stands in each line, by the line's key."""


class FormRow(Vertical):
    """One labelled line, and room under it for what is wrong with it."""

    def __init__(self, key: str, label: str, value: str = "", placeholder: str = "", required: bool = False) -> None:
        super().__init__(classes="row")
        self.key = key
        self._label = Static(Content.assemble(visible(label), (" *" if required else "", "$accent")), classes="label")
        self._line = OneLine(value, placeholder)

    def compose(self) -> ComposeResult:
        """Label and line, the complaint below."""
        with Horizontal():
            yield self._label
            yield self._line
        yield Static(classes="complaint", markup=False)

    @property
    def value(self) -> str:
        """What stands in the line."""
        return self._line.value

    @value.setter
    def value(self, text: str) -> None:
        self._line.value = text
        self._line.cursor_position = len(text)

    def enter(self) -> None:
        """Put the focus here."""
        self._line.focus()

    def on_descendant_focus(self) -> None:
        """The label shows where one is."""
        self._label.add_class("here")

    def on_descendant_blur(self) -> None:
        """One is elsewhere."""
        self._label.remove_class("here")

    def complain(self, text: str) -> None:
        """Say what is wrong, or take it back with an empty text."""
        complaint = self.query_one(".complaint", Static)
        if text or complaint.display:  # putting the form in order again takes a while, and this is asked with every key
            complaint.update(Content(visible(text)))
            complaint.display = bool(text)


class FormDialog(Dialog[Answer]):
    """Enter or Tab goes to the next line, Enter on the last one and Ctrl+S save, Esc leaves and keeps what was typed.

    A form left or lost half-way comes back when it is opened again; Ctrl+R changes between it and a fresh one.
    """

    CSS_PATH = ["ask.tcss", "form.tcss"]
    BINDINGS = [
        ("escape", "leave", ""),
        ("ctrl+s", "save", ""),
        ("ctrl+r", "swap", ""),
        ("down", "app.focus_next", ""),
        ("up", "app.focus_previous", ""),
    ]
    KEYS = ""

    def __init__(self, session: Session, title: str, draft_key: str) -> None:
        super().__init__()
        self.session = session
        self._title = title
        self._draft_key = draft_key
        self._rows = self.rows()
        self._fresh = self.typed()
        self._other: Typed = {}
        self._notice = ""
        self._told = False
        self._told_at = self._fresh  # what stood in the lines when something was said about them

    # What a form says of itself ------------------------------------------------------------------------------------

    def rows(self) -> list[FormRow]:
        """The lines, filled with what is known."""
        raise NotImplementedError

    def problems(self, typed: Typed) -> Mapping[str, Problem]:
        """What is wrong, by the line's key."""
        raise NotImplementedError

    def save(self, typed: Typed) -> Answer | None:
        """Store what was typed and answer; None asks for another Ctrl+S. Raises Problem."""
        raise NotImplementedError

    def help(self, key: str, typed: str) -> Content:
        """What can be typed into this line."""
        return Content("")

    def finished(self, row: FormRow) -> None:
        """A line is left."""

    def changed(self) -> None:
        """Something was typed."""

    # Showing -------------------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Lines, the help for the one in hand, what is wrong altogether, the keys."""
        with Box(self._title, self.KEYS or _("Tab next · Ctrl+S save · Esc close")):
            with VerticalScroll(id="rows", can_focus=False):
                yield from self._rows
            yield Static(id="note", markup=False)
            yield Static(id="help", markup=False)
            yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        """Bring back what was typed last time; ready to type."""
        self._bring_back()
        self._rows[0].enter()
        self.tell(self._notice)

    def note(self, content: Content) -> None:
        """Show something about the whole form, or nothing."""
        line = self.query_one("#note", Static)
        line.display = bool(content.plain)
        line.update(content)
        self.call_after_refresh(self._fit)

    def typed(self) -> Typed:
        """What stands in the lines."""
        return {row.key: row.value for row in self._rows}

    def row(self, key: str) -> FormRow:
        """The line of this key."""
        return next(row for row in self._rows if row.key == key)

    def fill(self, typed: Typed) -> None:
        """Put this into the lines."""
        for row in self._rows:
            row.value = typed.get(row.key, "")

    # Typing --------------------------------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep the draft, take the complaint back."""
        event.stop()
        row = self._row_of(event.input)
        row.complain("")
        if self._told and self.typed() != self._told_at:
            self.say("")
        self._keep()
        self._show_help(row)
        self.changed()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show what can be typed here."""
        if isinstance(event.widget, OneLine):
            self._show_help(self._row_of(event.widget))

    def on_input_blurred(self, event: Input.Blurred) -> None:
        """A line is left."""
        event.stop()
        self.finished(self._row_of(event.input))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: the next line, or the end of the form."""
        event.stop()
        if self._row_of(event.input) is self._rows[-1]:
            self.action_save()
        else:
            self.focus_next()

    def _row_of(self, line: Input) -> FormRow:
        return next(row for row in self._rows if row in line.ancestors)

    def _show_help(self, row: FormRow) -> None:
        self.query_one("#help", Static).update(self.help(row.key, row.value), layout=False)

    # Saving and keeping --------------------------------------------------------------------------------------------

    def action_save(self) -> None:
        """Save, or show every mistake and go to the first."""
        for row in self._rows:
            self.finished(row)
        wrong = self.problems(self.typed())
        for row in self._rows:
            row.complain(explain(wrong[row.key]) if row.key in wrong else "")
        if wrong:
            next(row for row in self._rows if row.key in wrong).enter()
            return
        try:
            answer = self.save(self.typed())
        except Problem as problem:
            self.tell(explain(problem), wrong=True)
            return
        if answer is not None:
            self.answer(answer)

    def answer(self, answer: Answer) -> None:
        """Close; what was typed is in the book."""
        self._store([self._other] if self._other else [])
        self.dismiss(answer)

    def action_leave(self) -> None:
        """Close; what was typed comes back next time."""
        self._keep()
        self.dismiss(None)

    def action_swap(self) -> None:
        """Change between what was kept and a fresh form."""
        shown = self.typed()
        self.fill(self._other or self._fresh)
        self._other = shown if shown != self._fresh else {}
        self._keep()
        self.tell(_("Ctrl+R brings the other one back.") if self._other else "")
        self._rows[0].enter()

    def say(self, text: str, wrong: bool = False) -> None:
        """Show a sentence, in as many lines as it needs."""
        super().say(text, wrong)
        self._told = bool(text)
        self.query_one("#status").refresh(layout=True)
        self.call_after_refresh(self._fit)

    def on_resize(self) -> None:
        """The lines scroll where there is no room for all of them."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Leave room under the lines for the help and for what there is to say."""
        below = [part for part in self.query("#note, #help, #status") if part.display]
        taken = sum(part.outer_size.height + part.styles.margin.height for part in below)
        self.query_one("#rows").styles.max_height = max(3, self.size.height - 2 - taken)
        if self.focused is not None:
            self.call_after_refresh(self.focused.scroll_visible, animate=False)

    def tell(self, text: str, wrong: bool = False) -> None:
        """Say something that stands until something is typed."""
        self._told_at = self.typed()
        self.say(text, wrong)

    def _bring_back(self) -> None:
        """Show the form kept last time, unless this one was opened with something of its own."""
        kept = self._kept()
        if not kept or kept[0] == self._fresh:
            return
        if any(self._fresh.values()) and not self._continues(kept[0]):
            self._other = kept[0]
            self._notice = _("A form not saved yet is kept. Ctrl+R brings it back.")
            return
        self.fill(kept[0])
        self._other = kept[1] if len(kept) > 1 else {}
        self._notice = _("What you typed last time is back. Ctrl+R starts afresh.")

    def _continues(self, kept: Typed) -> bool:
        """Whether a kept form goes on from what this one was opened with."""
        return True

    def _keep(self) -> None:
        shown = self.typed()
        self._store([form for form in (shown if shown != self._fresh else {}, self._other) if form])

    def _store(self, forms: list[Typed]) -> None:
        drafts.keep(self.session, self._draft_key, json.dumps(forms) if forms else "")

    def _kept(self) -> list[Typed]:
        try:
            forms = json.loads(drafts.kept(self.session, self._draft_key) or "[]")
        except ValueError:
            return []
        forms = forms if isinstance(forms, list) else []
        return [{str(k): str(v) for k, v in form.items()} for form in forms if isinstance(form, dict)]
