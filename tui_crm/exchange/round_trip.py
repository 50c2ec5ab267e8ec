"""What a row that we exported asks for when it comes back: the cells that were changed in it, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from tui_crm.code_words import WORDS
from tui_crm.domain.fields import BY_NAME, LONGEST, Field
from tui_crm.domain.messages import N_, Message, Problem
from tui_crm.domain.own_fields import OwnField, as_field
from tui_crm.domain.reach import KINDS, check_reach
from tui_crm.domain.text import clean
from tui_crm.domain.values import Activity, Contact, NextStep, Reach
from tui_crm.domain.vocabulary import CHANNEL, fold
from tui_crm.i18n import twins

from .cell_likeness import DATED, LISTED, addresses_of, day_of, forms, plain, says, says_day, tags_of
from .days import Moment
from .facts import Terms
from .outgoing import OutCustomer
from .own_sheets import LOG_STAYS, ComingBack
from .planned import Conflict, PlannedCustomer, Take, Verdict
from .sheet_columns import LOGGED, TOLD, SheetColumn, getter
from .tables import Cell, CellNote, shown

_NEXT = frozenset({"next_date", "next_action"})
_LINES = frozenset({"remarks", "needs"})
"""Fields whose line breaks are kept."""
_UNCHANGEABLE = N_("This column only tells what is in the book. Change it on the customer's card.")
_FOLLOWS = N_("Nobody has set this day: it follows from rhythm and trade. Write another one, or pause the customer.")


@dataclass(frozen=True, slots=True)
class Sides:
    """A customer as the row was made from it, and as it is now; the same where nothing has been changed since."""

    base: OutCustomer
    now: OutCustomer


@dataclass(slots=True)
class RowPlan:
    """The reading of one row. `wins` are its headers under which the sheet counts, whatever `take` says of conflicts."""

    row: ComingBack
    sides: Sides
    terms: Terms
    own: Mapping[str, OwnField]
    take: Take
    notes: list[CellNote] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    changes: dict[str, object] = field(default_factory=dict)
    gone_tags: tuple[str, ...] = ()
    gone_people: list[int] = field(default_factory=list)
    wins: Collection[str] = ()

    def planned(self) -> PlannedCustomer:
        """What the row asks for."""
        edits = {column: cell for column, cell in self.row.cells.items() if self._edited(column, cell)}
        self._fields(edits)
        self._settle_stage(edits)
        people = self._people({column: cell for column, cell in edits.items() if column.person})
        step, ends = self._step({column.key: (column, cell) for column, cell in edits.items() if column.key in _NEXT})
        entry = self._entry({column.key: (column, cell) for column, cell in edits.items() if column.key in LOGGED})
        self._tell_told(edits)
        return self._result(people, step, ends, entry)

    def _result(
        self, people: tuple[Contact, ...], step: NextStep | None, ends: bool, entry: tuple[Activity, ...]
    ) -> PlannedCustomer:
        now = self.sides.now.customer
        changes = {name: value for name, value in self.changes.items() if value != getattr(now, name)}
        customer = replace(now, **changes)  # type: ignore[arg-type]
        written = bool(changes or people or self.gone_people or step or ends or entry)
        verdict: Verdict = "conflict" if self.conflicts else "update" if written else "same"
        return PlannedCustomer(
            verdict, now.id, (self.row.table, self.row.row), customer, people, entry, step,
            changes=changes, conflicts=tuple(self.conflicts), gone_tags=self.gone_tags, gone_people=tuple(self.gone_people), ends_step=ends,
        )  # fmt: skip

    # Which cells were changed --------------------------------------------------------------------------------------

    def _edited(self, column: SheetColumn, cell: Cell) -> bool:
        """Whether the sheet says something of its own here that counts; where the book has changed as well, a conflict is
        noted."""
        base, now, op = self.sides.base, self.sides.now, self.row.op
        if self._says(column, cell, now):
            return False
        if base is now:
            return True
        if self._says(column, cell, base):
            return False
        if set(forms(column, base, op)) == set(forms(column, now, op)):
            return True
        if column.key in TOLD:
            return True
        if self._settled(column, cell):
            return False
        kept = getter(column, op)(now)
        self.conflicts.append(Conflict(column.header, plain(cell), plain(kept)))
        return self.take == "sheet" or column.header in self.wins

    def _settled(self, column: SheetColumn, cell: Cell) -> bool:
        """Whether the book has come to say what the cell asks for, in its own way of writing it."""
        now, noted = self.sides.now.customer, len(self.notes)
        try:
            if column.person:
                person = self._person_of(column.person)
                same = person is not None and self._changed(person, {column: cell}) == person
                return same and len(self.notes) == noted
            if column.own:
                return self._own(column, cell) == now.custom.get(column.own, "")
            return column.key in BY_NAME and _field(column.key, shown(cell)) == getattr(now, column.key)
        except Problem:
            return False
        finally:
            del self.notes[noted:]

    def _says(self, column: SheetColumn, cell: Cell, out: OutCustomer) -> bool:
        if column.key in DATED:
            day = getter(column, self.row.op)(out)
            return says_day(cell, {day or None}, self.terms.today, self.terms.order, self.terms.zone)  # type: ignore[arg-type]
        return says(cell, column, forms(column, out, self.row.op))

    # The customer's own fields -------------------------------------------------------------------------------------

    def _fields(self, edits: Mapping[SheetColumn, Cell]) -> None:
        now = self.sides.now.customer
        custom = dict(now.custom)
        for column, cell in edits.items():
            try:
                if column.own:
                    custom[column.own] = self._own(column, cell)
                elif column.key == "tags":
                    self._tags(cell)
                elif column.key in BY_NAME or column.key == "lost_reason":
                    self.changes[column.key] = _field(column.key, shown(cell))
            except Problem as problem:
                self._note(column, cell, problem.message)
        custom = {name: text for name, text in custom.items() if text or name in now.custom}
        if custom != dict(now.custom):
            self.changes["custom"] = custom

    def _note(self, column: SheetColumn, cell: Cell, message: Message) -> None:
        self.notes.append(CellNote(self.row.table, self.row.row, column.header, plain(cell), message))

    def _own(self, column: SheetColumn, cell: Cell) -> str:
        own = self.own.get(fold(column.own))
        if own is None:
            return _prose(shown(cell))
        known = as_field(own, self.terms.today)
        return known.check(_code(known, shown(cell)))

    def _tags(self, cell: Cell) -> None:
        before = {fold(tag): tag for tag in self.sides.now.customer.tags}
        after = {fold(tag): tag for tag in tags_of(shown(cell))}
        self.changes["tags"] = tuple(before.get(key, tag) for key, tag in after.items())
        self.gone_tags = tuple(tag for key, tag in before.items() if key not in after)

    def _settle_stage(self, edits: Mapping[SheetColumn, Cell]) -> None:
        """A lost customer needs a reason; who is no longer lost or paused has none, and no day to come back on."""
        stage = self.changes.get("stage")
        if stage is None:
            return
        reason = self.changes.get("lost_reason", self.sides.now.customer.lost_reason)
        if stage == "lost" and not reason:
            column = next(column for column in edits if column.key == "stage")
            del self.changes["stage"]
            self._note(
                column, edits[column], Message(N_("Say in the column of lost reasons why the customer is lost."))
            )
            return
        if stage != "lost":
            self.changes["lost_reason"] = ""
        if stage != "paused":
            self.changes["paused_until"] = None

    def _tell_told(self, edits: Mapping[SheetColumn, Cell]) -> None:
        for column, cell in edits.items():
            if column.key in TOLD and column.key not in LOGGED and not column.own:
                self._note(column, cell, Message(_UNCHANGEABLE))

    # People --------------------------------------------------------------------------------------------------------

    def _people(self, edits: Mapping[SheetColumn, Cell]) -> tuple[Contact, ...]:
        """The people to be written; those of whom nothing is left go."""
        now = self.sides.now.customer.contacts
        written: list[Contact] = []
        for number in sorted({column.person for column in edits}):
            own = {column: cell for column, cell in edits.items() if column.person == number}
            person = self._person_of(number)
            if person is None:
                column, cell = next(iter(own.items()))
                self._note(column, cell, Message(N_("This person is no longer in the book.")))
                continue
            changed = self._changed(person, own)
            if not changed.name and not changed.reaches:
                self._let_go(changed, own)
            elif changed != person:
                written.append(changed if person.id or now or written else replace(changed, main=True))
        if self.gone_people and not any(contact.main for contact in now if contact.id not in self.gone_people):
            written = _with_main(written, [contact for contact in now if contact.id not in self.gone_people])
        return tuple(written)

    def _person_of(self, number: int) -> Contact | None:
        """The person of those columns as it is now: a new one where there was none, None where it has gone."""
        base, now = self.sides.base.customer.contacts, self.sides.now.customer.contacts
        if number > len(base):
            return Contact("")
        return next((contact for contact in now if contact.uid == base[number - 1].uid), None)

    def _changed(self, person: Contact, edits: Mapping[SheetColumn, Cell]) -> Contact:
        for column, cell in edits.items():
            with suppress(_Refused):
                if column.key in LISTED:
                    person = replace(person, reaches=self._reaches(person, column, cell))
                else:
                    text = clean(shown(cell))
                    named = column.key == "contact"
                    person = replace(person, name=text) if named else replace(person, position=text)
        return person

    def _reaches(self, person: Contact, column: SheetColumn, cell: Cell) -> tuple[Reach, ...]:
        """The person's addresses with those of the column as the cell has them. One that is none refuses the whole cell."""
        country = str(self.changes.get("country", self.sides.now.customer.country))
        ours = [reach for reach in person.reaches if _in_column(reach, column.key)]
        try:
            theirs = [_reach(text, column.key, ours, country) for text in addresses_of(shown(cell))]
        except Problem as problem:
            self._note(column, cell, problem.message)
            raise _Refused from problem
        rest = [reach for reach in person.reaches if reach not in ours]
        place = next((at for at, reach in enumerate(person.reaches) if reach in ours), len(rest))
        return tuple(dict.fromkeys((*rest[:place], *theirs, *rest[place:])))

    def _let_go(self, person: Contact, edits: Mapping[SheetColumn, Cell]) -> None:
        """Take away a person of whom nothing is left, unless nobody would be."""
        if not person.id:
            return
        if len(self.sides.now.customer.contacts) - len(self.gone_people) > 1:
            self.gone_people.append(person.id)
            return
        column, cell = next(iter(edits.items()))
        told = N_("{name} would have nobody left to reach. Add another person first.")
        self._note(column, cell, Message(told, {"name": self.sides.now.customer.name}))

    # What comes next, and what was said ----------------------------------------------------------------------------

    def _step(self, edits: Mapping[str, tuple[SheetColumn, Cell]]) -> tuple[NextStep | None, bool]:
        """The next step the row asks for, and whether it only takes the promised one away."""
        if not edits:
            return None, False
        shown_step, promise = self.sides.now.step, self.sides.now.promise
        day = shown_step.due_on if promise and promise.due_on else None
        action, read = shown_step.action, False
        for key, (column, cell) in edits.items():
            try:
                if key == "next_action":
                    action = _prose(shown(cell))
                else:
                    day = day_of(cell, self.terms.today, self.terms.order, self.terms.zone)
                read = True
            except Problem as problem:
                self._note(column, cell, problem.message)
        if not read:
            return None, False
        if day is None and not action:
            if promise is None:
                self._note(*next(iter(edits.values())), Message(_FOLLOWS))
            return None, promise is not None
        return NextStep(day, action, shown_step.channel, day is not None), False

    def _entry(self, edits: Mapping[str, tuple[SheetColumn, Cell]]) -> tuple[Activity, ...]:
        """A new entry of the log, where a later day and a note stand instead of the last ones."""
        if not edits:
            return ()
        last = self.sides.now.last_contact_on
        with suppress(Problem):
            if "last_date" in edits and "note" in edits and (note := _prose(shown(edits["note"][1]))):
                day = day_of(edits["last_date"][1], self.terms.today, self.terms.order, self.terms.zone)
                if day and (last is None or day > last) and day <= self.terms.today:
                    return (self._said(note, Moment(day)),)
        column, cell = next(iter(edits.values()))
        self._note(column, cell, Message(LOG_STAYS))
        return ()

    def _said(self, note: str, moment: Moment) -> Activity:
        cell = next((cell for column, cell in self.row.cells.items() if column.key == "channel"), None)
        channel = _word_code("channel", plain(cell)) or CHANNEL.find(plain(cell)) or "other"
        stage = str(self.changes.get("stage", self.sides.now.customer.stage))
        return Activity(moment.instant(self.terms.zone), channel, note, stage)


class _Refused(Exception):
    """A cell is not taken; why has been noted."""


def _field(key: str, text: str) -> str:
    """What is stored of a text typed into a field. Raises Problem."""
    if key in _LINES:
        return _prose(text)
    known = BY_NAME.get(key)
    return known.check(_code(known, text)) if known else clean(text)


def _prose(text: str) -> str:
    said = clean(text, lines=True)
    if len(said) > LONGEST:
        raise Problem(
            N_("That is {length} characters; a field holds {most}. Put the rest into a log entry."),
            length=len(said), most=LONGEST,
        )  # fmt: skip
    return said


def _code(known: Field, text: str) -> str:
    """The code of a display word in any language; other text as it is."""
    return (_word_code(known.words, plain(text)) if known.words else "") or text


def _word_code(vocabulary: str, text: str) -> str:
    words: Mapping[str, str] = WORDS[vocabulary]
    return next((code for code, english in words.items() if fold(text) in map(fold, twins(english, vocabulary))), "")


def _in_column(reach: Reach, key: str) -> bool:
    return reach.kind == key if key != "addresses" else reach.kind not in LISTED


def _reach(text: str, key: str, ours: list[Reach], country: str) -> Reach:
    """An address of a cell: one that was there before as it is stored, a new one checked. Raises Problem."""
    kind, value = key, text
    if key == "addresses":
        before, colon, after = text.partition(":")
        kind = before.strip().lower() if colon and before.strip().lower() in KINDS else "other"
        value = after.strip() if kind != "other" or before.strip().lower() == "other" else text
    known = next((reach for reach in ours if reach.kind == kind and fold(reach.value) == fold(value)), None)
    return known or Reach(kind, check_reach(kind, value, country))


def _with_main(written: list[Contact], left: list[Contact]) -> list[Contact]:
    """The people to be written, the first of those who are left being the main one now."""
    first = left[0]
    same = next((person for person in written if person.id == first.id), first)
    return [replace(same, main=True), *(person for person in written if person.id != first.id)]
