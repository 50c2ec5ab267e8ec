"""One person at a customer: name, position, standing in the decision, and every address on a line of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from textual.content import Content

from ..domain.fields import RANK_FIELD, ROLE_FIELD, Field
from ..domain.messages import Problem
from ..domain.reach import split_reaches
from ..domain.text import clean, visible
from ..domain.values import Contact, Customer, Reach
from ..i18n import _, word
from ..usecases import customers
from ..usecases.session import Session
from .form import FormDialog, FormRow, Typed
from .offers import code_meant, help_line, label_of, meant

_NEW = "new"
"""Name of the line for further addresses."""
_FIXED: Mapping[str, Field] = {field.name: field for field in (RANK_FIELD, ROLE_FIELD)}
"""Lines that take certain words only."""


class PersonForm(FormDialog[str]):
    """Adds a person (id 0) or changes one; answers what was done, in words."""

    BINDINGS = [("f7", "make_main", ""), ("f8", "remove", "")]

    def __init__(self, session: Session, customer: Customer, person: Contact) -> None:
        self._customer = customer
        self._person = person
        title = person.name or _("New person at {name}").format(name=customer.name)
        if person.id:
            self.KEYS = _("Ctrl+S save · F7 main contact · F8 remove · Esc close")
        super().__init__(session, title, f"{customer.uid}/person/{person.id}")

    def rows(self) -> list[FormRow]:
        """Name, position, rank and role, the addresses known, and a line for more."""
        addresses = [
            FormRow(str(at), _capital(word("reach", reach.kind)), reach.value)
            for at, reach in enumerate(self._person.reaches)
        ]
        more = FormRow(_NEW, _("Add address"), placeholder=_("e-mail, phone, WhatsApp: …, 微信：…; several at once"))
        return [
            FormRow("name", _("Contact name"), self._person.name),
            FormRow("position", _("Position"), self._person.position),
            FormRow("rank", _("Rank"), label_of(RANK_FIELD, self._person.rank)),
            FormRow("role", _("Role"), label_of(ROLE_FIELD, self._person.role)),
            *addresses,
            more,
        ]

    def help(self, key: str, typed: str) -> Content:
        """How further addresses are understood; how one is taken off; the words that rank and role may be."""
        if key in _FIXED:
            return help_line(_FIXED[key], typed, self.query_one("#help").size.width)
        if key == _NEW:
            return Content.assemble(*(
                part
                for kind, value in self._split(typed)
                for part in ((f"{word('reach', kind)} ", "$dim"), visible(value), "  ")
            ))  # fmt: skip
        return Content(_("An emptied address is taken off.") if key.isdecimal() else "")

    def finished(self, row: FormRow) -> None:
        """A short form becomes the word it stands for."""
        offer = meant(_FIXED[row.key], row.value) if row.key in _FIXED else None
        if offer and offer.label != row.value:
            row.value = offer.label

    def problems(self, typed: Typed) -> Mapping[str, Problem]:
        """What cannot be stored, line by line."""
        wrong: dict[str, Problem] = {}
        for name, text in typed.items():
            try:
                if name in _FIXED:
                    _FIXED[name].check(code_meant(_FIXED[name], text))
                for reach in self._addresses(name, text):
                    customers.checked_reach(reach, self._customer.country)
            except Problem as problem:
                wrong[name] = problem
        if not wrong:
            try:
                customers.checked_contact(self._changed(typed), self._customer.country)
            except Problem as problem:
                wrong["name"] = problem
        return wrong

    def save(self, typed: Typed) -> str:
        """Store the person."""
        customers.save_contact(self.session, self._customer.id, self._changed(typed))
        return _("Saved: {name}").format(name=clean(typed["name"]) or _("no name"))

    def action_make_main(self) -> None:
        """Save, as the main contact."""
        if self._person.id:
            self._person = replace(self._person, main=True)
            self.action_save()

    def action_remove(self) -> None:
        """Take the person off; undo brings them back."""
        if not self._person.id:
            return
        try:
            customers.remove_contact(self.session, self._customer.id, self._person.id)
        except Problem as problem:
            self.refuse(problem)
        else:
            self.answer(_("Removed: {name}").format(name=self._person.name or _("no name")))

    def _changed(self, typed: Typed) -> Contact:
        reaches = [reach for name, text in typed.items() for reach in self._addresses(name, text)]
        return replace(
            self._person, name=typed["name"], position=typed["position"], reaches=tuple(dict.fromkeys(reaches)),
            rank=code_meant(RANK_FIELD, typed["rank"]), role=code_meant(ROLE_FIELD, typed["role"]),
        )  # fmt: skip

    def _addresses(self, name: str, text: str) -> list[Reach]:
        """The addresses in a line. Raises Problem for a known address changed to what it cannot be."""
        if not text.strip() or not (name == _NEW or name.isdecimal()):
            return []
        split = [Reach(kind, value) for kind, value in self._split(text)]
        if name == _NEW:
            return split
        known = self._person.reaches[int(name)]
        if text == known.value:
            return [known]
        try:
            return [customers.checked_reach(Reach(known.kind, text), self._customer.country)]
        except Problem:
            if all(reach.kind == "other" for reach in split):
                raise
            return split

    def _split(self, text: str) -> list[tuple[str, str]]:
        try:
            return split_reaches(text, self._customer.country)
        except Problem:
            return []


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
