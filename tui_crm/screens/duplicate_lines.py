"""How a pair of customers that are probably the same looks as a line, and in full."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from ..domain.rows import AgendaRow
from ..domain.text import visible
from ..i18n import _, country_name, short_date, tell, word
from ..usecases.duplicates import Pair
from .widgets.cells import fit
from .widgets.rowlist import Cells

WIDE_FROM = 100
"""Columns from which there is room for the countries."""


def _widths(width: int) -> tuple[int, int, int, int]:
    """Cells for the points, a name, its country, and why."""
    points = max(6, cell_len(_("points")) + 2)
    country = 3 if width >= WIDE_FROM else 0
    name = max(8, min(38, (width - points) * 33 // 100 - country))
    return points, name, country, max(0, width - points - 2 * (name + country + 1))


def titles(width: int) -> str:
    """What stands above the columns."""
    points, name, country, why = _widths(width)
    one, two = (fit(_("customer"), name + country) for _side in "ab")
    return f"{fit(_('points'), points - 1, right=True)}  {one} {two} {fit(_('why'), max(0, why - 1))}"


def draw(row: object, width: int, _here: bool) -> Cells:
    """One pair: points, both names, why."""
    assert isinstance(row, Pair)
    points, name, country, why = _widths(width)
    cells: Cells = [(fit(str(row.score), points - 1, right=True) + "  ", "accent")]
    for side in (row.a, row.b):
        cells += [(fit(side.name, name), "strong"), (fit(f" {side.country}", country), "dim"), (" ", "plain")]
    speaking = sorted((reason for reason in row.reasons if reason.points > 0), key=lambda reason: -reason.points)
    return [*cells, (fit(" · ".join(tell(reason.message) for reason in speaking), why - 1), "dim")]


def about_pair(pair: Pair, width: int) -> Content:
    """A pair in full: who they are, and every reason for and against."""
    reasons = Content(" · ").join(
        Content.assemble(
            (f"{reason.points:+.0f}".replace("-", "−"), "$late" if reason.points < 0 else "$accent"),
            f" {visible(tell(reason.message))}",
        )
        for reason in pair.reasons
    )
    return Content("\n").join([_who(pair.a, width), _who(pair.b, width), reasons])


def _who(row: AgendaRow, width: int) -> Content:
    """One of the two: where, how it stands, whose it is, when it was last spoken to."""
    last = short_date(row.last_contact_on) if row.last_contact_on else ""
    last = _("last contact {day}").format(day=last) if last else _("never contacted")
    facts = [last, row.owner, row.city, country_name(row.country), word("stage", row.stage)]
    name = visible(row.name)
    rest = max(0, width - cell_len(name))
    return Content.assemble((fit(name, min(width, cell_len(name))), "bold"),
                            (fit("  " + " · ".join(fact for fact in facts if fact), rest), "$dim"))  # fmt: skip
