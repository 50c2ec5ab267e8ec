"""Sheets that were exported coming back: each row held against the customer as it was then and as it is now."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..domain.messages import N_, Message
from ..domain.values import NextStep
from ..domain.vocabulary import fold
from ..exchange.cell_likeness import DATED, plain
from ..exchange.days import Order, column_order
from ..exchange.facts import Terms
from ..exchange.grouping import SheetSummary
from ..exchange.layout import SheetKind
from ..exchange.mapping import Choices
from ..exchange.outgoing import OutCustomer
from ..exchange.own_sheets import ComingBack, Parted, as_new
from ..exchange.packed import Packer
from ..exchange.plan import packer
from ..exchange.planned import PlannedCustomer, Take
from ..exchange.round_trip import RowPlan, Sides
from ..exchange.tables import Cell, CellNote, Progress, Table
from ..store import own_fields, past, reading_many
from ..store.book import instant_text
from ..store.standing import local_day
from .exporting import chunks
from .session import Session

_BATCH = 400


@dataclass(slots=True)
class Back:
    """What the rows ask for, what there is to say of them, and the tables that are read as any others: new rows, and rows of
    customers whom this book does not know."""

    rest: list[Table]
    sheets: list[SheetSummary]
    notes: list[CellNote]
    customers: Packer[PlannedCustomer] = field(default_factory=packer)


def plan_coming_back(
    session: Session,
    parted: Parted,
    terms: Terms,
    take: Take,
    choices: Choices | None = None,
    progress: Progress | None = None,
) -> Back:
    """Plan the rows that come back. `take` says whose word counts in a conflict; `choices` leave sheets out, and name cells that
    count all the same."""
    choices = choices or Choices()
    sheets = [_summary(table, count, table.name in choices.left_out) for table, count, _columns in parted.sheets]
    back = Back(list(parted.rest), sheets, [note for note in parted.notes if note.table not in choices.left_out])
    rows = [row for row in parted.rows if row.table not in choices.left_out]
    planner = _Planner(session, terms, take, _orders(rows, terms), back, choices.sheet_wins)
    for at in range(0, len(rows), _BATCH):
        planner.plan(rows[at : at + _BATCH])
        if progress:
            progress(min(at + _BATCH, len(rows)), len(rows))
    for table, _count, _columns in parted.sheets:
        if table.name in planner.strangers:
            back.rest.append(as_new(table, planner.strangers[table.name]))
    return back


def _summary(table: Table, count: int, off: bool) -> SheetSummary:
    return SheetSummary(table.name, SheetKind.CUSTOMERS, count, table.encoding, off=off)


def _orders(rows: Sequence[ComingBack], terms: Terms) -> Mapping[str, Order | None]:
    """How the dates of each sheet are written, which a spreadsheet may have changed."""
    cells: dict[str, list[Cell]] = {}
    for row in rows:
        dated = [at for at, column in row.columns.items() if column.key in DATED]
        cells.setdefault(row.table, []).extend(map(row.cell, dated))
    return {table: column_order(own) or terms.order for table, own in cells.items()}


class _Planner:
    """Plans rows, many at a time."""

    def __init__(
        self,
        session: Session,
        terms: Terms,
        take: Take,
        orders: Mapping[str, Order | None],
        back: Back,
        wins: Collection[tuple[str, int, str]],
    ) -> None:
        self._session, self._take, self._back = session, take, back
        self._terms = {table: replace(terms, order=order) for table, order in orders.items()}
        self._own = {fold(own.name): own for own in own_fields.defined(session.book)}
        self._wins: dict[tuple[str, int], set[str]] = {}
        for table, number, header in wins:
            self._wins.setdefault((table, number), set()).add(header)
        self._seen: dict[str, ComingBack] = {}
        self.strangers: dict[str, list[int]] = {}

    def plan(self, rows: Sequence[ComingBack]) -> None:
        """Plan these rows."""
        ids = reading_many.by_uids(self._session.book, [row.uid for row in rows])
        now = {out.customer.uid: out for out in chunks(self._session, list(ids.values()), False)}
        for row in rows:
            out = now.get(row.uid)
            first = self._seen.setdefault(row.uid, row)
            if out is None or (first is not row and _called(row) != _called(first)):
                self.strangers.setdefault(row.table, []).append(
                    row.row
                )  # a copied row under another name is a new customer
            elif first is not row:
                self._note(
                    row, Message(N_("The same customer as in row {row}; this row was not read."), {"row": first.row})
                )
            elif out.customer.merged_into is not None:
                self._note(row, Message(N_("This customer was merged into another since; this row was not read.")))
            else:
                self._plan(row, out)

    def _plan(self, row: ComingBack, now: OutCustomer) -> None:
        plan = RowPlan(row, Sides(self._base(row, now), now), self._terms[row.table], self._own, self._take,
                       wins=self._wins.get((row.table, row.row), ()))  # fmt: skip
        self._back.customers.add(plan.planned())
        self._back.notes += plan.notes

    def _base(self, row: ComingBack, now: OutCustomer) -> OutCustomer:
        """The customer as the row was made from it."""
        base = now
        if now.changed_op > row.op:
            then = past.after(self._session.book, now.customer.id, row.op)
            if then is not None:
                last = local_day(instant_text(then.activities[0].happened_at)) if then.activities else None
                step = then.promise or NextStep(None)
                base = OutCustomer(then.customer, step, then.promise, last, then.activities[:1], then.trade)
        if row.derived_on not in (None, base.step.due_on):
            base = replace(base, step=base.step._replace(due_on=row.derived_on))
        return base

    def _note(self, row: ComingBack, message: Message) -> None:
        self._back.notes.append(CellNote(row.table, row.row, "", _called(row), message))


def _called(row: ComingBack) -> str:
    return next((plain(cell) for column, cell in row.cells.items() if column.key == "name"), "")
