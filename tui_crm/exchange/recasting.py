"""Sheets that are no table of rows: a form of labels and values, customers side by side, tables beside each other. Each becomes tables
that are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tui_crm.domain.messages import N_, Message

from .columns import header_score, meaning
from .content import is_value
from .tables import MAX_COLUMNS, Cell, CellNote, Row, Table, shown, trimmed

_WHOSE = frozenset({"company", "customer", "name"})
_HEADS_CUSTOMERS = frozenset({"company", "customer"})
_KNOWN = 0.6
"""The share of labels of a form that have to be known."""
_FEWEST = 3
"""Labels that a form has at least."""
_LOOKED_AT = 200
"""Rows of a sheet looked at for tables beside each other; a form is no longer either."""


def recast(table: Table) -> tuple[Table, ...]:
    """The tables that a sheet really holds, with notes on how they were found; the sheet itself where it is a table of rows, none where
    it has the labels of a customer without the values."""
    found = _form(_labelled(table)) if len(table.rows) <= _LOOKED_AT else None
    return _side_by_side(table) if found is None else found


def _form(table: Table) -> tuple[Table, ...] | None:
    """The customers of a form, one below the other, or side by side behind one column of labels; None where it is no form."""
    rows = table.rows
    if len(rows) < 2 or any(header_score(_texts(row)) > 2 and not _is_of_form(row) for row in rows):
        return None
    labels = _label_columns(rows)
    if not labels:
        return None
    last = max(len(row.cells) for row in rows)
    behind = [
        at for at in range(labels[0] + 1, last) if sum(_cell(row, at) is not None for row in rows) * 2 > len(rows)
    ]
    if len(labels) == 1 and len(behind) > 1:
        return _transposed(table, labels[0], last)
    cards: list[list[tuple[int, str, str]]] = []
    above: list[Row] = []
    for row in rows:
        found = _pairs(row, labels, last)
        pairs = [(label, text) for label, text in found if text]
        bare = [label for label, text in found if not text]
        rest = row if not pairs else Row(row.number, trimmed((*row.cells[: labels[0]], *bare)))
        if any(not meaning(shown(cell)).field for cell in rest.cells if cell is not None):
            above.append(rest)
        for label, text in pairs:
            if not cards or (meaning(label).field in _WHOSE and any(label == known for _, known, _ in cards[-1])):
                cards.append([])
            cards[-1].append((row.number, label, text))
    made = tuple(_of_card(table, card, above if at == 0 else ()) for at, card in enumerate(cards))
    return made if any(map(_is_customer, made)) else ()


def _labelled(table: Table) -> Table:
    """A form whose rows have label and value in one cell (国家：德国) with two cells instead."""
    parted = []
    for row in table.rows:
        cells = [shown(cell) for cell in row.cells if cell is not None]
        label, colon, text = cells[0].replace("：", ":", 1).partition(":")
        is_line = len(cells) == 1 and colon and text.strip() and bool(meaning(label).field)
        parted.append(Row(row.number, (label.strip(), text.strip())) if is_line else row)
    told = sum(one is not row for one, row in zip(parted, table.rows, strict=True))
    return replace(table, rows=tuple(parted)) if told >= _FEWEST and told * 2 > len(parted) else table


def _is_of_form(row: Row) -> bool:
    """Whether a row is of labels each with its value: 公司名称 | ABC | 国家 | 德国."""
    texts = [shown(cell) for cell in row.cells if cell is not None]
    return (
        len(texts) > 1
        and all(meaning(text).field for text in texts[::2])
        and not all(meaning(text).field for text in texts[1::2])
    )


def _label_columns(rows: Sequence[Row]) -> list[int]:
    """The columns that hold labels, [] where they are too few or do not name the customer."""
    found: list[int] = []
    names: set[str] = set()
    for at in range(max(len(row.cells) for row in rows)):
        if found and at == found[-1] + 1:
            continue  # the values of the labels before
        labels = [shown(_cell(row, at)) for row in rows if _cell(row, at) is not None and len(row.cells) > at + 1]
        fields = [field for label in labels if (field := meaning(label).field)]
        is_column_of_words = len(fields) > 2 and len({*fields}) < 3  # 报价, 样品: stages are headers as well
        if fields and len(fields) >= len(labels) * _KNOWN and not is_column_of_words:
            found.append(at)
            names.update(fields)
        elif not found and len(labels) * 2 > len(rows):
            return []
    return found if names & _WHOSE and len(names) >= _FEWEST else []


def _pairs(row: Row, labels: Sequence[int], last: int) -> list[tuple[str, str]]:
    """The labels of a row and what stands behind them up to the next, "" where nothing does."""
    pairs = []
    for at, following in pairwise([*labels, last]):
        label = shown(_cell(row, at)).strip().rstrip(":：")
        texts = [shown(cell) for cell in row.cells[at + 1 : following] if cell is not None]
        if label:
            pairs.append((label, " ".join(texts)))
    return pairs


def _of_card(table: Table, card: Sequence[tuple[int, str, str]], above: Sequence[Row]) -> Table:
    header = Row(card[0][0], tuple(label for _, label, _ in card))
    values = Row(card[0][0], tuple(text for _, _, text in card))
    return replace(table, rows=(*above, header, values), notes=(), spans={})


def _is_customer(table: Table) -> bool:
    """Whether a form has values that are of a customer, and does not explain the columns of another sheet."""
    header, values = table.rows[-2:]
    fields = {meaning(shown(label)).field for label in header.cells}
    return bool(fields & _WHOSE) and any(is_value(shown(value)) for value in values.cells)


def _transposed(table: Table, labels: int, last: int) -> tuple[Table, ...]:
    """Customers side by side, each a column: turned round, so that each is a row; rows are counted as the columns were. A row
    without a label becomes a column without a header, and what stands left of the labels a title."""
    first = next(place for place, row in enumerate(table.rows) if _cell(row, labels) is not None)
    rows = table.rows[first:]
    left = (Row(row.number, trimmed(row.cells[:labels])) for row in rows)
    above = (*table.rows[:first], *(row for row in left if row.cells))
    turned = tuple(
        Row(at + 1, tuple(_cell(row, at) for row in rows))
        for at in range(labels, last)
        if any(_cell(row, at) is not None for row in rows)
    )
    why = N_("Every customer stands in a column here; the sheet was turned round, and “row” means its columns.")
    note = CellNote(table.name, 0, "", "", Message(why))
    return (replace(table, rows=(*above, *turned), notes=(note,), spans={}),)


def _side_by_side(table: Table) -> tuple[Table, ...]:
    """Tables of customers beside each other, each with a header of its own in the same row."""
    for place, row in enumerate(table.rows[:_LOOKED_AT]):
        starts = _starts(row, table.rows[place + 1 :])
        if len(starts) > 1:
            return tuple(_between(table, first, after) for first, after in pairwise([*starts, MAX_COLUMNS]))
    return (table,)


def _starts(row: Row, below: Sequence[Row]) -> list[int]:
    """The columns where a table begins in this row, which is the header of all of them: each begins with the same word."""
    texts = _texts(row)
    first = next((text for text in texts if text), "")
    starts = [at for at, text in enumerate(texts) if text and text == first]
    if len(starts) < 2 or not below or meaning(first).field not in _HEADS_CUSTOMERS | {"number"}:
        return []
    parts = [[text for text in texts[at:end] if text] for at, end in pairwise([*starts, len(texts)])]
    alike = all(len({*part} & {*parts[0]}) > 1 for part in parts)
    named = all(any(meaning(text).field in _HEADS_CUSTOMERS for text in part) for part in parts)
    return [0, *starts[1:]] if alike and named and all(header_score(part) > 1 for part in parts) else []


def _between(table: Table, first: int, after: int) -> Table:
    """The columns of one of them; those left of it are blank, so that columns keep their letters."""
    cut = (Row(row.number, trimmed((*[None] * first, *row.cells[first:after]))) for row in table.rows)
    return replace(table, rows=tuple(row for row in cut if row.cells), notes=())


def _cell(row: Row, at: int) -> Cell:
    return row.cells[at] if at < len(row.cells) else None


def _texts(row: Row) -> list[str]:
    return [cell if isinstance(cell, str) else "" for cell in row.cells]
