"""Tries files as an import does, in a process that may take neither much memory nor much time; run by `test_real_files`.

python -m tests.exchange.every_file FOLDER < paths     one line of JSON for each path: what came of it
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Collection
from pathlib import Path
from types import FrameType
from typing import Any

from tests.builders import a_session
from tests.exchange.sheets import TODAY, ZONE
from tui_crm.domain.messages import Problem
from tui_crm.exchange.columns import is_block_title
from tui_crm.exchange.facts import Terms
from tui_crm.exchange.grouping import group
from tui_crm.exchange.layout import SheetKind, lay_out
from tui_crm.exchange.report import note_table, report_lines
from tui_crm.exchange.tables import Row, Table, read_tables, shown
from tui_crm.usecases.importing import apply_plan, plan_tables
from tui_crm.usecases.session import Session

MEMORY = 1_000_000_000
SECONDS = 20


class TooSlow(BaseException):
    """A file took longer than it may; no `except Exception` hides it."""


def too_slow(number: int, frame: FrameType | None) -> None:
    raise TooSlow


def limit_memory() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def tried(session: Session, file: Path) -> dict[str, Any]:
    """Bring one file in; the rows that are found nowhere afterwards."""
    try:
        tables = read_tables(file)
        plan = plan_tables(session, tables)
    except Problem as refused:
        return {"refused": str(refused)}
    report = [*report_lines(plan), *map(str, note_table(plan))]
    apply_plan(session, plan)
    return {"customers": len(plan.customers), "report": len(report), "lost": lost_rows(tables)}


def lost_rows(tables: Collection[Table]) -> list[tuple[str, int]]:
    """Rows that are neither read, nor told of, nor a header, a title or a line of a sheet that was refused as a whole."""
    grouped = group(list(tables), Terms(TODAY, ZONE))
    seen = {unread.place for reads in grouped.groups.values() for unread in reads}
    seen |= {(note.table, note.row) for note in grouped.notes}
    seen |= {(summary.table, summary.header) for summary in grouped.summaries}
    unknown = {summary.table: summary.rows for summary in grouped.summaries if summary.kind is SheetKind.UNKNOWN}
    told = {note.table for note in grouped.notes}
    lost = []
    for table in tables:
        headers = {sheet.header for sheet in lay_out(table)}
        titles = {text for summary in grouped.summaries for text in summary.titles}
        titles |= {f"{label}: {sheet.company}" for sheet in lay_out(table) for label in ("客户", "客户名", "Customer")}
        heads = {row.cells for row in table.rows if row.number in headers}
        refused = unknown.get(table.name, 0) if table.name in told else 0
        rest = [row for row in table.rows if (table.name, row.number) not in seen and row.cells not in heads]
        rest = [row for row in rest if not is_title(row, titles)]
        lost += [(table.name, row.number) for row in rest[refused:]]
    return lost


def is_title(row: Row, titles: Collection[str]) -> bool:
    cells = [shown(cell) for cell in row.cells if cell is not None]
    card = [f"{label}: {text}" for label, text in zip(cells[::2], cells[1::2], strict=False)]
    return " ".join(cells) in titles or (bool(card) and titles >= set(card)) or is_block_title(cells[0])


def main() -> None:
    signal.signal(signal.SIGALRM, too_slow)
    limit_memory()
    session = a_session(Path(sys.argv[1]))
    for path in sys.stdin.read().split("\n"):
        signal.alarm(SECONDS)
        try:
            came = tried(session, Path(path))
        except TooSlow:
            came = {"crashed": "too slow"}
        except Exception as error:
            came = {"crashed": repr(error)[:500]}
        signal.alarm(0)
        sys.stdout.write(json.dumps({"file": path} | came) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
