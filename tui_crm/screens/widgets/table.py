"""A list of customers in columns that the user has chosen; where a search found its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.content import Content

from ...domain.columns import COLUMNS, Order
from ...domain.money import format_sum
from ...domain.rows import AgendaRow
from ...domain.text import visible
from ...i18n import _, country_name, language, month_day, word
from ...usecases.listing import Details
from .cells import fit, marked
from .lines import PROMISE, due_cell, hour_there, mark, what
from .rowlist import OPEN, Cells

if TYPE_CHECKING:
    from ...usecases.finding import Hit


class Room(NamedTuple):
    """The cells of a column: what it cannot do without, what suits it, and what it can use at most."""

    least: int
    usual: int
    most: int


_ROOM: Mapping[str, tuple[Room, Room]] = {
    # column: in English, in Chinese
    "name": (Room(16, 26, 44), Room(16, 26, 44)),
    "due": (Room(10, 10, 10), Room(8, 8, 10)),
    "temperature": (Room(1, 9, 9), Room(2, 6, 6)),
    "next": (Room(18, 24, 90), Room(18, 24, 90)),
    "country": (Room(8, 12, 18), Room(6, 8, 16)),
    "last": (Room(10, 10, 11), Room(9, 9, 10)),
    "stage": (Room(11, 11, 11), Room(8, 8, 8)),
    "grade": (Room(6, 6, 6), Room(5, 5, 5)),
    "tags": (Room(12, 18, 50), Room(12, 18, 50)),
    "money": (Room(11, 14, 30), Room(11, 14, 30)),
    "city": (Room(8, 12, 18), Room(6, 8, 16)),
    "people": (Room(10, 16, 40), Room(8, 12, 40)),
    "owner": (Room(8, 11, 14), Room(6, 8, 14)),
    "there": (Room(5, 5, 5), Room(5, 5, 5)),
    "created": (Room(7, 11, 11), Room(8, 10, 11)),
}
_FINDING = Room(32, 40, 90)
"""What to do, where it says in which text words were found."""
_READABLE = 60
"""Cells of a list in which a name has what suits it before there is another column."""
_IMPORTANCE = tuple(column.code for column in COLUMNS)
_OPEN = frozenset({"due", "temperature", "country", "last", "stage", "grade", "created"})
"""Columns that tell nothing of who it is."""
_RIGHT = frozenset({"due", "last", "money", "created"})
"""Columns of numbers: digits stand under digits."""
_TITLES = {column.code: column.title for column in COLUMNS}


@lru_cache(16)
def widths(
    columns: tuple[str, ...], width: int, finding: bool, chinese: bool, sorted_by: str = ""
) -> tuple[tuple[str, int], ...]:
    """Which columns fit beside each other in `width` cells, from left to right, with their cells. What matters less gives
    way, what the list is `sorted_by` last; while a search for words is `finding`, what to do has to be there, since it says
    where they were found."""
    wanted = dict.fromkeys((*columns, "name", *(["next"] if finding else [])))
    first = ("name", "next" if finding else "", sorted_by)
    ranked = sorted(
        wanted, key=lambda code: first.index(code) if code in first else len(first) + _IMPORTANCE.index(code)
    )
    room = {code: _FINDING if finding and code == "next" else _ROOM[code][chinese] for code in ranked}
    cells: dict[str, int] = {}
    left = width  # each has a blank before it
    for code in ranked:
        least = room[code].usual if code == "name" and width >= _READABLE else room[code].least
        if not cells or least + 1 <= left:
            cells[code] = max(1, min(least, left - 1))
            left -= cells[code] + 1
    for step in ("usual", "most"):
        for code in cells:
            more = max(0, getattr(room[code], step) - cells[code])
            more = min(more, left) if code != "temperature" else more * (more <= left)  # half a word is none
            cells[code] += more
            left -= more
    placed = dict.fromkeys((*columns, *ranked))
    return tuple((code, cells[code]) for code in placed if code in cells)


class TableLine:
    """Draws `AgendaRow`s in columns. `details` and `places` are by customer; where there are `places`, the words of a search
    stand out, and what to do gives way to the text they were found in."""

    def __init__(self, columns: Sequence[str], order: Order, today: date, now: datetime) -> None:
        self.columns = tuple(columns)
        self.order = order
        self.today = today
        self.now = now
        self.details: Mapping[int, Details] = {}
        self.places: Mapping[int, tuple[Hit, ...]] = {}
        self._titled = 0  # cells of the titles as they were drawn last

    def column_at(self, cell: int) -> str:
        """The column whose title was drawn over this cell of the line; empty where there is none."""
        for code, room in self._widths(self._titled):
            cell -= room + 1
            if cell < 0:
                return code
        return ""

    def header(self, width: int) -> str:
        """The titles; an arrow at the column that the list is sorted by."""
        self._titled = width
        return "".join(" " + self._title(code, room) for code, room in self._widths(width))

    def _title(self, code: str, room: int) -> str:
        title = _("found in") if code == "next" and self.places else _(_TITLES[code])
        if code == self.order.by and room > 1:
            title = fit(title, min(room - 1, cell_len(title))) + ("↓" if self.order.descending else "↑")
        return fit(title if room > 2 else "", room, right=code in _RIGHT)

    def __call__(self, row: object, width: int, _here: bool) -> Cells:
        """One line, cut to `width`."""
        assert isinstance(row, AgendaRow)
        cells: Cells = []
        for code, room in self._widths(width):
            cells.append((" ", "plain"))
            cells += self._cell(code, row, room)
        return cells

    def _widths(self, width: int) -> tuple[tuple[str, int], ...]:
        return widths(self.columns, width, bool(self.places), language() == "zh_CN", self.order.by)

    def _cell(self, code: str, row: AgendaRow, room: int) -> Cells:
        if code == "name":
            return self._name(row, room)
        if code == "next":
            return self._next(row, room)
        if code == "there":
            text, look = hour_there(row, self.now, room)
            return [(text[1:], look + OPEN)]
        text, look = _CELLS[code](self, row, room)
        return [(fit(text, room, right=code in _RIGHT), look + OPEN if code in _OPEN else look)]

    def _name(self, row: AgendaRow, room: int) -> Cells:
        urgent = row.due_on is not None and row.due_on <= self.today
        look = "gone" if row.archived else "strong" if urgent else "plain"
        hit = next((hit for hit in self.places.get(row.id, ()) if hit.place == "name"), None)
        return marked(row.name, hit.spans if hit and not hit.text.startswith("…") else (), room, look)

    def _next(self, row: AgendaRow, room: int) -> Cells:
        hit = next((hit for hit in self.places.get(row.id, ()) if hit.place != "name"), None)
        if hit is not None:
            return found_in(hit, room)
        promised = fit("✓" if row.by_hand else "~" if row.estimated else "", PROMISE)
        return [(promised, "accent"), (fit(what(row), room - PROMISE), "plain" if row.next_action else "dim")]

    def temperature(self, row: AgendaRow, room: int) -> tuple[str, str]:
        """The word, or a mark where that has no room."""
        shown = word("temperature", row.temperature)
        return (shown if cell_len(shown) <= room else mark(row.temperature)), row.temperature

    def last(self, row: AgendaRow, _room: int) -> tuple[str, str]:
        """How long ago the last contact was."""
        if row.last_contact_on is None:
            return _("never"), "dim"
        days = (self.today - row.last_contact_on).days
        return (ago(days) if days < 100 else month_day(row.last_contact_on)), "plain"

    def money(self, row: AgendaRow, _room: int) -> tuple[str, str]:
        """Open sums, the largest currency first."""
        sums = self.details[row.id].money if row.id in self.details else ()
        return " · ".join(format_sum(amount, currency) for currency, amount in sums), "soon"

    def people(self, row: AgendaRow, _room: int) -> tuple[str, str]:
        """Everybody known there, the main contact first."""
        return ", ".join(self.details[row.id].people if row.id in self.details else ()), "dim"

    def created(self, row: AgendaRow, _room: int) -> tuple[str, str]:
        """The day the customer was added."""
        day = self.details[row.id].created_on if row.id in self.details else None
        return month_day(day) if day else "", "dim"


_CELLS: Mapping[str, Callable[[TableLine, AgendaRow, int], tuple[str, str]]] = {
    "due": lambda table, row, room: due_cell(row, table.today, room),
    "temperature": TableLine.temperature,
    "country": lambda table, row, room: (country_name(row.country), "dim"),
    "last": TableLine.last,
    "stage": lambda table, row, room: (word("stage", row.stage), "dim"),
    "grade": lambda table, row, room: (row.grade, "strong" if row.grade in ("S", "A") else "plain"),
    "tags": lambda table, row, room: (" ".join(f"#{tag}" for tag in row.tags), "accent"),
    "money": TableLine.money,
    "city": lambda table, row, room: (row.city, "dim"),
    "people": TableLine.people,
    "owner": lambda table, row, room: (row.owner, "dim"),
    "created": TableLine.created,
}


def ago(days: int) -> str:
    """How long ago: `today`, `12d ago`."""
    return _("{n}d ago").format(n=days) if days > 0 else _("today")


def found_words(hit: Hit) -> Content:
    """Where words were found and the whole text around them, as a line of the side pane."""
    text = Content(visible(hit.text))
    for start, end in hit.spans:
        text = text.stylize("$accent bold underline", start, end)
    return Content.assemble((word("found_in", hit.place) + " ", "$dim"), text, "\n")


_BEFORE = 6
"""Characters of a text shown before what was found in it, where not all of it fits."""


def found_in(hit: Hit, room: int) -> Cells:
    """Where words were found and the text around them, in exactly `room` cells."""
    label = fit(word("found_in", hit.place) + " ", min(room, cell_len(word("found_in", hit.place)) + 1))
    left = room - cell_len(label)
    text, spans = visible(hit.text), hit.spans
    first = spans[0] if spans else (0, 0)
    if cell_len(text[: first[1]]) > left - 1:
        start = max(0, first[0] - _BEFORE)
        text = "…" + text[start:]
        spans = tuple((a - start + 1, b - start + 1) for a, b in spans)
    return [(label, "dim"), *marked(text, spans, left, "plain")]
