"""Why a customer stands where it does: the points, term by term, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from ..domain.text import visible
from ..domain.values import AgendaRow, Reason
from ..i18n import _, short_date, tell
from .ask import Box
from .base import Dialog
from .help import Lines, Sheet, hang
from .keys import bindings
from .picker import MOVES, Movable, Moves
from .widgets.lines import channel_of, what

BAR = 14
"""Cells of the longest bar."""
_POINTS = 8
_EIGHTHS = " ▏▎▍▌▋▊▉"


class Why(Moves, Dialog[None]):
    """The breakdown of one customer's score; the points add up to it."""

    CSS_PATH = ["ask.tcss", "help.tcss", "why.tcss"]
    BINDINGS = bindings((*MOVES, "open", "back", "why"))
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]

    def __init__(self, row: AgendaRow) -> None:
        super().__init__()
        self._row = row

    def compose(self) -> ComposeResult:
        """What to do, then the sum."""
        with Box(_("Why here · {name}").format(name=self._row.name), _("Esc close")):
            yield Static(Content(visible(what(self._row))), id="next")
            yield Static(Content(visible(_when(self._row))), id="when")
            yield Sheet(self._lines)
            yield Static(id="status", markup=False)

    def movable(self) -> Movable:
        """The sheet scrolls."""
        return self.query_one(Sheet)

    def do_open(self) -> None:
        """Enter closes: there is nothing to choose."""
        self.dismiss(None)

    def do_back(self) -> None:
        """Close."""
        self.dismiss(None)

    def do_why(self) -> None:
        """The key that opened it closes it."""
        self.dismiss(None)

    def _lines(self, width: int) -> Lines:
        most = max((abs(reason.points) for reason in self._row.reasons), default=1) or 1
        bar = BAR if width >= 50 else 0
        lines = [line for reason in self._row.reasons for line in _term(reason, most, bar, width)]
        lines.append(Content.styled("─" * _POINTS, "$dim"))
        lines.append(Content.assemble((_number(self._row.score), "bold $accent"), ("  " + _("urgency in all"), "bold")))
        return lines


def _when(row: AgendaRow) -> str:
    """When and how the next step is due, as one plain phrase."""
    if row.due_on is None:
        return _("no day is set")
    late = _("{days} d late").format(days=row.days_late) if row.days_late else ""
    return " · ".join(part for part in (short_date(row.due_on), late, channel_of(row)) if part)


def _term(reason: Reason, most: float, bar: int, width: int) -> Iterator[Content]:
    look = "$late" if reason.points < 0 else "$accent"
    number = _number(reason.points) if reason.term != "cause" else " " * _POINTS
    points = Content.assemble((number, "bold"), "  ", (strip_of(abs(reason.points) / most, bar), look))
    yield from hang(points, Content(visible(tell(reason.message))), width)


def _number(points: float) -> str:
    """Points with a true minus, right-aligned, to the hundredth: rounding any further would spoil the sum."""
    return f"{points:.2f}".replace("-", "−").rjust(_POINTS)


def strip_of(part: float, width: int) -> str:
    """A bar of `part` (0 to 1) of `width` cells, and the blanks up to what follows it."""
    full, eighths = divmod(round(min(part, 1) * width * 8), 8)
    return ("█" * full + _EIGHTHS[eighths].strip()).ljust(width + 2) if width else ""
