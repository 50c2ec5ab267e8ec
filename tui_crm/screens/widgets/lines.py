"""How a customer looks as one line of a list, at any width."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from rich.cells import cell_len

from ...domain.cadence import usual_action, usual_channel
from ...domain.clocks import Hours, local_time
from ...domain.rows import AgendaRow, NextStep
from ...i18n import _, country_name, language, short_date, tell, word
from .cells import fit
from .rowlist import OPEN, Cells

BAR = 4
PROMISE = 2
"""Cells before what to do: ✓ for a promise by hand, ~ for an estimate."""
FULL_SCORE = 24
"""A score from which the urgency bar is full; the very top of the default weights is 29."""


class Columns(NamedTuple):
    """Widths of the columns for one list width, in cells; 0 leaves a column out."""

    mark: int
    name: int
    country: int
    time: int
    when: int
    action: int
    channel: int

    @classmethod
    def of(cls, width: int) -> Columns:
        """Share out `width`: what to do gets the room that is left; narrow lists drop channel, then time, then country."""
        mark = 2
        when = 10 if language() == "en" else 8
        channel = 10 if width >= 96 else 0
        time = 5 if width >= 66 else 0
        country = 14 if width >= 110 else 10 if width >= 72 else 0
        fixed = BAR + 1 + mark + 1 + when + 1 + sum(w + 1 for w in (channel, time, country) if w)
        rest = max(12, width - fixed - 1 - PROMISE)
        name = max(8, min(34, rest * 54 // 100))
        return cls(mark, name, country, time, when, rest - name, channel)


def bar(score: float) -> str:
    """Urgency as a line of `BAR` cells, in steps of half a cell."""
    halves = max(1, min(BAR * 2, round(score / FULL_SCORE * BAR * 2))) if score > 0 else 0
    return ("━" * (halves // 2) + "╸" * (halves % 2)).ljust(BAR)


def mark(temperature: str) -> str:
    """The temperature as a sign that needs no colour: a letter, in Chinese one character."""
    return word("temperature", temperature)[:1].upper()


def when(row: AgendaRow, today: date) -> tuple[str, str]:
    """Lateness or the coming date, and the look it has."""
    if row.archived:
        return _("archived"), "gone"
    if row.due_on is None:
        return word("stage", row.stage) if row.stage in ("lost", "paused") else _("none"), "dim"
    text, look = distance(row.due_on, today)
    return (f"{text}!", "late") if row.overdue and row.days_late else (text, look)


def due_cell(row: AgendaRow, today: date, width: int) -> tuple[str, str]:
    """`when` in exactly `width` cells: at the right, with a cell kept for the “!”, so that digits stand under digits."""
    text, look = when(row, today)
    room = " " if not text.endswith("!") and cell_len(text) < width else ""
    return fit(text + room, width, right=True), look


def distance(day: date, today: date) -> tuple[str, str]:
    """How far off a day is: late, today or to come; and the look it has."""
    days = (day - today).days
    if days > 0:
        return (_("in {n}d").format(n=days) if days < 100 else short_date(day)), "dim"
    return (_("{n}d late").format(n=-days), "soon") if days else (_("today"), "plain")


def what(row: AgendaRow) -> str:
    """What to do next: the user's own words, or what is usual."""
    return row.next_action or tell(usual_action(row.temperature, row.cause))


def source(step: NextStep) -> str:
    """Where a next step comes from: a person's word, a fact of the trade, the sample's clock, or the rhythm."""
    if step.by_hand:
        return _("promised")
    if step.cause:
        from ...domain.trade_clocks import cause_words

        return tell(cause_words(step.cause, step.cause_on, step.estimated))
    return _("estimated from the sample") if step.estimated else _("by rhythm")


def channel_of(row: AgendaRow) -> str:
    """The channel to do it over."""
    return word("channel", row.channel or usual_channel(row.temperature))


def header(width: int) -> str:
    """The column titles for a list of this width."""
    c = Columns.of(width)
    titles = [
        (_("urgency"), BAR + 1 + c.mark), (_("customer"), c.name), (_("country"), c.country), (_("there"), c.time),
        (fit(_("due") + " ", c.when, right=True), c.when), (" " * PROMISE + _("what to do"), PROMISE + c.action), (_("channel"), c.channel),
    ]  # fmt: skip
    return " ".join(fit(title, size) for title, size in titles if size)


class CustomerLine:
    """Draws `AgendaRow`s; holds the moment they are drawn for."""

    def __init__(self, today: date, now: datetime) -> None:
        self.today = today
        self.now = now

    def __call__(self, row: object, width: int, _here: bool) -> Cells:
        """One line, cut to `width`."""
        assert isinstance(row, AgendaRow)
        c = Columns.of(width)
        due, due_look = due_cell(row, self.today, c.when)
        urgent = row.due_on is not None and row.due_on <= self.today
        cells: list[tuple[str, str]] = [
            (bar(row.score) if urgent else " " * BAR, row.temperature),
            (" " + fit(mark(row.temperature), c.mark), row.temperature + OPEN),
            (" " + fit(row.name, c.name), "strong" if urgent else "plain"),
        ]
        if c.country:
            cells.append((" " + fit(country_name(row.country), c.country), "dim" + OPEN))
        if c.time:
            hour, look = hour_there(row, self.now, c.time)
            cells.append((hour, look + OPEN))
        cells.append((" " + due, due_look + OPEN))
        promised = "✓" if row.by_hand else "~" if row.estimated else ""
        cells.append((" " + fit(promised, PROMISE), "accent"))
        cells.append((fit(what(row), c.action), "plain" if row.next_action else "dim"))
        if c.channel:
            cells.append((" " + fit(channel_of(row), c.channel), "dim" + OPEN))
        return cells


def hour_there(row: AgendaRow, now: datetime, width: int) -> tuple[str, str]:
    """The hour at the customer's behind a blank, blank where it is not known; and its look."""
    local = local_time(f"{row.country} {row.zone}", now)
    if not local.known:
        return " " + " " * width, "dim"
    return f" {local.at:%H:%M}", "existing" if local.hours is Hours.OPEN else "dim"


def size_words(size: int) -> str:
    """A number of bytes as people read it: `820 B`, `36 kB`, `1.2 MB`."""
    if size < 1_000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{(size + 500) // 1_000} kB"
    tenths = (size + 50_000) // 100_000
    return f"{tenths // 10}.{tenths % 10} MB"


def joined(parts: Sequence[str], width: int) -> str:
    """Parts with a middle dot between, as many as fit."""
    text = ""
    for part in parts:
        longer = f"{text} · {part}" if text else part
        if cell_len(longer) > width:
            break
        text = longer
    return text
