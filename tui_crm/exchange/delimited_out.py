"""Customers as a delimited file: one row each, every cell quoted, and none that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import BinaryIO

from tui_crm.domain.text import visible

from .outgoing import Outgoing, Written
from .sheet_columns import Value, getters, sheet_columns

_RISKY = re.compile(r"'*\s*[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"-\d[\d.,]*%?|\+[\d(][\d ()./-]*(?: ext \d{1,6})?", re.ASCII)
"""What begins like a formula and is none: amounts, and phone numbers. They stay as they are."""


def write(outgoing: Outgoing, stream: BinaryIO) -> Written:
    """Write one row for each customer, tab-separated if that is the kind."""
    columns = sheet_columns(outgoing.people, outgoing.custom)
    gets = getters(columns, outgoing.op)
    text = io.TextIOWrapper(stream, encoding=outgoing.encoding, errors="strict", newline="")
    rows = csv.writer(text, delimiter="\t" if outgoing.kind == "tsv" else ",", quoting=csv.QUOTE_ALL)
    rows.writerow([guarded(visible(column.header)) for column in columns])
    count = 0
    for out in outgoing.read(False):
        rows.writerow([_cell(get(out)) for get in gets])
        count += 1
    text.flush()
    text.detach()
    return Written(count)


def _cell(value: Value) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return guarded(visible(value, lines=True)) if value else ""


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it as a formula; `read_delimited` takes it away."""
    if _RISKY.match(text) is None or all(_NUMBER.fullmatch(part) for part in text.split("; ")):
        return text
    return f"'{text}"
