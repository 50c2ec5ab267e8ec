"""The log of one customer out of many rows: each contact once, and the one next step that still stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tui_crm.domain.messages import N_
from tui_crm.domain.values import Activity, NextStep
from tui_crm.i18n import _

from .days import Moment, Promise
from .facts import Facts, Terms

ARROW = " → "
"""In a note, parts what was said from what was to come next, where that is history by now."""


_BOOKS = N_("The book already has a next step, which was kept; this one went to the remarks.")
_OVERTAKEN = N_("A later contact has overtaken this plan; it went to the remarks.")


@dataclass(slots=True)
class Entry:
    """One contact of the past, told of by one or more rows."""

    day: date
    text: str
    contact: str
    stage: str
    channel: str
    facts: Facts
    known: bool = False
    overtaken: list[str] = field(default_factory=list)

    @property
    def note(self) -> str:
        """What was said, in words even where the sheet has none."""
        return self.text or _("(nothing noted)")

    def activity(self, terms: Terms) -> Activity:
        """The entry as it is stored."""
        at = (self.facts.moment or Moment(self.day)).instant(terms.zone)
        note = ARROW.join((self.note, *self.overtaken))
        return Activity(at, self.channel or "other", note, self.stage, self.facts.written_by, contact=self.contact)


class Log:
    """The contacts and the promises that all rows of one customer tell of."""

    def __init__(self, rows: Sequence[Facts], known: Iterable[tuple[date, str]]) -> None:
        """`known` is (day, note) of every contact the book has."""
        self._entries: list[Entry] = []
        self._by_day: dict[date, list[Entry]] = {}
        self._by_person: dict[tuple[date, str], list[Entry]] = {}
        self._by_words: dict[tuple[date, str], dict[str, Entry]] = {}
        self._entry_of: dict[int, Entry] = {}
        self._known: dict[date, list[str]] = {}
        for day, note in known:
            self._known.setdefault(day, []).append(_squeezed(note))
        # Rows with words first: a bare date is no second contact of the same day.
        for facts in sorted(rows, key=lambda facts: not facts.text):
            if facts.moment:
                self._entry_of[id(facts)] = self._entry(facts, facts.moment.day)
        self._promises = [(f, f.promise) for f in rows if f.promise and (f.promise.day or f.promise.action)]

    def activities(self, terms: Terms) -> tuple[Activity, ...]:
        """The contacts that the book does not have, oldest first. Ask for the next step before: it settles what is past."""
        entries = sorted((entry for entry in self._entries if not entry.known), key=lambda entry: entry.day)
        return tuple(entry.activity(terms) for entry in entries)

    def next_step(self, known: NextStep | None) -> NextStep | None:
        """The promise that still stands: that of the latest contact. The others become history, in the note or the remarks.

        `known` is the book's own next step. It is kept until a newer contact, on its day or later, has fulfilled it.
        """
        latest_known = max(self._known, default=date.min)
        latest = max(latest_known, *self._by_day, date.min)
        standing = [said for said in self._promises if _stands(*said, latest)]
        if known:
            kept_until = max(latest_known, known.due_on or date.min)
            standing = [said for said in standing if said[0].as_of > latest_known and said[0].as_of >= kept_until]
        chosen = max(standing, key=lambda said: (said[0].as_of, said[1].day is not None), default=None)
        step = NextStep(chosen[1].day, chosen[1].action, by_hand=chosen[1].day is not None) if chosen else known
        for facts, promise in self._promises:
            is_told = step and promise.action == step.action and promise.day in (None, step.due_on)
            if not (is_told and (chosen is None or facts.as_of == chosen[0].as_of)):
                self._put_away(facts, _BOOKS if known else _OVERTAKEN)
        return step if chosen else None

    def _entry(self, facts: Facts, day: date) -> Entry:
        entry = Entry(day, facts.text, facts.main_name, facts.value("stage"), facts.channel, facts)
        same = self._told_before(entry)
        if same is None:
            entry.known = any(_tells(note, entry.note) for note in self._known.get(day, ()))
            self._entries.append(entry)
            self._by_words.setdefault((day, _squeezed(entry.text)), {}).setdefault(entry.contact, entry)
            self._by_day.setdefault(day, []).append(entry)
            self._by_person.setdefault((day, entry.contact), []).append(entry)
            return entry
        if entry.channel and same.channel and entry.channel != same.channel:
            facts.note("", entry.text, N_("Row {row} of {sheet} tells of the same contact over another channel, which was kept."),
                       row=same.facts.row, sheet=same.facts.table)  # fmt: skip
        if facts.author not in ("", same.facts.author):
            same.facts.author = same.facts.author or facts.author
            facts.remarks += [facts.author] * (same.facts.author != facts.author)
        same.channel, same.contact, same.stage = (
            same.channel or entry.channel,
            same.contact or entry.contact,
            same.stage or entry.stage,
        )
        return same

    def _told_before(self, entry: Entry) -> Entry | None:
        """The entry of another row that is the same contact: same day, same words; a bare day adds nothing to any."""
        alike = self._by_words.get((entry.day, _squeezed(entry.text)), {})
        if entry.text:
            return (
                alike.get(entry.contact)
                or alike.get("")
                or (next(iter(alike.values()), None) if not entry.contact else None)
            )
        there = (
            self._by_person.get((entry.day, entry.contact), ()) if entry.contact else self._by_day.get(entry.day, ())
        )
        return next((other for other in there if entry.channel in ("", other.channel)), None)

    def _put_away(self, facts: Facts, why: str) -> None:
        """Keep a promise that does not stand: behind the arrow in the note of its contact, or among the remarks."""
        text = facts.promise_text
        entry = self._entry_of.get(id(facts))
        if entry and not entry.known:
            if text not in entry.overtaken:
                entry.overtaken.append(text)
        elif not entry or not any(_squeezed(text) in note for note in self._known[entry.day]):
            facts.remarks.append(text)
            facts.note("", text, why)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _tells(known_note: str, note: str) -> bool:
    """Whether a note of the book is this one, perhaps with what came next behind it."""
    plain = _squeezed(note)
    return known_note == plain or known_note.startswith(plain + ARROW)


def _stands(facts: Facts, promise: Promise, latest: date) -> bool:
    """A promise is overtaken by a later contact, unless its day lies beyond that as well."""
    return facts.as_of >= latest or bool(promise.day and promise.day > latest)
