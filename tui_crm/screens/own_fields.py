"""The fields that users add to every card: defining, renaming, taking away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from rich.cells import cell_len
from textual.content import Content

from ..domain.fields import Field, chosen
from ..domain.messages import N_, Problem
from ..domain.own_fields import OwnField, checked_choices, checked_name, split_choices
from ..domain.vocabulary import CUSTOM_KIND
from ..i18n import _, ngettext, word
from ..keys_in_force import all_keys_of, keyed
from ..usecases import own_fields
from ..usecases.own_fields import Use
from ..usecases.session import Session
from .form import FormDialog, FormRow, Typed
from .keys import bindings, bindings_as
from .list_screen import ListScreen
from .offers import code_meant, help_line, label_of, meant
from .widgets.cells import fit
from .widgets.rowlist import Cells

_KIND = Field("kind", N_("Kind"), chosen(CUSTOM_KIND), CUSTOM_KIND, words="custom_kind")


class OwnFieldsScreen(ListScreen):
    """The defined fields, then the names that only imported sheets have brought."""

    BINDINGS = [*bindings(("new",)), *bindings_as("edit", "open"), ("delete", "do('remove')", "")]

    def heading(self) -> str:
        """What this screen is called."""
        return _("Own fields")

    def about(self) -> str:
        """Where they are seen."""
        return _("on every card, below “More”")

    def keys(self) -> str:
        """The keys and what they do."""
        words = _("{new} new field · Enter change · Del take away · {undo} undo · Esc back")
        return keyed(words, "undo", new=all_keys_of("new"))

    def nothing(self) -> str:
        """How to begin."""
        return keyed(_("No own fields yet. {new} adds one, for example “Certificates” or “Credit days”."), "new")

    def rows(self) -> list[Use]:
        """The fields and how much they are used."""
        return own_fields.in_use(self.session)

    def draw(self, row: object, width: int, here: bool) -> Cells:
        """Name, kind with its choices, use."""
        assert isinstance(row, Use)
        own, known = row.field, bool(row.field.id)
        used = ngettext("{n} customer", "{n} customers", row.customers) if row.customers else _("not used")
        used = f" {used} "
        name = fit(f" {own.name}", min(30, width // 2))
        kind = word("custom_kind", own.kind) if known else _("from a sheet; Enter makes it a field")
        kind += f": {', '.join(own.choices)}" if own.choices else ""
        room = max(0, width - cell_len(name) - 2 - cell_len(used))
        return [
            (name, "strong" if known else "plain"),
            ("  " + fit(kind, room), "plain" if known else "dim"),
            (used, "dim"),
        ]

    def do_open(self) -> None:
        """Enter changes a field; a name from a sheet becomes one."""
        row = self.listing.current
        self._form(row.field if isinstance(row, Use) else OwnField(""))

    def do_new(self) -> None:
        """Add a field."""
        self._form(OwnField(""))

    def _form(self, own: OwnField) -> None:
        self.ask(OwnFieldForm(self.session, own), self.done)

    def do_remove(self) -> None:
        """Take a field away; what customers have in it stays."""
        row = self.listing.current
        if not isinstance(row, Use) or not row.field.id:
            raise Problem(N_("There is no field of yours on this line."))
        own_fields.remove(self.session, row.field)
        self.done(_("Taken away: {field}; its values stay on the cards").format(field=row.field.name))


class OwnFieldForm(FormDialog[str]):
    """Adds a field (id 0) or changes one; answers what was done, in words."""

    def __init__(self, session: Session, own: OwnField) -> None:
        self._own = own
        super().__init__(session, own.name or _("New field"), f"own-field/{own.id}/{'' if own.id else own.name}")

    def rows(self) -> list[FormRow]:
        """Name, kind, and what can be chosen."""
        own = self._own
        return [
            FormRow("name", _("Field name"), own.name, _("Certificates, HS code, credit days …"), required=True),
            FormRow("kind", _("Kind"), label_of(_KIND, own.kind) if own.id else "", label_of(_KIND, "text")),
            FormRow("choices", _("Choices"), ", ".join(own.choices), _("for a choice: yearly, monthly, once")),
        ]

    def help(self, key: str, typed: str) -> Content:
        """The kinds there are; what renaming does."""
        if key == "kind":
            return help_line(_KIND, typed, self.query_one("#help").size.width)
        if key == "name" and self._own.id:
            return Content(_("A new name goes to every customer; undo takes it back."))
        return Content("")

    def finished(self, row: FormRow) -> None:
        """A short form becomes the word it stands for."""
        offer = meant(_KIND, row.value) if row.key == "kind" else None
        if offer and offer.label != row.value:
            row.value = offer.label

    def problems(self, typed: Typed) -> Mapping[str, Problem]:
        """What cannot be stored."""
        own = self._typed(typed)
        checks: dict[str, Callable[[], object]] = {
            "name": lambda: checked_name(own.name),
            "kind": lambda: _KIND.check(own.kind),
            "choices": lambda: checked_choices(own.kind, own.choices),
        }
        wrong: dict[str, Problem] = {}
        for key, check in checks.items():
            try:
                check()
            except Problem as problem:
                wrong[key] = problem
        return wrong

    def save(self, typed: Typed) -> str:
        """Store the field."""
        own = self._typed(typed)
        if own.id:
            own_fields.change(self.session, own)
        else:
            own_fields.define(self.session, own)
        return _("Saved: {name}").format(name=checked_name(own.name))

    def _typed(self, typed: Typed) -> OwnField:
        kind = code_meant(_KIND, typed["kind"]) or "text"
        return replace(self._own, name=typed["name"], kind=kind, choices=split_choices(typed["choices"]))
