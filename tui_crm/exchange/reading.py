"""Reading the cells of a row: each ends somewhere, and what is not understood stays readable."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from tui_crm.domain.countries import Country, split_country_city
from tui_crm.domain.fields import BY_NAME
from tui_crm.domain.messages import N_, Message, Problem
from tui_crm.domain.reach import check_linkedin
from tui_crm.domain.trade import parse_quote, parse_sample
from tui_crm.domain.vocabulary import CHANNEL, STAGE, STAGES, fold, is_stageless

from .codes import AXES, Code, codes_of, split_tags
from .columns import REACHES
from .content import ticked
from .days import Moment, past_moment, roughly
from .entries import beside, day_of, filled, logged, sets_of, year_of
from .facts import Claim, Facts, Terms
from .layout import Column, Line, Sheet, SheetKind
from .people import without_company
from .steps import settle_next, tell_of_lost_zero
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
        self._columns = columns
        self._readers = _readers(column for column in columns if not column.is_beside)
        self._beside = [(found, _readers(found)) for found in sets_of(columns)]
        self._year = year_of((sheet.table, *sheet.titles)) if self._beside else None

    def __reduce__(self) -> tuple[Any, ...]:
        """To another process it goes without the rows of its sheet."""
        return Reader, (replace(self.sheet, rows=()), self.terms, self._columns)

    def hash(self, row: Row, customer: str) -> str:
        """What a row is recognised by at the next import: its company and every header and cell, not its place."""
        cells = row.cells
        width = len(cells)
        content = [customer]
        for column in self._columns:
            if column.index < width and (cell := cells[column.index]) is not None:
                content.append(f"{column.header}\x1e{shown(cell)}")
        return row_hash(*content)

    def read(self, row: Row, customer: str) -> list[Facts]:
        """The facts of one row, which speaks of `customer`; behind them the contacts that it tells of besides."""
        found = self._taken(self._facts(row.number, customer), self._readers, row)
        without_company(found[0])
        for columns, readers in self._beside:
            if filled(columns, row):
                entry = beside(found[0])
                if columns[0].when and (day := day_of(columns[0].when, self._year, self.terms.today)):
                    entry.moment = Moment(day)
                found += self._taken(entry, readers, row)
        for entry in found[1:]:
            entry.author = entry.author or found[0].value("owner")
        return found

    def _taken(self, facts: Facts, readers: _Readers, row: Row) -> list[Facts]:
        """`facts` with what the cells of these columns say, and the contacts that are dated lines of a cell."""
        cells = row.cells
        width = len(cells)
        for column, handle in readers:
            if column.index < width and (cell := cells[column.index]) is not None:
                handle(self, facts, column, cell)
        told = logged(facts, self.terms) if facts.content or facts.remarks else []
        if facts.ticked and not facts.value("stage"):
            facts.claims.append(max(facts.ticked, key=lambda claim: STAGES.index(claim.value)))
        if facts.next_cells:
            settle_next(facts, self.terms)
        if facts.moment is None:
            self._keep_undated(facts)
        return [facts, *told] if told else [facts]

    def read_line(self, line: Line) -> Facts:
        """The facts of one line below a log: a quote, a sample, or words that stay words."""
        facts = self._facts(line.row, self.sheet.company)
        {"quote": self._quote_of, "sample": self._sample_of}.get(line.field, self._remark_of)(
            facts, line.label, line.text
        )
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
            person.name = _line(cell).removeprefix(f"{facts.companies[0]}, ")

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
        text = shown(cell)
        if text.endswith(".0") and text[:-2].isdecimal():
            text = text[:-2]  # a number that went through another program as 13800138000.0
        facts.person(self._number(column)).reaches.append((column, text))

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
        own = self._words(column.field).get(fold(text))
        axis = "stage" if column.field == "status" else column.field
        found = (Code(axis, own, True),) if own else codes_of(column.field, text)
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

    def _words(self, field: str) -> Mapping[str, str]:
        """What words mean in a column of that field, as the program that wrote the sheet uses them."""
        return self.sheet.preset.words.get(field, {}) if self.sheet.preset else {}

    def _tags(self, facts: Facts, column: Column, cell: Cell) -> None:
        is_ticked = ticked(shown(cell), column.header)
        if is_ticked is not None:
            self._tick(facts, column, cell, is_ticked)
            return
        said = self._words("tags")
        facts.tags += filter(None, (said.get(fold(tag), tag) for tag in split_tags(shown(cell))))

    def _tick(self, facts: Facts, column: Column, cell: Cell, is_ticked: bool) -> None:
        """√ under 已寄样: a tag, and the stage where the row names none itself."""
        if not is_ticked:
            return
        facts.tags.append(column.header.removeprefix("是否") or column.header)
        plain = column.header.removeprefix("是否").removeprefix("已")
        if stage := STAGE.find(column.header) or STAGE.find(plain) or STAGE.find(f"已{plain}"):
            facts.ticked.append(Claim("stage", stage, column.header, shown(cell)))

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
            day = past_moment(cell, self.terms.today, self.terms.order_of(column.header), self.terms.zone).day
        except Problem as problem:
            self._refused(facts, column, shown(cell), problem)
        else:
            facts.claims.append(Claim("created_on", day.isoformat(), column.header, shown(cell)))
            tell_of_lost_zero(facts, column, cell, day)

    def _last(self, facts: Facts, column: Column, cell: Cell) -> None:
        rough = roughly(cell) if isinstance(cell, str) else ""
        try:
            facts.moment = past_moment(
                rough or cell, self.terms.today, self.terms.order_of(column.header), self.terms.zone
            )
        except Problem as problem:
            facts.notes.append(CellNote(facts.table, facts.row, column.header, shown(cell), problem.message))
            facts.remarks.append(f"{column.header}: {shown(cell)}")
            return
        if rough:
            facts.note(column.header, shown(cell), N_("Only roughly a day; read as {day}."), day=facts.moment.day)
        tell_of_lost_zero(facts, column, cell, facts.moment.day)
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
        if said := " ".join(filter(None, (facts.author, facts.channel_text, *facts.content))):
            facts.remarks.append(said)
            facts.note(
                "", said, N_("No day is given for this contact, so it cannot stand in the log; kept in the remarks.")
            )

    def _author(self, facts: Facts, column: Column, cell: Cell) -> None:
        if facts.author:
            self._custom(facts, column, cell)
        else:
            facts.author = _line(cell)

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
        if self._words("").get(fold(shown(cell))) != "":
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


@lru_cache(maxsize=4096)
def _country_and_city(text: str) -> tuple[Country | None, str]:
    return split_country_city(text)


def row_hash(*parts: str) -> str:
    """What a row of these texts is recognised by."""
    return blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def _line(cell: Cell) -> str:
    return " ".join(shown(cell).split())


def _readers(columns: Iterable[Column]) -> _Readers:
    return [(column, _HANDLERS.get(column.field, Reader._custom)) for column in columns]


_Handler = Callable[[Reader, Facts, Column, Cell], None]
_Readers = list[tuple[Column, _Handler]]
_HANDLERS: Mapping[str, _Handler] = {
    **dict.fromkeys(("company", "customer", "name"), Reader._company),
    **dict.fromkeys(("first_name", "last_name"), Reader._part_of_name),
    **dict.fromkeys(
        ("city", "industry", "buys", "language", "owner", "needs", "competitors", "lost_reason"), Reader._claim
    ),
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
    "author": Reader._author,
    "note": Reader._note,
    "notes": Reader._note,
    "remarks": Reader._remark,
    "quote": Reader._quote,
    "sample": Reader._sample,
}
