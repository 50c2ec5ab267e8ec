"""The report of an import as a file: every row and cell that did not come in as it stood, and why."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from tui_crm.domain.text import visible

from .delimited_out import guarded
from .new_file import new_file
from .plan import Plan
from .report import note_table, report_lines
from .tables import CellNote


def write_report(path: Path, plan: Plan, more: Iterable[CellNote] = (), *, force: bool = False) -> None:
    """Write the notes of a plan, and `more`, into a new file: as a table where it ends in .csv, else as text with the sums above it.
    Raises Problem where it cannot be written, `new_file.Exists` for one that is there unless `force`."""
    notes = note_table(plan, more)
    with new_file(path, force) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig" if path.suffix.lower() == ".csv" else "utf-8", newline="")
        if path.suffix.lower() == ".csv":
            csv.writer(text, quoting=csv.QUOTE_ALL).writerows([guarded(visible(cell)) for cell in row] for row in notes)
        else:
            lines = [*report_lines(plan), "", *(" | ".join(row) for row in notes)]
            text.writelines(visible(line) + "\n" for line in lines)
        text.flush()
        text.detach()
