"""Merging two customers that are one, field by field, as one operation that one undo takes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..domain.merging import FieldChoice as FieldChoice
from ..domain.merging import both, field_choices, match_people, unite
from ..domain.messages import N_, Message, Problem
from ..domain.own_fields import columns
from ..domain.rows import AgendaRow
from ..domain.text import squash
from ..domain.values import Contact, Customer, NextStep
from ..store import merging as store
from ..store import reading, writing
from . import agenda
from .cards import existing
from .session import Session


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a merge would do: the fields in which the two differ, what goes over to the kept customer (rows by their table),
    the other's people and whom of the kept one's they are, the tags of both, and the promises, of which the earlier stands."""

    keep: Customer
    other: Customer
    fields: tuple[FieldChoice, ...]
    moves: Mapping[str, int]
    people: tuple[tuple[Contact, Contact | None], ...]
    tags: tuple[str, ...]
    steps: tuple[NextStep | None, NextStep | None]

    def choose(self, choices: Mapping[str, str]) -> MergePlan:
        """The plan with other choices, by field. Raises Problem for one that there is not."""
        unknown = choices.keys() - {choice.field for choice in self.fields}
        if unknown:
            raise Problem(N_("The two do not differ in {field}: there is nothing to choose."), field=min(unknown))
        return replace(self, fields=tuple(c.take(choices.get(c.field, c.taken)) for c in self.fields))

    @property
    def left_name(self) -> str:
        """The name that is not taken, "" where both have the same: it stays in the remarks, to be found by."""
        taken = next((choice.value for choice in self.fields if choice.field == "name"), self.keep.name)
        left = self.other.name if taken == self.keep.name else self.keep.name
        return left if squash(left) != squash(taken) else ""

    @property
    def step(self) -> NextStep | None:
        """The promise that stands after the merge."""
        steps = [step for step in self.steps if step is not None]
        return min(steps, key=lambda step: (step.due_on is None, step.due_on), default=None)


def plan_merge(session: Session, keep_id: int, other_id: int) -> MergePlan:
    """What merging the second customer into the first would do. Raises Problem where they cannot be merged."""
    if keep_id == other_id:
        raise Problem(N_("A customer cannot be merged with itself. Choose two."))
    keep, other = existing(session, keep_id), existing(session, other_id)
    for customer in (keep, other):
        if customer.merged_into is not None:
            into = existing(session, customer.merged_into)
            raise Problem(N_("{name} was merged into {keeper} already. Merge {keeper} instead, or undo that."),
                          name=customer.name, keeper=into.name)  # fmt: skip
    if keep.archived:
        raise Problem(N_("{name} is archived. Bring it back first, or keep the other one."), name=keep.name)
    twins = match_people(keep.contacts, other.contacts)
    return MergePlan(
        keep,
        other,
        field_choices(keep, other),
        store.counts(session.book, other_id),
        tuple((person, twins.get(person.id)) for person in other.contacts),
        tuple(dict.fromkeys((*keep.tags, *other.tags))),
        (reading.promised_step(session.book, keep_id), reading.promised_step(session.book, other_id)),
    )


def merge(
    session: Session,
    keep_id: int,
    other_id: int,
    choices: Mapping[str, str] | None = None,
    seen: MergePlan | None = None,
) -> None:
    """Merge the second customer into the first: all that belongs to it goes over, it is archived itself. `choices` say by
    field whose value is taken (`domain.merging.KEEP` …) where that is not the plan's. Raises Problem where they cannot be
    merged, or where one has been changed since the plan was `seen`."""
    plan = plan_merge(session, keep_id, other_id).choose(choices or {})
    keep, other, book = plan.keep, plan.other, session.book
    versions = (seen.keep.version, seen.other.version) if seen else (keep.version, other.version)
    label = Message(N_("Merged {other} into {name}"), {"other": other.name, "name": keep.name})
    with session.operation(label):
        writing.update_customer(book, keep_id, _changes(plan), versions[0])
        writing.update_customer(book, other_id, {"archived": True, "merged_into": keep_id}, versions[1])
        for person, twin in plan.people:
            if twin is not None and (united := unite(twin, person)) != twin:
                writing.update_contact(book, keep_id, united)
        alone = [person.id for person, twin in plan.people if twin is None]
        store.move_people(book, alone, keep_id, main=not keep.contacts)
        store.move_records(book, other_id, keep_id)
        store.move_tags(book, other_id, keep_id)
        store.move_steps(book, other_id, keep_id)
        store.redirect(book, other_id, keep_id)


def _changes(plan: MergePlan) -> dict[str, object]:
    """The kept customer's columns after the merge. A stage brings its reason or its day along."""
    keep, other = plan.keep, plan.other
    changes = {choice.field: choice.value for choice in plan.fields if choice.value != choice.keep}
    if plan.left_name:
        changes["remarks"] = both(changes.get("remarks", keep.remarks), plan.left_name)
    row = columns(keep, changes)
    if "stage" in changes:
        row |= {"lost_reason": other.lost_reason, "paused_until": other.paused_until}
    if other.created_on and (keep.created_on is None or other.created_on < keep.created_on):
        row["created_on"] = other.created_on
    return row


def keeper_of(session: Session, customer_id: int) -> AgendaRow | None:
    """The customer that this one was merged into; None where it was not."""
    keeper = store.keepers(session.book, [customer_id]).get(customer_id)
    return None if keeper is None else agenda.row(session, keeper)
