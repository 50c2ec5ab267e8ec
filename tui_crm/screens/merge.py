"""Merging two customers: both side by side, field by field whose value is taken, what goes over, then one Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from ..domain.merging import BOTH, KEEP, OTHER
from ..domain.messages import N_, Problem
from ..domain.text import visible
from ..i18n import _
from ..keys_in_force import keyed
from ..merge_words import label, left_name, moves, person, step, value
from ..usecases import merging
from ..usecases.merging import FieldChoice, MergePlan
from ..usecases.session import Session
from .base import CrmScreen
from .keys import bindings
from .picker import MOVES, Moves
from .safety import own
from .widgets.cells import fit
from .widgets.keybar import KeyBar
from .widgets.rowlist import Cells, RowList
from .widgets.stepping import SteppingList

COMMANDS = (*MOVES, "left", "right", "open", "back", "help", "quit")
_LABEL = 16
_TURNED = {KEEP: OTHER, OTHER: KEEP, BOTH: BOTH}


@dataclass(frozen=True, slots=True)
class Fact:
    """A line that tells what happens by itself."""

    label: str
    text: str


class _Merge:
    """The last line: do it."""


MERGE = _Merge()
Line = FieldChoice | Fact | _Merge


class MergeList(SteppingList):
    """The cursor stands on fields and on the last line."""

    def stops(self, row: object) -> bool:
        """What only tells is passed over."""
        return not isinstance(row, Fact)


class MergeScreen(Moves, CrmScreen):
    """Fields in which the two differ, with the value taken marked; below them what goes over. `merged` is told the id of the
    customer that is gone, and what to say."""

    CSS_PATH = "merge.tcss"
    BINDINGS = [
        *bindings(COMMANDS),
        ("space", "do('turn')", ""),
        ("tab", "do('swap')", ""),
        ("ctrl+s", "do('merge')", ""),
    ]

    def __init__(self, session: Session, keep: int, other: int, merged: Callable[[int, str], None]) -> None:
        super().__init__(session)
        self._plan = merging.plan_merge(session, keep, other)
        self._choices: dict[str, str] = {}
        self._merged = merged

    # What is on the screen -----------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Head, titles, fields, the field in hand in full, a line to speak on, the keys."""
        yield Static(id="head", markup=False)
        yield Static(id="columns", markup=False)
        yield MergeList(self._draw, id="list")
        yield Static(id="about", markup=False)
        yield Static(id="status", markup=False)
        keys = _("←→ Space choose · Tab keep the other · Enter next · Ctrl+S merge · Esc back")
        yield KeyBar(own(" " + keys))

    def on_mount(self) -> None:
        """The first field."""
        self._list.focus()
        self._show()

    def on_resize(self) -> None:
        """Titles over the columns of the new width."""
        self.call_after_refresh(self._show_titles)

    @property
    def _list(self) -> MergeList:
        return self.query_one("#list", MergeList)

    def movable(self) -> RowList:
        """The list."""
        return self._list

    def _show(self) -> None:
        self._list.show([*self._plan.fields, *_facts(self._plan), MERGE], self._list.cursor)
        self._show_titles()

    def _show_titles(self) -> None:
        keep, other = (visible(side.name) for side in (self._plan.keep, self._plan.other))
        self.query_one("#head", Static).update(
            Content.assemble((" " + _("Merge"), "bold"), f"  {keep}  ", ("←", "$accent"), (f"  {other}", "$dim"))
        )
        first, side = self._widths(self._list.scrollable_content_region.width or self.size.width)
        titles = (
            " " * first,
            fit("  " + _("is kept: {name}").format(name=keep), side),
            fit("  " + _("goes: {name}").format(name=other), side),
        )
        self.query_one("#columns", Static).update("".join(titles))

    def _widths(self, width: int) -> tuple[int, int]:
        """Cells of the labels, and of each of the two values."""
        first = min(_LABEL, max(8, width // 4))
        return first, (width - first) // 2

    def _draw(self, row: object, width: int, _here: bool) -> Cells:
        first, side = self._widths(width)
        if isinstance(row, FieldChoice):
            cells: Cells = [(fit(f" {label(row.field)}", first), "dim")]
            for whose, text in ((KEEP, row.keep), (OTHER, row.other)):
                taken = row.taken in (whose, BOTH)
                mark = ("● " if taken else "○ ") if len(row.can) > 1 else ("● " if taken else "  ")
                shown = fit(value(row.field, text) or "–", side - cell_len(mark) - 1)
                cells += [(mark, "accent" if taken else "dim"), (shown + " ", "strong" if taken else "dim")]
            return cells
        if isinstance(row, Fact):
            return [(fit(f" {row.label}", first), "dim"), (fit(f"  {row.text}", width - first), "plain")]
        words = _("Merge: {other} goes into {name}").format(other=self._plan.other.name, name=self._plan.keep.name)
        return [(" ⏎ ", "accent"), (fit(words, width - 3), "strong")]

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """What of the field in hand does not fit its line, or what the last line does."""
        self.query_one("#about", Static).update(self._about(event.row))

    def _about(self, row: object) -> Content:
        if isinstance(row, FieldChoice):
            return Content.assemble(
                (f"{visible(label(row.field))}: ", "$dim"), visible(value(row.field, row.value) or "–")
            )
        other = visible(self._plan.other.name)
        return Content.styled(
            keyed(_("{other} is archived and remembers where it went. {undo} undoes all of it."), "undo", other=other),
            "$dim",
        )

    # Choosing ------------------------------------------------------------------------------------------------------

    def do_left(self) -> None:
        """Take the kept customer's value."""
        self._take(KEEP)

    def do_right(self) -> None:
        """Take the other's value."""
        self._take(OTHER)

    def do_turn(self) -> None:
        """The next of the choices there are."""
        row = self._field()
        self._take(row.can[(row.can.index(row.taken) + 1) % len(row.can)])

    def _take(self, whose: str) -> None:
        row = self._field()
        if whose not in row.can or len(row.can) == 1:
            raise Problem(N_("Only one of the two has something here."))
        self._choices[row.field] = whose
        self._plan = self._plan.choose(self._choices)
        self._show()

    def _field(self) -> FieldChoice:
        row = self._list.current
        if not isinstance(row, FieldChoice):
            raise Problem(N_("There is nothing to choose on this line. Enter merges."))
        return row

    def do_swap(self) -> None:
        """Keep the other one; what was chosen stays chosen."""
        turned = merging.plan_merge(self.session, self._plan.other.id, self._plan.keep.id)
        choices = {field: _TURNED[whose] for field, whose in self._choices.items()}
        self._plan, self._choices = turned.choose(choices), choices
        self._show()
        self.say(_("Now {name} is kept.").format(name=self._plan.keep.name))

    # Merging -------------------------------------------------------------------------------------------------------

    def do_open(self) -> None:
        """Enter: the next line; on the last one, merge."""
        if self._list.current is MERGE:
            self.do_merge()
        else:
            self._list.move(1)

    def do_merge(self) -> None:
        """Merge, as one operation."""
        plan = self._plan
        try:
            merging.merge(self.session, plan.keep.id, plan.other.id, self._choices, seen=plan)
        except Problem:
            self._plan = merging.plan_merge(self.session, plan.keep.id, plan.other.id)
            self._choices = {}
            self._show()
            raise
        self.dismiss(None)
        self._merged(plan.other.id, _("Merged {other} into {name}").format(other=plan.other.name, name=plan.keep.name))

    def on_row_list_chosen(self) -> None:
        """A double click."""
        self.call_later(self.action_do, "open")

    def do_back(self) -> None:
        """Leave; nothing was changed."""
        self.dismiss(None)

    def do_quit(self) -> None:
        """Leave the program."""
        self.app.exit()


def _facts(plan: MergePlan) -> Sequence[Line]:
    """What happens by itself: what goes over, the people, the tags, the promise."""
    facts = [Fact(_("goes over"), moves(plan) or _("nothing but the fields"))]
    facts += [Fact(_("people") if at == 0 else "", person(*pair)) for at, pair in enumerate(plan.people)]
    if plan.tags:
        facts.append(Fact(_("tags"), " ".join(f"#{tag}" for tag in plan.tags)))
    facts += [
        Fact(name, text) for name, text in ((_("next step"), step(plan)), (_("other name"), left_name(plan))) if text
    ]
    return facts
