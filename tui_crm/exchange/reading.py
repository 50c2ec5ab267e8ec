"""Reading the cells of a row: each ends somewhere, and what is not understood stays readable."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from hashlib import blake2b

from tui_crm.domain.countries import Country, split_country_city
from tui_crm.domain.fields import BY_NAME
from tui_crm.domain.messages import N_, Message, Problem
from tui_crm.domain.reach import check_linkedin
from tui_crm.domain.trade import parse_quote, parse_sample
from tui_crm.domain.vocabulary import CHANNEL, fold, is_stageless

from .codes import AXES, codes_of, split_tags
from .columns import REACHES
from .days import Promise, next_action, next_day, past_moment
from .facts import Claim, Facts, Terms
from .layout import Column, Line, Sheet, SheetKind
from .tables import Cell, CellNote, Row, shown

KEPT_AS_REMARK = N_("Not understood here; kept in the remarks.")
KEPT_AS_CUSTOM = N_("“{text}” is no known word for this column; kept as a field of its own.")
_OTHER = ("other", "其他", "其它")
_SEVERAL = re.compile(r"[+＋/、,，;；&和]")


class Reader:
    """Reads the rows of one laid-out sheet."""

    def __init__(self, sheet: Sheet, terms: Terms, columns: tuple[Column, ...] | None = None) -> None:
        """`columns` are others than the sheet's own, for a card above it."""
        self.sheet, self.terms = sheet, terms
        columns = sheet.columns if columns is None else columns
        self._people = {c.person for c in columns if c.field in ("contact", "first_name", "contact_position")}
        self._readers = [(column, _HANDLERS.get(column.field, Reader._custom)) for column in columns]

    def read(self, row: Row, customer: str) -> Facts:
        """The facts of one row, which speaks of `customer`."""
        facts = self._facts(row.number, customer)
        content = [customer]
        cells = row.cells
        width = len(cells)
        for column, handle in self._readers:
            if column.index < width and (cell := cells[column.index]) is not None:
                handle(self, facts, column, cell)
                content.append(f"{column.header}\x1e{shown(cell)}")
        if facts.next_cells:
            self._settle_next(facts)
        if facts.moment is None:
            self._keep_undated(facts)
        facts.hash = _hash(*content)
        return facts

    def read_line(self, line: Line) -> Facts:
        """The facts of one line below a log: a quote, a sample, or words that stay words."""
        facts = self._facts(line.row, self.sheet.company)
        {"quote": self._quote_of, "sample": self._sample_of}.get(line.field, self._remark_of)(
            facts, line.label, line.text
        )
        facts.hash = _hash(self.sheet.company, f"{line.label}\x1e{line.text}")
        return facts

    def _facts(self, row: int, customer: str) -> Facts:
        return Facts(self.sheet.table, row, self.sheet.kind is not SheetKind.CUSTOMERS, companies=[customer])

    def _company(self, facts: Facts, column: Column, cell: Cell) -> None:
        name = _line(cell)
        if name not in facts.companies:
            facts.companies.append(name)

    def _contact(self, facts: Facts, column: Column, cell: Cell) -> None:
        person = facts.person(self._number(column))
        if person.name:
            self._custom(facts, column, cell)
        else:
            person.name = _line(cell)

    def _contact_position(self, facts: Facts, column: Column, cell: Cell) -> None:
        person = facts.person(self._number(column))
        name, _, position = re.sub(r"\s*[/、,，|]\s*", "/", _line(cell), count=1).partition("/")
        if person.name or (person.position and position):
            self._custom(facts, column, cell)
        else:
            person.name, person.position = name, person.position or position

    def _part_of_name(self, facts: Facts, column: Column, cell: Cell) -> None:
        person = facts.person(self._number(column))
        part = column.field.removesuffix("_name")
        if getattr(person, part):
            self._custom(facts, column, cell)
        else:
            setattr(person, part, _line(cell))

    def _position(self, facts: Facts, column: Column, cell: Cell) -> None:
        person = facts.person(self._number(column))
        if person.position:
            self._custom(facts, column, cell)
        else:
            person.position = _line(cell)

    def _reach(self, facts: Facts, column: Column, cell: Cell) -> None:
        facts.person(self._number(column)).reaches.append((column, shown(cell)))

    def _number(self, column: Column) -> int:
        """`邮箱2` is another address of the first person, unless a second one has a name column."""
        return column.person if column.person in self._people else 1

    def _claim(self, facts: Facts, column: Column, cell: Cell) -> None:
        text = _line(cell)
        facts.claims.append(Claim(column.field, text, column.header, text))

    def _place(self, facts: Facts, column: Column, cell: Cell) -> None:
        text = _line(cell)
        land, city = _country_and_city(text)
        if land is None:
            facts.note(
                column.header,
                text,
                N_("“{text}” names no country that is known; kept as a field of its own."),
                text=text,
            )
            facts.custom.append((column.header, text))
            return
        facts.claims.append(Claim("country", land.code, column.header, text))
        if city:
            facts.claims.append(Claim("city", city, column.header, text))

    def _word(self, facts: Facts, column: Column, cell: Cell) -> None:
        text = _line(cell)
        found = codes_of(column.field, text)
        facts.claims += [Claim(known.name, known.code, column.header, text) for known in found]
        if found:
            if not any(known.exact for known in found):
                code = Message(f"{{{found[0].name}}}", {found[0].name: found[0].code})
                facts.note(column.header, text, N_("Read as {code}."), code=code)
            return
        if column.field in ("stage", "status") and is_stageless(text):
            facts.tags.append(text)
            return
        facts.note(column.header, text, KEPT_AS_CUSTOM, text=text)
        facts.custom.append((column.header, text))

    def _tags(self, facts: Facts, column: Column, cell: Cell) -> None:
        facts.tags += split_tags(shown(cell))

    def _checked(self, facts: Facts, column: Column, cell: Cell) -> None:
        text = _line(cell)
        try:
            facts.claims.append(Claim(column.field, BY_NAME[column.field].check(text), column.header, text))
        except Problem as problem:
            self._refused(facts, column, text, problem)

    def _refused(self, facts: Facts, column: Column, text: str, problem: Problem) -> None:
        facts.notes.append(CellNote(facts.table, facts.row, column.header, text, problem.message))
        facts.custom.append((column.header, text))

    def _linkedin(self, facts: Facts, column: Column, cell: Cell) -> None:
        """A company's page belongs to the customer, a person's to the contact."""
        text = _line(cell)
        try:
            page = check_linkedin(text)
        except Problem:
            page = ""
        if "/company/" in page or (page and "/in/" not in page):
            facts.claims.append(Claim("linkedin", page, column.header, text))
        else:
            self._reach(facts, column, cell)

    def _created(self, facts: Facts, column: Column, cell: Cell) -> None:
        try:
            day = past_moment(cell, self.terms.today, self.terms.order, self.terms.zone).day
        except Problem as problem:
            self._refused(facts, column, shown(cell), problem)
        else:
            facts.claims.append(Claim("created_on", day.isoformat(), column.header, shown(cell)))

    def _last(self, facts: Facts, column: Column, cell: Cell) -> None:
        try:
            facts.moment = past_moment(cell, self.terms.today, self.terms.order, self.terms.zone)
        except Problem as problem:
            facts.notes.append(CellNote(facts.table, facts.row, column.header, shown(cell), problem.message))
            facts.remarks.append(f"{column.header}: {shown(cell)}")
            return
        if facts.moment.day > self.terms.today:
            facts.note(column.header, shown(cell), N_("This contact lies in the future. Check the date."))

    def _channel(self, facts: Facts, column: Column, cell: Cell) -> None:
        text = _line(cell)
        whole = CHANNEL.find(text)
        facts.channel = whole or next(filter(None, map(CHANNEL.find, _SEVERAL.split(text))), "other")
        if whole is None or (whole == "other" and fold(text) not in _OTHER):
            facts.by = f"({text})"
        facts.channel_text = text

    def _keep_undated(self, facts: Facts) -> None:
        """What was said on no known day cannot stand in the log."""
        if said := " ".join(filter(None, (facts.channel_text, *facts.content))):
            facts.remarks.append(said)
            facts.note(
                "", said, N_("No day is given for this contact, so it cannot stand in the log; kept in the remarks.")
            )

    def _note(self, facts: Facts, column: Column, cell: Cell) -> None:
        facts.content.append(shown(cell))

    def _next(self, facts: Facts, column: Column, cell: Cell) -> None:
        facts.next_cells.append((column, cell))

    def _remark(self, facts: Facts, column: Column, cell: Cell) -> None:
        facts.remarks.append(shown(cell))

    def _quote(self, facts: Facts, column: Column, cell: Cell) -> None:
        self._quote_of(facts, column.header, shown(cell))

    def _sample(self, facts: Facts, column: Column, cell: Cell) -> None:
        self._sample_of(facts, column.header, shown(cell))

    def _custom(self, facts: Facts, column: Column, cell: Cell) -> None:
        facts.custom.append((column.header, shown(cell)))

    def _quote_of(self, facts: Facts, label: str, text: str) -> None:
        """Keep a quote given as prose; one that is not understood stays among the remarks as it is."""
        quote = parse_quote(text, self._day(facts), self.terms.currency)
        if quote:
            facts.quotes.append(quote)
        else:
            self._remark_of(facts, label, text)

    def _sample_of(self, facts: Facts, label: str, text: str) -> None:
        """Keep a sample given as prose; one that is not understood stays among the remarks as it is."""
        sample = parse_sample(text, self._day(facts))
        if sample:
            facts.samples.append(sample)
        else:
            self._remark_of(facts, label, text)

    def _remark_of(self, facts: Facts, label: str, text: str) -> None:
        """Keep text that has no other place."""
        facts.remarks.append(f"{label}: {text}" if label else text)
        facts.note(label, text, KEPT_AS_REMARK)

    def _day(self, facts: Facts) -> date:
        return facts.moment.day if facts.moment else self.terms.today

    def _settle_next(self, facts: Facts) -> None:
        """One plan out of the next step's cells: the first day found, and every word that is no day."""
        since = self._day(facts)
        day: date | None = None
        words = []
        for column, cell in facts.next_cells:
            is_date = column.field == "next_date"
            plan = (
                next_day(cell, since, self.terms.today, self.terms.order)
                if is_date
                else next_action(shown(cell), since, self.terms.today)
            )
            if is_date and plan.day is None:
                facts.note(column.header, shown(cell), N_("No day is given, so the rhythm decides when."))
            if plan.day and day:
                words.append(plan.day.isoformat())
            day = day or plan.day
            words.append(plan.action)
        facts.promise = Promise(day, " ".join(filter(None, words)))
        facts.promise_text = " ".join(shown(cell) for _, cell in facts.next_cells)


@lru_cache(maxsize=4096)
def _country_and_city(text: str) -> tuple[Country | None, str]:
    return split_country_city(text)


def _hash(*parts: str) -> str:
    """What a row is recognised by at the next import: its company and every header and cell, not its place."""
    return blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def _line(cell: Cell) -> str:
    text = shown(cell)
    return " ".join(text.split()) if "\n" in text or "  " in text else text


_Handler = Callable[[Reader, Facts, Column, Cell], None]
_HANDLERS: Mapping[str, _Handler] = {
    **dict.fromkeys(("company", "customer", "name"), Reader._company),
    **dict.fromkeys(("first_name", "last_name"), Reader._part_of_name),
    **dict.fromkeys(("city", "industry", "buys", "language", "owner", "needs", "lost_reason"), Reader._claim),
    **dict.fromkeys(AXES, Reader._word),
    **dict.fromkeys(REACHES, Reader._reach),
    **dict.fromkeys(("next_date", "next_action"), Reader._next),
    "contact": Reader._contact,
    "contact_position": Reader._contact_position,
    "position": Reader._position,
    "linkedin": Reader._linkedin,
    **dict.fromkeys(("website", "zone"), Reader._checked),
    "country": Reader._place,
    "tags": Reader._tags,
    "created_on": Reader._created,
    "last_date": Reader._last,
    "channel": Reader._channel,
    "note": Reader._note,
    "notes": Reader._note,
    "remarks": Reader._remark,
    "quote": Reader._quote,
    "sample": Reader._sample,
}
