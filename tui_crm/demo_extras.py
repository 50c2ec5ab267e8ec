"""What makes the example book complete: own fields, coloured tags, a kept file, exchange rates, a likely duplicate."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from .domain.legal_forms import strip_legal_form
from .domain.own_fields import PREFIX, OwnField
from .domain.values import Contact, Customer, Reach
from .usecases import attachments, cards, customers, own_fields, rates, tagging
from .usecases.session import Session

_FIELDS = (OwnField("Certificate", "choice", ("LFGB", "FDA", "none")), OwnField("Audited", "yes_no"))
_VALUES = (("LFGB", "yes"), ("FDA", "no"), ("LFGB", ""), ("none", "no"))
_COLORS = {"price-sensitive": "orange", "价敏感": "orange", "high-potential": "green", "潜力大": "green", "haggler": "red",
           "谈判型": "red", "Amazon": "yellow", "亚马逊": "yellow", "custom-logo": "blue", "定制logo": "blue"}  # fmt: skip
_NOTE = "Packing: 50 pcs a carton, 12.5 kg gross, carton 60 x 40 x 35 cm.\n装箱：每箱50个，毛重12.5公斤，箱规60×40×35厘米。\n"


def add_extras(session: Session, ids: list[int], place: Path) -> None:
    """Add everything; files go beside the book that will lie at `place`."""
    for field in _FIELDS:
        own_fields.define(session, field)
    for customer_id, (certificate, audited) in zip(ids[:16], _VALUES * 4, strict=True):
        version = cards.existing(session, customer_id).version
        typed = {f"{PREFIX}Certificate": certificate, f"{PREFIX}Audited": audited}
        customers.edit_customer(session, customer_id, version, typed)
    for tag in tagging.every(session):
        if tag.name in _COLORS:
            tagging.recolor(session, tag, _COLORS[tag.name])
    in_yuan = replace(session, settings=replace(session.settings, own_currency="CNY"))
    for rate in ("USD 7.12", "EUR 8.24"):
        rates.put(in_yuan, rates.typed_rate(in_yuan, rate))
    _keep_file(session, ids[:3], place)
    customers.add_customer(session, _twin(cards.existing(session, ids[4])))


def _keep_file(session: Session, ids: list[int], place: Path) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "packing.txt"
        file.write_text(_NOTE, encoding="utf-8")
        content = attachments.take_in(place, file)
    for customer_id in ids:
        attachments.attach(session, customer_id, file.name, content)


def _twin(customer: Customer) -> Customer:
    """The same company as a colleague might have typed it in from a name card."""
    domain = customer.website.removeprefix("https://www.")
    person = Contact("Sales desk", "Reception", (Reach("email", f"office@{domain}"),), main=True)
    return Customer(
        name=strip_legal_form(customer.name).title(), country=customer.country, city=customer.city, contacts=(person,)
    )
