"""Fields that users add to every card: defining, changing and renaming them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..domain.fields import BY_NAME, Field
from ..domain.messages import N_, Message, Problem
from ..domain.own_fields import OwnField as OwnField
from ..domain.own_fields import as_field, checked, own_name
from ..domain.vocabulary import fold
from ..store import own_fields as store
from .session import Session


@dataclass(frozen=True, slots=True)
class Use:
    """A field and how many customers have something in it; `field.id` 0: it came with a sheet and is not defined."""

    field: OwnField
    customers: int


def defined(session: Session) -> list[OwnField]:
    """Every field that has been defined, in that order."""
    return store.defined(session.book)


def in_use(session: Session) -> list[Use]:
    """The defined fields, then the names that only sheets have brought."""
    counts = store.uses(session.book)
    known = [Use(own, counts.pop(own.name, 0)) for own in store.defined(session.book)]
    return known + [Use(OwnField(name), count) for name, count in counts.items()]


def define(session: Session, own: OwnField) -> OwnField:
    """Add a field. What sheets have brought under its name, however spelled, becomes its values. Raises Problem."""
    ready = _ready(session, own)
    with session.operation(Message(N_("Added the field {field}"), {"field": ready.name})):
        _rename_values(
            session, ready.name, [name for name in store.uses(session.book) if fold(name) == fold(ready.name)]
        )
        field_id = store.add(session.book, ready)
    return replace(ready, id=field_id)


def change(session: Session, own: OwnField) -> None:
    """Change a field's name, kind or choices; a new name goes to every customer in the same operation. Values stay as they
    are, whatever the new kind. Raises Problem."""
    before = next((one for one in store.defined(session.book) if one.id == own.id), None)
    if before is None:
        raise Problem(N_("This field is no longer in the book."))
    ready = _ready(session, own)
    if ready == before:
        return
    label = Message(N_("Changed the field {field}"), {"field": before.name})
    if ready.name != before.name:
        label = Message(N_("Renamed the field {field} to {name}"), {"field": before.name, "name": ready.name})
    with session.operation(label):
        store.update(session.book, ready)
        _rename_values(session, ready.name, [before.name])


def remove(session: Session, own: OwnField) -> None:
    """Take a field away. The values stay with the customers, as text; undo brings it back."""
    with session.operation(Message(N_("Removed the field {field}"), {"field": own.name})):
        store.remove(session.book, own)


def field_named(session: Session, name: str) -> Field:
    """A field of the card by its name there, own or not; an own one that is not defined takes any text."""
    own = own_name(name)
    if own is None:
        return BY_NAME[name]
    return as_field(next((one for one in defined(session) if one.name == own), OwnField(own)), session.today)


def _ready(session: Session, own: OwnField) -> OwnField:
    ready = checked(own)
    if any(fold(one.name) == fold(ready.name) and one.id != ready.id for one in store.defined(session.book)):
        raise Problem(N_("There is a field “{name}” already."), name=ready.name)
    return ready


def _rename_values(session: Session, name: str, old: list[str]) -> None:
    """Put what customers have under the `old` names under `name`. Raises Problem where one would lose a value by that."""
    held = store.holding(session.book, old) if old and old != [name] else {}
    renamed = {customer: _renamed(custom, name, frozenset(old)) for customer, custom in held.items()}
    store.put_values(
        session.book, {customer: custom for customer, custom in renamed.items() if custom != held[customer]}
    )


def _renamed(custom: Mapping[str, str], name: str, old: frozenset[str]) -> dict[str, str]:
    values = {value for key, value in custom.items() if value and (key == name or key in old)}
    if len(values) > 1:
        raise Problem(
            N_("Some customers have something under “{name}” already, from a sheet. Choose another name."), name=name
        )
    (value,) = values or {""}
    return {name if key in old else key: held for key, held in custom.items()} | {name: value}
