"""Adding a customer: the few fields that matter, and a word of warning where the company is in the book already."""

from __future__ import annotations

import re
from collections.abc import Mapping

from textual.content import Content
from textual.timer import Timer

from ..domain.fields import BY_NAME
from ..domain.messages import N_, Problem
from ..domain.reach import split_reaches
from ..domain.text import clean, visible
from ..domain.values import Contact, Customer, Reach
from ..i18n import _, tell
from ..usecases import customers
from ..usecases.customers import Duplicate
from ..usecases.session import Session
from .form import FormDialog, FormRow, Typed
from .offers import code_meant, help_line, label_of, meant

_PAUSE = 0.15
"""Seconds without a key before the book is searched for duplicates."""
_SHOWN_DUPLICATES = 3
_BETWEEN_TAGS = re.compile(r"[\s,，、;；]+")
_FIXED = ("country", "kind", "temperature", "grade", "source")


class CustomerForm(FormDialog[int]):
    """Asks for a new customer; answers its id. Company, country and one way to reach somebody are required."""

    def __init__(self, session: Session, name: str = "") -> None:
        self._company = name
        self._pause: Timer | None = None
        self._accepted: list[Duplicate] = []
        super().__init__(session, _("New customer"), "new-customer")

    def rows(self) -> list[FormRow]:
        """Eleven lines."""
        usual = label_of(BY_NAME["temperature"], Customer("").temperature)
        return [
            FormRow("name", _("Company"), self._company, required=True),
            FormRow("country", _("Country"), placeholder=_("DE, Germany, 德国"), required=True),
            FormRow("person", _("Contact name")),
            FormRow("email", _("E-mail"), placeholder=_("one of these two is needed"), required=True),
            FormRow("phone", _("Phone, WhatsApp"), placeholder=_("+49 170 …, wechat: …"), required=True),
            FormRow("kind", _("Type")),
            FormRow("temperature", _("Temperature"), placeholder=usual),
            FormRow("grade", _("Grade")),
            FormRow("source", _("Source")),
            FormRow("tags", _("Tags"), placeholder=_("separate them with blanks")),
            FormRow("remarks", _("Remarks")),
        ]

    def help(self, key: str, typed: str) -> Content:
        """The values a line may take, the one Tab would choose first."""
        if key not in _FIXED:
            return Content("")
        return help_line(BY_NAME[key], typed, self.query_one("#help").size.width)

    def finished(self, row: FormRow) -> None:
        """A short form becomes the word it stands for."""
        if row.key in _FIXED:
            offer = meant(BY_NAME[row.key], row.value)
            if offer and offer.label != row.value:
                row.value = offer.label

    def changed(self) -> None:
        """Look for duplicates when the typing rests."""
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(_PAUSE, self._name_duplicates)

    # Duplicates ----------------------------------------------------------------------------------------------------

    def _name_duplicates(self) -> None:
        try:
            found = customers.likely_duplicates(self.session, _customer(self.typed()))
        except Problem:
            return  # half an address; it is looked at when it is whole
        self.note(_warning(found))

    def _ask_again(self, customer: Customer) -> bool:
        """Whether there are duplicates that have not been shown and accepted by a second Ctrl+S yet."""
        found = customers.likely_duplicates(self.session, customer)
        if not found or found == self._accepted:
            return False
        self._accepted = found
        self._name_duplicates()
        self.tell(_("Probably in the book already. Ctrl+S once more adds it all the same."), wrong=True)
        return True

    # Saving --------------------------------------------------------------------------------------------------------

    def problems(self, typed: Typed) -> Mapping[str, Problem]:
        """What cannot be stored, line by line."""
        wrong: dict[str, Problem] = {}
        for name in ("name", "country", "kind", "temperature", "grade", "source", "remarks"):
            text = _code(name, typed[name])
            try:
                BY_NAME[name].check(text if text.strip() else getattr(Customer(""), name))
            except Problem as problem:
                wrong[name] = problem
        country = _code("country", typed["country"]) if "country" not in wrong else ""
        for name in ("email", "phone"):
            try:
                for reach in _reaches(name, typed[name], country):
                    customers.checked_reach(reach, country)
            except Problem as problem:
                wrong[name] = problem
        if not typed["email"].strip() and not typed["phone"].strip():
            wrong["email"] = Problem(
                N_("Give at least one way to reach somebody: an e-mail address, a phone, a WeChat name.")
            )
        return wrong

    def save(self, typed: Typed) -> int | None:
        """Add the customer, asking once more where it seems to be there already."""
        customer = _customer(typed)
        if self._ask_again(customers.checked(customer)):
            return None
        return customers.add_customer(self.session, customer).id

    def _continues(self, kept: Typed) -> bool:
        return clean(kept.get("name", "")) == clean(self._company)


def _customer(typed: Typed) -> Customer:
    """What was typed as a customer not checked yet."""
    country = _code("country", typed["country"])
    reaches = (*_reaches("email", typed["email"], country), *_reaches("phone", typed["phone"], country))
    person = Contact(typed["person"], reaches=reaches, main=True)
    return Customer(
        typed["name"], country,
        kind=_code("kind", typed["kind"]), source=_code("source", typed["source"]), grade=_code("grade", typed["grade"]),
        temperature=_code("temperature", typed["temperature"]) or Customer("").temperature,
        tags=tuple(_BETWEEN_TAGS.split(typed["tags"])),
        remarks=typed["remarks"], contacts=(person,) if person.name.strip() or reaches else (),
    )  # fmt: skip


def _code(name: str, typed: str) -> str:
    """The code meant in a field of fixed values, else the text itself."""
    return code_meant(BY_NAME[name], typed) if name in _FIXED else typed


def _reaches(name: str, typed: str, country: str) -> tuple[Reach, ...]:
    """The addresses in a line; what is none is left as what the line asks for, so that its check can say what is wrong."""
    if not typed.strip():
        return ()
    if name == "email":
        return (Reach("email", typed),)
    found = [Reach(kind, value) for kind, value in split_reaches(typed, country)]
    return tuple(Reach("phone", reach.value) if reach.kind == "other" else reach for reach in found)


def _warning(found: list[Duplicate]) -> Content:
    """Who has the company already, and why we think so."""
    lines = [
        Content.assemble(
            ("▲ ", "$soon"),
            (visible(one.name), "bold"),
            f" ({visible(one.owner)})",
            (f" · {visible(tell(one.why))}", "$dim"),
        )
        for one in found[:_SHOWN_DUPLICATES]
    ]
    if len(found) > _SHOWN_DUPLICATES:
        lines.append(Content(_("… and {n} more").format(n=len(found) - _SHOWN_DUPLICATES)))
    return Content("\n").join(lines)
