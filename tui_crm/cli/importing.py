"""`crm import`: what a sheet would change, shown first; brought in only when that was asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.messages import N_, Problem
from ..domain.text import visible
from ..exchange.report import note_table, report_lines
from ..i18n import _, tell
from ..usecases.importing import apply_plan, read_plan
from . import output
from .arguments import Arguments
from .console import agreed, progress

if TYPE_CHECKING:
    from ..exchange.plan import Plan
    from ..usecases.session import Session


def import_file(session: Session, asked: Arguments) -> None:
    """Show what the sheet would change, then bring it in: after a question on a terminal, at once with --yes, not at all
    with --dry-run. Raises Problem where nothing can be asked and --yes was not given."""
    file = Path(asked.file)
    if asked.report is not None:
        _refuse_report(Path(asked.report), file, session.book.path)
    with progress(_("reading")) as tell_how_far:
        plan = read_plan(session, file, asked.dates, tell_how_far)
    if asked.report is not None:
        _write_report(Path(asked.report), plan)
    if asked.json:
        output.write_object(_plan_object(plan))
    else:
        for line in report_lines(plan):
            output.say(line)
    if not asked.dry_run:
        _bring_in(session, asked, plan)


def _bring_in(session: Session, asked: Arguments, plan: Plan) -> None:
    if not plan.customers:
        raise Problem(N_("No customers were recognised in {file}; nothing was changed."), file=asked.file)
    if plan.unclear_dates:
        raise Problem(N_("Nothing was changed. Say with --dates dmy or --dates mdy how to read dates like 5/6/2026."))
    if len(plan.customers) == plan.count("same"):
        _say(asked, _("There is nothing new in it."))
        return
    if not asked.yes and not agreed(_("Bring it in? (y/n)")):
        raise Problem(N_("Nothing was changed. --yes brings it in."))
    with progress(_("writing")) as tell_how_far:
        done = apply_plan(session, plan, tell_how_far)
    told = _(
        "Brought in: {new} new customers, {updated} with something new, {entries} log entries. crm undo takes it all back."
    )
    _say(asked, told.format(new=done.new, updated=done.updated, entries=done.entries))


def _say(asked: Arguments, text: str) -> None:
    """Beside the answer where that is JSON, which has to stay one document."""
    if asked.json:
        output.complain(text)
    else:
        output.say(text)


def _refuse_report(report: Path, *kept: Path) -> None:
    """The report must not write over the sheet or the book."""
    for other in kept:
        if report.exists() and other.exists() and report.samefile(other):
            raise Problem(N_("{file} would be overwritten by the report. Name another file."), file=report)


def _write_report(report: Path, plan: Plan) -> None:
    """The preview, then every note of it, not only the first ones."""
    lines = [*report_lines(plan), "", *(" | ".join(row) for row in note_table(plan))]
    try:
        report.write_text("\n".join(visible(line) for line in lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise Problem(N_("The report {file} cannot be written: {why}"), file=report, why=error.strerror) from error


def _plan_object(plan: Plan) -> dict[str, object]:
    return {
        "new": plan.count("new"),
        "update": plan.count("update"),
        "same": plan.count("same"),
        "sheets": [{"sheet": s.table, "kind": s.kind.name.lower(), "rows": s.rows, "encoding": s.encoding,
                    "custom": list(s.custom), "left_out": list(s.left_out)} for s in plan.sheets],
        "unclear_dates": [{"sheet": sheet, "column": column} for sheet, column in plan.unclear_dates],
        "customers": [{"name": p.customer.name, "verdict": p.verdict, "sheet": p.where[0], "row": p.where[1],
                       "fields": sorted(p.changes), "contacts": len(p.contacts), "activities": len(p.activities),
                       "quotes": len(p.quotes), "samples": len(p.samples), "next_step": p.next_step is not None}
                      for p in plan.customers],
        "notes": [{"sheet": n.table, "row": n.row, "column": n.column, "text": n.text, "message": tell(n.message)}
                  for n in plan.notes],
    }  # fmt: skip
