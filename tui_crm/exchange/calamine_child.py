"""The program inside the program that opens old workbooks: `python -m tui_crm.exchange.calamine_child`, limited in memory and time.

It reads a workbook from standard input and writes one line of JSON for each thing it finds, read by `old_workbook`. Nothing of
the application is imported here, so that it starts fast and a hostile file finds little around it.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

MEMORY = 1_000_000_000
SECONDS = 120


def main() -> None:
    """Read and write; the last line is `["end"]`, or `["error", kind, why]`."""
    data = sys.stdin.buffer.read()
    _limit_itself()
    try:
        _tell_all(data)
    except Exception as error:  # calamine says in its own errors, or in a panic, what a damaged file made it trip over
        _tell("error", type(error).__name__, str(error)[:300])
    else:
        _tell("end")


def _limit_itself() -> None:
    """Where the system knows such limits (not on Windows); elsewhere the parent's patience is the only one."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _tell_all(data: bytes) -> None:
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for sheet in map(book.get_sheet_by_name, book.sheet_names):
            _tell("sheet", sheet.name)
            for number, cells in enumerate(sheet.iter_rows(), 1):
                if filled := [(column, _plain(cell)) for column, cell in enumerate(cells, 1) if cell != ""]:
                    _tell("row", number, filled)
            merged = sheet.merged_cell_ranges or []
            _tell("merged", [(first[0] + 1, last[0] + 1, first[1] + 1) for first, last in merged])


def _plain(cell: Any) -> Any:
    """Text, truth and numbers as they are; what JSON has no word for as a pair of a letter and its text."""
    if isinstance(cell, datetime):
        return "D", cell.isoformat()
    if isinstance(cell, date):
        return "d", cell.isoformat()
    if isinstance(cell, time):
        return "t", cell.isoformat()
    if isinstance(cell, timedelta):
        return "s", str(cell)
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell if abs(cell) < 1e300 else ("s", str(cell))
    return cell


def _tell(*words: object) -> None:
    sys.stdout.write(json.dumps(words, ensure_ascii=True, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
