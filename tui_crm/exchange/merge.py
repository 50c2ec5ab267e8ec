"""From all the rows that speak of one company to one planned customer, held against what the book knows already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tui_crm.domain.messages import N_, Message
from tui_crm.domain.text import fold, squash
from tui_crm.domain.values import Activity, Contact, Customer, Quote, Sample

from .facts import Claim, Facts, Terms
from .logs import Log
from .people import People, completed, with_main
from .planned import KnownCustomer, PlannedCustomer

DEFAULT_TEMPERATURE: Mapping[str, str] = {
    "quoted": "hot",
    "negotiating": "hot",
    "sampling": "sample",
    "ordered": "existing",
    "repeat": "existing",
    "lost": "cold",
    "paused": "cold",
}
"""The temperature of a new customer whose sheet has none, by its stage; all others start as potential."""

_WARMEST_FIRST = ("hot", "sample", "existing", "potential", "cold")
"""Of several people at one customer the warmest counts: nobody neglects a company where one of them is asking."""

_LATEST_WINS = frozenset({"stage", "temperature"})
_WRITTEN = tuple(name for name in Customer.__dataclass_fields__ if name not in ("contacts", "id", "uid", "version"))
_JOINED = frozenset({"buys", "needs"})
_NEW_CUSTOMER = Customer("")


def plan_customer(
    rows: Sequence[Facts], found: Sequence[Contact], known: KnownCustomer | None, terms: Terms
) -> PlannedCustomer:
    """The plan for the customer that `rows` (at least one, none imported before) speak of; the rows gain notes.

    `found` are the people of the rows.
    """
    merged = _Merged(rows, known)
    merged.settle_names()
    merged.settle_claims()
    people = People(known.customer.contacts if known else ())
    for contact in found:
        people.take(rows[0], completed(contact, known.customer.country) if known else contact)
    log = Log(rows, known.log if known else ())
    next_step = log.next_step(known.next_step if known else None)
    contacts = tuple(people.contacts) if known and known.customer.contacts else with_main(people.contacts)
    before = known.customer if known else _NEW_CUSTOMER
    values = merged.customer_fields(before)
    derived = not known and "temperature" not in values
    if derived:
        values["temperature"] = DEFAULT_TEMPERATURE.get(str(values.get("stage")), "potential")
    customer = replace(before, contacts=contacts, **values) if known else Customer(contacts=contacts, **values)
    quotes = [quote for facts in rows for quote in facts.quotes]
    samples = [sample for facts in rows for sample in facts.samples]
    planned = PlannedCustomer(
        "new" if known is None else "update",
        known.customer.id if known else None,
        (rows[0].table, rows[0].row),
        customer,
        tuple(contact for contact in contacts if contact not in before.contacts),
        tuple(_written(entry, merged.values.get("owner", "")) for entry in log.activities(terms)),
        next_step,
        tuple(quote for quote in dict.fromkeys(quotes) if not _is_known_quote(quote, known.quotes if known else ())),
        tuple(
            sample for sample in dict.fromkeys(samples) if not _is_known_sample(sample, known.samples if known else ())
        ),
        tuple(dict.fromkeys(facts.hash for facts in rows)),
        _changes(before, customer) if known else {},
        derived,
    )
    return planned if planned.verdict == "new" or _writes(planned) else replace(planned, verdict="same")


def _written(entry: Activity, owner: str) -> Activity:
    """A log entry that names nobody was written by whom the sheet gives as the owner."""
    return entry if entry.author or not owner else replace(entry, author=owner)


class _Merged:
    """The values that win, and a place for those that do not."""

    def __init__(self, rows: Sequence[Facts], known: KnownCustomer | None) -> None:
        self.rows, self.known = rows, known
        self.name = known.customer.name if known else rows[0].companies[0]
        self.values: dict[str, str] = {}
        self.winners: dict[str, tuple[Claim, Facts]] = {}
        self.people = {facts.main_name for facts in rows} - {""}
        self.custom: dict[str, dict[str, list[str]]] = {}

    def settle_names(self) -> None:
        """Tell of rows that repeat a customer; a really different name (same key, or same address) is kept as a remark."""
        repeated = self._repeated()
        told = {self.name}
        for facts in self.rows:
            for name in facts.companies:
                if name != self.name and squash(name) != squash(self.name):
                    facts.remarks.append(name)
                if name not in told and facts.row not in repeated:
                    facts.note("", name, N_("Taken for the same customer as {name}."), name=self.name)
                    told.add(name)

    def _repeated(self) -> set[int]:
        """The rows of an overview that tell of a customer and person once more."""
        seen: dict[tuple[str, str], int] = {}
        repeated = set()
        for facts in self.rows:
            if facts.is_entry or (first := seen.setdefault((facts.table, facts.main_name), facts.row)) == facts.row:
                continue
            repeated.add(facts.row)
            facts.note(
                "", facts.companies[0], N_("The same customer as in row {row}; the two rows were merged."), row=first
            )
        return repeated

    def settle_claims(self) -> None:
        """Choose a value for each field: the first row's, for stage and temperature that of the latest contact."""
        said: dict[str, list[tuple[Claim, Facts]]] = {}
        for facts in self.rows:
            for header, text in facts.custom:
                self._add_custom(header, text, facts)
            for claim in facts.claims:
                said.setdefault(claim.field, []).append((claim, facts))
        for field, claims in said.items():
            winner, row = self.winners[field] = _winner(field, claims)
            self.values[field] = winner.value
            if field in _JOINED:
                self.values[field] = "; ".join(dict.fromkeys(claim.value for claim, _ in claims))
                continue
            if len(claims) == 1:
                continue
            if field == "temperature" and len({claim.value for claim, _ in claims}) > 1 and len(self.people) > 1:
                row.note(winner.header, winner.text, N_("The people of this customer differ here; the warmest counts."))
            for claim, facts in claims:
                if fold(claim.value) != fold(winner.value):
                    self._put_beside(claim, facts)

    def _put_beside(self, claim: Claim, facts: Facts) -> None:
        """What differs between two people is kept for each; what differs between two rows is a remark."""
        winner, row = self.winners[claim.field]
        if facts.moment and (claim.field == "stage" or (claim.field == "owner" and facts.is_entry)):
            return  # it stays with the contact of that day
        if facts.main_name and facts.main_name != row.main_name:
            self._add_custom(winner.header, winner.text, row)
            self._add_custom(claim.header, claim.text, facts)
            return
        facts.remarks.append(f"{claim.header}: {claim.text}")
        facts.note(claim.header, claim.text, N_("Row {row} says “{kept}”, which was taken; this went to the remarks."),
                   row=row.row, kept=winner.text)  # fmt: skip

    def _add_custom(self, header: str, text: str, facts: Facts) -> None:
        names = self.custom.setdefault(header, {}).setdefault(text, [])
        if facts.main_name and facts.main_name not in names:
            names.append(facts.main_name)

    def customer_fields(self, before: Customer) -> dict[str, Any]:
        """Field → value as it is to be: blanks of `before` filled, its own values kept, all else added to the remarks."""
        values: dict[str, Any] = {name: self._filled(name, before) for name in self.values}
        values["name"] = self.name
        values["custom"] = self._custom(before)
        values["tags"] = self._tags(before)
        values["remarks"] = self._remarks(before)  # last, since all of the above may add to them
        return values

    def _tags(self, before: Customer) -> tuple[str, ...]:
        tags = {fold(tag): tag for tag in before.tags}
        for facts in self.rows:
            for tag in facts.tags:
                tags.setdefault(fold(tag), tag)
        return tuple(tags.values())

    def _filled(self, name: str, before: Customer) -> object:
        value: object = date.fromisoformat(self.values[name]) if name == "created_on" else self.values[name]
        kept = getattr(before, name)
        if not self.known or not kept:
            return value
        if fold(str(kept)) != fold(str(value)):
            claim, facts = self.winners[name]
            text = self.values[name] if name in _JOINED else claim.text
            self._keep_the_books(facts, claim.header, text, Message(f"{{{name}}}", {name: kept}))
        return kept

    def _custom(self, before: Customer) -> Mapping[str, str]:
        custom = dict(before.custom)
        for header, texts in self.custom.items():
            text = self._joined(texts)
            if text not in custom.setdefault(header, text):
                facts = next(
                    f
                    for f in self.rows
                    if any(h == header for h, _ in f.custom) or any(c.header == header for c in f.claims)
                )
                self._keep_the_books(facts, header, text, Message("{kept}", {"kept": custom[header]}))
        return custom

    def _joined(self, texts: Mapping[str, list[str]]) -> str:
        """One value for all, or each with the people it belongs to."""
        if len(texts) == 1 and len(self.people) <= 1:
            return next(iter(texts))
        shared = len(texts) == 1 and len(next(iter(texts.values()))) in (0, len(self.people))
        return "; ".join(
            f"{text} ({', '.join(names)})" if names and not shared else text for text, names in texts.items()
        )

    def _keep_the_books(self, facts: Facts, header: str, text: str, kept: Message) -> None:
        facts.remarks.append(f"{header}: {text}")
        facts.note(header, text, N_("The book has “{kept}”, which was kept; this went to the remarks."), kept=kept)

    def _remarks(self, before: Customer) -> str:
        there = _squeezed(before.remarks)
        lines = {_squeezed(line): line for facts in self.rows for line in facts.remarks}
        return "\n".join(filter(None, (before.remarks, *(line for key, line in lines.items() if key not in there))))


def _winner(field: str, claims: Sequence[tuple[Claim, Facts]]) -> tuple[Claim, Facts]:
    if len(claims) == 1:
        return claims[0]
    if field == "created_on":
        return min(claims, key=lambda said: said[0].value)
    if field == "temperature" and len({facts.main_name for _, facts in claims}) > 1:
        return min(claims, key=lambda said: _WARMEST_FIRST.index(said[0].value))
    if field in _LATEST_WINS:
        return max(claims, key=lambda said: said[1].as_of)
    return claims[0]


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _is_known_quote(quote: Quote, known: Sequence[Quote]) -> bool:
    """A quote of the book is the same one also after it was won or lost."""
    return any(replace(other, id=0, uid="", status=quote.status) == quote for other in known)


def _is_known_sample(sample: Sample, known: Sequence[Sample]) -> bool:
    """A sample of the book is the same one also after it arrived and was judged."""
    return any(
        replace(other, id=0, uid="", arrived_on=sample.arrived_on, feedback=sample.feedback) == sample
        for other in known
    )


def _changes(before: Customer, after: Customer) -> dict[str, object]:
    return {name: getattr(after, name) for name in _WRITTEN if getattr(after, name) != getattr(before, name)}


def _writes(planned: PlannedCustomer) -> bool:
    return bool(
        planned.changes
        or planned.contacts
        or planned.activities
        or planned.next_step
        or planned.quotes
        or planned.samples
    )
