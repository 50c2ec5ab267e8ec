"""`crm import`: what a sheet would change, shown first; brought in only when that was asked for."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.messages import N_, Problem
from ..domain.trade_checks import KIND
from ..exchange.json_book import is_json
from ..exchange.layout import lay_out
from ..exchange.mapping import Choices, Guide, check_field, check_header, check_sheet
from ..exchange.report import report_lines
from ..exchange.tables import read_tables
from ..i18n import _, ngettext, tell
from ..record_text import record_text
from ..usecases.importing import Agreed, all_told, apply_plan, plan_tables, remember_choices
from . import output
from .arguments import Arguments
from .console import agreed, progress

if TYPE_CHECKING:
    from ..domain.trade_prose import Told
    from ..exchange.plan import Plan
    from ..exchange.tables import Table
    from ..usecases.session import Session

_SHOWN = 5
"""Records found in notes that are shown."""
_COUNTED = 1_000
"""Customers whose notes are read to count such records."""


def import_file(session: Session, asked: Arguments) -> None:
    """Show what the sheet would change, then bring it in: after a question on a terminal, at once with --yes, not at all
    with --dry-run. Raises Problem where nothing can be asked and --yes was not given."""
    gc.set_threshold(50_000, 20, 100)  # rows by the hundred thousand are no garbage
    file = Path(asked.file)
    if is_json(file):
        from .json_books import import_book

        import_book(session, asked)
    else:
        _import_sheets(session, file, asked)
    _finish_index(session, asked)


def _import_sheets(session: Session, file: Path, asked: Arguments) -> None:
    if asked.report is not None:
        _refuse_report(Path(asked.report), file, session.book.path)
    plan, choices = _planned(session, file, asked)
    if asked.report is not None:
        from ..exchange.report_file import write_report

        write_report(Path(asked.report), plan, force=True)
    told = all_told(session, plan)
    if asked.json:
        output.write_object(_plan_object(plan, told))
    else:
        for line in [
            *report_lines(plan),
            *_conflict_lines(plan, asked.conflicts),
            *_told_lines(told, len(plan.telling), asked.trade),
        ]:
            output.say(line)
    if not asked.dry_run:
        _bring_in(session, asked, plan)
        remember_choices(session, plan, choices)


def _planned(session: Session, file: Path, asked: Arguments) -> tuple[Plan, Choices]:
    """Read and plan. The rows themselves are let go: they take as much memory as all the rest."""
    with progress(_("reading")) as tell_how_far:
        tables = read_tables(file, tell_how_far)
        choices = _choices(asked, tables)
        return plan_tables(session, tables, choices, asked.dates, tell_how_far, asked.conflicts), choices


def _choices(asked: Arguments, tables: Sequence[Table]) -> Choices:
    """What --map, --sheet and --preset say. Raises Problem naming the nearest for what the file or the program does not know."""
    sheets = [check_sheet(name, [table.name for table in tables]) for name in asked.sheet]
    left_out = frozenset(table.name for table in tables if sheets and table.name not in sheets)
    asked_for = Choices(left_out=left_out, preset=asked.preset or "")
    if not asked.map:
        return asked_for
    found = [sheet for table in tables for sheet in lay_out(table, Guide(asked_for))]
    headers = {column.header for sheet in found for column in (*sheet.columns, *sheet.left_out)}
    columns: dict[tuple[str, str], str] = {}
    for given in asked.map:
        header, equals, field = given.rpartition("=")
        if not equals:
            raise Problem(N_("“{text}” is not of the form COLUMN=FIELD, like --map Mail=email."), text=given)
        known = check_header(header, sorted(headers))
        columns |= {(sheet.table, known): check_field(field) for sheet in found}
    return replace(asked_for, columns=columns)


def _conflict_lines(plan: Plan, take: str) -> Iterator[str]:
    """Every cell that was changed in the sheet and in the book, with both values and whose counts."""
    count = plan.count("conflict")
    if not count:
        return
    yield ""
    yield (
        _("Changed in the sheet and in the book since; the sheet's value is taken:")
        if take == "sheet"
        else _(
            "Changed in the sheet and in the book since; the book's value stays, --conflicts sheet takes the sheet's:"
        )
    )
    for planned in plan.customers:
        for one in planned.conflicts:
            both = _("sheet “{sheet}”, book “{book}”").format(sheet=one.sheet, book=one.book)
            yield f"  {planned.customer.name}, {one.header}: {both}"


def _told_lines(told: Iterator[tuple[str, Told]], tellers: int, taken: bool) -> Iterator[str]:
    """The first records found in notes. They are counted where that is quick: where not too many customers may tell of any."""
    shown = list(islice(told, _SHOWN))
    if not shown:
        return
    yield ""
    if tellers > _COUNTED:
        yield (
            ngettext("Notes of up to {n} customer tell of trade, which becomes records too:",
                     "Notes of up to {n} customers tell of trade, which becomes records too:", tellers)
            if taken
            else ngettext("Notes of up to {n} customer tell of trade; --trade stores it as records too:",
                          "Notes of up to {n} customers tell of trade; --trade stores it as records too:", tellers)
        )  # fmt: skip
        yield from map(_told_line, shown)
        yield "  …"
        return
    count = len(shown) + sum(1 for _one in told)
    yield (
        ngettext("{n} record of trade found in notes, which become records too:",
                 "{n} records of trade found in notes, which become records too:", count)
        if taken
        else ngettext("{n} record of trade found in notes; --trade stores it as a record too:",
                      "{n} records of trade found in notes; --trade stores them as records too:", count)
    )  # fmt: skip
    yield from map(_told_line, shown)
    if count > _SHOWN:
        yield "  " + _("… and {n} more").format(n=count - _SHOWN)


def _told_line(told: tuple[str, Told]) -> str:
    name, one = told
    return f"  {name}: {record_text(one.reading.record)}"


def _bring_in(session: Session, asked: Arguments, plan: Plan) -> None:
    if not plan.customers:
        raise Problem(N_("No customers were recognised in {file}; nothing was changed."), file=asked.file)
    if plan.unclear_dates:
        raise Problem(N_("Nothing was changed. Say with --date-order dmy, mdy or ymd how to read dates like 5/6/2026."))
    if len(plan.customers) == plan.count("same") or not any(planned.writes for planned in plan.customers):
        _say(asked, _("There is nothing new in it."))
        return
    if not asked.yes and not agreed(_("Bring it in? (y/n)")):
        raise Problem(N_("Nothing was changed. --yes brings it in."))
    with progress(_("writing")) as tell_how_far:
        done = apply_plan(session, plan, tell_how_far, Agreed(all_trade=asked.trade))
    told = _(
        "Brought in: {new} new customers, {updated} with something new, {entries} log entries. crm undo takes it all back."
    )
    _say(asked, told.format(new=done.new, updated=done.updated, entries=done.entries))


def _finish_index(session: Session, asked: Arguments) -> None:
    """Take the customers of a large import into the search index, which it left out. Ctrl+C puts that off."""
    if asked.dry_run or session.search_is_whole():
        return
    from ..usecases.indexing import rebuild_index

    try:
        with progress(_("making the search index")) as tell_how_far:
            rebuild_index(session, tell_how_far, anew=False)
    except KeyboardInterrupt:
        _say(
            asked,
            _(
                "What was brought in is in the book. The search does not find all of it by words yet: crm makes its index whole when the program is next started."
            ),
        )


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


def _plan_object(plan: Plan, told: Iterable[tuple[str, Told]]) -> dict[str, object]:
    return {
        "new": plan.count("new"),
        "update": plan.count("update"),
        "same": plan.count("same"),
        "conflict": plan.count("conflict"),
        "sheets": [{"sheet": s.table, "kind": s.kind.name.lower(), "rows": s.rows, "encoding": s.encoding,
                    "custom": list(s.custom), "left_out": list(s.left_out), "header_row": s.header, "off": s.off,
                    "preset": s.preset, "columns": [{"header": c.header, "field": c.field, "how": c.how,
                    "samples": list(c.samples)} for c in s.columns]} for s in plan.sheets],
        "unclear_dates": [{"sheet": sheet, "column": column} for sheet, column in plan.unclear_dates],
        "customers": [{"name": p.customer.name, "verdict": p.verdict, "sheet": p.where[0], "row": p.where[1],
                       "fields": sorted(p.changes), "contacts": len(p.contacts), "activities": len(p.activities),
                       "quotes": len(p.quotes), "samples": len(p.samples), "next_step": p.next_step is not None,
                       "conflicts": [{"column": c.header, "sheet": c.sheet, "book": c.book} for c in p.conflicts]}
                      for p in plan.customers],
        "trade": [{"name": name, "kind": KIND[type(one.reading.record)], "text": one.words} for name, one in told],
        "notes": [{"sheet": n.table, "row": n.row, "column": n.column, "text": n.text, "message": tell(n.message)}
                  for n in plan.notes],
    }  # fmt: skip
