"""A customer of a file against the same one of the book: what the file has to add, and where the two contradict each other.

What the book does not have is added. What both have goes by its version: the higher one stands, and where the two versions
are one but the records differ, the book's stays and that is a conflict. What has no version and differs is a conflict too.
Nothing is ever taken away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .json_format import LISTS, OWN, RECORDS, Document

Verdict = Literal["new", "update", "same", "conflict"]


@dataclass(frozen=True, slots=True)
class Merged:
    """What a file brings to one customer: its own fields where they change, records to be written by kind (`known` says which
    of them the book has in an older version), items for its lists, and the names of what contradicts the book."""

    own: Document | None
    records: tuple[tuple[str, Document, bool], ...]
    lists: tuple[tuple[str, str], ...]
    conflicts: tuple[str, ...] = ()
    new: bool = False

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.own or self.records or self.lists)

    @property
    def verdict(self) -> Verdict:
        """The customer in one word; a conflict counts before all else."""
        if self.conflicts:
            return "conflict"
        return "new" if self.new else "update" if self.writes else "same"


def added(theirs: Document) -> Merged:
    """Everything of a customer that the book does not have."""
    records = tuple((section, record, False) for section in RECORDS for record in theirs[section])
    lists = tuple((name, item) for name in LISTS for item in theirs[name])
    return Merged({name: theirs[name] for name in OWN.names}, records, lists, new=True)


def merged(ours: Document, theirs: Document) -> Merged:
    """What a file brings to a customer that the book has."""
    if ours["merged_into"] != theirs["merged_into"]:  # what it had is with another customer, here or there
        return Merged(None, (), (), ("merged_into",))
    conflicts: list[str] = []
    own = {name: theirs[name] for name in OWN.names}
    mine = {name: ours[name] for name in OWN.names}
    if not _wins(own, mine, "name", conflicts):
        own = {}
    records: list[tuple[str, Document, bool]] = []
    for section in RECORDS:
        if section == "steps":
            records += _steps(ours[section], theirs[section], conflicts)
            continue
        known = {record["uid"]: record for record in ours[section]}
        for record in theirs[section]:
            before = known.get(record["uid"])
            if before is None or _wins(record, before, section, conflicts):
                records.append((section, record, before is not None))
    lists = tuple((name, item) for name in LISTS for item in theirs[name] if item not in ours[name])
    return Merged(own or None, tuple(records), lists, tuple(dict.fromkeys(conflicts)))


def _wins(theirs: Document, ours: Document, what: str, conflicts: list[str]) -> bool:
    """Whether a record of the file takes the place of the book's; a contradiction is noted."""
    if theirs == ours or theirs.get("version", 0) < ours.get("version", 0):
        return False
    if theirs.get("version", 0) > ours.get("version", 0):
        return True
    conflicts.append(what)
    return False


def _steps(ours: list[Document], theirs: list[Document], conflicts: list[str]) -> list[tuple[str, Document, bool]]:
    """Steps have no uid: those that the book does not have just so are added. Of two open ones the book's stays."""
    left = list(ours)
    found = []
    promised = any(step["status"] == "open" for step in ours)
    for step in theirs:
        if step in left:
            left.remove(step)
        elif step["status"] == "open" and promised:
            if not any(_kept(step) == _kept(one) for one in ours):  # else the book has it, as done or moved
                conflicts.append("steps")
        else:
            found.append(("steps", step, False))
    return found


def _kept(step: Document) -> Document:
    """A step whatever has become of it."""
    return {name: value for name, value in step.items() if name != "status"}
