"""What an act on several customers would do, shown before it is done."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from ..domain.rows import AgendaRow
from ..domain.text import visible
from ..i18n import _, country_name, ngettext, short_date, tell, word
from ..usecases import long_lists
from ..usecases.bulk import Act, LogPlan, Plan
from ..usecases.session import Session
from .ask import Box
from .picker import ListDialog
from .widgets.cells import fit
from .widgets.rowlist import Cells, RowList

_ROWS = 10
"""Customers in sight at most."""
_VALUE = 14


class Preview(ListDialog[bool]):
    """Enter answers that it is to be done, Esc answers nothing."""

    CSS_PATH = ["ask.tcss", "picker.tcss", "bulk.tcss"]

    def __init__(self, session: Session, planned: Plan | LogPlan) -> None:
        super().__init__()
        self._session = session
        self._planned = planned

    def compose(self) -> ComposeResult:
        """How many, what, and whom."""
        with Box(title(self._planned), _("Enter do it · Esc leave it")) as box:
            lines = self._lines()
            box.styles.height = min(_ROWS, len(self._planned.changed)) + len(lines) + 5
            yield Static(Content("\n").join(lines), id="about", markup=False)
            yield RowList(self._draw)
            yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        """Those that change, from the first."""
        listed = self.query_one(RowList)
        listed.show(long_lists.these(self._session, self._planned.changed))
        listed.focus()

    def accept(self) -> None:
        """Yes."""
        self.dismiss(True)

    def _lines(self) -> list[Content]:
        planned = self._planned
        counts = [(_("{n} will change").format(n=f"{len(planned.changed):,}"), "bold")]
        if planned.unchanged:
            counts.append(("  ·  " + _("{n} stay as they are").format(n=f"{planned.unchanged:,}"), "$dim"))
        if isinstance(planned, LogPlan):
            counts = [(ngettext("with {n} customer", "with {n} customers", len(planned.changed)), "bold")]
            return [*entry_lines(planned), Content(""), Content.assemble(*counts)]
        return [Content.assemble(*counts)]

    def _draw(self, row: object, width: int, _here: bool) -> Cells:
        if not isinstance(row, AgendaRow):
            return []
        before, after = (
            (country_name(row.country), "") if isinstance(self._planned, LogPlan) else _change(row, self._planned)
        )
        name = max(8, width - 2 * _VALUE - 4) if after else max(8, width - _VALUE - 2)
        cells: Cells = [(fit(f" {row.name}", name), "plain"), (" " + fit(before, _VALUE), "dim")]
        return [*cells, (" → ", "dim"), (fit(after, _VALUE), "strong")] if after else cells


def title(planned: Plan | LogPlan) -> str:
    """What is to be done, as the heading of a dialog."""
    if isinstance(planned, LogPlan):
        return _("Log")
    acts = [act for act, _changed in planned.steps]
    return f"{_name(acts[0].kind)}  {' '.join(filter(None, map(_value, acts)))}".rstrip()


def _name(kind: str) -> str:
    return {
        "temperature": _("Temperature"), "grade": _("Grade"), "stage": _("Stage"), "owner": _("Responsible"),
        "archive": _("Archive"), "restore": _("Bring back"), "tag": _("Tags"), "untag": _("Tags"), "snooze": _("Snooze"),
    }[kind]  # fmt: skip


def _value(act: Act) -> str:
    """What an act makes of a customer, in a few words."""
    if act.kind == "tag":
        return f"+#{act.value}"
    if act.kind == "untag":
        return f"−#{act.value}"
    if act.kind == "snooze":
        return short_date(date.fromisoformat(act.value))
    shown = word(act.kind, act.value) if act.kind in ("temperature", "stage") else act.value
    return f"{shown} ({act.detail})" if act.detail else shown


def _change(row: AgendaRow, planned: Plan) -> tuple[str, str]:
    """What a customer is before and after."""
    acts = [act for act, _changed in planned.steps]
    kind = acts[0].kind
    before = {
        "temperature": word("temperature", row.temperature), "grade": row.grade or "–", "stage": word("stage", row.stage),
        "owner": row.owner or "–", "snooze": short_date(row.due_on) if row.due_on else _("none"),
    }  # fmt: skip
    if kind in before:
        return before[kind], _value(Act(kind, acts[0].value))
    if kind in ("archive", "restore"):
        return country_name(row.country), ""
    return " ".join(f"#{tag}" for tag in row.tags), ""


def entry_lines(planned: LogPlan) -> list[Content]:
    """How a line for several customers is read: the entry, the next step, what changes, what was not understood."""
    entry = planned.entry
    channel = word("channel", entry.channel) if entry.channel else _("each one's own channel")
    lines = [Content.assemble((channel, "bold"), f"  {visible(entry.note) or '–'}")]
    if entry.no_next_reason is not None:
        after = _("none")
    elif entry.next_on:
        after = f"{short_date(entry.next_on)}  {visible(entry.next_action)}"
    else:
        after = visible(entry.next_action) or (_("by each one's rhythm") if entry.note else _("as it is"))
    lines.append(Content.assemble((_("next") + "  ", "$dim"), after))
    changes = [f"#{visible(tag)}" for tag in entry.tags] + [f"-#{visible(tag)}" for tag in entry.untag]
    changes += [word("temperature", entry.temperature)] if entry.temperature else []
    changes += [word("stage", entry.stage)] if entry.stage else []
    if changes:
        lines.append(Content.styled(" · ".join(changes), "$accent"))
    return [*lines, *(Content.styled(tell(finding), "$late") for finding in entry.findings)]
