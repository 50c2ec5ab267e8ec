"""Changing what stands on the card, each thing in the way that suits it: in place, with a picker, in a small form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual.content import Content

from ..domain.fields import Field
from ..domain.messages import N_, Problem
from ..domain.own_fields import own_name, value_of
from ..domain.values import Contact, Customer, Reach, Record
from ..i18n import _, explain
from ..usecases import attachments, cards, customers, drafts
from ..usecases.bulk import Act
from ..usecases.own_fields import field_named
from .card_line import EMPTY, CardLine
from .card_lines import shown_value
from .offers import is_fixed, label_of, meant, offers
from .trade_acts import TradeActs
from .widgets.cells import fit
from .widgets.field_editor import FieldEditor

_LONG = frozenset({"buys", "needs", "competitors", "remarks"})
"""Fields that are edited in a paragraph."""
_BY_COMMAND = frozenset({"temperature", "grade", "stage", "tags"})
"""Fields that have a command of their own."""
_OFFERED = 6


class CardEditing(TradeActs):
    """Mixin for the card: what Enter does on a line, and the editor that then stands there."""

    _before = ""
    """The value that is being edited, as it was when the editing began."""

    if TYPE_CHECKING:
        # What the card itself provides.
        @property
        def customer(self) -> Customer:
            """The customer as last read."""

        def current_line(self) -> CardLine | None:
            """The line under the cursor."""

        def editor(self) -> FieldEditor | None:
            """The open editor."""

        async def place_editor(self, editor: FieldEditor) -> None:
            """Put the editor over its field."""

        async def close_editor(self) -> None:
            """Take the editor away."""

        def record_of(self, line: CardLine) -> Record | None:
            """The trade record that a line is about."""

        def fold_older(self) -> None:
            """Show trade records that are over, or fold them away."""

        def label_width(self) -> int:
            """Cells of the column of labels."""

    async def do_edit(self) -> None:
        """Change what the cursor is on."""
        line = self.current_line()
        if line is None:
            return
        result = self._editors()[line.kind](line)
        if result is not None:
            await result

    async def do_open(self) -> None:
        """Enter: the same."""
        await self.do_edit()

    def _editors(self) -> dict[str, Callable[[CardLine], Awaitable[None] | None]]:
        """What Enter does, by the kind of line."""
        return {
            "field": self._edit_field,
            "person": self._edit_person,
            "next": lambda line: self.do_snooze(),
            "drawer": lambda line: self.action_do("drawer"),
            "custom": self._edit_field,
            "file": self._open_file,
            "files": lambda line: self.do_attach(),
            "created": lambda line: self.say(_("The day this customer came into the book stays as it is.")),
            "record": lambda line: self._edit_record(),
            "older": lambda line: self.fold_older(),
            "trade": lambda line: self.do_trade(),
        }

    # Fields --------------------------------------------------------------------------------------------------------

    async def _edit_field(self, line: CardLine) -> None:
        name = str(line.key)
        if name in _BY_COMMAND:
            await self.action_do("tag" if name == "tags" else name)
            return
        field = field_named(self.session, name)
        if field.choices is not None:
            self._pick(field)
        else:
            await self._open_editor(field)

    def _pick(self, field: Field) -> None:
        from .picker import Choice, Picker

        choices = [Choice(offer.code, offer.label) for offer in offers(field, "")]
        if own_name(field.name) is not None:
            choices.append(Choice("", EMPTY, look="dim"))
        self._before = value_of(self.customer, field.name)

        def choose(code: str) -> None:
            if self._store(field, code):
                self._saved(field)

        self.ask(Picker(_(field.label), choices, self._before), choose)

    async def _open_editor(self, field: Field) -> None:
        self._before = value_of(self.customer, field.name)
        kept = drafts.kept(self.session, self._draft_key(field.name))
        value = kept or label_of(field, self._before)
        await self.place_editor(FieldEditor(field.name, _(field.label), value, self.label_width(), field.name in _LONG))
        editor = self.editor()
        if kept and editor:
            editor.advise(_("Typed last time and not saved yet. Enter saves · Esc restores."))

    def on_field_editor_changed(self, event: FieldEditor.Changed) -> None:
        """Keep the draft; show what a country may become."""
        editor, field = self.editor(), field_named(self.session, event.field)
        if editor is None:
            return
        unchanged = event.value == label_of(field, self._before)
        drafts.keep(self.session, self._draft_key(event.field), "" if unchanged else event.value)
        if not unchanged:
            editor.advise(_offered(field, event.value))

    async def on_field_editor_saved(self, event: FieldEditor.Saved) -> None:
        """Enter: store the value, or say under the field why not."""
        field, editor = field_named(self.session, event.field), self.editor()
        offer = meant(field, event.value) if is_fixed(field) else None
        text = offer.code if offer else event.value
        try:
            changed = self._store(field, text)
        except Problem as problem:
            if editor is not None:
                editor.advise(explain(problem), wrong=True)
            return
        drafts.keep(self.session, self._draft_key(field.name), "")
        await self.close_editor()
        if changed:
            self._saved(field)

    async def on_field_editor_left(self, event: FieldEditor.Left) -> None:
        """Esc: the value stays as it was."""
        drafts.keep(self.session, self._draft_key(event.field), "")
        await self.close_editor()
        self.say("")

    def _store(self, field: Field, text: str) -> bool:
        """Store a value; whether that changed anything. A change to other fields meanwhile is no conflict; one to this
        field is shown, and a second Enter overwrites it. Raises Problem."""
        now = cards.existing(self.session, self.customer.id)
        there = value_of(now, field.name)
        if there != self._before:
            self._before = there
            self.refreshed()
            raise Problem(
                N_("Changed in the meantime: now “{value}”. Enter puts yours in its place, Esc keeps that."),
                value=fit(shown_value(field, now), 60).rstrip(),
            )
        customers.edit_customer(self.session, now.id, now.version, {field.name: text})
        return value_of(cards.existing(self.session, now.id), field.name) != there

    def _saved(self, field: Field) -> None:
        self.done(_("{field} saved").format(field=_(field.label)))

    def _draft_key(self, field: str) -> str:
        return f"{self.customer.uid}/{field}"

    # People --------------------------------------------------------------------------------------------------------

    def _edit_person(self, line: CardLine) -> None:
        from .person_form import PersonForm

        known = next((person for person in self.customer.contacts if person.id == line.key), Contact(""))
        self.ask(PersonForm(self.session, self.customer, known), self.done)

    # Trade ---------------------------------------------------------------------------------------------------------

    def record_in_hand(self) -> Record | None:
        """The trade record under the cursor."""
        line = self.current_line()
        return self.record_of(line) if line is not None and line.kind == "record" else None

    def _edit_record(self) -> None:
        record = self.record_in_hand()
        if record is not None:
            self.open_record(record)

    # Addresses and files -------------------------------------------------------------------------------------------

    def address_here(self) -> Reach | None:
        """The address on the line under the cursor."""
        line = self.current_line()
        return line.reach if line else None

    def contact_here(self) -> int:
        """The person on the line under the cursor."""
        line = self.current_line()
        return int(line.key) if line and line.kind == "person" else 0

    def _open_file(self, line: CardLine) -> None:
        from .attachments import open_file

        file = next((one for one in attachments.of(self.session, self.customer.id) if one.id == line.key), None)
        if file is not None:
            open_file(self, file)

    # The customer as a whole ---------------------------------------------------------------------------------------

    def do_archive(self) -> None:
        """Take the customer off every list, or bring it back."""
        gone = not self.customer.archived
        customers.archive(self.session, self.customer.id, gone)
        self.remember(Act("archive" if gone else "restore"))
        words = _("Archived {name}") if gone else _("Brought back {name}")
        self.done(words.format(name=self.customer.name))


def _offered(field: Field, typed: str) -> Content:
    """What the text may become; Enter takes the first."""
    found = offers(field, typed)[:_OFFERED] if is_fixed(field) else []
    first = meant(field, typed) if found else None
    if first is None:
        return Content("")
    rest = "  ".join(offer.label for offer in found if offer.code != first.code)
    return Content.assemble(("Enter ", "$dim"), (first.label, "$accent bold"), (f"  {rest}", "$dim"))
